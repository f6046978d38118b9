package store

import "jieli/internal/domain"

// AppendLedger adds an entry at the end of the ledger. Seq 0 is filled in; any other Seq must be the next one, else the
// chain would break: KindConflict, ledger.out_of_order. Use cases call ledger.Record, which also chains the hashes.
func AppendLedger(tx *Tx, e domain.LedgerEntry) (domain.LedgerEntry, error) {
	return e, errSkeleton
}

// LastLedger is the newest entry, and false where there is none.
func LastLedger(tx *Tx) (domain.LedgerEntry, bool, error) {
	return domain.LedgerEntry{}, false, errSkeleton
}

// LedgerFrom are up to limit entries from seq on, in order.
func LedgerFrom(tx *Tx, seq int64, limit int) ([]domain.LedgerEntry, error) {
	return nil, errSkeleton
}
