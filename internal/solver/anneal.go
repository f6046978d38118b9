package solver

import (
	"math"
	"math/bits"
	"slices"
)

// annealer improves the part of a plan that lies in one block by ruin and recreate (Schrimpf et al. 2000) under
// simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): a few agents that compete for a site lose their teams, the
// sites set free look for takers at the prices, and the outcome stays with a probability that falls with the loss and
// with time.
//
// All that it needs lies in small arrays of its own: sites and agents are numbered anew, and an offer knows the best team
// for every set of its agent's pool, so that one pass over the sets splits a pool between two teams.
type annealer struct {
	d  *district
	b  block
	sc *scratch

	offers  []offer
	bySite  [][]int32
	penalty []int64 // by site
	price   []int64

	held   [][]int32 // by agent: its offers
	worth  []int64   // by agent: what they are worth together
	holder []int32   // by site: the agent that serves it, nobody, or somebody outside the block
	value  int64     // worths less shortages and penalties, up to a constant

	queue []int32   // sites that look for a taker
	try   int32     // number of the present try
	stamp []int32   // by agent: the last try that changed it
	saved []keeping // what agents held before this try

	best  [][]int32
	peak  int64 // value of best
	rng   uint64
	blur  int64 // how far tenders are blurred in this try, in points
	trial []int32
}

// keeping is what an agent held.
type keeping struct {
	agent  int32
	offers []int32
	worth  int64
}

// The holders that are no agents of the block.
const (
	nobody  = -1
	outside = -2
)

// newAnnealer sets a block up with the plan as it stands.
func newAnnealer(d *district, b block, seed uint64, sc *scratch) *annealer {
	u := &annealer{d: d, b: b, sc: sc, rng: seed, bySite: make([][]int32, len(b.sites)), held: make([][]int32, len(b.agents)),
		worth: make([]int64, len(b.agents)), holder: refill(nil, len(b.sites), nobody), stamp: refill(nil, len(b.agents), -1)}
	for n, v := range b.sites {
		u.penalty, u.price = append(u.penalty, d.m.p.Sites[v].Penalty), append(u.price, d.price[v])
		u.value -= u.penalty[n]
		if d.holder[v] >= 0 {
			u.holder[n] = outside // until its agent turns out to be of the block
		}
	}
	for _, o := range d.options(b) {
		u.offer(o)
	}
	for n, a := range b.agents {
		u.enter(int32(n), u.find(d.held[a]), d.worth[a])
	}
	u.best, u.peak = make([][]int32, len(b.agents)), u.value
	u.remember()
	return u
}

// offer adds an option.
func (u *annealer) offer(o int32) {
	d, m := u.d, u.d.m
	a := m.owner[o]
	f := offer{option: o, agent: d.agent[a], price: d.slotPrice[m.slot[o]], alone: d.value[o]}
	for _, v := range d.sites(o) {
		f.sites = append(f.sites, d.site[v])
		u.bySite[d.site[v]] = append(u.bySite[d.site[v]], int32(len(u.offers)))
	}
	if n := len(m.p.Agents[a].Pool); n <= jointItems {
		f.table = make([]int64, 1<<n)
		m.bestWithin(a, o, d.dues[a], f.table, u.sc)
	}
	u.offers = append(u.offers, f)
}

// find gives the offers of options, which are all among them.
func (u *annealer) find(options []int32) []int32 {
	out := make([]int32, 0, len(options))
	for _, o := range options {
		k, _ := slices.BinarySearchFunc(u.offers, o, func(f offer, o int32) int { return int(f.option - o) })
		out = append(out, int32(k))
	}
	return out
}

// run makes so many tries while the temperature falls from hot to cold, in points.
func (u *annealer) run(tries int, hot, cold float64, stop func() bool) {
	for n := range tries {
		if n%64 == 0 && stop() {
			return
		}
		heat := hot * math.Pow(cold/hot, float64(n)/float64(tries))
		before := u.value
		u.begin(heat)
		u.wreck(u.target())
		u.rebuild(longest)
		if loss := float64(before - u.value); loss > 0 && loss > -heat*math.Log(float64(u.rand(1<<20)+1)/(1<<20)) {
			u.undo()
		}
		if u.value > u.peak {
			u.peak = u.value
			u.remember()
		}
	}
}

// fill lets every free site look for a taker.
func (u *annealer) fill() {
	for v := range u.holder {
		u.queue = append(u.queue, int32(v))
	}
	u.rebuild(2 * len(u.holder))
	u.peak = u.value
	u.remember()
}

func (u *annealer) begin(heat float64) {
	u.try++
	u.saved, u.queue = u.saved[:0], u.queue[:0]
	u.blur = int64(u.rand(3)) * int64(heat)
}

// rand draws from 0..n-1.
func (u *annealer) rand(n int) int {
	u.rng++
	return int(mix(u.rng) % uint64(n))
}

// target draws a site, one without a holder rather than another.
func (u *annealer) target() int32 {
	v := u.rand(len(u.holder))
	for range 4 {
		if u.holder[v] == nobody {
			break
		}
		v = u.rand(len(u.holder))
	}
	return int32(v)
}

// wreck takes the teams of the agent that serves v and of a few that could.
func (u *annealer) wreck(v int32) {
	if a := u.holder[v]; a >= 0 {
		u.empty(a)
	} else if a == nobody {
		u.queue = append(u.queue, v)
	}
	if list := u.bySite[v]; len(list) > 0 {
		for range 1 + u.rand(5) {
			u.empty(u.offers[list[u.rand(len(list))]].agent)
		}
	}
	for k := len(u.queue) - 1; k > 0; k-- {
		j := u.rand(k + 1)
		u.queue[k], u.queue[j] = u.queue[j], u.queue[k]
	}
}

// longest is how many sites look for a taker in one try.
const longest = 60

// rebuild lets the free sites look for takers, which may give up others in turn; so many sites look at most.
func (u *annealer) rebuild(most int) {
	for n := 0; n < len(u.queue) && n < most; n++ {
		if v := u.queue[n]; u.holder[v] == nobody {
			if b := u.taker(v); b.offer >= 0 {
				u.accept(b)
			}
		}
	}
}

// bid is what an agent would give for an offer: the rise of its profit, the sites of the offer being free of charge.
type bid struct {
	net   int64
	offer int32 // -1: none
	worth int64 // what the agent's offers would then be worth
	drop  uint  // which of its offers it gives up, by bits
}

// taker is the best bid for a free site, or none where leaving it costs less.
func (u *annealer) taker(v int32) bid {
	best := bid{net: -u.penalty[v], offer: -1}
	for _, f := range u.bySite[v] {
		shift := u.price[v] - u.offers[f].price // what the other sites of the offer cost
		if u.blur > 0 {
			shift += int64(u.rand(int(u.blur)))
		}
		if x := u.bid(f, best.net-shift); x.offer >= 0 {
			x.net += shift
			best = x
		}
	}
	return best
}

// bid is how the agent of an offer would best take it, if that gains more than the floor: beside what it holds, or in
// place of one or of all of that.
func (u *annealer) bid(f int32, floor int64) bid {
	a := u.offers[f].agent
	out := bid{net: floor, offer: -1}
	for _, v := range u.offers[f].sites {
		if h := u.holder[v]; h != nobody && h != a {
			return out
		}
	}
	mine := u.held[a]
	must := uint(0)
	for h, g := range mine {
		if g == f {
			return out
		}
		if u.clash(f, g) {
			must |= 1 << h
		}
	}
	all := uint(1)<<len(mine) - 1
	u.consider(f, must, &out)
	for h := range mine {
		if drop := must | 1<<h; drop != must {
			u.consider(f, drop, &out)
		}
	}
	if len(mine) > 1 && bits.OnesCount(all&^must) > 1 {
		u.consider(f, all, &out)
	}
	return out
}

// consider holds a way to take an offer against the best so far.
func (u *annealer) consider(f int32, drop uint, out *bid) {
	o := &u.offers[f]
	id, mine := u.b.agents[o.agent], u.held[o.agent]
	list := u.trial[:0]
	back, alone := int64(0), o.alone
	for h, g := range mine {
		if drop>>h&1 == 1 {
			back += u.offers[g].price
		} else {
			list = append(list, g)
			alone += u.offers[g].alone
		}
	}
	list = append(list, f) // last, as accept has it: the worth of three teams depends on their order
	u.trial = list
	if int64(len(list)) > u.d.m.p.Agents[id].Max {
		return
	}
	fixed := u.d.short(id, len(mine)) - u.d.short(id, len(list)) - u.worth[o.agent] + back
	if alone+fixed <= out.net {
		return
	}
	if w := u.together(o.agent, list); w > -never && w+fixed > out.net {
		*out = bid{w + fixed, f, w, drop}
	}
}

// together is what offers of one agent are worth together, or -never.
func (u *annealer) together(a int32, list []int32) int64 {
	switch {
	case len(list) == 0:
		return 0
	case len(list) == 1:
		return u.offers[list[0]].alone
	case len(list) == 2 && u.offers[list[0]].table != nil:
		x, y := u.offers[list[0]].table, u.offers[list[1]].table
		best := impossible
		for s, v := range x {
			best = max(best, v+y[len(y)-1-s])
		}
		if best <= impossible/2 {
			return -never
		}
		return best
	}
	options := u.sc.opts[:0]
	for _, f := range list {
		options = append(options, u.offers[f].option)
	}
	u.sc.opts = options
	return u.d.m.joint(u.b.agents[a], options, u.d.dues[u.b.agents[a]], u.sc)
}

// clash says whether two offers have a site in common.
func (u *annealer) clash(f, g int32) bool {
	for _, v := range u.offers[f].sites {
		if contains(u.offers[g].sites, v) {
			return true
		}
	}
	return false
}

// accept carries a bid out; the sites given up look for takers.
func (u *annealer) accept(b bid) {
	a := u.offers[b.offer].agent
	list := u.trial[:0]
	for h, g := range u.held[a] {
		if b.drop>>h&1 == 1 {
			u.queue = append(u.queue, u.offers[g].sites...)
		} else {
			list = append(list, g)
		}
	}
	list = append(list, b.offer)
	u.trial = list
	u.change(a, list, b.worth)
}

// empty takes all teams of an agent.
func (u *annealer) empty(a int32) {
	for _, g := range u.held[a] {
		u.queue = append(u.queue, u.offers[g].sites...)
	}
	u.change(a, nil, 0)
}

// change makes offers what an agent holds, and remembers what it held before the try.
func (u *annealer) change(a int32, list []int32, worth int64) {
	if u.stamp[a] != u.try {
		u.stamp[a] = u.try
		u.save(a)
	}
	u.leave(a)
	u.enter(a, list, worth)
}

func (u *annealer) save(a int32) {
	n := len(u.saved)
	if n == cap(u.saved) {
		u.saved = append(u.saved, keeping{})
	}
	u.saved = u.saved[:n+1]
	k := &u.saved[n]
	k.agent, k.offers, k.worth = a, append(k.offers[:0], u.held[a]...), u.worth[a]
}

// undo takes the try back.
func (u *annealer) undo() {
	for k := range u.saved {
		u.leave(u.saved[k].agent)
	}
	for _, k := range u.saved {
		u.enter(k.agent, k.offers, k.worth)
	}
}

// leave takes all offers of an agent back.
func (u *annealer) leave(a int32) {
	u.value -= u.worth[a] - u.d.short(u.b.agents[a], len(u.held[a]))
	for _, f := range u.held[a] {
		for _, v := range u.offers[f].sites {
			u.holder[v] = nobody
			u.value -= u.penalty[v]
		}
	}
	u.held[a], u.worth[a] = u.held[a][:0], 0
	u.value -= u.d.short(u.b.agents[a], 0)
}

// enter gives offers to an agent without any.
func (u *annealer) enter(a int32, list []int32, worth int64) {
	u.held[a], u.worth[a] = append(u.held[a][:0], list...), worth
	for _, f := range list {
		for _, v := range u.offers[f].sites {
			u.holder[v] = a
			u.value += u.penalty[v]
		}
	}
	u.value += worth + u.d.short(u.b.agents[a], 0) - u.d.short(u.b.agents[a], len(list))
}

// remember notes the plan as the best.
func (u *annealer) remember() {
	for a, list := range u.held {
		u.best[a] = append(u.best[a][:0], list...)
	}
}

// deliver makes the best plan the market's.
func (u *annealer) deliver() {
	for _, a := range u.b.agents {
		u.d.hold(a, nil, 0)
	}
	for n, a := range u.b.agents {
		options := make([]int32, 0, len(u.best[n]))
		for _, f := range u.best[n] {
			options = append(options, u.offers[f].option)
		}
		u.d.hold(a, options, u.together(int32(n), u.best[n]))
	}
}
