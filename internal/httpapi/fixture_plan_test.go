package httpapi_test

import (
	"fmt"
	"slices"

	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// homeArchives packs a problem that the teams are a plan of, with a certificate, as a plan that was solved has it.
func homeArchives(teams []domain.Team) (packed, certificate []byte) {
	p, faults := problem.FromRound(homeRound())
	if len(faults) > 0 {
		panic(fmt.Sprint(faults))
	}
	plan := problem.Plan{Teams: positions(p, teams), Prices: p.NoPrices()}
	if faults := p.Check(plan.Teams); len(faults) > 0 {
		panic(fmt.Sprint(faults))
	}
	plan.Score, plan.Bound = p.Score(plan.Teams).Total(), p.Bound(plan.Prices)
	files, err := p.PlanFiles(plan, problem.PlainWords)
	if err != nil {
		panic(err)
	}
	return archive(p.Files()), archive(files)
}

func archive(files []problem.File) []byte {
	packed, err := folder.Archive(files)
	if err != nil {
		panic(err)
	}
	return packed
}

// homeRound is the round of the first province as the dispatch contract has it: U2 is a city unit there, which serves all
// of its city, and small teams are enough.
func homeRound() domain.RoundInput {
	in := domain.RoundInput{
		Round: domain.Round{ID: "2023", FromYear: 2023, Specialities: []string{"farming", "law"}},
		Policy: domain.PolicyVersion{ID: "policy-2023", Values: map[string]int64{
			"size_min_key": 1, "size_min_weak": 1, "size_min_demonstration": 1, "size_min_consolidated": 1}},
	}
	for _, v := range fixtureVillages[:6] {
		in.Villages = append(in.Villages, domain.RoundVillage{Code: v.code, Name: v.name, Category: v.category, X: v.x, Y: v.y, Difficulty: 40, Needs: domain.Skills{80, 0}})
	}
	in.Villages[1].Neighbours, in.Villages[2].Neighbours = []domain.Code{in.Villages[2].Code}, []domain.Code{in.Villages[1].Code}
	for i, u := range fixtureUnits()[:2] {
		row := domain.RoundUnit{Unit: u, Region: province, Strength: 70, Skills: domain.Skills{60, 30}, MinTeams: 1, MaxTeams: 4}
		if i == 1 {
			row.Level, row.Region = domain.UnitCity, city
		}
		in.Units = append(in.Units, row)
	}
	for _, c := range fixtureCadres()[:5] {
		in.Candidates = append(in.Candidates, domain.Candidate{Cadre: c, Grade: 6, MidLevel: true, Fit: true, RuralYears: 3, Skills: domain.Skills{50, 0}})
	}
	return in
}

// positions are the teams by positions in the problem.
func positions(p *problem.Problem, teams []domain.Team) []problem.Team {
	var out []problem.Team
	for _, t := range teams {
		team := problem.Team{ID: t.ID, Unit: slices.IndexFunc(p.Units, func(u domain.RoundUnit) bool { return u.ID == t.Unit })}
		for _, v := range t.Villages {
			at, _ := p.VillageAt(v.Code)
			team.Villages = append(team.Villages, at)
		}
		for _, m := range t.Members {
			at, _ := p.CadreAt(m.Cadre)
			team.Members = append(team.Members, at)
		}
		out = append(out, team)
	}
	return out
}
