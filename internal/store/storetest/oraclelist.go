package storetest

import (
	"cmp"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// teams are all teams that the filter asks for, in its order.
func (o *oracle) teams(scope domain.Scope, f store.TeamFilter) []store.TeamRow {
	asked := scope
	if f.Region != "" {
		asked = scope.Intersect(f.Region.Scope())
	}
	var rows []store.TeamRow
	for _, team := range o.plan.Teams {
		row := o.row(scope, team)
		if len(seen(asked, team)) > 0 && (f.Category == "" || row.Category == f.Category) &&
			(f.UnitLevel == "" || row.UnitLevel == f.UnitLevel) && (f.Query == "" || o.found(scope, team, f.Query)) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b store.TeamRow) int {
		order := teamOrder(f.Sort, a, b)
		if f.Desc {
			order = -order
		}
		return cmp.Or(order, strings.Compare(a.ID, b.ID))
	})
	return rows
}

func (o *oracle) row(scope domain.Scope, team domain.Team) store.TeamRow {
	u, villages := o.units[team.Unit], seen(scope, team)
	row := store.TeamRow{ID: team.ID, County: team.County, CountyName: o.regions[team.County].Name, Elsewhere: len(team.Villages) - len(villages),
		UnitID: u.ID, UnitName: u.Name, UnitLevel: u.Level, Category: team.Villages[0].Category, Size: len(team.Members),
		LeaderName: o.candidates[team.Members[0].Cadre].Name, Score: team.Parts.Total(), UnitMatch: team.Villages[0].Match}
	for i, v := range villages {
		row.Villages = append(row.Villages, store.NamedVillage{Code: v.Code, Name: o.villages[v.Code].Name})
		if i == 0 {
			row.TownshipName = o.regions[v.Code.At(domain.LevelTownship)].Name
		}
	}
	sum := 0
	for _, m := range team.Members {
		sum += m.Match
	}
	row.MemberMatch = int(float64(sum)/float64(row.Size) + 0.5)
	return row
}

func teamOrder(sort string, a, b store.TeamRow) int {
	rank := func(c domain.Category) int { return slices.Index(categories, c) }
	switch sort {
	case "villages":
		return cmp.Compare(len(a.Villages)+a.Elsewhere, len(b.Villages)+b.Elsewhere)
	case "unit":
		return strings.Compare(a.UnitName, b.UnitName)
	case "category":
		return cmp.Compare(rank(a.Category), rank(b.Category))
	case "size":
		return cmp.Compare(a.Size, b.Size)
	case "score":
		return cmp.Compare(a.Score, b.Score)
	case "match":
		return cmp.Compare(a.UnitMatch, b.UnitMatch)
	case "leader":
		return strings.Compare(a.LeaderName, b.LeaderName)
	}
	return strings.Compare(a.ID, b.ID)
}

// found says whether the query finds the team by its id, its unit, its leader or one of its villages in the scope.
func (o *oracle) found(scope domain.Scope, team domain.Team, query string) bool {
	u, leader := o.units[team.Unit], o.candidates[team.Members[0].Cadre]
	if team.ID == query || called(query, u.Name, u.Initials, u.Pinyin) || called(query, leader.Name, leader.Initials, leader.Pinyin) {
		return true
	}
	return slices.ContainsFunc(seen(scope, team), func(v domain.TeamVillage) bool {
		r := o.regions[v.Code]
		return called(query, o.villages[v.Code].Name, r.Initials, r.Pinyin) || codeBegins(query, v.Code)
	})
}

// called says whether a thing is called so.
func called(query, name, initials, pinyin string) bool {
	q := fold(strings.TrimSpace(query))
	letters := strings.ReplaceAll(q, " ", "")
	return q != "" && len(q) <= 200 && !strings.Contains(q, "\x00") &&
		(strings.Contains(fold(name), q) || strings.HasPrefix(initials, letters) || strings.HasPrefix(pinyin, letters))
}

func codeBegins(query string, code domain.Code) bool {
	q := strings.TrimSpace(query)
	return q != "" && strings.HasPrefix(string(code), q)
}

// fold lowers A to Z only.
func fold(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c - 'A' + 'a'
		}
	}
	return string(b)
}

var levels = []domain.Level{domain.LevelProvince, domain.LevelCity, domain.LevelCounty, domain.LevelTownship, domain.LevelVillage}

// searchRegions are the divisions that the query finds, in the order of SearchRegions.
func (o *oracle) searchRegions(scope domain.Scope, query string, limit int) []domain.Region {
	var hits []domain.Region
	for _, r := range o.w.Regions {
		if scope.Holds(r.Code) && (called(query, r.Name, r.Initials, r.Pinyin) || codeBegins(query, r.Code)) {
			hits = append(hits, r)
		}
	}
	other := func(r domain.Region) int {
		if fold(r.Name) == fold(strings.TrimSpace(query)) {
			return 0
		}
		return 1
	}
	slices.SortFunc(hits, func(a, b domain.Region) int {
		return cmp.Or(cmp.Compare(other(a), other(b)), cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)),
			strings.Compare(string(a.Code), string(b.Code)))
	})
	return hits[:min(max(limit, 0), len(hits))]
}
