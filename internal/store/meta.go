package store

import (
	"database/sql"
	"errors"
)

type metaArgs struct{ Key, Value string }

// GetMeta gives what SetMeta kept under the key, and false where there is nothing.
func GetMeta(tx *Tx, key string) (string, bool, error) {
	value, err := one[string](tx, sql.ErrNoRows, `SELECT value FROM meta WHERE key = ?key`, metaArgs{Key: key})
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, err
}

// ClaimMeta keeps a value under a key where there is none yet, and gives the one that is kept: of several who claim at
// once, the first.
func ClaimMeta(tx *Tx, key, value string) (kept string, err error) {
	_, err = tx.db.NewRaw(`INSERT INTO meta (key, value) VALUES (?key, ?value) ON CONFLICT (key) DO NOTHING`, metaArgs{key, value}).Exec(tx.ctx)
	if err != nil {
		return "", err
	}
	kept, _, err = GetMeta(tx, key)
	return kept, err
}

// SetMeta keeps a value under a key, in place of the one before.
func SetMeta(tx *Tx, key, value string) error {
	_, err := tx.db.NewRaw(`INSERT INTO meta (key, value) VALUES (?key, ?value)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, metaArgs{key, value}).Exec(tx.ctx)
	return err
}
