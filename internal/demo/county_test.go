package demo_test

import (
	"slices"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/domain"
)

const yuanling domain.Code = "431222000000"

// oneCounty is what a draw holds of 沅陵: its divisions, villages and teams, the units that take part there and their
// people. It loads quickly, also where the race detector slows the database down.
func oneCounty(t testing.TB) demo.Data {
	t.Helper()
	data := draw(t, 1)
	scope := yuanling.Scope()
	data.Recorded = keep(data.Recorded, func(r demo.RecordedTeam) bool { return scope.Holds(r.Villages[0]) })
	taking := map[string]bool{}
	for _, r := range data.Recorded {
		taking[r.Unit] = true
	}
	for _, u := range data.Rounds[1].Units {
		taking[u.ID] = taking[u.ID] || taking[u.LeadUnit] || scope.Holds(u.Home)
	}
	data.Rounds = slices.Clone(data.Rounds)
	for i := range data.Rounds {
		r := &data.Rounds[i]
		r.Villages = keep(r.Villages, func(v domain.RoundVillage) bool { return scope.Holds(v.Code) })
		r.Units = keep(r.Units, func(u domain.RoundUnit) bool { return taking[u.ID] })
		r.Candidates = keep(r.Candidates, func(c domain.Candidate) bool { return taking[c.Unit] })
	}
	data.Units = keep(data.Units, func(u domain.Unit) bool { return taking[u.ID] })
	data.Cadres = keep(data.Cadres, func(c domain.Cadre) bool { return taking[c.Unit] })
	data.Regions = keep(data.Regions, func(r domain.Region) bool {
		return scope.Holds(r.Code) || r.Level == domain.LevelProvince || r.Level == domain.LevelCity || r.Level == domain.LevelCounty
	})
	return data
}

func keep[T any](items []T, which func(T) bool) []T {
	var kept []T
	for _, item := range items {
		if which(item) {
			kept = append(kept, item)
		}
	}
	return kept
}
