package store

import "jieli/internal/domain"

// InsertRegions adds divisions.
func InsertRegions(tx *Tx, rs []domain.Region) error { return errSkeleton }

// RegionByCode is the division that is valid now; region.not_found where the scope does not hold it.
func RegionByCode(tx *Tx, scope domain.Scope, code domain.Code) (domain.Region, error) {
	return domain.Region{}, errSkeleton
}

// RegionPath is the way down from the province to the division itself. It takes no scope: everybody may know in which
// city a county lies.
func RegionPath(tx *Tx, code domain.Code) ([]domain.Region, error) { return nil, errSkeleton }

// ChildRegions are the valid divisions right under parent, by code.
func ChildRegions(tx *Tx, scope domain.Scope, parent domain.Code) ([]domain.Region, error) {
	return nil, errSkeleton
}

// SearchRegions finds valid divisions by a part of the name, the beginning of the pinyin, of its initials or of the code.
func SearchRegions(tx *Tx, scope domain.Scope, q string, limit int) ([]domain.Region, error) {
	return nil, errSkeleton
}
