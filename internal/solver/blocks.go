package solver

import (
	"cmp"
	"slices"
)

// block is a part of the problem that has no agent in common with others of its level: sites, and agents of which all
// options lie within them.
type block struct {
	sites, agents []int32
}

// levels cuts the problem into blocks, coarser from level to level; the last level is one block, the whole. Agents are
// taken in order of how many sites they reach, joining those sites; a level ends before some block would get larger
// than its size. So counties come apart where their own agents reach no further, and cities of counties after them.
// Agents that reach further are lent to the block that needs them most.
func (m *model) levels(sizes []int) [][]block {
	u := newUnion(len(m.p.Sites))
	order := m.byReach(u)
	var out [][]block
	next := 0
	lent := refill(nil, len(m.p.Agents), -1) // by agent: a site of the block that it is lent to
	for _, size := range sizes {
		for taken := next; ; taken++ {
			if taken == len(order) {
				return append(out, []block{m.whole()})
			}
			if !u.joinUpTo(m, order[taken], size) {
				if taken > next {
					out = append(out, m.gather(u, order, taken, lent))
				}
				next = taken
				break
			}
		}
	}
	return append(out, []block{m.whole()})
}

func (m *model) whole() block {
	var b block
	for v := range m.p.Sites {
		b.sites = append(b.sites, int32(v))
	}
	for a := range m.p.Agents {
		b.agents = append(b.agents, int32(a))
	}
	return b
}

// span is how far apart the sites of each agent are in the problem's order, which is taken for the order of the map.
func (m *model) span() []int32 {
	lo, hi := refill(nil, len(m.p.Agents), int32(len(m.p.Sites))), refill(nil, len(m.p.Agents), -1)
	m.eachReached(func(a, v int32) { lo[a], hi[a] = min(lo[a], v), max(hi[a], v) })
	for a := range hi {
		hi[a] -= lo[a]
	}
	return hi
}

// byReach joins each site with those that its narrowest agent reaches, and lists the agents by how many of the groups
// that this makes they reach.
func (m *model) byReach(u *union) []int32 {
	reach := m.span()
	narrow := refill(nil, len(m.p.Sites), -1)
	m.eachReached(func(a, v int32) {
		if b := narrow[v]; b < 0 || reach[a] < reach[b] {
			narrow[v] = a
		}
	})
	for _, a := range narrow {
		if a >= 0 {
			u.joinUpTo(m, a, len(m.p.Sites))
		}
	}
	groups := m.reach(u.find)
	order := make([]int32, len(groups))
	for a := range order {
		order[a] = int32(a)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(groups[a], groups[b]), cmp.Compare(reach[a], reach[b]))
	})
	return order
}

// eachReached calls f for the sites of all options.
func (m *model) eachReached(f func(a, v int32)) {
	for a := range int32(len(m.p.Agents)) {
		for _, s := range m.slot[m.first[a]:m.first[a+1]] {
			for _, v := range m.p.Slots[s].Sites {
				f(a, v)
			}
		}
	}
}

// reach counts the different groups of the sites that each agent can cover.
func (m *model) reach(group func(v int32) int32) []int {
	out := make([]int, len(m.p.Agents))
	seen := refill(nil, len(m.p.Sites), -1)
	m.eachReached(func(a, v int32) {
		if g := group(v); seen[g] != a {
			seen[g] = a
			out[a]++
		}
	})
	return out
}

// gather makes the blocks of the sites as joined, with the first n agents in the order; the others are lent out,
// from level to level to a block that contains the last.
func (m *model) gather(u *union, order []int32, n int, lent []int32) []block {
	index := map[int32]int{}
	var out []block
	for v := range int32(len(m.p.Sites)) {
		root := u.find(v)
		k, ok := index[root]
		if !ok {
			k = len(out)
			index[root] = k
			out = append(out, block{})
		}
		out[k].sites = append(out[k].sites, v)
	}
	need := make([]float64, len(out)) // sites less the teams that may be led there
	for k := range out {
		need[k] = float64(len(out[k].sites))
	}
	for i, a := range order {
		options := m.slot[m.first[a]:m.first[a+1]]
		if len(options) == 0 {
			continue
		}
		k := index[u.find(m.p.Slots[options[0]].Sites[0])]
		if lent[a] >= 0 {
			k = index[u.find(lent[a])]
		} else if i >= n {
			for _, s := range options {
				if b := index[u.find(m.p.Slots[s].Sites[0])]; need[b] > need[k] {
					k = b
				}
			}
			lent[a] = out[k].sites[0]
		}
		out[k].agents = append(out[k].agents, a)
		need[k] -= float64(m.p.Agents[a].Max)
	}
	for k := range out {
		slices.Sort(out[k].agents)
	}
	return out
}

// union joins sites into sets.
type union struct {
	parent []int32
	size   []int32
}

func newUnion(n int) *union {
	u := &union{parent: make([]int32, n), size: refill(nil, n, 1)}
	for v := range u.parent {
		u.parent[v] = int32(v)
	}
	return u
}

func (u *union) find(v int32) int32 {
	for u.parent[v] != v {
		u.parent[v] = u.parent[u.parent[v]]
		v = u.parent[v]
	}
	return v
}

// joinUpTo joins all sites that agent a reaches, unless they would come to more than size together.
func (u *union) joinUpTo(m *model, a int32, size int) bool {
	total := 0
	roots := map[int32]bool{}
	for _, s := range m.slot[m.first[a]:m.first[a+1]] {
		for _, v := range m.p.Slots[s].Sites {
			if r := u.find(v); !roots[r] {
				roots[r] = true
				total += int(u.size[r])
			}
		}
	}
	if len(roots) > 1 && total > size {
		return false
	}
	first := int32(-1)
	for _, s := range m.slot[m.first[a]:m.first[a+1]] {
		for _, v := range m.p.Slots[s].Sites {
			r := u.find(v)
			if first < 0 {
				first = r
			} else if r != first {
				u.parent[r] = first
				u.size[first] += u.size[r]
			}
		}
	}
	return true
}
