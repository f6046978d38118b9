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
	triesAtFirst  = 4     // the same for the first plan
	leastTries    = 24000 // in one round of the whole problem, so that small problems are searched well
	roundsAtLeast = 6
	idleRounds    = 3    // rounds in a row that bring next to nothing and end it
	nextToNothing = 1e-5 // of the score
	hotShare      = 14   // mean worth of an item over the first temperature
	coldShare     = 200  // the same over the last
)

// heats is how much hotter the rounds start in turn: a cool one mends, a hot one leaves the plan's neighbourhood.
var heats = [...]float64{1, 16, 4}

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

// firstPlan makes a plan before anything is known of the prices: a site's is taken to be half its penalty. It is there
// should time end soon, and its limit's price is a first guess.
func (r *run) firstPlan(cut []block) {
	for v := range r.k.price {
		r.k.price[v] = -r.m.p.Sites[v].Penalty / 2
	}
	if r.m.p.ItemLimit > 0 {
		r.k.limit = r.m.meanWorth() / 2
	}
	r.k.repriceSlots()
	r.k.revalue()
	r.eachBlock(newDistrict(r.k, cut, 0), 0, func(u *annealer) {
		u.fill()
		u.run(triesAtFirst*len(u.holder), r.hot(), r.cold(), r.stopped)
	})
	r.keep()
	r.report("first plan")
}

// anneal makes one round.
func (r *run) anneal(cut []block, round int) {
	perSite, heat := max(triesPerSite, leastTries/len(r.m.p.Sites)), heats[round%len(heats)]
	if r.large() {
		perSite, heat = triesAtLarge, 1
	}
	r.eachBlock(newDistrict(r.k, cut, round), round, func(u *annealer) {
		u.run(perSite*len(u.holder), heat*r.hot(), r.cold(), r.stopped)
	})
	r.keep()
	r.report(fmt.Sprint("round ", round+1))
}

// eachBlock has every block's part of the plan improved. Blocks share nothing that they write, so they run side by side.
func (r *run) eachBlock(d *district, round int, improve func(*annealer)) {
	r.m.each(len(d.blocks), 1, func(b int, sc *scratch) {
		if len(d.blocks[b].agents) > 0 {
			u := newAnnealer(d, d.blocks[b], mix(r.s.Seed)+mix(uint64(b)<<32+uint64(round)), sc)
			improve(u)
			u.deliver()
		}
	})
}

func (r *run) hot() float64  { return float64(r.m.meanWorth()) / hotShare }
func (r *run) cold() float64 { return float64(r.m.meanWorth()) / coldShare }
