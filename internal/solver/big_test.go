package solver_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"jieli/internal/solver"
)

// bigProblem makes a problem in the likeness of a province: counties of sites with agents of their own, agents that
// serve several counties and some that serve all, clusters of neighbours, a tight item limit and a quota.
func bigProblem(seed uint64, sites int) *solver.Problem {
	r := rand.New(rand.NewPCG(seed, 3))
	const county = 40
	p := &solver.Problem{ItemLimit: int64(2 * sites), Quotas: []solver.Quota{{Penalty: 2}}}
	for range sites {
		p.Sites = append(p.Sites, solver.Site{Penalty: int64(2000 + 1000*r.IntN(3))})
	}
	reach := []int{} // by agent: how many counties it serves
	home := []int{}
	agent := func(counties, at int) {
		a := solver.Agent{Min: int64(r.IntN(2)), Max: int64(1 + r.IntN(2)), ShortPenalty: 500}
		if counties > 2 {
			a.Quotas = []int32{0}
		}
		for range 2*int(a.Max) + r.IntN(3) {
			a.Pool = append(a.Pool, int32(len(p.Items)))
			p.Items = append(p.Items, solver.Item{Leads: r.IntN(2) == 0, LeadBonus: int64(8 * r.IntN(9)), Quota: []int64{int64(r.IntN(100) - 45)}})
		}
		p.Agents = append(p.Agents, a)
		reach, home = append(reach, counties), append(home, at)
	}
	counties := (sites + county - 1) / county
	for c := range counties {
		for range county * 6 / 10 {
			agent(1, c)
		}
		agent(2, c)
		agent(counties+3, 0)
	}
	add := func(set int, at ...int32) {
		s := solver.Slot{Set: int32(set), Sites: at, MinSize: 1 + int(at[0])%3}
		s.MaxSize = s.MinSize + 2
		for a := range p.Agents {
			if c := int(at[0]) / county; c >= home[a] && c < home[a]+reach[a] {
				s.Options = append(s.Options, solver.Option{Agent: int32(a), Points: int64(r.IntN(400))})
			}
		}
		p.Slots = append(p.Slots, s)
	}
	set := 0
	for v := range sites {
		add(set, int32(v))
		set++
		if v%3 == 1 && (v-1)/county == v/county {
			add(set, int32(v-1), int32(v))
			add(set, int32(v), int32(v-1))
			set++
		}
	}
	p.Worth = func(item, slot int32) (int64, bool) {
		x := uint64(item)*2654435761 + uint64(p.Slots[slot].Sites[0])*40503
		x ^= x >> 13
		return int64(x % 100), x%41 != 0
	}
	return p
}

func BenchmarkSolve(b *testing.B) {
	for _, sites := range []int{100, 400, 1600} {
		b.Run(fmt.Sprint(sites), func(b *testing.B) {
			p := bigProblem(1, sites)
			for b.Loop() {
				r, err := solver.Solve(context.Background(), p, solver.Settings{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(100*solver.Gap(r.Score, r.Bound), "%gap")
			}
		})
	}
}

func BenchmarkBound(b *testing.B) {
	p := bigProblem(1, 1600)
	pr := drawPrices(rand.New(rand.NewPCG(1, 1)), p)
	for b.Loop() {
		solver.Bound(p, pr)
	}
}
