package ranking_test

import (
	"fmt"
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/ranking"
)

// part is the named part of the one entry under the default weights.
func part(t *testing.T, key string, e ranking.Entry, preferred []int) ranking.Part {
	t.Helper()
	parts := ranking.Rank([]ranking.Entry{e}, preferred, rules(nil))[0].Parts
	i := slices.IndexFunc(parts, func(p ranking.Part) bool { return p.Key == key })
	if i < 0 {
		t.Fatalf("no part %s", key)
	}
	return parts[i]
}

// The figures of each part, under the weights that hold where no policy says otherwise.
func TestTheFigureOfEachPart(t *testing.T) {
	for what, c := range map[string]struct {
		key       string
		entry     ranking.Entry
		preferred []int
		figure    int64
		points    int64
		known     bool
	}{
		"the pool of young cadres":   {"s_young", ranking.Entry{Facts: domain.Facts{YoungPool: true}}, nil, 1, 200, true},
		"not in the pool":            {"s_young", ranking.Entry{}, nil, 0, 0, true},
		"rural years":                {"s_rural_year", ranking.Entry{Facts: domain.Facts{RuralYears: 9}}, nil, 9, 270, true},
		"ten rural years":            {"s_rural_year", ranking.Entry{Facts: domain.Facts{RuralYears: 10}}, nil, 10, 300, true},
		"ten rural years at most":    {"s_rural_year", ranking.Entry{Facts: domain.Facts{RuralYears: 30}}, nil, 10, 300, true},
		"a preferred speciality":     {"s_speciality", ranking.Entry{Facts: domain.Facts{Skills: domain.Skills{40, 70}}}, []int{1}, 70, 210, true},
		"the best of two":            {"s_speciality", ranking.Entry{Facts: domain.Facts{Skills: domain.Skills{80, 70}}}, []int{1, 0}, 80, 240, true},
		"another speciality":         {"s_speciality", ranking.Entry{Facts: domain.Facts{Skills: domain.Skills{80, 0}}}, []int{1}, 0, 0, true},
		"none is preferred":          {"s_speciality", ranking.Entry{Facts: domain.Facts{Skills: domain.Skills{80, 70}}}, nil, 0, 0, false},
		"of skills that are unknown": {"s_speciality", ranking.Entry{}, []int{0}, 0, 0, true},
		"one talk":                   {"s_interview", ranking.Entry{Scores: []int{81}}, nil, 81, 324, true},
		"two talks, half up":         {"s_interview", ranking.Entry{Scores: []int{80, 81}}, nil, 81, 324, true},
		"three talks, down":          {"s_interview", ranking.Entry{Scores: []int{80, 80, 81}}, nil, 80, 320, true},
		"a talk worth nothing":       {"s_interview", ranking.Entry{Scores: []int{0}}, nil, 0, 0, true},
		"no talk with a score":       {"s_interview", ranking.Entry{}, nil, 0, 0, false},
		"a full member":              {"s_party", ranking.Entry{Facts: domain.Facts{Politics: "01"}}, nil, 1, 100, true},
		"a probationary member":      {"s_party", ranking.Entry{Facts: domain.Facts{Politics: "02"}}, nil, 0, 0, true},
		"politics unknown":           {"s_party", ranking.Entry{}, nil, 0, 0, false},
	} {
		got := part(t, c.key, c.entry, c.preferred)
		if got.Figure != c.figure || got.Points != c.points || got.Known != c.known || got.Points != got.Figure*got.Weight {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// A weight of 0 takes its part out of the total, and the part is shown all the same.
func TestAWeightOfNothing(t *testing.T) {
	e := rules(map[string]int64{"s_young": 0, "s_party": 7})
	row := ranking.Rank([]ranking.Entry{{Cadre: "a", Facts: domain.Facts{YoungPool: true, Politics: "01"}}}, nil, e)[0]
	if row.Total != 7 || len(row.Parts) != 5 || row.Parts[0].Figure != 1 || row.Parts[0].Points != 0 {
		t.Errorf("%+v", row)
	}
}

// Each part names the text of its weight; the weights of a county are not asked for, since an upper level decides.
func TestAPartNamesTheTextOfItsWeight(t *testing.T) {
	object := func(id string, region domain.Code, key string, n int64) domain.PolicyObject {
		return domain.PolicyObject{ID: id, Region: region, Values: map[string]domain.PolicyValue{key: {Number: n, Source: domain.PolicySource{Document: id}}}}
	}
	e := policy.Merge("431222000000", "2023-05-01", []domain.PolicyObject{object("省", "430000000000", "s_young", 10), object("县", "431222000000", "s_young", 90), object("市", "431200000000", "s_party", 20)})
	row := ranking.Rank([]ranking.Entry{{Facts: domain.Facts{YoungPool: true, Politics: "01"}}}, nil, e)[0]
	if p := row.Parts[0]; p.Key != "s_young" || p.Weight != 10 || p.Source.Document != "省" {
		t.Errorf("%+v", p)
	}
	if p := row.Parts[4]; p.Key != "s_party" || p.Weight != 20 || p.Source.Document != "市" {
		t.Errorf("%+v", p)
	}
	if p := row.Parts[1]; p.Source != (domain.PolicySource{}) {
		t.Errorf("the default has a text: %+v", p)
	}
}

// years are entries by "cadre unit years".
func years(told ...string) []ranking.Entry {
	var all []ranking.Entry
	for _, text := range told {
		var e ranking.Entry
		if _, err := fmt.Sscan(text, &e.Cadre, &e.Unit, &e.Facts.RuralYears); err != nil {
			panic(err)
		}
		all = append(all, e)
	}
	return all
}

func TestSharedPlaces(t *testing.T) {
	for what, c := range map[string]struct {
		entries []ranking.Entry
		want    []string
	}{
		"nobody":            {nil, nil},
		"one":               {years("a u 1"), []string{"1 a false"}},
		"1, 2, 2, 4":        {years("d u 1", "c u 2", "b u 2", "a u 3"), []string{"1 a false", "2 b true", "2 c true", "4 d false"}},
		"all alike":         {years("c u 1", "a u 1", "b u 1"), []string{"1 a true", "1 b true", "1 c true"}},
		"two pairs":         {years("d u 1", "c u 1", "b u 2", "a u 2"), []string{"1 a true", "1 b true", "3 c true", "3 d true"}},
		"shown by the unit": {years("a w 1", "b u 1", "c v 2"), []string{"1 c false", "2 b true", "2 a true"}},
	} {
		var told []string
		for _, r := range ranking.Rank(c.entries, nil, rules(nil)) {
			told = append(told, fmt.Sprint(r.Place, " ", r.Cadre, " ", r.Tied))
		}
		if !slices.Equal(told, c.want) {
			t.Errorf("%s: %q", what, told)
		}
	}
}

// The proposal, case by case: + chosen, ? undecided, a number for the place in the reserve, - nothing.
func TestProposals(t *testing.T) {
	line := years("a u 9", "b v 8", "c u 7", "d v 6", "e u 5")
	tied := years("a u 9", "b u 5", "c u 5", "d v 5", "e v 1")
	for what, c := range map[string]struct {
		entries []ranking.Entry
		room    ranking.Room
		want    string
	}{
		"nobody":                             {nil, ranking.Room{Posts: 3}, ""},
		"no limit at all":                    {line, ranking.Room{}, "a+ b+ c+ d+ e+"},
		"posts":                              {line, ranking.Room{Posts: 3}, "a+ b+ c+ d- e-"},
		"posts and half a reserve":           {line, ranking.Room{Posts: 3, ReservePercent: 50}, "a+ b+ c+ d1 e2"},
		"a reserve is rounded up":            {line, ranking.Room{Posts: 3, ReservePercent: 1}, "a+ b+ c+ d1 e-"},
		"no reserve":                         {line, ranking.Room{Posts: 4, ReservePercent: 0}, "a+ b+ c+ d+ e-"},
		"more posts than people":             {line, ranking.Room{Posts: 50, ReservePercent: 50}, "a+ b+ c+ d+ e+"},
		"a unit's quota":                     {line, ranking.Room{Units: map[string]int64{"u": 1}}, "a+ b+ c- d+ e-"},
		"a unit's quota, the others reserve": {line, ranking.Room{Units: map[string]int64{"u": 1}, ReservePercent: 20}, "a+ b+ c1 d+ e-"},
		"a unit of no places":                {line, ranking.Room{Units: map[string]int64{"u": 0}}, "a- b+ c- d+ e-"},
		"a quota and posts":                  {line, ranking.Room{Posts: 2, Units: map[string]int64{"u": 1}, ReservePercent: 100}, "a+ b+ c1 d2 e-"},
		"quotas leave posts open":            {line, ranking.Room{Posts: 4, Units: map[string]int64{"u": 1, "v": 1}, ReservePercent: 50}, "a+ b+ c1 d2 e-"},
		"a tie with room":                    {tied, ranking.Room{Posts: 4}, "a+ b+ c+ d+ e-"},
		"a tie about the last posts":         {tied, ranking.Room{Posts: 3, ReservePercent: 100}, "a+ b? c? d? e?"},
		"a tie when posts are gone":          {tied, ranking.Room{Posts: 1, ReservePercent: 100}, "a+ b1 c- d- e-"},
		"a tie within a unit":                {tied, ranking.Room{Units: map[string]int64{"u": 2}}, "a+ b? c? d+ e+"},
		"a tie in a unit that is full":       {tied, ranking.Room{Units: map[string]int64{"u": 1}}, "a+ b- c- d+ e+"},
		"a unit's tie frees the posts":       {tied, ranking.Room{Posts: 2, Units: map[string]int64{"u": 1}}, "a+ b- c- d+ e-"},
	} {
		got := ""
		for _, p := range ranking.Propose(ranking.Rank(c.entries, nil, rules(nil)), c.room) {
			mark := "-"
			switch {
			case p.Undecided:
				mark = "?"
			case p.Outcome == domain.OutcomeChosen:
				mark = "+"
			case p.Reserve > 0:
				mark = fmt.Sprint(p.Reserve)
			}
			if p.Outcome == domain.OutcomeReserve != (p.Reserve > 0) || p.Undecided && p.Outcome != domain.OutcomeOpen {
				t.Errorf("%s: %+v", what, p)
			}
			got += " " + p.Cadre + mark
		}
		if len(got) > 0 {
			got = got[1:]
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

// Room is the caller's: a proposal takes nothing out of it.
func TestAProposalLeavesTheRoomAsItWas(t *testing.T) {
	room := ranking.Room{Posts: 2, Units: map[string]int64{"u": 2}}
	rows := ranking.Rank(years("a u 3", "b u 2"), nil, rules(nil))
	first, second := ranking.Propose(rows, room), ranking.Propose(rows, room)
	if room.Units["u"] != 2 || first[1].Outcome != second[1].Outcome || first[1].Outcome != domain.OutcomeChosen {
		t.Errorf("%+v, %+v", room, second)
	}
}
