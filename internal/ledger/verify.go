package ledger

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// The ways in which a chain can be broken, as message keys.
const (
	Changed = "ledger.changed" // its text is not what was recorded
	Removed = "ledger.removed" // it is not there
	Moved   = "ledger.moved"   // it stands in another place than it was recorded in
)

// Report is what Verify found. Broken is 0 where the chain holds.
type Report struct {
	Entries int64  // good entries, up to the first that is not
	Head    string // hash of the last good entry, empty where there is none
	Broken  int64  // Seq of the first entry that does not fit
	Reason  string // Changed, Removed or Moved
}

// page is how many entries are read at once.
const page = 1000

// Verify walks the chain from its beginning to the first entry that does not fit.
func Verify(ctx context.Context, s *store.Store) (Report, error) {
	var last domain.LedgerEntry
	for {
		var entries []domain.LedgerEntry
		err := s.Read(ctx, func(tx *store.Tx) (err error) {
			entries, err = store.LedgerFrom(tx, last.Seq+1, page)
			return err
		})
		if err != nil {
			return Report{}, err
		}
		for _, e := range entries {
			if broken, reason := fault(last, e); reason != "" {
				return report(last, broken, reason), nil
			}
			last = e
		}
		if len(entries) < page {
			return report(last, 0, ""), nil
		}
	}
}

// fault says which entry is broken where e does not follow last, and how. An entry whose own hash holds but that follows
// another one than last says that last was changed and its hash made to fit.
func fault(last, e domain.LedgerEntry) (broken int64, reason string) {
	intact, follows := hashOf(e) == e.Hash, e.Prev == last.Hash
	switch {
	case e.Seq != last.Seq+1:
		return last.Seq + 1, Removed
	case intact && follows:
		return 0, ""
	case intact && last.Seq == 0: // the first entry, and it follows something
		return e.Seq, Moved
	case intact:
		return last.Seq, Changed
	case follows, hashOf(linked(e, last)) == e.Hash: // nothing but its link was changed
		return e.Seq, Changed
	}
	return e.Seq, Moved
}

// linked is the entry as it would be if it followed last.
func linked(e, last domain.LedgerEntry) domain.LedgerEntry {
	e.Prev = last.Hash
	return e
}

// report gives a good report up to last, less the broken entry where that is last itself.
func report(last domain.LedgerEntry, broken int64, reason string) Report {
	r := Report{Entries: last.Seq, Head: last.Hash, Broken: broken, Reason: reason}
	if broken != 0 && broken == last.Seq {
		r.Entries, r.Head = last.Seq-1, last.Prev
	}
	return r
}
