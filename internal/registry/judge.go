package registry

import (
	"context"
	"encoding/base64"
	"maps"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/spelling"
	"jieli/internal/store"
)

// Judge says what would come of the changes, in their order, and changes nothing: it checks the fields, how they fit
// together, what they refer to, whether the account may touch them, and whether somebody is there already.
func (s *Service) Judge(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []Change) ([]Outcome, error) {
	reach, spec, err := permit(actor, access.EditRegistry, e)
	if err != nil {
		return nil, err
	}
	var outcomes []Outcome
	return outcomes, s.store.Read(ctx, func(tx *store.Tx) error {
		outcomes, err = s.judgeIn(tx, reach, spec, changes)
		return err
	})
}

// JudgeIn is Judge in the caller's transaction.
func (s *Service) JudgeIn(tx *store.Tx, actor domain.Account, e catalogue.Entity, changes []Change) ([]Outcome, error) {
	reach, spec, err := permit(actor, access.EditRegistry, e)
	if err != nil {
		return nil, err
	}
	return s.judgeIn(tx, reach, spec, changes)
}

func (s *Service) judgeIn(tx *store.Tx, reach store.Reach, spec catalogue.Spec, changes []Change) ([]Outcome, error) {
	judged, err := s.judge(tx, reach, spec, changes)
	return outcomesOf(judged), err
}

func outcomesOf(judged []judgement) []Outcome {
	outcomes := make([]Outcome, len(judged))
	for i, j := range judged {
		outcomes[i] = j.Outcome
	}
	return outcomes
}

// court is the judging of one batch.
type court struct {
	*Service
	tx      *store.Tx
	reach   store.Reach
	spec    catalogue.Spec
	changes []Change
	judged  []judgement
	facts   facts
	spell   *spelling.Speller
	plain   []map[string]string // secrets in plain text, by change
}

func (s *Service) judge(tx *store.Tx, reach store.Reach, spec catalogue.Spec, changes []Change) ([]judgement, error) {
	c := &court{Service: s, tx: tx, reach: reach, spec: spec, changes: changes, judged: make([]judgement, len(changes)),
		spell: spelling.New(), plain: make([]map[string]string, len(changes))}
	if err := c.load(); err != nil {
		return nil, err
	}
	for i := range changes {
		if err := c.prepare(i); err != nil {
			return nil, err
		}
	}
	if err := c.facts.load(c); err != nil {
		return nil, err
	}
	for i := range changes {
		if err := c.decide(i); err != nil {
			return nil, err
		}
	}
	c.refuseTwins()
	c.refuseWithoutLead()
	return c.judged, nil
}

// load reads the records that the changes name.
func (c *court) load() error {
	var keys []string
	for _, change := range c.changes {
		if change.Key != "" {
			keys = append(keys, change.Key)
		}
	}
	existing, err := store.WholeRecords(c.tx, c.spec.Entity, keys)
	c.facts.existing = existing
	return err
}

// prepare checks the values one by one and merges them into what is there.
func (c *court) prepare(i int) error {
	change, j := c.changes[i], &c.judged[i]
	j.Key = change.Key
	before, exists := c.facts.existing[change.Key]
	values, faults := c.spec.Check(change.Values, nil)
	if change.Key != "" {
		_, keyFaults := c.spec.Check(map[string]string{c.spec.Key: change.Key}, nil)
		faults = append(faults, keyFaults...)
	}
	delete(values, c.spec.Key)
	if len(faults) > 0 {
		j.refuse(faults...)
	}
	j.before = before
	j.after = catalogue.Record{Key: change.Key, Version: before.Version + 1, Values: maps.Clone(before.Values)}
	if j.after.Values == nil {
		j.after.Values = map[string]string{}
	}
	set(j.after.Values, c.spec.Key, change.Key)
	c.plain[i] = map[string]string{}
	for key, value := range values {
		if f, _ := c.spec.Field(key); f.Masked {
			if err := c.sealInto(i, f, value); err != nil {
				return err
			}
			continue
		}
		set(j.after.Values, key, value)
	}
	c.version(i, exists)
	return nil
}

func set(values map[string]string, key, value string) {
	if value == "" {
		delete(values, key)
		return
	}
	values[key] = value
}

// version refuses a change that was not made from what is there.
func (c *court) version(i int, exists bool) {
	change, j := c.changes[i], &c.judged[i]
	switch {
	case exists && change.Version == 0:
		j.refuseFor(c.spec.Key, change.Key, "registry.exists_already", nil)
	case exists && change.Version != j.before.Version:
		j.refuseFor("", change.Key, "registry.changed_since", map[string]any{"version": change.Version, "now": j.before.Version})
	}
}

// sealInto puts a secret into the row: sealed, masked and its blind index. A mask, and the very secret that is there,
// leave it as it is.
func (c *court) sealInto(i int, f catalogue.Field, plain string) error {
	j := &c.judged[i]
	values := j.after.Values
	if catalogue.Masks(plain) {
		if plain != values[f.Key+catalogue.MaskSuffix] {
			j.refuseFor(f.Key, "", "registry.mask_is_no_value", nil)
		}
		return nil
	}
	index := catalogue.Blind(c.sealer, c.spec.Entity, f.Key, plain)
	c.plain[i][f.Key] = plain
	if index == values[f.Key+catalogue.BlindSuffix] {
		return nil
	}
	return catalogue.PutSecret(c.sealer, c.spec.Entity, values, f.Key, plain)
}

// decide judges the whole record.
func (c *court) decide(i int) error {
	j := &c.judged[i]
	isNew := j.before.Values == nil
	if c.unknown(i) {
		*j = judgement{Outcome: Outcome{Key: j.Key}}
		j.refuseFor(c.spec.Key, j.Key, "registry.unknown_key", nil)
		return nil
	}
	if isNew {
		j.refuseIf(c.spec.Missing(j.after.Values))
	}
	if err := c.fits(i); err != nil {
		return err
	}
	c.refers(i)
	if c.spec.Entity == catalogue.Cadre {
		c.somebodyElse(i)
	}
	if j.Kind == Refused {
		return nil
	}
	switch {
	case isNew:
		j.Kind = Added
	case maps.Equal(j.before.Values, j.after.Values):
		j.Kind = Same
		return nil
	default:
		j.Kind = Changed
	}
	c.derive(j)
	return nil
}

// unknown says whether the change names a record that is not there; one that the account may not see is not there either.
// A cadre's key is given by the register and cannot be brought along.
func (c *court) unknown(i int) bool {
	j, change := c.judged[i], c.changes[i]
	if j.before.Values == nil {
		return change.Version != 0 || c.spec.Entity == catalogue.Cadre && change.Key != ""
	}
	return !c.holds(j.before.Values)
}

func (j *judgement) refuseIf(faults []catalogue.Fault) {
	if len(faults) > 0 {
		j.refuse(faults...)
	}
}

// fits refuses what does not fit together. What did not fit before the change is not held against it.
func (c *court) fits(i int) error {
	j := &c.judged[i]
	before, err := c.opened(j.before.Values, nil)
	if err != nil {
		return err
	}
	after, err := c.opened(j.after.Values, c.plain[i])
	if err != nil {
		return err
	}
	type place struct{ field, key string }
	known := map[place]bool{}
	for _, f := range c.spec.Together(before) {
		known[place{f.Field, f.Key}] = true
	}
	for _, f := range c.spec.Together(after) {
		if !known[place{f.Field, f.Key}] {
			j.refuse(f)
		}
	}
	return nil
}

// opened are the values with the identity number in plain text, for the rules that it takes part in.
func (c *court) opened(values, plain map[string]string) (map[string]string, error) {
	if c.spec.Entity != catalogue.Cadre || values["id_number"] == "" {
		return values, nil
	}
	open := maps.Clone(values)
	if text, ok := plain["id_number"]; ok {
		open["id_number"] = text
		return open, nil
	}
	text, err := unseal(c.sealer, c.spec.Entity, "id_number", values["id_number"])
	open["id_number"] = text
	return open, err
}

func unseal(s Sealer, e catalogue.Entity, field, sealed string) (string, error) {
	bytes, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", &domain.Error{Kind: domain.KindInternal, Key: "registry.seal_broken", Field: field, Cause: err}
	}
	plain, err := s.Open(catalogue.Purpose(e, field), bytes)
	return string(plain), err
}
