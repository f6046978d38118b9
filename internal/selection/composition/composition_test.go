package composition_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/composition"
)

func person(cadre, unit string, total int64, f domain.Facts) composition.Person {
	return composition.Person{Cadre: cadre, Unit: unit, Level: domain.UnitCity, Facts: f, Total: total}
}

func TestTheAttributes(t *testing.T) {
	skills := []string{"party", "farming"}
	for _, c := range []struct {
		goal composition.Goal
		yes  domain.Facts
		no   domain.Facts
	}{
		{composition.Goal{Attribute: "under40"}, domain.Facts{BirthYear: 1984}, domain.Facts{BirthYear: 1983}},
		{composition.Goal{Attribute: "division"}, domain.Facts{Grade: 6}, domain.Facts{Grade: 5}},
		{composition.Goal{Attribute: "rural"}, domain.Facts{RuralYears: 2}, domain.Facts{RuralYears: 1, Skills: domain.Skills{0, 99}}},
		{composition.Goal{Attribute: "rural", Skill: "farming"}, domain.Facts{Skills: domain.Skills{0, 60}}, domain.Facts{Skills: domain.Skills{60, 59}}},
		{composition.Goal{Attribute: composition.AttributeYoungPool}, domain.Facts{YoungPool: true}, domain.Facts{}},
		{composition.Goal{Attribute: composition.AttributeWomen}, domain.Facts{Sex: "2"}, domain.Facts{Sex: "1"}},
		{composition.Goal{Attribute: "nothing"}, domain.Facts{}, domain.Facts{}},
	} {
		if yes := c.goal.Has(c.yes, 2023, skills); yes != (c.goal.Attribute != "nothing") || c.goal.Has(c.no, 2023, skills) {
			t.Errorf("%+v: %v", c.goal, yes)
		}
	}
}

func TestGoalsAreThePolicys(t *testing.T) {
	o := domain.PolicyObject{ID: "p", Region: "430000000000", Values: map[string]domain.PolicyValue{"goal_women": {Number: 25}},
		Shares: []domain.Share{{Level: domain.UnitProvince, Attribute: "rural", Percent: 26, Skill: "farming"}}}
	got := composition.Goals(policy.Merge(o.Region, "2023-05-01", []domain.PolicyObject{o}))
	want := []composition.Goal{{Level: domain.UnitProvince, Attribute: "rural", Skill: "farming", Percent: 26}, {Attribute: "women", Percent: 25}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestTheSwapThatCostsLeast(t *testing.T) {
	woman := domain.Facts{Sex: "2"}
	in := composition.Input{Goals: []composition.Goal{{Attribute: composition.AttributeWomen, Percent: 50}},
		Chosen:    []composition.Person{person("a", "u", 90, domain.Facts{}), person("b", "v", 70, domain.Facts{}), person("c", "u", 95, domain.Facts{})},
		Available: []composition.Person{person("x", "u", 60, woman), person("y", "w", 65, woman), person("z", "u", 99, domain.Facts{})},
	}
	report := composition.Make(in)
	if s := report.Goals[0]; s.Members != 3 || s.Having != 0 || s.Needed != 2 || s.Short != 2 {
		t.Errorf("%+v", s)
	}
	want := []composition.Swap{{Out: "b", In: "y", Loss: 5, Gain: 1}, {Out: "a", In: "x", Loss: 30, Gain: 1}}
	if !slices.Equal(report.Swaps, want) || report.StillShort != 0 {
		t.Errorf("%+v", report)
	}
	in.Room = map[string]int64{"w": 0, "u": 0, "v": 0} // y has no room, x may only come for somebody of u
	if report = composition.Make(in); !slices.Equal(report.Swaps, []composition.Swap{{Out: "a", In: "x", Loss: 30, Gain: 1}}) || report.StillShort != 1 {
		t.Errorf("with quotas: %+v", report)
	}
}

func drawPeople(t *rapid.T, name string) []composition.Person {
	people := make([]composition.Person, rapid.IntRange(0, 12).Draw(t, name))
	for i := range people {
		people[i] = composition.Person{Cadre: fmt.Sprintf("%s%02d", name, i), Unit: rapid.SampledFrom([]string{"u", "v"}).Draw(t, "unit"), Total: rapid.Int64Range(0, 9).Draw(t, "total"),
			Level: rapid.SampledFrom([]domain.UnitLevel{domain.UnitProvince, domain.UnitCity}).Draw(t, "level"),
			Facts: domain.Facts{BirthYear: rapid.SampledFrom([]int{1970, 1990}).Draw(t, "born"), Sex: rapid.SampledFrom([]domain.Sex{"1", "2"}).Draw(t, "sex"), YoungPool: rapid.Bool().Draw(t, "young")}}
	}
	return people
}

// After the swaps as many heads are missing as the report says, levels and quotas are kept, and nobody is in two places.
func TestSwapsDoWhatTheyPromise(t *testing.T) {
	goals := []composition.Goal{{Attribute: composition.AttributeWomen, Percent: 40}, {Level: domain.UnitProvince, Attribute: "under40", Percent: 60}, {Attribute: composition.AttributeYoungPool, Percent: 30}}
	rapid.Check(t, func(t *rapid.T) {
		in := composition.Input{Goals: goals, Chosen: drawPeople(t, "c"), Available: drawPeople(t, "a"), Year: 2023,
			Room: map[string]int64{"u": rapid.Int64Range(0, 2).Draw(t, "room")}}
		report := composition.Make(in)
		short := int64(0)
		for _, g := range report.Goals {
			short += g.Short
		}
		chosen := slices.Clone(in.Chosen)
		inU := func() (n int64) {
			for _, p := range chosen {
				if p.Unit == "u" {
					n++
				}
			}
			return n
		}
		before := inU()
		for _, swap := range report.Swaps {
			i := slices.IndexFunc(chosen, func(p composition.Person) bool { return p.Cadre == swap.Out })
			j := slices.IndexFunc(in.Available, func(p composition.Person) bool { return p.Cadre == swap.In })
			if i < 0 || j < 0 || chosen[i].Level != in.Available[j].Level || swap.Loss != chosen[i].Total-in.Available[j].Total || swap.Gain < 1 {
				t.Fatalf("%+v", swap)
			}
			chosen[i] = in.Available[j]
			short -= swap.Gain
			if inU() > before+in.Room["u"] {
				t.Fatalf("%+v breaks the quota", swap)
			}
		}
		after := composition.Make(composition.Input{Goals: goals, Chosen: chosen, Year: 2023})
		if after.StillShort != report.StillShort || short != report.StillShort {
			t.Fatalf("%d heads are missing, promised %d, reckoned %d", after.StillShort, report.StillShort, short)
		}
	})
}
