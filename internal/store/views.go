package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// SavedView is a way to look at a table that somebody named. Definition is JSON: search, filters, sort, columns.
type SavedView struct {
	bun.BaseModel `bun:"table:saved_view"`

	ID         string `bun:",pk"`
	Account    string
	Entity     catalogue.Entity
	Name       string
	Definition string
}

type viewArgs struct {
	Account, ID string
	Entity      catalogue.Entity
}

// SavedViews are the account's views of a table, by name.
func SavedViews(tx *Tx, account string, e catalogue.Entity) ([]SavedView, error) {
	return all[SavedView](tx, `SELECT * FROM saved_view WHERE account = ?account AND entity = ?entity ORDER BY name`,
		viewArgs{Account: account, Entity: e})
}

// PutSavedView keeps a view; one of the same account, table and name is replaced and keeps its id.
func PutSavedView(tx *Tx, v SavedView) error {
	_, err := tx.db.NewInsert().Model(&v).On("CONFLICT (account, entity, name) DO UPDATE").Set("definition = excluded.definition").Exec(tx.ctx)
	if err != nil {
		return refusal(tx.engine, "saved_view", err)
	}
	return nil
}

// DeleteSavedView removes a view of the account; saved_view.not_found where it has none of the id.
func DeleteSavedView(tx *Tx, account, id string) error {
	result, err := tx.db.NewRaw(`DELETE FROM saved_view WHERE account = ?account AND id = ?id`, viewArgs{Account: account, ID: id}).Exec(tx.ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return &domain.Error{Kind: domain.KindNotFound, Key: "saved_view.not_found", Params: domain.Params{"id": id}, Cause: err}
	}
	return nil
}
