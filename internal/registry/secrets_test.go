package registry_test

import (
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// Two people with numbers and one without: every operator that a sealed field takes, and what is written in other ways.
func TestSealedFieldsAreFoundByTheWholeNumberAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		unit := d.addUnit(t, "NY1", county.Region)
		a, b := idNumber("19880808", "002"), idNumber("19880808", "022")
		first := d.addPerson(t, with(person(unit, "甲一"), "id_number", a, "phone", "138 0013 8000"))
		second := d.addPerson(t, with(person(unit, "乙二"), "id_number", b, "phone", "13800138000")) // a shared telephone is nobody's fault
		third := d.addPerson(t, person(unit, "丙三"))
		names := map[string]string{first: "甲", second: "乙", third: "丙"}
		for _, c := range []struct {
			field, op string
			values    []string
			want      string
		}{
			{"id_number", "eq", []string{a}, "甲"}, {"id_number", "in", []string{a, b}, "甲乙"}, {"id_number", "filled", nil, "甲乙"}, {"id_number", "empty", nil, "丙"},
			{"id_number", "eq", []string{a[:17]}, ""}, {"id_number", "eq", []string{""}, ""}, {"id_number", "in", []string{"", "x"}, ""},
			{"id_number", "eq", []string{"****************" + a[16:]}, ""},
			{"phone", "eq", []string{"１３８００１３８０００"}, "甲乙"}, {"phone", "eq", []string{"138-0013-8000"}, ""}, {"phone", "empty", nil, "丙"},
		} {
			page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Limit: 10, Sort: []registry.Order{{Field: "name"}},
				Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{unit}}, {Field: c.field, Op: c.op, Values: c.values}}})
			if err != nil {
				t.Errorf("%s %s: %v", c.field, c.op, err)
				continue
			}
			found := map[string]bool{}
			for _, r := range page.Records {
				found[names[r.Key]] = true
			}
			if len(found) != page.Total || page.Total != len([]rune(c.want)) {
				t.Errorf("%s %s %v: %v, want %s", c.field, c.op, c.values, found, c.want)
			}
			for _, name := range strings.Split(c.want, "") {
				if !found[name] {
					t.Errorf("%s %s %v: %v, want %s", c.field, c.op, c.values, found, c.want)
				}
			}
		}
		for _, op := range []string{"ne", "contains", "starts", "ge", "le", "between"} {
			_, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Limit: 1, Filters: []registry.Filter{{Field: "id_number", Op: op, Values: []string{a, b}[:1]}}})
			wantError(t, err, domain.KindInvalid, "registry.filter_malformed")
		}
	})
}

// No door that reads gives more of a number than its mask: the list, one record, the trail, a set, an export.
func TestEveryDoorGivesTheMaskOnly(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	number, phone := idNumber("19880808", "002"), "13800138000"
	key := d.addPerson(t, with(person(unit, "张三"), "id_number", number, "phone", phone))
	set := d.alter(t, key, "phone", "13900139000")
	var seen []map[string]string
	page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Search: "张三", Columns: []string{"id_number", "phone"}, Limit: 5})
	if err != nil || len(page.Records) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	seen = append(seen, page.Records[0].Values, d.get(t, catalogue.Cadre, key).Values)
	events, err := d.Trail(t.Context(), county, catalogue.Cadre, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		seen = append(seen, e.Before, e.After)
	}
	_, changes, err := d.Changes(t.Context(), county, set)
	if err != nil {
		t.Fatal(err)
	}
	seen = append(seen, changes[0].Before, changes[0].After)
	masks := 0
	for i, values := range seen {
		for field, value := range values {
			if strings.Contains(value, number[6:14]) || strings.Contains(value, "0013") || strings.HasSuffix(field, catalogue.MaskSuffix) || strings.HasSuffix(field, catalogue.BlindSuffix) {
				t.Errorf("%d: %s is %q", i, field, value)
			}
			if catalogue.Masks(value) {
				masks++
			}
		}
	}
	if masks != 10 { // two of the list and of the record, three of the trail's newer event and older one, two of the set
		t.Errorf("%d masks in %v", masks, seen)
	}
}

// The mask that an export holds leaves the number as it is; another one is no value; nothing takes the number away.
func TestMasksThatComeBack(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	number := idNumber("19880808", "002")
	key := d.addPerson(t, with(person(unit, "张三"), "id_number", number))
	shown := d.get(t, catalogue.Cadre, key).Values["id_number"]
	d.alter(t, key, "id_number", shown, "terms", "1")
	if plain, err := d.Reveal(t.Context(), county, catalogue.Cadre, key, "id_number", "核对"); err != nil || plain != number {
		t.Errorf("%q, %v", plain, err)
	}
	for _, wrong := range []string{"*", "****************99", shown[1:]} {
		got := d.judge(t, county, catalogue.Cadre, registry.Change{Key: key, Version: 2, Values: map[string]string{"id_number": wrong}})[0]
		if faultKeys(got) != "id_number:registry.mask_is_no_value" || got.Faults[0].Value != "" {
			t.Errorf("%q: %+v", wrong, got)
		}
	}
	set := d.alter(t, key, "id_number", "")
	if plain, err := d.Reveal(t.Context(), county, catalogue.Cadre, key, "id_number", "核对"); err != nil || plain != "" {
		t.Errorf("%q, %v", plain, err)
	}
	d.undo(t, set)
	if got := d.get(t, catalogue.Cadre, key).Values["id_number"]; got != shown {
		t.Errorf("%q came back, was %q", got, shown)
	}
}

// A reason goes into the ledger with who asked, for whom and which field; the number itself does not.
func TestARevealIsOnRecord(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	key := d.addPerson(t, with(person(unit, "张三"), "phone", "13800138000"))
	if _, err := d.Reveal(t.Context(), county, catalogue.Cadre, key, "phone", "  通知体检 "); err != nil {
		t.Fatal(err)
	}
	entries := d.entries(t)
	last := entries[len(entries)-1]
	if last.Action != "registry.reveal" || last.Actor != county.ID || last.Subject != "cadre/"+key || !strings.Contains(last.Detail, "通知体检") ||
		!strings.Contains(last.Detail, `"phone"`) || strings.Contains(last.Detail, "8000") {
		t.Errorf("%+v", last)
	}
	for _, who := range []domain.Account{otherOne, {}} {
		if _, err := d.Reveal(t.Context(), who, catalogue.Cadre, key, "phone", "查"); err == nil {
			t.Errorf("%q opened the number", who.Username)
		}
	}
	if now := d.entries(t); len(now) != len(entries) {
		t.Error("a refusal left an entry")
	}
}
