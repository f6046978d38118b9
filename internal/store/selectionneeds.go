package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type needRow struct {
	bun.BaseModel `bun:"table:need_list"`

	County domain.Code
	domain.NeedList
}

func (r needRow) list() domain.NeedList {
	r.WrittenAt, r.ReviewedAt = r.WrittenAt.UTC(), r.ReviewedAt.UTC()
	return r.NeedList
}

func needRowOf(n domain.NeedList) needRow {
	if n.Items == nil {
		n.Items = []domain.NeedItem{}
	}
	return needRow{County: countyCode(n.Village), NeedList: n}
}

// InsertNeedList adds the need list of a village of the round, with version 1. A village outside the round is
// KindInvalid, store.unknown_reference.
func InsertNeedList(tx *Tx, n domain.NeedList) error { return insert(tx, []needRow{needRowOf(n)}) }

// UpdateNeedList writes a list whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateNeedList(tx *Tx, n domain.NeedList) error {
	return change(tx, needRowOf(n), errChanged, "county = ? AND round = ? AND village = ? AND version = ?",
		countyCode(n.Village), n.Round, n.Village, n.Version-1)
}

// NeedListOf is the need list of a village, or need.not_found.
func NeedListOf(tx *Tx, scope domain.Scope, round string, village domain.Code) (domain.NeedList, error) {
	missing := domain.NotFound("need", string(village))
	if !village.Valid() || !scope.Holds(village) {
		return domain.NeedList{}, missing
	}
	row, err := one[needRow](tx, missing, `SELECT * FROM need_list WHERE county = ?county AND round = ?round AND village = ?village`,
		roundArgs{Round: round, Village: village, County: countyCode(village)})
	return row.list(), err
}

// NeedFilter picks need lists of a round: of the villages in Region, or of all in the scope where it is empty.
type NeedFilter struct {
	Round         string
	Region        domain.Code
	Status        domain.NeedStatus // empty: any
	Offset, Limit int
}

// NeedLists are a page of the need lists that lie in the scope, by village, and how many there are.
func NeedLists(tx *Tx, scope domain.Scope, f NeedFilter) ([]domain.NeedList, int, error) {
	if err := checkPage(f.Offset, f.Limit); err != nil {
		return nil, 0, err
	}
	args := struct {
		NeedFilter
		area
	}{f, areaOf(within(scope, f.Region))}
	const chosen = ` FROM need_list WHERE round = ?round AND village >= ?from AND village < ?to AND (?status = '' OR status = ?status)`
	total, err := one[int](tx, nil, `SELECT count(*)`+chosen, args)
	if err != nil {
		return nil, 0, err
	}
	rows, err := all[needRow](tx, `SELECT *`+chosen+` ORDER BY village LIMIT ?limit OFFSET ?offset`, args)
	return each(rows, needRow.list), total, err
}
