package store

import "jieli/internal/domain"

// change writes a row in place of the one that the condition names, which tells the row's key and the version that the
// change was made from. Where there is none, somebody else was quicker: stale.
func change[Row any](tx *Tx, row Row, stale error, where string, args ...any) error {
	result, err := tx.db.NewUpdate().Model(&row).Where(where, args...).Exec(tx.ctx)
	if err != nil {
		return refusal(tx.engine, tableOf[Row](tx), err)
	}
	return touched(result, stale)
}

func touched(result interface{ RowsAffected() (int64, error) }, stale error) error {
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return stale
}

// staleError says that the thing has changed since it was read.
func staleError(key string) error { return &domain.Error{Kind: domain.KindConflict, Key: key} }
