package storetest

import (
	"testing"

	"jieli/internal/store"
)

// Load puts a drawn country into an empty store, in one transaction.
func Load(t testing.TB, s *store.Store, w *World) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error {
		steps := []func() error{
			func() error { return store.InsertRegions(tx, w.Regions) },
			func() error { return store.InsertOutlines(tx, w.Outlines) },
			func() error { return store.InsertUnits(tx, w.Units) },
			func() error { return store.InsertCadres(tx, w.Cadres) },
			func() error { return store.InsertAccounts(tx, w.Accounts) },
		}
		for _, p := range w.Policies {
			steps = append(steps, func() error { return store.InsertPolicy(tx, p) })
		}
		for _, in := range w.Rounds {
			steps = append(steps, func() error { return store.InsertRound(tx, in) })
		}
		for _, p := range w.Plans {
			steps = append(steps, func() error { return store.InsertPlan(tx, p) })
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

func write(t testing.TB, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}
