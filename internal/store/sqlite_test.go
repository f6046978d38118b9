package store_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return openMigrated(t, databases["sqlite"](t)) })
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

func TestSQLiteSettings(t *testing.T) {
	s := openMigrated(t, databases["sqlite"](t))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "trusted_schema": "0", "cell_size_check": "1",
		"mmap_size": "0", "secure_delete": "1", "journal_size_limit": "67108864",
	} {
		for side, got := range map[string][]string{"writer": lines(t, s.Writer(), "PRAGMA "+pragma), "reader": lines(t, s.Reader(), "PRAGMA "+pragma)} {
			if strings.Join(got, "") != "["+want+"]" {
				t.Errorf("%s: %s is %v, want %s", side, pragma, got, want)
			}
		}
	}
	if n := s.Writer().Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections may write", n)
	}
	if n := s.Reader().Stats().MaxOpenConnections; n < 2 {
		t.Errorf("%d connections may read", n)
	}
	for _, statement := range []string{"CREATE TABLE x (y)", "DELETE FROM meta", "PRAGMA user_version = 7"} {
		if _, err := s.Reader().ExecContext(t.Context(), statement); err == nil {
			t.Errorf("a reader did %s", statement)
		}
	}
}

func TestSQLitePathsAreTakenLiterally(t *testing.T) {
	for _, name := range []string{"a b.db", "接力.db", "a?mode=memory.db", "a#b.db", "a%20b.db", "a&b=c;d.db", "file:x.db", ":memory:"} {
		path := filepath.Join(t.TempDir(), name)
		openMigrated(t, "sqlite:"+path)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSQLiteRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	openMigrated(t, "sqlite:jieli.db")
	if _, err := os.Stat("jieli.db"); err != nil {
		t.Error(err)
	}
}

func TestSQLiteKeepsWhatItHasAcknowledged(t *testing.T) {
	dsn := databases["sqlite"](t)
	s := openMigrated(t, dsn)
	for range 5 {
		program := child(t, "count", dsn)
		out, err := program.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		told := 0
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			if n, err := strconv.Atoi(scanner.Text()); err == nil {
				told = n
			}
			if told == 50 {
				if err := program.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = program.Wait()
		kept, err := strconv.Atoi(metaOf(t, s, "n"))
		if err != nil || kept < told || told < 50 {
			t.Fatalf("told %d, kept %d (%v)", told, kept, err)
		}
		if got := fmt.Sprint(lines(t, s.Writer(), "PRAGMA integrity_check")); got != "[[ok]]" {
			t.Fatal(got)
		}
	}
}

func metaOf(t *testing.T, s *store.Store, key string) (value string) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		value, _, err = store.GetMeta(tx, key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestSQLiteIsBusyWhileAnotherProgramWrites(t *testing.T) {
	dsn := databases["sqlite"](t)
	s, other := openMigrated(t, dsn), openRaw(t, dsn)
	if _, err := s.Writer().ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	err := other.Write(t.Context(), func(*store.Tx) error {
		refused(t, s.Write(t.Context(), func(*store.Tx) error { return nil }), domain.KindBusy, "store.busy")
		refused(t, s.Sessions().Delete("token"), domain.KindBusy, "store.busy")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
