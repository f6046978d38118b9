// Package composition holds those chosen against the policy's goals for the mix, and names swaps that would meet what is
// short: who would have to change. Goals are soft: they bar nobody. It is pure.
package composition

import (
	"slices"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// Goal is a floor: of those chosen from units of Level (all, where it is empty), Percent have the attribute.
type Goal struct {
	Level     domain.UnitLevel
	Attribute string
	Skill     string // the speciality that counts as rural besides rural years, or empty
	Percent   int64
}

// The attributes that goals can ask for besides those of shares (under40, division, rural).
const (
	AttributeYoungPool = "young_pool"
	AttributeWomen     = "women"
)

// Goals are the policy's: its shares, and its goals for everybody.
func Goals(e policy.Effective) []Goal {
	var all []Goal
	for _, s := range e.Shares {
		all = append(all, Goal{s.Level, s.Attribute, s.Skill, s.Percent})
	}
	for _, g := range []struct{ key, attribute string }{{"goal_young_pool", AttributeYoungPool}, {"goal_women", AttributeWomen}} {
		if percent := e.Number(g.key); percent > 0 {
			all = append(all, Goal{Attribute: g.attribute, Percent: percent})
		}
	}
	return all
}

// The limits of the attributes: dispatch contract §1, shares.csv.
const (
	youngBelow      = 40
	divisionGrade   = 6
	ruralYearsLeast = 2
	ruralSkillLeast = 60
)

// Has says whether the facts have the goal's attribute, in a round that begins in the year; specialities are the round's.
func (g Goal) Has(f domain.Facts, year int, specialities []string) bool {
	switch g.Attribute {
	case "under40":
		return f.BirthYear > year-youngBelow
	case "division":
		return f.Grade >= divisionGrade
	case "rural":
		i := slices.Index(specialities, g.Skill)
		return f.RuralYears >= ruralYearsLeast || i >= 0 && i < len(f.Skills) && f.Skills[i] >= ruralSkillLeast
	case AttributeYoungPool:
		return f.YoungPool
	case AttributeWomen:
		return f.Sex == "2"
	}
	return false
}

// Person is a nominee who is chosen, or who could be. Total is that of the ranking.
type Person struct {
	Cadre, Unit string
	Level       domain.UnitLevel
	Facts       domain.Facts
	Total       int64
}

// Standing is a goal with what the choice comes to. Needed is the least number of heads that meets the goal, Short how many are
// missing.
type Standing struct {
	Goal
	Members, Having, Needed, Short int64
}

// Swap is one change that brings the choice nearer to its goals: Out leaves, In comes. Loss is by how much the sum of the
// ranking's totals falls, Gain how many missing heads it makes up for.
type Swap struct {
	Out, In    string
	Loss, Gain int64
}

// Report is the mix of a choice. Swaps are to be made in their order; StillShort is how many heads are missing after all
// of them.
type Report struct {
	Members    int64
	Goals      []Standing
	Swaps      []Swap
	StillShort int64
}

// Input is a choice, with all who could come in; of the goals the first 64 count. Room is how many more may be chosen of each unit with a quota.
type Input struct {
	Goals        []Goal
	Chosen       []Person
	Available    []Person // nothing bars them
	Room         map[string]int64
	Year         int
	Specialities []string
}

// Make counts the mix and looks for swaps, one after the other: always the one that makes up for the most missing heads, of
// those the one with the least loss. A swap keeps the level of the unit, so that the numbers by level stay, and the quotas
// of the units. It is a proposal, not the least number of swaps.
func Make(in Input) Report {
	b := newBoard(in)
	report := Report{Members: int64(len(in.Chosen)), Goals: slices.Clone(b.standings)}
	for b.short() > 0 {
		swap, found := b.best()
		if !found {
			break
		}
		report.Swaps = append(report.Swaps, b.make(swap))
	}
	report.StillShort = b.short()
	return report
}
