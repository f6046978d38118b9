package solver

import "math"

// agentLP is the linear program of one agent that may buy parts of teams at the market's prices:
//
//	max Σ net_T·x_T − shortPenalty·short   over its teams T, x ≥ 0, short ≥ 0
//	Σ x_T ≤ Max,   −Σ x_T − short ≤ −Min,   Σ_{T∋j} x_T ≤ 1 for each item j of the pool
//
// Its dual prices are the agent's share of the certificate: they make every team of the agent unprofitable at the least
// cost. It is solved by the primal simplex method with a dense inverse (a dozen rows) and teams priced in when wanted.
// Row 0 is Max, row 1 Min, row 2+j the item at pool position j.
type agentLP struct {
	k     *market
	a     int32
	inv   [][]float64
	x     []float64 // values of the basic columns
	gain  []float64 // objective of the basic columns
	y     []float64 // row prices
	col   []float64 // the entering column, and its image under inv
	dir   []float64
	price []int64 // y of the items in whole points
	cost  []int64 // dues + price
}

// agentPrices is what an agent's own rows cost.
type agentPrices struct {
	max, min int64
	item     []int64 // by pool position
}

const lpTolerance = 0.5 // points

func (lp *agentLP) start(k *market, a int32) {
	agent := &k.m.p.Agents[a]
	n := 2 + len(agent.Pool)
	lp.k, lp.a = k, a
	lp.inv = grid(lp.inv, n)
	lp.x, lp.gain, lp.y = fill(lp.x, n, 1), fill(lp.gain, n, 0), fill(lp.y, n, 0)
	lp.col, lp.dir = fill(lp.col, n, 0), fill(lp.dir, n, 0)
	lp.x[0] = float64(agent.Max)
	lp.x[1], lp.gain[1], lp.inv[1][1] = float64(agent.Min), -float64(agent.ShortPenalty), -1
	lp.reprice()
}

func fill(s []float64, n int, x float64) []float64 {
	s = s[:0]
	for range n {
		s = append(s, x)
	}
	return s
}

// grid returns the n×n unit matrix.
func grid(g [][]float64, n int) [][]float64 {
	for len(g) < n {
		g = append(g, nil)
	}
	for i := range n {
		g[i] = fill(g[i], n, 0)
		g[i][i] = 1
	}
	return g[:n]
}

// reprice works out y and the item prices from the basis.
func (lp *agentLP) reprice() {
	clear(lp.y)
	for i, g := range lp.gain {
		if g != 0 {
			for j, b := range lp.inv[i] {
				lp.y[j] += g * b
			}
		}
	}
	lp.price, lp.cost = lp.price[:0], lp.cost[:0]
	for j, y := range lp.y[2:] {
		c := int64(math.Round(max(0, y)))
		lp.price = append(lp.price, c)
		lp.cost = append(lp.cost, lp.k.dues[lp.a][j]+c)
	}
}

// solve pivots until no column gains.
func (lp *agentLP) solve(sc *scratch) {
	for range 30 + 10*len(lp.y) {
		gain, ok := lp.enter(sc)
		if !ok || !lp.pivot(gain) {
			return
		}
		lp.reprice()
	}
}

// enter puts the column that gains most per unit into lp.col and returns its objective.
func (lp *agentLP) enter(sc *scratch) (gain float64, ok bool) {
	best, row := lpTolerance, -1
	for i, y := range lp.y {
		if -y > best {
			best, row = -y, i
		}
	}
	option := int32(-1)
	rent := lp.y[0] - lp.y[1]
	m := lp.k.m
	for o := m.first[lp.a]; o < m.first[lp.a+1]; o++ {
		price := lp.k.slotPrice[m.slot[o]]
		if float64(lp.k.value[o]-price)-rent <= best {
			continue
		}
		if v := float64(m.team(lp.a, o, lp.cost, sc)-price) - rent; v > best {
			best, option = v, o
		}
	}
	clear(lp.col)
	switch {
	case option >= 0:
		return lp.teamColumn(option, sc), true
	case row >= 0:
		lp.col[row] = 1
		return 0, true
	}
	return 0, false
}

func (lp *agentLP) teamColumn(o int32, sc *scratch) float64 {
	v := lp.k.m.choose(lp.a, o, lp.cost, sc) - lp.k.slotPrice[lp.k.m.slot[o]]
	lp.col[0], lp.col[1] = 1, -1
	for _, j := range sc.pick {
		lp.col[2+j] = 1
		v += lp.price[j]
	}
	return float64(v)
}

// pivot brings lp.col into the basis. It reports false where the program is unbounded or the numbers are used up.
func (lp *agentLP) pivot(gain float64) bool {
	leave, ratio := -1, math.Inf(1)
	for i, row := range lp.inv {
		d := 0.0
		for j, c := range lp.col {
			if c != 0 {
				d += row[j] * c
			}
		}
		lp.dir[i] = d
		if d > 1e-9 {
			if r := lp.x[i] / d; r < ratio-1e-12 {
				leave, ratio = i, r
			}
		}
	}
	if leave < 0 {
		return false
	}
	pr := lp.inv[leave]
	scale := 1 / lp.dir[leave]
	for j := range pr {
		pr[j] *= scale
	}
	for i, row := range lp.inv {
		if d := lp.dir[i]; i != leave && d != 0 {
			for j, b := range pr {
				row[j] -= d * b
			}
			lp.x[i] = max(0, lp.x[i]-d*ratio)
		}
	}
	lp.x[leave], lp.gain[leave] = ratio, gain
	return true
}

// prices rounds the dual to whole points that keep every team unprofitable.
func (lp *agentLP) prices(sc *scratch) agentPrices {
	m := lp.k.m
	best := -never
	for o := m.first[lp.a]; o < m.first[lp.a+1]; o++ {
		price := lp.k.slotPrice[m.slot[o]]
		if lp.k.value[o]-price > best {
			best = max(best, m.team(lp.a, o, lp.cost, sc)-price)
		}
	}
	agent := &m.p.Agents[lp.a]
	out := agentPrices{item: lp.price}
	if agent.Max < agent.Min {
		out.min = agent.ShortPenalty
	} else {
		out.min = min(agent.ShortPenalty, max(0, -best))
	}
	out.max = max(0, best+out.min)
	return out
}

// certify completes the market's prices to a full set.
func (k *market) certify() Prices {
	p := k.m.p
	pr := Prices{Site: append([]int64{}, k.price...), Item: make([]int64, len(p.Items)), Max: make([]int64, len(p.Agents)),
		Min: make([]int64, len(p.Agents)), Quota: append([]int64{}, k.quota...), Limit: k.limit}
	k.m.eachAgent(func(a int32, sc *scratch) {
		sc.lp.start(k, a)
		if p.Agents[a].Max > 1 {
			sc.lp.solve(sc)
		}
		own := sc.lp.prices(sc)
		pr.Max[a], pr.Min[a] = own.max, own.min
		for j, i := range p.Agents[a].Pool {
			pr.Item[i] = own.item[j]
		}
	})
	return pr
}
