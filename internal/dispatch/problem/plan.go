package problem

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// Plan is a plan for a problem with its certificate (dispatch contract §4 and §5).
type Plan struct {
	Teams  []Team
	Prices solver.Prices // villages are sites, cadres items, units agents, rows of shares.csv quotas
	Score  int64
	Bound  int64 // no plan of the problem scores more

	// TightBound is solver.AgentBound at Tight, which lets every unit's teams be made of whole people: no plan scores
	// more than that either. Without Tight, which may have no sites, there is none and it is 0. Of Tight only Site, Limit
	// and Quota count.
	TightBound int64
	Tight      solver.Prices
	Status     solver.Status
	Seconds    float64 // how long it was worked on
	Kept       *Kept   // what it keeps of the plan that it was made from; nil without one
}

// Gap is (bound − score)/|bound|, the share by which the best plan could at most be better.
func (plan Plan) Gap() float64 { return domain.Plan{Score: plan.Score, Bound: plan.Bound}.Gap() }

// TightGap is the gap to the tighter of the two bounds.
func (plan Plan) TightGap() float64 {
	return domain.Plan{Score: plan.Score, Bound: plan.Bound, TightBound: plan.TightBound}.Gap()
}

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
	Workers   int             // goroutines; 0 is as many as there are processors. The plan does not depend on it.
	Seed      uint64          // same problem, seed and version: same plan, unless time stops the run
	TimeLimit time.Duration   // how long to search at most; 0 is no limit
	TargetGap float64         // good enough; 0 goes on until nothing more is gained
	Stop      <-chan struct{} // closed: end the search with the best plan so far; nil is never
	From      *Plan           // an earlier plan to change as little as the policy key keep asks; its certificate is used where it has one
	Former    []FormerTeam    // the teams of From, where they name what the problem no longer has; nil is those of From
	Progress  func(solver.Progress)
}

// Solve looks for the best plan until it is found, nothing more is gained, time is up or Stop is closed, and then gives
// the best so far, with its true bound. Where ctx ends there is no plan, only its error. The plan is held against the
// rules and the score before it is handed out: a difference is an error, never a plan.
//
// With From, unchanged teams and members who stay are paid for while the search goes on. Score, Bound and Prices are the
// contract's all the same; Kept tells what was looked for.
//
// Errors: problem.no_plan_yet (KindBusy) where the search was stopped before it had any team.
func (p *Problem) Solve(ctx context.Context, s Settings) (Plan, error) {
	began := time.Now()
	timed, end := until(ctx, s)
	defer end()
	m := p.Model()
	paid := m
	if s.From != nil {
		if s.Former == nil {
			s.Former = p.Former(s.From.Teams)
		}
		if p.rules.keep > 0 {
			paid = p.payForKeeping(m, s.Former)
		}
	}
	result, err := solver.Solve(timed, paid, p.solverSettings(m, s))
	if err = cmp.Or(ctx.Err(), err); err != nil {
		return Plan{}, fmt.Errorf("solve: %w", err)
	}
	plan, err := p.planOf(m, result)
	if err != nil {
		return Plan{}, err
	}
	if s.From != nil {
		p.settle(m, &plan, s)
	}
	plan.Seconds = time.Since(began).Seconds()
	return plan, p.prove(plan)
}

// until is the context of the search: it ends with ctx, at the time limit and when Stop is closed.
func until(ctx context.Context, s Settings) (context.Context, func()) {
	timed, end := context.WithCancel(ctx)
	free := end
	if s.TimeLimit > 0 {
		timed, free = context.WithTimeout(timed, s.TimeLimit)
	}
	if s.Stop != nil {
		go func() {
			select {
			case <-s.Stop:
			case <-timed.Done():
			}
			end()
		}()
	}
	return timed, func() { free(); end() }
}

// planOf reads what the solver found.
func (p *Problem) planOf(m *solver.Problem, result solver.Result) (Plan, error) {
	if result.Status == solver.StatusStopped && (len(result.Teams) == 0 || len(result.Prices.Site) != len(p.villages)) {
		return Plan{}, &domain.Error{Kind: domain.KindBusy, Key: "problem.no_plan_yet"}
	}
	plan := Plan{Teams: p.teamsOf(m, result.Teams), Prices: result.Prices, Score: result.Score, Bound: result.Bound, Status: result.Status,
		Tight: result.Tight, TightBound: result.TightBound}
	p.priceIdleUnits(&plan.Prices)
	if p.tightSum(plan.Tight) > maxMagnitude {
		plan.Tight, plan.TightBound = solver.Prices{}, 0 // nobody could add it up again
	}
	return plan, nil
}

func (p *Problem) solverSettings(m *solver.Problem, s Settings) solver.Settings {
	settings := solver.Settings{Workers: s.Workers, Seed: s.Seed, TargetGap: s.TargetGap, Progress: s.Progress}
	if s.From != nil {
		settings.Start = p.startFrom(m, p.mended(s.Former))
		if len(s.From.Prices.Site) == len(p.villages) {
			warm := p.fitting(s.From.Prices)
			settings.Warm = &warm
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
func (p *Problem) Bound(prices solver.Prices) int64 { return p.boundOn(p.Model(), prices) }

// boundOn is Bound for those who have the model, which is left as it is.
func (p *Problem) boundOn(m *solver.Problem, prices solver.Prices) int64 {
	open := *m
	open.Agents = slices.Clone(m.Agents)
	m = &open
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
		Origin: origin, Status: string(plan.Status), Score: plan.Score, Bound: plan.Bound, TightBound: plan.TightBound,
		Teams: int64(len(plan.Teams)), Members: int64(plan.Members()), Unserved: int64(len(d.Unserved)), Seconds: plan.Seconds,
	}
	return d
}
