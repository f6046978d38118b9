package solver

import (
	"cmp"
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
	newMender(r.k, mendStep, r.stopped).run()
	r.keep()
	r.report("plan")
}

// mendStep is the price step of mending, in points.
const mendStep = 20000

// majority lists the options that the program's solution takes by half or more, those taken most first.
func (w *master) majority() []int32 {
	if w.done {
		return w.taken
	}
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

// finish hands the prices to the market, notes what the solution takes, and lets go of the program, which is by far the
// largest thing that a block holds.
func (w *master) finish() {
	w.export()
	w.taken, w.done = w.majority(), true
	w.lp, w.columns, w.smooth, w.options = simplex{}, nil, nil, nil
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
