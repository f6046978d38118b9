package solver

// warmup brings the prices near their balance: all agents choose at once as if nobody else did, and each site's price
// follows how many want it, in shrinking steps.
func (k *market) warmup(rounds int, step, last int64) {
	demand := make([]int64, len(k.price))
	ratio := shrink(rounds, float64(last)/float64(step))
	size := float64(step)
	for r := range rounds {
		k.m.eachAgent(func(a int32, sc *scratch) { k.wish(a, sc) })
		clear(demand)
		total := int64(0)
		for a := range k.held {
			for _, o := range k.held[a] {
				for _, v := range k.sites(o) {
					demand[v]++
					total++
				}
			}
		}
		if r%8 == 7 {
			k.tune(k.m.p.ItemLimit * total / int64(len(k.price)))
			k.revalue()
		}
		for v, d := range demand {
			k.price[v] = max(-k.m.p.Sites[v].Penalty, k.price[v]+int64(size)*(min(d, 4)-1))
		}
		k.repriceSlots()
		size *= ratio
	}
}

// wish makes agent a hold what it likes best at the prices, whoever else holds it.
func (k *market) wish(a int32, sc *scratch) {
	k.held[a], k.worth[a] = k.held[a][:0], 0
	for int64(len(k.held[a])) < k.m.p.Agents[a].Max {
		best, _, worth := k.addition(a, sc)
		if best < 0 {
			break
		}
		k.held[a], k.worth[a] = append(k.held[a], best), worth
	}
}

// opening sets every site's price to what its best bidder would give for it alone.
func (k *market) opening() {
	for v := range k.price {
		best := -k.m.p.Sites[v].Penalty
		for _, s := range k.m.siteSlot[k.m.siteAt[v]:k.m.siteAt[v+1]] {
			if len(k.m.p.Slots[s].Sites) > 1 {
				continue
			}
			for _, o := range k.m.slotOpt[k.m.slotAt[s]:k.m.slotAt[s+1]] {
				best = max(best, k.value[o])
			}
		}
		k.price[v] = best
	}
	k.repriceSlots()
}
