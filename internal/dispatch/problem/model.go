package problem

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"jieli/internal/solver"
)

// Model is the problem in the solver's plain numbers: villages are its sites, units its agents, cadres its items and
// rows of shares.csv its quotas, each by the same position. Its slots are the clusters for which a team can be thought of.
func (p *Problem) Model() *solver.Problem {
	m := &solver.Problem{
		Sites: make([]solver.Site, len(p.villages)), Agents: make([]solver.Agent, len(p.units)),
		Quotas: make([]solver.Quota, len(p.shares)), ItemLimit: p.rules.headcount,
	}
	for v := range m.Sites {
		m.Sites[v].Penalty = p.penalty(v)
	}
	for u := range m.Agents {
		m.Agents[u] = p.agent(u)
	}
	for g := range m.Quotas {
		m.Quotas[g].Penalty = p.rules.penaltyShare
	}
	m.Items = p.items()
	clusters := p.addSlots(m)
	m.Worth = func(item, slot int32) (int64, bool) {
		if !p.mayServe(int(item), clusters[slot]) {
			return 0, false
		}
		return p.member(int(item), clusters[slot][0]), true
	}
	return m
}

func (p *Problem) agent(u int) solver.Agent {
	from := &p.units[u]
	a := solver.Agent{Min: from.min, Max: from.max, ShortPenalty: p.rules.penaltyMinTeams, Pool: narrow(from.pool)}
	for g, s := range p.shares {
		if s.level == from.level {
			a.Quotas = append(a.Quotas, small(g))
		}
	}
	return a
}

func (p *Problem) items() []solver.Item {
	items := make([]solver.Item, len(p.cadres))
	terms := make([]int64, len(p.cadres)*len(p.shares))
	for c := range items {
		own := terms[c*len(p.shares) : (c+1)*len(p.shares) : (c+1)*len(p.shares)]
		for g := range own {
			own[g] = p.shareTerm(g, c)
		}
		items[c] = solver.Item{Leads: p.cadres[c].leads, LeadBonus: p.leaderPoints(c), Quota: own}
	}
	return items
}

// addSlots lists the clusters that some unit may lead, with what each such unit is worth there: first every village
// alone, then the larger clusters by first village. It gives the villages of each slot.
func (p *Problem) addSlots(m *solver.Problem) [][]int {
	alone := p.leads()
	more := make([][]solver.Slot, len(p.villages))
	clusters := make([][][]int, len(p.villages))
	inParallel(len(p.villages), func(v int) {
		for _, cluster := range p.clustersFrom(v) {
			if options := p.options(cluster, alone); len(options) > 0 {
				more[v] = append(more[v], p.slot(cluster, options))
				clusters[v] = append(clusters[v], cluster)
			}
		}
	})
	sets := map[string]int32{}
	var all [][]int
	for v := range more {
		for i, s := range more[v] {
			name := setKey(clusters[v][i])
			if _, known := sets[name]; !known {
				sets[name] = small(len(sets))
			}
			s.Set = sets[name]
			m.Slots = append(m.Slots, s)
		}
		all = append(all, clusters[v]...)
	}
	return all
}

func (p *Problem) slot(cluster []int, options []solver.Option) solver.Slot {
	s := solver.Slot{Sites: narrow(cluster), Options: options, Forced: narrow(p.forced(cluster))}
	s.MinSize, s.MaxSize = p.sizes(cluster[0])
	return s
}

// forced are the candidates that are pinned to any of the villages, ascending.
func (p *Problem) forced(cluster []int) []int {
	var all []int
	for _, v := range cluster {
		all = append(all, p.villages[v].pinCadres...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// options are the units that may lead a team of the cluster, ascending, given those of each village alone.
func (p *Problem) options(cluster []int, alone [][]solver.Option) []solver.Option {
	options := alone[cluster[0]]
	for _, v := range cluster[1:] {
		options = p.meet(options, alone[v])
	}
	forced := p.forced(cluster)
	if len(forced) == 0 {
		return options
	}
	return slices.DeleteFunc(slices.Clone(options), func(o solver.Option) bool {
		return slices.ContainsFunc(forced, func(c int) bool {
			return p.cadres[c].unit != int(o.Agent) || !p.mayServe(c, cluster)
		})
	})
}

// meet keeps the options whose unit may lead the further village as well, and adds what that is worth.
func (p *Problem) meet(options, village []solver.Option) []solver.Option {
	out := make([]solver.Option, 0, min(len(options), len(village)))
	for _, o := range options {
		for len(village) > 0 && village[0].Agent < o.Agent {
			village = village[1:]
		}
		if len(village) > 0 && village[0].Agent == o.Agent {
			out = append(out, solver.Option{Agent: o.Agent, Points: o.Points + p.further(village[0].Points)})
		}
	}
	return out
}

// leads lists, for each village, the units that may lead a team of it alone, ascending, with unit(u, v).
func (p *Problem) leads() [][]solver.Option {
	near := p.unitsByCounty()
	out := make([][]solver.Option, len(p.villages))
	inParallel(len(p.villages), func(v int) {
		units := near[p.villages[v].code/1_000_000]
		options := make([]solver.Option, 0, len(units))
		for _, u := range units {
			if p.mayLead(u, v) {
				options = append(options, solver.Option{Agent: small(u), Points: p.pairing(u, v).Total()})
			}
		}
		out[v] = options
	})
	return out
}

// unitsByCounty lists, for each county with a village, the lead units whose region holds it, ascending.
func (p *Problem) unitsByCounty() map[int64][]int {
	type area struct{ from, to int64 }
	byArea := map[area][]int{}
	for u := range p.units {
		if p.units[u].lead == none {
			a := area{p.units[u].from, p.units[u].to}
			byArea[a] = append(byArea[a], u)
		}
	}
	out := map[int64][]int{}
	for v := range p.villages {
		code := p.villages[v].code
		if _, done := out[code/1_000_000]; done {
			continue
		}
		var units []int
		for _, size := range []int64{10_000_000_000, 100_000_000, 1_000_000} { // province, city, county
			from := code / size * size
			units = append(units, byArea[area{from, from + size}]...)
		}
		slices.Sort(units)
		out[code/1_000_000] = units
	}
	return out
}

// teamsOf reads the solver's teams. They are ReasonOf in the order of their first villages' codes.
func (p *Problem) teamsOf(m *solver.Problem, from []solver.Team) []Team {
	teams := make([]Team, len(from))
	for i, t := range from {
		teams[i] = Team{Unit: int(t.Agent), Villages: widen(m.Slots[t.Slot].Sites), Members: widen(t.Items)}
	}
	return p.inOrder(teams)
}

// inOrder numbers the teams in the order of their first villages' codes. Members behind the leader ascend.
func (p *Problem) inOrder(teams []Team) []Team {
	slices.SortFunc(teams, func(a, b Team) int {
		return cmp.Compare(p.Villages[a.Villages[0]].Code, p.Villages[b.Villages[0]].Code)
	})
	for i := range teams {
		teams[i].ID = teamID(i + 1)
		slices.Sort(teams[i].Members[1:])
	}
	return teams
}

// startFrom turns teams, such as those of an earlier plan, into the solver's. Teams of clusters that are none are left out;
// what else is not allowed the solver drops.
func (p *Problem) startFrom(m *solver.Problem, teams []Team) []solver.Team {
	slots := make(map[string]int32, len(m.Slots))
	for s := range m.Slots {
		slots[clusterKey(widen(m.Slots[s].Sites))] = small(s)
	}
	var out []solver.Team
	for _, t := range teams {
		if s, known := slots[clusterKey(t.Villages)]; known && len(t.Members) > 0 {
			items := narrow(t.Members)
			slices.Sort(items[1:])
			out = append(out, solver.Team{Slot: s, Agent: small(t.Unit), Items: items})
		}
	}
	return out
}

// inParallel calls f with 0..n-1, each once, from as many goroutines as may run at a time.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	const chunk = 64
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				to := int(next.Add(chunk))
				for i := to - chunk; i < min(to, n); i++ {
					f(i)
				}
				if to >= n {
					return
				}
			}
		})
	}
	group.Wait()
}

// small is a position, or a number of clusters, as the solver counts: both are held below 2^31 by maxRows and maxClusters.
func small(n int) int32 { return int32(n) } //nolint:gosec // see above

func narrow(list []int) []int32 {
	if len(list) == 0 {
		return nil
	}
	out := make([]int32, len(list))
	for i, n := range list {
		out[i] = small(n)
	}
	return out
}

func widen(list []int32) []int {
	out := make([]int, len(list))
	for i, n := range list {
		out[i] = int(n)
	}
	return out
}
