package store

import (
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type ledgerRow struct {
	bun.BaseModel `bun:"table:ledger"`
	domain.LedgerEntry
}

func (r ledgerRow) entry() domain.LedgerEntry {
	r.At = r.At.UTC()
	return r.LedgerEntry
}

// LockLedger makes the transaction the only one that may append until it ends. Who chains an entry to the last one locks
// first and reads then.
func LockLedger(tx *Tx) error {
	if tx.engine.LockLedger == "" {
		return nil
	}
	_, err := tx.db.NewRaw(tx.engine.LockLedger).Exec(tx.ctx)
	return err
}

// AppendLedger adds an entry at the end of the ledger. Seq 0 is filled in; any other Seq must be the next one, else the
// chain would break: KindConflict, ledger.out_of_order. Use cases call ledger.Record, which also chains the hashes.
func AppendLedger(tx *Tx, e domain.LedgerEntry) (domain.LedgerEntry, error) {
	if err := LockLedger(tx); err != nil {
		return e, err
	}
	last, _, err := LastLedger(tx)
	if err != nil {
		return e, err
	}
	if e.Seq != 0 && e.Seq != last.Seq+1 {
		return e, &domain.Error{Kind: domain.KindConflict, Key: "ledger.out_of_order", Params: domain.Params{"seq": e.Seq, "last": last.Seq}}
	}
	e.Seq = last.Seq + 1
	return e, insert(tx, []ledgerRow{{LedgerEntry: e}})
}

// LastLedger is the newest entry, and false where there is none.
func LastLedger(tx *Tx) (domain.LedgerEntry, bool, error) {
	last, err := one[ledgerRow](tx, sql.ErrNoRows, `SELECT * FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)`, idArgs{})
	if errors.Is(err, sql.ErrNoRows) {
		return domain.LedgerEntry{}, false, nil
	}
	return last.entry(), err == nil, err
}

// LedgerFrom are up to limit entries from seq on, in order.
func LedgerFrom(tx *Tx, seq int64, limit int) ([]domain.LedgerEntry, error) {
	rows, err := all[ledgerRow](tx, `SELECT * FROM ledger WHERE seq >= ?seq ORDER BY seq LIMIT ?limit`, struct {
		Seq   int64
		Limit int
	}{seq, limit})
	return each(rows, ledgerRow.entry), err
}
