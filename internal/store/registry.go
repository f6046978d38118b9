package store

import "jieli/internal/domain"

// InsertUnits adds sending units.
func InsertUnits(tx *Tx, us []domain.Unit) error { return errSkeleton }

// InsertCadres adds cadres; their units come before.
func InsertCadres(tx *Tx, cs []domain.Cadre) error { return errSkeleton }
