package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

type outlineRow struct {
	bun.BaseModel `bun:"table:outline"`

	Code     domain.Code `bun:",pk"`
	InnerLon float64
	InnerLat float64
	Geometry []byte
	Source   string
}

// InsertOutlines adds borders.
func InsertOutlines(tx *Tx, os []domain.Outline) error {
	return insert(tx, each(os, func(o domain.Outline) outlineRow {
		return outlineRow{Code: o.Code, InnerLon: o.Inner[0], InnerLat: o.Inner[1], Geometry: o.Geometry, Source: o.Source}
	}))
}

// OutlinesUnder are the borders of parent's children, or its own where no child has one, by code.
func OutlinesUnder(tx *Tx, scope domain.Scope, parent domain.Code) ([]domain.Outline, error) {
	args := regionArgs{area: areaOf(scope), Code: parent, Now: tx.now}
	rows, err := all[outlineRow](tx, `
		SELECT * FROM outline WHERE code IN (SELECT code FROM region WHERE parent = ?code AND`+query.ValidNow+`)
		AND code >= ?from AND code < ?to ORDER BY code`, args)
	if err == nil && len(rows) == 0 {
		rows, err = all[outlineRow](tx, `SELECT * FROM outline WHERE code = ?code AND code >= ?from AND code < ?to`, args)
	}
	return each(rows, func(r outlineRow) domain.Outline {
		return domain.Outline{Code: r.Code, Inner: [2]float64{r.InnerLon, r.InnerLat}, Geometry: r.Geometry, Source: r.Source}
	}), err
}
