package problem

import (
	"cmp"
	"slices"
)

// mended is as much of an earlier plan as the rules still allow, for the solver to start from. A team that lost people,
// its leader too, is filled from those of its unit who are in no team, up to the least size; one that lost a village
// goes on with the others; one that cannot be made is left out.
func (p *Problem) mended(former []FormerTeam) []Team {
	m := &mender{p: p, used: make([]bool, len(p.cadres)), served: make([]bool, len(p.villages)), led: make([]int64, len(p.units))}
	drafts := make([]Team, 0, len(former))
	for _, t := range former {
		if draft, ok := m.draft(t); ok {
			drafts = append(drafts, draft)
		}
	}
	teams := drafts[:0]
	for _, t := range drafts {
		if m.fill(&t) {
			teams = append(teams, t)
			continue
		}
		for _, c := range t.Members {
			m.used[c] = false
		}
	}
	return teams
}

// mender keeps account of what the mended teams use.
type mender struct {
	p            *Problem
	used, served []bool
	led          []int64
}

// draft is the former team with those of its villages and members that are still allowed, all of which are then taken.
func (m *mender) draft(from FormerTeam) (Team, bool) {
	p := m.p
	villages, _ := p.KnownVillages(from)
	t := Team{ID: from.ID, Unit: p.unitAt(from.Unit), Villages: villages}
	if t.Unit == none || !p.IsCluster(villages) || m.led[t.Unit] >= p.units[t.Unit].max || !p.mayLeadAll(t.Unit, villages) {
		return t, false
	}
	if slices.ContainsFunc(villages, func(v int) bool { return m.served[v] }) {
		return t, false
	}
	_, most := p.sizes(villages[0])
	for _, id := range from.Members {
		if c, known := p.cadre[id]; known && m.free(c, t) && len(t.Members) < most {
			t.Members = append(t.Members, c)
			m.used[c] = true
		}
	}
	for _, v := range villages {
		m.served[v] = true
	}
	m.led[t.Unit]++
	return t, true
}

// mayLeadAll says whether the unit may lead a team that serves all the villages, and has those who are pinned there.
func (p *Problem) mayLeadAll(u int, villages []int) bool {
	return !slices.ContainsFunc(villages, func(v int) bool { return !p.mayLead(u, v) || !p.hasPinned(u, v) })
}

func (m *mender) free(c int, t Team) bool {
	return !m.used[c] && m.p.cadres[c].unit == t.Unit && m.p.mayServe(c, t.Villages)
}

// fill puts those who are pinned there, a leader, and members up to the least size into the team; false where it cannot.
func (m *mender) fill(t *Team) bool {
	p := m.p
	least, most := p.sizes(t.Villages[0])
	var spare []int
	for _, c := range p.units[t.Unit].pool {
		if m.free(c, *t) {
			spare = append(spare, c)
		}
	}
	first := t.Villages[0]
	slices.SortStableFunc(spare, func(a, b int) int { return cmp.Compare(p.member(b, first), p.member(a, first)) })
	take := func(wanted func(c int) bool) {
		if at := slices.IndexFunc(spare, wanted); at >= 0 {
			t.Members = append(t.Members, spare[at])
			m.used[spare[at]] = true
			spare = slices.Delete(spare, at, at+1)
		}
	}
	for _, pinned := range p.forced(t.Villages) {
		take(func(c int) bool { return c == pinned })
	}
	leads := func(c int) bool { return p.cadres[c].leads }
	if !slices.ContainsFunc(t.Members, leads) {
		take(leads)
	}
	for len(spare) > 0 && len(t.Members) < least {
		take(func(int) bool { return true })
	}
	leader := slices.IndexFunc(t.Members, leads)
	if leader < 0 || len(t.Members) < least || len(t.Members) > most {
		return false
	}
	member := t.Members[leader]
	t.Members = slices.Insert(slices.Delete(t.Members, leader, leader+1), 0, member)
	return true
}
