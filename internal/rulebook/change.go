package rulebook

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/store"
)

// china is UTC+8 all year.
var china = time.FixedZone("UTC+8", 8*60*60)

func today(tx *store.Tx) string { return tx.Now().In(china).Format(time.DateOnly) }

func isDay(day string) bool {
	_, err := time.Parse(time.DateOnly, day)
	return err == nil
}

// newID names an object by its division and something that nobody has: 431222-9f86d081. It holds no "+", which joins ids
// in a basis.
func newID(region domain.Code) string {
	unique := make([]byte, 4)
	_, _ = rand.Read(unique) // never fails, see crypto/rand
	return region.Prefix() + "-" + hex.EncodeToString(unique)
}

// SaveDraft keeps a draft for the account's own division: a new one where ID is empty, else in place of the one with
// Version. What is not for a draft's author to say (status, ids, accounts, times) is filled in. A draft may still be
// faulty, see Faults. Errors: policy.object_not_found, policy.not_draft and policy.changed (KindConflict).
func (s Service) SaveDraft(ctx context.Context, actor domain.Account, o domain.PolicyObject) (domain.PolicyObject, error) {
	if err := allow(actor, access.EditPolicies, o.Region); err != nil {
		return o, err
	}
	if o.Name == "" {
		return o, &domain.Error{Kind: domain.KindInvalid, Key: "policy.no_name", Field: "name"}
	}
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		kept, err := s.place(tx, actor, policy.Tidy(o))
		o = kept
		return err
	})
	return o, err
}

// place writes a draft as new or in place of the one before.
func (s Service) place(tx *store.Tx, actor domain.Account, o domain.PolicyObject) (domain.PolicyObject, error) {
	o.Status, o.EnforcedBy, o.EnforcedAt, o.Replaces = domain.PolicyDraft, "", time.Time{}, ""
	if o.ID == "" {
		o.ID, o.Version, o.CreatedBy, o.CreatedAt = newID(o.Region), 1, actor.ID, tx.Now()
		if err := store.InsertPolicyObject(tx, o); err != nil {
			return o, err
		}
		return o, record(tx, actor, "policy.draft", o, map[string]any{"sample": o.Sample})
	}
	old, err := ownDraft(tx, actor, o.ID, o.Version)
	if err != nil {
		return o, err
	}
	o.Region, o.Sample, o.CreatedBy, o.CreatedAt, o.Version = old.Region, old.Sample, old.CreatedBy, old.CreatedAt, old.Version+1
	if err := store.UpdatePolicyObject(tx, o); err != nil {
		return o, err
	}
	return o, record(tx, actor, "policy.edit", o, map[string]any{"keys": changedKeys(old, o)})
}

func changedKeys(before, after domain.PolicyObject) []string {
	keys := policy.Compare(before, after).Keys
	names := make([]string, 0, len(keys))
	for _, d := range keys {
		names = append(names, d.Name)
	}
	return names
}

// ownDraft is a draft of a division that the account may edit, if it still has the version.
func ownDraft(tx *store.Tx, actor domain.Account, id string, version int64) (domain.PolicyObject, error) {
	o, err := readable(tx, actor, id)
	if err != nil {
		return o, err
	}
	if err := allow(actor, access.EditPolicies, o.Region); err != nil {
		return o, err
	}
	switch {
	case o.Status != domain.PolicyDraft:
		return o, &domain.Error{Kind: domain.KindConflict, Key: "policy.not_draft"}
	case o.Version != version:
		return o, &domain.Error{Kind: domain.KindConflict, Key: "policy.changed"}
	}
	return o, nil
}

// DropDraft removes a draft. Errors are those of SaveDraft.
func (s Service) DropDraft(ctx context.Context, actor domain.Account, id string, version int64) error {
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		o, err := ownDraft(tx, actor, id, version)
		if err != nil {
			return err
		}
		if err := store.DeletePolicyDraft(tx, id, version); err != nil {
			return err
		}
		return record(tx, actor, "policy.drop", o, map[string]any{})
	})
}

// Faults are the reasons why a draft cannot be put in force yet: what policy.CheckObject finds or, where that is
// nothing, policy.Contradictions; policy.looser with the key as field for each key that is looser than what binds it;
// policy.before_current. None: Enforce would succeed.
func (s Service) Faults(ctx context.Context, actor domain.Account, id string) ([]error, error) {
	var faults []error
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		o, err := readable(tx, actor, id)
		if err != nil {
			return err
		}
		if o.Status == domain.PolicyDraft {
			faults, err = faultsOf(tx, o)
		}
		return err
	})
	return faults, err
}

func faultsOf(tx *store.Tx, o domain.PolicyObject) ([]error, error) {
	faults := policy.CheckObject(o)
	if !isDay(o.ValidFrom) {
		return faults, nil
	}
	above, err := store.PolicyObjectsFor(tx, o.Region, o.ValidFrom)
	if err != nil {
		return nil, err
	}
	above = slices.DeleteFunc(above, func(a domain.PolicyObject) bool { return a.Region == o.Region })
	if len(faults) == 0 {
		faults = policy.Contradictions(o, above)
	}
	looser := policy.Looser(o, above)
	for _, rule := range looser {
		faults = append(faults, &domain.Error{Kind: domain.KindInvalid, Key: "policy.looser", Field: rule.Name,
			Params: domain.Params{"count": len(looser), "key": rule.Name, "by": rule.By, "value": rule.Value.Number}})
	}
	current, found, err := store.PolicyObjectInForce(tx, o.Region)
	if err != nil {
		return nil, err
	}
	if found && o.ValidFrom <= current.ValidFrom {
		faults = append(faults, &domain.Error{Kind: domain.KindInvalid, Key: "policy.before_current", Field: "valid_from",
			Params: domain.Params{"from": o.ValidFrom, "current": current.ValidFrom}})
	}
	return faults, nil
}

// Enforce puts a draft in force from its first day; the object of the division that was in force ends on that day and is
// replaced. From then on neither can change. The error is the first of Faults joined with the others, or one of SaveDraft's.
func (s Service) Enforce(ctx context.Context, actor domain.Account, id string, version int64) (domain.PolicyObject, error) {
	var o domain.PolicyObject
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		var err error
		if o, err = ownDraft(tx, actor, id, version); err != nil {
			return err
		}
		if err := allow(actor, access.EnforcePolicies, o.Region); err != nil {
			return err
		}
		faults, err := faultsOf(tx, o)
		if err != nil || len(faults) > 0 {
			return errors.Join(append(faults, err)...)
		}
		o.Status, o.Version, o.EnforcedBy, o.EnforcedAt = domain.PolicyInForce, o.Version+1, actor.ID, tx.Now()
		if o.Replaces, err = replace(tx, actor, o); err != nil {
			return err
		}
		if err := store.UpdatePolicyObject(tx, o); err != nil {
			return err
		}
		digest, err := digestOf(o)
		if err != nil {
			return err
		}
		return record(tx, actor, "policy.enforce", o, map[string]any{"replaces": o.Replaces, "sha256": digest})
	})
	return o, err
}

// digestOf fixes what was put in force: SHA-256 of the object as JSON, hex.
func digestOf(o domain.PolicyObject) (string, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// replace ends the object of the division that is in force, and gives its id.
func replace(tx *store.Tx, actor domain.Account, by domain.PolicyObject) (string, error) {
	old, found, err := store.PolicyObjectInForce(tx, by.Region)
	if err != nil || !found {
		return "", err
	}
	old.Status, old.Version = domain.PolicyReplaced, old.Version+1
	if old.ValidTo == "" || old.ValidTo > by.ValidFrom {
		old.ValidTo = by.ValidFrom
	}
	if err := store.UpdatePolicyObject(tx, old); err != nil {
		return "", err
	}
	return old.ID, record(tx, actor, "policy.replace", old, map[string]any{"by": by.ID, "valid_to": old.ValidTo})
}

// Samples are the policies that come with the product, for an account that may read policies.
func (s Service) Samples(_ context.Context, actor domain.Account) ([]policy.Sample, error) {
	if err := allow(actor, access.ReadPolicies, actor.Region); err != nil {
		return nil, err
	}
	return policy.Samples()
}

// ImportSample makes a draft of a sample for the division; policy.sample_not_found where there is none of the name.
func (s Service) ImportSample(ctx context.Context, actor domain.Account, name string, region domain.Code) (domain.PolicyObject, error) {
	samples, err := s.Samples(ctx, actor)
	if err != nil {
		return domain.PolicyObject{}, err
	}
	i := slices.IndexFunc(samples, func(p policy.Sample) bool { return p.Name == name })
	if i < 0 {
		return domain.PolicyObject{}, &domain.Error{Kind: domain.KindNotFound, Key: "policy.sample_not_found", Params: domain.Params{"id": name}}
	}
	o := samples[i].Object
	o.Region = region
	return s.SaveDraft(ctx, actor, o)
}
