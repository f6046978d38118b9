package store

import (
	"errors"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type accountRow struct {
	bun.BaseModel `bun:"table:account"`
	domain.Account
}

func (r accountRow) account() domain.Account {
	r.CreatedAt = r.CreatedAt.UTC()
	return r.Account
}

// InsertAccounts adds accounts; a username or id that is taken is KindConflict, account.taken.
func InsertAccounts(tx *Tx, as []domain.Account) error {
	err := insert(tx, each(as, func(a domain.Account) accountRow { return accountRow{Account: a} }))
	var known *domain.Error
	if errors.As(err, &known) && known.Kind == domain.KindConflict {
		return &domain.Error{Kind: domain.KindConflict, Key: "account.taken", Field: "username", Cause: err}
	}
	return err
}

// AccountByUsername gives an account, or account.not_found. Upper and lower case differ.
func AccountByUsername(tx *Tx, u string) (domain.Account, error) {
	a, err := one[accountRow](tx, domain.NotFound("account", u), `SELECT * FROM account WHERE username = ?id`, idArgs{u})
	return a.account(), err
}

// AccountByID gives an account, or account.not_found.
func AccountByID(tx *Tx, id string) (domain.Account, error) {
	a, err := one[accountRow](tx, domain.NotFound("account", id), `SELECT * FROM account WHERE id = ?id`, idArgs{id})
	return a.account(), err
}

// DemoAccounts are the accounts that the demo made, by region and username.
func DemoAccounts(tx *Tx) ([]domain.Account, error) {
	rows, err := all[accountRow](tx, `SELECT * FROM account WHERE demo ORDER BY region, username`, idArgs{})
	return each(rows, accountRow.account), err
}
