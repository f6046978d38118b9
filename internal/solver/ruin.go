package solver

import "slices"

// ruin improves a plan block by block (ruin and recreate, Schrimpf et al. 2000): a few agents that compete for a site
// lose their teams, the sites set free look for takers in random order at the relaxation's prices, blurred a little,
// and the outcome stays if the plan is no worse. Blocks have no agent and no site in common, so they run side by side.
type ruin struct {
	*market
	home  *index
	block []int32 // by agent: the block it is in
	w     *master
	sc    *scratch
	rng   uint64
	blur  int64
	value int64 // worths less shortages and penalties, up to a constant
	saved map[int32]saved
	queue []int32
}

// saved is what an agent held before the present try.
type saved struct {
	options []int32
	worth   int64
}

// run makes so many tries.
func (u *ruin) run(tries int, stop func() bool) {
	sites := u.w.block.sites
	for n := 0; n < tries && !stop(); n++ {
		clear(u.saved)
		u.queue = u.queue[:0]
		before := u.value
		u.blur = int64(u.rand(3)) * 8000
		v := sites[u.rand(len(sites))]
		for range 8 {
			if u.holder[v] < 0 {
				break
			}
			v = sites[u.rand(len(sites))]
		}
		u.wreck(v)
		u.rebuild(longest)
		if u.value < before {
			u.restore()
			u.value = before
		}
	}
}

// fill looks for takers for the sites that nobody holds.
func (u *ruin) fill() {
	u.queue = u.queue[:0]
	for _, v := range u.w.block.sites {
		if u.holder[v] < 0 {
			u.queue = append(u.queue, v)
		}
	}
	clear(u.saved)
	u.rebuild(offers * len(u.queue))
}

// rand draws from 0..n-1.
func (u *ruin) rand(n int) int {
	u.rng++
	return int(mix(u.rng) % uint64(n))
}

// wreck takes the teams of a few agents that could serve v, and of the one that does.
func (u *ruin) wreck(v int32) {
	if a := u.holder[v]; a >= 0 {
		if u.block[a] != u.w.id {
			return
		}
		u.empty(a)
	} else {
		u.queue = append(u.queue, v)
	}
	slots := u.m.slotsOf(v)
	if len(slots) == 0 {
		return
	}
	for range 2 + u.rand(6) {
		s := slots[u.rand(len(slots))]
		options := u.m.optionsOf(s)
		if len(options) == 0 {
			continue
		}
		if a := u.m.owner[options[u.rand(len(options))]]; u.block[a] == u.w.id {
			u.empty(a)
		}
	}
	for k := len(u.queue) - 1; k > 0; k-- {
		j := u.rand(k + 1)
		u.queue[k], u.queue[j] = u.queue[j], u.queue[k]
	}
}

func (u *ruin) empty(a int32) {
	for _, o := range u.held[a] {
		u.queue = append(u.queue, u.sites(o)...)
	}
	u.leave(a)
	u.hold(a, nil, 0)
	u.enter(a)
}

// longest is how many sites look for a taker in one try.
const longest = 60

// rebuild lets the free sites look for takers, which may drop other sites in turn, at most so many.
func (u *ruin) rebuild(most int) {
	for n := 0; n < len(u.queue) && n < most; n++ {
		v := u.queue[n]
		if u.holder[v] >= 0 {
			continue
		}
		t := u.best(v)
		if t.option < 0 {
			continue
		}
		a := u.m.owner[t.option]
		u.leave(a)
		u.queue = append(u.queue, u.accept(t, u.sc)...)
		u.enter(a)
	}
}

// best is the best tender for a free site, or none where leaving it costs less.
func (u *ruin) best(v int32) tender {
	best := tender{net: -u.m.p.Sites[v].Penalty, option: -1}
	for _, s := range u.m.slotsOf(v) {
		if !u.home.inside(u.m.p.Slots[s].Sites, u.w.id) {
			continue
		}
		rest := u.slotPrice[s] - u.price[v]
		for _, o := range u.m.optionsOf(s) {
			a := u.m.owner[o]
			if u.block[a] != u.w.id || u.market.value[o]-rest+u.relief(a)+u.blur <= best.net {
				continue
			}
			t := u.tender(a, o, u.sc)
			t.net -= rest
			if u.blur > 0 {
				t.net += int64(u.rand(int(u.blur)))
			}
			if t.net > best.net {
				best = t
			}
		}
	}
	return best
}

// leave takes agent a out of the value, to be changed.
func (u *ruin) leave(a int32) {
	if _, ok := u.saved[a]; !ok {
		u.saved[a] = saved{slices.Clone(u.held[a]), u.worth[a]}
	}
	u.value -= u.worth[a] - u.short(a, len(u.held[a]))
	for _, o := range u.held[a] {
		u.value -= u.penalty(o)
	}
}

// enter is the opposite of leave.
func (u *ruin) enter(a int32) {
	u.value += u.worth[a] - u.short(a, len(u.held[a]))
	for _, o := range u.held[a] {
		u.value += u.penalty(o)
	}
}

// penalty is what an option's sites would cost unserved.
func (u *ruin) penalty(o int32) int64 {
	n := int64(0)
	for _, v := range u.sites(o) {
		n += u.m.p.Sites[v].Penalty
	}
	return n
}

// restore takes the try back.
func (u *ruin) restore() {
	for a := range u.saved {
		u.hold(a, nil, 0)
	}
	for a, s := range u.saved {
		u.hold(a, s.options, s.worth)
	}
}
