package demo_test

import (
	"errors"

	"jieli/internal/demo"
	"jieli/internal/domain"
)

func asError(err error) *domain.Error {
	var told *domain.Error
	errors.As(err, &told)
	return told
}

// lookup finds what a round holds by its key.
type lookup struct {
	villages map[domain.Code]domain.RoundVillage
	units    map[string]domain.RoundUnit
	people   map[string]domain.Candidate
	regions  map[domain.Code]domain.Region
}

func lookUp(data demo.Data, round int) lookup {
	l := lookup{map[domain.Code]domain.RoundVillage{}, map[string]domain.RoundUnit{}, map[string]domain.Candidate{}, map[domain.Code]domain.Region{}}
	for _, v := range data.Rounds[round].Villages {
		l.villages[v.Code] = v
	}
	for _, u := range data.Rounds[round].Units {
		l.units[u.ID] = u
	}
	for _, c := range data.Rounds[round].Candidates {
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
