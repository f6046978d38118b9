package registry

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"maps"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// ChangeSet is one write to the register, see [store.ChangeSet].
type ChangeSet = store.ChangeSet

// The origins of change sets.
const (
	OriginForm   = "form"
	OriginBulk   = "bulk"
	OriginImport = "import"
	originUndo   = "undo"
)

// ApplyOptions say where changes come from and why. With GoodOnly the refused ones are left out, otherwise one refused
// change refuses all.
type ApplyOptions struct {
	Origin   string
	Reason   string
	GoodOnly bool
}

// Apply makes the changes in one transaction, with a change set and a ledger entry. It answers with the outcome of each,
// also with the error KindInvalid, registry.refused, when one was refused and not GoodOnly: then nothing is changed. A set
// without an id means that there was nothing to change.
func (s *Service) Apply(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []Change, o ApplyOptions) (ChangeSet, []Outcome, error) {
	var set ChangeSet
	var outcomes []Outcome
	err := s.store.Write(ctx, func(tx *store.Tx) (err error) {
		set, outcomes, err = s.ApplyIn(tx, actor, e, changes, o)
		return err
	})
	if err != nil {
		set = ChangeSet{}
	}
	return set, outcomes, err
}

// ApplyIn is Apply in the caller's transaction, which an error has to end.
func (s *Service) ApplyIn(tx *store.Tx, actor domain.Account, e catalogue.Entity, changes []Change, o ApplyOptions) (ChangeSet, []Outcome, error) {
	action := access.EditRegistry
	if o.Origin == OriginImport {
		action = access.ImportRegistry
	}
	reach, spec, err := permit(actor, action, e)
	if err != nil {
		return ChangeSet{}, nil, err
	}
	judged, err := s.judge(tx, reach, spec, changes)
	if err != nil {
		return ChangeSet{}, nil, err
	}
	if n := refusedOf(judged); n > 0 && !o.GoodOnly {
		return ChangeSet{}, outcomesOf(judged), &domain.Error{Kind: domain.KindInvalid, Key: "registry.refused", Params: domain.Params{"count": n}}
	}
	w := writing{tx: tx, spec: spec, set: ChangeSet{Entity: e, Origin: o.Origin, Reason: o.Reason, Actor: actor.ID, Region: actor.Region}}
	for i := range judged {
		if err := w.take(&judged[i]); err != nil {
			return ChangeSet{}, nil, err
		}
	}
	err = w.finish("registry.apply")
	return w.set, outcomesOf(judged), err
}

func refusedOf(judged []judgement) int {
	n := 0
	for _, j := range judged {
		if j.Kind == Refused {
			n++
		}
	}
	return n
}

// writing gathers what a change set writes.
type writing struct {
	tx   *store.Tx
	spec catalogue.Spec
	set  ChangeSet
	put  []catalogue.Record
	rows []store.ChangeRow
}

func (w *writing) take(j *judgement) error {
	switch j.Kind {
	case Added:
		if err := w.giveKey(j); err != nil {
			return err
		}
		w.set.Added++
	case Changed:
		w.set.Changed++
	default:
		return nil
	}
	w.put = append(w.put, j.after)
	row, err := rowOf(j.before, j.after)
	w.rows = append(w.rows, row)
	return err
}

// giveKey gives a new record its key where it has none: a letter and 60 random bits, which nobody can guess from another.
func (w *writing) giveKey(j *judgement) error {
	if j.Key == "" {
		var random [8]byte
		if _, err := rand.Read(random[:]); err != nil {
			return err
		}
		letter := map[catalogue.Entity]string{catalogue.Unit: "U", catalogue.Cadre: "C"}[w.spec.Entity]
		j.Key = letter + base32.StdEncoding.EncodeToString(random[:])[:12]
		j.after.Key = j.Key
	}
	j.after.Values[w.spec.Key] = j.Key
	return nil
}

// rowOf keeps what differs between two rows.
func rowOf(before, after catalogue.Record) (store.ChangeRow, error) {
	row := store.ChangeRow{Key: after.Key, Version: after.Version}
	old, now := map[string]string{}, map[string]string{}
	for key := range maps.Keys(union(before.Values, after.Values)) {
		if before.Values[key] != after.Values[key] {
			old[key], now[key] = before.Values[key], after.Values[key]
		}
	}
	var err error
	if before.Values != nil {
		if row.Before, err = jsonText(old); err != nil {
			return row, err
		}
	}
	if after.Values != nil {
		row.After, err = jsonText(now)
	}
	return row, err
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	return all
}

func jsonText(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

// finish writes the records, the set and the ledger entry; nothing where there was nothing to do.
func (w *writing) finish(action string) error {
	if len(w.rows) == 0 {
		return nil
	}
	id, err := newID()
	if err != nil {
		return err
	}
	w.set.ID, w.set.At = id, w.tx.Now()
	if w.set.Root == "" {
		w.set.Root, w.set.Live = id, 1
	}
	for i := range w.rows {
		w.rows[i].ChangeSet = id
	}
	if err := store.PutRecords(w.tx, w.spec.Entity, w.put); err != nil {
		return err
	}
	if err := store.InsertChangeSet(w.tx, w.set, w.rows); err != nil {
		return err
	}
	return w.record(action)
}

// record leaves a ledger entry: how much was changed and a digest of what, never what it was.
func (w *writing) record(action string) error {
	digest := sha256.New()
	if err := json.NewEncoder(digest).Encode(w.rows); err != nil {
		return err
	}
	detail, err := jsonText(map[string]any{"entity": w.set.Entity, "origin": w.set.Origin, "added": w.set.Added, "changed": w.set.Changed,
		"removed": w.set.Removed, "digest": hex.EncodeToString(digest.Sum(nil))})
	if err != nil {
		return err
	}
	return ledger.Record(w.tx, domain.LedgerEntry{Actor: w.set.Actor, Action: action, Subject: "change_set/" + w.set.ID, Region: w.set.Region, Detail: detail})
}
