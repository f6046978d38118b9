package problem_test

import (
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// TestPinsThatGoWithWhatTheyNameLiftTheBounds withdraws, one after the other, a pinned candidate, a unit with a pin, and a
// village that somebody is pinned to: what they had kept out may gain now, and both bounds stay above all of it.
func TestPinsThatGoWithWhatTheyNameLiftTheBounds(t *testing.T) {
	p, plan := solved(t, small(t))
	for _, w := range []problem.Withdrawal{
		{Cadres: []string{"E01"}}, {Units: []string{"C1"}}, {Villages: []domain.Code{"430102002204"}},
	} {
		next, out, err := p.Repair(plan, w)
		if err != nil {
			t.Fatal(err)
		}
		if exact := next.Bound(out.Prices); len(next.Pins) == len(p.Pins) || out.Bound < exact {
			t.Errorf("%+v: bound %d told, %d found", w, out.Bound, exact)
		}
		if exact := solver.AgentBound(next.Model(), out.Tight); out.TightBound < exact {
			t.Errorf("%+v: tight bound %d told, %d found", w, out.TightBound, exact)
		}
		best, err := next.Solve(t.Context(), problem.Settings{})
		if err != nil || best.Score > out.Bound || best.Score > out.TightBound {
			t.Errorf("%+v: a plan scores %d, above %d or %d: %v", w, best.Score, out.Bound, out.TightBound, err)
		}
	}
}
