package httpapi

import (
	"context"
	"math"

	"jieli/internal/domain"
	"jieli/internal/store"
)

type teamInput struct {
	PlanPath
	Team string `path:"team" maxLength:"64"`
}

// team is one team's page.
func (s *server) team(ctx context.Context, in *teamInput) (*answer[Team], error) {
	var team Team
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		view, err := store.TeamByID(tx, granted(ctx).scope, in.Plan, in.Team)
		if err != nil {
			return err
		}
		path, err := store.RegionPath(tx, view.Villages[0].Code.At(domain.LevelTownship))
		team = teamOf(view, path)
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(team), nil
}

func teamOf(v store.TeamView, path []domain.Region) Team {
	team := Team{
		ID: v.ID, Plan: v.Plan, Round: v.Round, County: NamedCode{v.County, v.CountyName}, Path: refsOf(path),
		Category: v.Category, Score: v.Parts.Total(), Elsewhere: v.Elsewhere, Unit: teamUnitOf(v),
		Villages: make([]TeamVillage, len(v.Villages)), Members: make([]TeamMember, len(v.Members)), Parts: partsOf(v.Parts),
	}
	for i, village := range v.Villages {
		team.Villages[i] = TeamVillage{
			Code: village.Code, Name: village.Name, Category: village.Category, Difficulty: village.Difficulty,
			Match: village.Match, Needs: valuesOf(v.Specialities, village.Needs),
		}
		if village.First {
			km := kilometres(village.X-v.Unit.X, village.Y-v.Unit.Y)
			team.DistanceKM = &km
		}
	}
	for i, m := range v.Members {
		team.Members[i] = memberOf(v, m)
	}
	return team
}

func teamUnitOf(v store.TeamView) TeamUnit {
	return TeamUnit{
		UnitRef: UnitRef{v.Unit.ID, v.Unit.Name, v.Unit.Level}, Kind: v.Unit.Kind, Strength: v.Unit.Strength,
		Home: v.Unit.HomeName, Skills: valuesOf(v.Specialities, v.Unit.Skills),
	}
}

func memberOf(v store.TeamView, m store.TeamMemberView) TeamMember {
	return TeamMember{
		ID: m.Cadre, Name: m.Name, Role: m.Role, Sex: m.Sex, BirthYear: m.BirthYear, Age: v.FromYear - m.BirthYear,
		Position: m.Position, Unit: m.UnitName, Grade: m.Grade, MidLevel: m.MidLevel, RuralYears: m.RuralYears,
		YoungPool: m.YoungPool, Match: m.Match, Skills: valuesOf(v.Specialities, m.Skills),
	}
}

// valuesOf names the values that are not 0; most people know nothing of most specialities.
func valuesOf(specialities []string, values domain.Skills) []SkillValue {
	out := []SkillValue{}
	for i, value := range values[:min(len(values), len(specialities))] {
		if value != 0 {
			out = append(out, SkillValue{specialities[i], value})
		}
	}
	return out
}

// kilometres is the distance of the dispatch contract, §3: both roots floored.
func kilometres(dx, dy int64) int64 {
	square := dx*dx + dy*dy
	root := int64(math.Sqrt(float64(square)))
	for root*root > square {
		root--
	}
	for (root+1)*(root+1) <= square {
		root++
	}
	return root / 1000
}

func partsOf(p domain.ScoreParts) []ScorePart {
	return []ScorePart{
		{"unit_match", p.UnitMatch}, {"unit_prior", p.UnitPrior}, {"unit_strength", p.UnitStrength},
		{"unit_distance", p.UnitDistance}, {"further", p.Further}, {"member_match", p.MemberMatch},
		{"member_rural", p.MemberRural}, {"member_young", p.MemberYoung}, {"leader_grade", p.LeaderGrade},
	}
}
