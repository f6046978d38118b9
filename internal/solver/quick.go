package solver

import (
	"cmp"
	"slices"
)

// quick makes prices and a plan without the linear program: a walk along the agent bound, each agent's choice at its
// prices as far as these go together, and a reverse auction for the sites that are left.
func (r *run) quick() {
	w := newWalk(r.m, r.stopped, r.tighten)
	w.run(r.score)
	if r.best.Tight.Site == nil {
		return
	}
	r.report("walk")
	copy(r.k.price, r.best.Tight.Site)
	copy(r.k.quota, r.best.Tight.Quota)
	r.k.limit = r.best.Tight.Limit
	r.k.repriceSlots()
	r.k.revalue()
	r.bound()
	w.pr = r.best.Tight
	w.rebase()
	w.evaluate(true)
	r.holdChoices(w)
	for _, eps := range quickSteps {
		newMender(r.k, eps, r.stopped).run()
		r.keep()
		r.report("auction")
	}
}

// quickSteps are the price steps of the auctions, in points.
var quickSteps = []int64{200_000, 50_000, mendStep}

// tighten keeps the tightest bound so far.
func (r *run) tighten(bound int64, pr *Prices) {
	if bound < r.best.TightBound {
		r.best.TightBound, r.best.Tight = bound, *pr
		r.best.Tight.Site, r.best.Tight.Quota = slices.Clone(pr.Site), slices.Clone(pr.Quota)
	}
}

// holdChoices gives the agents what they chose, those that gain most first.
func (r *run) holdChoices(w *walk) {
	order := make([]int32, len(w.chosen))
	for a := range order {
		order[a] = int32(a)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(w.best[y], w.best[x]) })
	r.k.clear()
	sc := &scratch{}
	for _, a := range order {
		for _, o := range w.chosen[a].options[:w.chosen[a].count] {
			r.holdToo(o, sc)
		}
	}
}

// adopt makes the market hold the best plan.
func (r *run) adopt() {
	r.k.clear()
	sc := &scratch{}
	for _, t := range r.best.Teams {
		if o := r.m.option(t.Agent, t.Slot); o >= 0 {
			r.holdToo(o, sc)
		}
	}
}
