package registry

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// ChangeSets are the newest sets of a table that the account may see: those of offices in its own division, and of a
// sending unit's account its own.
func (s *Service) ChangeSets(ctx context.Context, actor domain.Account, e catalogue.Entity, limit int) ([]ChangeSet, error) {
	var sets []ChangeSet
	return sets, s.reading(ctx, actor, access.ReadRegistry, e, func(v *viewer) (err error) {
		sets, err = store.ChangeSets(v.tx, v.reach.Scope, e, min(max(limit, 1), mostRows))
		sets = slices.DeleteFunc(sets, func(set ChangeSet) bool { return !mine(actor, set) })
		return err
	})
}

// RecordChange is what a set did to one record, by field; Before is nil for a new record and After for a removed one.
type RecordChange struct {
	Key           string
	Before, After map[string]string
}

// Changes are what a set did, by key, with masks for what is secret.
func (s *Service) Changes(ctx context.Context, actor domain.Account, changeSet string) (ChangeSet, []RecordChange, error) {
	var set ChangeSet
	var changes []RecordChange
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if set, err = store.ChangeSetByID(tx, access.Of(actor).Scope, changeSet); err != nil {
			return err
		}
		_, spec, err := permit(actor, access.ReadRegistry, set.Entity)
		if err != nil {
			return err
		}
		if !mine(actor, set) {
			return domain.NotFound("change_set", changeSet)
		}
		rows, err := store.ChangeRows(tx, changeSet)
		for _, row := range rows {
			change := RecordChange{Key: row.Key}
			if change.Before, err = shownState(spec, row.Before); err != nil {
				return err
			}
			if change.After, err = shownState(spec, row.After); err != nil {
				return err
			}
			changes = append(changes, change)
		}
		return err
	})
	return set, changes, err
}

// shownState leaves the fields of a kept row: no seals, no hidden columns.
func shownState(spec catalogue.Spec, text string) (map[string]string, error) {
	if text == "" {
		return nil, nil
	}
	var columns map[string]string
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		return nil, err
	}
	shown := map[string]string{}
	for key, value := range columns {
		field, masked := strings.CutSuffix(key, catalogue.MaskSuffix)
		if f, ok := spec.Field(field); ok && f.Masked == masked {
			shown[field] = value
		}
	}
	return shown, nil
}

// Reveal opens one secret of one record. It wants a reason, which goes into the ledger with who asked; a secret that was
// never given is empty.
func (s *Service) Reveal(ctx context.Context, actor domain.Account, e catalogue.Entity, key, field, reason string) (string, error) {
	reach, spec, err := permit(actor, access.RevealSecrets, e)
	if err != nil {
		return "", err
	}
	if f, ok := spec.Field(field); !ok || !f.Masked {
		return "", unknownField(field)
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return "", &domain.Error{Kind: domain.KindInvalid, Key: "registry.reason_missing", Field: "reason"}
	}
	plain := ""
	return plain, s.store.Write(ctx, func(tx *store.Tx) error {
		found, err := store.Records(tx, store.RecordQuery{Entity: e, Reach: reach, Keys: []string{key}, Columns: []string{field}})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return domain.NotFound(string(e), key)
		}
		if sealed := found[0].Values[field]; sealed != "" {
			if plain, err = unseal(s.sealer, e, field, sealed); err != nil {
				return err
			}
		}
		return note(tx, actor, "registry.reveal", string(e)+"/"+key, map[string]any{"field": field, "reason": reason})
	})
}

// NoteExport leaves a ledger entry of an export: what table, which columns, how many records.
func (s *Service) NoteExport(ctx context.Context, actor domain.Account, e catalogue.Entity, columns []string, count int) error {
	if _, _, err := permit(actor, access.ExportRegistry, e); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return note(tx, actor, "registry.export", string(e), map[string]any{"columns": columns, "count": count})
	})
}

func note(tx *store.Tx, actor domain.Account, action, subject string, detail map[string]any) error {
	text, err := jsonText(detail)
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: action, Subject: subject, Region: actor.Region, Detail: text})
}
