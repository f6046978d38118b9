package problem

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// Plan is a plan for a problem with its certificate (dispatch contract §4 and §5).
type Plan struct {
	Teams   []Team
	Prices  solver.Prices // villages are sites, cadres items, units agents, rows of shares.csv quotas
	Score   int64
	Bound   int64 // no plan of the problem scores more
	Status  solver.Status
	Seconds float64 // how long it was worked on
}

// Gap is (bound − score)/|bound|, the share by which the best plan could at most be better.
func (plan Plan) Gap() float64 { return domain.Plan{Score: plan.Score, Bound: plan.Bound}.Gap() }

// Members is how many people the plan sends.
func (plan Plan) Members() int {
	n := 0
	for _, t := range plan.Teams {
		n += len(t.Members)
	}
	return n
}

// Settings steer Solve. The zero value is a sensible default.
type Settings struct {
	Workers   int           // goroutines; 0 is as many as there are processors. The plan does not depend on it.
	Seed      uint64        // same problem, seed and version: same plan, unless time stops the run
	TimeLimit time.Duration // how long to search at most; 0 is no limit
	TargetGap float64       // good enough; 0 goes on until nothing more is gained
	From      *Plan         // an earlier plan to start from, with prices where it has a certificate
	Progress  func(solver.Progress)
}

// Solve looks for the best plan until it is found, nothing more is gained, or time is up, and then gives the best so far.
// Where ctx ends there is no plan, only its error. The plan is held against the rules and the score before it is handed
// out: a difference is an error, never a plan.
func (p *Problem) Solve(ctx context.Context, s Settings) (Plan, error) {
	began := time.Now()
	timed, stop := ctx, func() {}
	if s.TimeLimit > 0 {
		timed, stop = context.WithTimeout(ctx, s.TimeLimit)
	}
	defer stop()
	m := p.Model()
	result, err := solver.Solve(timed, m, p.solverSettings(m, s))
	if err = cmp.Or(ctx.Err(), err); err != nil {
		return Plan{}, fmt.Errorf("solve: %w", err)
	}
	plan := Plan{Teams: p.teamsOf(m, result.Teams), Prices: result.Prices, Score: result.Score, Bound: result.Bound, Status: result.Status}
	p.priceIdleUnits(&plan.Prices)
	plan.Seconds = time.Since(began).Seconds()
	return plan, p.prove(plan)
}

func (p *Problem) solverSettings(m *solver.Problem, s Settings) solver.Settings {
	settings := solver.Settings{Workers: s.Workers, Seed: s.Seed, TargetGap: s.TargetGap, Progress: s.Progress}
	if s.From != nil {
		settings.Start = p.startFrom(m, s.From.Teams)
		if len(s.From.Prices.Site) == len(p.villages) {
			settings.Warm = &s.From.Prices
		}
	}
	return settings
}

// prove is an error where a plan of the solver breaks a rule or is not worth what it says.
func (p *Problem) prove(plan Plan) error {
	if faults := p.Check(plan.Teams); len(faults) > 0 {
		return fmt.Errorf("solve: the plan breaks a rule: %s %v", faults[0].Key, faults[0].Params)
	}
	if score := p.Score(plan.Teams).Total(); score != plan.Score || plan.Bound < score {
		return fmt.Errorf("solve: score %d and bound %d told, score %d found", plan.Score, plan.Bound, score)
	}
	return nil
}

// priceIdleUnits gives units that may lead no team a price at which no team of theirs counts in the bound of §5, which
// does not know rule 7. It costs nothing: their max_teams is 0.
func (p *Problem) priceIdleUnits(prices *solver.Prices) {
	var relief int64 // the most that a village's price adds to a team
	for _, price := range prices.Site {
		relief = max(relief, -price)
	}
	enough := min(p.teamMost()+float64(p.rules.clusterMax)*float64(relief), maxPrice)
	for u := range p.units {
		if p.units[u].lead == none && p.units[u].max == 0 {
			prices.Max[u] = int64(enough)
		}
	}
}

// Bound is the upper bound of dispatch contract §5 at the prices, which keep CheckPrices.
func (p *Problem) Bound(prices solver.Prices) int64 {
	m := p.Model()
	var extra int64
	for u := range m.Agents { // §5 counts the teams of units that may lead none; the solver leaves such units out
		if p.units[u].lead == none && m.Agents[u].Max == 0 {
			m.Agents[u].Max = 1
			extra += prices.Max[u]
		}
	}
	return solver.Bound(m, prices) - extra
}

// NoPrices are prices of 0 throughout.
func (p *Problem) NoPrices() solver.Prices {
	return solver.Prices{
		Site: make([]int64, len(p.villages)), Item: make([]int64, len(p.cadres)),
		Max: make([]int64, len(p.units)), Min: make([]int64, len(p.units)), Quota: make([]int64, len(p.shares)),
	}
}

// Recorded is the plan of teams that are already at work, taken over as they are: with score parts and reasons, without
// a bound. What names it (id, round, name, policy, creator, time) is left empty.
func (p *Problem) Recorded(teams []Team) domain.PlanDetail {
	plan := Plan{Teams: teams, Score: p.Score(teams).Total(), Status: "recorded"}
	return p.planDetail(plan, domain.PlanRecorded)
}

// Solved is a plan that Solve made, as the domain knows it. What names it is left empty.
func (p *Problem) Solved(plan Plan) domain.PlanDetail { return p.planDetail(plan, domain.PlanSolved) }

func (p *Problem) planDetail(plan Plan, origin domain.PlanOrigin) domain.PlanDetail {
	d := domain.PlanDetail{Teams: p.Detail(plan.Teams), Unserved: p.Unserved(plan.Teams)}
	d.Plan = domain.Plan{
		Origin: origin, Status: string(plan.Status), Score: plan.Score, Bound: plan.Bound,
		Teams: int64(len(plan.Teams)), Members: int64(plan.Members()), Unserved: int64(len(d.Unserved)), Seconds: plan.Seconds,
	}
	return d
}
