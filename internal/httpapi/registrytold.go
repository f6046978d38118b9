package httpapi

import (
	"context"

	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/store"
)

// authors know the names of those who wrote change sets.
type authors struct {
	own   string // the caller's account
	names map[string]string
}

// authors reads the names of accounts by their ids; the empty id is nobody.
func (s *server) authors(ctx context.Context, ids []string) (authors, error) {
	who := authors{own: granted(ctx).account.ID, names: map[string]string{"": ""}}
	return who, s.store.Read(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			if _, known := who.names[id]; known {
				continue
			}
			account, err := store.AccountByID(tx, id)
			if err != nil {
				return err
			}
			who.names[id] = account.Name
		}
		return nil
	})
}

func actorsOf(sets []registry.ChangeSet) []string {
	ids := make([]string, len(sets))
	for i, set := range sets {
		ids[i] = set.Actor
	}
	return ids
}

func (a authors) set(s registry.ChangeSet) RegistryChangeSet {
	return RegistryChangeSet{
		ID: s.ID, Entity: string(s.Entity), Origin: s.Origin, Reason: s.Reason, By: a.names[s.Actor], Own: s.Actor == a.own, Region: s.Region,
		At: s.At, Added: s.Added, Changed: s.Changed, Removed: s.Removed, Undoes: s.Undoes, Undone: s.Undone,
	}
}

func kindOf(c registry.RecordChange) string {
	switch {
	case c.Before == nil:
		return "added"
	case c.After == nil:
		return "removed"
	}
	return "changed"
}

// deltasOf are the fields that a change touched, in the catalogue's order.
func deltasOf(e catalogue.Entity, c registry.RecordChange) []RegistryDelta {
	spec, _ := catalogue.Of(e)
	deltas := []RegistryDelta{}
	for _, f := range spec.Fields {
		if before, after := c.Before[f.Key], c.After[f.Key]; before != after {
			deltas = append(deltas, RegistryDelta{f.Key, before, after})
		}
	}
	return deltas
}

// faultOf puts a fault in the caller's words.
func faultOf(w sheet.Words, f catalogue.Fault) RegistryFault {
	told := RegistryFault{Field: f.Field, Value: f.Value, Code: f.Key, Message: w.Printer.Text(f.Key, f.Params)}
	if spec, ok := catalogue.Of(w.Entity); ok {
		if field, ok := spec.Field(f.Field); ok {
			told.Expected = w.Expected(field)
		}
	}
	return told
}
