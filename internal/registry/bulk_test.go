package registry_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// team are people of one unit, with the changes that set fields of all of them.
func (d *desk) team(t *testing.T, unit string, count int) []string {
	t.Helper()
	changes := make([]registry.Change, count)
	for i := range changes {
		changes[i] = registry.Change{Values: with(person(unit, fmt.Sprintf("队员%d", i)), "id_number", idNumber("19880808", fmt.Sprintf("%03d", 2*i)), "phone", fmt.Sprintf("1380013%04d", i))}
	}
	_, outcomes := d.apply(t, province, catalogue.Cadre, changes...)
	keys := make([]string, count)
	for i, o := range outcomes {
		keys[i] = o.Key
	}
	return keys
}

func (d *desk) bulk(t *testing.T, actor domain.Account, keys []string, goodOnly bool, pairs ...string) (registry.ChangeSet, []registry.Outcome, error) {
	t.Helper()
	changes := make([]registry.Change, len(keys))
	for i, key := range keys {
		changes[i] = registry.Change{Key: key, Version: d.get(t, catalogue.Cadre, key).Version, Values: with(nil, pairs...)}
	}
	return d.Apply(t.Context(), actor, catalogue.Cadre, changes, registry.ApplyOptions{Origin: registry.OriginBulk, Reason: "年度核对", GoodOnly: goodOnly})
}

// A bulk edit is one set: it touches the named field of each record and nothing else, tells whom it left the same, and
// goes back in one step.
func TestABulkEditIsOneSet(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		keys := d.team(t, d.addUnit(t, "NY1", county.Region), 5)
		d.alter(t, keys[2], "health", "fit")
		before := d.state(t, keys)
		set, outcomes, err := d.bulk(t, county, keys, false, "health", "fit")
		if err != nil || set.Changed != 4 || set.Added != 0 || set.Origin != registry.OriginBulk || set.Reason != "年度核对" {
			t.Fatalf("%+v, %v", set, err)
		}
		for i, o := range outcomes {
			want := registry.Changed
			if i == 2 {
				want = registry.Same
			}
			if o.Kind != want || o.Key != keys[i] {
				t.Errorf("%d: %+v", i, o)
			}
		}
		for key, values := range d.state(t, keys) {
			if fmt.Sprint(values) != fmt.Sprint(with(before[key], "health", "fit")) {
				t.Errorf("%s: %v, was %v", key, values, before[key])
			}
		}
		d.undo(t, set.ID)
		if now := d.state(t, keys); !same(now, before) {
			t.Errorf("%v, was %v", now, before)
		}
	})
}

// In a bulk edit one record that somebody changed meanwhile stops all of it, or is left out and named.
func TestABulkEditMeetsAChange(t *testing.T) {
	d := newDesk(t)
	keys := d.team(t, d.addUnit(t, "NY1", county.Region), 3)
	changes := make([]registry.Change, len(keys))
	for i, key := range keys {
		changes[i] = registry.Change{Key: key, Version: 1, Values: map[string]string{"terms": "4"}}
	}
	d.alter(t, keys[1], "terms", "1")
	o := registry.ApplyOptions{Origin: registry.OriginBulk}
	_, outcomes, err := d.Apply(t.Context(), county, catalogue.Cadre, changes, o)
	if known := wantError(t, err, domain.KindInvalid, "registry.refused"); known.Params["count"] != 1 || faultKeys(outcomes[1]) != ":registry.changed_since" {
		t.Errorf("%+v %+v", known.Params, outcomes)
	}
	if d.get(t, catalogue.Cadre, keys[0]).Version != 1 {
		t.Error("half of it was done")
	}
	o.GoodOnly = true
	set, outcomes, err := d.Apply(t.Context(), county, catalogue.Cadre, changes, o)
	if err != nil || set.Changed != 2 || outcomes[1].Kind != registry.Refused || outcomes[1].Faults[0].Params["now"] != int64(2) {
		t.Errorf("%+v %+v %v", set, outcomes, err)
	}
	if got := d.get(t, catalogue.Cadre, keys[1]); got.Values["terms"] != "1" || got.Version != 2 {
		t.Errorf("%+v", got)
	}
}

// What identifies a person cannot be given to many at once; an empty required field is nobody's.
func TestWhatABulkEditCannotDo(t *testing.T) {
	d := newDesk(t)
	keys := d.team(t, d.addUnit(t, "NY1", county.Region), 2)
	for name, c := range map[string]struct {
		pairs []string
		want  string
	}{
		"one number for all": {[]string{"id_number", idNumber("19880808", "088")}, "id:registry.twice"},
		"no name":            {[]string{"name", " "}, "name:registry.required"},
		"another's mask":     {[]string{"phone", "*******9999"}, "phone:registry.mask_is_no_value"},
		"no such unit":       {[]string{"unit", "NOBODY"}, "unit:registry.unknown_unit"},
		"no such option":     {[]string{"health", "flat feet"}, "health:registry.not_option"},
	} {
		_, outcomes, err := d.bulk(t, county, keys, false, c.pairs...)
		wantError(t, err, domain.KindInvalid, "registry.refused")
		if got := faultKeys(outcomes[1]); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, key := range keys {
		if d.get(t, catalogue.Cadre, key).Version != 1 {
			t.Errorf("%s was touched", key)
		}
	}
}

// An entry of the ledger tells how much was done and where, and a digest that another change does not have; the set keeps
// what it was.
func TestTheLedgerTellsHowMuchAndNeverWhat(t *testing.T) {
	d := newDesk(t)
	keys := d.team(t, d.addUnit(t, "NY1", county.Region), 3)
	set, _, err := d.bulk(t, county, keys, false, "phone", "0731-82211234")
	if err != nil {
		t.Fatal(err)
	}
	undone := d.undo(t, set.ID)
	digests := map[string]bool{}
	entries := d.entries(t)
	for i, want := range []registry.ChangeSet{set, undone} {
		e := entries[len(entries)-2+i]
		var detail struct {
			Entity, Origin, Digest  string
			Added, Changed, Removed int
		}
		if err := json.Unmarshal([]byte(e.Detail), &detail); err != nil {
			t.Fatal(err)
		}
		if e.Subject != "change_set/"+want.ID || e.Actor != county.ID || e.Region != county.Region || detail.Changed != 3 || detail.Added+detail.Removed != 0 ||
			detail.Entity != "cadre" || detail.Origin != want.Origin || len(detail.Digest) != 64 || digests[detail.Digest] {
			t.Errorf("%+v", e)
		}
		digests[detail.Digest] = true
		if strings.Contains(e.Detail, "0731") || strings.Contains(e.Detail, "1234") {
			t.Errorf("the ledger tells a number: %s", e.Detail)
		}
	}
	_, changes, err := d.Changes(t.Context(), county, set.ID)
	if err != nil || len(changes) != 3 {
		t.Fatalf("%+v, %v", changes, err)
	}
	for i, c := range changes {
		if c.After["phone"] != "*********1234" || !strings.HasPrefix(c.Before["phone"], "*******") || len(c.Before) != 1 {
			t.Errorf("%d: %+v", i, c)
		}
	}
}
