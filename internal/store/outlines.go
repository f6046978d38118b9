package store

import "jieli/internal/domain"

// InsertOutlines adds borders; the divisions come before.
func InsertOutlines(tx *Tx, os []domain.Outline) error { return errSkeleton }

// OutlinesUnder are the borders of parent's children, or its own where no child has one, by code.
func OutlinesUnder(tx *Tx, scope domain.Scope, parent domain.Code) ([]domain.Outline, error) {
	return nil, errSkeleton
}
