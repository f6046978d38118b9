package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"jieli/internal/domain"
)

var categories = []domain.Category{domain.CategoryKey, domain.CategoryWeak, domain.CategoryDemonstration, domain.CategoryConsolidated}

// drawCategory makes half of the villages demonstration villages, so that many teams serve several.
func drawCategory(r *rand.Rand) domain.Category {
	if r.IntN(3) == 0 {
		return domain.CategoryDemonstration
	}
	return categories[r.IntN(len(categories))]
}

func drawSkills(r *rand.Rand) domain.Skills {
	skills := make(domain.Skills, specialities)
	for i := range skills {
		skills[i] = r.IntN(101)
	}
	return skills
}

func (w *World) drawRound(r *rand.Rand, size Size, id string, year int) domain.RoundInput {
	in := domain.RoundInput{Policy: w.Policies[len(w.Rounds)]}
	if id == "2023" {
		in.Policy = w.Policies[1]
	}
	in.Round = domain.Round{ID: id, Name: id + "轮", FromYear: year, ToYear: year + 2, Status: domain.RoundPlanning, Headcount: 24021, Policy: in.Policy.ID}
	for i := range specialities {
		in.Round.Specialities = append(in.Round.Specialities, fmt.Sprintf("特长%d", i))
	}
	var villages []domain.Region
	for _, region := range w.Regions {
		if region.Level == domain.LevelVillage {
			villages = append(villages, region)
		}
	}
	for _, i := range r.Perm(len(villages))[:size.RoundVillages] {
		v := villages[i]
		in.Villages = append(in.Villages, domain.RoundVillage{Code: v.Code, Name: v.Name, Category: drawCategory(r),
			X: r.Int64N(600000), Y: r.Int64N(700000), Difficulty: r.IntN(101), Needs: drawSkills(r),
			PriorUnit: []string{"", w.Units[r.IntN(len(w.Units))].ID}[r.IntN(2)], Neighbours: []domain.Code{villages[(i+1)%len(villages)].Code}})
	}
	slices.SortFunc(in.Villages, func(a, b domain.RoundVillage) int { return cmp.Compare(a.Code, b.Code) })
	for i, u := range w.Units {
		joins := ""
		if i%7 == 6 {
			joins = w.Units[i-1].ID
		}
		in.Units = append(in.Units, domain.RoundUnit{Unit: u, Region: "430000000000", LeadUnit: joins, Strength: r.IntN(101),
			X: r.Int64N(600000), Y: -r.Int64N(700000), Skills: drawSkills(r), MinTeams: 1, MaxTeams: 9})
	}
	for _, c := range w.Cadres {
		in.Candidates = append(in.Candidates, domain.Candidate{Cadre: c, Grade: 1 + r.IntN(12), MidLevel: r.IntN(2) == 0, Fit: r.IntN(9) > 0,
			YoungPool: r.IntN(5) == 0, RuralYears: r.IntN(6), Terms: r.IntN(3), Native: w.Regions[len(w.Regions)-1].Parent, Skills: drawSkills(r)})
	}
	in.Pins = []domain.Pin{{Kind: "not_cadre", Subject: w.Cadres[0].ID, Village: in.Villages[0].Code}, {Kind: "unit", Subject: w.Units[0].ID, Village: in.Villages[0].Code},
		{Kind: "unit", Subject: w.Units[1].ID, Village: in.Villages[1].Code}}
	return in
}

// drawPlan draws teams for the villages of a round in order: a demonstration village takes in those of the county that
// follow it, up to three, across the borders of townships; one village in twenty is left unserved.
func (w *World) drawPlan(r *rand.Rand, round int, id string) domain.PlanDetail {
	in := w.Rounds[round]
	p := domain.PlanDetail{Plan: domain.Plan{ID: id, Round: in.Round.ID, Name: "方案" + id, Origin: domain.PlanSolved, Policy: in.Policy.ID,
		Status: "stalled", Score: r.Int64N(1e9), Bound: 2e9, TightBound: 1e9 + r.Int64N(1e9), Seconds: 12.25, ProblemDigest: "ab", CreatedBy: "a1",
		CreatedAt: Day.Add(time.Duration(len(id)+int(id[1])) * time.Hour)}, Problem: []byte{0, 1, 0xff, '\''}, Certificate: []byte("c")}
	cadres := r.Perm(len(w.Cadres))
	for i := 0; i < len(in.Villages); i++ {
		v := in.Villages[i]
		if r.IntN(20) == 0 {
			p.Unserved = append(p.Unserved, domain.Unserved{Village: v.Code, Category: v.Category, Reason: "unserved.no_unit", Params: map[string]int64{"units": r.Int64N(9)}})
			continue
		}
		cluster := []domain.RoundVillage{v}
		for i+1 < len(in.Villages) && len(cluster) < 3 && v.Category == domain.CategoryDemonstration &&
			in.Villages[i+1].Category == v.Category && in.Villages[i+1].Code.At(domain.LevelCounty) == v.Code.At(domain.LevelCounty) {
			i++
			cluster = append(cluster, in.Villages[i])
		}
		r.Shuffle(len(cluster), func(a, b int) { cluster[a], cluster[b] = cluster[b], cluster[a] })
		size := 1 + r.IntN(4)
		size = min(size, len(cadres))
		p.Teams = append(p.Teams, w.drawTeam(r, id, fmt.Sprintf("T%05d", 90000-len(p.Teams)*7), cluster, cadres[:size]))
		cadres = cadres[size:]
		p.Members += int64(size)
	}
	slices.SortFunc(p.Teams, func(a, b domain.Team) int { return cmp.Compare(a.ID, b.ID) })
	p.Plan.Teams, p.Plan.Unserved = int64(len(p.Teams)), int64(len(p.Unserved))
	return p
}

func (w *World) drawTeam(r *rand.Rand, plan, id string, cluster []domain.RoundVillage, cadres []int) domain.Team {
	team := domain.Team{Plan: plan, ID: id, County: cluster[0].Code.At(domain.LevelCounty), Unit: w.Units[r.IntN(len(w.Units))].ID,
		Parts: domain.ScoreParts{UnitMatch: r.Int64N(300), UnitPrior: 1, UnitStrength: 2, UnitDistance: -r.Int64N(50), Further: 3, MemberMatch: r.Int64N(9),
			MemberRural: 4, MemberYoung: 5, LeaderGrade: 6}}
	for _, v := range cluster {
		team.Villages = append(team.Villages, domain.TeamVillage{Code: v.Code, Category: v.Category, Match: r.IntN(101)})
	}
	role := domain.RoleLeader
	for _, c := range cadres {
		team.Members = append(team.Members, domain.TeamMember{Cadre: w.Cadres[c].ID, Role: role, Match: r.IntN(101)})
		role = domain.RoleMember
	}
	return team
}
