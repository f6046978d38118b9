package registry_test

import (
	"maps"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// entries are the actions in the ledger, whose chain has to hold.
func (d *desk) entries(t *testing.T) []domain.LedgerEntry {
	t.Helper()
	if report, err := ledger.Verify(t.Context(), d.store); err != nil || report.Broken != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	var all []domain.LedgerEntry
	err := d.store.Read(t.Context(), func(tx *store.Tx) (err error) {
		all, err = store.LedgerFrom(tx, 1, 1000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAWholeLifeOnBothDatabases(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		unit := d.addUnit(t, "NY1", county.Region)
		id := idNumber("19880808", "022")
		key := d.addPerson(t, with(person(unit, "张三丰"), "id_number", id, "phone", "13800138000", "skill_farming", "80", "ladder", "civil",
			"position_rank", "142", "grade_rank", "counsel_4", "health", "fit", "young_pool", "1", "rural_years", "3"))
		r := d.get(t, catalogue.Cadre, key)
		want := map[string]string{"id": key, "unit": unit, "name": "张三丰", "sex": "2", "birth_date": "1988-08-08", "politics": "01", "position": "副科长",
			"id_number": "****************" + id[16:], "phone": "*******8000", "skill_farming": "80", "ladder": "civil", "position_rank": "142",
			"grade_rank": "counsel_4", "health": "fit", "young_pool": "1", "rural_years": "3"}
		if !maps.Equal(r.Values, want) || r.Version != 1 {
			t.Fatalf("%+v", r)
		}
		set, _ := d.apply(t, county, catalogue.Cadre, registry.Change{Key: key, Version: 1, Values: map[string]string{"name": "张四", "phone": "", "rural_years": "4"}})
		changed := d.get(t, catalogue.Cadre, key)
		if changed.Version != 2 || changed.Values["name"] != "张四" || changed.Values["phone"] != "" || changed.Values["id_number"] != want["id_number"] {
			t.Fatalf("%+v", changed)
		}
		undone, err := d.Undo(t.Context(), county, set.ID)
		if err != nil || undone.Changed != 1 || undone.Undoes != set.ID {
			t.Fatalf("%+v, %v", undone, err)
		}
		if back := d.get(t, catalogue.Cadre, key); !maps.Equal(back.Values, want) || back.Version != 3 {
			t.Fatalf("%+v", back)
		}
		if plain, err := d.Reveal(t.Context(), county, catalogue.Cadre, key, "phone", "通知体检"); err != nil || plain != "13800138000" {
			t.Fatalf("%q, %v", plain, err)
		}
		if _, err := d.Undo(t.Context(), county, undone.ID); err != nil { // taking back the undo does it again
			t.Fatal(err)
		}
		if again := d.get(t, catalogue.Cadre, key); !maps.Equal(again.Values, changed.Values) {
			t.Fatalf("%+v", again)
		}
		var actions []string
		for _, e := range d.entries(t) {
			actions = append(actions, e.Action)
			if strings.Contains(e.Detail, "张") || strings.Contains(e.Detail, "13800138000") || strings.Contains(e.Detail, id) {
				t.Errorf("the ledger tells who: %s", e.Detail)
			}
		}
		if got := strings.Join(actions, " "); got != "registry.apply registry.apply registry.apply registry.undo registry.reveal registry.undo" {
			t.Error(got)
		}
	})
}

func TestSpellingAndRankFollow(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	key := d.addPerson(t, with(person(unit, "单雄信"), "ladder", "institution", "grade_rank", "title_senior", "health", "limited"))
	for _, search := range []string{"sxx", "shanx", "雄", "单雄信", strings.ToLower(key[:8])} {
		page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Search: search, Limit: 10})
		if err != nil || page.Total != 1 || page.Records[0].Key != key || page.Names[unit] != "NY1农业农村局" {
			t.Errorf("%s: %+v, %v", search, page, err)
		}
	}
	err := d.store.Read(t.Context(), func(tx *store.Tx) error {
		got, err := store.CandidatesFromRegistry(tx, store.Reach{Scope: county.Region.Scope()}, []string{key, "C000000"}, []string{"farming", "party"})
		if err != nil || len(got) != 1 || got[0].Grade != 6 || got[0].BirthYear != 1988 || got[0].Fit || got[0].Politics != "party_member" || len(got[0].Skills) != 2 {
			t.Errorf("%+v, %v", got, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAllOrNothingOrTheGoodOnes(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	changes := []registry.Change{{Values: person(unit, "甲一")}, {Values: with(person(unit, "乙二"), "sex", "7")}, {Values: person(unit, "丙三")}}
	set, outcomes, err := d.Apply(t.Context(), county, catalogue.Cadre, changes, registry.ApplyOptions{Origin: registry.OriginImport})
	wantError(t, err, domain.KindInvalid, "registry.refused")
	if set.ID != "" || outcomes[0].Kind != registry.Added || outcomes[1].Kind != registry.Refused || len(d.entries(t)) != 1 {
		t.Fatalf("%+v %+v", set, outcomes)
	}
	set, outcomes, err = d.Apply(t.Context(), county, catalogue.Cadre, changes, registry.ApplyOptions{Origin: registry.OriginImport, GoodOnly: true, Reason: "花名册"})
	if err != nil || set.Added != 2 || outcomes[0].Key == "" || outcomes[2].Key == "" || outcomes[1].Key != "" {
		t.Fatalf("%+v %+v %v", set, outcomes, err)
	}
	if _, err := d.Undo(t.Context(), county, set.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Get(t.Context(), county, catalogue.Cadre, outcomes[0].Key); err == nil {
		t.Error("still there after the undo")
	}
	_, err = d.Undo(t.Context(), county, set.ID)
	wantError(t, err, domain.KindConflict, "registry.undone_already")
}

func TestTheSameAgainLeavesNothing(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	values := with(person(unit, "张三"), "id_number", idNumber("19880808", "022"), "phone", "13800138000")
	key := d.addPerson(t, values)
	before := len(d.entries(t))
	exported := d.get(t, catalogue.Cadre, key)
	for name, again := range map[string]map[string]string{"as written": values, "as exported": exported.Values} {
		set, outcomes := d.apply(t, county, catalogue.Cadre, registry.Change{Key: key, Version: 1, Values: again})
		if set.ID != "" || outcomes[0].Kind != registry.Same {
			t.Errorf("%s: %+v %+v", name, set, outcomes)
		}
	}
	if len(d.entries(t)) != before {
		t.Error("nothing left an entry")
	}
}

func TestUndoNamesWhatChangedSince(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	first, outcomes := d.apply(t, county, catalogue.Cadre, registry.Change{Values: person(unit, "甲一")}, registry.Change{Values: person(unit, "乙二")})
	key := outcomes[1].Key
	d.apply(t, county, catalogue.Cadre, registry.Change{Key: key, Version: 1, Values: map[string]string{"terms": "1"}})
	_, err := d.Undo(t.Context(), county, first.ID)
	if known := wantError(t, err, domain.KindConflict, "registry.undo_changed_since"); known.Params["keys"] != key || known.Params["count"] != 1 {
		t.Errorf("%+v", known.Params)
	}
	if r := d.get(t, catalogue.Cadre, outcomes[0].Key); r.Version != 1 {
		t.Error("half undone")
	}
}

func TestUndoLeavesWhatIsReferredTo(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		set, _ := d.apply(t, province, catalogue.Unit, registry.Change{Key: "NY1", Values: map[string]string{"name": "农", "level": "county", "kind": "mass", "home": "430121000000"}})
		d.addPerson(t, person("NY1", "张三"))
		_, err := d.Undo(t.Context(), province, set.ID)
		wantError(t, err, domain.KindConflict, "registry.undo_in_use")
		if r := d.get(t, catalogue.Unit, "NY1"); r.Version != 1 {
			t.Error(r)
		}
	})
}

// Two people save the same record: the second is told, not overwritten.
func TestTheSecondWriterIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		unit := d.addUnit(t, "NY1", county.Region)
		key := d.addPerson(t, person(unit, "张三"))
		wish := func(terms string) []registry.Change {
			return []registry.Change{{Key: key, Version: 1, Values: map[string]string{"terms": terms}}}
		}
		d.apply(t, county, catalogue.Cadre, wish("1")...)
		_, outcomes, err := d.Apply(t.Context(), county, catalogue.Cadre, wish("2"), registry.ApplyOptions{Origin: registry.OriginForm})
		wantError(t, err, domain.KindInvalid, "registry.refused")
		if faultKeys(outcomes[0]) != ":registry.changed_since" || d.get(t, catalogue.Cadre, key).Values["terms"] != "1" {
			t.Errorf("%+v", outcomes)
		}
		// The database itself refuses, too, where two transactions judged the same version.
		err = d.store.Write(t.Context(), func(tx *store.Tx) error {
			whole, err := store.WholeRecords(tx, catalogue.Cadre, []string{key})
			if err != nil {
				return err
			}
			stale := whole[key] // stored as version 2, written as 2 again
			return store.PutRecords(tx, catalogue.Cadre, []catalogue.Record{stale})
		})
		wantError(t, err, domain.KindConflict, "registry.changed_meanwhile")
	})
}

func TestASecretIsSealedAtRest(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	id := idNumber("19880808", "022")
	key := d.addPerson(t, with(person(unit, "张三"), "id_number", id))
	err := d.store.Read(t.Context(), func(tx *store.Tx) error {
		whole, err := store.WholeRecords(tx, catalogue.Cadre, []string{key})
		for column, value := range whole[key].Values {
			if strings.Contains(value, id[6:]) {
				t.Errorf("%s holds %s", column, value)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found := func(number string) int {
		page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Filters: []registry.Filter{{Field: "id_number", Op: "eq", Values: []string{number}}}, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total
	}
	if found(id) != 1 || found(strings.ToLower(id[:6])+" "+id[6:]) != 1 || found(idNumber("19880808", "044")) != 0 {
		t.Error("the number is not found by its own text alone")
	}
	_, err = d.Reveal(t.Context(), county, catalogue.Cadre, key, "id_number", " ")
	wantError(t, err, domain.KindInvalid, "registry.reason_missing")
	_, err = d.Reveal(t.Context(), otherOne, catalogue.Cadre, key, "id_number", "查")
	wantError(t, err, domain.KindNotFound, "cadre.not_found")
	_, err = d.Reveal(t.Context(), county, catalogue.Cadre, key, "name", "查")
	wantError(t, err, domain.KindInvalid, "registry.unknown_field")
}
