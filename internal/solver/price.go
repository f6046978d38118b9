package solver

import (
	"cmp"
	"slices"
)

// wanted is an option whose best team gains something.
type wanted struct {
	option int32
	gain   float64
}

// perAgent is how many teams of one agent a pricing adds at most.
const perAgent = 4

// price looks for teams that gain more than least at the smoothed prices and adds those that do so at the true ones.
// It returns the largest gain.
func (w *master) price(least float64) float64 {
	w.smoothen()
	p := w.k.m.p
	var pr Prices
	if w.limitRow >= 0 {
		pr.Limit = max(0, whole(w.smooth[w.limitRow]))
	}
	for _, r := range w.quotaRow {
		pr.Quota = append(pr.Quota, max(0, whole(w.smooth[r])))
	}
	for _, v := range w.block.sites {
		w.at.price[v] = whole(w.smooth[w.at.site[v]])
	}
	for _, v := range w.block.sites {
		for _, s := range w.k.m.slotsOf(v) {
			if sites := p.Slots[s].Sites; sites[0] == v && w.at.inside(sites, w.id) {
				w.at.slotPrice[s] = 0
				for _, u := range sites {
					w.at.slotPrice[s] += w.at.price[u]
				}
			}
		}
	}
	found := make([][]teamColumn, len(w.block.agents))
	w.each(len(found), func(n int, sc *scratch) { found[n] = w.priceAgent(w.block.agents[n], w.options[n], &pr, least, sc) })
	most := 0.0
	for _, list := range found {
		for _, t := range list {
			if g := w.lp.gain(w.add(t)); g > least {
				most = max(most, g)
			} else {
				w.removeLast()
			}
		}
	}
	return most
}

// smoothen draws the prices used for pricing after the true ones; that keeps them from swinging (Wentges 1997).
func (w *master) smoothen() {
	if len(w.smooth) == 0 {
		w.smooth = slices.Clone(w.lp.y)
	}
	for r, y := range w.lp.y {
		w.smooth[r] = (w.smooth[r] + y) / 2
	}
}

// priceAgent returns the teams of an agent that gain most.
func (w *master) priceAgent(a int32, options []int32, pr *Prices, least float64, sc *scratch) []teamColumn {
	k, m := w.k, w.k.m
	cost := w.costs(a, pr, sc)
	rent := w.smooth[w.at.max[a]]
	if r := w.at.min[a]; r >= 0 {
		rent += w.smooth[r]
	}
	drift := k.drift(a, cost)
	bar, touched := least, w.touched[a]
	list := sc.wanted[:0]
	for _, o := range options {
		s := m.slot[o]
		slot := &m.p.Slots[s]
		net := -w.at.slotPrice[s]
		if touched {
			net += w.extra[o]
		}
		if float64(k.value[o]+drift*int64(slot.MaxSize)+net)-rent <= bar {
			continue
		}
		g := float64(m.team(a, o, cost, sc)+net) - rent
		if g <= bar {
			continue
		}
		list = append(list, wanted{o, g})
		slices.SortStableFunc(list, func(x, y wanted) int { return cmp.Compare(y.gain, x.gain) })
		if len(list) >= perAgent {
			list = list[:perAgent]
			bar = list[perAgent-1].gain
		}
	}
	sc.wanted = list
	out := make([]teamColumn, 0, len(list))
	for _, c := range list {
		m.choose(a, c.option, cost, sc)
		out = append(out, teamColumn{a, c.option, slices.Clone(sc.pick)})
	}
	return out
}

// costs returns what the pool items of agent a cost at the smoothed prices.
func (w *master) costs(a int32, pr *Prices, sc *scratch) []int64 {
	sc.cost = sc.cost[:0]
	for j, i := range w.k.m.p.Agents[a].Pool {
		c := w.k.dues[a][j]
		if w.coupled() {
			c = w.dues(a, i, pr)
		}
		if r := w.at.item[i]; r >= 0 {
			c += max(0, whole(w.smooth[r]))
		}
		sc.cost = append(sc.cost, c)
	}
	return sc.cost
}

// dues is what item i owes to the rows of limit and quotas.
func (w *master) dues(a, i int32, pr *Prices) int64 {
	if len(pr.Quota) > 0 {
		return w.k.m.dues(a, i, pr)
	}
	return pr.Limit
}

// drift is how much an item of agent a may have become cheaper since the values were worked out, at most.
func (k *market) drift(a int32, cost []int64) int64 {
	d := int64(0)
	for j, c := range cost {
		d = max(d, k.dues[a][j]-c)
	}
	return d
}

func whole(x float64) int64 {
	if x < 0 {
		return -int64(-x + 0.5)
	}
	return int64(x + 0.5)
}

// settle prices teams in and pivots until no team gains more than least.
func (w *master) settle(least float64, stop func() bool) {
	w.smooth = append(w.smooth[:0], w.lp.y...)
	for !stop() {
		from, pivots := int32(len(w.lp.cost)), w.lp.pivots
		most := w.price(least)
		if int32(len(w.lp.cost)) > from {
			bar := max(least, most/8)
			w.lp.improve(from, bar, stop)
			w.lp.improve(0, bar, stop)
			continue
		}
		steady := slices.Equal(w.smooth, w.lp.y)
		w.lp.improve(0, least, stop)
		if steady && w.lp.pivots == pivots {
			return
		}
		copy(w.smooth, w.lp.y)
	}
}

// improve pivots on the columns from the given one on until none gains more than least: each time the best of the next
// few hundred.
func (s *simplex) improve(from int32, least float64, stop func() bool) {
	const segment = 256
	n := int32(len(s.cost)) - from
	for at, idle := int32(0), int32(0); idle < n && !stop(); {
		best, gain := int32(-1), least
		for range min(segment, n) {
			if g := s.gain(from + at); g > gain {
				best, gain = from+at, g
			}
			idle++
			if at++; at == n {
				at = 0
			}
		}
		if best >= 0 && s.pivot(best, gain) {
			idle = 0
		}
	}
}

// export makes the program's prices the market's.
func (w *master) export() {
	k := w.k
	for _, v := range w.block.sites {
		k.price[v] = max(whole(w.lp.y[w.at.site[v]]), -k.m.p.Sites[v].Penalty)
	}
	if w.limitRow >= 0 {
		k.limit = max(0, whole(w.lp.y[w.limitRow]))
	}
	for q, r := range w.quotaRow {
		k.quota[q] = min(k.m.p.Quotas[q].Penalty, max(0, whole(w.lp.y[r])))
	}
}

// release brings the limit's price, which the parts were solved at, to its own value: what a spare item is paid falls
// step by step until the limit is reached or spare items are worth nothing.
func (w *master) release(least float64, stop func() bool) {
	if w.limitRow < 0 {
		return
	}
	step := w.lp.cost[w.limitRow] / 64
	for w.lp.cost[w.limitRow] > 0 && !stop() {
		pos := slices.Index(w.lp.basis, w.limitRow)
		drop := min(step, w.lp.cost[w.limitRow])
		if pos < 0 {
			drop = w.lp.cost[w.limitRow]
		}
		w.lp.cost[w.limitRow] -= drop
		if pos >= 0 {
			w.lp.reprice(int32(pos), -drop)
		}
		w.settle(least, stop)
	}
}
