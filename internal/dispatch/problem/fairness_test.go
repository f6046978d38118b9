package problem

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
)

// fairnessProblem has a village for each difficulty and a unit for each strength; team i of serve sends unit i to
// village i. Only what fairness looks at is filled in.
func fairnessProblem(counties []string, difficulty, strength []int64, serve []bool) (*Problem, []Team) {
	p := &Problem{}
	var teams []Team
	for i := range difficulty {
		code, _ := domain.ParseCode(counties[i] + "100200")
		p.Villages = append(p.Villages, domain.RoundVillage{Code: code})
		p.villages = append(p.villages, village{difficulty: difficulty[i]})
		p.units = append(p.units, unit{strength: strength[i]})
		if serve[i] {
			teams = append(teams, Team{Unit: i, Villages: []int{i}})
		}
	}
	return p, teams
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

func TestFairnessByHand(t *testing.T) {
	all := []bool{true, true, true, true}
	counties := []string{"430102", "430102", "431222", "431222"}
	for name, c := range map[string]struct {
		difficulty, strength []int64
		serve                []bool
		concentration, gini  float64
		weakest              domain.Code
	}{
		"even":                   {[]int64{10, 20, 30, 40}, []int64{50, 50, 50, 50}, all, 0, 0, "431222000000"},
		"all at the hardest":     {[]int64{10, 20, 30, 40}, []int64{0, 0, 0, 80}, all, 0.75, 0.5, "430102000000"},
		"all at the easiest":     {[]int64{10, 20, 30, 40}, []int64{80, 0, 0, 0}, all, -0.75, 0.5, "431222000000"},
		"ties have no direction": {[]int64{30, 30, 30, 30}, []int64{80, 0, 0, 0}, all, 0, 0.5, "431222000000"},
		"unserved receive none":  {[]int64{10, 20, 30, 40}, []int64{50, 50, 50, 50}, []bool{true, true, false, false}, -0.5, 0.5, "431222000000"},
		"nobody":                 {[]int64{10, 20, 30, 40}, []int64{50, 50, 50, 50}, make([]bool, 4), 0, 0, "430102000000"},
	} {
		p, teams := fairnessProblem(counties, c.difficulty, c.strength, c.serve)
		f := p.Fairness(teams)
		if !near(f.Concentration, c.concentration) || !near(f.Gini, c.gini) || f.Weakest != c.weakest {
			t.Errorf("%s: concentration %v, Gini %v, weakest %s", name, f.Concentration, f.Gini, f.Weakest)
		}
	}
}

func TestFairnessOfNothing(t *testing.T) {
	if f := (&Problem{}).Fairness(nil); f.Weakest != "" || f.Gini != 0 || f.Concentration != 0 {
		t.Errorf("%+v", f)
	}
}

func TestFairnessStaysInItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "villages")
		list := func(name string) []int64 {
			return rapid.SliceOfN(rapid.Int64Range(0, 100), n, n).Draw(t, name)
		}
		counties := rapid.SliceOfN(rapid.SampledFrom([]string{"430102", "431222", "433124"}), n, n).Draw(t, "counties")
		serve := rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "serve")
		p, teams := fairnessProblem(counties, list("difficulty"), list("strength"), serve)
		f := p.Fairness(teams)
		if f.Concentration < -1 || f.Concentration > 1 || f.Gini < -1e-9 || f.Gini >= 1 {
			t.Fatalf("%+v", f)
		}
		villages, unserved := 0, 0
		for _, c := range f.Counties {
			villages += c.Villages
			unserved += c.Unserved
		}
		if villages != n || unserved != n-len(teams) {
			t.Fatalf("%d villages, %d unserved counted of %d and %d", villages, unserved, n, n-len(teams))
		}
	})
}
