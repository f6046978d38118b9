package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dsn    string
		kind   domain.Kind
		key    string
		params domain.Params
	}{
		{"", domain.KindInvalid, "store.dsn_unknown", domain.Params{"scheme": ""}},
		{"jieli.db", domain.KindInvalid, "store.dsn_unknown", nil},
		{"sqlite:", domain.KindInvalid, "store.dsn_unknown", nil},
		{"mysql://root:secret@db/x", domain.KindInvalid, "store.dsn_unknown", domain.Params{"scheme": "mysql"}},
		{"sqlite:" + dir + "/none/jieli.db", domain.KindInvalid, "store.folder_missing", domain.Params{"path": dir + "/none"}},
		{"sqlite:" + text + "/jieli.db", domain.KindInvalid, "store.folder_missing", domain.Params{"path": text}},
		{"sqlite:/proc/jieli.db", domain.KindInvalid, "store.folder_unwritable", domain.Params{"path": "/proc"}}, // not even for root
		{"sqlite:" + text, domain.KindInvalid, "store.not_a_database", domain.Params{"path": text}},
		{"sqlite:" + dir, domain.KindInvalid, "store.not_a_database", domain.Params{"path": dir}},
		{"postgres://u:secret@[::1/x", domain.KindInvalid, "store.address_malformed", nil},
		{"postgres://u:secret@127.0.0.1:1/x", domain.KindBusy, "store.server_unreachable", domain.Params{"host": "127.0.0.1", "port": uint16(1), "database": "x"}},
		{"postgres:///x?user=u&password=secret&host=" + dir, domain.KindBusy, "store.server_unreachable", nil},
	} {
		_, err := store.Open(t.Context(), store.Options{DSN: c.dsn})
		known := refused(t, err, c.kind, c.key)
		for name, want := range c.params {
			if known.Params[name] != want {
				t.Errorf("%s: %s is %v, want %v", c.dsn, name, known.Params[name], want)
			}
		}
		for cause := err; cause != nil; cause = errors.Unwrap(cause) {
			if strings.Contains(cause.Error(), "secret") {
				t.Errorf("%s: the error tells the password: %v", c.key, cause)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder was made")
	}
}

// A database holds password hashes: nobody else on the machine may read it, its log included.
func TestSQLiteFilesAreForTheOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	s := openMigrated(t, "sqlite:"+filepath.Join(dir, "jieli.db"))
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 || s.Ping(t.Context()) != nil {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v (%v)", file.Name(), info.Mode(), err)
		}
	}
}

func TestOpenUnknownDatabaseOnTheServer(t *testing.T) {
	dsn := strings.Replace(pgtest.Database(t), "/test", "/nothing", 1)
	_, err := store.Open(t.Context(), store.Options{DSN: dsn})
	refused(t, err, domain.KindInvalid, "store.server_refused")
}
