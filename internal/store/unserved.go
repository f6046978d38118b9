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
	return nil, 0, errSkeleton
}
