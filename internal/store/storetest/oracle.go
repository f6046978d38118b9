package storetest

import (
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// oracle answers questions about one plan by looping over the drawn country.
type oracle struct {
	w          *World
	plan       domain.PlanDetail
	round      domain.RoundInput
	regions    map[domain.Code]domain.Region
	villages   map[domain.Code]domain.RoundVillage
	units      map[string]domain.RoundUnit
	candidates map[string]domain.Candidate
}

func newOracle(w *World, plan string) *oracle {
	o := &oracle{w: w, regions: map[domain.Code]domain.Region{}, villages: map[domain.Code]domain.RoundVillage{},
		units: map[string]domain.RoundUnit{}, candidates: map[string]domain.Candidate{}}
	for _, p := range w.Plans {
		if p.ID == plan {
			o.plan = p
		}
	}
	for _, in := range w.Rounds {
		if in.Round.ID == o.plan.Round {
			o.round = in
		}
	}
	for _, r := range w.Regions {
		o.regions[r.Code] = r
	}
	for _, v := range o.round.Villages {
		o.villages[v.Code] = v
	}
	for _, u := range o.round.Units {
		o.units[u.ID] = u
	}
	for _, c := range o.round.Candidates {
		o.candidates[c.ID] = c
	}
	return o
}

// seen are the villages of a team that lie in the scope, the first one first.
func seen(scope domain.Scope, team domain.Team) []domain.TeamVillage {
	var in []domain.TeamVillage
	for _, v := range team.Villages {
		if scope.Holds(v.Code) {
			in = append(in, v)
		}
	}
	return in
}

// view is a team's page, and false where the scope does not hold any of its villages.
func (o *oracle) view(scope domain.Scope, team domain.Team) (store.TeamView, bool) {
	villages := seen(scope, team)
	if len(villages) == 0 {
		return store.TeamView{}, false
	}
	u := o.units[team.Unit]
	view := store.TeamView{ID: team.ID, Plan: o.plan.ID, Round: o.round.Round.ID, FromYear: o.round.Round.FromYear,
		Specialities: o.round.Round.Specialities, County: team.County, CountyName: o.regions[team.County].Name,
		Category: team.Villages[0].Category, Parts: team.Parts, Elsewhere: len(team.Villages) - len(villages),
		Unit: store.TeamUnitView{ID: u.ID, Name: u.Name, Level: u.Level, Kind: u.Kind, Strength: u.Strength, Skills: u.Skills,
			Home: u.Home, HomeName: o.regions[u.Home].Name, X: u.X, Y: u.Y}}
	for _, v := range villages {
		rv := o.villages[v.Code]
		var path []string
		for _, level := range []domain.Level{domain.LevelProvince, domain.LevelCity, domain.LevelCounty, domain.LevelTownship} {
			path = append(path, o.regions[v.Code.At(level)].Name)
		}
		view.Villages = append(view.Villages, store.TeamVillageView{TeamVillage: v, Name: rv.Name, First: v == team.Villages[0],
			Difficulty: rv.Difficulty, Needs: rv.Needs, X: rv.X, Y: rv.Y, Path: path})
	}
	for _, m := range team.Members {
		c := o.candidates[m.Cadre]
		view.Members = append(view.Members, store.TeamMemberView{TeamMember: m, Name: c.Name, Sex: c.Sex, BirthYear: c.BirthYear,
			Position: c.Position, UnitName: o.units[c.Unit].Name, Grade: c.Grade, MidLevel: c.MidLevel, RuralYears: c.RuralYears,
			YoungPool: c.YoungPool, Skills: c.Skills})
	}
	return view, true
}

func (o *oracle) shares() []store.ShareActual {
	year := o.round.Round.FromYear
	if y, ok := o.round.Policy.Values["year"]; ok {
		year = int(y)
	}
	if o.round.Policy.Shares == nil {
		return nil
	}
	actual := make([]store.ShareActual, len(o.round.Policy.Shares))
	for i, share := range o.round.Policy.Shares {
		a := &actual[i]
		a.Share = share
		for _, team := range o.plan.Teams {
			if o.units[team.Unit].Level != share.Level {
				continue
			}
			for _, m := range team.Members {
				a.Members++
				if o.has(o.candidates[m.Cadre], share, year) {
					a.Having++
				}
			}
		}
	}
	return actual
}

// has is dispatch contract §1, shares.csv.
func (o *oracle) has(c domain.Candidate, share domain.Share, year int) bool {
	switch share.Attribute {
	case "under40":
		return year-c.BirthYear < 40
	case "division":
		return c.Grade >= 6
	}
	skill := slices.Index(o.round.Round.Specialities, share.Skill)
	return c.RuralYears >= 2 || skill >= 0 && c.Skills[skill] >= 60
}

// figures sums up what lies in both the scope and the parent, and in each child of the parent.
func (o *oracle) figures(scope domain.Scope, parent domain.Code) (store.Figures, map[domain.Code]store.Figures) {
	children := map[domain.Code]store.Figures{}
	both := scope.Intersect(parent.Scope())
	level := parent.Level().Below()
	for _, v := range o.round.Villages {
		if child := v.Code.At(level); both.Holds(v.Code) && parent.Level() != domain.LevelVillage {
			if _, done := children[child]; !done {
				children[child] = o.sum(both.Intersect(child.Scope()))
			}
		}
	}
	return o.sum(both), children
}

func (o *oracle) sum(scope domain.Scope) store.Figures {
	f := store.Figures{ByCategory: map[domain.Category]store.CategoryFigures{}}
	var unitFits, memberFits int64
	for _, v := range o.round.Villages {
		if scope.Holds(v.Code) {
			c := f.ByCategory[v.Category]
			c.Villages++
			f.ByCategory[v.Category] = c
			f.Villages++
		}
	}
	for _, team := range o.plan.Teams {
		villages := seen(scope, team)
		if len(villages) == 0 {
			continue
		}
		for _, v := range villages {
			c := f.ByCategory[v.Category]
			c.Served++
			f.ByCategory[v.Category] = c
			f.Served++
		}
		f.Teams++
		f.Score += team.Parts.Total()
		unitFits += int64(team.Villages[0].Match)
		for _, m := range team.Members {
			f.Members++
			memberFits += int64(m.Match)
		}
	}
	f.Unserved = f.Villages - f.Served
	if f.Teams > 0 {
		f.UnitMatch = float64(unitFits) / float64(f.Teams)
		f.MemberMatch = float64(memberFits) / float64(f.Members)
	}
	return f
}

func (o *oracle) points(scope domain.Scope) []store.VillagePoint {
	var points []store.VillagePoint
	for _, v := range o.round.Villages {
		if !scope.Holds(v.Code) {
			continue
		}
		point := store.VillagePoint{Code: v.Code, Name: v.Name, Category: v.Category, X: v.X, Y: v.Y}
		for _, team := range o.plan.Teams {
			for _, served := range team.Villages {
				if served.Code == v.Code {
					point.Team, point.UnitMatch = team.ID, served.Match
				}
			}
		}
		points = append(points, point)
	}
	return points
}

func (o *oracle) unserved(scope domain.Scope) []store.UnservedRow {
	var rows []store.UnservedRow
	for _, u := range o.plan.Unserved {
		if scope.Holds(u.Village) {
			rows = append(rows, store.UnservedRow{Village: u.Village, Name: o.villages[u.Village].Name,
				TownshipName: o.regions[u.Village.At(domain.LevelTownship)].Name, CountyName: o.regions[u.Village.At(domain.LevelCounty)].Name,
				Category: u.Category, Reason: u.Reason, Params: u.Params})
		}
	}
	slices.SortFunc(rows, func(a, b store.UnservedRow) int { return strings.Compare(string(a.Village), string(b.Village)) })
	return rows
}
