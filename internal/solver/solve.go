package solver

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"time"
)

// Solve looks for the plan of the highest score and for prices that prove how near it is. It returns an error only
// where the problem itself is faulty; a context that ends early ends the search, with the best plan so far.
func Solve(ctx context.Context, p *Problem, s Settings) (Result, error) {
	if err := p.Validate(); err != nil {
		return Result{}, err
	}
	r := &run{ctx: ctx, s: s, began: time.Now()}
	r.m = compile(p, workers(s.Workers))
	r.k = newMarket(r.m)
	r.best = Result{Bound: math.MaxInt64, Score: newTally(p).score()}
	r.search()
	r.best.Status = r.status()
	r.report("done")
	return r.best, nil
}

func workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// status says how the run ended.
func (r *run) status() Status {
	switch {
	case r.best.Score == r.best.Bound:
		return StatusOptimal
	case r.reached():
		return StatusTarget
	case r.stopped():
		return StatusStopped
	}
	return StatusStalled
}

// run is one call of Solve.
type run struct {
	ctx   context.Context
	s     Settings
	began time.Time
	m     *model
	k     *market
	best  Result
}

// search does the work. What it has found at any time is in r.best.
func (r *run) search() {
	r.k.revalue()
	r.bound()
	r.startFrom(r.s.Start)
	r.report("start")
	parts := r.relax()
	r.round(parts)
	r.improve(parts)
}

func (r *run) stopped() bool { return r.ctx.Err() != nil }

// startFrom takes over the teams of a plan that are still allowed beside each other.
func (r *run) startFrom(teams []Team) {
	t := newTally(r.m.p)
	var kept []Team
	for k := range teams {
		if t.add(&teams[k]) == nil {
			kept = append(kept, teams[k])
		}
	}
	r.offer(kept)
}

// bound completes the market's prices to a certificate and keeps it where it is the best.
func (r *run) bound() {
	pr := r.k.certify()
	if b := r.m.bound(&pr); b < r.best.Bound {
		r.best.Bound, r.best.Prices = b, pr
	}
}

// keep staffs the options held and keeps the plan if it is the best.
func (r *run) keep() {
	r.k.tune(r.m.p.ItemLimit)
	r.k.revalue()
	r.offer(trim(r.m.p, r.k.teams()))
}

// offer keeps a plan if it is the best.
func (r *run) offer(teams []Team) {
	if score, err := Score(r.m.p, teams); err == nil && (score > r.best.Score || r.best.Teams == nil) {
		r.best.Score, r.best.Teams = score, teams
	}
}

// reached says whether the gap asked for is reached.
func (r *run) reached() bool {
	return r.best.Score >= r.best.Bound || r.s.TargetGap > 0 && Gap(r.best.Score, r.best.Bound) <= r.s.TargetGap
}

func (r *run) report(phase string) {
	if r.s.Progress != nil {
		r.s.Progress(Progress{Phase: phase, Score: r.best.Score, Bound: r.best.Bound, Seconds: time.Since(r.began).Seconds()})
	}
}

// Gap is (bound − score)/|bound|, 0 where they are equal.
func Gap(score, bound int64) float64 {
	if score == bound {
		return 0
	}
	return float64(bound-score) / math.Abs(float64(bound))
}

// sortTeams puts a plan in slot order, each team's leader first and the others ascending.
func sortTeams(teams []Team) []Team {
	for _, t := range teams {
		slices.Sort(t.Items[1:])
	}
	slices.SortFunc(teams, func(x, y Team) int { return cmp.Compare(x.Slot, y.Slot) })
	return teams
}
