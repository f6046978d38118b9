package registry_test

import (
	"reflect"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// A saved view gives back the very question that was saved, for each table apart, in the order of their names.
func TestASavedViewIsTheQuestionThatWasSaved(t *testing.T) {
	d := newDesk(t)
	saved := []registry.View{
		{Entity: catalogue.Cadre, Name: "b 下派", ViewDefinition: registry.ViewDefinition{Search: "王", Columns: []string{"name", "postings", "phone"},
			Sort:    []registry.Order{{Field: "birth_date", Desc: true}, {Field: "name"}},
			Filters: []registry.Filter{{Field: "health", Op: "in", Values: []string{"fit", "limited"}}, {Field: "phone", Op: "filled"}}}},
		{Entity: catalogue.Cadre, Name: "a"},
		{Entity: catalogue.Village, Name: "a", ViewDefinition: registry.ViewDefinition{Filters: []registry.Filter{{Field: "difficulty", Op: "between", Values: []string{"10", "90"}}}}},
	}
	for _, v := range saved {
		if err := d.SaveView(t.Context(), county, v); err != nil {
			t.Fatal(err)
		}
	}
	views, err := d.Views(t.Context(), county, catalogue.Cadre)
	if err != nil || len(views) != 2 || views[0].Name != "a" || views[1].Name != "b 下派" || !reflect.DeepEqual(views[1].ViewDefinition, saved[0].ViewDefinition) {
		t.Fatalf("%+v, %v", views, err)
	}
	v := views[1]
	if _, err := d.List(t.Context(), county, registry.Query{Entity: v.Entity, Search: v.Search, Filters: v.Filters, Sort: v.Sort, Columns: v.Columns, Limit: 50}); err != nil {
		t.Errorf("the saved question cannot be asked: %v", err)
	}
	if err := d.DeleteView(t.Context(), county, views[0].ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, d.DeleteView(t.Context(), county, views[0].ID), domain.KindNotFound, "saved_view.not_found")
	if left, err := d.Views(t.Context(), county, catalogue.Village); err != nil || len(left) != 1 {
		t.Errorf("%+v, %v", left, err)
	}
}

// What could not be asked cannot be saved, and neither can what would keep a number in the clear.
func TestWhatMakesNoView(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct {
		view registry.View
		kind domain.Kind
		key  string
	}{
		"no name":     {registry.View{Entity: catalogue.Cadre, Name: "　 "}, domain.KindInvalid, "registry.view_name"},
		"long name":   {registry.View{Entity: catalogue.Cadre, Name: strings.Repeat("长", 41)}, domain.KindInvalid, "registry.view_name"},
		"no table":    {registry.View{Entity: "team", Name: "x"}, domain.KindNotFound, "registry.unknown_entity"},
		"no column":   {registry.View{Entity: catalogue.Cadre, Name: "x", ViewDefinition: registry.ViewDefinition{Columns: []string{"salary"}}}, domain.KindInvalid, "registry.unknown_field"},
		"no order":    {registry.View{Entity: catalogue.Cadre, Name: "x", ViewDefinition: registry.ViewDefinition{Sort: []registry.Order{{Field: "phone"}}}}, domain.KindInvalid, "registry.unknown_field"},
		"no operator": {registry.View{Entity: catalogue.Cadre, Name: "x", ViewDefinition: registry.ViewDefinition{Filters: []registry.Filter{{Field: "name", Op: "~", Values: []string{"x"}}}}}, domain.KindInvalid, "registry.filter_malformed"},
		"no number":   {registry.View{Entity: catalogue.Village, Name: "x", ViewDefinition: registry.ViewDefinition{Filters: []registry.Filter{{Field: "households", Op: "ge", Values: []string{"viele"}}}}}, domain.KindInvalid, "registry.filter_malformed"},
		"a secret": {registry.View{Entity: catalogue.Cadre, Name: "x", ViewDefinition: registry.ViewDefinition{Filters: []registry.Filter{{Field: "id_number", Op: "in", Values: []string{"11010519491231002X"}}}}},
			domain.KindInvalid, "registry.view_of_secret"},
	} {
		t.Run(name, func(t *testing.T) { wantError(t, d.SaveView(t.Context(), county, c.view), c.kind, c.key) })
	}
	if err := d.SaveView(t.Context(), county, registry.View{Entity: catalogue.Cadre, Name: strings.Repeat("长", 40)}); err != nil {
		t.Error(err)
	}
	wantError(t, d.SaveView(t.Context(), domain.Account{}, registry.View{Entity: catalogue.Cadre, Name: "x"}), domain.KindForbidden, "access.signed_out")
	wantError(t, d.DeleteView(t.Context(), domain.Account{}, "x"), domain.KindForbidden, "access.signed_out")
}
