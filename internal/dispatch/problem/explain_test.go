package problem_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// drawPrices draws prices within their ranges.
func drawPrices(t *rapid.T, p *problem.Problem) solver.Prices {
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
	return prices
}

// TestNoPlanWithAWishLosesLessThanSaid explains a plan at prices drawn at random and holds every unit and candidate of
// another plan against the answer: what is there is not forbidden, and that plan has at least the loss told.
func TestNoPlanWithAWishLosesLessThanSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		plan := problem.Plan{Teams: drawPlan(t, m), Prices: drawPrices(t, p)}
		holdAnswers(t, p, plan, drawPlan(t, m))
	})
}

// TestWishesOfAnotherPlan holds the answers about the small problem: the other plan has another leader, other members and
// another cluster.
func TestWishesOfAnotherPlan(t *testing.T) {
	p, plan := solved(t, small(t))
	other := goodPlan(t, p)
	other[1].Members[0], other[1].Members[1] = other[1].Members[1], other[1].Members[0]
	other[2] = team(t, p, "T3", "K1", "430102002202;430102002203", "D01;D04")
	other[3] = team(t, p, "T4", "K2", "430102002204", "E01;F02")
	if faults := p.Check(other); len(faults) > 0 {
		t.Fatal(faults)
	}
	holdAnswers(t, p, plan, other)
	holdAnswers(t, p, problem.Plan{Teams: other, Prices: p.NoPrices()}, plan.Teams)
}

// holdAnswers holds what is told about units, candidates and teams against another plan of the problem.
func holdAnswers(t rapid.TB, p *problem.Problem, plan problem.Plan, other []problem.Team) {
	t.Helper()
	x := p.Explain(plan)
	less := p.Score(plan.Teams).Total() - p.Score(other).Total()
	hold := func(a problem.WhyNotAnswer, err error) {
		if err != nil || len(a.Bars) > 0 || a.Already == (a.Loss != nil) {
			t.Fatalf("%+v %v", a, err)
		}
		if a.Loss != nil && (less < a.Loss.AtLeast || a.Loss.ByPrices < 0) {
			t.Fatalf("%+v told, and another plan has %d less", *a.Loss, less)
		}
	}
	for _, team := range other {
		for _, v := range team.Villages {
			hold(x.WhyNotUnit(p.Units[team.Unit].ID, p.Villages[v].Code))
			for _, c := range team.Members {
				hold(x.WhyNotCadre(p.Cadres[c].ID, p.Villages[v].Code))
			}
		}
	}
	for i := range plan.Teams {
		holdTeam(t, p, plan, x.Team(i), i, other, less)
	}
}

// holdTeam holds the answer about a team against the score and against another plan, which has so many points less.
func holdTeam(t rapid.TB, p *problem.Problem, plan problem.Plan, a problem.TeamAnswer, i int, other []problem.Team, less int64) {
	t.Helper()
	team := plan.Teams[i]
	if parts := p.Parts(team); a.Points != parts.Total() || a.Parts != problem.Parts(parts) {
		t.Fatalf("%+v, the parts are %+v", a, parts)
	}
	var seats int64
	for _, s := range a.Seats {
		seats += s.Points
	}
	if want := a.Parts.MemberMatch + a.Parts.MemberRural + a.Parts.MemberYoung + a.Parts.LeaderGrade; seats != want || len(a.Seats) != len(team.Members) {
		t.Fatalf("seats %d, members and leader %d", seats, want)
	}
	if !slices.IsSortedFunc(a.Rivals, func(a, b problem.Rival) int { return int(a.Loss.ByPrices - b.Loss.ByPrices) }) {
		t.Fatalf("rivals out of order: %+v", a.Rivals)
	}
	for _, t2 := range other {
		if t2.Unit == team.Unit || !slices.Equal(t2.Villages, team.Villages) {
			continue
		}
		at := slices.IndexFunc(a.Rivals, func(r problem.Rival) bool { return r.Unit == p.Units[t2.Unit].ID })
		if at < 0 && a.Others == 0 || at >= 0 && a.Rivals[at].Loss.AtLeast > less {
			t.Fatalf("unit %d leads there in a plan with %d points less: %+v", t2.Unit, less, a.Rivals)
		}
	}
}

// TestBarsAreTheRules holds the bars of every unit at every village against the solver's problem, and against a team
// with that candidate.
func TestBarsAreTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		x := p.Explain(problem.Plan{})
		for v := range p.Villages {
			slot := slices.IndexFunc(m.Slots, func(s solver.Slot) bool { return len(s.Sites) == 1 && int(s.Sites[0]) == v })
			for u := range p.Units {
				a, err := x.WhyNotUnit(p.Units[u].ID, p.Villages[v].Code)
				if err != nil {
					t.Fatal(err)
				}
				may := slot >= 0 && m.Agents[u].Max > 0 && slices.ContainsFunc(m.Slots[slot].Options, func(o solver.Option) bool { return int(o.Agent) == u })
				if !may && a.Loss != nil && !inCluster(m, v, u) {
					t.Fatalf("unit %d may not lead at %d by the model, and nothing bars it", u, v)
				}
			}
			for c := range p.Cadres {
				a, err := x.WhyNotCadre(p.Cadres[c].ID, p.Villages[v].Code)
				if err != nil || len(a.Bars) == 0 && a.Loss == nil {
					t.Fatalf("%+v %v", a, err)
				}
			}
		}
	})
}

// inCluster says whether the unit is an option of any slot with the village: a pin may allow it in a cluster only.
func inCluster(m *solver.Problem, v, u int) bool {
	return slices.ContainsFunc(m.Slots, func(s solver.Slot) bool {
		return slices.Contains(ints(s.Sites), v) && slices.ContainsFunc(s.Options, func(o solver.Option) bool { return int(o.Agent) == u })
	})
}

func solved(t *testing.T, f folder) (*problem.Problem, problem.Plan) {
	t.Helper()
	p := f.problem(t)
	plan, err := p.Solve(t.Context(), problem.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return p, plan
}

func TestAForcedPlanNarrowsTheLoss(t *testing.T) {
	p, plan := solved(t, small(t))
	x := p.Explain(plan)
	asked, err := x.WhyNotCadre("B04", "430102001201")
	if err != nil || asked.Loss == nil {
		t.Fatalf("%+v %v", asked, err)
	}
	tried, err := x.Try(t.Context(), asked, problem.Settings{})
	if err != nil || tried.Loss.AtMost == nil || *tried.Loss.AtMost < tried.Loss.AtLeast || tried.Loss.AtLeast < asked.Loss.AtLeast || asked.Loss.AtMost != nil {
		t.Errorf("%+v %+v %v", asked.Loss, tried.Loss, err)
	}
	if barred, err := x.WhyNotUnit("K1", "430102001202"); err != nil || barred.Bars[0].Key != "bar.unit_pinned" || barred.Loss != nil {
		t.Errorf("%+v %v", barred, err)
	} else if same, err := x.Try(t.Context(), barred, problem.Settings{}); err != nil || same.Loss != nil {
		t.Errorf("a plan was looked for where a pin forbids it: %+v %v", same, err)
	}
}

func TestUnknownNamesAreInvalid(t *testing.T) {
	x := small(t).problem(t).Explain(problem.Plan{})
	_, village := x.Village("430102001209")
	_, unit := x.WhyNotUnit("K9", "430102001201")
	_, cadre := x.WhyNotCadre("Z9", "430102001201")
	_, place := x.WhyNotCadre("A01", "1")
	_, place2 := x.WhyNotUnit("K1", "1")
	for _, err := range []error{village, unit, cadre, place, place2} {
		var known *domain.Error
		if !errors.As(err, &known) || known.Kind != domain.KindInvalid {
			t.Errorf("%v", err)
		}
	}
}

func TestAnUnservedVillageTellsItsCountysNumbers(t *testing.T) {
	p := small(t).set(t, "cadres.csv", "G01", "fit", "0").set(t, "cadres.csv", "G02", "fit", "0").drop("pins.csv", "not_cadre").problem(t)
	a, err := p.Explain(problem.Plan{Teams: goodPlan(t, p)[:4]}).Village("430103001201")
	if err != nil || a.Unserved == nil || a.Team != nil {
		t.Fatalf("%+v %v", a, err)
	}
	c := a.Unserved.County
	// C1 has one of two teams left and B04 of its leaders B01, B02 and B04 (B05 is too old); C2 has C01; K4 has none.
	want := problem.CountyNumbers{Code: "430103000000", Villages: 2, Unserved: 2, Units: 3, MaxTeams: 5, Leads: 1, Leaders: 4, LeadersFree: 2,
		LeadersReady: 2, LeadersShort: 0, Members: 8, MembersFree: 5}
	if c != want {
		t.Errorf("%+v, not %+v", c, want)
	}
	if a.Unserved.Penalty != 2_000_000 || a.Unserved.Reason.Key != problem.ReasonPossible {
		t.Errorf("%+v", a.Unserved)
	}
}

// TestLeadersOfUnitsThatLeadAllTheirTeamsAreNoHelp: B06's unit is full and C01 is unfit, so one leader is short.
func TestLeadersOfUnitsThatLeadAllTheirTeamsAreNoHelp(t *testing.T) {
	p := small(t).set(t, "cadres.csv", "C01", "fit", "0").set(t, "cadres.csv", "G01", "fit", "0").set(t, "cadres.csv", "G02", "fit", "0").
		drop("pins.csv", "not_cadre").set(t, "cadres.csv", "B06", "mid_level", "1").problem(t)
	plan := problem.Plan{Teams: append(goodPlan(t, p)[:4], team(t, p, "T6", "C1", "430103001202", "B04;B06;B03"))}
	plan.Teams[1].Members = plan.Teams[1].Members[:2]
	plan.Teams[4].Members[1] = plan.Teams[4].Members[2]
	plan.Teams[4].Members = plan.Teams[4].Members[:2]
	a, err := p.Explain(plan).Village("430103001201")
	if err != nil || a.Unserved == nil {
		t.Fatalf("%+v %v", a, err)
	}
	if c := a.Unserved.County; c.LeadersFree != 1 || c.LeadersReady != 0 || c.LeadersShort != 1 || c.Unserved != 1 {
		t.Errorf("%+v", c)
	}
}

// TestThePlanAddsUp: what the plan is made of, less its penalties, is its score; dear things are sorted and priced.
func TestThePlanAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := problem.Plan{Teams: drawPlan(t, p.Model()), Prices: drawPrices(t, p)}
		a := p.Explain(plan).Plan()
		sum := domain.ScoreParts(a.Parts).Total()
		for _, penalty := range a.Penalties {
			sum -= penalty.Points
		}
		if sum != a.Score || a.Score != p.Score(plan.Teams).Total() || a.Bound != p.Bound(plan.Prices) {
			t.Fatalf("%+v adds up to %d", a, sum)
		}
		for _, list := range [][]problem.Dear{a.Villages, a.Units, a.Cadres} {
			for i, d := range list {
				if d.Price <= 0 || d.ID == "" || i > 0 && d.Price > list[i-1].Price {
					t.Fatalf("%+v", list)
				}
			}
		}
		if (a.Headcount != nil) != (p.Policy["headcount"] > 0) || len(a.Shares) != len(p.Shares) {
			t.Fatalf("%+v", a)
		}
	})
}

func TestPricesInThePlansAnswer(t *testing.T) {
	p := small(t).problem(t)
	prices := p.NoPrices()
	prices.Limit, prices.Quota[0], prices.Max[1], prices.Min[2], prices.Site[0], prices.Item[3] = 42_000, 70, 9_000, 400, -5_000, 77
	a := p.Explain(problem.Plan{Teams: goodPlan(t, p), Prices: prices}).Plan()
	if a.Headcount.Price != 42_000 || a.Headcount.Used != 11 || a.Headcount.Limit != 18 {
		t.Errorf("%+v", a.Headcount)
	}
	// two of A01, A02, A04 are under 40: with 44 % asked for, nothing is short
	if s := a.Shares[0]; s.Members != 3 || s.Have != 2 || s.Shortfall != 0 || s.Head != 7_000 || s.Point != 210 {
		t.Errorf("%+v", s)
	}
	if l := a.Levels[1]; l.Level != domain.UnitCity || l.Units != 2 || l.Scarce != 1 || l.Mean != 9_000 || l.Dearest != "C1" || l.Forced != 1 || l.MinCost != 400 {
		t.Errorf("%+v", l)
	}
	if len(a.Villages) != 1 || a.Villages[0] != (problem.Dear{ID: "430102001201", Name: "清水村", Price: 5_000}) {
		t.Errorf("%+v", a.Villages)
	}
	if len(a.Cadres) != 1 || a.Cadres[0].ID != "A04" || len(a.Units) != 1 {
		t.Errorf("%+v %+v", a.Cadres, a.Units)
	}
}
