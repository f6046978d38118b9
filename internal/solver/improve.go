package solver

import (
	"fmt"
	"math"
)

// district is the market cut into blocks for one round of improvement: which block each site and agent is in, and their
// numbers there. An agent that serves is in the block where it does; one that serves in several sits the round out; one
// without a team is in some block that it can reach, another in every round.
type district struct {
	*market
	blocks []block
	owner  []int32 // by site: its block
	site   []int32 // by site: its number in the block
	home   []int32 // by agent: its block, or -1
	agent  []int32 // by agent: its number in the block
	kind   []int32 // by slot: see slotKinds
	kinds  int
}

// newDistrict cuts the market into blocks with these sites.
func newDistrict(k *market, cut []block, round int) *district {
	d := &district{market: k, blocks: make([]block, len(cut)), owner: make([]int32, len(k.price)), site: make([]int32, len(k.price)),
		home: refill(nil, len(k.held), -1), agent: make([]int32, len(k.held))}
	d.kind, d.kinds = k.m.slotKinds()
	for b := range cut {
		d.blocks[b].sites = cut[b].sites
		for n, v := range cut[b].sites {
			d.owner[v], d.site[v] = int32(b), int32(n)
		}
	}
	for a := range k.held {
		if b := d.blockOf(int32(a), round); b >= 0 {
			d.home[a], d.agent[a] = b, int32(len(d.blocks[b].agents))
			d.blocks[b].agents = append(d.blocks[b].agents, int32(a))
		}
	}
	return d
}

// blockOf is where agent a is in this round, or -1.
func (d *district) blockOf(a int32, round int) int32 {
	options := d.m.slot[d.m.first[a]:d.m.first[a+1]]
	if len(options) == 0 {
		return -1
	}
	if len(d.held[a]) == 0 {
		s := options[mix(uint64(a)<<32+uint64(round))%uint64(len(options))]
		return d.owner[d.m.p.Slots[s].Sites[0]]
	}
	b := d.owner[d.sites(d.held[a][0])[0]]
	for _, o := range d.held[a] {
		for _, v := range d.sites(o) {
			if d.owner[v] != b {
				return -1
			}
		}
	}
	return b
}

// inside says whether all sites of a slot are in the block of agent a.
func (d *district) inside(s, a int32) bool {
	for _, v := range d.m.p.Slots[s].Sites {
		if d.owner[v] != d.home[a] {
			return false
		}
	}
	return true
}

// The course of the improvement.
const (
	triesPerSite  = 100   // in one round
	triesAtLarge  = 25    // the same beyond wholeBlock sites, so that agents that reach far move on between rounds
	leastTries    = 12000 // in one round of the whole problem, so that small problems are searched well
	roundsAtLeast = 2
	idleRounds    = 2    // rounds in a row that bring next to nothing and end it
	nextToNothing = 1e-5 // of the score
	hotShare      = 14   // mean worth of an item over the first temperature
	coldShare     = 200  // the same over the last
)

// improve anneals the plan block by block, each round with the next of the cuts, until rounds bring next to nothing, and
// for so many rounds at most.
func (r *run) improve(cuts [][]block, most int) {
	idle := 0
	for n := 0; n < most && (idle < idleRounds || n < roundsAtLeast) && !r.reached() && !r.stopped(); n++ {
		before := r.best.Score
		r.anneal(cuts[n%len(cuts)], n)
		if float64(r.best.Score-before) <= nextToNothing*math.Abs(float64(r.best.Score)) {
			idle++
		} else {
			idle = 0
		}
	}
}

// anneal makes one round. Blocks share nothing that they write, so they run side by side.
func (r *run) anneal(cut []block, round int) {
	d := newDistrict(r.k, cut, round)
	unit := float64(r.m.meanWorth())
	perSite := max(triesPerSite, leastTries/len(r.m.p.Sites))
	if len(r.m.p.Sites) > wholeBlock {
		perSite = triesAtLarge
	}
	r.m.each(len(d.blocks), 1, func(b int, sc *scratch) {
		if len(d.blocks[b].agents) == 0 {
			return
		}
		u := newAnnealer(d, d.blocks[b], mix(r.s.Seed)+mix(uint64(b)<<32+uint64(round)), sc)
		u.run(perSite*len(d.blocks[b].sites), unit/hotShare, unit/coldShare, r.stopped)
		u.deliver()
	})
	r.keep()
	r.report(fmt.Sprint("round ", round+1))
}
