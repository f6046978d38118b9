package store

import "jieli/internal/domain"

// UnservedRow is a village that the plan leaves without a team. Reason is a message key, Params its numbers.
type UnservedRow struct {
	Village                        domain.Code
	Name, TownshipName, CountyName string
	Category                       domain.Category
	Reason                         string
	Params                         map[string]int64
}

// ListUnserved gives a page of the unserved villages in the region (empty: anywhere) and the scope, by code, and how
// many there are in all.
func ListUnserved(tx *Tx, scope domain.Scope, plan string, region domain.Code, offset, limit int) ([]UnservedRow, int, error) {
	p, err := PlanByID(tx, plan)
	if err != nil {
		return nil, 0, err
	}
	if err := checkPage(offset, limit); err != nil {
		return nil, 0, err
	}
	args := pageArgs{planArgs{p.Round, plan}, areaOf(within(scope, region)), offset, limit}
	total, err := one[int](tx, nil, `SELECT count(*) FROM unserved WHERE plan = ?plan AND village >= ?from AND village < ?to`, args)
	if err != nil {
		return nil, 0, err
	}
	rows, err := all[UnservedRow](tx, `SELECT u.village, r.name, u.category, u.reason, u.params
		FROM unserved u JOIN round_village r ON r.county = u.county AND r.round = ?round AND r.code = u.village
		WHERE u.plan = ?plan AND u.village >= ?from AND u.village < ?to ORDER BY u.village LIMIT ?limit OFFSET ?offset`, args)
	if err != nil {
		return nil, 0, err
	}
	return rows, total, nameUnserved(tx, rows)
}

func nameUnserved(tx *Tx, rows []UnservedRow) error {
	codes := make([]domain.Code, 0, 2*len(rows))
	for _, r := range rows {
		codes = append(codes, r.Village.At(domain.LevelTownship), countyCode(r.Village))
	}
	names, err := regionNames(tx, codes)
	for i, r := range rows {
		rows[i].TownshipName = names[r.Village.At(domain.LevelTownship)]
		rows[i].CountyName = names[countyCode(r.Village)]
	}
	return err
}

func checkPage(offset, limit int) error {
	if offset < 0 || limit < 0 {
		return &domain.Error{Kind: domain.KindInvalid, Key: "store.page_malformed", Field: "offset", Params: domain.Params{"offset": offset, "limit": limit}}
	}
	return nil
}
