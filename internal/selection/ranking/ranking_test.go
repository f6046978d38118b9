package ranking_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/ranking"
)

func rules(values map[string]int64) policy.Effective {
	o := domain.PolicyObject{ID: "p", Region: "430000000000", Status: domain.PolicyInForce, Values: map[string]domain.PolicyValue{}}
	for key, n := range values {
		o.Values[key] = domain.PolicyValue{Number: n, Source: domain.PolicySource{Document: "办法"}}
	}
	return policy.Merge(o.Region, "2023-05-01", []domain.PolicyObject{o})
}

func TestTheParts(t *testing.T) {
	e := rules(map[string]int64{"s_young": 200, "s_rural_year": 30, "s_speciality": 3, "s_interview": 4, "s_party": 100})
	rows := ranking.Rank([]ranking.Entry{{Cadre: "c", Scores: []int{80, 85},
		Facts: domain.Facts{YoungPool: true, RuralYears: 12, Skills: domain.Skills{10, 70, 90}, Politics: "01"}}}, []int{0, 1, 9}, e)
	want := map[string][2]int64{"s_young": {1, 200}, "s_rural_year": {10, 300}, "s_speciality": {70, 210}, "s_interview": {83, 332}, "s_party": {1, 100}}
	for _, p := range rows[0].Parts {
		if p.Figure != want[p.Key][0] || p.Points != want[p.Key][1] || !p.Known || p.Source.Document != "办法" {
			t.Errorf("%+v", p)
		}
	}
	if len(rows[0].Parts) != len(want) || rows[0].Total != 1142 {
		t.Errorf("%+v", rows[0])
	}
	bare := ranking.Rank([]ranking.Entry{{Cadre: "c"}}, nil, e)[0]
	for _, p := range bare.Parts {
		if known := p.Key == "s_young" || p.Key == "s_rural_year"; p.Known != known || p.Points != 0 {
			t.Errorf("of somebody unknown: %+v", p)
		}
	}
}

func TestTiesShareTheirPlace(t *testing.T) {
	e := rules(nil)
	years := func(cadre string, n int) ranking.Entry {
		return ranking.Entry{Cadre: cadre, Facts: domain.Facts{RuralYears: n}}
	}
	rows := ranking.Rank([]ranking.Entry{years("d", 1), years("b", 5), years("c", 5), years("a", 9)}, nil, e)
	var told []string
	for _, r := range rows {
		told = append(told, fmt.Sprint(r.Cadre, r.Place, r.Tied))
	}
	if !slices.Equal(told, []string{"a1 false", "b2 true", "c2 true", "d4 false"}) {
		t.Error(told)
	}
}

func drawEntries(t *rapid.T) []ranking.Entry {
	n := rapid.IntRange(0, 30).Draw(t, "entries")
	entries := make([]ranking.Entry, n)
	for i := range entries {
		entries[i] = ranking.Entry{Cadre: fmt.Sprintf("c%02d", i), Unit: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "unit"),
			Facts:  domain.Facts{YoungPool: rapid.Bool().Draw(t, "young"), RuralYears: rapid.IntRange(0, 3).Draw(t, "years"), Skills: domain.Skills{rapid.IntRange(0, 2).Draw(t, "skill")}},
			Scores: rapid.SliceOfN(rapid.IntRange(0, 100), 0, 2).Draw(t, "scores")}
	}
	return entries
}

func TestTheTotalIsTheSumOfThePartsAndOrdersAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		e := rules(map[string]int64{"s_young": rapid.Int64Range(0, 9).Draw(t, "weight")})
		rows := ranking.Rank(entries, []int{0}, e)
		turned := slices.Clone(entries)
		slices.Reverse(turned)
		again := ranking.Rank(turned, []int{0}, e)
		for i, r := range rows {
			var sum int64
			for _, p := range r.Parts {
				if p.Points != p.Figure*p.Weight {
					t.Fatalf("%+v", p)
				}
				sum += p.Points
			}
			better := 0
			for _, other := range rows {
				if other.Total > r.Total {
					better++
				}
			}
			if sum != r.Total || r.Place != better+1 || again[i].Cadre != r.Cadre || again[i].Place != r.Place {
				t.Fatalf("%+v: sum %d, %d are better", r, sum, better)
			}
		}
	})
}

func TestProposalKeepsToTheRankingAndTheRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := ranking.Rank(drawEntries(t), []int{0}, rules(nil))
		room := ranking.Room{Posts: rapid.Int64Range(0, 12).Draw(t, "posts"), ReservePercent: rapid.Int64Range(0, 100).Draw(t, "reserve"),
			Units: map[string]int64{"a": rapid.Int64Range(0, 6).Draw(t, "a"), "b": rapid.Int64Range(0, 6).Draw(t, "b")}}
		all := ranking.Propose(rows, room)
		chosen, perUnit, reserve := int64(0), map[string]int64{}, int64(0)
		for i, p := range all {
			if p.Cadre != rows[i].Cadre {
				t.Fatalf("%d is %s, not %s", i, p.Cadre, rows[i].Cadre)
			}
			if p.Outcome == domain.OutcomeChosen {
				chosen++
				perUnit[p.Unit]++
				for _, before := range all[:i] { // nobody of the unit is passed over
					if before.Unit == p.Unit && before.Outcome != domain.OutcomeChosen {
						t.Fatalf("%s is chosen before %s", p.Cadre, before.Cadre)
					}
				}
			}
			if p.Outcome == domain.OutcomeReserve {
				reserve++
				if p.Reserve != reserve {
					t.Fatalf("reserve place %d of %s", p.Reserve, p.Cadre)
				}
			}
			for _, other := range all { // equals of a unit fare alike, but for their place in the reserve
				if other.Place == p.Place && other.Unit == p.Unit && ((other.Outcome == domain.OutcomeChosen) != (p.Outcome == domain.OutcomeChosen) || other.Undecided != p.Undecided) {
					t.Fatalf("%s and %s share a place: %s and %s", p.Cadre, other.Cadre, p.Outcome, other.Outcome)
				}
			}
		}
		if room.Posts > 0 && chosen > room.Posts || perUnit["a"] > room.Units["a"] || perUnit["b"] > room.Units["b"] {
			t.Fatalf("%d chosen, %v", chosen, perUnit)
		}
		base := room.Posts
		if base == 0 {
			base = chosen
		}
		if reserve*100 >= base*room.ReservePercent+100 {
			t.Fatalf("%d in reserve of %d", reserve, base)
		}
	})
}

func TestATieThatOnlyPeopleCanBreak(t *testing.T) {
	entry := func(cadre, unit string, years int) ranking.Entry {
		return ranking.Entry{Cadre: cadre, Unit: unit, Facts: domain.Facts{RuralYears: years}}
	}
	rows := ranking.Rank([]ranking.Entry{entry("a", "u", 9), entry("b", "u", 5), entry("c", "u", 5), entry("d", "u", 1), entry("e", "v", 1)}, nil, rules(nil))
	told := func(room ranking.Room) (said []string) {
		for _, p := range ranking.Propose(rows, room) {
			said = append(said, fmt.Sprint(p.Cadre, " ", p.Outcome, p.Undecided, p.Reserve))
		}
		return said
	}
	for what, c := range map[string]struct {
		room ranking.Room
		want []string
	}{
		"about the posts": {ranking.Room{Posts: 2, ReservePercent: 50}, []string{"a chosenfalse 0", "b opentrue 0", "c opentrue 0", "d opentrue 0", "e opentrue 0"}},
		"about the unit":  {ranking.Room{Units: map[string]int64{"u": 2}, ReservePercent: 50}, []string{"a chosenfalse 0", "b opentrue 0", "c opentrue 0", "d opentrue 0", "e chosenfalse 0"}},
		"none":            {ranking.Room{Posts: 3, ReservePercent: 34}, []string{"a chosenfalse 0", "b chosenfalse 0", "c chosenfalse 0", "d reservefalse 1", "e reservefalse 2"}},
	} {
		if got := told(c.room); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", what, got)
		}
	}
}
