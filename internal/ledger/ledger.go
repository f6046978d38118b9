// Package ledger keeps decisions and acts for ever, each chained to the one before by its hash.
package ledger

import (
	"context"
	"errors"

	"jieli/internal/domain"
	"jieli/internal/store"
)

var errSkeleton = errors.New("ledger: under construction")

// Record appends an entry in the caller's transaction and fills in Seq, At, Prev and Hash.
func Record(tx *store.Tx, e domain.LedgerEntry) error { return errSkeleton }

// Report is what Verify found. Broken is 0 where the chain holds.
type Report struct {
	Entries int64  // entries that were read
	Head    string // hash of the last good entry
	Broken  int64  // Seq of the first entry that does not fit, 0 for none
	Reason  string // message key: ledger.changed, ledger.removed or ledger.reordered
}

// Verify walks the whole chain.
func Verify(ctx context.Context, s *store.Store) (Report, error) { return Report{}, errSkeleton }
