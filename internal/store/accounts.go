package store

import "jieli/internal/domain"

// InsertAccounts adds accounts; a username that is taken is KindConflict.
func InsertAccounts(tx *Tx, as []domain.Account) error { return errSkeleton }

// AccountByUsername gives an account, or account.not_found.
func AccountByUsername(tx *Tx, u string) (domain.Account, error) {
	return domain.Account{}, errSkeleton
}

// AccountByID gives an account, or account.not_found.
func AccountByID(tx *Tx, id string) (domain.Account, error) { return domain.Account{}, errSkeleton }

// DemoAccounts are the accounts that the demo made, by region and username.
func DemoAccounts(tx *Tx) ([]domain.Account, error) { return nil, errSkeleton }
