package solver

import (
	"cmp"
	"slices"
)

// forcedBonus makes forced items come before all others; amounts are held far below it by Validate.
const forcedBonus = int64(1) << 48

// scratch is one goroutine's working memory.
type scratch struct {
	worker int
	zero   []int64 // all zero
	cost   []int64
	own    []int64
	top    []int64 // the best values of a team's candidates, best first
	pick   []int32 // pool positions of a team, leader first
	order  []int32
	wanted []wanted
	lp     agentLP

	picks [][]int32 // by team of joint
	list  []int32   // pool positions that split may use
	turn  []int
	left  []int64
	opts  []int32
	spare []int32

	setO, setQ, within, sum, lead []int64 // by set of list

	gains  []gain  // of one agent's options
	exact  []gain  // best team of exactly a set of pool items
	inside []int32 // the set within a set whose exact team is best
}

// zeros returns n zeros, to be left zero.
func (sc *scratch) zeros(n int) []int64 {
	for len(sc.zero) < n {
		sc.zero = append(sc.zero, 0)
	}
	return sc.zero[:n]
}

// withForced returns the costs that make a team hold the forced items of its slot, and what that adds to its value.
func (m *model) withForced(a, o int32, cost []int64, sc *scratch) ([]int64, int64) {
	forced := m.p.Slots[m.slot[o]].Forced
	if len(forced) == 0 {
		return cost, 0
	}
	sc.own = append(sc.own[:0], cost...)
	pool := m.p.Agents[a].Pool
	for _, i := range forced {
		if j := slices.Index(pool, i); j >= 0 && cost[j] < never {
			sc.own[j] -= forcedBonus
		}
	}
	return sc.own, forcedBonus * int64(len(forced))
}

// team returns the value of the best team for option o of agent a, where the item at pool position j costs cost[j]
// (never: it is not to be had): points + worths + leader's bonus − costs, or -never where there is no team.
//
// The t others beside a leader ℓ are the t best candidates, ℓ aside; t is as many as add something, within the slot's
// size. With the candidates' values v₀ ≥ v₁ ≥ … they and ℓ are worth v₀+…+v_{t−1} + min(v_ℓ, v_t), be ℓ among the first
// t or not. So one pass that keeps a short sorted list settles all leaders.
func (m *model) team(a, o int32, cost []int64, sc *scratch) int64 {
	slot := &m.p.Slots[m.slot[o]]
	cost, extra := m.withForced(a, o, cost, sc)
	ws := m.worths(a, o)
	top := sc.top[:0]
	able, gainful := 0, 0
	for j, w := range ws {
		if w == barred || cost[j] >= never {
			continue
		}
		v := int64(w) - cost[j]
		able++
		if v > 0 {
			gainful++
		}
		k := len(top)
		if k < slot.MaxSize {
			top = append(top, v)
		} else if k--; top[k] >= v {
			continue
		}
		for ; k > 0 && top[k-1] < v; k-- {
			top[k] = top[k-1]
		}
		top[k] = v
	}
	sc.top = top
	if able < slot.MinSize || able == 0 {
		return -never
	}
	best := -never
	for _, j := range m.leaders[a] {
		if ws[j] == barred || cost[j] >= never {
			continue
		}
		v := int64(ws[j]) - cost[j]
		others := gainful
		if v > 0 {
			others--
		}
		others = min(max(others, slot.MinSize-1), slot.MaxSize-1)
		total := m.p.Items[m.p.Agents[a].Pool[j]].LeadBonus + min(v, top[others])
		for _, w := range top[:others] {
			total += w
		}
		best = max(best, total)
	}
	best -= extra
	if best < -forcedBonus/2 {
		return -never
	}
	return best + m.points[o]
}

// choose is team for those who need the members: it leaves their pool positions in sc.pick, the leader first.
func (m *model) choose(a, o int32, cost []int64, sc *scratch) int64 {
	best := m.team(a, o, cost, sc)
	sc.pick = sc.pick[:0]
	if best == -never {
		return best
	}
	slot := &m.p.Slots[m.slot[o]]
	eff, extra := m.withForced(a, o, cost, sc)
	ws := m.worths(a, o)
	sc.order = sc.order[:0]
	for j, w := range ws {
		if w != barred && eff[j] < never {
			sc.order = append(sc.order, int32(j))
		}
	}
	value := func(j int32) int64 { return int64(ws[j]) - eff[j] }
	slices.SortStableFunc(sc.order, func(x, y int32) int { return cmp.Compare(value(y), value(x)) })
	for _, l := range m.leaders[a] {
		if ws[l] == barred || eff[l] >= never {
			continue
		}
		total := m.p.Items[m.p.Agents[a].Pool[l]].LeadBonus + value(l)
		sc.pick = append(sc.pick[:0], l)
		for _, j := range sc.order {
			if size := len(sc.pick); size == slot.MaxSize || size >= slot.MinSize && value(j) <= 0 {
				break
			}
			if j != l {
				sc.pick = append(sc.pick, j)
				total += value(j)
			}
		}
		if total-extra+m.points[o] == best {
			return best
		}
	}
	panic("solver: team and choose disagree")
}
