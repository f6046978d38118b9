package storetest

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// Run runs the whole suite. Open gives an empty store with the newest schema, and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	t.Run("what goes in comes out", func(t *testing.T) { roundTrips(t, open) })
	t.Run("scope", func(t *testing.T) { scopes(t, open) })
	t.Run("search", func(t *testing.T) { searches(t, open) })
	t.Run("pages and sorts", func(t *testing.T) { pages(t, open) })
	t.Run("transactions", func(t *testing.T) { transactions(t, open) })
	t.Run("refusals", func(t *testing.T) { refusals(t, open) })
	t.Run("accounts", func(t *testing.T) { accounts(t, open) })
	t.Run("sessions", func(t *testing.T) { sessions(t, open) })
	t.Run("revisions", func(t *testing.T) { revisions(t, open) })
	t.Run("records of the register", func(t *testing.T) { records(t, open) })
	t.Run("changes of divisions", func(t *testing.T) { regionChanges(t, open) })
	t.Run("ledger", func(t *testing.T) { ledgerRows(t, open) })
	t.Run("policy objects", func(t *testing.T) { policyObjects(t, open) })
	t.Run("selections", func(t *testing.T) { selections(t, open) })
	t.Run("jobs", func(t *testing.T) { jobs(t, open) })
	t.Run("sheet imports", func(t *testing.T) { sheetImports(t, open) })
}

// loaded opens a store with a drawn country in it.
func loaded(t *testing.T, open func(t *testing.T) *store.Store, seed uint64) (*store.Store, *World) {
	t.Helper()
	s, w := open(t), Draw(seed, Small)
	Load(t, s, w)
	return s, w
}

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func equal(t tester, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// refused asks for a domain.Error with the kind and the key.
func refused(t tester, what string, err error, kind domain.Kind, key string) {
	t.Helper()
	var known *domain.Error
	if !errors.As(err, &known) || known.Kind != kind || known.Key != key {
		t.Errorf("%s: got %v, want %s %s", what, err, kind, key)
	}
}

// check runs a property on one snapshot of the store.
func check(t *testing.T, s *store.Store, property func(t *rapid.T, tx *store.Tx)) {
	t.Helper()
	rapid.Check(t, func(rt *rapid.T) {
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			property(rt, tx)
			return nil
		})
		if err != nil {
			rt.Fatalf("%v", err)
		}
	})
}
