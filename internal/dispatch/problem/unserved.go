package problem

import (
	"cmp"
	"slices"

	"jieli/internal/domain"
)

// The reasons why a village is left without a team, as message keys. Each names what binds first.
const (
	ReasonNoUnit    = "dispatch.unserved.no_unit"    // the rules let no unit lead there
	ReasonPinned    = "dispatch.unserved.pinned"     // the rules would let units, the pins let none
	ReasonUnitsFull = "dispatch.unserved.units_full" // every unit that may lead there leads all the teams that it may
	ReasonNoLeader  = "dispatch.unserved.no_leader"  // such units are left, but none has a leader left
	ReasonNoTeam    = "dispatch.unserved.no_team"    // leaders are left, but not enough members beside them
	ReasonHeadcount = "dispatch.unserved.headcount"  // a team could be made, but the headcount is used up
	ReasonCost      = "dispatch.unserved.cost"       // a team would cost more than leaving the village
	ReasonPossible  = "dispatch.unserved.possible"   // a team would gain: the search ended too early
)

// Unserved lists the villages that no team serves, in the problem's order, each with the reason that binds and its
// numbers (dispatch contract §2: what could not be met is reported, with its reason).
func (p *Problem) Unserved(teams []Team) []domain.Unserved {
	missing := p.unservedVillages(teams)
	if len(missing) == 0 {
		return nil
	}
	l := p.leftOver(teams)
	near := p.unitsByCounty()
	out := make([]domain.Unserved, len(missing))
	for i, v := range missing {
		reason, params := l.reason(v, near[p.villages[v].code/1_000_000])
		village := &p.Villages[v]
		out[i] = domain.Unserved{Village: village.Code, Category: village.Category, Reason: reason, Params: params}
	}
	return out
}

func (p *Problem) unservedVillages(teams []Team) []int {
	served := make([]bool, len(p.villages))
	for _, t := range teams {
		for _, v := range t.Villages {
			served[v] = true
		}
	}
	var out []int
	for v := range served {
		if !served[v] {
			out = append(out, v)
		}
	}
	return out
}

// leftOver is what a plan leaves: teams that units may still lead, candidates in no team.
type leftOver struct {
	p       *Problem
	led     []int64
	used    []bool
	members int64
	short   []int64 // running shortfall of each share
}

func (p *Problem) leftOver(teams []Team) *leftOver {
	l := &leftOver{p: p, led: make([]int64, len(p.units)), used: make([]bool, len(p.cadres)), short: make([]int64, len(p.shares))}
	for _, t := range teams {
		l.led[t.Unit]++
		l.members += int64(len(t.Members))
		for _, c := range t.Members {
			l.used[c] = true
			p.countShares(l.short, t.Unit, c)
		}
	}
	return l
}

// reason walks down from the rules to the points and stops where nothing is left.
func (l *leftOver) reason(v int, units []int) (string, map[string]int64) {
	p := l.p
	byRule := slices.DeleteFunc(slices.Clone(units), func(u int) bool { return !p.levelFits(u, v) })
	if len(byRule) == 0 {
		return ReasonNoUnit, map[string]int64{"near": int64(len(units))}
	}
	may := slices.DeleteFunc(slices.Clone(byRule), func(u int) bool { return !p.mayLead(u, v) || !p.hasPinned(u, v) })
	if len(may) == 0 {
		return ReasonPinned, map[string]int64{"units": int64(len(byRule))}
	}
	free := slices.DeleteFunc(slices.Clone(may), func(u int) bool { return l.led[u] >= p.units[u].max })
	if len(free) == 0 {
		var teams int64
		for _, u := range may {
			teams += p.units[u].max
		}
		return ReasonUnitsFull, map[string]int64{"units": int64(len(may)), "teams": teams}
	}
	return l.reasonOfPeople(v, free)
}

// hasPinned says whether all candidates that are pinned to the village belong to the unit's teams.
func (p *Problem) hasPinned(u, v int) bool {
	return !slices.ContainsFunc(p.villages[v].pinCadres, func(c int) bool { return p.cadres[c].unit != u })
}

// reasonOfPeople is reason where units are free to lead.
func (l *leftOver) reasonOfPeople(v int, free []int) (string, map[string]int64) {
	least, _ := l.p.sizes(v)
	params := map[string]int64{"units": int64(len(free)), "size": int64(least), "penalty": l.p.penalty(v)}
	var leaders int64
	var best *int64
	for _, u := range free {
		t, able := l.bestTeam(u, v)
		leaders += able
		if t == nil {
			continue
		}
		if gain := l.gain(*t); best == nil || gain > *best {
			best = &gain
		}
	}
	params["leaders"] = leaders
	limit := l.p.rules.headcount
	switch {
	case leaders == 0:
		return ReasonNoLeader, params
	case best == nil:
		return ReasonNoTeam, params
	case limit > 0 && l.members+int64(least) > limit:
		params["members"], params["headcount"] = l.members, limit
		return ReasonHeadcount, params
	case *best <= 0:
		params["loss"] = -*best
		return ReasonCost, params
	}
	params["gain"] = *best
	return ReasonPossible, params
}

// bestTeam is the best team of least size that the unit could still send to the village alone, or nil, and how many
// leaders it has left.
func (l *leftOver) bestTeam(u, v int) (*Team, int64) {
	p := l.p
	alone := []int{v}
	able := slices.DeleteFunc(slices.Clone(p.units[u].pool), func(c int) bool { return l.used[c] || !p.mayServe(c, alone) })
	slices.SortStableFunc(able, func(a, b int) int { return cmp.Compare(p.member(b, v), p.member(a, v)) })
	leader, leaders := none, int64(0)
	for _, c := range able {
		if p.cadres[c].leads {
			leaders++
			if leader == none || p.member(c, v)+p.leaderPoints(c) > p.member(leader, v)+p.leaderPoints(leader) {
				leader = c
			}
		}
	}
	least, most := p.sizes(v)
	forced := p.forced(alone)
	if leader == none || len(able) < least || slices.ContainsFunc(forced, func(c int) bool { return !slices.Contains(able, c) }) {
		return nil, leaders
	}
	t := Team{Unit: u, Villages: alone, Members: append([]int{leader}, without(forced, leader)...)}
	for _, c := range able {
		if len(t.Members) < least && !slices.Contains(t.Members, c) {
			t.Members = append(t.Members, c)
		}
	}
	if len(t.Members) > most {
		return nil, leaders
	}
	return &t, leaders
}

func without(list []int, x int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(y int) bool { return x == y })
}

// gain is by how much the plan's score would grow with the team: its own score, the village's penalty, a team that the
// unit was short of, and what its members do to the shares.
func (l *leftOver) gain(t Team) int64 {
	p := l.p
	gain := p.Parts(t).Total() + p.penalty(t.Villages[0])
	if l.led[t.Unit] < p.units[t.Unit].min {
		gain += p.rules.penaltyMinTeams
	}
	short := slices.Clone(l.short)
	for _, c := range t.Members {
		p.countShares(short, t.Unit, c)
	}
	for g := range short {
		gain -= p.rules.penaltyShare * (max(0, short[g]) - max(0, l.short[g]))
	}
	return gain
}
