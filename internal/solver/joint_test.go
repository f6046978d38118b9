package solver

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// staffing is an agent with a pool and a few options of different sizes, bars and forced items.
func staffing(r *rand.Rand, items, options int) (*model, []int64) {
	p := &Problem{Agents: []Agent{{Max: int64(options)}}}
	cost := make([]int64, items)
	for i := range items {
		p.Items = append(p.Items, Item{Leads: r.IntN(2) == 0, LeadBonus: int64(r.IntN(40))})
		p.Agents[0].Pool = append(p.Agents[0].Pool, int32(i))
		cost[i] = int64(r.IntN(60))
		if r.IntN(10) == 0 {
			cost[i] = never
		}
	}
	for k := range options {
		p.Sites = append(p.Sites, Site{})
		s := Slot{Set: int32(k), Sites: []int32{int32(k)}, MinSize: 1 + r.IntN(2), Options: []Option{{Points: int64(r.IntN(100))}}}
		s.MaxSize = s.MinSize + r.IntN(3)
		if r.IntN(5) == 0 {
			s.Forced = []int32{int32(r.IntN(items))}
		}
		p.Slots = append(p.Slots, s)
	}
	salt := r.Uint64()
	p.Worth = func(item, slot int32) (int64, bool) {
		x := mix(salt ^ uint64(item)<<8 ^ uint64(slot))
		return int64(x%120) - 20, x>>20%8 > 0
	}
	return compile(p, 1), cost
}

// byHand is the best way to staff the options from the pool positions in free, tried one by one.
func byHand(m *model, options []int32, free uint32, cost []int64) int64 {
	if len(options) == 0 {
		return 0
	}
	best := -never
	for set := free; set > 0; set = (set - 1) & free {
		v, ok := setByHand(m, options[0], set, cost)
		if !ok {
			continue
		}
		if rest := byHand(m, options[1:], free&^set, cost); rest > -never {
			best = max(best, v+rest)
		}
	}
	return best
}

func setByHand(m *model, o int32, set uint32, cost []int64) (int64, bool) {
	slot := &m.p.Slots[m.slot[o]]
	if n := bits.OnesCount32(set); n < slot.MinSize || n > slot.MaxSize {
		return 0, false
	}
	for _, i := range slot.Forced {
		if set>>i&1 == 0 {
			return 0, false
		}
	}
	total, lead, led := m.points[o], int64(0), false
	for j, w := range m.worths(0, o) {
		if set>>j&1 == 0 {
			continue
		}
		if w == barred || cost[j] == never {
			return 0, false
		}
		total += int64(w) - cost[j]
		if it := &m.p.Items[j]; it.Leads && (!led || it.LeadBonus > lead) {
			lead, led = it.LeadBonus, true
		}
	}
	return total + lead, led
}

func TestJointAgainstEverySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 6))
		items := 1 + r.IntN(7)
		m, cost := staffing(r, items, 3)
		var options []int32
		for o := range int32(len(m.slot)) {
			options = append(options, o)
		}
		sc := &scratch{}
		for n := range len(options) + 1 {
			got, want := m.joint(0, options[:n], cost, sc), byHand(m, options[:n], 1<<items-1, cost)
			if n < 3 && got != want || got > want {
				t.Fatalf("%d teams: %d, by hand %d", n, got, want)
			}
			if got > -never {
				checkPicks(t, m, options[:n], cost, sc, got)
			}
		}
	})
}

// checkPicks holds the picks to the value told for them.
func checkPicks(t *rapid.T, m *model, options []int32, cost []int64, sc *scratch, told int64) {
	used, total := uint32(0), int64(0)
	for h, o := range options {
		set := uint32(0)
		for _, j := range sc.picks[h] {
			set |= 1 << j
		}
		if used&set != 0 || bits.OnesCount32(set) != len(sc.picks[h]) {
			t.Fatalf("an item twice in %v", sc.picks[:len(options)])
		}
		used |= set
		if _, ok := setByHand(m, o, set, cost); !ok || !m.p.Items[sc.picks[h][0]].Leads {
			t.Fatalf("team %v is not allowed", sc.picks[h])
		}
		total += m.staffed(0, o, sc.picks[h], cost)
	}
	if total != told {
		t.Fatalf("picks are worth %d, told %d", total, told)
	}
}
