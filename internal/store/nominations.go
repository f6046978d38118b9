package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

type nominationRow struct {
	bun.BaseModel `bun:"table:nomination"`
	domain.Nomination
}

func (r nominationRow) nomination() domain.Nomination {
	r.NominatedAt, r.CheckedAt, r.DecidedAt = r.NominatedAt.UTC(), r.CheckedAt.UTC(), r.DecidedAt.UTC()
	return r.Nomination
}

func nominationRowOf(n domain.Nomination) nominationRow {
	if n.Checks == nil {
		n.Checks = []domain.Check{}
	}
	return nominationRow{Nomination: n}
}

// InsertNominations adds nominations, with version 1. A cadre who is nominated already is KindConflict, store.duplicate.
func InsertNominations(tx *Tx, ns []domain.Nomination) error {
	return insert(tx, each(ns, nominationRowOf))
}

// UpdateNomination writes a nomination whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateNomination(tx *Tx, n domain.Nomination) error {
	return change(tx, nominationRowOf(n), errChanged, "round = ? AND cadre = ? AND version = ?", n.Round, n.Cadre, n.Version-1)
}

// NominationFilter picks nominations of a round. Empty fields narrow nothing; Query is a part of a name.
type NominationFilter struct {
	Round, Unit   string
	Outcome       domain.Outcome
	Cadres        []string // nil: all
	Query         string
	Offset, Limit int // Limit 0: all
}

type nominationArgs struct {
	NominationFilter
	area
	Part   string
	Wanted any
}

// Nominations are the nominations by units whose home lies in the scope, by home and cadre, and how many there are
// without the page.
func Nominations(tx *Tx, scope domain.Scope, f NominationFilter) ([]domain.Nomination, int, error) {
	if err := checkPage(f.Offset, f.Limit); err != nil {
		return nil, 0, err
	}
	if f.Cadres != nil && len(f.Cadres) == 0 {
		return nil, 0, nil
	}
	args := nominationArgs{NominationFilter: f, area: areaOf(scope), Wanted: bun.List(f.Cadres)}
	where := ` FROM nomination WHERE round = ?round AND home >= ?from AND home < ?to`
	for _, part := range []struct {
		wanted bool
		text   string
	}{{f.Unit != "", ` AND unit = ?unit`}, {f.Outcome != "", ` AND outcome = ?outcome`}, {f.Cadres != nil, ` AND cadre IN (?wanted)`}} {
		if part.wanted {
			where += part.text
		}
	}
	if f.Query != "" {
		found, possible := query.SearchFor(f.Query)
		if !possible {
			return nil, 0, nil
		}
		where, args.Part = where+` AND`+query.NamePart, found.Part
	}
	total, err := one[int](tx, nil, `SELECT count(*)`+where, args)
	if err != nil {
		return nil, 0, err
	}
	page := ` ORDER BY home, cadre`
	if f.Limit > 0 {
		page += ` LIMIT ?limit OFFSET ?offset`
	}
	rows, err := all[nominationRow](tx, `SELECT *`+where+page, args)
	return each(rows, nominationRow.nomination), total, err
}

// NominationOf is the nomination of a cadre, or nominee.not_found where the scope does not hold the unit's home.
func NominationOf(tx *Tx, scope domain.Scope, round, cadre string) (domain.Nomination, error) {
	row, err := one[nominationRow](tx, domain.NotFound("nominee", cadre), `SELECT * FROM nomination
		WHERE round = ?round AND cadre = ?cadre AND home >= ?from AND home < ?to`, roundArgs{Round: round, Cadre: cadre, area: areaOf(scope)})
	return row.nomination(), err
}

// OutcomeCounts counts the nominations in the scope by outcome.
func OutcomeCounts(tx *Tx, scope domain.Scope, unit, round string) (map[domain.Outcome]int64, error) {
	rows, err := all[struct {
		Outcome domain.Outcome
		Count   int64
	}](tx, `SELECT outcome, count(*) AS count FROM nomination WHERE round = ?round AND home >= ?from AND home < ?to
		AND (?unit = '' OR unit = ?unit) GROUP BY outcome`, roundArgs{Round: round, Unit: unit, area: areaOf(scope)})
	counts := map[domain.Outcome]int64{}
	for _, r := range rows {
		counts[r.Outcome] = r.Count
	}
	return counts, err
}
