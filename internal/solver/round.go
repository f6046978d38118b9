package solver

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// round makes a plan from the relaxation: the options that it takes for the most part, where they go together, and
// takers for the sites that are left.
func (r *run) round(parts []*master) {
	taken := make([][]int32, len(parts))
	r.m.each(len(parts), 1, func(b int, _ *scratch) { taken[b] = parts[b].majority() })
	r.k.clear()
	sc := &scratch{}
	for _, options := range taken {
		for _, o := range options {
			r.holdToo(o, sc)
		}
	}
	home := r.home(parts)
	r.m.each(len(parts), 1, func(b int, sc *scratch) { r.ruiner(parts[b], home, sc, 0).fill() })
	newMender(r.k, mendStep, r.stopped).run()
	r.keep()
	r.report("plan")
}

// mendStep is the price step of mending, in points.
const mendStep = 20000

// majority lists the options that the program's solution takes by half or more, those taken most first.
func (w *master) majority() []int32 {
	part := map[int32]float64{}
	for p, q := range w.lp.basis {
		if q >= w.base {
			part[w.columns[q-w.base].option] += w.lp.x[p]
		}
	}
	var out []int32
	for o, x := range part {
		if x > 0.49 {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b int32) int { return cmp.Or(cmp.Compare(part[b], part[a]), cmp.Compare(a, b)) })
	return out
}

// holdToo adds an option to what its agent holds, where its sites are free and the pool suffices.
func (r *run) holdToo(o int32, sc *scratch) {
	k := r.k
	a := r.m.owner[o]
	options := append(slices.Clone(k.held[a]), o)
	worth := r.m.joint(a, options, k.dues[a], sc)
	for _, v := range k.sites(o) {
		if k.holder[v] >= 0 {
			return
		}
	}
	if worth > -never && int64(len(options)) <= r.m.p.Agents[a].Max {
		k.hold(a, options, worth)
	}
}

// improve ruins and rebuilds the plan in each block until two rounds bring next to nothing.
func (r *run) improve(parts []*master) {
	idle := 0
	for n := 0; idle < 2 && !r.reached() && !r.stopped(); n++ {
		before, home := r.best.Score, r.home(parts)
		r.m.each(len(parts), 1, func(b int, sc *scratch) {
			u := r.ruiner(parts[b], home, sc, n)
			u.run(tries(len(parts[b].block.sites), len(r.m.p.Sites)), r.stopped)
		})
		newMender(r.k, mendStep, r.stopped).run()
		r.keep()
		r.report(fmt.Sprint("round ", n+1))
		if float64(r.best.Score-before) <= 1e-5*math.Abs(float64(r.best.Score)) {
			idle++
		} else {
			idle = 0
		}
	}
}

// ruiner ruins and rebuilds a block; n tells one round's dice from another's.
func (r *run) ruiner(w *master, home []int32, sc *scratch, n int) *ruin {
	return &ruin{market: r.k, home: w.at, block: home, w: w, sc: sc, saved: map[int32]saved{},
		rng: mix(r.s.Seed) + mix(uint64(w.id)<<32+uint64(n))}
}

// tries is how many ruins a block sees in one round: a few for each site, and more where the whole problem is small.
func tries(sites, all int) int {
	const perSite, most, least = 4, 30, 2500
	return sites * max(perSite, min(most, least/all))
}

// home says in which block each agent is, -1 for those that serve a site outside it just now: no block may change what
// they hold, or blocks would get into each other's way.
func (r *run) home(parts []*master) []int32 {
	home := refill(nil, len(r.m.p.Agents), -1)
	for _, w := range parts {
		for _, a := range w.block.agents {
			if !slices.ContainsFunc(r.k.held[a], func(o int32) bool { return !w.at.inside(r.k.sites(o), w.id) }) {
				home[a] = w.id
			}
		}
	}
	return home
}
