package solver

// auction lets agents buy sites until nobody wants to buy and no site is left at a price.
//
// Forward, an agent with a free hand takes the addition that brings most at the prices, and raises the price to where
// the second best would do as well, plus ε; who held the sites is sent back to the queue. In reverse, a site that nobody
// holds lowers its price to what the second best bidder would give for it and goes to the best, who gives up a team for
// it if that is better. Every agent ends within ε of its best choice (ε-complementary slackness, Bertsekas), so without
// shared items and clusters the plan would be within ε per team of the optimum.
type auction struct {
	*market
	eps    int64
	sc     *scratch
	queue  []int32
	queued []bool
	free   []int32
	freed  []bool
	stop   func() bool
}

func newAuction(k *market, stop func() bool) *auction {
	return &auction{market: k, stop: stop, sc: &scratch{}, queued: make([]bool, len(k.held)), freed: make([]bool, len(k.price))}
}

// run sells everything at steps of eps.
func (u *auction) run(eps int64) {
	u.eps = eps
	u.clear()
	for a := range u.held {
		u.push(int32(a))
	}
	u.settle()
}

// settle lets agents buy until none wants to, and then sites that are left look for a buyer. Prices only rise in the
// first part and only fall in the second, so both come to an end.
func (u *auction) settle() {
	for len(u.queue) > 0 && !u.stop() {
		a := u.queue[0]
		u.queue = u.queue[1:]
		u.queued[a] = false
		u.bid(a)
	}
	for v := range u.price {
		u.pushFree(int32(v))
	}
	for len(u.free) > 0 && !u.stop() {
		v := u.free[len(u.free)-1]
		u.free = u.free[:len(u.free)-1]
		u.freed[v] = false
		if u.holder[v] < 0 {
			u.offer(v)
		}
	}
}

func (u *auction) push(a int32) {
	if !u.queued[a] && int64(len(u.held[a])) < u.m.p.Agents[a].Max && u.m.first[a] < u.m.first[a+1] {
		u.queued[a] = true
		u.queue = append(u.queue, a)
	}
}

func (u *auction) pushFree(v int32) {
	if !u.freed[v] && u.holder[v] < 0 && u.price[v] > -u.m.p.Sites[v].Penalty {
		u.freed[v] = true
		u.free = append(u.free, v)
	}
}

// bid buys one more slot for agent a, where that pays.
func (u *auction) bid(a int32) {
	best, margin, worth := u.addition(a, u.sc)
	if best < 0 {
		return
	}
	u.evict(best)
	sites, raise := u.sites(best), margin+u.eps
	for n, v := range sites {
		part := raise / int64(len(sites)-n)
		raise -= part
		u.setPrice(v, u.price[v]+part)
	}
	u.sc.opts = append(append(u.sc.opts[:0], u.held[a]...), best)
	u.hold(a, u.sc.opts, worth)
	u.push(a)
}

// evict sends the holders of an option's sites away.
func (u *auction) evict(o int32) {
	for _, v := range u.sites(o) {
		a := u.holder[v]
		if a < 0 {
			continue
		}
		keep := u.sc.opts[:0]
		for _, q := range u.held[a] {
			if !contains(u.sites(q), v) {
				keep = append(keep, q)
			}
		}
		u.hold(a, keep, u.m.joint(a, keep, u.dues[a], u.sc))
		u.sc.opts = keep
		u.push(a)
	}
}

// offer sells a free site for what the second best bidder would give.
func (u *auction) offer(v int32) {
	least := -u.m.p.Sites[v].Penalty
	best, second := tender{net: least, option: -1}, least
	for _, s := range u.m.siteSlot[u.m.siteAt[v]:u.m.siteAt[v+1]] {
		rest := u.slotPrice[s] - u.price[v]
		for _, o := range u.m.slotOpt[u.m.slotAt[s]:u.m.slotAt[s+1]] {
			a := u.m.owner[o]
			if u.value[o]-rest+u.relief(a) <= second {
				continue
			}
			t := u.tender(a, o)
			t.net -= rest
			same := best.option >= 0 && a == u.m.owner[best.option]
			if t.net > best.net {
				if !same {
					second = best.net
				}
				best = t
			} else if !same {
				second = max(second, t.net)
			}
		}
	}
	if best.option < 0 {
		u.setPrice(v, least)
		return
	}
	u.sell(v, best, max(second-u.eps, least))
}

// tender is what an agent would give for an option: the rise of its profit, the sites themselves being free.
type tender struct {
	net    int64
	option int32
	worth  int64
	drop   int // which of its options it gives up, or -1
}

// relief is the most that the agent's profit can rise by beside the option's own value.
func (u *auction) relief(a int32) int64 {
	n := len(u.held[a])
	r := u.short(a, n) - u.short(a, n+1)
	for _, o := range u.held[a] {
		r = max(r, u.priceOf(o)-u.worth[a])
	}
	return r
}

// tender works out what agent a would give for option o, which it may take beside its others or in place of one.
// Sites that other agents hold are not to be had.
func (u *auction) tender(a, o int32) tender {
	t := tender{net: -never, option: o, drop: -1}
	for _, v := range u.sites(o) {
		if u.holder[v] >= 0 && u.holder[v] != a {
			return t
		}
	}
	n := len(u.held[a])
	opts := append(append(u.sc.opts[:0], u.held[a]...), o)
	u.sc.opts = opts
	if int64(n) < u.m.p.Agents[a].Max && !u.clashes(o, u.held[a]) {
		if w := u.m.joint(a, opts, u.dues[a], u.sc); w > -never {
			t.net, t.worth = w-u.worth[a]+u.short(a, n)-u.short(a, n+1), w
		}
	}
	opts = opts[:n]
	for h, q := range u.held[a] {
		opts[h] = opts[n-1]
		if u.clashes(o, opts[:n-1]) {
			opts[h] = q
			continue
		}
		opts[h] = o
		if w := u.m.joint(a, opts, u.dues[a], u.sc); w > -never {
			if net := w - u.worth[a] + u.priceOf(q); net > t.net {
				t.net, t.worth, t.drop = net, w, h
			}
		}
		opts[h] = q
	}
	return t
}

// sell gives the tender's option, which holds the free site v, to its agent, with v at the price.
func (u *auction) sell(v int32, t tender, price int64) {
	a := u.m.owner[t.option]
	opts := append([]int32{}, u.held[a]...)
	var gone []int32
	if t.drop >= 0 {
		gone = u.sites(opts[t.drop])
		opts[t.drop] = t.option
	} else {
		opts = append(opts, t.option)
	}
	u.setPrice(v, price)
	u.hold(a, opts, t.worth)
	for _, w := range gone {
		u.pushFree(w)
	}
}
