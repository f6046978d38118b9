package solver

import (
	"math"
	"slices"
	"sync/atomic"
)

// barred marks an item that may not serve in a slot, in model.worth.
const barred = math.MinInt32

// never is the cost of an item that is not to be had, and minus the value of a team that cannot be made.
const never = int64(1) << 60

// model is a Problem in flat arrays. Options are numbered by agent and, within an agent, by slot, so that all that an
// agent can do lies together in memory; item data of agent a is held by position in its pool.
type model struct {
	p       *Problem
	workers int
	sets    int // how many different sets of sites

	first   []int32 // options of agent a are first[a] .. first[a+1]-1
	slot    []int32 // by option
	points  []int64 // by option
	worth   []int32 // by option and pool position, from worthAt
	worthAt []int   // by agent: where the worths of its first option start

	leaders  [][]int32 // by agent: pool positions of items that may lead
	siteAt   []int32   // slots that hold site v are siteSlot[siteAt[v]:siteAt[v+1]]
	siteSlot []int32
	slotAt   []int32 // options of slot s are slotOpt[slotAt[s]:slotAt[s+1]]
	slotOpt  []int32
	owner    []int32 // by option: its agent

	excess atomic.Bool // some worth is beyond ±maxWorth
}

// compile lays the problem out. Options that no team can be made for are left out.
func compile(p *Problem, workers int) *model {
	m := &model{p: p, workers: workers}
	m.listOptions()
	m.fillWorth()
	m.dropHopeless()
	m.indexSlots()
	return m
}

// listOptions gathers the options of every agent in slot order.
func (m *model) listOptions() {
	p := m.p
	m.first = make([]int32, len(p.Agents)+1)
	for s := range p.Slots {
		m.sets = max(m.sets, int(p.Slots[s].Set)+1)
		for _, o := range p.Slots[s].Options {
			m.first[o.Agent+1]++
		}
	}
	for a := range p.Agents {
		m.first[a+1] += m.first[a]
	}
	n := m.first[len(p.Agents)]
	m.slot, m.points = make([]int32, n), make([]int64, n)
	next := slices.Clone(m.first)
	for s := range p.Slots {
		for _, o := range p.Slots[s].Options {
			k := next[o.Agent]
			next[o.Agent]++
			m.slot[k], m.points[k] = int32(s), o.Points
		}
	}
	m.leaders = make([][]int32, len(p.Agents))
	for a := range p.Agents {
		for j, i := range p.Agents[a].Pool {
			if p.Items[i].Leads {
				m.leaders[a] = append(m.leaders[a], int32(j))
			}
		}
	}
}

// fillWorth asks the problem for every worth once.
func (m *model) fillWorth() {
	p := m.p
	m.worthAt = make([]int, len(p.Agents)+1)
	for a := range p.Agents {
		m.worthAt[a+1] = m.worthAt[a] + int(m.first[a+1]-m.first[a])*len(p.Agents[a].Pool)
	}
	m.worth = make([]int32, m.worthAt[len(p.Agents)])
	m.eachAgent(func(a int32, _ *scratch) {
		k := m.worthAt[a]
		for o := m.first[a]; o < m.first[a+1]; o++ {
			for _, i := range p.Agents[a].Pool {
				m.worth[k] = barred
				if w, ok := p.Worth(i, m.slot[o]); ok {
					if w < -maxWorth || w > maxWorth {
						m.excess.Store(true)
					}
					m.worth[k] = int32(w)
				}
				k++
			}
		}
	})
}

// dropHopeless removes options that no team can be made for, whatever the prices.
func (m *model) dropHopeless() {
	p := m.p
	keep := make([]bool, len(m.slot))
	m.eachAgent(func(a int32, sc *scratch) {
		cost := sc.zeros(len(p.Agents[a].Pool))
		for o := m.first[a]; o < m.first[a+1]; o++ {
			keep[o] = p.Agents[a].Max > 0 && m.team(a, o, cost, sc) > -never
		}
	})
	k, w := int32(0), 0
	for a := range p.Agents {
		lo, hi, n := m.first[a], m.first[a+1], len(p.Agents[a].Pool)
		at := m.worthAt[a]
		m.first[a], m.worthAt[a] = k, w
		for o := lo; o < hi; o++ {
			if keep[o] {
				m.slot[k], m.points[k] = m.slot[o], m.points[o]
				copy(m.worth[w:w+n], m.worth[at+int(o-lo)*n:])
				k++
				w += n
			}
		}
	}
	m.first[len(p.Agents)], m.worthAt[len(p.Agents)] = k, w
	m.slot, m.points, m.worth = m.slot[:k], m.points[:k], m.worth[:w]
}

// indexSlots lists slots by site and options by slot.
func (m *model) indexSlots() {
	p := m.p
	m.owner = make([]int32, len(m.slot))
	m.slotAt = make([]int32, len(p.Slots)+1)
	for a := range p.Agents {
		for o := m.first[a]; o < m.first[a+1]; o++ {
			m.owner[o] = int32(a)
			m.slotAt[m.slot[o]+1]++
		}
	}
	m.siteAt = make([]int32, len(p.Sites)+1)
	for s := range p.Slots {
		m.slotAt[s+1] += m.slotAt[s]
		for _, v := range p.Slots[s].Sites {
			m.siteAt[v+1]++
		}
	}
	for v := range p.Sites {
		m.siteAt[v+1] += m.siteAt[v]
	}
	m.slotOpt = make([]int32, len(m.slot))
	next := slices.Clone(m.slotAt)
	for o, s := range m.slot {
		m.slotOpt[next[s]] = int32(o)
		next[s]++
	}
	m.siteSlot = make([]int32, m.siteAt[len(p.Sites)])
	next = slices.Clone(m.siteAt)
	for s := range p.Slots {
		for _, v := range p.Slots[s].Sites {
			m.siteSlot[next[v]] = int32(s)
			next[v]++
		}
	}
}

// option returns the number of agent a's option for slot s, or -1.
func (m *model) option(a, s int32) int32 {
	k, ok := slices.BinarySearch(m.slot[m.first[a]:m.first[a+1]], s)
	if !ok {
		return -1
	}
	return m.first[a] + int32(k)
}

// slotsOf lists the slots with site v.
func (m *model) slotsOf(v int32) []int32 { return m.siteSlot[m.siteAt[v]:m.siteAt[v+1]] }

// optionsOf lists the options of slot s.
func (m *model) optionsOf(s int32) []int32 { return m.slotOpt[m.slotAt[s]:m.slotAt[s+1]] }

// worths returns the worth of each pool item of agent a in option o.
func (m *model) worths(a, o int32) []int32 {
	n := len(m.p.Agents[a].Pool)
	at := m.worthAt[a] + int(o-m.first[a])*n
	return m.worth[at : at+n]
}
