package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
	"jieli/internal/store/storetest/tamper"
)

// on runs a command in English and gives its exit code and what it says.
func on(t *testing.T, environment map[string]string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	getenv := func(name string) string {
		if name == "JIELI_LANG" {
			return "en"
		}
		return environment[name]
	}
	code = run(t.Context(), args, strings.NewReader(""), &stdout, &stderr, getenv)
	return code, stdout.String(), stderr.String()
}

func TestMigrateCommand(t *testing.T) {
	dir := t.TempDir()
	dsn := "sqlite:" + filepath.Join(dir, "jieli.db")
	for range 2 {
		if code, out, errs := on(t, nil, "migrate", "--database", dsn); code != exitOK || !strings.Contains(out, "current schema") {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	}
	if code, _, errs := on(t, map[string]string{"JIELI_DATABASE": dsn}, "ledger", "verify"); code != exitOK {
		t.Errorf("the database of the environment: exit %d: %s", code, errs)
	}
}

func TestDatabaseCommandsSayWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := "sqlite:" + filepath.Join(dir, "empty.db")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"migrate", "--database", "oracle:x"}, exitInput, "unknown database address (oracle)"},
		{[]string{"migrate", "--database", "sqlite:" + dir + "/none/x.db"}, exitInput, dir + "/none"},
		{[]string{"migrate", "--database", "sqlite:/proc/x.db"}, exitInput, "cannot be written"},
		{[]string{"migrate", "--database", "sqlite:" + text}, exitInput, text},
		{[]string{"ledger", "verify", "--database", "postgres://u:secret@127.0.0.1:1/x"}, exitFailed, "127.0.0.1:1"},
		{[]string{"ledger", "verify", "--database", empty}, exitFailed, "jieli migrate"},
		{[]string{"migrate", "now"}, exitInput, "now"},
		{[]string{"ledger", "verify", "--store", "x"}, exitInput, "--store"},
	} {
		code, out, errs := on(t, nil, c.args...)
		if code != c.code || !strings.Contains(errs, c.says) || out != "" || strings.Contains(errs, "secret") {
			t.Errorf("%v: exit %d, want %d and %q: %s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
}

func TestLedgerVerifyCommand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.db")
	head := recordThree(t, path)
	code, out, errs := on(t, nil, "ledger", "verify", "--database", "sqlite:"+path)
	if code != exitOK || !strings.Contains(out, "3 entries") || !strings.Contains(out, head) {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if err := tamper.Open(t, "sqlite:"+path, false).Set(2, "actor", "x"); err != nil {
		t.Fatal(err)
	}
	code, out, errs = on(t, nil, "ledger", "verify", "--database", "sqlite:"+path)
	if code != exitFailed || out != "" || !strings.Contains(errs, "entry 2 was changed") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// recordThree makes a database with three entries and gives the last one's hash.
func recordThree(t *testing.T, path string) (head string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: "sqlite:" + path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		for range 3 {
			if err := ledger.Record(tx, domain.LedgerEntry{Actor: "system", Action: "test"}); err != nil {
				return err
			}
		}
		last, _, err := store.LastLedger(tx)
		head = last.Hash
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return head
}
