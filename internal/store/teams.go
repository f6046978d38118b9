package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

// TeamFilter asks for teams of a plan. Region, Query, Category and UnitLevel narrow where they are not empty. Query
// finds a part of the name of a village, the unit or the leader, the beginning of such a name's pinyin or initials or
// of a village code, or the team id itself. Sort is id (the default), villages, unit, category, size, score, match or
// leader; teams that are equal in it are sorted by id. Limit 0 asks for the total only.
type TeamFilter struct {
	Plan          string
	Region        domain.Code
	Query         string
	Category      domain.Category
	UnitLevel     domain.UnitLevel
	Sort          string
	Desc          bool
	Offset, Limit int
}

// NamedVillage is a village with its name in the round.
type NamedVillage struct {
	Code domain.Code
	Name string
}

// TeamRow is a team in a list. Category is that of its first village, UnitMatch the fit of the unit to that village,
// MemberMatch the mean of the members', all 0..100.
type TeamRow struct {
	ID                       string
	County                   domain.Code
	CountyName, TownshipName string         // TownshipName is that of the first of Villages
	Villages                 []NamedVillage // those in the scope, the first one first
	Elsewhere                int            // villages of the team that lie outside the caller's scope
	UnitID, UnitName         string
	UnitLevel                domain.UnitLevel
	Category                 domain.Category
	Size                     int
	LeaderName               string
	Score                    int64
	UnitMatch, MemberMatch   int
}

// teamSorts are the orders that a list may have; %s stands for the direction. Names sort by code point.
var teamSorts = map[string]teamSort{
	"":         {order: "t.id"},
	"id":       {order: "t.id"},
	"villages": {order: "t.villages"},
	"unit":     {order: "u.name", join: joinUnit},
	"category": {order: "CASE t.category WHEN 'key' THEN 0 WHEN 'weak' THEN 1 WHEN 'demonstration' THEN 2 ELSE 3 END"},
	"size":     {order: "t.size"},
	"score":    {order: "t.score"},
	"match":    {order: "t.unit_fit"},
	"leader":   {order: "c.name", join: ` JOIN cadre c ON c.id = t.leader`},
}

type teamSort struct{ order, join string }

const joinUnit = ` JOIN unit u ON u.id = t.unit`

type teamArgs struct {
	pageArgs
	query.Search
	Query     string // as typed
	Category  domain.Category
	UnitLevel domain.UnitLevel
	SeenFrom  domain.Code // range that the caller may see; From and To are the part of it that is asked for
	SeenTo    domain.Code
	Page      any // ids of the teams of a page
}

// ListTeams gives a page of the teams that serve a village in the scope and the region, and how many there are in all.
// An unknown sort is KindInvalid, team.sort_unknown.
func ListTeams(tx *Tx, scope domain.Scope, f TeamFilter) (rows []TeamRow, total int, err error) {
	p, err := PlanByID(tx, f.Plan)
	if err != nil {
		return nil, 0, err
	}
	sort, known := teamSorts[f.Sort]
	if !known {
		return nil, 0, &domain.Error{Kind: domain.KindInvalid, Key: "team.sort_unknown", Field: "sort", Params: domain.Params{"sort": f.Sort}}
	}
	if err := checkPage(f.Offset, f.Limit); err != nil {
		return nil, 0, err
	}
	words, ok := query.SearchFor(f.Query)
	if f.Query != "" && !ok {
		return nil, 0, nil
	}
	args := teamArgs{pageArgs: pageArgs{planArgs{p.Round, f.Plan}, areaOf(within(scope, f.Region)), f.Offset, f.Limit}, Search: words,
		Query: f.Query, Category: f.Category, UnitLevel: f.UnitLevel, SeenFrom: scope.From, SeenTo: scope.To}
	where := teamCondition(f, args.area)
	total, err = one[int](tx, nil, `SELECT count(*) FROM team t`+where, args)
	if err != nil || total == 0 || f.Limit == 0 {
		return nil, total, err
	}
	ids, err := all[string](tx, `SELECT t.id FROM team t`+sort.join+where+` ORDER BY `+sort.by(f.Desc)+` LIMIT ?limit OFFSET ?offset`, args)
	if err != nil {
		return nil, 0, err
	}
	args.Page = bun.List(ids)
	rows, err = teamRows(tx, ids, args)
	return rows, total, err
}

func (s teamSort) by(desc bool) string {
	order := s.order
	if desc {
		order += " DESC"
	}
	if s.order == "t.id" {
		return order
	}
	return order + ", t.id"
}

// teamCondition picks the teams; every value stands in the arguments.
func teamCondition(f TeamFilter, a area) string {
	where := ` WHERE t.plan = ?plan AND t.county >= ?county_from AND t.county < ?to`
	if !a.wholeCounties() {
		where += ` AND EXISTS (SELECT 1 FROM team_village v WHERE v.county = t.county AND v.plan = t.plan AND v.team = t.id
			AND v.code >= ?from AND v.code < ?to)`
	}
	if f.Category != "" {
		where += ` AND t.category = ?category`
	}
	if f.UnitLevel != "" {
		where += ` AND t.unit IN (SELECT id FROM unit WHERE level = ?unit_level)`
	}
	if f.Query != "" {
		where += teamSearch
	}
	return where
}

// teamSearch finds teams by what people call them. A village helps to find its team only where the caller may see it.
const teamSearch = ` AND (t.id = ?query
	OR t.unit IN (SELECT id FROM unit WHERE` + query.NamePart + `
		UNION ALL SELECT id FROM unit WHERE initials >= ?letters AND initials < ?letters_end
		UNION ALL SELECT id FROM unit WHERE pinyin >= ?letters AND pinyin < ?letters_end)
	OR t.leader IN (SELECT id FROM cadre WHERE` + query.NamePart + `
		UNION ALL SELECT id FROM cadre WHERE initials >= ?letters AND initials < ?letters_end
		UNION ALL SELECT id FROM cadre WHERE pinyin >= ?letters AND pinyin < ?letters_end)
	OR t.id IN (SELECT team FROM team_village WHERE plan = ?plan AND code >= ?seen_from AND code < ?seen_to AND code IN (
		SELECT code FROM round_village WHERE round = ?round AND` + query.NamePart + `
		UNION ALL SELECT code FROM round_village WHERE round = ?round AND initials >= ?letters AND initials < ?letters_end
		UNION ALL SELECT code FROM round_village WHERE round = ?round AND pinyin >= ?letters AND pinyin < ?letters_end
		UNION ALL SELECT code FROM round_village WHERE round = ?round AND code >= ?code_from AND code < ?code_to)))`

// teamRows fills in the rows of a page, in the order of the ids.
func teamRows(tx *Tx, ids []string, args teamArgs) ([]TeamRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	type row struct {
		TeamRow    `bun:",extend"`
		MemberFits int
		Count      int
	}
	found, err := all[row](tx, `SELECT t.id, t.county, t.unit AS unit_id, u.name AS unit_name, u.level AS unit_level, t.category, t.size,
		c.name AS leader_name, t.score, t.unit_fit AS unit_match, t.member_fits, t.villages AS count
		FROM team t JOIN unit u ON u.id = t.unit JOIN cadre c ON c.id = t.leader WHERE t.plan = ?plan AND t.id IN (?page)`, args)
	if err != nil {
		return nil, err
	}
	byID := map[string]row{}
	for _, r := range found {
		byID[r.ID] = r
	}
	villages, err := villagesOfTeams(tx, args)
	if err != nil {
		return nil, err
	}
	rows := make([]TeamRow, len(ids))
	for i, id := range ids {
		r := byID[id]
		rows[i] = r.TeamRow
		rows[i].Villages = villages[id]
		rows[i].Elsewhere = r.Count - len(villages[id])
		rows[i].MemberMatch = (r.MemberFits + r.Size/2) / r.Size // to the nearest
	}
	return rows, nameTeams(tx, rows)
}

// villagesOfTeams are the villages in the caller's scope of each team, the first one first.
func villagesOfTeams(tx *Tx, args teamArgs) (map[string][]NamedVillage, error) {
	rows, err := all[struct {
		Team string
		NamedVillage
	}](tx, `SELECT v.team, v.code, r.name FROM team t
		JOIN team_village v ON v.county = t.county AND v.plan = t.plan AND v.team = t.id
		JOIN round_village r ON r.county = v.county AND r.round = ?round AND r.code = v.code
		WHERE t.plan = ?plan AND t.id IN (?page) AND v.code >= ?seen_from AND v.code < ?seen_to ORDER BY v.team, v.place`, args)
	villages := map[string][]NamedVillage{}
	for _, r := range rows {
		villages[r.Team] = append(villages[r.Team], r.NamedVillage)
	}
	return villages, err
}

func nameTeams(tx *Tx, rows []TeamRow) error {
	codes := make([]domain.Code, 0, 2*len(rows))
	for _, r := range rows {
		codes = append(codes, r.County)
		for _, v := range r.Villages[:min(1, len(r.Villages))] {
			codes = append(codes, v.Code.At(domain.LevelTownship))
		}
	}
	names, err := regionNames(tx, codes)
	for i, r := range rows {
		rows[i].CountyName = names[r.County]
		if len(r.Villages) > 0 {
			rows[i].TownshipName = names[r.Villages[0].Code.At(domain.LevelTownship)]
		}
	}
	return err
}
