package solver

import (
	"math/bits"
	"slices"
)

// offer is an option of a block that the search looks at, with all that it needs to know about it.
type offer struct {
	option, agent int32   // the agent by its number in the block
	sites         []int32 // by their numbers in the block
	price         int64   // of the sites
	alone         int64   // the best team, all of the pool being free
	table         []int64 // by set of the pool: the best team within it; nil where the pool has more than jointItems
}

// offersPerSite is how many offers with one site, and how many with several, each site keeps.
const offersPerSite = 24

// shortlist picks the options of a block that are worth looking at: what its agents hold, and for each site those that
// cost their agents least beside the best slot of the same kind that they could take instead.
type shortlist struct {
	d         *district
	one, more [][]regret // by site of the block
	best      []int64    // by kind of slot, for the agent at hand
}

// regret is by how much an option falls short of its agent's best of the same kind, at the prices.
type regret struct {
	points int64
	option int32
}

func (x regret) before(y regret) bool {
	return x.points < y.points || x.points == y.points && x.option < y.option
}

// options lists the shortlisted options in ascending order.
func (d *district) options(b block) []int32 {
	l := &shortlist{d: d, one: make([][]regret, len(b.sites)), more: make([][]regret, len(b.sites)), best: make([]int64, d.kinds)}
	var out []int32
	for _, a := range b.agents {
		l.rate(a)
		out = append(out, d.held[a]...)
	}
	for n := range b.sites {
		for _, x := range l.one[n] {
			out = append(out, x.option)
		}
		for _, x := range l.more[n] {
			out = append(out, x.option)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// rate enters all options of an agent inside the block.
func (l *shortlist) rate(a int32) {
	d := l.d
	for k := range l.best {
		l.best[k] = -never
	}
	for o := d.m.first[a]; o < d.m.first[a+1]; o++ {
		if s := d.m.slot[o]; d.inside(s, a) {
			l.best[d.kind[s]] = max(l.best[d.kind[s]], d.value[o]-d.slotPrice[s])
		}
	}
	for o := d.m.first[a]; o < d.m.first[a+1]; o++ {
		s := d.m.slot[o]
		if !d.inside(s, a) {
			continue
		}
		x := regret{l.best[d.kind[s]] - (d.value[o] - d.slotPrice[s]), o}
		lists := l.one
		if len(d.sites(o)) > 1 {
			lists = l.more
		}
		for _, v := range d.sites(o) {
			lists[d.site[v]] = enter(lists[d.site[v]], x)
		}
	}
}

// enter keeps the first offersPerSite in order.
func enter(list []regret, x regret) []regret {
	if len(list) == offersPerSite {
		if !x.before(list[len(list)-1]) {
			return list
		}
		list = list[:len(list)-1]
	}
	list = append(list, x)
	for n := len(list) - 1; n > 0 && list[n].before(list[n-1]); n-- {
		list[n-1], list[n] = list[n], list[n-1]
	}
	return list
}

// slotKinds numbers the slots by what a team for them takes and saves: sizes, sites, the first site's penalty.
func (m *model) slotKinds() (kind []int32, kinds int) {
	seen := map[[4]int64]int32{}
	kind = make([]int32, len(m.p.Slots))
	for s := range m.p.Slots {
		slot := &m.p.Slots[s]
		c := [4]int64{int64(slot.MinSize), int64(slot.MaxSize), int64(len(slot.Sites)), m.p.Sites[slot.Sites[0]].Penalty}
		n, ok := seen[c]
		if !ok {
			n = int32(len(seen))
			seen[c] = n
		}
		kind[s] = n
	}
	return kind, len(seen)
}

// bestWithin fills out with the best team for option o of agent a within each set of its pool, impossible where there is
// none; out has an element for each set.
func (m *model) bestWithin(a, o int32, cost, out []int64, sc *scratch) {
	m.exactTeams(a, o, cost, out, sc)
	for b := 1; b < len(out); b <<= 1 {
		for s := range out {
			if s&b != 0 {
				out[s] = max(out[s], out[s&^b])
			}
		}
	}
}

// exactTeams fills out with the value of the team for option o of agent a that has exactly the items of each set.
func (m *model) exactTeams(a, o int32, cost, out []int64, sc *scratch) {
	pool, slot, ws := m.p.Agents[a].Pool, &m.p.Slots[m.slot[o]], m.worths(a, o)
	forced := 0
	for j, i := range pool {
		if contains(slot.Forced, i) {
			forced |= 1 << j
		}
	}
	sc.sum, sc.lead = room(sc.sum, len(out)), room(sc.lead, len(out))
	sc.sum[0], sc.lead[0], out[0] = m.points[o], impossible, impossible
	for s := 1; s < len(out); s++ {
		j := bits.TrailingZeros(uint(s))
		rest := s & (s - 1)
		out[s], sc.sum[s], sc.lead[s] = impossible, impossible, impossible
		if ws[j] == barred || cost[j] >= never || sc.sum[rest] == impossible {
			continue
		}
		sc.sum[s], sc.lead[s] = sc.sum[rest]+int64(ws[j])-cost[j], sc.lead[rest]
		if it := &m.p.Items[pool[j]]; it.Leads {
			sc.lead[s] = max(sc.lead[s], it.LeadBonus)
		}
		n := bits.OnesCount(uint(s))
		if n >= slot.MinSize && n <= slot.MaxSize && s&forced == forced && bits.OnesCount(uint(forced)) == len(slot.Forced) && sc.lead[s] > impossible {
			out[s] = sc.sum[s] + sc.lead[s]
		}
	}
}
