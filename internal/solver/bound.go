package solver

import "math"

// Bound is the certificate: for any prices within their signs (CheckPrices) no plan scores more than
//
//	Σ_v σ_v + Σ_i π_i + λ·limit + Σ_a (α_a·max_a − β_a·min_a) + Σ_v max(0, −penalty_v − σ_v) + Σ_sets max(0, best)
//
// where best is the most that a team for the set brings in after all prices (dispatch contract §5). It is the Lagrangian
// relaxation of "at most once" for sites and items, of the agents' numbers, the limit and the quotas. The problem has to
// pass Validate; where a worth is out of its range the bound is math.MaxInt64.
func Bound(p *Problem, pr Prices) int64 {
	m := compile(p, workers(0))
	if m.excess.Load() {
		return math.MaxInt64
	}
	return m.bound(&pr)
}

// bound is Bound on the compiled problem.
func (m *model) bound(pr *Prices) int64 {
	total := m.fixedBound(pr)
	slotPrice := m.slotPrices(pr.Site)
	best := make([][]int64, m.workers)
	m.eachAgent(func(a int32, sc *scratch) {
		if best[sc.worker] == nil {
			best[sc.worker] = make([]int64, m.sets)
		}
		most := best[sc.worker]
		cost := m.itemCosts(a, pr, sc)
		rent := pr.Max[a] - pr.Min[a]
		for o := m.first[a]; o < m.first[a+1]; o++ {
			s := m.slot[o]
			if v := m.team(a, o, cost, sc) - rent - slotPrice[s]; v > most[m.p.Slots[s].Set] {
				most[m.p.Slots[s].Set] = v
			}
		}
	})
	for k := range m.sets {
		most := int64(0)
		for _, b := range best {
			if b != nil {
				most = max(most, b[k])
			}
		}
		total += most
	}
	return total
}

// fixedBound is the part of the bound that no team has to do with.
func (m *model) fixedBound(pr *Prices) int64 {
	p := m.p
	total := pr.Limit * p.ItemLimit
	for v, n := range pr.Site {
		total += max(n, -p.Sites[v].Penalty)
	}
	for _, n := range pr.Item {
		total += n
	}
	for a := range p.Agents {
		total += pr.Max[a]*p.Agents[a].Max - pr.Min[a]*p.Agents[a].Min
	}
	return total
}

// slotPrices adds up the prices of each slot's sites.
func (m *model) slotPrices(site []int64) []int64 {
	out := make([]int64, len(m.p.Slots))
	for s := range out {
		for _, v := range m.p.Slots[s].Sites {
			out[s] += site[v]
		}
	}
	return out
}

// itemCosts returns what each pool item of agent a costs at the prices, valid until the next call.
func (m *model) itemCosts(a int32, pr *Prices, sc *scratch) []int64 {
	agent := &m.p.Agents[a]
	sc.cost = sc.cost[:0]
	for _, i := range agent.Pool {
		sc.cost = append(sc.cost, pr.Item[i]+m.dues(a, i, pr))
	}
	return sc.cost
}

// dues is what item i in a team of agent a owes to the limit and the quotas.
func (m *model) dues(a, i int32, pr *Prices) int64 {
	c := pr.Limit
	if quota := m.p.Items[i].Quota; quota != nil {
		for _, q := range m.p.Agents[a].Quotas {
			c += pr.Quota[q] * quota[q]
		}
	}
	return c
}
