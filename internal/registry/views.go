package registry

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// View is a way to look at a table that an account named for itself.
type View struct {
	ID     string
	Entity catalogue.Entity
	Name   string
	ViewDefinition
}

// ViewDefinition is what a view shows.
type ViewDefinition struct {
	Search  string   `json:"search,omitempty"`
	Filters []Filter `json:"filters,omitempty"`
	Sort    []Order  `json:"sort,omitempty"`
	Columns []string `json:"columns,omitempty"`
}

const longestViewName = 40 // runes

// Views are the account's views of a table, by name.
func (s *Service) Views(ctx context.Context, actor domain.Account, e catalogue.Entity) ([]View, error) {
	var views []View
	return views, s.reading(ctx, actor, access.ReadRegistry, e, func(v *viewer) error {
		saved, err := store.SavedViews(v.tx, actor.ID, e)
		for _, row := range saved {
			view := View{ID: row.ID, Entity: row.Entity, Name: row.Name}
			if err := json.Unmarshal([]byte(row.Definition), &view.ViewDefinition); err != nil {
				return err
			}
			views = append(views, view)
		}
		return err
	})
}

// SaveView keeps a view; one of the same name is replaced. A filter by a secret is not kept, since its value would be:
// KindInvalid, registry.view_of_secret. What the table does not know is refused as List would.
func (s *Service) SaveView(ctx context.Context, actor domain.Account, view View) error {
	reach, spec, err := permit(actor, access.ReadRegistry, view.Entity)
	if err != nil {
		return err
	}
	if view.Name = strings.TrimSpace(view.Name); view.Name == "" || utf8.RuneCountInString(view.Name) > longestViewName {
		return &domain.Error{Kind: domain.KindInvalid, Key: "registry.view_name", Field: "name", Params: domain.Params{"max": longestViewName}}
	}
	for _, f := range view.Filters {
		if field, _ := spec.Field(f.Field); field.Masked && len(f.Values) > 0 {
			return &domain.Error{Kind: domain.KindInvalid, Key: "registry.view_of_secret", Field: f.Field}
		}
	}
	definition, err := jsonText(view.ViewDefinition)
	if err != nil {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v := viewer{tx, reach, spec, s.sealer}
		query, err := v.query(Query{Entity: view.Entity, Search: view.Search, Filters: view.Filters, Sort: view.Sort, Columns: view.Columns})
		if err != nil {
			return err
		}
		if _, err := store.CountRecords(tx, query); err != nil { // knows every operator
			return err
		}
		return store.PutSavedView(tx, store.SavedView{ID: id, Account: actor.ID, Entity: view.Entity, Name: view.Name, Definition: definition})
	})
}

// DeleteView removes one of the account's own views; saved_view.not_found where it has none of the id.
func (s *Service) DeleteView(ctx context.Context, actor domain.Account, id string) error {
	if decision := access.Decide(access.Of(actor), access.ReadRegistry, access.Of(actor).Scope); !decision.Allow {
		return forbidden(decision.Reason)
	}
	return s.store.Write(ctx, func(tx *store.Tx) error { return store.DeleteSavedView(tx, actor.ID, id) })
}
