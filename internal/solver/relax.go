package solver

import "fmt"

// blockSizes are how many sites a block may have, from level to level; the last level is the whole.
var blockSizes = []int{400, 3000}

// relax solves the linear program, block by block and then larger blocks from those, and takes its prices. It returns
// the finest blocks.
func (r *run) relax() []*master {
	var parts, finest []*master
	for n, blocks := range r.m.levels(blockSizes) {
		if n > 0 && r.stopped() {
			break
		}
		parts = r.level(blocks, parts)
		if n == 0 {
			finest = parts
			if len(blocks) > 1 {
				r.balance(parts)
			}
		}
		if len(parts) == 1 {
			parts[0].release(teamGain, r.stopped)
			parts[0].settle(1, r.stopped)
		}
		r.export(parts)
		r.report(fmt.Sprint("relaxation in ", len(blocks)))
	}
	return finest
}

// teamGain is what a team has to gain, in points, to be priced into the program before the end.
const teamGain = 50

// export makes the programs' prices the market's, and a certificate of them.
func (r *run) export(parts []*master) {
	for _, w := range parts {
		w.export()
	}
	r.k.repriceSlots()
	r.k.revalue()
	r.bound()
}

// level solves the blocks, starting from the parts that they are made of.
func (r *run) level(blocks []block, parts []*master) []*master {
	at := newIndex(r.m, blocks)
	out := make([]*master, len(blocks))
	r.m.each(len(blocks), 1, func(b int, _ *scratch) {
		w := newMaster(r.k, at, blocks[b], len(blocks) == 1)
		if len(blocks) == 1 {
			w.each = func(n int, f func(int, *scratch)) { r.m.each(n, 8, f) }
		}
		for _, c := range parts {
			if at.owner[c.block.sites[0]] == int32(b) {
				w.inherit(c)
			}
		}
		w.lp.ready()
		w.settle(teamGain, r.stopped)
		out[b] = w
	})
	return out
}

// balance looks for the limit's price at which the blocks together take as many items as the limit allows: first as if
// teams only changed in size, then by regula falsi.
func (r *run) balance(parts []*master) {
	k, limit := r.k, float64(r.m.p.ItemLimit)
	if limit == 0 {
		return
	}
	var over, under [2]float64 // price and items on either side
	for range 6 {
		items := r.items(parts)
		if items > limit {
			over = [2]float64{float64(k.limit), items}
		} else {
			under = [2]float64{float64(k.limit), items}
		}
		if r.stopped() || items <= limit && (items > 0.998*limit || k.limit == 0) {
			return
		}
		switch {
		case over[1] > 0 && under[1] > 0:
			t := (over[1] - 0.999*limit) / (over[1] - under[1])
			k.limit = int64(over[0] + t*(under[0]-over[0]))
		default:
			k.limit = max(r.resized(parts), int64(1.2*over[0]))
		}
		k.revalue()
		r.m.each(len(parts), 1, func(b int, _ *scratch) {
			parts[b].recost()
			parts[b].settle(teamGain, r.stopped)
		})
	}
}

// items is how many items serve in the solutions of the blocks.
func (r *run) items(parts []*master) float64 {
	n := 0.0
	for _, w := range parts {
		n += w.items()
	}
	return n
}

// resized is the limit's price that suits the options which the blocks take for the most part.
func (r *run) resized(parts []*master) int64 {
	r.k.clear()
	sc := &scratch{}
	for _, w := range parts {
		for _, o := range w.majority() {
			r.holdToo(o, sc)
		}
	}
	held, _ := r.k.demand(func(int32) bool { return true })
	r.k.tune(int64(float64(r.m.p.ItemLimit) * float64(held) / r.items(parts)))
	r.k.clear()
	return r.k.limit
}
