package store

import "jieli/internal/domain"

// Figures sum up a plan in an area. UnitMatch is the mean over its teams and MemberMatch over its members, 0..100.
type Figures struct {
	Villages, Served, Unserved, Teams, Members, Score int64
	UnitMatch, MemberMatch                            float64
	ByCategory                                        map[domain.Category]CategoryFigures
}

// CategoryFigures count the villages of one category.
type CategoryFigures struct{ Villages, Served int64 }

// FiguresByChild sums up the plan in parent and in each of parent's children, as far as the scope goes. A team whose
// villages lie in several children counts in each of them, and once in the total. Children without villages are left
// out; a village has no children.
func FiguresByChild(tx *Tx, scope domain.Scope, plan string, parent domain.Code) (total Figures, children map[domain.Code]Figures, err error) {
	return Figures{}, nil, errSkeleton
}

// VillagePoint is a village of the round on the plane of the round. Team is empty and UnitMatch 0 where it is unserved.
type VillagePoint struct {
	Code      domain.Code
	Name      string
	Category  domain.Category
	X, Y      int64
	Team      string
	UnitMatch int // 0..100, of the team's lead unit to this village
}

// VillagePoints are the villages of the plan's round in parent, by code.
func VillagePoints(tx *Tx, scope domain.Scope, plan string, parent domain.Code) ([]VillagePoint, error) {
	return nil, errSkeleton
}
