package solver

import "math/bits"

// jointItems is how many items of a pool two teams are split over exactly.
const jointItems = 10

// impossible marks a team that cannot be made in sums that must not overflow.
const impossible = -int64(1) << 56

// joint staffs several options of agent a at once, no item twice, at the given costs. It returns what the teams are
// worth together, or -never and no picks where no way was found, and leaves each team's pool positions in sc.picks, leader first.
// One team, and two from a pool of jointItems at most, are staffed in the best way; beyond that pairs take turns.
func (m *model) joint(a int32, options []int32, cost []int64, sc *scratch) int64 {
	for len(sc.picks) < len(options) {
		sc.picks = append(sc.picks, nil)
	}
	v := m.staffAll(a, options, cost, sc)
	if v == -never { // what an earlier agent left must not pass for this one's
		for h := range options {
			sc.picks[h] = sc.picks[h][:0]
		}
	}
	return v
}

func (m *model) staffAll(a int32, options []int32, cost []int64, sc *scratch) int64 {
	switch n := len(options); {
	case n == 0:
		return 0
	case n == 1:
		v := m.choose(a, options[0], cost, sc)
		sc.picks[0] = append(sc.picks[0][:0], sc.pick...)
		return v
	case n == 2 && len(cost) <= jointItems:
		sc.list = sc.list[:0]
		for j := range cost {
			sc.list = append(sc.list, int32(j))
		}
		return m.split(a, options[0], options[1], 0, 1, cost, sc)
	}
	return m.takeTurns(a, options, cost, sc)
}

// split staffs options o and q, as teams x and y of sc.picks, from the pool positions in sc.list.
//
// A team's value is the sum over its items and the highest bonus among its leaders, so it depends on the set alone; with
// f_q(S) the best team for q within S, the best split is max over T of value_o(T) + f_q(list∖T).
func (m *model) split(a, o, q int32, x, y int, cost []int64, sc *scratch) int64 {
	full := uint32(1)<<len(sc.list) - 1
	sc.setO, sc.setQ = room(sc.setO, int(full)+1), room(sc.setQ, int(full)+1)
	m.teamsBySet(a, o, cost, sc, sc.setO)
	m.teamsBySet(a, q, cost, sc, sc.setQ)
	sc.within = append(sc.within[:0], sc.setQ...)
	for b := range sc.list {
		for set := range sc.within {
			if set>>b&1 == 1 {
				sc.within[set] = max(sc.within[set], sc.within[set&^(1<<b)])
			}
		}
	}
	best, at := impossible, uint32(0)
	for set, v := range sc.setO {
		if w := v + sc.within[full&^uint32(set)]; w > best {
			best, at = w, uint32(set)
		}
	}
	extra := forcedBonus * int64(len(m.p.Slots[m.slot[o]].Forced)+len(m.p.Slots[m.slot[q]].Forced))
	if best-extra < -forcedBonus/2 {
		return -never
	}
	sc.picks[x] = m.leaderFirst(a, at, sc, sc.picks[x])
	rest := full &^ at
	for set, v := range sc.setQ {
		if s := uint32(set); s&rest == s && v == sc.within[rest] {
			sc.picks[y] = m.leaderFirst(a, s, sc, sc.picks[y])
			break
		}
	}
	return best - extra + m.points[o] + m.points[q]
}

func room(s []int64, n int) []int64 {
	if cap(s) < n {
		return make([]int64, n)
	}
	return s[:n]
}

// teamsBySet puts the value of every set of sc.list as a team for option o into out, points aside.
func (m *model) teamsBySet(a, o int32, cost []int64, sc *scratch, out []int64) {
	slot := &m.p.Slots[m.slot[o]]
	eff, _ := m.withForced(a, o, cost, sc)
	ws := m.worths(a, o)
	pool := m.p.Agents[a].Pool
	var value, bonus [jointItems]int64
	for b, j := range sc.list {
		value[b], bonus[b] = impossible, impossible
		if ws[j] != barred && eff[j] < never {
			value[b] = int64(ws[j]) - eff[j]
		}
		if m.p.Items[pool[j]].Leads {
			bonus[b] = m.p.Items[pool[j]].LeadBonus
		}
	}
	sc.sum, sc.lead = room(sc.sum, len(out)), room(sc.lead, len(out))
	sc.sum[0], sc.lead[0], out[0] = 0, impossible, impossible
	for set := 1; set < len(out); set++ {
		b := bits.TrailingZeros32(uint32(set))
		rest := set & (set - 1)
		sc.sum[set] = sc.sum[rest] + value[b]
		sc.lead[set] = max(sc.lead[rest], bonus[b])
		if n := bits.OnesCount32(uint32(set)); n >= slot.MinSize && n <= slot.MaxSize {
			out[set] = sc.sum[set] + sc.lead[set]
		} else {
			out[set] = impossible / 4
		}
	}
}

// leaderFirst lists a set of sc.list with the item of the highest bonus in front.
func (m *model) leaderFirst(a int32, set uint32, sc *scratch, out []int32) []int32 {
	pool := m.p.Agents[a].Pool
	out = out[:0]
	at := -1
	for b, j := range sc.list {
		if set>>b&1 == 0 {
			continue
		}
		it := &m.p.Items[pool[j]]
		if it.Leads && (at < 0 || it.LeadBonus > m.p.Items[pool[out[at]]].LeadBonus) {
			at = len(out)
		}
		out = append(out, j)
	}
	out[0], out[at] = out[at], out[0]
	return out
}

// takeTurns staffs the options one after the other and then lets pairs of teams split anew what they and nobody hold.
func (m *model) takeTurns(a int32, options []int32, cost []int64, sc *scratch) int64 {
	if !m.inTurn(a, options, cost, sc) {
		return -never
	}
	last := len(options) - 1
	for h := range last {
		m.splitAnew(a, options, h, last, cost, sc)
		m.splitAnew(a, options, h, h+1, cost, sc)
	}
	total := int64(0)
	for h, o := range options {
		total += m.staffed(a, o, sc.picks[h], cost)
	}
	return total
}

// inTurn gives each option the best of what is left; one that finds too little goes first in another try.
func (m *model) inTurn(a int32, options []int32, cost []int64, sc *scratch) bool {
	sc.turn = sc.turn[:0]
	for h := range options {
		sc.turn = append(sc.turn, h)
	}
next:
	for range options {
		sc.left = append(sc.left[:0], cost...)
		for n, h := range sc.turn {
			if m.choose(a, options[h], sc.left, sc) == -never {
				copy(sc.turn[1:n+1], sc.turn[:n])
				sc.turn[0] = h
				continue next
			}
			sc.picks[h] = append(sc.picks[h][:0], sc.pick...)
			for _, j := range sc.pick {
				sc.left[j] = never
			}
		}
		return true
	}
	return false
}

// splitAnew improves teams x and y together.
func (m *model) splitAnew(a int32, options []int32, x, y int, cost []int64, sc *scratch) {
	sc.list = append(append(sc.list[:0], sc.picks[x]...), sc.picks[y]...)
	if x == y || len(sc.list) > jointItems {
		return
	}
	for j := range sc.left {
		sc.left[j] = cost[j]
	}
	for h := range options {
		for _, j := range sc.picks[h] {
			sc.left[j] = never
		}
	}
	for j, c := range sc.left {
		if c < never && len(sc.list) < jointItems {
			sc.list = append(sc.list, int32(j))
		}
	}
	m.split(a, options[x], options[y], x, y, cost, sc)
}

// staffed is the value of a team with these pool positions, the leader first, at the given costs.
func (m *model) staffed(a, o int32, items []int32, cost []int64) int64 {
	ws := m.worths(a, o)
	v := m.points[o] + m.p.Items[m.p.Agents[a].Pool[items[0]]].LeadBonus
	for _, j := range items {
		v += int64(ws[j]) - cost[j]
	}
	return v
}
