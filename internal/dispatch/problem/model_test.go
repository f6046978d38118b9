package problem_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/solver"
)

// TestModelScoresAsTheContractDoes holds the solver's sum of options, worths, bonuses and penalties against Score.
func TestModelScoresAsTheContractDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		teams := drawPlan(t, m)
		theirs, ok := inModel(m, teams)
		if !ok {
			t.Fatal("a team of a slot is in no slot")
		}
		want, err := solver.Score(m, theirs)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Score(teams).Total(); got != want {
			t.Fatalf("score %d, the solver's %d", got, want)
		}
		var parts int64
		for _, team := range p.Detail(teams) {
			parts += team.Parts.Total()
		}
		if parts != p.Score(teams).Teams {
			t.Fatalf("parts add up to %d, not %d", parts, p.Score(teams).Teams)
		}
	})
}

// TestOptionsCanHoldTheForced: a unit is listed for a slot only where the candidates that are pinned there may be in its team.
func TestOptionsCanHoldTheForced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { holdForced(t, drawProblem(t).Model()) })
	pinned := small(t).add("pins.csv", "cadre,D03,430102002202", "cadre,B02,430102001202").problem(t).Model()
	// B02 and E01 in one slot each, D03 in every slot that holds its village
	if holdForced(t, pinned) < 3 {
		t.Error("the pinned are not held")
	}
}

// holdForced holds the pinned of all slots; it says how many there are.
func holdForced(t rapid.TB, m *solver.Problem) int {
	t.Helper()
	forced := 0
	for s := range m.Slots {
		for _, i := range m.Slots[s].Forced {
			forced++
			if _, allowed := m.Worth(i, narrow(s)); !allowed {
				t.Fatalf("slot %d holds item %d by force, which may not serve", s, i)
			}
			for _, o := range m.Slots[s].Options {
				if !slices.Contains(m.Agents[o.Agent].Pool, i) {
					t.Fatalf("agent %d leads slot %d without item %d in its pool", o.Agent, s, i)
				}
			}
		}
	}
	return forced
}

// TestModelAllowsWhatTheRulesAllow changes a good plan a little and asks both whether it is still one.
func TestModelAllowsWhatTheRulesAllow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		teams := drawPlan(t, m)
		if faults := p.Check(teams); len(faults) > 0 {
			t.Fatalf("the solver allows what %v forbids", faults)
		}
		if len(teams) == 0 {
			return
		}
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			disturb(t, p, teams)
		}
		holdAllowed(t, p, teams)
	})
}

// TestModelForbidsWhatTheRulesForbid holds every broken rule of the table against the solver's problem.
func TestModelForbidsWhatTheRulesForbid(t *testing.T) {
	for _, c := range brokenRules {
		f := small(t)
		if c.input != nil {
			c.input(t, f)
		}
		p := f.problem(t)
		plan := goodPlan(t, p)
		if c.change != nil {
			plan = c.change(t, p, plan)
		}
		if allowed := holdAllowed(t, p, plan); allowed != (len(c.want) == 0) {
			t.Errorf("%s: allowed %v", c.name, allowed)
		}
	}
}

// holdAllowed asks the solver's problem and the rules whether the teams are a plan, and gives their answer.
func holdAllowed(t rapid.TB, p *problem.Problem, teams []problem.Team) bool {
	t.Helper()
	m := p.Model()
	theirs, ok := inModel(m, teams)
	if ok {
		_, err := solver.Score(m, theirs)
		ok = err == nil
	}
	if faults := p.Check(teams); ok != (len(faults) == 0) {
		t.Fatalf("the solver allows: %v; rules broken: %v", ok, faults)
	}
	return ok
}

func disturb(t *rapid.T, p *problem.Problem, teams []problem.Team) {
	team := &teams[rapid.IntRange(0, len(teams)-1).Draw(t, "team")]
	member := rapid.IntRange(0, len(team.Members)-1).Draw(t, "member")
	cadre := rapid.IntRange(0, len(p.Cadres)-1).Draw(t, "cadre")
	village := rapid.IntRange(0, len(p.Villages)-1).Draw(t, "village")
	switch rapid.IntRange(0, 7).Draw(t, "change") {
	case 0:
		team.Unit = rapid.IntRange(0, len(p.Units)-1).Draw(t, "unit")
	case 1:
		team.Members[member] = cadre
	case 2:
		team.Members = append(team.Members, cadre)
	case 3:
		if len(team.Members) > 1 {
			team.Members = slices.Delete(team.Members, member, member+1)
		}
	case 4:
		team.Members[0], team.Members[member] = team.Members[member], team.Members[0]
	case 5:
		team.Villages[rapid.IntRange(0, len(team.Villages)-1).Draw(t, "place")] = village
	case 6:
		team.Villages = append(team.Villages, village)
	case 7:
		last := len(team.Villages) - 1
		team.Villages[0], team.Villages[last] = team.Villages[last], team.Villages[0]
	}
}

// TestNoPlanBeatsTheBound draws prices at random: dispatch contract §5 says that any will do.
func TestNoPlanBeatsTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		teams := drawPlan(t, p.Model())
		prices := p.NoPrices()
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "prices"), 1))
		fill := func(list []int64, low, high int64) {
			for i := range list {
				list[i] = low + r.Int64N(high-low+1)
			}
		}
		fill(prices.Site, -4_000_000, 3_000_000)
		fill(prices.Item, 0, 300_000)
		fill(prices.Max, 0, 500_000)
		fill(prices.Min, 0, p.Policy["penalty_min_teams"])
		fill(prices.Quota, 0, p.Policy["penalty_share"])
		if p.Policy["headcount"] > 0 {
			prices.Limit = r.Int64N(300_000)
		}
		if score, bound := p.Score(teams).Total(), p.Bound(prices); bound < score {
			t.Fatalf("score %d, bound %d", score, bound)
		}
	})
}

// TestSolvedPlansAreProven solves small problems: Solve holds the plan against every rule itself, and the bound of its
// prices is the one that it tells.
func TestSolvedPlansAreProven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan, err := p.Solve(t.Context(), problem.Settings{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		if bound := p.Bound(plan.Prices); bound != plan.Bound || bound < plan.Score {
			t.Fatalf("score %d, bound told %d, bound found %d", plan.Score, plan.Bound, bound)
		}
	})
}

func TestAnEarlierPlanIsNeverMadeWorse(t *testing.T) {
	p := small(t).problem(t)
	teams := []problem.Team{
		team(t, p, "X", "P1", "430102001201", "A01;A02;A04"), team(t, p, "Y", "C1", "430102001202", "B01;B02;B03"),
		team(t, p, "Z", "K1", "430102002202;430102002203;430102002201", "D01;D04"),
	}
	start := problem.Plan{Teams: teams}
	plan, err := p.Solve(t.Context(), problem.Settings{From: &start})
	if err != nil {
		t.Fatal(err)
	}
	if before := p.Score(teams).Total(); plan.Score < before {
		t.Errorf("score %d, %d before", plan.Score, before)
	}
}
