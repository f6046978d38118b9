package problem

import "jieli/internal/domain"

// Problem is one round to be planned (dispatch contract §1). Villages, units and cadres are named by their position in
// the slices, everywhere but in files. Make one with Load, Decode or FromRound; do not change it afterwards.
type Problem struct {
	Specialities []string
	Villages     []domain.RoundVillage
	Units        []domain.RoundUnit
	Cadres       []domain.Candidate
	Policy       Policy
	Shares       []domain.Share
	Pins         []domain.Pin

	index // the same in plain numbers, for rules and score
}

// Team is one team of a plan, by positions in the problem's slices.
type Team struct {
	ID       string
	Unit     int   // lead unit
	Villages []int // the first one first
	Members  []int // the leader first
}

// Detail is the teams as the domain knows them, with their score parts. The plan's id is left empty.
func (p *Problem) Detail(teams []Team) []domain.Team {
	out := make([]domain.Team, len(teams))
	for i, t := range teams {
		out[i] = p.detail(t)
	}
	return out
}

func (p *Problem) detail(t Team) domain.Team {
	d := domain.Team{ID: t.ID, Unit: p.Units[t.Unit].ID, Parts: p.Parts(t)}
	for _, v := range t.Villages {
		village := &p.Villages[v]
		match := int(p.unitMatch(t.Unit, v) / 100)
		d.Villages = append(d.Villages, domain.TeamVillage{Code: village.Code, Category: village.Category, Match: match})
	}
	d.County = p.Villages[t.Villages[0]].Code.At(domain.LevelCounty)
	for i, c := range t.Members {
		role := domain.RoleMember
		if i == 0 {
			role = domain.RoleLeader
		}
		match := int(p.cadreMatch(c, t.Villages[0]) / 100)
		d.Members = append(d.Members, domain.TeamMember{Cadre: p.Cadres[c].ID, Role: role, Match: match})
	}
	return d
}
