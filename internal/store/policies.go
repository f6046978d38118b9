package store

import "jieli/internal/domain"

// InsertPolicy adds a policy version.
func InsertPolicy(tx *Tx, p domain.PolicyVersion) error { return errSkeleton }

// PolicyByID gives a policy version, or policy.not_found.
func PolicyByID(tx *Tx, id string) (domain.PolicyVersion, error) {
	return domain.PolicyVersion{}, errSkeleton
}
