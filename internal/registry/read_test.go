package registry_test

import (
	"errors"
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

func TestOfficesSeeTheirOwnDivisionOnly(t *testing.T) {
	d := newDesk(t)
	mine, theirs := d.addUnit(t, "NY1", county.Region), d.addUnit(t, "NY2", otherOne.Region)
	me, them := d.addPerson(t, person(mine, "张三")), d.addPerson(t, person(theirs, "李四"))
	got, err := d.Lookup(t.Context(), county, catalogue.Cadre, []string{me, them, "C000000"})
	if err != nil || len(got) != 1 || got[me].Key != me {
		t.Errorf("%v, %v", got, err)
	}
	for _, change := range []registry.Change{{Key: them, Version: 1, Values: map[string]string{"terms": "1"}}, {Key: "no", Version: 1}} {
		outcomes := d.judge(t, county, catalogue.Cadre, change)
		if faultKeys(outcomes[0]) != "id:registry.unknown_key" {
			t.Errorf("what lies outside is told apart from what is not: %+v", outcomes[0])
		}
	}
	// A record that is there, out of reach, must not be taken over by one that comes in.
	outcomes := d.judge(t, county, catalogue.Cadre, registry.Change{Key: them, Version: 1, Values: map[string]string{"unit": mine}})
	if outcomes[0].Kind != registry.Refused {
		t.Errorf("%+v", outcomes[0])
	}
	set, _ := d.apply(t, province, catalogue.Cadre, registry.Change{Key: me, Version: 1, Values: map[string]string{"terms": "1"}})
	_, err = d.Undo(t.Context(), county, set.ID)
	wantError(t, err, domain.KindNotFound, "change_set.not_found")
}

func TestAUnitsAccountKeepsToItsOwnPeople(t *testing.T) {
	d := newDesk(t)
	mine, theirs := d.addUnit(t, "NY1", county.Region), d.addUnit(t, "NY2", county.Region)
	me, them := d.addPerson(t, person(mine, "张三")), d.addPerson(t, person(theirs, "李四"))
	account := domain.Account{ID: "a9", Role: domain.RoleUnitOffice, Region: county.Region, Unit: mine}
	list := func(e catalogue.Entity) []string {
		page, err := d.List(t.Context(), account, registry.Query{Entity: e, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, r := range page.Records {
			keys = append(keys, r.Key)
		}
		return keys
	}
	if !slices.Equal(list(catalogue.Cadre), []string{me}) || !slices.Equal(list(catalogue.Unit), []string{mine}) {
		t.Error(list(catalogue.Cadre), list(catalogue.Unit))
	}
	for name, c := range map[string]registry.Change{
		"another's": {Key: them, Version: 1, Values: map[string]string{"terms": "1"}}, "give away": {Key: me, Version: 1, Values: map[string]string{"unit": theirs}},
		"to another": {Values: person(theirs, "王五")},
	} {
		if got := d.judge(t, account, catalogue.Cadre, c)[0]; got.Kind != registry.Refused {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, outcomes, err := d.Apply(t.Context(), account, catalogue.Cadre, []registry.Change{{Key: me, Version: 1, Values: map[string]string{"terms": "1"}}}, registry.ApplyOptions{Origin: registry.OriginForm}); err != nil {
		t.Errorf("%+v, %v", outcomes, err)
	}
	sets, err := d.ChangeSets(t.Context(), account, catalogue.Cadre, 10)
	if err != nil || len(sets) != 1 || sets[0].Actor != account.ID {
		t.Errorf("%+v, %v", sets, err)
	}
	for _, e := range []catalogue.Entity{catalogue.Unit, catalogue.Village} {
		_, err := d.Judge(t.Context(), account, e, nil)
		wantError(t, err, domain.KindForbidden, "access.role_forbids")
	}
	_, err = d.List(t.Context(), account, registry.Query{Entity: catalogue.Village, Limit: 1})
	wantError(t, err, domain.KindForbidden, "access.role_forbids")
	account.Unit = ""
	_, err = d.List(t.Context(), account, registry.Query{Entity: catalogue.Cadre, Limit: 1})
	wantError(t, err, domain.KindForbidden, "access.role_forbids")
}

func TestQueriesThatAreNone(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct {
		q   registry.Query
		key string
	}{
		"entity":      {registry.Query{Entity: "team", Limit: 1}, "registry.unknown_entity"},
		"limit":       {registry.Query{Entity: catalogue.Cadre, Limit: 501}, "store.page_malformed"},
		"offset":      {registry.Query{Entity: catalogue.Cadre, Limit: 1, Offset: -1}, "store.page_malformed"},
		"column":      {registry.Query{Entity: catalogue.Cadre, Limit: 1, Columns: []string{"id_number_blind"}}, "registry.unknown_field"},
		"sort":        {registry.Query{Entity: catalogue.Cadre, Limit: 1, Sort: []registry.Order{{Field: "id_number"}}}, "registry.unknown_field"},
		"filter":      {registry.Query{Entity: catalogue.Cadre, Limit: 1, Filters: []registry.Filter{{Field: "postings", Op: "filled"}}}, "registry.unknown_field"},
		"operator":    {registry.Query{Entity: catalogue.Cadre, Limit: 1, Filters: []registry.Filter{{Field: "name", Op: "like", Values: []string{"x"}}}}, "registry.filter_malformed"},
		"secret part": {registry.Query{Entity: catalogue.Cadre, Limit: 1, Filters: []registry.Filter{{Field: "phone", Op: "contains", Values: []string{"138"}}}}, "registry.filter_malformed"},
	} {
		_, err := d.List(t.Context(), province, c.q)
		kind := domain.KindInvalid
		if name == "entity" {
			kind = domain.KindNotFound
		}
		wantError(t, err, kind, c.key)
	}
	_, err := d.List(t.Context(), domain.Account{}, registry.Query{Entity: catalogue.Cadre, Limit: 1})
	wantError(t, err, domain.KindForbidden, "access.signed_out")
}

func TestEachGivesAllAndStopsWhenAsked(t *testing.T) {
	d := newDesk(t)
	n := 0
	q := registry.Query{Entity: catalogue.Cadre, Columns: []string{"name", "unit"}, Sort: []registry.Order{{Field: "name"}}}
	if err := d.Each(t.Context(), province, q, func(catalogue.Record) error { n++; return nil }); err != nil || n != len(d.world.Cadres) {
		t.Errorf("%d of %d, %v", n, len(d.world.Cadres), err)
	}
	stop := domain.NotFound("x", "y")
	if err := d.Each(t.Context(), province, q, func(catalogue.Record) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
	if err := d.NoteExport(t.Context(), province, catalogue.Cadre, q.Columns, n); err != nil || d.entries(t)[0].Action != "registry.export" {
		t.Error(err)
	}
}

func TestTermsServedAreShownOnBothSides(t *testing.T) {
	d := newDesk(t)
	village := "430121100201"
	cadre := d.world.Cadres[0]
	d.apply(t, province, catalogue.Village, registry.Change{Key: village, Values: map[string]string{"categories": "key"}})
	err := d.store.Write(t.Context(), func(tx *store.Tx) error {
		return store.InsertPastPostings(tx, []domain.PastPosting{
			{Cadre: cadre.ID, From: "2015-03-01", To: "2018-03-01", Village: domain.Code(village), Unit: cadre.Unit, Role: domain.RoleMember},
			{Cadre: cadre.ID, From: "2018-03-01", To: "2021-05-01", Village: domain.Code(village), Unit: cadre.Unit, Role: domain.RoleLeader},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	unit, place := d.get(t, catalogue.Unit, cadre.Unit).Values["name"], d.get(t, catalogue.Village, village).Values["name"]
	if got := d.get(t, catalogue.Cadre, cadre.ID).Values["postings"]; got != "2018-03-01–2021-05-01 "+place+";2015-03-01–2018-03-01 "+place {
		t.Error(got)
	}
	if got := d.get(t, catalogue.Village, village).Values["teams"]; got != "2018-03-01–2021-05-01 "+unit+";2015-03-01–2018-03-01 "+unit {
		t.Error(got)
	}
}

func TestViewsAreOnesOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		view := registry.View{Entity: catalogue.Cadre, Name: "优秀年轻干部", ViewDefinition: registry.ViewDefinition{
			Search: "王", Filters: []registry.Filter{{Field: "young_pool", Op: "eq", Values: []string{"1"}}}, Sort: []registry.Order{{Field: "birth_date", Desc: true}}, Columns: []string{"name"}}}
		if err := d.SaveView(t.Context(), province, view); err != nil {
			t.Fatal(err)
		}
		view.Columns = []string{"name", "unit"}
		if err := d.SaveView(t.Context(), province, view); err != nil { // replaces
			t.Fatal(err)
		}
		views, err := d.Views(t.Context(), province, catalogue.Cadre)
		if err != nil || len(views) != 1 || !slices.Equal(views[0].Columns, view.Columns) || views[0].Filters[0].Op != "eq" || views[0].Search != "王" {
			t.Fatalf("%+v, %v", views, err)
		}
		if others, err := d.Views(t.Context(), county, catalogue.Cadre); err != nil || len(others) != 0 {
			t.Errorf("%+v, %v", others, err)
		}
		wantError(t, d.DeleteView(t.Context(), county, views[0].ID), domain.KindNotFound, "saved_view.not_found")
		if err := d.DeleteView(t.Context(), province, views[0].ID); err != nil {
			t.Error(err)
		}
		view.Filters = []registry.Filter{{Field: "phone", Op: "eq", Values: []string{"13800138000"}}}
		wantError(t, d.SaveView(t.Context(), province, view), domain.KindInvalid, "registry.view_of_secret")
		view.Filters = []registry.Filter{{Field: "name", Op: "between", Values: []string{"a"}}}
		wantError(t, d.SaveView(t.Context(), province, view), domain.KindInvalid, "registry.filter_malformed")
		view.Name = " "
		wantError(t, d.SaveView(t.Context(), province, view), domain.KindInvalid, "registry.view_name")
	})
}

func TestHistoryShowsMasksOnly(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	key := d.addPerson(t, with(person(unit, "张三"), "phone", "13800138000"))
	set, _ := d.apply(t, county, catalogue.Cadre, registry.Change{Key: key, Version: 1, Values: map[string]string{"phone": "13900139999", "name": "张四"}})
	sets, err := d.ChangeSets(t.Context(), county, catalogue.Cadre, 10)
	if err != nil || len(sets) != 1 || sets[0].ID != set.ID || !sets[0].At.Equal(today) {
		t.Fatalf("%+v, %v", sets, err)
	}
	_, changes, err := d.Changes(t.Context(), county, set.ID)
	if err != nil || len(changes) != 1 || len(changes[0].After) != 2 || changes[0].After["phone"] != "*******9999" ||
		changes[0].Before["phone"] != "*******8000" || changes[0].Before["name"] != "张三" {
		t.Errorf("%+v, %v", changes, err)
	}
}
