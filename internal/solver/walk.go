package solver

import (
	"math"
	"math/bits"
)

// A walk lowers AgentBound along a deflected subgradient by Polyak's step (Camerini, Fratta and Maffioli 1975): roughly
// at first, when two teams of an agent may share items, then exactly. The prices of the limit and of quotas move at
// every turn only, a few steps apart, since each option's best team has to be worked out anew then; their paces grow
// while the slope keeps its sign and shrink where it turns (Riedmiller and Braun 1993).
//
// Between turns an agent looks at its lively options only, those not far below its best. What that gives is no bound;
// at each turn the lowest prices since are evaluated in full.
type walk struct {
	m      *model
	pr     Prices
	base   []int64 // by option: its best team before the prices of sites, -never for none
	best   []int64 // by agent: what it brings in at the prices
	chosen []choice
	lively [][]int32 // by agent: options that are looked at between turns
	rough  bool      // pairs of teams may share items
	near   bool      // the prices were good from the start: steps only shrink, and every one is in full

	slope     []float64 // by site, limit, quotas: by how much the bound rises with the price
	pace, was []float64 // by limit, quotas: the next step, the slope before
	direction []float64 // by site
	unit      float64   // what one item adds to a team, about

	stop func() bool
	keep func(bound int64, pr *Prices) // is told every bound in full
}

// The numbers of the walk.
const (
	roughTurns   = 6
	roughSteps   = 12
	fineTurns    = 18
	fineSteps    = 40
	polishTurns  = 1
	polishSteps  = 320
	farthestStep = 12   // the most that a price moves at once, in mean worths of an item
	freshTurns   = 7    // turns whose prices still move so much that the step grows again
	patience     = 8    // steps without gain before the step is halved
	farReach     = 0.3  // how far below the bound the optimum is taken to be at first, as a share of it
	nearReach    = 0.05 // the same from near prices
	nearPace     = 16   // from near prices the limit's and the quotas' move by so much less
	creepEnd     = 2e-4 // smallest share of Polyak's step
	deflection   = 0.7  // weight of the direction before
	quicken      = 1.25 // growth of the limit's and the quotas' paces
	slacken      = 0.5  // and their shrinking
	lively       = 8    // options are lively down to so many times the mean worth of an item below the best
)

func newWalk(m *model, stop func() bool, keep func(int64, *Prices)) *walk {
	p := m.p
	w := &walk{m: m, stop: stop, keep: keep, base: make([]int64, len(m.slot)), best: make([]int64, len(p.Agents)),
		chosen: make([]choice, len(p.Agents)), lively: make([][]int32, len(p.Agents)), slope: make([]float64, len(p.Sites)+1+len(p.Quotas)),
		pace: make([]float64, 1+len(p.Quotas)), was: make([]float64, 1+len(p.Quotas)), direction: make([]float64, len(p.Sites))}
	w.pr = Prices{Site: make([]int64, len(p.Sites)), Item: make([]int64, len(p.Items)), Max: make([]int64, len(p.Agents)),
		Min: make([]int64, len(p.Agents)), Quota: make([]int64, len(p.Quotas))}
	if p.ItemLimit > 0 {
		w.pr.Limit = m.meanWorth()
	}
	w.unit = float64(m.meanWorth())
	w.pace[0] = float64(m.meanWorth()) / 8
	for q := range p.Quotas {
		w.pace[1+q] = float64(p.Quotas[q].Penalty) / 10
	}
	return w
}

// meanWorth is about what one item adds to a team.
func (m *model) meanWorth() int64 {
	sum, n := int64(0), int64(1)
	for k := 0; k < len(m.worth); k += 1 + len(m.worth)/10000 {
		if m.worth[k] != barred {
			sum += max(int64(m.worth[k]), -int64(m.worth[k]))
			n++
		}
	}
	return max(sum/n, 1)
}

// run walks from nothing.
func (w *walk) run(target func() int64) {
	w.rebase()
	w.rough = true
	w.creep(roughTurns, roughSteps, farReach, target)
	w.rough = false
	w.creep(fineTurns, fineSteps, farReach, target)
}

// polish walks from the prices of a relaxation, which are near already.
func (w *walk) polish(from *Prices, target func() int64) {
	for v, n := range from.Site {
		w.pr.Site[v] = max(n, -w.m.p.Sites[v].Penalty)
	}
	copy(w.pr.Quota, from.Quota)
	w.pr.Limit = from.Limit
	w.near = true
	for k := range w.pace {
		w.pace[k] /= nearPace
	}
	w.rebase()
	w.creep(polishTurns, polishSteps, nearReach, target)
}

// rebase works out every option's best team at the prices of the limit and the quotas.
func (w *walk) rebase() {
	w.m.eachAgent(func(a int32, sc *scratch) {
		cost := w.m.itemCosts(a, &w.pr, sc)
		for o := w.m.first[a]; o < w.m.first[a+1]; o++ {
			w.base[o] = w.m.team(a, o, cost, sc)
		}
	})
}

// evaluate gives AgentBound at the prices, each agent's choice, and the slopes. In full it looks at every option and
// notes the lively ones; otherwise at those alone, and what it gives is no bound.
func (w *walk) evaluate(full bool) int64 {
	m := w.m
	slotPrice := m.slotPrices(w.pr.Site)
	margin := lively * m.meanWorth()
	m.eachAgent(func(a int32, sc *scratch) {
		if full {
			w.enliven(a, slotPrice, margin)
		}
		floor := -m.firstRelief(a)
		sc.gains = sc.gains[:0]
		for _, o := range w.lively[a] {
			if v := w.base[o] - slotPrice[m.slot[o]]; v >= floor {
				sc.gains = append(sc.gains, gain{o, v})
			}
		}
		if w.rough && m.p.Agents[a].Max > 1 {
			w.best[a], w.chosen[a] = m.roughPair(a, sc.gains)
		} else {
			w.best[a], w.chosen[a] = m.agentBest(a, sc.gains, m.itemCosts(a, &w.pr, sc), slotPrice, full, sc)
		}
	})
	total := m.fixedBound(&w.pr)
	for _, v := range w.best {
		total += v
	}
	w.slopes()
	return total
}

// enliven lists agent a's lively options: all that are worth more than nothing, and those not far below its best.
func (w *walk) enliven(a int32, slotPrice []int64, margin int64) {
	m := w.m
	floor := -m.firstRelief(a) - margin
	w.lively[a] = w.lively[a][:0]
	for o := m.first[a]; o < m.first[a+1]; o++ {
		if w.base[o] > -never && w.base[o]-slotPrice[m.slot[o]] >= floor {
			w.lively[a] = append(w.lively[a], o)
		}
	}
}

// slopes works out by how much the bound rises with each price, at the choices.
func (w *walk) slopes() {
	m, sites := w.m, len(w.m.p.Sites)
	for v := range sites {
		w.slope[v] = 1
	}
	w.slope[sites] = float64(m.p.ItemLimit)
	clear(w.slope[sites+1:])
	for a := range w.chosen {
		for h, o := range w.chosen[a].options[:w.chosen[a].count] {
			for _, v := range m.p.Slots[m.slot[o]].Sites {
				w.slope[v]--
			}
			for set := w.chosen[a].items[h]; set > 0; set &= set - 1 {
				w.slope[sites]--
				w.countQuotas(int32(a), bits.TrailingZeros64(set))
			}
		}
	}
	for v := range sites {
		if w.pr.Site[v] <= -m.p.Sites[v].Penalty && w.slope[v] > 0 {
			w.slope[v] = 0 // the penalty holds the price up
		}
	}
}

func (w *walk) countQuotas(a int32, position int) {
	agent := &w.m.p.Agents[a]
	if quota := w.m.p.Items[agent.Pool[position]].Quota; quota != nil {
		for _, q := range agent.Quotas {
			w.slope[len(w.m.p.Sites)+1+int(q)] -= float64(quota[q])
		}
	}
}

// creep takes so many turns of so many steps. After each, the lowest prices on the way are evaluated in full and told.
func (w *walk) creep(turns, steps int, reach float64, target func() int64) {
	share := 1.0
	for n := range turns {
		w.evaluate(true)
		if !w.near && n < freshTurns {
			share = min(1, 2*share)
		}
		share = w.steps(steps, share, reach, target)
		if share < creepEnd || w.stop() {
			return
		}
		if !w.rough {
			w.turn()
		}
	}
}

// steps creeps along and gives the share of Polyak's step that is left.
func (w *walk) steps(n int, share, reach float64, target func() int64) float64 {
	lowest, idle := int64(math.MaxInt64), 0
	at := make([]int64, len(w.pr.Site))
	for range n {
		bound := w.evaluate(w.near)
		if idle++; bound < lowest {
			lowest, idle = bound, 0
			copy(at, w.pr.Site)
		}
		if idle == patience {
			share, idle = share/2, 0
		}
		below := min(float64(bound-target()), reach*math.Abs(float64(bound)))
		if w.stop() || !w.along(share*below) {
			break
		}
	}
	if !w.rough && lowest < math.MaxInt64 {
		w.tell(at)
	}
	return share
}

// tell evaluates prices of sites in full and comes back.
func (w *walk) tell(site []int64) {
	now := w.pr.Site
	w.pr.Site = site
	w.keep(w.evaluate(true), &w.pr)
	w.pr.Site = now
	w.evaluate(true)
}

// along moves the prices of sites so far that the bound would fall by the drop if it were linear. It is false where no
// price wants to move.
func (w *walk) along(drop float64) bool {
	norm := 0.0
	for v := range w.direction {
		w.direction[v] = deflection*w.direction[v] + (1-deflection)*w.slope[v]
		norm += w.direction[v] * w.direction[v]
	}
	if norm == 0 || drop <= 0 {
		return false
	}
	for v, d := range w.direction {
		w.moveSite(v, min(max(-drop/norm*d, -farthestStep*w.unit), farthestStep*w.unit))
	}
	return true
}

func (w *walk) moveSite(v int, by float64) {
	w.pr.Site[v] = max(w.pr.Site[v]+int64(math.Round(by)), -w.m.p.Sites[v].Penalty)
}

// turn moves the prices of the limit and the quotas, each by its own pace.
func (w *walk) turn() {
	sites := len(w.m.p.Sites)
	for k := range w.pace {
		s := w.slope[sites+k]
		switch {
		case s*w.was[k] > 0:
			w.pace[k] *= quicken
		case s*w.was[k] < 0:
			w.pace[k] *= slacken
		}
		if s == 0 || k == 0 && w.m.p.ItemLimit == 0 {
			continue
		}
		w.was[k] = s
		by := int64(math.Round(-math.Copysign(w.pace[k], s)))
		if k == 0 {
			w.pr.Limit = max(w.pr.Limit+by, 0)
		} else {
			w.pr.Quota[k-1] = min(max(w.pr.Quota[k-1]+by, 0), w.m.p.Quotas[k-1].Penalty)
		}
	}
	w.rebase()
}

// firstRelief is what a first team saves of the penalty for too few.
func (m *model) firstRelief(a int32) int64 {
	if agent := &m.p.Agents[a]; agent.Min >= 1 {
		return agent.ShortPenalty
	}
	return 0
}

// roughPair is agent a's best two options, as if no item were in both: an upper bound on what it can do with them.
func (m *model) roughPair(a int32, gains []gain) (int64, choice) {
	agent := &m.p.Agents[a]
	best, chosen := -agent.ShortPenalty*agent.Min, choice{}
	leading(gains, 2)
	v := int64(0)
	for h := range min(2, len(gains)) {
		v += gains[h].value
		after := v - agent.ShortPenalty*max(0, agent.Min-int64(h)-1)
		if after <= best {
			break
		}
		best = after
		chosen.options[h] = gains[h].option
		chosen.count++
		chosen.items[h] = 1<<m.p.Slots[m.slot[gains[h].option]].MinSize - 1
	}
	return best, chosen
}
