package store

import "jieli/internal/domain"

// Accounts are all accounts, by region and username.
func Accounts(tx *Tx) ([]domain.Account, error) {
	rows, err := all[accountRow](tx, `SELECT * FROM account ORDER BY region, username`, idArgs{})
	return each(rows, accountRow.account), err
}

// UpdateAccount changes name, role, region, password hash and bar of the account that has the id; username and origin
// stay. An unknown id is account.not_found.
func UpdateAccount(tx *Tx, a domain.Account) error {
	row := accountRow{Account: a}
	done, err := tx.db.NewUpdate().Model(&row).Column("name", "role", "region", "password_hash", "disabled").
		Where("id = ?", a.ID).Exec(tx.ctx)
	if err != nil {
		return refusal(tx.engine, tableOf[accountRow](tx), err)
	}
	changed, err := done.RowsAffected()
	if err == nil && changed == 0 {
		err = domain.NotFound("account", a.ID)
	}
	return err
}
