// Package tamper does to a database what nobody may: it changes, removes and moves entries of the ledger behind the
// store's back, so that tests can see that it is found out.
package tamper

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers
	_ "modernc.org/sqlite"
)

// Ledger is a hand on the ledger of a database.
type Ledger struct{ connection *sql.Conn }

// guards are the statements that take the schema's own protection away.
var guards = map[string][]string{
	"sqlite": {"DROP TRIGGER ledger_no_update", "DROP TRIGGER ledger_no_delete", "PRAGMA ignore_check_constraints = 1"},
	"pgx":    {"DROP TRIGGER ledger_no_change ON ledger", "ALTER TABLE ledger DROP CONSTRAINT ledger_seq_check"},
}

// Open reaches for the ledger of the store at the address. With armed the schema's protection stays in place.
func Open(t testing.TB, dsn string, armed bool) *Ledger {
	t.Helper()
	driver, address := "pgx", dsn
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		driver, address = "sqlite", path
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	connection, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = connection.Close()
		_ = db.Close()
	})
	l := &Ledger{connection}
	if !armed {
		for _, statement := range guards[driver] {
			if err := l.run(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	return l
}

func (l *Ledger) run(statement string) error {
	_, err := l.connection.ExecContext(context.Background(), statement)
	return err
}

// columns are those that Set may change.
var columns = []string{"at", "actor", "action", "subject", "region", "policy", "detail", "prev", "hash"}

// Set changes one field of an entry.
func (l *Ledger) Set(seq int64, column, value string) error {
	if !slices.Contains(columns, column) {
		return fmt.Errorf("no column %s", column)
	}
	return l.run(fmt.Sprintf("UPDATE ledger SET %s = '%s' WHERE seq = %d", column, strings.ReplaceAll(value, "'", "''"), seq))
}

// Remove takes an entry out.
func (l *Ledger) Remove(seq int64) error {
	return l.run(fmt.Sprintf("DELETE FROM ledger WHERE seq = %d", seq))
}

// Move gives an entry another number.
func (l *Ledger) Move(from, to int64) error {
	return l.run(fmt.Sprintf("UPDATE ledger SET seq = %d WHERE seq = %d", to, from))
}
