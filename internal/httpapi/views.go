package httpapi

import (
	"context"

	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// views gives the caller's own views of a table.
func (s *server) views(ctx context.Context, in *EntityPath) (*answer[RegistryViewList], error) {
	return s.viewsOf(ctx, catalogue.Entity(in.Entity))
}

func (s *server) viewsOf(ctx context.Context, e catalogue.Entity) (*answer[RegistryViewList], error) {
	views, err := s.options.Registry.Views(ctx, granted(ctx).account, e)
	if err != nil {
		return nil, err
	}
	out := RegistryViewList{Views: make([]RegistryView, len(views))}
	for i, v := range views {
		out.Views[i] = RegistryView{ID: v.ID, Name: v.Name, RegistryQuery: wishOf(v.ViewDefinition)}
	}
	return answering(out), nil
}

type saveViewInput struct {
	EntityPath
	Body RegistryViewWish
}

// saveView keeps a view and answers with all of them.
func (s *server) saveView(ctx context.Context, in *saveViewInput) (*answer[RegistryViewList], error) {
	q := in.Body.query(in.Entity)
	view := registry.View{Entity: q.Entity, Name: in.Body.Name, ViewDefinition: registry.ViewDefinition{
		Search: q.Search, Filters: q.Filters, Sort: q.Sort, Columns: q.Columns,
	}}
	if err := s.options.Registry.SaveView(ctx, granted(ctx).account, view); err != nil {
		return nil, inBody(err)
	}
	return s.viewsOf(ctx, q.Entity)
}

// deleteView removes a view and answers with those that are left.
func (s *server) deleteView(ctx context.Context, in *ViewPath) (*answer[RegistryViewList], error) {
	if err := s.options.Registry.DeleteView(ctx, granted(ctx).account, in.View); err != nil {
		return nil, err
	}
	return s.viewsOf(ctx, catalogue.Entity(in.Entity))
}
