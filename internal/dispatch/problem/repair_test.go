package problem_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

func drawWithdrawal(t *rapid.T, p *problem.Problem) problem.Withdrawal {
	w := problem.Withdrawal{Cadres: []string{"nobody"}}
	for _, v := range p.Villages {
		if rapid.IntRange(0, 5).Draw(t, "merged") == 0 {
			w.Villages = append(w.Villages, v.Code)
		}
	}
	for _, u := range p.Units {
		if rapid.IntRange(0, 5).Draw(t, "unit gone") == 0 {
			w.Units = append(w.Units, u.ID)
		}
	}
	for _, c := range p.Cadres {
		if rapid.IntRange(0, 5).Draw(t, "cadre gone") == 0 {
			w.Cadres = append(w.Cadres, c.ID)
		}
	}
	return w
}

// TestWithoutIsTheProblemOfTheFilesThatAreLeft reads the files of what is left and compares; pins that no rule allows any
// more are the only faults.
func TestWithoutIsTheProblemOfTheFilesThatAreLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		holdWithout(t, p, drawWithdrawal(t, p))
	})
}

func TestWithoutTakesOutVillagesUnitsAndCandidates(t *testing.T) {
	for _, w := range []problem.Withdrawal{
		{}, {Cadres: []string{"A02"}}, {Units: []string{"K2", "P1"}},
		{Villages: []domain.Code{"430102002202"}}, {Villages: []domain.Code{"430102001201"}, Units: []string{"K4"}, Cadres: []string{"B01"}},
	} {
		if !holdWithout(t, small(t).problem(t), w) {
			t.Errorf("without %+v the files have faults", w)
		}
	}
}

// holdWithout holds the problem that is left against that of its own files; false where those have a pin that no rule
// allows any more, so that there is nothing to compare.
func holdWithout(t rapid.TB, p *problem.Problem, w problem.Withdrawal) bool {
	t.Helper()
	next := p.Without(w)
	again, faults := problem.Decode(problem.InMemory(next.Files()))
	for _, f := range faults {
		if f.File != "pins.csv" {
			t.Fatalf("%+v", f)
		}
	}
	if len(faults) > 0 {
		return false
	}
	if len(next.Villages) != len(p.Villages)-len(w.Villages) || len(next.Units) != len(p.Units)-len(w.Units) ||
		slices.ContainsFunc(next.Cadres, func(c domain.Candidate) bool {
			return slices.Contains(w.Cadres, c.ID) || slices.Contains(w.Units, c.Unit)
		}) {
		t.Fatalf("%+v is not gone", w)
	}
	if !reflect.DeepEqual(next.Files(), again.Files()) || !reflect.DeepEqual(next.Model().Slots, again.Model().Slots) {
		t.Fatal("the problem that is left is another than that of its files")
	}
	return true
}

// TestARepairedPlanIsAPlanWithATrueBound: rules and score are checked, and the bound from the difference is none too low.
func TestARepairedPlanIsAPlanWithATrueBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := problem.Plan{Teams: drawPlan(t, p.Model()), Prices: drawPrices(t, p)}
		plan.Score, plan.Bound = p.Score(plan.Teams).Total(), p.Bound(plan.Prices)
		next, repaired, err := p.Repair(plan, drawWithdrawal(t, p))
		if err != nil {
			t.Fatal(err)
		}
		exact := next.Bound(repaired.Prices)
		switch {
		case len(next.Check(repaired.Teams)) > 0 || repaired.Score != next.Score(repaired.Teams).Total():
			t.Fatalf("%+v", repaired)
		case repaired.Bound < exact || exact < repaired.Score:
			t.Fatalf("bound %d told, %d found, score %d", repaired.Bound, exact, repaired.Score)
		case repaired.Kept.Objective != repaired.Score+repaired.Kept.Bonus || repaired.Kept.Bound < repaired.Kept.Objective:
			t.Fatalf("%+v", repaired.Kept)
		}
	})
}

func repaired(t *testing.T, w problem.Withdrawal) (*problem.Problem, problem.Plan, problem.Plan, []changes.Change) {
	t.Helper()
	p := small(t).policy("avoid_native", 0).policy("size_min_demonstration", 1).drop("pins.csv", "unit", "cadre", "not_unit", "not_cadre").problem(t)
	plan := problem.Plan{Teams: append(goodPlan(t, p), team(t, p, "T6", "C1", "430103001202", "B04;B06;B05")), Prices: p.NoPrices()}
	plan.Teams[5].Members = plan.Teams[5].Members[:2]
	plan.Teams[5].Members = append(plan.Teams[5].Members, plan.Teams[1].Members[2])
	plan.Teams[1].Members = plan.Teams[1].Members[:2]
	if faults := p.Check(plan.Teams); len(faults) > 0 {
		t.Fatal(faults)
	}
	plan.Score, plan.Bound = p.Score(plan.Teams).Total(), p.Bound(plan.Prices)
	next, out, err := p.Repair(plan, w)
	if err != nil {
		t.Fatal(err)
	}
	return next, plan, out, changes.List(next, p.Former(plan.Teams), out.Teams)
}

func TestNothingWithdrawnIsThePlanAsItWas(t *testing.T) {
	_, plan, out, differ := repaired(t, problem.Withdrawal{})
	if len(differ) > 0 || out.Score != plan.Score || out.Bound != plan.Bound {
		t.Errorf("%+v %+v", differ, out)
	}
}

func TestOneCandidateIsReplacedByOneWhoIsFree(t *testing.T) {
	_, plan, out, differ := repaired(t, problem.Withdrawal{Cadres: []string{"A02"}})
	if len(differ) != 2 || differ[0].Kind != changes.MemberCame || differ[0].Subject != "A03" || differ[1].Subject != "A02" ||
		differ[1].Cause.Key != "change.cadre_gone" || out.Members() != plan.Members() {
		t.Errorf("%+v", differ)
	}
}

func TestAWithdrawnUnitsVillageGetsAnotherWhoseTeamsCanSpareSomebody(t *testing.T) {
	next, _, out, differ := repaired(t, problem.Withdrawal{Units: []string{"P1"}})
	if len(next.Unserved(out.Teams)) > 0 || !slices.ContainsFunc(differ, func(c changes.Change) bool {
		return c.Kind == changes.OtherUnit && c.Village == "430102001201" && c.Cause.Key == "change.unit_gone"
	}) {
		t.Errorf("%+v", differ)
	}
}

func TestAMergedVillageLeavesTheOthersAlone(t *testing.T) {
	_, _, out, differ := repaired(t, problem.Withdrawal{Villages: []domain.Code{"430102002203"}})
	for _, c := range differ {
		if c.Cause.Key != "change.village_gone" || c.Kind != changes.NoLongerServed && c.Kind != changes.ClusterChanged {
			t.Errorf("%+v", c)
		}
	}
	if len(differ) != 3 || len(out.Teams) != 6 {
		t.Errorf("%+v", differ)
	}
}
