package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type unitRow struct {
	bun.BaseModel `bun:"table:unit"`
	domain.Unit
}

type cadreRow struct {
	bun.BaseModel `bun:"table:cadre"`
	domain.Cadre
}

// InsertUnits adds sending units.
func InsertUnits(tx *Tx, us []domain.Unit) error {
	return inOrder(
		func() error { return insert(tx, each(us, func(u domain.Unit) unitRow { return unitRow{Unit: u} })) },
		func() error { return analyze(tx, "unit") },
	)
}

// InsertCadres adds cadres; their units come before.
func InsertCadres(tx *Tx, cs []domain.Cadre) error {
	return inOrder(
		func() error { return insert(tx, each(cs, func(c domain.Cadre) cadreRow { return cadreRow{Cadre: c} })) },
		func() error { return analyze(tx, "cadre") },
	)
}
