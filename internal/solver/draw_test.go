package solver_test

import (
	"math/rand/v2"
	"slices"

	"jieli/internal/solver"
)

// drawProblem makes a tiny problem of every feature: clusters in several orders, forced items, short pools, limits,
// quotas, agents with several teams, worths below zero and bars.
func drawProblem(r *rand.Rand) *solver.Problem {
	p := &solver.Problem{}
	for range 1 + r.IntN(4) {
		p.Sites = append(p.Sites, solver.Site{Penalty: int64(r.IntN(200))})
	}
	for range r.IntN(3) {
		p.Quotas = append(p.Quotas, solver.Quota{Penalty: int64(r.IntN(4))})
	}
	for range 1 + r.IntN(3) {
		drawAgent(r, p)
	}
	drawSlots(r, p)
	if r.IntN(2) == 0 {
		p.ItemLimit = int64(1 + r.IntN(6))
	}
	salt := r.Uint64()
	p.Worth = func(item, slot int32) (int64, bool) {
		s := rand.New(rand.NewPCG(salt, uint64(item)<<32|uint64(p.Slots[slot].Sites[0])))
		return int64(s.IntN(100) - 20), s.IntN(6) > 0
	}
	return p
}

func drawAgent(r *rand.Rand, p *solver.Problem) {
	a := solver.Agent{Min: int64(r.IntN(3)), Max: int64(r.IntN(4)), ShortPenalty: int64(r.IntN(80))}
	for q := range p.Quotas {
		if r.IntN(2) == 0 {
			a.Quotas = append(a.Quotas, int32(q))
		}
	}
	for range r.IntN(5) {
		it := solver.Item{Leads: r.IntN(3) > 0, LeadBonus: int64(r.IntN(30))}
		if r.IntN(3) > 0 {
			for range p.Quotas {
				it.Quota = append(it.Quota, int64(r.IntN(21)-10))
			}
		}
		a.Pool = append(a.Pool, int32(len(p.Items)))
		p.Items = append(p.Items, it)
	}
	p.Agents = append(p.Agents, a)
}

func drawSlots(r *rand.Rand, p *solver.Problem) {
	set := int32(0)
	add := func(sites ...int32) {
		s := solver.Slot{Set: set, Sites: sites, MinSize: 1 + r.IntN(2)}
		s.MaxSize = s.MinSize + r.IntN(3)
		if len(p.Items) > 0 && r.IntN(8) == 0 {
			s.Forced = append(s.Forced, int32(r.IntN(len(p.Items))))
		}
		for a := range p.Agents {
			if r.IntN(4) > 0 {
				s.Options = append(s.Options, solver.Option{Agent: int32(a), Points: int64(r.IntN(200) - 40)})
			}
		}
		p.Slots = append(p.Slots, s)
	}
	for v := range p.Sites {
		add(int32(v))
		set++
	}
	for v := 1; v < len(p.Sites); v++ {
		if r.IntN(2) == 0 {
			add(int32(v-1), int32(v))
			if r.IntN(2) == 0 {
				add(int32(v), int32(v-1))
			}
			set++
		}
	}
}

// optimum tries every plan.
func optimum(p *solver.Problem) int64 {
	teams := allTeams(p)
	best, err := solver.Score(p, nil)
	if err != nil {
		panic(err)
	}
	var search func(from int, plan []solver.Team)
	search = func(from int, plan []solver.Team) {
		for k := from; k < len(teams); k++ {
			next := slices.Concat(plan, teams[k:k+1])
			score, err := solver.Score(p, next)
			if err != nil {
				continue
			}
			best = max(best, score)
			search(k+1, next)
		}
	}
	search(0, nil)
	return best
}

// allTeams lists every team that is allowed alone.
func allTeams(p *solver.Problem) []solver.Team {
	var out []solver.Team
	free := *p
	free.ItemLimit = 0
	for s := range p.Slots {
		for _, o := range p.Slots[s].Options {
			pool := p.Agents[o.Agent].Pool
			for set := 1; set < 1<<len(pool); set++ {
				for l := range pool {
					if set>>l&1 == 0 {
						continue
					}
					t := solver.Team{Slot: int32(s), Agent: o.Agent, Items: []int32{pool[l]}}
					for j := range pool {
						if j != l && set>>j&1 == 1 {
							t.Items = append(t.Items, pool[j])
						}
					}
					if _, err := solver.Score(&free, []solver.Team{t}); err == nil {
						out = append(out, t)
					}
				}
			}
		}
	}
	return out
}

// drawPrices makes prices within their signs.
func drawPrices(r *rand.Rand, p *solver.Problem) solver.Prices {
	var pr solver.Prices
	for range p.Sites {
		pr.Site = append(pr.Site, int64(r.IntN(400)-200))
	}
	for range p.Items {
		pr.Item = append(pr.Item, int64(r.IntN(50)))
	}
	for a := range p.Agents {
		pr.Max = append(pr.Max, int64(r.IntN(100)))
		pr.Min = append(pr.Min, r.Int64N(p.Agents[a].ShortPenalty+1))
	}
	for q := range p.Quotas {
		pr.Quota = append(pr.Quota, r.Int64N(p.Quotas[q].Penalty+1))
	}
	if p.ItemLimit > 0 {
		pr.Limit = int64(r.IntN(60))
	}
	return pr
}

// naiveBound is the certificate word by word: the best of all teams of each set, one by one.
func naiveBound(p *solver.Problem, pr solver.Prices) int64 {
	total := pr.Limit * p.ItemLimit
	for v, n := range pr.Site {
		total += n + max(0, -p.Sites[v].Penalty-n)
	}
	for _, n := range pr.Item {
		total += n
	}
	for a := range p.Agents {
		total += pr.Max[a]*p.Agents[a].Max - pr.Min[a]*p.Agents[a].Min
	}
	best := map[int32]int64{}
	for _, t := range allTeams(p) {
		slot := &p.Slots[t.Slot]
		best[slot.Set] = max(best[slot.Set], naiveTeam(p, pr, &t))
	}
	for _, n := range best {
		total += n
	}
	return total
}

func naiveTeam(p *solver.Problem, pr solver.Prices, t *solver.Team) int64 {
	v := p.Items[t.Items[0]].LeadBonus - pr.Max[t.Agent] + pr.Min[t.Agent]
	for _, o := range p.Slots[t.Slot].Options {
		if o.Agent == t.Agent {
			v += o.Points
		}
	}
	for _, s := range p.Slots[t.Slot].Sites {
		v -= pr.Site[s]
	}
	for _, i := range t.Items {
		w, _ := p.Worth(i, t.Slot)
		v += w - pr.Item[i] - pr.Limit
		for _, q := range p.Agents[t.Agent].Quotas {
			if p.Items[i].Quota != nil {
				v -= pr.Quota[q] * p.Items[i].Quota[q]
			}
		}
	}
	return v
}
