package solver

import "slices"

// master is the linear program over the teams of one block, which are priced in as they are wanted:
//
//	max Σ worth_T·x_T − penalties
//	Σ_{T∋v} x_T + unserved_v = 1                                each site
//	Σ_{T of a} x_T ≤ Max_a,  Σ_{T of a} x_T + short_a ≥ Min_a   each agent
//	Σ_{T∋i} x_T ≤ 1                                             each item of an agent with Max > 1
//	Σ_T |T|·x_T ≤ limit,  Σ_T quota_q(T)·x_T ≤ short_q          in the block of the whole problem only
//
// Its row prices are the certificate's prices. In the other blocks limit and quotas have the market's prices.
type master struct {
	k     *market
	at    *index
	block block
	id    int32 // of the block
	lp    simplex

	options  [][]int32 // by agent of the block: its options inside
	quotaRow []int32
	limitRow int32
	columns  []teamColumn
	base     int32 // columns of lp before the teams
	smooth   []float64
	col      []entry
	each     func(n int, f func(k int, sc *scratch))

	extra   map[int32]int64 // by option: what a dive adds to its worth
	touched map[int32]bool  // agents with such options
}

// teamColumn says which team a column is.
type teamColumn struct {
	agent, option int32
	items         []int32 // pool positions, the leader first
}

// index says which row of its block's program belongs to what. Blocks of one level share it.
type index struct {
	site, max, min, item []int32 // -1: none
	owner                []int32 // by site: its block
	price                []int64 // by site, as in the last pricing
	slotPrice            []int64
}

func newIndex(m *model, blocks []block) *index {
	p := m.p
	at := &index{site: refill(nil, len(p.Sites), -1), max: refill(nil, len(p.Agents), -1), min: refill(nil, len(p.Agents), -1),
		item: refill(nil, len(p.Items), -1), owner: refill(nil, len(p.Sites), -1), price: make([]int64, len(p.Sites)),
		slotPrice: make([]int64, len(p.Slots))}
	for b := range blocks {
		for _, v := range blocks[b].sites {
			at.owner[v] = int32(b)
		}
	}
	return at
}

// inside says whether all sites of a slot are in the block.
func (at *index) inside(sites []int32, block int32) bool {
	for _, v := range sites {
		if at.owner[v] != block {
			return false
		}
	}
	return true
}

// lift is how far right-hand sides are raised to keep steps from being zero (see simplex).
const lift = 1e-6

func wobble(n int) float64 { return lift * (1 + float64(mix(uint64(n))%1024)/1024) }

// mix is a fixed scrambling of numbers (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// newMaster sets the rows of a block up. With coupled, limit and quotas become rows.
func newMaster(k *market, at *index, b block, coupled bool) *master {
	p := k.m.p
	w := &master{k: k, at: at, block: b, limitRow: -1, extra: map[int32]int64{}, touched: map[int32]bool{}}
	w.each = func(n int, f func(k int, sc *scratch)) {
		sc := &scratch{}
		for k := range n {
			f(k, sc)
		}
	}
	if len(b.sites) > 0 {
		w.id = at.owner[b.sites[0]]
	}
	for _, v := range b.sites {
		at.site[v] = w.lp.addRow(1+wobble(int(v)), -float64(p.Sites[v].Penalty))
	}
	for _, a := range b.agents {
		w.addAgentRows(a)
		w.options = append(w.options, w.optionsInside(a))
	}
	if coupled {
		if p.ItemLimit > 0 {
			w.limitRow = w.lp.addRow(float64(p.ItemLimit)*(1+1e-7), 0)
		}
		for q := range p.Quotas {
			w.quotaRow = append(w.quotaRow, w.lp.addRow(wobble(q), 0))
		}
	}
	for _, a := range b.agents {
		if r := at.min[a]; r >= 0 {
			w.lp.addColumn(0, []entry{{r, -1}})
		}
	}
	for q, r := range w.quotaRow {
		w.lp.addColumn(-float64(p.Quotas[q].Penalty), []entry{{r, -1}})
	}
	w.base = int32(len(w.lp.cost))
	return w
}

// optionsInside lists an agent's options with sites of the block only.
func (w *master) optionsInside(a int32) []int32 {
	m := w.k.m
	var out []int32
	for o := m.first[a]; o < m.first[a+1]; o++ {
		if w.at.inside(w.k.sites(o), w.id) {
			out = append(out, o)
		}
	}
	return out
}

func (w *master) addAgentRows(a int32) {
	g := &w.k.m.p.Agents[a]
	w.at.max[a] = w.lp.addRow(float64(g.Max)+float64(2*g.Max+1)*wobble(int(a)+1<<20), 0)
	if g.Min > 0 && g.ShortPenalty > 0 {
		w.at.min[a] = w.lp.addRow(float64(g.Min)+wobble(int(a)+2<<20), -float64(g.ShortPenalty))
	}
	if g.Max > 1 {
		for _, i := range g.Pool {
			w.at.item[i] = w.lp.addRow(1+float64(2*g.Max)*wobble(int(i)+3<<20), 0)
		}
	}
}

// add makes a column of a team.
func (w *master) add(t teamColumn) int32 {
	m := w.k.m
	agent := &m.p.Agents[t.agent]
	w.col = w.col[:0]
	for _, v := range w.k.sites(t.option) {
		w.col = append(w.col, entry{w.at.site[v], 1})
	}
	w.col = append(w.col, entry{w.at.max[t.agent], 1})
	if r := w.at.min[t.agent]; r >= 0 {
		w.col = append(w.col, entry{r, 1})
	}
	for _, j := range t.items {
		if r := w.at.item[agent.Pool[j]]; r >= 0 {
			w.col = append(w.col, entry{r, 1})
		}
	}
	w.addCoupling(&t)
	w.columns = append(w.columns, t)
	return w.lp.addColumn(float64(w.worth(&t)), w.col)
}

// worth is what a team adds to the objective.
func (w *master) worth(t *teamColumn) int64 {
	m := w.k.m
	agent := &m.p.Agents[t.agent]
	worth := m.points[t.option] + m.p.Items[agent.Pool[t.items[0]]].LeadBonus + w.extra[t.option]
	for _, j := range t.items {
		worth += int64(m.worths(t.agent, t.option)[j])
		if !w.coupled() {
			worth -= w.k.dues[t.agent][j]
		}
	}
	return worth
}

// recost brings the worths of all teams up to date with the market's dues.
func (w *master) recost() {
	for q := range w.columns {
		w.lp.cost[w.base+int32(q)] = float64(w.worth(&w.columns[q]))
	}
	w.lp.refactor()
}

// items is how many items serve in the program's solution.
func (w *master) items() float64 {
	n := 0.0
	for p, q := range w.lp.basis {
		if q >= w.base {
			n += w.lp.x[p] * float64(len(w.columns[q-w.base].items))
		}
	}
	return n
}

func (w *master) coupled() bool { return w.limitRow >= 0 || len(w.quotaRow) > 0 }

// addCoupling adds what a team takes of the limit and the quotas to the column in the making.
func (w *master) addCoupling(t *teamColumn) {
	p := w.k.m.p
	if w.limitRow >= 0 {
		w.col = append(w.col, entry{w.limitRow, float64(len(t.items))})
	}
	if len(w.quotaRow) == 0 {
		return
	}
	for _, q := range p.Agents[t.agent].Quotas {
		n := int64(0)
		for _, j := range t.items {
			if quota := p.Items[p.Agents[t.agent].Pool[j]].Quota; quota != nil {
				n += quota[q]
			}
		}
		if n != 0 {
			w.col = append(w.col, entry{w.quotaRow[q], float64(n)})
		}
	}
}

// removeLast takes the newest column back.
func (w *master) removeLast() {
	n := len(w.lp.cost) - 1
	w.lp.cost = w.lp.cost[:n]
	w.lp.cols.list = w.lp.cols.list[:w.lp.cols.start[n]]
	w.lp.cols.start = w.lp.cols.start[:n+1]
	w.columns = w.columns[:len(w.columns)-1]
}

// rowName names a row across blocks.
type rowName struct {
	kind byte // 's'ite, 'm'ax, 'n' min, 'i'tem
	id   int32
}

// inherit starts from the basis of a block that this one contains: its basic teams and surpluses take the place of the
// slacks of the rows whose slacks were not basic there.
func (w *master) inherit(c *master) {
	if w.limitRow >= 0 {
		w.lp.cost[w.limitRow] = float64(w.k.limit)
	}
	slack := make([]bool, len(c.lp.rhs))
	var others []int32
	for _, q := range c.lp.basis {
		if int(q) < len(slack) {
			slack[q] = true
		} else {
			others = append(others, q)
		}
	}
	names := c.rowNames()
	surplus := map[int32]int32{} // row → surplus column here
	for q := int32(len(w.lp.rhs)); q < w.base; q++ {
		surplus[w.lp.cols.of(q)[0].at] = q
	}
	n := 0
	for r, name := range names {
		if slack[r] {
			continue
		}
		q := others[n]
		n++
		pos := w.rowOf(name)
		if q >= c.base {
			w.lp.basis[pos] = w.add(c.columns[q-c.base])
		} else {
			w.lp.basis[pos] = surplus[w.rowOf(names[c.lp.cols.of(q)[0].at])]
		}
	}
}

func (w *master) rowOf(n rowName) int32 {
	switch n.kind {
	case 's':
		return w.at.site[n.id]
	case 'm':
		return w.at.max[n.id]
	case 'n':
		return w.at.min[n.id]
	}
	return w.at.item[n.id]
}

// rowNames names the block's rows.
func (w *master) rowNames() []rowName {
	out := make([]rowName, len(w.lp.rhs))
	for _, v := range w.block.sites {
		out[w.at.site[v]] = rowName{'s', v}
	}
	for _, a := range w.block.agents {
		out[w.at.max[a]] = rowName{'m', a}
		if r := w.at.min[a]; r >= 0 {
			out[r] = rowName{'n', a}
		}
		for _, i := range w.k.m.p.Agents[a].Pool {
			if r := w.at.item[i]; r >= 0 {
				out[r] = rowName{'i', i}
			}
		}
	}
	return slices.Clip(out)
}
