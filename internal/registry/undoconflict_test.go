package registry_test

import (
	"maps"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// alter makes one change of a cadre from the record as it stands and gives the set's id.
func (d *desk) alter(t *testing.T, key string, pairs ...string) string {
	t.Helper()
	set, _ := d.apply(t, county, catalogue.Cadre, registry.Change{Key: key, Version: d.get(t, catalogue.Cadre, key).Version, Values: with(nil, pairs...)})
	if set.ID == "" {
		t.Fatalf("%v changed nothing", pairs)
	}
	return set.ID
}

func (d *desk) undo(t *testing.T, set string) registry.ChangeSet {
	t.Helper()
	undone, err := d.Undo(t.Context(), county, set)
	if err != nil {
		t.Fatal(err)
	}
	return undone
}

// One person has one record after an undo, too: a number that somebody else was given meanwhile does not come back.
func TestAnUndoMakesNoSecondRecordOfAPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		unit := d.addUnit(t, "NY1", county.Region)
		number, other := idNumber("19880808", "002"), idNumber("19880808", "022")
		first := d.addPerson(t, with(person(unit, "张三"), "id_number", number))
		set := d.alter(t, first, "id_number", other)
		second := d.addPerson(t, with(person(unit, "李四"), "id_number", number))
		_, err := d.Undo(t.Context(), county, set)
		known := wantError(t, err, domain.KindConflict, "registry.undo_same_person")
		if known.Params["keys"] != first || known.Params["other"] != second {
			t.Errorf("%+v", known.Params)
		}
		if plain, err := d.Reveal(t.Context(), county, catalogue.Cadre, first, "id_number", "核对"); err != nil || plain != other {
			t.Errorf("%q, %v", plain, err)
		}
		d.alter(t, second, "id_number", idNumber("19880808", "044"))
		d.undo(t, set)
		if plain, err := d.Reveal(t.Context(), county, catalogue.Cadre, first, "id_number", "核对"); err != nil || plain != number {
			t.Errorf("%q, %v", plain, err)
		}
	})
}

// Somebody who was removed by an undo and came in again is not doubled by taking that undo back.
func TestTakingBackAnUndoMakesNoSecondRecordOfAPerson(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	values := with(person(unit, "张三"), "id_number", idNumber("19880808", "002"))
	set, _ := d.apply(t, county, catalogue.Cadre, registry.Change{Values: values})
	undone := d.undo(t, set.ID)
	d.addPerson(t, values)
	_, err := d.Undo(t.Context(), county, undone.ID)
	wantError(t, err, domain.KindConflict, "registry.undo_same_person")
}

// Sets on one record are taken back the last first, and each taking back frees the one before.
func TestSetsOnOneRecordAreTakenBackTheLastFirst(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	key := d.addPerson(t, person(unit, "张三"))
	start := d.get(t, catalogue.Cadre, key).Values
	sets := []string{d.alter(t, key, "terms", "1"), d.alter(t, key, "phone", "13800138000"), d.alter(t, key, "terms", "", "health", "fit")}
	for _, early := range sets[:2] {
		_, err := d.Undo(t.Context(), county, early)
		if known := wantError(t, err, domain.KindConflict, "registry.undo_changed_since"); known.Params["keys"] != key {
			t.Errorf("%+v", known.Params)
		}
	}
	for i := len(sets) - 1; i >= 0; i-- {
		if undone := d.undo(t, sets[i]); undone.Undoes != sets[i] || undone.Changed != 1 || undone.Added+undone.Removed != 0 {
			t.Errorf("%+v", undone)
		}
	}
	if now := d.get(t, catalogue.Cadre, key).Values; !maps.Equal(now, start) {
		t.Errorf("%v, was %v", now, start)
	}
}

// Of many records that changed since the first five are named and all are counted.
func TestAConflictNamesFiveAndCountsAll(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	var add []registry.Change
	for _, name := range strings.Split("甲 乙 丙 丁 戊 己 庚", " ") {
		add = append(add, registry.Change{Values: person(unit, name)})
	}
	set, outcomes := d.apply(t, county, catalogue.Cadre, add...)
	for _, o := range outcomes {
		d.alter(t, o.Key, "terms", "1")
	}
	_, err := d.Undo(t.Context(), county, set.ID)
	known := wantError(t, err, domain.KindConflict, "registry.undo_changed_since")
	keys, _ := known.Params["keys"].(string)
	if known.Params["count"] != 7 || len(strings.Split(keys, ", ")) != 5 {
		t.Errorf("%+v", known.Params)
	}
}

// What others changed in other records meanwhile is no conflict.
func TestOtherRecordsDoNotStandInTheWay(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	mine, theirs := d.addPerson(t, person(unit, "张三")), d.addPerson(t, person(unit, "李四"))
	set := d.alter(t, mine, "terms", "2")
	d.alter(t, theirs, "terms", "3")
	d.undo(t, set)
	if d.get(t, catalogue.Cadre, mine).Values["terms"] != "" || d.get(t, catalogue.Cadre, theirs).Values["terms"] != "3" {
		t.Error("the wrong record was taken back")
	}
}

// A part above its whole that is there from before excuses neither another part nor another whole.
func TestAnOldFaultExcusesNoOther(t *testing.T) {
	d := newDesk(t)
	village := "430121100201"
	err := d.store.Write(t.Context(), func(tx *store.Tx) error {
		return store.PutRecords(tx, catalogue.Village, []catalogue.Record{{Key: village, Version: 1,
			Values: map[string]string{"code": village, "households": "10", "poor_households": "11", "population": "30"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	for values, want := range map[[2]string]string{
		{"difficulty", "3"}: "", {"poor_households", "12"}: "", {"poor_households", "10"}: "",
		{"party_members", "31"}: "party_members:registry.part_above_whole", {"monitored_households", "11"}: "monitored_households:registry.part_above_whole",
	} {
		got := d.judge(t, county, catalogue.Village, registry.Change{Key: village, Version: 1, Values: map[string]string{values[0]: values[1]}})[0]
		if faultKeys(got) != want {
			t.Errorf("%v: %s %+v, want %q", values, got.Kind, got.Faults, want)
		}
	}
}
