package solver

import (
	"math"
	"slices"
)

// A walk lowers AgentBound from near prices along a deflected subgradient by Polyak's step (Camerini, Fratta and Maffioli
// 1975). The prices of sites move; those of the limit and the quotas stay, so that what each option's best team is worth
// has to be worked out once only.
type walk struct {
	m      *model
	pr     Prices
	base   []int64 // by option: its best team before the prices of sites, -never for none
	best   []int64 // by agent: what it brings in at the prices
	chosen []choice

	slope     []float64 // by site: by how much the bound rises with the price
	direction []float64
	unit      float64 // what one item adds to a team, about

	stop func() bool
}

// The numbers of the walk.
const (
	walkSteps    = 320
	farthestStep = 12   // the most that a price moves at once, in mean worths of an item
	patience     = 8    // steps without gain before the step is halved
	reach        = 0.05 // how far below the bound the optimum is taken to be at most, as a share of it
	walkEnd      = 2e-4 // smallest share of Polyak's step
	deflection   = 0.7  // weight of the direction before
)

// newWalk is a walk from these prices.
func newWalk(m *model, from *Prices, stop func() bool) *walk {
	p := m.p
	w := &walk{m: m, stop: stop, base: make([]int64, len(m.slot)), best: make([]int64, len(p.Agents)), chosen: make([]choice, len(p.Agents)),
		slope: make([]float64, len(p.Sites)), direction: make([]float64, len(p.Sites)), unit: float64(m.meanWorth())}
	w.pr = Prices{Site: make([]int64, len(p.Sites)), Item: make([]int64, len(p.Items)), Max: make([]int64, len(p.Agents)),
		Min: make([]int64, len(p.Agents)), Quota: slices.Clone(from.Quota), Limit: from.Limit}
	for v, n := range from.Site {
		w.pr.Site[v] = max(n, -p.Sites[v].Penalty)
	}
	m.eachAgent(func(a int32, sc *scratch) {
		cost := m.itemCosts(a, &w.pr, sc)
		for o := m.first[a]; o < m.first[a+1]; o++ {
			w.base[o] = m.team(a, o, cost, sc)
		}
	})
	return w
}

// run walks and gives the lowest bound on the way and its prices; the optimum is taken to be no lower than the target.
func (w *walk) run(target int64) (int64, Prices) {
	lowest, idle, share := int64(math.MaxInt64), 0, 1.0
	at := w.pr
	at.Site = slices.Clone(w.pr.Site)
	for range walkSteps {
		bound := w.evaluate()
		if idle++; bound < lowest {
			lowest, idle = bound, 0
			copy(at.Site, w.pr.Site)
		}
		if idle == patience {
			share, idle = share/2, 0
		}
		below := min(float64(bound-target), reach*math.Abs(float64(bound)))
		if share < walkEnd || w.stop() || !w.along(share*below) {
			break
		}
	}
	return lowest, at
}

// evaluate gives AgentBound at the prices, each agent's choice, and the slopes.
func (w *walk) evaluate() int64 {
	m := w.m
	slotPrice := m.slotPrices(w.pr.Site)
	m.eachAgent(func(a int32, sc *scratch) {
		floor := -m.firstRelief(a)
		sc.gains = sc.gains[:0]
		for o := m.first[a]; o < m.first[a+1]; o++ {
			if v := w.base[o] - slotPrice[m.slot[o]]; v >= floor {
				sc.gains = append(sc.gains, gain{o, v})
			}
		}
		w.best[a], w.chosen[a] = m.agentBest(a, sc.gains, m.itemCosts(a, &w.pr, sc), slotPrice, sc)
	})
	total := m.fixedBound(&w.pr)
	for _, v := range w.best {
		total += v
	}
	w.slopes()
	return total
}

// slopes works out by how much the bound rises with each price, at the choices.
func (w *walk) slopes() {
	m := w.m
	for v := range w.slope {
		w.slope[v] = 1
	}
	for a := range w.chosen {
		for _, o := range w.chosen[a].options[:w.chosen[a].count] {
			for _, v := range m.p.Slots[m.slot[o]].Sites {
				w.slope[v]--
			}
		}
	}
	for v := range w.slope {
		if w.pr.Site[v] <= -m.p.Sites[v].Penalty && w.slope[v] > 0 {
			w.slope[v] = 0 // the penalty holds the price up
		}
	}
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
		by := min(max(-drop/norm*d, -farthestStep*w.unit), farthestStep*w.unit)
		w.pr.Site[v] = max(w.pr.Site[v]+int64(math.Round(by)), -w.m.p.Sites[v].Penalty)
	}
	return true
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

// firstRelief is what a first team saves of the penalty for too few.
func (m *model) firstRelief(a int32) int64 {
	if agent := &m.p.Agents[a]; agent.Min >= 1 {
		return agent.ShortPenalty
	}
	return 0
}
