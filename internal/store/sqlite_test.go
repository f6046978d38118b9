package store_test

import (
	"path/filepath"
	"testing"

	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return openSQLite(t, filepath.Join(t.TempDir(), "jieli.db")) })
}

// openSQLite opens the file, with the newest schema.
func openSQLite(t testing.TB, path string) *store.Store {
	t.Helper()
	return openMigrated(t, "sqlite:"+path)
}

// openMigrated opens a database and brings it up to the newest schema. It is closed when the test ends.
func openMigrated(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s := openRaw(t, dsn)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func openRaw(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
