// Package ranking puts nominees in an order that anybody can add up: a total is the sum of its parts, each part a figure
// times a weight of the policy. Equal totals share a place; nothing unseen breaks the tie. It is pure.
package ranking

import (
	"cmp"
	"slices"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/checks"
)

// Entry is a nominee to be ranked. Scores are those of the interviews, 0..100.
type Entry struct {
	Cadre, Name, Unit string
	Level             domain.UnitLevel
	Facts             domain.Facts
	Scores            []int
}

// Part is one summand: Points = Figure × Weight. Known is false where there was nothing to measure, and the figure is 0.
type Part struct {
	Key    string // key of the weight, such as "s_young"
	Figure int64
	Weight int64
	Points int64
	Known  bool
	Source domain.PolicySource
}

// Row is a ranked nominee. Place counts from 1; those with the same total share the place of the first of them, and the
// place after them is left out (1, 2, 2, 4). Tied says that somebody shares it.
type Row struct {
	Entry
	Place int
	Tied  bool
	Total int64
	Parts []Part
}

// mostRuralYears is how many years of grassroots work count (dispatch contract §3, member).
const mostRuralYears = 10

// Rank orders the entries by total, the highest first, those of one place by unit and id. Preferred are the places of the
// preferred specialities in the skills.
func Rank(entries []Entry, preferred []int, e policy.Effective) []Row {
	rows := make([]Row, len(entries))
	for i, entry := range entries {
		rows[i] = Row{Entry: entry, Parts: partsOf(entry, preferred, e)}
		for _, p := range rows[i].Parts {
			rows[i].Total += p.Points
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Cadre, b.Cadre))
	})
	for i := range rows {
		rows[i].Place = i + 1
		if i > 0 && rows[i-1].Total == rows[i].Total {
			rows[i].Place = rows[i-1].Place
			rows[i].Tied, rows[i-1].Tied = true, true
		}
	}
	return rows
}

func partsOf(entry Entry, preferred []int, e policy.Effective) []Part {
	f := entry.Facts
	best, score := best(f.Skills, preferred), mean(entry.Scores)
	figures := []Part{
		{Key: "s_young", Figure: truth(f.YoungPool), Known: true},
		{Key: "s_rural_year", Figure: int64(min(f.RuralYears, mostRuralYears)), Known: true},
		{Key: "s_speciality", Figure: best, Known: len(preferred) > 0},
		{Key: "s_interview", Figure: score, Known: len(entry.Scores) > 0},
		{Key: "s_party", Figure: truth(checks.FullMember(f.Politics)), Known: f.Politics != ""},
	}
	for i := range figures {
		rule := e.Rule(figures[i].Key)
		figures[i].Weight, figures[i].Source = rule.Value.Number, rule.Value.Source
		figures[i].Points = figures[i].Figure * figures[i].Weight
	}
	return figures
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// best is the highest of the preferred specialities.
func best(skills domain.Skills, preferred []int) int64 {
	highest := 0
	for _, i := range preferred {
		if i >= 0 && i < len(skills) {
			highest = max(highest, skills[i])
		}
	}
	return int64(highest)
}

// mean rounds half up.
func mean(scores []int) int64 {
	if len(scores) == 0 {
		return 0
	}
	sum := 0
	for _, s := range scores {
		sum += s
	}
	return int64((2*sum + len(scores)) / (2 * len(scores)))
}
