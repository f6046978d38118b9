package store

import "jieli/internal/domain"

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
	CountyName, TownshipName string // TownshipName is that of the first of Villages
	Villages                 []NamedVillage
	Elsewhere                int // villages of the team that lie outside the caller's scope
	UnitID, UnitName         string
	UnitLevel                domain.UnitLevel
	Category                 domain.Category
	Size                     int
	LeaderName               string
	Score                    int64
	UnitMatch, MemberMatch   int
}

// ListTeams gives a page of the teams that serve a village in the scope, and how many there are in all. An unknown sort
// is KindInvalid, team.sort_unknown.
func ListTeams(tx *Tx, scope domain.Scope, f TeamFilter) (rows []TeamRow, total int, err error) {
	return nil, 0, errSkeleton
}
