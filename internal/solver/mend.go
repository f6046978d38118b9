package solver

// mender finds takers for sites that a plan leaves unserved at a price.
//
// A free site lowers its price to what the second best bidder would give for it, less ε, and goes to the best, who gives
// up a team for it if that is better; the sites of that team are free then. Prices only fall and agents only gain, so
// this comes to an end, with every agent within ε of its best choice among what was free (the reverse auction of
// Bertsekas and Castañon 1992).
type mender struct {
	*market
	eps   int64
	sc    *scratch
	free  []int32
	freed []bool
	left  []int8 // by site: how often it may be offered yet
	stop  func() bool
}

// offers is how often a site is offered at most: where there is nobody to serve it, its price would fall for long.
const offers = 3

func newMender(k *market, eps int64, stop func() bool) *mender {
	u := &mender{market: k, eps: eps, sc: &scratch{}, freed: make([]bool, len(k.price)), left: make([]int8, len(k.price)), stop: stop}
	for v := range u.left {
		u.left[v] = offers
	}
	return u
}

// run serves all free sites that anybody would serve, and leaves the prices where they were.
func (u *mender) run() {
	price := append([]int64{}, u.price...)
	for v := range u.price {
		u.push(int32(v))
	}
	for len(u.free) > 0 && !u.stop() {
		v := u.free[len(u.free)-1]
		u.free = u.free[:len(u.free)-1]
		u.freed[v] = false
		if u.holder[v] < 0 {
			u.offer(v)
		}
	}
	copy(u.price, price)
	u.repriceSlots()
}

func (u *mender) push(v int32) {
	if !u.freed[v] && u.left[v] > 0 && u.holder[v] < 0 && u.price[v] > -u.m.p.Sites[v].Penalty {
		u.left[v]--
		u.freed[v] = true
		u.free = append(u.free, v)
	}
}

// offer sells a free site for what the second best bidder would give.
func (u *mender) offer(v int32) {
	least := -u.m.p.Sites[v].Penalty
	best, second := tender{net: least, option: -1}, least
	for _, s := range u.m.slotsOf(v) {
		rest := u.slotPrice[s] - u.price[v]
		for _, o := range u.m.optionsOf(s) {
			a := u.m.owner[o]
			if u.value[o]-rest+u.relief(a) <= second {
				continue
			}
			t := u.tender(a, o, u.sc)
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
	u.setPrice(v, max(second-u.eps, least))
	for _, w := range u.accept(best, u.sc) {
		u.push(w)
	}
}
