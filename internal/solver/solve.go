package solver

import (
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
	none := newTally(p)
	r.best = Result{Bound: math.MaxInt64, Score: none.score(), Status: StatusStalled}
	r.search()
	if r.best.Score == r.best.Bound {
		r.best.Status = StatusOptimal
	}
	return r.best, nil
}

func workers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

type run struct {
	ctx   context.Context
	s     Settings
	began time.Time
	m     *model
	k     *market
	best  Result
}

func (r *run) search() {
	k := r.k
	k.revalue()
	r.report("values")
	k.opening()
	r.bound()
	k.warmup(60, 40000, 1000)
	k.tune(r.m.p.ItemLimit)
	k.revalue()
	r.bound()
	r.report("warmup")
	u := newAuction(k, func() bool { return r.ctx.Err() != nil })
	for _, eps := range []int64{100000, 20000} {
		u.run(eps)
		k.tune(r.m.p.ItemLimit)
		k.revalue()
		r.plan()
		r.bound()
		r.report("auction")
		if r.ctx.Err() != nil {
			r.best.Status = StatusStopped
			return
		}
	}
}

func (r *run) bound() {
	pr := r.k.certify()
	if b := r.m.bound(&pr); b < r.best.Bound {
		r.best.Bound, r.best.Prices = b, pr
	}
}

// plan keeps the market's plan where it is the best so far.
func (r *run) plan() {
	teams := trim(r.m.p, r.k.teams())
	if score, err := Score(r.m.p, teams); err == nil && score > r.best.Score {
		r.best.Score, r.best.Teams = score, teams
	}
}

func (r *run) report(phase string) {
	if r.s.Progress != nil {
		r.s.Progress(Progress{Phase: phase, Score: r.best.Score, Bound: r.best.Bound, Seconds: time.Since(r.began).Seconds()})
	}
}

// shrink is the factor that takes 1 to ratio in so many steps.
func shrink(steps int, ratio float64) float64 { return math.Pow(ratio, 1/float64(steps)) }

// sortTeams puts a plan in slot order, each team's leader first and the others ascending.
func sortTeams(teams []Team) []Team {
	for _, t := range teams {
		slices.Sort(t.Items[1:])
	}
	slices.SortFunc(teams, func(x, y Team) int { return int(x.Slot) - int(y.Slot) })
	return teams
}
