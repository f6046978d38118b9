package solver

// candidate is an option with what it nets, at most.
type candidate struct {
	option int32
	net    int64
}

// shortlist is how many of an agent's options are looked at closely in one choice.
const shortlist = 16

// addition returns the option that brings agent a most beside what it holds (-1: none that pays), by how much it beats
// the best with other sites, and what agent a then holds is worth.
func (k *market) addition(a int32, sc *scratch) (option int32, margin, worth int64) {
	n := len(k.held[a])
	floor := k.short(a, n+1) - k.short(a, n)
	k.shortlist(a, floor, sc)
	sc.opts = append(append(sc.opts[:0], k.held[a]...), 0)
	best := candidate{-1, floor}
	kept := sc.cand[:0]
	second := floor
	for _, c := range sc.cand {
		if c.net <= second {
			break
		}
		w := k.value[c.option]
		if n > 0 {
			if k.clashes(c.option, k.held[a]) {
				continue
			}
			sc.opts[n] = c.option
			w = k.m.joint(a, sc.opts, k.dues[a], sc)
			c.net = w - k.worth[a] - k.priceOf(c.option)
		}
		if c.net > best.net {
			best, worth = c, w
		}
		kept = append(kept, c)
		second = k.runnerUp(best, kept, floor)
	}
	return best.option, best.net - second, worth
}

// runnerUp is the most that a candidate with none of best's sites nets.
func (k *market) runnerUp(best candidate, list []candidate, floor int64) int64 {
	second := floor
	if best.option < 0 {
		return second
	}
	for _, c := range list {
		if c.net > second && !k.clashes(c.option, []int32{best.option}) {
			second = c.net
		}
	}
	return second
}

// shortlist puts agent a's options that net most, with all its items for each, into sc.cand, the best first.
func (k *market) shortlist(a int32, floor int64, sc *scratch) {
	list := sc.cand[:0]
	for o := k.m.first[a]; o < k.m.first[a+1]; o++ {
		net := k.value[o] - k.slotPrice[k.m.slot[o]]
		if net <= floor {
			continue
		}
		n := len(list)
		if n < shortlist {
			list = append(list, candidate{})
		} else if n--; list[n].net >= net {
			continue
		}
		for ; n > 0 && list[n-1].net < net; n-- {
			list[n] = list[n-1]
		}
		list[n] = candidate{o, net}
	}
	sc.cand = list
}
