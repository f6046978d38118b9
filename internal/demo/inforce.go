package demo

import (
	"fmt"

	"jieli/internal/domain"
	"jieli/internal/spelling"
)

// inForce is the round 2021–2023 as drawn: who serves where, with whom.
type inForce struct {
	*registry
	teams  []team
	level  []domain.UnitLevel
	people *people
}

// drawInForce draws the round in force: villages, teams, units and people, with the report's totals.
func drawInForce(l *land, t tables, s *spelling.Speller, seed uint64) (*inForce, error) {
	r := &registry{land: l, tables: t, spell: s, seed: seed}
	fixed, err := findReported(l)
	if err != nil {
		return nil, err
	}
	categories := map[int]domain.Category{}
	for i, v := range fixed {
		categories[i] = domain.Category(v.category)
	}
	teams := newTeams(chooseVillages(l, stream(seed, "categories"), categories), fixed)
	if len(teams) != reportTeams {
		return nil, tooFew("villages")
	}
	a := &allotment{registry: r, teams: teams, level: make([]domain.UnitLevel, len(teams))}
	if err := a.run(); err != nil {
		return nil, err
	}
	drawSizes(stream(seed, "sizes"), teams, a.level)
	p := &people{registry: r, spell: s}
	p.staff(stream(seed, "people/2021"), teams, a.level)
	return &inForce{r, teams, a.level, p}, nil
}

func newTeams(clusters []cluster, fixed map[int]*reported) []team {
	teams := make([]team, len(clusters))
	for i, c := range clusters {
		teams[i] = team{cluster: c, id: fmt.Sprintf("T%05d", i+1), unit: none, fixed: fixed[c.places[0]]}
	}
	return teams
}

// findReported finds the villages of the report by name, township and county. Names repeat, but not all three together.
func findReported(l *land) (map[int]*reported, error) {
	found := map[int]*reported{}
	for _, v := range reportedVillages() {
		at := none
		for i, p := range l.places {
			if p.name == v.village && l.names[p.code.At(domain.LevelTownship)] == v.township && l.counties[p.county].Name == v.county {
				at = i
			}
		}
		if at == none {
			return nil, tooFew(v.county + v.township + v.village)
		}
		found[at] = &v
	}
	return found, nil
}

// recorded gives the teams as the record has them.
func (f *inForce) recorded() []RecordedTeam {
	all := make([]RecordedTeam, len(f.teams))
	for i, t := range f.teams {
		all[i] = RecordedTeam{ID: t.id, Unit: f.units[t.unit].ID}
		for _, v := range t.places {
			all[i].Villages = append(all[i].Villages, f.land.places[v].code)
		}
		for _, m := range t.members {
			all[i].Members = append(all[i].Members, f.people.all[m].ID)
		}
	}
	return all
}

// input is the round in force as a round of the store: its villages, the units that take part and the people who were sent.
// Nominees who were not sent are not on record.
func (f *inForce) input(policy domain.PolicyVersion) domain.RoundInput {
	in := domain.RoundInput{
		Round: domain.Round{
			ID: RoundInForce, Name: "2021—2023年驻村帮扶", FromYear: 2021, ToYear: 2023, Status: domain.RoundInForce,
			Headcount: reportPeople, Specialities: Specialities(), Policy: policy.ID,
		},
		Policy: policy, Candidates: f.people.all[:len(f.people.all):len(f.people.all)],
	}
	d := stream(f.seed, "prior/2021")
	served := map[int]servedBy{}
	for _, t := range f.teams {
		for _, v := range t.places {
			s := servedBy{category: t.category}
			if d.chance(0.3) { // of the round before, no more is known than that some units stayed
				s.prior = f.units[t.unit].ID
			}
			served[v] = s
		}
	}
	in.Villages = roundVillages(f.land, served, d)
	for _, u := range f.units {
		if len(u.teams) > 0 || u.lead != none {
			in.Units = append(in.Units, f.unitInForce(u))
		}
	}
	return in
}

// servedBy is what a round knows of a village besides the ground.
type servedBy struct {
	category domain.Category
	prior    string
	drift    int // by how much a need may have moved since it was drawn
}

// difficulties are the least difficulty of each category; what the place has of its own is added.
var difficulties = map[domain.Category]int{
	domain.CategoryKey: 58, domain.CategoryWeak: 42, domain.CategoryDemonstration: 5, domain.CategoryConsolidated: 20,
}

// roundVillages gives the served places as villages of a round, by code.
func roundVillages(l *land, served map[int]servedBy, d dice) []domain.RoundVillage {
	var all []domain.RoundVillage
	for i, p := range l.places {
		s, ok := served[i]
		if !ok {
			continue
		}
		v := domain.RoundVillage{
			Code: p.code, Name: p.name, Category: s.category, X: p.x, Y: p.y,
			Difficulty: difficulties[s.category] + p.difficulty, Needs: needsNow(p.needs, s, d), PriorUnit: s.prior,
		}
		for _, j := range p.near {
			if _, too := served[j]; too {
				v.Neighbours = append(v.Neighbours, l.places[j].code)
			}
		}
		all = append(all, v)
	}
	return all
}

// needsNow are the needs in the round: moved a little, and party building first where the organisation is weak.
func needsNow(needs domain.Skills, s servedBy, d dice) domain.Skills {
	now := make(domain.Skills, len(needs))
	for k, n := range needs {
		if n > 0 {
			now[k] = min(100, max(1, n+d.between(-s.drift, s.drift)))
		}
	}
	if s.category == domain.CategoryWeak {
		now[0] = max(now[0], d.between(80, 100))
	}
	return now
}

// unitInForce is the unit's part in the round in force. A provincial unit may serve the county that the province named.
func (f *inForce) unitInForce(u unit) domain.RoundUnit {
	r := u.inRound()
	n := int64(len(u.teams))
	r.MinTeams, r.MaxTeams = n, n
	if u.Level == domain.UnitProvince && n > 0 {
		r.Region = f.land.counties[f.teams[u.teams[0]].county].Code
	}
	if u.lead != none {
		r.LeadUnit = f.units[u.lead].ID
	}
	return r
}

// inRound is what is the same in every round.
func (u unit) inRound() domain.RoundUnit {
	return domain.RoundUnit{
		Unit: u.Unit, Region: u.area, Strength: u.strength, X: int64(u.at.x), Y: int64(u.at.y), Skills: u.skills,
	}
}
