package registry_test

import (
	"maps"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// Whatever was done to the register, taking the sets back one by one, the last first, leaves it as it was; taking the
// undos back does all of it again.
func TestUndoingEverythingIsWhereItBegan(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	keys := []string{d.addPerson(t, person(unit, "甲一")), d.addPerson(t, person(unit, "乙二")), d.addPerson(t, person(unit, "丙三"))}
	rapid.Check(t, func(rt *rapid.T) {
		before := d.state(t, keys)
		var sets []string
		for range rapid.IntRange(1, 4).Draw(rt, "sets") {
			if set := d.someSet(t, rt, keys); set != "" {
				sets = append(sets, set)
			}
		}
		after := d.state(t, keys)
		back := d.undoAll(t, sets)
		if now := d.state(t, keys); !same(now, before) {
			rt.Fatalf("undone: %v, was %v", now, before)
		}
		again := d.undoAll(t, back)
		if now := d.state(t, keys); !same(now, after) {
			rt.Fatalf("done again: %v, was %v", now, after)
		}
		d.undoAll(t, again)
	})
}

func (d *desk) state(t *testing.T, keys []string) map[string]map[string]string {
	t.Helper()
	found, err := d.Lookup(t.Context(), province, catalogue.Cadre, keys)
	if err != nil {
		t.Fatal(err)
	}
	state := map[string]map[string]string{}
	for key, r := range found {
		state[key] = r.Values
	}
	return state
}

func same(a, b map[string]map[string]string) bool {
	return maps.EqualFunc(a, b, maps.Equal[map[string]string])
}

// someSet changes some of the records in some fields, sealed ones among them, and gives the set.
func (d *desk) someSet(t *testing.T, rt *rapid.T, keys []string) string {
	t.Helper()
	var changes []registry.Change
	for _, key := range keys {
		if !rapid.Bool().Draw(rt, "touch") {
			continue
		}
		number := func(field string) string { return strconv.Itoa(rapid.IntRange(0, 3).Draw(rt, field)) }
		values := map[string]string{"terms": number("terms"), "rural_years": number("rural_years"),
			"phone":  rapid.SampledFrom([]string{"", "13800138000", "0731-82211234"}).Draw(rt, "phone"),
			"health": rapid.SampledFrom([]string{"", "fit", "unfit", "limited"}).Draw(rt, "health")}
		changes = append(changes, registry.Change{Key: key, Version: d.get(t, catalogue.Cadre, key).Version, Values: values})
	}
	set, _ := d.apply(t, county, catalogue.Cadre, changes...)
	return set.ID
}

// undoAll takes the sets back, the last first, and gives the sets that did so.
func (d *desk) undoAll(t *testing.T, sets []string) []string {
	t.Helper()
	var back []string
	for i := len(sets) - 1; i >= 0; i-- {
		set, err := d.Undo(t.Context(), county, sets[i])
		if err != nil {
			t.Fatal(err)
		}
		back = append(back, set.ID)
	}
	return back
}
