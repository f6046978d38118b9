package rulebook

import (
	"context"
	"encoding/json"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/policy"
	"jieli/internal/store"
)

// Service keeps policy objects.
type Service struct{ Store *store.Store }

// allow says whether the account may take the action on the division: KindForbidden with the reason as key where its role
// forbids it, policy.object_not_found where the division lies outside its scope.
func allow(actor domain.Account, action access.Action, region domain.Code) error {
	var target domain.Scope
	if region.Valid() {
		target = region.Scope()
	}
	switch decision := access.Decide(access.Of(actor), action, target); {
	case decision.Allow:
		return nil
	case decision.Reason == access.OutsideScope:
		return notFound("")
	default:
		return &domain.Error{Kind: domain.KindForbidden, Key: decision.Reason}
	}
}

func notFound(id string) error {
	return &domain.Error{Kind: domain.KindNotFound, Key: "policy.object_not_found", Params: domain.Params{"id": id}}
}

// visible says whether the account may read the object: those of its own division, of those above it and of those in it.
func visible(actor domain.Account, o domain.PolicyObject) error {
	if err := allow(actor, access.ReadPolicies, actor.Region); err != nil {
		return err
	}
	own := access.Of(actor).Scope
	if !own.Covers(o.Region.Scope()) && !o.Region.Scope().Covers(own) {
		return notFound(o.ID)
	}
	return nil
}

// Objects are the policy objects of the division, of those above it and of those in it, as far as the account may read
// them: upper levels first, the newest of each first.
func (s Service) Objects(ctx context.Context, actor domain.Account, region domain.Code) ([]domain.PolicyObject, error) {
	var seen []domain.PolicyObject
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		found, err := store.PolicyObjectsAround(tx, region)
		if err != nil {
			return err
		}
		seen = make([]domain.PolicyObject, 0, len(found))
		for _, o := range found {
			if visible(actor, o) == nil {
				seen = append(seen, o)
			}
		}
		return allow(actor, access.ReadPolicies, actor.Region)
	})
	return seen, err
}

// Object gives a policy object, or policy.object_not_found.
func (s Service) Object(ctx context.Context, actor domain.Account, id string) (domain.PolicyObject, error) {
	var o domain.PolicyObject
	err := s.Store.Read(ctx, func(tx *store.Tx) (err error) {
		o, err = readable(tx, actor, id)
		return err
	})
	return o, err
}

func readable(tx *store.Tx, actor domain.Account, id string) (domain.PolicyObject, error) {
	o, err := store.PolicyObjectByID(tx, id)
	if err == nil {
		err = visible(actor, o)
	}
	if err != nil {
		return domain.PolicyObject{}, err
	}
	return o, nil
}

// Effective is what all levels together say for the division on the day (YYYY-MM-DD; empty is today). Errors:
// policy.bad_day, policy.object_not_found for a division that the account may not read.
func (s Service) Effective(ctx context.Context, actor domain.Account, region domain.Code, day string) (policy.Effective, error) {
	var e policy.Effective
	if err := visible(actor, domain.PolicyObject{Region: region}); err != nil || !region.Valid() {
		return e, orNotFound(err)
	}
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		if day == "" {
			day = today(tx)
		}
		if !isDay(day) {
			return &domain.Error{Kind: domain.KindInvalid, Key: "policy.bad_day", Field: "day", Params: domain.Params{"value": day}}
		}
		objects, err := store.PolicyObjectsFor(tx, region, day)
		e = policy.Merge(region, day, objects)
		return err
	})
	return e, err
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return notFound("")
}

// Diff is all in which two objects differ, by key.
func (s Service) Diff(ctx context.Context, actor domain.Account, before, after string) (policy.Diff, error) {
	var d policy.Diff
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		old, err := readable(tx, actor, before)
		if err != nil {
			return err
		}
		fresh, err := readable(tx, actor, after)
		d = policy.Compare(old, fresh)
		return err
	})
	return d, err
}

// record leaves the ledger entry of a change: what it was, of which object, and nothing personal.
func record(tx *store.Tx, actor domain.Account, action string, o domain.PolicyObject, detail map[string]any) error {
	detail["version"], detail["name"], detail["valid_from"] = o.Version, o.Name, o.ValidFrom
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: action, Subject: "policy/" + o.ID, Region: o.Region, Policy: o.ID, Detail: string(text)})
}
