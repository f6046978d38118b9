package demo_test

import (
	"testing"

	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

func TestBothRoundsAreSoundProblems(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		for _, round := range data.Rounds {
			if _, faults := problem.FromRound(round); len(faults) > 0 {
				t.Errorf("round %s: %d faults, the first: %+v", round.Round.ID, len(faults), faults[0])
			}
		}
	})
}

// Only village committees of real counties and townships are served, and the eight rows with a community's name are not.
func TestOnlyRealVillagesAreDestinations(t *testing.T) {
	zone := map[domain.Code]bool{}
	source := map[domain.Code]divisions.Division{}
	for _, d := range realExamples(t).Divisions {
		source[d.Code] = d
		if d.Kind == domain.KindStatisticalZone || d.Kind == domain.KindEnterpriseUnit {
			zone[d.Code] = true
		}
	}
	eachSeed(t, func(t *testing.T, data demo.Data) {
		for _, round := range data.Rounds {
			for _, v := range round.Villages {
				d := source[v.Code]
				if d.Kind != domain.KindVillageCommittee || divisions.CommunityName(d.Name) ||
					zone[v.Code.At(domain.LevelCounty)] || zone[v.Code.At(domain.LevelTownship)] {
					t.Errorf("%s %s (%s) is a destination", v.Code, d.Name, d.Kind)
				}
			}
		}
	})
}

func TestTheNextRoundFollowsFromTheOneInForce(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		servedBy := map[domain.Code]string{}
		for _, team := range data.Recorded {
			for _, v := range team.Villages {
				servedBy[v] = team.Unit
			}
		}
		before := lookUp(data)
		next := data.Rounds[1]
		same := 0
		for _, v := range next.Villages {
			if v.PriorUnit != servedBy[v.Code] {
				t.Errorf("%s: prior unit %q, served by %q", v.Code, v.PriorUnit, servedBy[v.Code])
			}
			if old, served := before.villages[v.Code]; served {
				same++
				if old.X != v.X || old.Y != v.Y || old.Name != v.Name {
					t.Errorf("%s moved", v.Code)
				}
			}
		}
		if share := float64(same) / float64(len(next.Villages)); share < 0.85 || share > 0.97 {
			t.Errorf("%.2f of the villages were served before", share)
		}
		stayed := count(next.Candidates, func(c domain.Candidate) bool { _, served := before.people[c.ID]; return served })
		if share := float64(stayed) / float64(len(next.Candidates)); share < 0.03 || share > 0.2 {
			t.Errorf("%.2f of the nominees serve now", share)
		}
		for _, c := range next.Candidates {
			if old, served := before.people[c.ID]; served && (c.Terms != 1 || old.Terms != 0 || c.RuralYears != old.RuralYears+2) {
				t.Errorf("%s stays on with %d terms and %d years", c.ID, c.Terms, c.RuralYears)
			}
		}
		if next.Round.Headcount != 24021 || next.Round.Status != domain.RoundPlanning || next.Round.Plan != "" {
			t.Errorf("round %+v", next.Round)
		}
	})
}

// There are enough nominees for a good plan, about a fifth more than posts, and enough units; but nothing to spare.
func TestSupplyIsAmpleButNotIdle(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		next := data.Rounds[1]
		ratio := float64(len(next.Candidates)) / float64(next.Round.Headcount)
		if ratio < 1.15 || ratio > 1.27 {
			t.Errorf("%.2f nominees to a post", ratio)
		}
		var places int64
		strong := 0
		for _, u := range next.Units {
			places += u.MaxTeams
			if u.LeadUnit == "" && (u.Level != domain.UnitCounty || u.Strength >= 60) {
				strong += int(u.MaxTeams)
			}
		}
		keys := count(next.Villages, func(v domain.RoundVillage) bool { return v.Category == domain.CategoryKey })
		if places < 9500 || places > int64(len(next.Villages)) || strong < keys {
			t.Errorf("units may lead %d teams for %d villages, strong ones %d for %d key villages", places, len(next.Villages), strong, keys)
		}
	})
}
