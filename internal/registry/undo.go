package registry

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// Undo takes a change set back, as a set of its own, which can be taken back in turn. It is refused as a whole, KindConflict,
// registry.undo_changed_since with the keys, where a record has changed since by a set that holds, and registry.undo_in_use
// where a record that the set added is referred to by now, and registry.undo_same_person where somebody else has an identity
// number that would come back. So sets on one record can be taken back the last first.
func (s *Service) Undo(ctx context.Context, actor domain.Account, changeSet string) (ChangeSet, error) {
	var undone ChangeSet
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		set, err := store.ChangeSetByID(tx, access.Of(actor).Scope, changeSet)
		if err != nil {
			return err
		}
		reach, spec, err := permit(actor, access.EditRegistry, set.Entity)
		if err != nil {
			return err
		}
		if !mine(actor, set) {
			return domain.NotFound("change_set", changeSet)
		}
		if set.Undone != "" {
			return &domain.Error{Kind: domain.KindConflict, Key: "registry.undone_already", Params: domain.Params{"id": set.ID}}
		}
		u := &undoing{writing: writing{tx: tx, spec: spec, set: ChangeSet{Entity: set.Entity, Origin: originUndo, Actor: actor.ID, Region: actor.Region, Undoes: set.ID, Root: set.Root}}}
		u.court = court{Service: s, tx: tx, reach: reach, spec: spec}
		if err := u.run(set); err != nil {
			return err
		}
		undone = u.set
		return store.MarkUndone(tx, set, u.set.ID)
	})
	return undone, err
}

// mine says whether the account may see the set: a sending unit's account only its own.
func mine(actor domain.Account, set ChangeSet) bool {
	return actor.Role != domain.RoleUnitOffice || set.Actor == actor.ID
}

// undoing is the taking back of one set.
type undoing struct {
	writing
	court court
}

func (u *undoing) run(set ChangeSet) error {
	rows, err := store.ChangeRows(u.tx, set.ID)
	if err != nil {
		return err
	}
	keys := make([]string, len(rows))
	for i, row := range rows {
		keys[i] = row.Key
	}
	existing, err := store.WholeRecords(u.tx, u.spec.Entity, keys)
	if err != nil {
		return err
	}
	if err := u.inReach(rows, existing); err != nil {
		return err
	}
	if err := u.unchanged(set, rows, existing); err != nil {
		return err
	}
	for _, row := range rows {
		if err := u.back(row, existing[row.Key]); err != nil {
			return err
		}
	}
	if err := u.onePersonEach(); err != nil {
		return err
	}
	return u.finish("registry.undo")
}

// onePersonEach refuses to bring back an identity number that somebody else's record bears by now.
func (u *undoing) onePersonEach() error {
	const column = "id_number" + catalogue.BlindSuffix
	var numbers []string
	for _, r := range u.put {
		if u.spec.Entity == catalogue.Cadre && r.Values[column] != "" {
			numbers = append(numbers, r.Values[column])
		}
	}
	bearers, err := store.CadresByBlind(u.tx, numbers)
	if err != nil {
		return err
	}
	for _, r := range u.put {
		if other := bearers[r.Values[column]]; other != "" && other != r.Key {
			return &domain.Error{Kind: domain.KindConflict, Key: "registry.undo_same_person", Params: domain.Params{"keys": r.Key, "other": other}}
		}
	}
	return nil
}

// unchanged refuses to take back what has changed since, and names it: where a later set holds, and where the record is no
// longer what the set made of it.
func (u *undoing) unchanged(set ChangeSet, rows []store.ChangeRow, existing map[string]catalogue.Record) error {
	changed, err := store.ChangedAfter(u.tx, set)
	if err != nil {
		return err
	}
	for _, row := range rows {
		is, err := stillSo(row, existing[row.Key].Values)
		if err != nil {
			return err
		}
		if !is && !slices.Contains(changed, row.Key) {
			changed = append(changed, row.Key)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	named := changed[:min(len(changed), 5)]
	return &domain.Error{Kind: domain.KindConflict, Key: "registry.undo_changed_since",
		Params: domain.Params{"count": len(changed), "keys": strings.Join(named, ", ")}}
}

// stillSo says whether the record has what the change gave it.
func stillSo(row store.ChangeRow, now map[string]string) (bool, error) {
	if row.After == "" || now == nil {
		return row.After == "" && now == nil, nil
	}
	var after map[string]string
	if err := json.Unmarshal([]byte(row.After), &after); err != nil {
		return false, err
	}
	for column, value := range after {
		if now[column] != value {
			return false, nil
		}
	}
	return true, nil
}

// inReach refuses a set with records that the account may not touch, as they stand or as they stood.
func (u *undoing) inReach(rows []store.ChangeRow, existing map[string]catalogue.Record) error {
	units := map[string]bool{}
	states := make([]map[string]string, 0, len(rows))
	for _, row := range rows {
		values := existing[row.Key].Values
		if values == nil && row.Before == "" {
			continue // gone since, which unchanged tells
		}
		if values == nil {
			if err := json.Unmarshal([]byte(row.Before), &values); err != nil {
				return err
			}
		}
		units[values["unit"]] = true
		states = append(states, values)
	}
	var err error
	if u.court.facts.units, err = store.WholeRecords(u.tx, catalogue.Unit, keysOf(units)); err != nil {
		return err
	}
	for _, values := range states {
		if !u.court.holds(values) {
			return forbidden(access.OutsideScope)
		}
	}
	return nil
}

// back undoes one row.
func (u *undoing) back(row store.ChangeRow, now catalogue.Record) error {
	var before map[string]string
	if row.Before == "" {
		return u.remove(now)
	}
	if err := json.Unmarshal([]byte(row.Before), &before); err != nil {
		return err
	}
	after := catalogue.Record{Key: row.Key, Version: now.Version + 1, Values: map[string]string{}}
	maps.Copy(after.Values, now.Values)
	for key, value := range before {
		set(after.Values, key, value)
	}
	if now.Values == nil {
		u.set.Added++
	} else {
		u.set.Changed++
	}
	u.put = append(u.put, after)
	change, err := rowOf(now, after)
	u.rows = append(u.rows, change)
	return err
}

func (u *undoing) remove(now catalogue.Record) error {
	err := store.DeleteRecord(u.tx, u.spec.Entity, now.Key, now.Version)
	var known *domain.Error
	if errors.As(err, &known) && known.Key == "store.unknown_reference" {
		return &domain.Error{Kind: domain.KindConflict, Key: "registry.undo_in_use", Params: domain.Params{"keys": now.Key}, Cause: err}
	}
	if err != nil {
		return err
	}
	u.set.Removed++
	row, err := rowOf(now, catalogue.Record{Key: now.Key})
	u.rows = append(u.rows, row)
	return err
}
