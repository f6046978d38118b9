package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/seal"
	"jieli/internal/store"
)

// metaKeys is where a database notes the mark of its keys.
const metaKeys = "seal.mark"

// OpenKeys opens the keys of a database. A database that has none yet gets a key file, unless one lies there already.
// Errors are those of seal.Load and seal.Create, and KindInvalid: app.keys_lost, where the database was used with keys and
// there is no file, and app.keys_foreign, where the file is not that of this database.
func OpenKeys(ctx context.Context, kept *store.Store, file string) (*seal.Ring, error) {
	ring, err := loadKeys(ctx, kept, file)
	if err != nil {
		return nil, err
	}
	return ring, kept.Write(ctx, func(tx *store.Tx) error {
		noted, err := store.ClaimMeta(tx, metaKeys, ring.Mark())
		if err == nil && noted != ring.Mark() {
			err = keysError("app.keys_foreign", file)
		}
		return err
	})
}

// loadKeys loads the file, or makes it for a database that was never used with keys: data that other keys sealed could
// never be read again.
func loadKeys(ctx context.Context, kept *store.Store, file string) (*seal.Ring, error) {
	ring, err := seal.Load(file)
	if !isKind(err, domain.KindNotFound) {
		return ring, err
	}
	var used bool
	err = kept.Read(ctx, func(tx *store.Tx) (err error) {
		_, used, err = store.GetMeta(tx, metaKeys)
		return err
	})
	if err != nil {
		return nil, err
	}
	if used { // by another process meanwhile, which made the file first; or long ago
		if ring, err = seal.Load(file); isKind(err, domain.KindNotFound) {
			return nil, keysError("app.keys_lost", file)
		}
		return ring, err
	}
	ring, err = seal.Create(file, seal.SM, time.Now())
	if isKind(err, domain.KindConflict) { // another process was quicker
		return seal.Load(file)
	}
	return ring, err
}

// RotateKeys adds a key of the suite to the file of a database, which seals from now on. Servers that run go on with what
// they have until they start again. Errors are those of OpenKeys and seal.Rotate.
func RotateKeys(ctx context.Context, kept *store.Store, file string, suite seal.Suite) (*seal.Ring, error) {
	ring, err := OpenKeys(ctx, kept, file)
	if err != nil {
		return nil, err
	}
	err = kept.Write(ctx, func(tx *store.Tx) error {
		next := len(ring.Keys()) + 1
		detail, err := json.Marshal(map[string]string{"suite": string(suite)})
		if err != nil {
			return err
		}
		entry := domain.LedgerEntry{Actor: "system", Action: "keys.rotate", Subject: fmt.Sprintf("key/%d", next), Detail: string(detail)}
		if err := ledger.Record(tx, entry); err != nil {
			return err
		}
		ring, err = seal.Rotate(file, suite, tx.Now())
		return err
	})
	return ring, err
}

func isKind(err error, kind domain.Kind) bool {
	var told *domain.Error
	return errors.As(err, &told) && told.Kind == kind
}

func keysError(key, file string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: "keys", Params: domain.Params{"file": file}}
}
