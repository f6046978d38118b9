package solver

import "math"

// Sharpening walks down AgentBound from the relaxation's prices by a deflected subgradient with Polyak's steps: each step
// lowers the prices of sites that too few agents want and raises those that too many want. The prices of the limit and
// of quotas stay, so what an option's best team brings in before the prices of sites is worked out once.
const (
	sharpenSteps   = 400
	sharpenPatient = 10   // steps without gain before the step is halved
	sharpenEnd     = 1e-3 // smallest share of Polyak's step
	sharpenReach   = 0.05 // how far below the bound the optimum is taken to be at most, as a share of it
	deflection     = 0.6  // weight of the direction before
)

// sharpener is one walk.
type sharpener struct {
	m         *model
	pr        Prices  // Site changes; the others stay
	base      []int64 // by option: its best team before the prices of sites, -never for none
	wanted    []int32 // by site: agents that want it
	direction []float64
}

// sharpen lowers the agent bound from the prices, and keeps it where it is the tightest so far.
func (r *run) sharpen(pr Prices) {
	s := newSharpener(r.m, pr)
	share, idle := 1.0, 0
	lowest := int64(math.MaxInt64)
	for range sharpenSteps {
		bound := s.evaluate()
		if bound < r.best.TightBound {
			r.best.TightBound, r.best.Tight = bound, s.prices()
		}
		if idle++; bound < lowest {
			lowest, idle = bound, 0
		}
		if idle == sharpenPatient {
			share, idle = share/2, 0
		}
		below := min(float64(bound-r.best.Score), sharpenReach*math.Abs(float64(bound)))
		if share < sharpenEnd || r.stopped() || !s.step(share*below) {
			return
		}
	}
}

func newSharpener(m *model, pr Prices) *sharpener {
	s := &sharpener{m: m, base: make([]int64, len(m.slot)), wanted: make([]int32, len(m.p.Sites)), direction: make([]float64, len(m.p.Sites))}
	s.pr = Prices{Site: make([]int64, len(m.p.Sites)), Limit: pr.Limit, Quota: append([]int64(nil), pr.Quota...),
		Item: make([]int64, len(m.p.Items)), Max: make([]int64, len(m.p.Agents)), Min: make([]int64, len(m.p.Agents))}
	for v := range s.pr.Site {
		s.pr.Site[v] = max(pr.Site[v], -m.p.Sites[v].Penalty)
	}
	m.eachAgent(func(a int32, sc *scratch) {
		cost := m.itemCosts(a, &s.pr, sc)
		for o := m.first[a]; o < m.first[a+1]; o++ {
			s.base[o] = m.team(a, o, cost, sc)
		}
	})
	return s
}

// prices are the walk's prices of now.
func (s *sharpener) prices() Prices {
	out := s.pr
	out.Site = append([]int64(nil), s.pr.Site...)
	return out
}

// evaluate gives the agent bound at the prices and counts how many agents want each site.
func (s *sharpener) evaluate() int64 {
	m := s.m
	slotPrice := m.slotPrices(s.pr.Site)
	best, chosen := make([]int64, len(m.p.Agents)), make([]choice, len(m.p.Agents))
	m.eachAgent(func(a int32, sc *scratch) {
		floor := -m.p.Agents[a].ShortPenalty
		sc.gains = sc.gains[:0]
		for o := m.first[a]; o < m.first[a+1]; o++ {
			if v := s.base[o] - slotPrice[m.slot[o]]; s.base[o] > -never && v >= floor {
				sc.gains = append(sc.gains, gain{o, v})
			}
		}
		best[a], chosen[a] = m.agentBest(a, sc.gains, m.itemCosts(a, &s.pr, sc), slotPrice, sc)
	})
	total := m.fixedBound(&s.pr)
	clear(s.wanted)
	for a := range best {
		total += best[a]
		for _, o := range chosen[a].options[:chosen[a].count] {
			for _, v := range m.p.Slots[m.slot[o]].Sites {
				s.wanted[v]++
			}
		}
	}
	return total
}

// step moves the prices of sites so far that the bound would fall by the drop if it were linear. It is false where no
// price wants to move.
func (s *sharpener) step(drop float64) bool {
	norm := 0.0
	for v, wanted := range s.wanted {
		slope := 1 - float64(wanted)
		if s.pr.Site[v] <= -s.m.p.Sites[v].Penalty && wanted <= 1 {
			slope = 0 // the penalty holds the price up
		}
		s.direction[v] = deflection*s.direction[v] + (1-deflection)*slope
		norm += s.direction[v] * s.direction[v]
	}
	if norm == 0 || drop <= 0 {
		return false
	}
	for v, d := range s.direction {
		s.pr.Site[v] = max(s.pr.Site[v]-int64(math.Round(drop/norm*d)), -s.m.p.Sites[v].Penalty)
	}
	return true
}
