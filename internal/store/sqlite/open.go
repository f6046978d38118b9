// Package sqlite opens SQLite for the store: one connection writes, the others only read.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"jieli/internal/domain"
	"jieli/internal/store/engine"
)

// Name of the engine.
const Name = "sqlite"

// pragmas hold on every connection. WAL lets readers go on during a write; FULL keeps a commit through a power cut; a
// memory map would turn a full disk into a crash. busy_timeout is in milliseconds and counts for other processes only.
var pragmas = []string{
	"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)",
	"cell_size_check(1)", "mmap_size(0)", "secure_delete(1)", "journal_size_limit(67108864)", "temp_store(MEMORY)",
}

// Open opens or makes the database file. The folder must be there. Readers is how many connections read at once, 0 for
// as many as there are processors, at least two.
func Open(ctx context.Context, path string, readers int) (*engine.Engine, error) {
	if err := checkPlace(path); err != nil {
		return nil, err
	}
	writer, err := open(path, 1, url.Values{"_txlock": {"immediate"}})
	if err != nil {
		return nil, err
	}
	// The writer comes first: it makes the file and its log, which a read-only connection may not.
	if err := writer.PingContext(ctx); err != nil {
		_ = writer.Close()
		return nil, openFault(path, err)
	}
	if readers <= 0 {
		readers = max(2, runtime.NumCPU())
	}
	reader, err := open(path, readers, url.Values{"mode": {"ro"}, "_pragma": {"query_only(1)"}})
	if err != nil {
		_ = writer.Close()
		return nil, err
	}
	return &engine.Engine{
		Name:         Name,
		Writer:       writer,
		Reader:       reader,
		WriteOptions: nil,
		ReadOptions:  &sql.TxOptions{ReadOnly: true},
		Migrator:     goose.DialectSQLite3,
		Fault:        fault,
	}, nil
}

func open(path string, connections int, query url.Values) (*bun.DB, error) {
	query["_pragma"] = append(append([]string{}, pragmas...), query["_pragma"]...)
	dsn := url.URL{Scheme: "file", Opaque: escapePath(path), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return bun.NewDB(db, engine.WithCleanText(sqlitedialect.New())), nil
}

// escapePath keeps what a file URI reads as the path: everything but the separators is escaped.
func escapePath(path string) string {
	return (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

// checkPlace makes the file where there is none, for the owner's eyes only, and names what is wrong with the place:
// SQLite would say only that it cannot open the file, and make it for all to read. A file that is there is left to
// SQLite: to open and close it here would take away the locks of this program's other connections (POSIX locks).
func checkPlace(path string) error {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return invalid("store.folder_missing", folder, nil)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return invalid("store.not_a_database", path, nil)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the administrator names the file
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return invalid("store.folder_unwritable", folder, err)
	}
	return file.Close()
}

func invalid(key, path string, cause error) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Params: domain.Params{"path": path}, Cause: cause}
}

func openFault(path string, err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff { // the low byte is the kind, the others its detail
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return invalid("store.not_a_database", path, err)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_IOERR:
		return invalid("store.file_unwritable", path, err)
	case lib.SQLITE_BUSY:
		return &domain.Error{Kind: domain.KindBusy, Key: "store.busy", Cause: err}
	}
	return err
}

func fault(err error) engine.Fault {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return engine.FaultOther
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_ROWID:
		return engine.FaultDuplicate
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return engine.FaultReference
	case lib.SQLITE_CONSTRAINT_CHECK, lib.SQLITE_CONSTRAINT_NOTNULL, lib.SQLITE_CONSTRAINT_DATATYPE:
		return engine.FaultValue
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return engine.FaultBusy
	}
	return engine.FaultOther
}
