package registry_test

import (
	"testing"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// twoUnits are two units of the county with one person each, and the account that speaks for the first.
func (d *desk) twoUnits(t *testing.T) (account domain.Account, mine, theirs string) {
	t.Helper()
	d.addUnit(t, "NY1", county.Region)
	d.addUnit(t, "NY2", county.Region)
	mine = d.addPerson(t, with(person("NY1", "张三"), "phone", "13800138000", "id_number", idNumber("19880808", "002")))
	theirs = d.addPerson(t, with(person("NY2", "李四"), "phone", "13900139000", "id_number", idNumber("19880808", "022")))
	return domain.Account{ID: "a9", Username: "danwei", Role: domain.RoleUnitOffice, Region: county.Region, Unit: "NY1"}, mine, theirs
}

// By no door does a unit's account reach another unit's people: they are not there for it.
func TestAUnitsAccountReachesNobodyElse(t *testing.T) {
	d := newDesk(t)
	account, mine, theirs := d.twoUnits(t)
	set := d.alter(t, theirs, "terms", "1")
	own := d.alter(t, mine, "terms", "1") // by the county
	doors := map[string]func(key, set string) error{
		"get":   func(key, _ string) error { _, err := d.Get(t.Context(), account, catalogue.Cadre, key); return err },
		"trail": func(key, _ string) error { _, err := d.Trail(t.Context(), account, catalogue.Cadre, key); return err },
	}
	for name, door := range doors {
		wantError(t, door(theirs, set), domain.KindNotFound, "cadre.not_found")
		if err := door(mine, own); err != nil {
			t.Errorf("%s of one's own: %v", name, err)
		}
	}
	for _, id := range []string{set, own} { // another's sets, even of its own people
		_, err := d.Undo(t.Context(), account, id)
		wantError(t, err, domain.KindNotFound, "change_set.not_found")
		_, _, err = d.Changes(t.Context(), account, id)
		wantError(t, err, domain.KindNotFound, "change_set.not_found")
	}
	_, err := d.Reveal(t.Context(), account, catalogue.Cadre, theirs, "phone", "查")
	if err == nil {
		t.Error("another's number was opened")
	}
	n := 0
	err = d.Each(t.Context(), account, registry.Query{Entity: catalogue.Cadre}, func(r catalogue.Record) error {
		if n++; r.Key != mine {
			t.Errorf("exported %s", r.Key)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d exported, %v", n, err)
	}
}

// A search or a filter tells a unit's account nothing of others either, not even that a number is somebody's.
func TestAUnitsAccountFindsNobodyElse(t *testing.T) {
	d := newDesk(t)
	account, mine, theirs := d.twoUnits(t)
	for name, q := range map[string]registry.Query{
		"all": {}, "by name": {Search: "李四"}, "by sound": {Search: "lisi"}, "by key": {Search: theirs},
		"by unit":   {Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{"NY2"}}}},
		"by number": {Filters: []registry.Filter{{Field: "id_number", Op: "eq", Values: []string{idNumber("19880808", "022")}}}},
		"by phone":  {Filters: []registry.Filter{{Field: "phone", Op: "in", Values: []string{"13900139000", "13800138000"}}}},
	} {
		q.Entity, q.Limit = catalogue.Cadre, 10
		page, err := d.List(t.Context(), account, q)
		want := 0
		if name == "all" || name == "by phone" {
			want = 1
		}
		if err != nil || page.Total != want || want == 1 && page.Records[0].Key != mine {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

// A unit's account takes its own set back, and its history names what an office did without naming who.
func TestAUnitsAccountAndItsOwnHistory(t *testing.T) {
	d := newDesk(t)
	account, mine, _ := d.twoUnits(t)
	d.alter(t, mine, "terms", "1")
	set, _ := d.apply(t, account, catalogue.Cadre, registry.Change{Key: mine, Version: 2, Values: map[string]string{"terms": "2"}})
	events, err := d.Trail(t.Context(), account, catalogue.Cadre, mine)
	if err != nil || len(events) != 3 {
		t.Fatalf("%+v, %v", events, err)
	}
	if events[0].Set.Actor != account.ID || events[0].After["terms"] != "2" || events[1].Set.Actor != "" || events[1].After["terms"] != "1" || events[2].Before != nil {
		t.Errorf("%+v", events)
	}
	if _, err := d.Undo(t.Context(), account, set.ID); err != nil {
		t.Fatal(err)
	}
	if got := d.get(t, catalogue.Cadre, mine).Values["terms"]; got != "1" {
		t.Errorf("terms %q", got)
	}
}

// What each role may do with each table, as the pages ask before they offer it.
func TestWhatMayBeOffered(t *testing.T) {
	unit := domain.Account{ID: "a9", Role: domain.RoleUnitOffice, Region: county.Region, Unit: "NY1"}
	for _, c := range []struct {
		who    domain.Account
		action access.Action
		want   map[catalogue.Entity]bool
	}{
		{county, access.ReadRegistry, map[catalogue.Entity]bool{"region": true, "unit": true, "cadre": true, "village": true}},
		{county, access.EditRegistry, map[catalogue.Entity]bool{"region": false, "unit": true, "cadre": true, "village": true}},
		{county, access.ExportRegistry, map[catalogue.Entity]bool{"region": true, "unit": true, "cadre": true, "village": true}},
		{unit, access.ReadRegistry, map[catalogue.Entity]bool{"region": false, "unit": true, "cadre": true, "village": false}},
		{unit, access.EditRegistry, map[catalogue.Entity]bool{"region": false, "unit": false, "cadre": true, "village": false}},
		{domain.Account{}, access.ReadRegistry, map[catalogue.Entity]bool{"region": false, "unit": false, "cadre": false, "village": false, "team": false}},
	} {
		for e, want := range c.want {
			if got := registry.May(c.who, c.action, e); got != want {
				t.Errorf("%s %s %s: %v", c.who.Role, c.action, e, got)
			}
		}
	}
}
