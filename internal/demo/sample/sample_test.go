package sample_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/demo/sample"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// round draws a round of three counties in two cities: villages in a row, each beside the next of its county; units of
// every level, of which some join another; people of each unit.
func round(t *rapid.T) domain.RoundInput {
	counties := []string{"430101", "430102", "430201"}
	in := domain.RoundInput{
		Round:  domain.Round{ID: "r", FromYear: 2023, Headcount: int64(rapid.IntRange(0, 500).Draw(t, "headcount")), Specialities: []string{"farming"}},
		Policy: domain.PolicyVersion{ID: "p", Values: map[string]int64{}},
	}
	for _, county := range counties {
		for i := range rapid.IntRange(1, 12).Draw(t, "villages") {
			v := domain.RoundVillage{Code: domain.Code(fmt.Sprintf("%s001%03d", county, 200+i)), Category: "demonstration", X: int64(i) * 1000, Needs: domain.Skills{50},
				PriorUnit: fmt.Sprint("U", rapid.IntRange(0, 9).Draw(t, "prior"))}
			if last := len(in.Villages) - 1; i > 0 {
				in.Villages[last].Neighbours = append(in.Villages[last].Neighbours, v.Code)
				v.Neighbours = []domain.Code{in.Villages[last].Code}
			}
			in.Villages = append(in.Villages, v)
		}
	}
	for i := range rapid.IntRange(1, 10).Draw(t, "units") {
		level := []domain.UnitLevel{domain.UnitCounty, domain.UnitCity, domain.UnitProvince}[i%3]
		region := map[domain.UnitLevel]string{domain.UnitCounty: counties[i/3%3] + "000000", domain.UnitCity: "430100000000", domain.UnitProvince: "430000000000"}[level]
		u := domain.RoundUnit{Unit: domain.Unit{ID: fmt.Sprint("U", i), Level: level}, Region: domain.Code(region), Strength: 50, Skills: domain.Skills{50}, MinTeams: 1, MaxTeams: 3}
		if i > 3 && i%4 == 0 {
			u.LeadUnit, u.MinTeams, u.MaxTeams = fmt.Sprint("U", i-3), 0, 0
		}
		in.Units = append(in.Units, u)
		for j := range 4 {
			in.Candidates = append(in.Candidates, domain.Candidate{Cadre: domain.Cadre{ID: fmt.Sprint("C", i, "-", j), Unit: u.ID, BirthYear: 1985}, Grade: 6, MidLevel: true, Fit: true,
				Skills: domain.Skills{40}, Native: "430101001000"})
		}
	}
	return in
}

func isProblem(t rapid.TB, in domain.RoundInput) {
	t.Helper()
	if _, faults := problem.FromRound(in); len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
}

// TestAPartIsAWholeProblem: whole counties with their villages as they were, units and people that go together, and the
// share is reached.
func TestAPartIsAWholeProblem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := round(t)
		before := clone(in)
		share, seed := rapid.Float64Range(0.01, 1).Draw(t, "share"), rapid.Uint64().Draw(t, "seed")
		out := sample.Part(in, share, seed)
		isProblem(t, out)
		if !reflect.DeepEqual(in, before) {
			t.Fatal("the round was changed")
		}
		if !reflect.DeepEqual(out, sample.Part(in, share, seed)) {
			t.Fatal("the same seed draws another part")
		}
		if len(out.Villages) == 0 || len(out.Villages) < int(share*float64(len(in.Villages))) || out.Round.Headcount > in.Round.Headcount {
			t.Fatalf("%d of %d villages for %g", len(out.Villages), len(in.Villages), share)
		}
		for _, v := range in.Villages {
			kept := slices.ContainsFunc(out.Villages, func(o domain.RoundVillage) bool { return o.Code == v.Code })
			county := slices.ContainsFunc(out.Villages, func(o domain.RoundVillage) bool { return o.Code[:6] == v.Code[:6] })
			if kept != county {
				t.Fatalf("%s: kept %v, its county %v", v.Code, kept, county)
			}
		}
		for _, c := range out.Candidates {
			if !slices.ContainsFunc(out.Units, func(u domain.RoundUnit) bool { return u.ID == c.Unit }) {
				t.Fatalf("%s without a unit", c.ID)
			}
		}
	})
}

func clone(in domain.RoundInput) domain.RoundInput {
	in.Villages, in.Units, in.Candidates, in.Pins = slices.Clone(in.Villages), slices.Clone(in.Units), slices.Clone(in.Candidates), slices.Clone(in.Pins)
	for i := range in.Villages {
		in.Villages[i].Neighbours = slices.Clone(in.Villages[i].Neighbours)
	}
	return in
}

// TestProvincesDoNotTouch: nothing of one names anything of another, and the sums are those of all.
func TestProvincesDoNotTouch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rounds := []domain.RoundInput{round(t), round(t), round(t)}
		out := sample.Provinces(rounds)
		isProblem(t, out)
		villages, cadres, headcount := 0, 0, int64(0)
		for _, in := range rounds {
			villages, cadres, headcount = villages+len(in.Villages), cadres+len(in.Candidates), headcount+in.Round.Headcount
		}
		if len(out.Villages) != villages || len(out.Candidates) != cadres || out.Round.Headcount != headcount {
			t.Fatalf("%d villages, %d candidates, headcount %d", len(out.Villages), len(out.Candidates), out.Round.Headcount)
		}
		home := map[string]domain.Code{}
		for _, u := range out.Units {
			home[u.ID] = u.Region[:2]
		}
		for _, u := range out.Units {
			if u.LeadUnit != "" && home[u.LeadUnit] != u.Region[:2] {
				t.Fatalf("%+v", u)
			}
		}
		for _, v := range out.Villages {
			if slices.ContainsFunc(v.Neighbours, func(c domain.Code) bool { return c[:2] != v.Code[:2] }) {
				t.Fatalf("%+v", v)
			}
			if at, known := home[v.PriorUnit]; known && at != v.Code[:2] {
				t.Fatalf("%+v", v)
			}
		}
	})
}

// TestVariantsAreProblems: each is one, the same for the same seed, and leaves the round as it is.
func TestVariantsAreProblems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := round(t)
		before := clone(in)
		seed := rapid.Uint64().Draw(t, "seed")
		for _, v := range sample.Variants() {
			out := sample.Vary(in, v, seed)
			isProblem(t, out)
			if !reflect.DeepEqual(out, sample.Vary(in, v, seed)) || !reflect.DeepEqual(in, before) {
				t.Fatalf("%s: drawn otherwise, or the round was changed", v)
			}
			for i, u := range out.Units {
				if u.MaxTeams > in.Units[i].MaxTeams || u.MaxTeams < in.Units[i].MinTeams || v != sample.Tight && u.MaxTeams != in.Units[i].MaxTeams {
					t.Fatalf("%s: %+v", v, u)
				}
			}
		}
	})
}

// TestVariantsDiffer makes variants of a round that is large enough for each to show.
func TestVariantsDiffer(t *testing.T) {
	in := rapid.Custom(round).Example(1)
	for i := range 200 {
		in.Villages = append(in.Villages, domain.RoundVillage{Code: domain.Code(fmt.Sprintf("430101002%03d", 200+i)), Category: "weak", Needs: domain.Skills{50}, PriorUnit: "U0"})
	}
	for i := range 40 {
		in.Candidates = append(in.Candidates, domain.Candidate{Cadre: domain.Cadre{ID: fmt.Sprint("D", i), Unit: "U0", BirthYear: 1985}, Grade: 6, MidLevel: true, Fit: true, Skills: domain.Skills{40}})
	}
	isProblem(t, in)
	if tight := sample.Vary(in, sample.Tight, 1); len(tight.Candidates) >= len(in.Candidates) {
		t.Errorf("%d of %d candidates", len(tight.Candidates), len(in.Candidates))
	}
	kinds := map[string]bool{}
	for _, p := range sample.Vary(in, sample.Pins, 1).Pins {
		kinds[p.Kind] = true
	}
	if len(kinds) < 3 || len(in.Pins) > 0 {
		t.Errorf("pins of kinds %v", kinds)
	}
}
