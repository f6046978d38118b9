package problem_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// badTights has what may be wrong with tight.csv or with what the summary says of it.
var badTights = []struct {
	name         string
	edit         func(t testing.TB, f folder) folder
	hard, wrongs []string // wrongs are told in reading or as false claims
}{
	{"no tight.csv", func(_ testing.TB, f folder) folder { return f.without("tight.csv") }, nil, nil},
	{"a summary that does not say", func(_ testing.TB, f folder) folder { f["summary.json"] = ""; return f.without("summary.json") }, nil, nil},
	{"the contract's summary", func(t testing.TB, f folder) folder {
		return f.replace(t, "summary.json", `"tight_bound"`, `"theirs"`).replace(t, "summary.json", `"tight_gap"`, `"theirs too"`)
	}, nil, nil},
	{"another price", func(t testing.TB, f folder) folder {
		return f.replace(t, "tight.csv", "village,430102001202,30", "village,430102001202,31")
	},
		nil, []string{"summary_differs tight_bound", "summary_differs tight_gap"}},
	{"another bound in the summary", func(t testing.TB, f folder) folder {
		return f.replace(t, "summary.json", `"tight_bound": `, `"tight_bound": 9`)
	},
		nil, []string{"summary_differs tight_bound"}},
	{"another gap in the summary", func(t testing.TB, f folder) folder {
		return f.replace(t, "summary.json", `"tight_gap": `, `"tight_gap": 1`)
	},
		nil, []string{"summary_differs tight_gap"}},
	{"a cadre's price", func(_ testing.TB, f folder) folder { return f.add("tight.csv", "cadre,A01,1") }, []string{"tight.csv:6:1 not_one_of"}, nil},
	{"a price that is no number", func(_ testing.TB, f folder) folder { return f.add("tight.csv", "share,2,x") },
		[]string{"tight.csv:6:3 not_a_number"}, nil},
	{"a missing column", func(t testing.TB, f folder) folder { return f.replace(t, "tight.csv", "price", "prize") },
		[]string{"tight.csv:1:0 column_missing"}, nil},
	{"an unknown village", func(_ testing.TB, f folder) folder { return f.add("tight.csv", "village,430102001299,1") },
		nil, []string{"unknown_price"}},
	{"a price twice", func(_ testing.TB, f folder) folder { return f.add("tight.csv", "share,1,40") }, nil, []string{"duplicate"}},
	{"a share's price above its penalty", func(_ testing.TB, f folder) folder { return f.add("tight.csv", "share,2,2001") },
		nil, []string{"out_of_range"}},
}

func TestBadTightPricesAreTold(t *testing.T) {
	p := small(t).problem(t)
	for _, c := range badTights {
		t.Run(c.name, func(t *testing.T) {
			folder, faults := p.ReadPlan(c.edit(t, planFolder(t, p)).open())
			hard := []string{}
			for _, f := range faults {
				hard = append(hard, fmt.Sprintf("%s:%d:%d %s", f.File, f.Line, f.Column, keysOf([]problem.Fault{f})[0]))
			}
			if len(c.hard) > 0 || folder == nil {
				if !slices.Equal(hard, c.hard) || folder != nil {
					t.Errorf("faults %q, want %q", hard, c.hard)
				}
				return
			}
			wrongs := keysOf(folder.Wrong)
			for _, f := range p.CheckClaims(folder, p.Found(folder)) {
				wrongs = append(wrongs, fmt.Sprint(keysOf([]problem.Fault{f})[0], " ", f.Params["name"]))
			}
			if !slices.Equal(wrongs, c.wrongs) {
				t.Errorf("wrongs %q, want %q", wrongs, c.wrongs)
			}
		})
	}
}

// TestTightPricesTooLargeAreRefused: a million headcount at the highest price would leave 64 bits.
func TestTightPricesTooLargeAreRefused(t *testing.T) {
	f := small(t).replace(t, "policy.csv", "headcount,18", "headcount,10000000")
	plan := planFolder(t, small(t).problem(t)).replace(t, "tight.csv", "headcount,0,90", "headcount,0,1000000000000")
	if folder, faults := f.problem(t).ReadPlan(plan.open()); folder != nil || !slices.Equal(keysOf(faults), []string{"prices_too_large"}) {
		t.Errorf("%v %v", folder, faults)
	}
}

func TestATightBoundBelowTheScoreIsTold(t *testing.T) {
	p := small(t).problem(t)
	folder, _ := p.ReadPlan(planFolder(t, p).open())
	found := p.Found(folder)
	found.TightBound = found.Score - 1
	if got := keysOf(p.CheckClaims(folder, found)); !slices.Contains(got, "bound_below_score") {
		t.Errorf("%q", got)
	}
}

// TestSolvedPlansCarryTheirTightBound writes and reads what the solver found: the bound comes out the same, and is above
// every plan.
func TestSolvedPlansCarryTheirTightBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan, err := p.Solve(t.Context(), problem.Settings{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		files, err := p.PlanFiles(plan, problem.PlainWords)
		if err != nil {
			t.Fatal(err)
		}
		folder, faults := p.ReadPlan(problem.InMemory(files))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		found := p.Found(folder)
		if faults = slices.Concat(folder.Wrong, p.CheckClaims(folder, found)); len(faults) > 0 || found.TightBound != plan.TightBound {
			t.Fatalf("%v, tight bound %d found of %d", faults, found.TightBound, plan.TightBound)
		}
		if other := p.Score(drawPlan(t, p.Model())).Total(); other > found.TightBound {
			t.Fatalf("a plan scores %d, the tight bound is %d", other, found.TightBound)
		}
	})
}

// TestWithoutPricesThereIsNoTightBound: the file stays away, and so does the summary's word.
func TestWithoutPricesThereIsNoTightBound(t *testing.T) {
	p := small(t).problem(t)
	plan := problem.Plan{Teams: goodPlan(t, p), Prices: p.NoPrices()}
	files, err := p.PlanFiles(plan, problem.PlainWords)
	if err != nil {
		t.Fatal(err)
	}
	folder, faults := p.ReadPlan(problem.InMemory(files))
	if _, written := folderOf(files)["tight.csv"]; written || len(faults) > 0 || !reflect.DeepEqual(folder.Tight, solver.Prices{}) || p.Found(folder).TightBound != 0 {
		t.Errorf("%v %+v", faults, folder)
	}
}

// TestARepairedPlansTightBoundIsTrue holds it against what the prices carried over give.
func TestARepairedPlansTightBoundIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := problem.Plan{Teams: drawPlan(t, p.Model()), Prices: drawPrices(t, p), Tight: drawPrices(t, p)}
		plan.Score, plan.Bound, plan.TightBound = p.Score(plan.Teams).Total(), p.Bound(plan.Prices), solver.AgentBound(p.Model(), plan.Tight)
		if plan.TightBound == 0 {
			return
		}
		next, repaired, err := p.Repair(plan, drawWithdrawal(t, p))
		if err != nil {
			t.Fatal(err)
		}
		if exact := solver.AgentBound(next.Model(), repaired.Tight); repaired.TightBound < exact || repaired.TightBound < repaired.Score {
			t.Fatalf("tight bound %d told, %d found, score %d", repaired.TightBound, exact, repaired.Score)
		}
	})
}

func TestWithdrawalsTakeTheirPartOfTheTightBound(t *testing.T) {
	p := small(t).without("pins.csv").problem(t)
	plan := problem.Plan{Prices: p.NoPrices(), Tight: tightPrices(p), Bound: 1_000_000, TightBound: 500_000}
	for want, w := range map[int64]problem.Withdrawal{
		500_000 - 30:           {Villages: []domain.Code{"430102001202"}}, // its price
		500_000 + 20:           {Villages: []domain.Code{"430103001201"}}, // its price, above its penalty
		500_000 + 500_000:      {Units: []string{"P1"}},                   // it no longer owes a team
		500_000:                {Cadres: []string{"A01"}},
		500_000 - 30 + 500_000: {Villages: []domain.Code{"430102001202"}, Units: []string{"K2"}},
	} {
		plan.Teams = nil
		_, repaired, err := p.Repair(plan, w)
		if err != nil || repaired.TightBound != want {
			t.Errorf("%+v: %d, not %d: %v", w, repaired.TightBound, want, err)
		}
	}
}
