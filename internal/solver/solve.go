package solver

import (
	"cmp"
	"context"
	"fmt"
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
	if r.m.excess.Load() {
		return Result{}, fmt.Errorf("solver: a worth is beyond ±%d points", maxWorth)
	}
	r.k = newMarket(r.m)
	r.best = Result{Bound: math.MaxInt64, TightBound: math.MaxInt64, Score: newTally(p).score()}
	r.search()
	if r.best.Tight.Site == nil {
		r.best.Tight, r.best.TightBound = r.best.Prices, r.m.agentBound(&r.best.Prices)
	}
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
	case r.best.Score == r.lowest():
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
	r.resume()
	r.report("start")
	if len(r.m.slot) == 0 {
		return
	}
	large := len(r.m.p.Sites) > wholeBlock
	if large {
		r.quick()
	}
	parts := r.relax()
	r.round(parts)
	newWalk(r.m, r.stopped, r.tighten).polish(&r.best.Prices, r.score)
	r.report("bound")
	r.adopt()
	r.improve(parts)
}

func (r *run) score() int64 { return r.best.Score }

// lowest is the lower of the two bounds.
func (r *run) lowest() int64 { return min(r.best.Bound, r.best.TightBound) }

func (r *run) stopped() bool { return r.ctx.Err() != nil }

// resume takes over what is still good of an earlier run: its prices, and the teams that are still allowed beside each
// other; what those leave unserved is mended at once.
func (r *run) resume() {
	if w := r.s.Warm; w != nil && r.m.p.CheckPrices(*w) == nil {
		copy(r.k.price, w.Site)
		copy(r.k.quota, w.Quota)
		r.k.limit = w.Limit
		r.k.repriceSlots()
		r.k.revalue()
		r.bound()
		if b := r.m.bound(w); b <= r.best.Bound {
			r.best.Bound, r.best.Prices = b, *w
		}
	}
	if len(r.s.Start) == 0 {
		return
	}
	t := newTally(r.m.p)
	sc := &scratch{}
	var kept []Team
	for k := range r.s.Start {
		if team := &r.s.Start[k]; t.add(team) == nil {
			kept = append(kept, Team{team.Slot, team.Agent, slices.Clone(team.Items)})
			if o := r.m.option(team.Agent, team.Slot); o >= 0 {
				r.holdToo(o, sc)
			}
		}
	}
	r.offer(trim(r.m.p, kept))
	newMender(r.k, mendStep, r.stopped).run()
	r.keep()
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
	return r.best.Score >= r.lowest() || r.s.TargetGap > 0 && Gap(r.best.Score, r.lowest()) <= r.s.TargetGap
}

func (r *run) report(phase string) {
	if r.s.Progress != nil {
		r.s.Progress(Progress{Phase: phase, Score: r.best.Score, Bound: r.lowest(), Seconds: time.Since(r.began).Seconds()})
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
