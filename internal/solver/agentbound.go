package solver

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// AgentBound is a second upper bound, never above what Bound can reach, from the prices of sites, the limit and quotas
// alone: no plan scores more than
//
//	Σ_v max(σ_v, −penalty_v) + λ·limit + Σ_agents best
//
// where best is the most that one agent's teams together bring in after these prices: at most Max teams, no item in two
// of them, its lack of teams below Min taken off. It relaxes only that a site is covered once, the limit and the quotas.
// Bound lets an agent's items serve by thirds, so that two thirds of two teams make a team and a third; here an agent's
// teams are made of whole items. The prices Item, Max and Min are not looked at. The problem has to pass Validate; where
// a worth is out of its range the bound is math.MaxInt64.
func AgentBound(p *Problem, pr Prices) int64 {
	m := compile(p, workers(0))
	if m.excess.Load() {
		return math.MaxInt64
	}
	return m.agentBound(&pr)
}

// agentBound is AgentBound on the compiled problem.
func (m *model) agentBound(pr *Prices) int64 {
	free := Prices{Site: pr.Site, Limit: pr.Limit, Quota: pr.Quota, Item: make([]int64, len(m.p.Items)),
		Max: make([]int64, len(m.p.Agents)), Min: make([]int64, len(m.p.Agents))}
	slotPrice := m.slotPrices(free.Site)
	best := make([]int64, len(m.p.Agents))
	m.eachAgent(func(a int32, sc *scratch) {
		cost := m.itemCosts(a, &free, sc)
		gains := sc.gains[:0]
		for o := m.first[a]; o < m.first[a+1]; o++ {
			if v := m.team(a, o, cost, sc); v > -never {
				gains = append(gains, gain{o, v - slotPrice[m.slot[o]]})
			}
		}
		sc.gains = gains
		best[a], _ = m.agentBest(a, gains, cost, slotPrice, true, sc)
	})
	total := m.fixedBound(&free)
	for _, v := range best {
		total += v
	}
	return total
}

// gain is what the best team for an option brings in on its own.
type gain struct {
	option int32
	value  int64
}

// choice is what an agent does: its options, and the items of its teams by position in its pool.
type choice struct {
	options [2]int32 // the first count of them
	count   int
	items   [2]uint64 // by option; positions from 64 on are left out
}

// subsetItems is the largest pool over whose subsets an agent's teams are made exactly.
const subsetItems = 12

// agentBest is the most that agent a's teams bring in after prices, given what each option does on its own, and a choice
// that does so. Beyond two teams, or beyond a pool of subsetItems, teams may share items: an upper bound still.
func (m *model) agentBest(a int32, gains []gain, cost, slotPrice []int64, exact bool, sc *scratch) (int64, choice) {
	agent := &m.p.Agents[a]
	top := gain{-1, -never}
	for _, g := range gains {
		if g.value > top.value {
			top = g
		}
	}
	best, chosen := -agent.ShortPenalty*agent.Min, choice{}
	if agent.Max == 0 || top.option < 0 {
		return best, chosen
	}
	if v := top.value - agent.ShortPenalty*max(0, agent.Min-1); v > best {
		best, chosen = v, choice{options: [2]int32{top.option}, count: 1, items: [2]uint64{m.teamItems(a, top.option, cost, sc)}}
	}
	switch {
	case agent.Max == 1 || len(m.leaders[a]) < 2:
	case agent.Max == 2 && len(agent.Pool) <= subsetItems:
		if v, pair := m.bestPair(a, gains, cost, slotPrice, exact, sc); v-agent.ShortPenalty*max(0, agent.Min-2) > best {
			best, chosen = v-agent.ShortPenalty*max(0, agent.Min-2), pair
		}
	default:
		for k := int64(2); k <= min(agent.Max, int64(len(agent.Pool))); k++ {
			if v := k*top.value - agent.ShortPenalty*max(0, agent.Min-k); v > best {
				best = v
			}
		}
	}
	return best, chosen
}

// teamItems are the items of the best team for the option.
func (m *model) teamItems(a, o int32, cost []int64, sc *scratch) uint64 {
	m.choose(a, o, cost, sc)
	set := uint64(0)
	for _, j := range sc.pick {
		set |= 1 << j
	}
	return set
}

// bestPair is the best that two teams on disjoint items do together. With f(S) the best team of exactly the items S and
// g(S) the best f within S, that is the most of f(S) + g(pool∖S). Options come in best first; one that with the best of
// all would not beat the pair found so far ends the search.
func (m *model) bestPair(a int32, gains []gain, cost, slotPrice []int64, exact bool, sc *scratch) (int64, choice) {
	leading(gains, pairFirst)
	size := 1 << len(m.p.Agents[a].Pool)
	sc.exact = append(sc.exact[:0], make([]gain, size)...)
	for s := range sc.exact {
		sc.exact[s] = gain{-1, impossible}
	}
	best, chosen := -m.secondRelief(a), choice{}
	if len(gains) > 0 {
		best += gains[0].value // one team alone
	}
	for from := 0; from < len(gains); from += pairBatch {
		if from == pairFirst && !exact {
			break
		}
		if from == pairFirst {
			leading(gains, len(gains))
		}
		if gains[from].value+gains[0].value <= best {
			break
		}
		for _, g := range gains[from:min(from+pairBatch, len(gains))] {
			m.fillExact(a, g.option, cost, slotPrice, sc)
		}
		if v, pair := m.pairOf(sc); v > best {
			best, chosen = v, pair
		}
	}
	if chosen.count == 0 {
		return -never, chosen
	}
	return best, chosen
}

// pairBatch is how many options are looked at between two looks for pairs, pairFirst how many are put in order at first.
const (
	pairBatch = 6
	pairFirst = 2 * pairBatch
)

// leading puts the n best gains in front, the best first.
func leading(gains []gain, n int) {
	better := func(x, y gain) bool { return x.value > y.value || x.value == y.value && x.option < y.option }
	if n < len(gains)/4 {
		for k := 1; k < len(gains); k++ {
			if k >= n && !better(gains[k], gains[n-1]) {
				continue
			}
			at, g := k, gains[k]
			if k >= n {
				at = n - 1
				gains[k] = gains[at]
			}
			for ; at > 0 && better(g, gains[at-1]); at-- {
				gains[at] = gains[at-1]
			}
			gains[at] = g
		}
		return
	}
	slices.SortFunc(gains, func(x, y gain) int { return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(x.option, y.option)) })
}

// secondRelief is what a second team saves of the penalty for too few.
func (m *model) secondRelief(a int32) int64 {
	if agent := &m.p.Agents[a]; agent.Min >= 2 {
		return agent.ShortPenalty
	}
	return 0
}

// pairOf is the best pair among the exact teams, and -never where there is none.
func (m *model) pairOf(sc *scratch) (int64, choice) {
	full := len(sc.exact) - 1
	sc.inside = append(sc.inside[:0], make([]int32, full+1)...)
	for s := range sc.inside {
		sc.inside[s] = int32(s)
		for b := s; b > 0; b &= b - 1 {
			if r := sc.inside[s&^(b&-b)]; sc.exact[r].value > sc.exact[sc.inside[s]].value {
				sc.inside[s] = r
			}
		}
	}
	best, chosen := -never, choice{}
	for s := range sc.exact {
		rest := sc.inside[full&^s]
		if v := sc.exact[s].value + sc.exact[rest].value; sc.exact[s].option >= 0 && sc.exact[rest].option >= 0 && v > best {
			best = v
			chosen = choice{options: [2]int32{sc.exact[s].option, sc.exact[rest].option}, count: 2,
				items: [2]uint64{uint64(s), uint64(rest)}}
		}
	}
	return best, chosen
}

// fillExact holds the option's team of every set of items against the best for that set so far.
func (m *model) fillExact(a, o int32, cost, slotPrice []int64, sc *scratch) {
	pool := m.p.Agents[a].Pool
	slot := &m.p.Slots[m.slot[o]]
	ws := m.worths(a, o)
	allowed, forced := 0, 0
	for j, i := range pool {
		if ws[j] != barred {
			allowed |= 1 << j
		}
		for _, f := range slot.Forced {
			if f == i {
				forced |= 1 << j
			}
		}
	}
	base := m.points[o] - slotPrice[m.slot[o]]
	sc.sum, sc.lead = room(sc.sum, 1<<len(pool)), room(sc.lead, 1<<len(pool))
	sc.sum[0], sc.lead[0] = base, impossible
	for s := allowed & -allowed; s > 0; s = (s - allowed) & allowed { // the subsets of allowed, ascending
		j := bits.TrailingZeros(uint(s))
		rest := s & (s - 1)
		sc.sum[s] = sc.sum[rest] + int64(ws[j]) - cost[j]
		sc.lead[s] = sc.lead[rest]
		if it := &m.p.Items[pool[j]]; it.Leads {
			sc.lead[s] = max(sc.lead[s], it.LeadBonus)
		}
		size := bits.OnesCount(uint(s))
		if v := sc.sum[s] + sc.lead[s]; size >= slot.MinSize && size <= slot.MaxSize && s&forced == forced && v > sc.exact[s].value {
			sc.exact[s] = gain{o, v}
		}
	}
}
