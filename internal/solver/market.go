package solver

// market is the state of a run: prices for the sites, the limit and the quotas, and the options that agents hold at
// them. Within an agent items have no price here: what it holds is worth what its pool can make of it (model.joint).
type market struct {
	m         *model
	price     []int64 // by site
	slotPrice []int64 // Σ price over the slot's sites
	limit     int64
	quota     []int64
	dues      [][]int64 // by agent and pool position: what an item owes to limit and quotas
	value     []int64   // by option: its best team at the dues, all items being free

	held   [][]int32 // by agent: its options
	worth  []int64   // by agent: what they are worth together
	holder []int32   // by site: the agent that serves it, or -1
}

func newMarket(m *model) *market {
	p := m.p
	k := &market{m: m, price: make([]int64, len(p.Sites)), slotPrice: make([]int64, len(p.Slots)),
		quota: make([]int64, len(p.Quotas)), dues: make([][]int64, len(p.Agents)), value: make([]int64, len(m.slot)),
		held: make([][]int32, len(p.Agents)), worth: make([]int64, len(p.Agents)), holder: make([]int32, len(p.Sites))}
	for a := range p.Agents {
		k.dues[a] = make([]int64, len(p.Agents[a].Pool))
	}
	k.clear()
	return k
}

// clear takes all options back.
func (k *market) clear() {
	for a := range k.held {
		k.held[a], k.worth[a] = k.held[a][:0], 0
	}
	for v := range k.holder {
		k.holder[v] = -1
	}
}

// revalue works out dues, values and worths after a change of limit or quota.
func (k *market) revalue() {
	m := k.m
	k.m.eachAgent(func(a int32, sc *scratch) {
		k.owe(a)
		for o := m.first[a]; o < m.first[a+1]; o++ {
			k.value[o] = m.team(a, o, k.dues[a], sc)
		}
		k.worth[a] = m.joint(a, k.held[a], k.dues[a], sc)
	})
}

// owe works out agent a's dues.
func (k *market) owe(a int32) {
	pr := Prices{Limit: k.limit, Quota: k.quota}
	for j, i := range k.m.p.Agents[a].Pool {
		k.dues[a][j] = k.m.dues(a, i, &pr)
	}
}

// setPrice moves the price of a site.
func (k *market) setPrice(v int32, price int64) {
	d := price - k.price[v]
	k.price[v] = price
	for _, s := range k.m.slotsOf(v) {
		k.slotPrice[s] += d
	}
}

// repriceSlots works out slotPrice anew.
func (k *market) repriceSlots() { k.slotPrice = k.m.slotPrices(k.price) }

// hold makes options what agent a holds; their sites must be free or its own.
func (k *market) hold(a int32, options []int32, worth int64) {
	for _, o := range k.held[a] {
		for _, v := range k.sites(o) {
			k.holder[v] = -1
		}
	}
	k.held[a] = append(k.held[a][:0], options...)
	k.worth[a] = worth
	for _, o := range options {
		for _, v := range k.sites(o) {
			k.holder[v] = a
		}
	}
}

// short is what agent a loses for leading n teams only.
func (k *market) short(a int32, n int) int64 {
	agent := &k.m.p.Agents[a]
	return agent.ShortPenalty * max(0, agent.Min-int64(n))
}

// rivalFree says whether option o has none of the sites of the options.
func (k *market) clashes(o int32, options []int32) bool {
	for _, q := range options {
		for _, v := range k.sites(o) {
			for _, w := range k.sites(q) {
				if v == w {
					return true
				}
			}
		}
	}
	return false
}

func (k *market) sites(o int32) []int32 { return k.m.p.Slots[k.m.slot[o]].Sites }

func (k *market) priceOf(o int32) int64 { return k.slotPrice[k.m.slot[o]] }
