package solver

import (
	"math"
	"math/bits"
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
		best[a], _ = m.agentBest(a, gains, cost, slotPrice, sc)
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

// choice is what an agent does: its options and how many items its teams hold together.
type choice struct {
	options [2]int32 // the first count of them
	count   int
	items   int
}

// subsetItems is the largest pool over whose subsets an agent's teams are made exactly.
const subsetItems = 12

// agentBest is the most that agent a's teams bring in after prices, given what each option does on its own, and a choice
// that does so. Beyond two teams, or beyond a pool of subsetItems, teams may share items: an upper bound still.
func (m *model) agentBest(a int32, gains []gain, cost, slotPrice []int64, sc *scratch) (int64, choice) {
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
		best, chosen = v, choice{options: [2]int32{top.option}, count: 1, items: m.teamSize(a, top.option, cost, sc)}
	}
	switch {
	case agent.Max == 1:
	case agent.Max == 2 && len(agent.Pool) <= subsetItems:
		if v, pair := m.bestPair(a, gains, cost, slotPrice, sc); v-agent.ShortPenalty*max(0, agent.Min-2) > best {
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

// teamSize is how many items the best team for the option has.
func (m *model) teamSize(a, o int32, cost []int64, sc *scratch) int {
	m.choose(a, o, cost, sc)
	return len(sc.pick)
}

// bestPair is the best that two teams on disjoint items do together. With f(S) the best team of exactly the items S and
// g(S) the best f within S, that is the most of f(S) + g(pool∖S).
func (m *model) bestPair(a int32, gains []gain, cost, slotPrice []int64, sc *scratch) (int64, choice) {
	n := len(m.p.Agents[a].Pool)
	full := 1<<n - 1
	sc.exact = append(sc.exact[:0], make([]gain, full+1)...)
	for s := range sc.exact {
		sc.exact[s] = gain{-1, impossible}
	}
	// An option whose best team loses more than a second team can be worth is in no best pair.
	floor := -m.p.Agents[a].ShortPenalty
	for _, g := range gains {
		if g.value >= floor {
			m.fillExact(a, g.option, cost, slotPrice, sc)
		}
	}
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
				items: bits.OnesCount(uint(s)) + bits.OnesCount(uint(rest))}
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
	for s := 1; s < 1<<len(pool); s++ {
		if s&^allowed != 0 {
			continue
		}
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
