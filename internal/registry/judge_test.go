package registry_test

import (
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

func (d *desk) judge(t *testing.T, actor domain.Account, e catalogue.Entity, changes ...registry.Change) []registry.Outcome {
	t.Helper()
	outcomes, err := d.Judge(t.Context(), actor, e, changes)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// faultKeys are "field:key" of an outcome's faults.
func faultKeys(o registry.Outcome) string {
	var all []string
	for _, f := range o.Faults {
		all = append(all, f.Field+":"+f.Key)
	}
	return strings.Join(all, " ")
}

func TestWhatIsRefusedAndWhy(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	d.addUnit(t, "NY2", otherOne.Region)
	d.apply(t, province, catalogue.Unit, registry.Change{Key: "NY3", Values: map[string]string{"name": "三局", "level": "county", "kind": "mass",
		"home": string(county.Region), "joins": unit}})
	id := idNumber("19880808", "002")
	known := d.addPerson(t, with(person(unit, "张三"), "id_number", id))
	village := string(d.world.Regions[len(d.world.Regions)-1].Code)
	own := "430121100201"
	base := person(unit, "李四")
	for name, c := range map[string]struct {
		entity catalogue.Entity
		change registry.Change
		want   string
	}{
		"good":                        {catalogue.Cadre, registry.Change{Values: base}, ""},
		"empty":                       {catalogue.Cadre, registry.Change{Values: map[string]string{}}, "unit:registry.required name:registry.required sex:registry.required birth_date:registry.required politics:registry.required position:registry.required"},
		"unknown unit":                {catalogue.Cadre, registry.Change{Values: with(base, "unit", "NOBODY")}, "unit:registry.unknown_unit"},
		"another county's unit":       {catalogue.Cadre, registry.Change{Values: with(base, "unit", "NY2")}, "unit:registry.unknown_unit"},
		"made-up key":                 {catalogue.Cadre, registry.Change{Key: "C1", Values: base}, "id:registry.unknown_key"},
		"same identity number":        {catalogue.Cadre, registry.Change{Values: with(base, "id_number", id)}, "id_number:registry.same_person"},
		"wrong identity number":       {catalogue.Cadre, registry.Change{Values: with(base, "id_number", id[:17]+"*")}, "id_number:registry.bad_id_number"},
		"a mask for a number":         {catalogue.Cadre, registry.Change{Values: with(base, "id_number", "****************34")}, "id_number:registry.mask_is_no_value"},
		"number tells another sex":    {catalogue.Cadre, registry.Change{Values: with(base, "id_number", idNumber("19880808", "013"))}, "sex:registry.sex_differs_from_id"},
		"number tells another birth":  {catalogue.Cadre, registry.Change{Values: with(base, "id_number", idNumber("19880809", "022"))}, "birth_date:registry.birth_differs_from_id"},
		"namesake":                    {catalogue.Cadre, registry.Change{Values: person(unit, "张三")}, "name:registry.perhaps_same_person"},
		"namesake confirmed":          {catalogue.Cadre, registry.Change{Values: person(unit, "张三"), Confirmed: true}, ""},
		"old version":                 {catalogue.Cadre, registry.Change{Key: known, Version: 9, Values: map[string]string{"name": "张四"}}, ":registry.changed_since"},
		"no version":                  {catalogue.Cadre, registry.Change{Key: known, Values: map[string]string{"name": "张四"}}, "id:registry.exists_already"},
		"native in no known township": {catalogue.Cadre, registry.Change{Values: with(base, "native", "430121999000")}, "native:registry.unknown_region"},
		"native of another province":  {catalogue.Cadre, registry.Change{Values: with(base, "native", "440103000000")}, ""},
		"native village":              {catalogue.Cadre, registry.Change{Values: with(base, "native", own)}, "native:registry.native_village"},
		"unknown field":               {catalogue.Cadre, registry.Change{Values: with(base, "salary", "1")}, "salary:registry.unknown_field"},
		"unit away":                   {catalogue.Unit, registry.Change{Key: "X1", Values: map[string]string{"name": "x", "level": "county", "kind": "mass", "home": "430122000000"}}, "home:registry.unknown_region"},
		"unit of another level":       {catalogue.Unit, registry.Change{Key: "X1", Values: map[string]string{"name": "x", "level": "city", "kind": "mass", "home": "430121000000"}}, "home:registry.home_level"},
		"joins a joining unit":        {catalogue.Unit, registry.Change{Key: "X1", Values: map[string]string{"name": "x", "level": "county", "kind": "mass", "home": "430121000000", "joins": "NY3"}}, "joins:registry.joins_a_joining_unit"},
		"bad key":                     {catalogue.Unit, registry.Change{Key: "乙 1", Values: map[string]string{"name": "x", "level": "county", "kind": "mass", "home": "430121000000"}}, "id:registry.not_id"},
		"village":                     {catalogue.Village, registry.Change{Key: own, Values: map[string]string{"categories": "weak;key", "households": "300"}}, ""},
		"village away":                {catalogue.Village, registry.Change{Key: village, Values: map[string]string{"households": "3"}}, "code:registry.unknown_region"},
		"township for a village":      {catalogue.Village, registry.Change{Key: "430121100000", Values: map[string]string{"households": "3"}}, "code:registry.unknown_region"},
		"neighbour unknown":           {catalogue.Village, registry.Change{Key: own, Values: map[string]string{"neighbours": "430121100999"}}, "neighbours:registry.unknown_region"},
		"own neighbour":               {catalogue.Village, registry.Change{Key: own, Values: map[string]string{"neighbours": own}}, "neighbours:registry.own_neighbour"},
	} {
		got := d.judge(t, county, c.entity, c.change)[0]
		if faultKeys(got) != c.want || (got.Kind == registry.Refused) != (c.want != "") {
			t.Errorf("%s: %s %q, want %q", name, got.Kind, faultKeys(got), c.want)
		}
	}
}

func TestTwoOfOneBatchAreRefused(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	id := idNumber("19880808", "002")
	got := d.judge(t, county, catalogue.Cadre,
		registry.Change{Values: with(person(unit, "张三"), "id_number", id)},
		registry.Change{Values: with(person(unit, "张山"), "id_number", id)},
		registry.Change{Values: person(unit, "张三")},
		registry.Change{Values: person(unit, "张三"), Confirmed: true})
	for i, want := range []string{"", "id:registry.twice", "id:registry.twice", ""} {
		if faultKeys(got[i]) != want {
			t.Errorf("%d: %+v", i, got[i])
		}
	}
	if n := got[1].Faults[0].Params["first"]; n != 1 {
		t.Errorf("first is row %v", n)
	}
}

func TestJudgingChangesNothing(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	if got := d.judge(t, county, catalogue.Cadre, registry.Change{Values: person(unit, "张三")}); got[0].Kind != registry.Added || got[0].Key != "" {
		t.Fatalf("%+v", got)
	}
	page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{unit}}}, Limit: 10})
	if err != nil || page.Total != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}

// What was wrong before a change is not held against it, or nobody could mend a record field by field.
func TestOldFaultsDoNotBlock(t *testing.T) {
	d := newDesk(t)
	old := d.world.Cadres[0] // loaded without birth date and more
	got := d.judge(t, province, catalogue.Cadre, registry.Change{Key: old.ID, Version: 1, Values: map[string]string{"phone": "0731-82211234"}})
	if got[0].Kind != registry.Changed {
		t.Errorf("%+v", got[0])
	}
}

// A lead unit may come in one sheet with the units that join it, but not if it is refused itself.
func TestALeadUnitMayComeWithThoseThatJoinIt(t *testing.T) {
	d := newDesk(t)
	unit := func(key, joins, kind string) registry.Change {
		return registry.Change{Key: key, Values: map[string]string{"name": key, "level": "county", "kind": kind, "home": "430121000000", "joins": joins}}
	}
	for kind, want := range map[string]string{"mass": "", "nothing": "joins:registry.unknown_unit"} {
		if got := d.judge(t, county, catalogue.Unit, unit("J1", "L1", "mass"), unit("L1", "", kind)); faultKeys(got[0]) != want {
			t.Errorf("%s: %+v", kind, got[0])
		}
	}
}
