package storetest

import (
	"fmt"
	"sync"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func ledgerRows(t *testing.T, open func(t *testing.T) *store.Store) {
	s := open(t)
	read(t, s, func(tx *store.Tx) error {
		_, found, err := store.LastLedger(tx)
		equal(t, "an empty ledger has a last entry", found, false)
		return err
	})
	first := domain.LedgerEntry{Actor: "a1", Action: "plan.create", Subject: "plan/p1", Region: "430000000000", Policy: "2023",
		Detail: `{ "b":1,"a" :"it's\u0000\\"}`, Hash: "h1"}
	write(t, s, func(tx *store.Tx) (err error) {
		first.At = tx.Now()
		first, err = store.AppendLedger(tx, first)
		equal(t, "number", first.Seq, int64(1))
		return err
	})
	read(t, s, func(tx *store.Tx) error {
		last, _, err := store.LastLedger(tx)
		equal(t, "what is kept, to the byte", last, first)
		return err
	})
	for _, seq := range []int64{1, 3, -1} {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := store.AppendLedger(tx, domain.LedgerEntry{Seq: seq, At: tx.Now(), Prev: "x"})
			return err
		})
		refused(t, fmt.Sprint("number ", seq), err, domain.KindConflict, "ledger.out_of_order")
	}
	fork := s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := store.AppendLedger(tx, domain.LedgerEntry{At: tx.Now(), Prev: first.Prev})
		return err
	})
	refused(t, "a second entry after the same one", fork, domain.KindConflict, "store.duplicate")
	t.Run("many at once", func(t *testing.T) { manyEntries(t, s) })
}

// manyEntries appends from many goroutines; the numbers come out without a gap.
func manyEntries(t *testing.T, s *store.Store) {
	const writers, each = 8, 10
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			for j := range each {
				err := s.Write(t.Context(), func(tx *store.Tx) error {
					_, err := store.AppendLedger(tx, domain.LedgerEntry{At: tx.Now(), Prev: fmt.Sprint(i, "-", j)})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	read(t, s, func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 2, 1000)
		equal(t, "entries", len(entries), writers*each)
		for i, e := range entries {
			equal(t, "number", e.Seq, int64(i+2))
		}
		return err
	})
}
