package solver

// tune finds the prices of the limit and the quotas that suit the options held now: the least limit price at which no
// more than so many items serve, and for each quota the least price that ends its shortfall, or its penalty where none
// does. How many items a team takes beyond its least number follows from these prices.
func (k *market) tune(items int64) {
	for range 2 {
		for q := range k.quota {
			k.quota[q] = search(k.m.p.Quotas[q].Penalty, func(x int64) bool {
				k.quota[q] = x
				_, short := k.demand(func(a int32) bool { return contains(k.m.p.Agents[a].Quotas, int32(q)) })
				return short[q] <= 0
			})
		}
		if k.m.p.ItemLimit > 0 {
			k.limit = search(k.mostWorth(), func(x int64) bool {
				k.limit = x
				n, _ := k.demand(func(int32) bool { return true })
				return n <= items
			})
		}
	}
}

// search returns the least x in 0..hi for which ok holds, given that it holds from there on; hi where it never does.
func search(hi int64, ok func(int64) bool) int64 {
	if ok(0) {
		return 0
	}
	for lo := int64(0); lo+1 < hi; {
		if mid := lo + (hi-lo)/2; ok(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// mostWorth is beyond what any item adds to any team.
func (k *market) mostWorth() int64 {
	most, bonus := int64(0), int64(0)
	for _, w := range k.m.worth {
		most = max(most, int64(w))
	}
	for i := range k.m.p.Items {
		bonus = max(bonus, k.m.p.Items[i].LeadBonus)
	}
	return most + bonus + 1
}

// demand returns how many items serve and each quota's shortfall, over the agents chosen, at the prices.
func (k *market) demand(chosen func(a int32) bool) (items int64, short []int64) {
	count := make([]int64, len(k.held))
	parts := make([][]int64, k.m.workers)
	k.m.eachAgent(func(a int32, sc *scratch) {
		if len(k.held[a]) == 0 || !chosen(a) {
			return
		}
		if parts[sc.worker] == nil {
			parts[sc.worker] = make([]int64, len(k.quota))
		}
		k.owe(a)
		k.m.joint(a, k.held[a], k.dues[a], sc)
		for h := range k.held[a] {
			count[a] += int64(len(sc.picks[h]))
			k.addShort(a, sc.picks[h], parts[sc.worker])
		}
	})
	short = make([]int64, len(k.quota))
	for _, part := range parts {
		for q, n := range part {
			short[q] += n
		}
	}
	for _, n := range count {
		items += n
	}
	return items, short
}

// addShort adds what items of agent a bring to the quotas.
func (k *market) addShort(a int32, items []int32, short []int64) {
	agent := &k.m.p.Agents[a]
	for _, j := range items {
		if quota := k.m.p.Items[agent.Pool[j]].Quota; quota != nil {
			for _, q := range agent.Quotas {
				short[q] += quota[q]
			}
		}
	}
}

// teams writes the market's plan down.
func (k *market) teams() []Team {
	var out []Team
	sc := &scratch{}
	for a := range k.held {
		k.m.joint(int32(a), k.held[a], k.dues[a], sc)
		for h, o := range k.held[a] {
			if len(sc.picks[h]) == 0 {
				continue
			}
			team := Team{Slot: k.m.slot[o], Agent: int32(a)}
			for _, j := range sc.picks[h] {
				team.Items = append(team.Items, k.m.p.Agents[a].Pool[j])
			}
			out = append(out, team)
		}
	}
	return sortTeams(out)
}
