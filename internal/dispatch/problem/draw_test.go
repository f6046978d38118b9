package problem_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// drawRound draws a small round: three counties of two cities, all categories and levels, joined units, clusters, shares
// and pins. Pins that no rule allows are dropped.
func drawRound(t *rapid.T) domain.RoundInput {
	in := domain.RoundInput{
		Round:  domain.Round{ID: "r", FromYear: 2021, Specialities: []string{"farming", "party", "health"}[:rapid.IntRange(1, 3).Draw(t, "specialities")]},
		Policy: domain.PolicyVersion{ID: "p", Values: map[string]int64{}},
	}
	in.Round.Headcount = int64(rapid.SampledFrom([]int{0, 0, 3, 8}).Draw(t, "headcount"))
	for _, choice := range []struct {
		key    string
		values []int64
	}{
		{"cluster_max", []int64{1, 2, 3, 4}}, {"avoid_native", []int64{0, 1}}, {"strong_min", []int64{30, 60, 101}},
		{"penalty_share", []int64{0, 2000, 90_000}}, {"penalty_min_teams", []int64{0, 500_000}}, {"w_cluster_percent", []int64{0, 60, 170}},
		{"w_unit_distance", []int64{0, 150, 40_000}}, {"size_min_demonstration", []int64{1, 2}}, {"max_age", []int64{45, 60}},
	} {
		if rapid.Bool().Draw(t, "set "+choice.key) {
			in.Policy.Values[choice.key] = rapid.SampledFrom(choice.values).Draw(t, choice.key)
		}
	}
	skills := func(least int) domain.Skills {
		s := make(domain.Skills, len(in.Round.Specialities))
		for i := range s {
			s[i] = rapid.IntRange(least, 100).Draw(t, "skill")
		}
		return s
	}
	drawVillages(t, &in, skills)
	drawUnits(t, &in, skills)
	drawCadres(t, &in, skills)
	for range rapid.IntRange(0, 3).Draw(t, "shares") {
		in.Policy.Shares = append(in.Policy.Shares, domain.Share{
			Level:     rapid.SampledFrom([]domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}).Draw(t, "level"),
			Attribute: rapid.SampledFrom([]string{"under40", "division", "rural"}).Draw(t, "attribute"),
			Percent:   int64(rapid.IntRange(0, 100).Draw(t, "percent")),
			Skill:     rapid.SampledFrom([]string{"", in.Round.Specialities[0]}).Draw(t, "skill"),
		})
	}
	drawPins(t, &in)
	return in
}

var counties = []string{"430101", "430102", "430201"}

func drawVillages(t *rapid.T, in *domain.RoundInput, skills func(int) domain.Skills) {
	n := rapid.IntRange(0, 7).Draw(t, "villages")
	for i := range n {
		county := rapid.SampledFrom(counties).Draw(t, "county")
		in.Villages = append(in.Villages, domain.RoundVillage{
			Code:     domain.Code(fmt.Sprintf("%s%03d%03d", county, rapid.IntRange(1, 2).Draw(t, "township"), 200+i)),
			Name:     rapid.SampledFrom([]string{"清水村", "a,b", "\"", ""}).Draw(t, "name"),
			Category: rapid.SampledFrom([]domain.Category{"demonstration", "demonstration", "demonstration", "key", "weak", "consolidated"}).Draw(t, "category"),
			X:        int64(rapid.IntRange(-400_000, 400_000).Draw(t, "x")), Y: int64(rapid.IntRange(-400_000, 400_000).Draw(t, "y")),
			Difficulty: rapid.IntRange(0, 100).Draw(t, "difficulty"), Needs: skills(1),
		})
	}
	for i := range n {
		for j := range i {
			if rapid.Bool().Draw(t, "adjacent") {
				in.Villages[i].Neighbours = append(in.Villages[i].Neighbours, in.Villages[j].Code)
				in.Villages[j].Neighbours = append(in.Villages[j].Neighbours, in.Villages[i].Code)
			}
		}
	}
}

func drawUnits(t *rapid.T, in *domain.RoundInput, skills func(int) domain.Skills) {
	for i := range rapid.IntRange(0, 5).Draw(t, "units") {
		level := rapid.SampledFrom([]domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}).Draw(t, "unit level")
		digits := map[domain.UnitLevel][]int{domain.UnitProvince: {2, 4, 6}, domain.UnitCity: {4, 6}, domain.UnitCounty: {6}}[level]
		region, _ := domain.ParseCode(rapid.SampledFrom(counties).Draw(t, "home")[:rapid.SampledFrom(digits).Draw(t, "digits")])
		u := domain.RoundUnit{
			Unit: domain.Unit{ID: fmt.Sprint("U", i), Name: "单位", Level: level}, Region: region,
			Strength: rapid.IntRange(0, 100).Draw(t, "strength"), X: int64(i) * 1000, Skills: skills(0),
			MaxTeams: int64(rapid.IntRange(0, 3).Draw(t, "max")),
		}
		u.MinTeams = min(u.MaxTeams, int64(rapid.IntRange(0, 2).Draw(t, "min")))
		if i > 0 && in.Units[0].LeadUnit == "" && rapid.IntRange(0, 4).Draw(t, "joins") == 0 {
			u.LeadUnit, u.MinTeams, u.MaxTeams = "U0", 0, 0
		}
		in.Units = append(in.Units, u)
	}
	for i := range in.Villages {
		if len(in.Units) > 0 && rapid.Bool().Draw(t, "prior") {
			in.Villages[i].PriorUnit = rapid.SampledFrom(in.Units).Draw(t, "prior unit").ID
		}
	}
}

func drawCadres(t *rapid.T, in *domain.RoundInput, skills func(int) domain.Skills) {
	if len(in.Units) == 0 {
		return
	}
	for i := range rapid.IntRange(0, 16).Draw(t, "cadres") {
		c := domain.Candidate{
			Cadre: domain.Cadre{ID: fmt.Sprintf("C%02d", i), Unit: rapid.SampledFrom(in.Units).Draw(t, "unit").ID, BirthYear: rapid.IntRange(1960, 1996).Draw(t, "born")},
			Grade: rapid.IntRange(1, 8).Draw(t, "grade"), MidLevel: rapid.Bool().Draw(t, "mid"), Fit: rapid.IntRange(0, 9).Draw(t, "fit") > 0,
			YoungPool: rapid.Bool().Draw(t, "young"), RuralYears: rapid.IntRange(0, 15).Draw(t, "rural"), Terms: rapid.IntRange(0, 2).Draw(t, "terms"),
			Skills: skills(0),
		}
		if rapid.Bool().Draw(t, "has native") && len(in.Villages) > 0 {
			c.Native = rapid.SampledFrom(in.Villages).Draw(t, "native").Code.At(domain.LevelTownship)
		}
		in.Candidates = append(in.Candidates, c)
	}
}

// drawPins draws pins and drops those with a fault; files count from line 2.
func drawPins(t *rapid.T, in *domain.RoundInput) {
	for range rapid.IntRange(0, 4).Draw(t, "pins") {
		kind := rapid.SampledFrom([]string{"unit", "cadre", "cadre", "not_unit", "not_cadre"}).Draw(t, "kind")
		pin := domain.Pin{Kind: kind}
		switch {
		case len(in.Villages) == 0 || len(in.Candidates) == 0:
			continue
		case kind == "unit" || kind == "not_unit":
			pin.Subject = rapid.SampledFrom(in.Units).Draw(t, "pinned unit").ID
		default:
			pin.Subject = rapid.SampledFrom(in.Candidates).Draw(t, "pinned cadre").ID
		}
		pin.Village = rapid.SampledFrom(in.Villages).Draw(t, "pinned village").Code
		in.Pins = append(in.Pins, pin)
	}
	for _, faults := problem.FromRound(*in); len(faults) > 0; _, faults = problem.FromRound(*in) {
		for _, f := range faults {
			if f.File != "pins.csv" {
				t.Fatalf("%+v", f)
			}
		}
		at := faults[0].Line - 2
		in.Pins = slices.Delete(slices.Clone(in.Pins), at, at+1)
	}
}

func drawProblem(t *rapid.T) *problem.Problem {
	p, faults := problem.FromRound(drawRound(t))
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	return p
}

// drawPlan draws teams that the solver's problem allows beside each other, by trial.
func drawPlan(t *rapid.T, m *solver.Problem) []problem.Team {
	var teams []problem.Team
	var allowed []solver.Team
	for range rapid.IntRange(0, 8).Draw(t, "tries") {
		if len(m.Slots) == 0 {
			return nil
		}
		s := rapid.IntRange(0, len(m.Slots)-1).Draw(t, "slot")
		slot := &m.Slots[s]
		agent := rapid.SampledFrom(slot.Options).Draw(t, "option").Agent
		items := slices.Clone(slot.Forced)
		for _, i := range rapid.Permutation(m.Agents[agent].Pool).Draw(t, "pool") {
			if len(items) < rapid.IntRange(slot.MinSize, slot.MaxSize).Draw(t, "size") && !slices.Contains(items, i) {
				items = append(items, i)
			}
		}
		if lead := slices.IndexFunc(items, func(i int32) bool { return m.Items[i].Leads }); lead > 0 {
			items[0], items[lead] = items[lead], items[0]
		}
		next := append(slices.Clone(allowed), solver.Team{Slot: narrow(s), Agent: agent, Items: items})
		if _, err := solver.Score(m, next); err != nil || len(items) == 0 {
			continue
		}
		allowed = next
		teams = append(teams, problem.Team{ID: fmt.Sprint("T", len(teams)), Unit: int(agent), Villages: ints(slot.Sites), Members: ints(items)})
	}
	return teams
}

func ints(list []int32) []int {
	out := make([]int, len(list))
	for i, n := range list {
		out[i] = int(n)
	}
	return out
}

// inModel finds the solver's teams for the teams; false where one stands in no slot.
func inModel(m *solver.Problem, teams []problem.Team) ([]solver.Team, bool) {
	var out []solver.Team
	for _, t := range teams {
		s := slices.IndexFunc(m.Slots, func(s solver.Slot) bool {
			mine, theirs := slices.Clone(t.Villages), ints(s.Sites)
			if mine[0] != theirs[0] {
				return false
			}
			slices.Sort(mine)
			slices.Sort(theirs)
			return slices.Equal(mine, theirs)
		})
		if s < 0 {
			return nil, false
		}
		team := solver.Team{Slot: narrow(s), Agent: narrow(t.Unit)}
		for _, c := range t.Members {
			team.Items = append(team.Items, narrow(c))
		}
		out = append(out, team)
	}
	return out, true
}

// narrow is a position as the solver counts.
func narrow(n int) int32 { return int32(n) } //nolint:gosec // drawn problems are small
