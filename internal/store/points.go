package store

import "jieli/internal/domain"

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
	p, err := PlanByID(tx, plan)
	if err != nil {
		return nil, err
	}
	return all[VillagePoint](tx, `SELECT r.code, r.name, r.category, r.x, r.y, coalesce(v.team, '') AS team, coalesce(v.fit, 0) AS unit_match
		FROM round_village r LEFT JOIN team_village v ON v.county = r.county AND v.plan = ?plan AND v.code = r.code
		WHERE r.round = ?round AND r.county >= ?county_from AND r.county < ?to AND r.code >= ?from AND r.code < ?to ORDER BY r.code`,
		pageArgs{planArgs: planArgs{p.Round, plan}, area: areaOf(within(scope, parent))})
}

// pageArgs are the arguments of a list of a plan's things in an area.
type pageArgs struct {
	planArgs
	area
	Offset, Limit int
}
