package composition_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/composition"
)

// people reads "cadre unit level total marks": marks are w for a woman, y for the pool of young cadres, r for rural years, - for none.
func people(told ...string) []composition.Person {
	var all []composition.Person
	for _, text := range told {
		var p composition.Person
		var marks string
		if _, err := fmt.Sscan(text, &p.Cadre, &p.Unit, &p.Level, &p.Total, &marks); err != nil {
			panic(err)
		}
		p.Facts = domain.Facts{Sex: "1", YoungPool: strings.Contains(marks, "y")}
		if strings.Contains(marks, "w") {
			p.Facts.Sex = "2"
		}
		if strings.Contains(marks, "r") {
			p.Facts.RuralYears = 2
		}
		all = append(all, p)
	}
	return all
}

var (
	halfWomen = composition.Goal{Attribute: composition.AttributeWomen, Percent: 50}
	halfYoung = composition.Goal{Attribute: composition.AttributeYoungPool, Percent: 50}
)

func TestHowManyAreNeeded(t *testing.T) {
	four := people("a u city 1 w", "b u city 2 -", "c u county 3 w", "d u county 4 -")
	for what, c := range map[string]struct {
		goal                           composition.Goal
		members, having, needed, short int64
	}{
		"half":                  {halfWomen, 4, 2, 2, 0},
		"rounded up":            {composition.Goal{Attribute: "women", Percent: 51}, 4, 2, 3, 1},
		"a single percent":      {composition.Goal{Attribute: "women", Percent: 1}, 4, 2, 1, 0},
		"everybody":             {composition.Goal{Attribute: "women", Percent: 100}, 4, 2, 4, 2},
		"no percent":            {composition.Goal{Attribute: "young_pool", Percent: 0}, 4, 0, 0, 0},
		"of one level":          {composition.Goal{Level: domain.UnitCity, Attribute: "women", Percent: 60}, 2, 1, 2, 1},
		"of a level of nobody":  {composition.Goal{Level: domain.UnitProvince, Attribute: "women", Percent: 60}, 0, 0, 0, 0},
		"what nobody has":       {composition.Goal{Attribute: "rural", Percent: 25}, 4, 0, 1, 1},
		"an unknown attribute":  {composition.Goal{Attribute: "tall", Percent: 25}, 4, 0, 1, 1},
		"more than a man a man": {composition.Goal{Attribute: "women", Percent: 26}, 4, 2, 2, 0},
	} {
		r := composition.Make(composition.Input{Goals: []composition.Goal{c.goal}, Chosen: four, Year: 2023})
		want := composition.Standing{Goal: c.goal, Members: c.members, Having: c.having, Needed: c.needed, Short: c.short}
		if r.Members != 4 || len(r.Goals) != 1 || r.Goals[0] != want || len(r.Swaps) != 0 || r.StillShort != c.short {
			t.Errorf("%s: %+v", what, r)
		}
	}
}

func TestSwapsCaseByCase(t *testing.T) {
	for what, c := range map[string]struct {
		goals             []composition.Goal
		chosen, available []string
		room              map[string]int64
		swaps             string
		stillShort        int64
	}{
		"nothing is short": {[]composition.Goal{halfWomen}, []string{"a u city 9 w", "b u city 8 -"}, []string{"x u city 99 w"}, nil, "", 0},
		"the least loss":   {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x u city 5 w", "y u city 7 w"}, nil, "b→y 1 -1", 0},
		"even a gain":      {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x u city 20 w"}, nil, "b→x -12 -1", 0},
		"most heads come first": {[]composition.Goal{halfWomen, halfYoung}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x u city 7 w", "y u city 7 y", "z u city 1 wy"}, nil,
			"b→z 7 -2", 0},
		"nobody who could come":       {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x u city 7 y"}, nil, "", 1},
		"nobody there at all":         {[]composition.Goal{halfWomen}, []string{"a u city 9 -"}, nil, nil, "", 1},
		"levels are kept":             {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x u county 7 w", "y u province 7 w"}, nil, "", 1},
		"quotas are kept":             {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x v city 7 w"}, map[string]int64{"v": 0}, "", 1},
		"a place in the quota":        {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x v city 7 w"}, map[string]int64{"v": 1}, "b→x 1 -1", 0},
		"a full unit for its own":     {[]composition.Goal{halfWomen}, []string{"a u city 9 -", "b v city 8 -"}, []string{"x u city 2 w"}, map[string]int64{"u": 0, "v": 0}, "a→x 7 -1", 0},
		"a place is taken only once":  {[]composition.Goal{{Attribute: "women", Percent: 100}}, []string{"a u city 9 -", "b u city 8 -"}, []string{"x v city 7 w", "y v city 6 w"}, map[string]int64{"v": 1}, "b→x 1 -1", 1},
		"whoever leaves makes room":   {[]composition.Goal{{Attribute: "women", Percent: 100}}, []string{"a u city 9 -", "b v city 5 -"}, []string{"x v city 5 w", "y u city 8 w"}, map[string]int64{"u": 0, "v": 0}, "b→x 0 -1 a→y 1 -1", 0},
		"nobody of use leaves":        {[]composition.Goal{halfWomen, halfYoung}, []string{"a u city 1 y", "b u city 9 -"}, []string{"x u city 8 w"}, nil, "b→x 1 -1", 0},
		"no swap that gains nothing":  {[]composition.Goal{halfWomen, halfYoung}, []string{"a u city 5 y", "b u city 6 y"}, []string{"x u city 9 -"}, nil, "", 1},
		"a draw is broken by the ids": {[]composition.Goal{halfWomen}, []string{"b u city 8 -", "a u city 8 -"}, []string{"y u city 7 w", "x u city 7 w"}, nil, "a→x 1 -1", 0},
	} {
		in := composition.Input{Goals: c.goals, Chosen: people(c.chosen...), Available: people(c.available...), Room: c.room, Year: 2023}
		r := composition.Make(in)
		var told []string
		for _, s := range r.Swaps {
			told = append(told, fmt.Sprintf("%s→%s %d -%d", s.Out, s.In, s.Loss, s.Gain))
		}
		if got := strings.Join(told, " "); got != c.swaps || r.StillShort != c.stillShort {
			t.Errorf("%s: %q, still short %d", what, got, r.StillShort)
		}
	}
}

// The order in which people are given says nothing, and what is given is left as it was.
func TestTheOrderOfPeopleIsNoMatter(t *testing.T) {
	in := composition.Input{Goals: []composition.Goal{halfWomen, halfYoung}, Year: 2023, Room: map[string]int64{"u": 1, "v": 1},
		Chosen:    people("a u city 9 -", "b v city 8 -", "c u city 7 -", "d v city 6 -"),
		Available: people("w u city 5 w", "x v city 4 y", "y u city 3 wy", "z v city 2 w")}
	first := composition.Make(in)
	slices.Reverse(in.Chosen)
	slices.Reverse(in.Available)
	second := composition.Make(in)
	if !slices.Equal(first.Swaps, second.Swaps) || len(first.Swaps) == 0 || first.StillShort != second.StillShort {
		t.Errorf("%+v and %+v", first, second)
	}
	if in.Room["u"] != 1 || in.Room["v"] != 1 || in.Chosen[0].Cadre != "d" {
		t.Errorf("what was given has changed: %+v", in)
	}
}

// Shares of all levels, and both goals for everybody; a goal of 0 is none.
func TestTheGoalsOfAPolicy(t *testing.T) {
	object := func(region domain.Code, women, young int64, shares ...domain.Share) domain.PolicyObject {
		return domain.PolicyObject{ID: string(region), Region: region, Shares: shares, Values: map[string]domain.PolicyValue{"goal_women": {Number: women}, "goal_young_pool": {Number: young}}}
	}
	upper := object("430000000000", 20, 0, domain.Share{Level: domain.UnitProvince, Attribute: "under40", Percent: 44})
	lower := object("431222000000", 30, 0, domain.Share{Level: domain.UnitCounty, Attribute: "division", Percent: 5})
	got := composition.Goals(policy.Merge("431222000000", "2023-05-01", []domain.PolicyObject{lower, upper}))
	want := []composition.Goal{{Level: domain.UnitProvince, Attribute: "under40", Percent: 44}, {Level: domain.UnitCounty, Attribute: "division", Percent: 5}, {Attribute: "women", Percent: 30}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if none := composition.Goals(policy.Merge("430000000000", "2023-05-01", nil)); len(none) != 0 {
		t.Errorf("without a policy: %+v", none)
	}
}
