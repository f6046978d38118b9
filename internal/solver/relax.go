package solver

import "fmt"

// Levels of blocks: how many sites one may have. The whole follows where it is not much larger.
const (
	smallBlock = 400
	largeBlock = 3000
	wholeBlock = 4000
)

// relax solves the linear program, block by block and then larger blocks from those, and takes its prices. It returns
// the finest blocks.
func (r *run) relax() []*master {
	var parts, finest []*master
	for n, blocks := range r.m.levels([]int{smallBlock, largeBlock}) {
		if n > 0 && (r.stopped() || len(blocks) == 1 && len(r.m.p.Sites) > wholeBlock) {
			break
		}
		l := &level{run: r, blocks: blocks, at: newIndex(r.m, blocks), parts: make([]*master, len(blocks))}
		if n == 0 {
			l.sample()
		}
		l.solve(parts, 1)
		parts = l.parts
		if n == 0 {
			finest = parts
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

// level is the programs of the blocks of one level.
type level struct {
	*run
	blocks []block
	at     *index
	parts  []*master
}

// sampling is how many blocks stand for one in the first guess of the limit's price.
const sampling = 12

// sample solves a few of many blocks, for a guess of the limit's price.
func (l *level) sample() {
	if len(l.blocks) < 3*sampling {
		return
	}
	l.solve(nil, sampling)
	sites := 0
	var some []*master
	for b := 0; b < len(l.blocks); b += sampling {
		sites += len(l.blocks[b].sites)
		some = append(some, l.parts[b])
	}
	l.balance(some, float64(l.m.p.ItemLimit)*float64(sites)/float64(len(l.m.p.Sites)))
}

// solve solves every step-th block that is not solved yet, starting from the parts that it is made of, and brings the
// limit's price to where all together keep to it.
func (l *level) solve(from []*master, step int) {
	l.m.each((len(l.blocks)+step-1)/step, 1, func(k int, _ *scratch) {
		b := k * step
		if l.parts[b] != nil {
			return
		}
		w := newMaster(l.k, l.at, l.blocks[b], len(l.blocks) == 1)
		if len(l.blocks) == 1 {
			w.each = func(n int, f func(int, *scratch)) { l.m.each(n, 8, f) }
		}
		for _, c := range from {
			if l.at.owner[c.block.sites[0]] == int32(b) {
				w.inherit(c)
			}
		}
		w.lp.ready()
		w.settle(teamGain, l.stopped)
		l.parts[b] = w
	})
	if step == 1 && len(l.blocks) > 1 {
		l.balance(l.parts, float64(l.m.p.ItemLimit))
	}
}

// balance looks for the limit's price at which the blocks together take as many items as the limit allows: first as if
// teams only changed in size, then by regula falsi.
func (r *run) balance(parts []*master, limit float64) {
	k := r.k
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
		if r.stopped() || items <= limit && (items > 0.997*limit || k.limit == 0) {
			return
		}
		switch {
		case over[1] > 0 && under[1] > 0:
			t := (over[1] - 0.999*limit) / (over[1] - under[1])
			k.limit = int64(over[0] + t*(under[0]-over[0]))
		case over[1] == 0:
			k.limit = min(r.resized(parts, limit), int64(0.9*under[0]))
		default:
			k.limit = max(r.resized(parts, limit), int64(1.1*over[0]))
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
func (r *run) resized(parts []*master, limit float64) int64 {
	r.k.clear()
	sc := &scratch{}
	for _, w := range parts {
		for _, o := range w.majority() {
			r.holdToo(o, sc)
		}
	}
	held, _ := r.k.demand(func(int32) bool { return true })
	r.k.tune(int64(limit * float64(held) / r.items(parts)))
	r.k.clear()
	return r.k.limit
}
