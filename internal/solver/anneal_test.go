package solver

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestBestWithinIsTheBestTeamOfEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4))
		m, cost := staffing(r, 1+r.IntN(6), 3)
		n := len(cost)
		for o := m.first[0]; o < m.first[1]; o++ {
			out := make([]int64, 1<<n)
			m.bestWithin(0, o, cost, out, &scratch{})
			for set := range out {
				want := byHand(m, []int32{o}, uint32(set), cost)
				if got := out[set]; (got > impossible/2 || want > -never) && got != want {
					t.Fatalf("option %d in %b: %d, by hand %d", o, set, got, want)
				}
			}
		}
	})
}

// town is a small problem with clusters, rivals and an agent that holds more than two teams.
func town(r *rand.Rand, sites, agents int) *Problem {
	p := &Problem{}
	for range sites {
		p.Sites = append(p.Sites, Site{Penalty: int64(100 + r.IntN(400))})
	}
	for a := range agents {
		g := Agent{Min: int64(r.IntN(2)), Max: int64(1 + (a+r.IntN(2))%3), ShortPenalty: int64(r.IntN(80))}
		for range 2 + r.IntN(5) {
			g.Pool = append(g.Pool, int32(len(p.Items)))
			p.Items = append(p.Items, Item{Leads: r.IntN(3) > 0, LeadBonus: int64(r.IntN(30))})
		}
		p.Agents = append(p.Agents, g)
	}
	add := func(at ...int32) {
		s := Slot{Set: int32(len(p.Slots)), Sites: at, MinSize: 1 + r.IntN(2)}
		s.MaxSize = s.MinSize + r.IntN(2)
		for a := range p.Agents {
			if r.IntN(3) > 0 {
				s.Options = append(s.Options, Option{Agent: int32(a), Points: int64(r.IntN(90))})
			}
		}
		p.Slots = append(p.Slots, s)
	}
	for v := range int32(sites) {
		add(v)
		if v > 0 {
			add(v-1, v)
		}
	}
	p.Worth = func(item, slot int32) (int64, bool) {
		x := mix(uint64(item)<<20 ^ uint64(slot))
		return int64(x % 50), x>>20%9 > 0
	}
	return p
}

// annealing is an annealer over a whole problem with nothing held.
func annealing(p *Problem, seed uint64) *annealer {
	k := newMarket(compile(p, 1))
	k.revalue()
	d := newDistrict(k, []block{k.m.whole()}, 0)
	return newAnnealer(d, d.blocks[0], seed, &scratch{})
}

// recount works out the annealer's value anew, and holds what it says of holders against what agents hold.
func (u *annealer) recount(t *rapid.T) int64 {
	value := int64(0)
	for _, n := range u.penalty {
		value -= n
	}
	holder := refill(nil, len(u.holder), nobody)
	for a, list := range u.held {
		if w := u.together(int32(a), list); w != u.worth[a] {
			t.Fatalf("agent %d: worth %d, said %d", a, w, u.worth[a])
		}
		value += u.worth[a] + u.d.short(u.b.agents[a], 0) - u.d.short(u.b.agents[a], len(list))
		for _, f := range list {
			for _, v := range u.offers[f].sites {
				if holder[v] != nobody {
					t.Fatalf("site %d has two takers", v)
				}
				holder[v] = int32(a)
				value += u.penalty[v]
			}
		}
	}
	if !reflect.DeepEqual(holder, u.holder) {
		t.Fatalf("holders %v, said %v", holder, u.holder)
	}
	return value
}

func TestTriesKeepTheBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 6))
		u := annealing(town(r, 2+r.IntN(12), 1+r.IntN(5)), seed)
		if len(u.offers) == 0 {
			return
		}
		for range 40 {
			held, before := cloneAll(u.held), u.value
			u.begin(20)
			u.wreck(u.target())
			u.rebuild(longest)
			if got := u.recount(t); got != u.value {
				t.Fatalf("value %d, recounted %d", u.value, got)
			}
			if r.IntN(2) == 0 {
				u.undo()
				if u.value != before || !reflect.DeepEqual(cloneAll(u.held), held) {
					t.Fatalf("undone: %d %v, was %d %v", u.value, u.held, before, held)
				}
			}
		}
	})
}

func cloneAll(lists [][]int32) [][]int32 {
	out := make([][]int32, len(lists))
	for n, list := range lists {
		out[n] = append([]int32{}, list...)
	}
	return out
}

func TestAnnealingDeliversItsPeak(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := town(r, 4+r.IntN(20), 2+r.IntN(6))
		u := annealing(p, seed)
		if len(u.offers) == 0 {
			t.Fatalf("seed %d: nothing to offer", seed)
		}
		base := u.value
		u.run(500, 60, 4, func() bool { return false })
		u.deliver()
		score, err := Score(p, u.d.teams())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if none := newTally(p).score(); score-none != u.peak-base {
			t.Fatalf("seed %d: the plan gains %d, the peak %d", seed, score-none, u.peak-base)
		}
	}
}
