package problem_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/solver"
)

// dear is a price at which nobody serves a village, and no unit leads.
const dear = int64(1_000_000_000)

// TestTheBestTeamsValueIsThatOfTheBound holds the explainer's best team against the bound, which works it out on its own:
// where each village has its own team, a village that is too dear to serve takes just its best team out of the bound.
func TestTheBestTeamsValueIsThatOfTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawRound(t)
		in.Policy.Values["cluster_max"] = 1
		in.Pins = nil
		p, faults := problem.FromRound(in)
		if len(faults) == 0 {
			holdBests(t, p, drawPrices(t, p))
		}
	})
	lone := small(t).policy("cluster_max", 1).without("pins.csv").problem(t)
	if gains := holdBests(t, lone, lone.NoPrices()); gains != len(lone.Villages) {
		t.Errorf("without prices a team at %d of %d villages is worth something", gains, len(lone.Villages))
	}
}

// holdBests holds every village; it says how many have a best team that is worth anything.
func holdBests(t rapid.TB, p *problem.Problem, prices solver.Prices) int {
	t.Helper()
	for u := range p.Units {
		if p.Units[u].MaxTeams == 0 {
			prices.Max[u] = dear // no rule of the bound keeps them out
		}
	}
	gains := 0
	for v := range p.Villages {
		if holdBest(t, p, prices, v) {
			gains++
		}
	}
	return gains
}

// holdBest holds one village; it says whether its best team is worth anything.
func holdBest(t rapid.TB, p *problem.Problem, prices solver.Prices, v int) bool {
	t.Helper()
	before := p.Bound(prices)
	x := p.Explain(problem.Plan{Prices: prices})
	unserved := max(0, -p.Policy["penalty_"+string(p.Villages[v].Category)]-prices.Site[v])
	best := int64(math.MinInt64)
	for u := range p.Units {
		a, err := x.WhyNotUnit(p.Units[u].ID, p.Villages[v].Code)
		if err != nil {
			t.Fatal(err)
		}
		if a.Loss != nil {
			best = max(best, -a.Loss.ByPrices)
		}
	}
	prices.Site = slices.Clone(prices.Site)
	prices.Site[v] += dear
	inBound := dear - (p.Bound(prices) - before) // the best team's value where positive, and the penalty's term
	want := inBound - unserved
	if want > 0 && best+inBound != want {
		t.Fatalf("the best team is worth %d, in the bound %d", best+inBound, want)
	}
	if want <= 0 && best != math.MinInt64 && best+inBound > 0 {
		t.Fatalf("a team is worth %d and not in the bound", best+inBound)
	}
	return want > 0
}

// TestAWishNeedsItsCandidate: with somebody forced in, the best team is never worth more than with anybody.
func TestAWishNeedsItsCandidate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		x := p.Explain(problem.Plan{Prices: drawPrices(t, p)})
		for _, c := range p.Cadres {
			for _, v := range p.Villages {
				with, err := x.WhyNotCadre(c.ID, v.Code)
				if err != nil {
					t.Fatal(err)
				}
				at, _ := p.CadreAt(c.ID)
				anybody, err := x.WhyNotUnit(p.Units[p.LeadUnit(at)].ID, v.Code)
				if err != nil {
					t.Fatal(err)
				}
				if with.Loss != nil && (anybody.Loss == nil || with.Loss.ByPrices < anybody.Loss.ByPrices) {
					t.Fatalf("%s at %s: %+v, with anybody %+v", c.ID, v.Code, with.Loss, anybody.Loss)
				}
			}
		}
	})
}
