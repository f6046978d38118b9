package demo_test

import (
	"errors"

	"jieli/internal/demo"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

func asError(err error) *domain.Error {
	var told *domain.Error
	errors.As(err, &told)
	return told
}

// lookup finds what the round in force holds by its key.
type lookup struct {
	villages map[domain.Code]domain.RoundVillage
	units    map[string]domain.RoundUnit
	people   map[string]domain.Candidate
	regions  map[domain.Code]domain.Region
}

func lookUp(data demo.Data) lookup {
	l := lookup{map[domain.Code]domain.RoundVillage{}, map[string]domain.RoundUnit{}, map[string]domain.Candidate{}, map[domain.Code]domain.Region{}}
	for _, v := range data.Rounds[0].Villages {
		l.villages[v.Code] = v
	}
	for _, u := range data.Rounds[0].Units {
		l.units[u.ID] = u
	}
	for _, c := range data.Rounds[0].Candidates {
		l.people[c.ID] = c
	}
	for _, r := range data.Regions {
		l.regions[r.Code] = r
	}
	return l
}

func count[T any](items []T, which func(T) bool) int {
	n := 0
	for _, item := range items {
		if which(item) {
			n++
		}
	}
	return n
}

// teamsOf gives the recorded teams by positions in the problem's slices.
func teamsOf(p *problem.Problem, data demo.Data) []problem.Team {
	at := map[string]int{}
	for i, u := range p.Units {
		at[u.ID] = i
	}
	for i, v := range p.Villages {
		at[string(v.Code)] = i
	}
	for i, c := range p.Cadres {
		at[c.ID] = i
	}
	var teams []problem.Team
	for _, r := range data.Recorded {
		team := problem.Team{ID: r.ID, Unit: at[r.Unit]}
		for _, v := range r.Villages {
			team.Villages = append(team.Villages, at[string(v)])
		}
		for _, m := range r.Members {
			team.Members = append(team.Members, at[m])
		}
		teams = append(teams, team)
	}
	return teams
}
