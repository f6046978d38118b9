package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/migrations"
	"jieli/internal/store/storetest"
	"jieli/internal/store/storetest/pgtest"
)

// databases gives the address of a new, empty database of each kind.
var databases = map[string]func(t testing.TB) string{
	"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "jieli.db") },
	"postgres": pgtest.Database,
}

func onBoth(t *testing.T, f func(t *testing.T, dialect, dsn string)) {
	for dialect, database := range databases {
		t.Run(dialect, func(t *testing.T) { f(t, dialect, database(t)) })
	}
}

func stepNames(t *testing.T, dialect string) []string {
	t.Helper()
	steps, err := migrations.For(dialect)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestBothFoldersCarryTheSameSteps(t *testing.T) {
	names := stepNames(t, "sqlite")
	if !slices.Equal(names, stepNames(t, "postgres")) || len(names) < 3 {
		t.Fatalf("sqlite %v, postgres %v", names, stepNames(t, "postgres"))
	}
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("%05d_", i+1)) {
			t.Errorf("%s is not step %d", name, i+1)
		}
		for dialect := range databases {
			steps, _ := migrations.For(dialect)
			text, err := fs.ReadFile(steps, name)
			if err != nil || strings.Contains(string(text), "+goose Down") || strings.Contains(string(text), "NO TRANSACTION") {
				t.Errorf("%s/%s: a step goes forward only, in a transaction (%v)", dialect, name, err)
			}
		}
	}
}

// firstSteps are the binary's steps up to the number, with the last one edited.
func firstSteps(t *testing.T, dialect string, number int, edit func(text string) string) fs.FS {
	t.Helper()
	steps, err := migrations.For(dialect)
	if err != nil {
		t.Fatal(err)
	}
	some := fstest.MapFS{}
	for i, name := range stepNames(t, dialect)[:number] {
		text, err := fs.ReadFile(steps, name)
		if err != nil {
			t.Fatal(err)
		}
		if i == number-1 && edit != nil {
			text = []byte(edit(string(text)))
		}
		some[name] = &fstest.MapFile{Data: text}
	}
	return some
}

// releases are the tables that each step brings and that have rows after storetest.Load, referenced ones first.
var releases = [][]string{
	{"region", "outline", "unit", "cadre", "policy_version"},
	{"round", "round_village", "round_unit", "round_candidate", "round_pin", "plan", "plan_archive", "team", "team_village", "team_member", "unserved"},
	{"account"},
}

// copyRows copies the columns that the older schema of the target has, in one transaction, as a round and its plan name
// each other.
func copyRows(t *testing.T, from, to *store.Store, tables []string) {
	t.Helper()
	tx, err := to.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, table := range tables {
		columns, marks := columnsOf(t, tx, table)
		insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), strings.Join(marks, ", ")) //nolint:gosec // names of the schema
		for _, row := range values(t, from.Writer(), "SELECT "+strings.Join(columns, ", ")+" FROM "+table) {
			if _, err := tx.ExecContext(t.Context(), insert, row...); err != nil {
				t.Fatalf("%s: %v", insert, err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func columnsOf(t *testing.T, tx *sql.Tx, table string) (columns, marks []string) {
	t.Helper()
	rows, err := tx.QueryContext(t.Context(), "SELECT * FROM "+table+" LIMIT 0") //nolint:gosec // a name of the schema
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if columns, err = rows.Columns(); err != nil || rows.Err() != nil {
		t.Fatal(err, rows.Err())
	}
	for i := range columns {
		marks = append(marks, fmt.Sprintf("$%d", i+1))
	}
	return columns, marks
}

// An upgrade, step by step with the rows of each release in the tables, ends where a new database begins.
func TestUpgradeEqualsFresh(t *testing.T) {
	for dialect, database := range databases {
		t.Run(dialect, func(t *testing.T) {
			fresh, upgraded := openMigrated(t, database(t)), openRaw(t, database(t))
			w := storetest.Draw(11, storetest.Small)
			storetest.Load(t, fresh, w)
			for i, tables := range releases {
				if err := upgraded.MigrateSteps(t.Context(), firstSteps(t, dialect, i+1, nil)); err != nil {
					t.Fatal(err)
				}
				copyRows(t, fresh, upgraded, tables)
			}
			if err := upgraded.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			same(t, "schema", schemaOf(t, upgraded), schemaOf(t, fresh))
			for _, table := range filled {
				same(t, "rows of "+table, rowsOf(t, upgraded, table), rowsOf(t, fresh, table))
			}
		})
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Errorf("%s: nothing to compare", what)
	}
	if !reflect.DeepEqual(got, want) {
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s, line %d:\n got %s\nwant %s", what, i, got[i], want[i])
			}
		}
		t.Fatalf("%s: %d lines, want %d", what, len(got), len(want))
	}
}

// lines reads a query as text, a line a row.
func lines(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	var all []string
	for _, row := range values(t, db, query) {
		all = append(all, fmt.Sprintf("%v", row))
	}
	return all
}

// values reads a query, a slice a row.
func values(t *testing.T, db *sql.DB, query string) [][]any {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := rows.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		row, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		for i, kind := range kinds {
			if text, ok := row[i].([]byte); ok && strings.HasPrefix(kind.DatabaseTypeName(), "JSON") {
				row[i] = string(text) // or it could not be written back
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// catalogue are the queries that tell all about a schema.
var catalogue = map[string][]string{
	"sqlite": {`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`},
	"postgres": {
		`SELECT table_name, column_name, ordinal_position, data_type, collation_name, is_nullable, column_default
			FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 3`,
		`SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
		`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
		`SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`,
		`SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
	},
}

func schemaOf(t *testing.T, s *store.Store) []string {
	t.Helper()
	parts := make([][]string, 0, len(catalogue[s.Dialect()]))
	for _, query := range catalogue[s.Dialect()] {
		parts = append(parts, lines(t, s.Writer(), query))
	}
	return slices.Concat(parts...)
}

// filled are the tables that have rows after storetest.Load.
var filled = []string{"region", "outline", "unit", "cadre", "policy_version", "round", "round_village", "round_unit", "round_candidate", "round_pin",
	"plan", "plan_archive", "team", "team_village", "team_member", "unserved", "account"}

func rowsOf(t *testing.T, s *store.Store, table string) []string {
	t.Helper()
	rows := lines(t, s.Writer(), "SELECT * FROM "+table)
	slices.Sort(rows)
	return rows
}

func TestMigrateTwiceAndByMany(t *testing.T) {
	onBoth(t, func(t *testing.T, _, dsn string) {
		var group sync.WaitGroup
		for range 4 {
			s := openRaw(t, dsn)
			group.Go(func() {
				for range 2 {
					if err := s.Migrate(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		s := openRaw(t, dsn)
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func refused(t *testing.T, err error, kind domain.Kind, key string) *domain.Error {
	t.Helper()
	var known *domain.Error
	if !errors.As(err, &known) || known.Kind != kind || known.Key != key {
		t.Fatalf("got %v, want %s %s", err, kind, key)
	}
	return known
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, dialect, dsn string) {
		s := openMigrated(t, dsn)
		if _, err := s.Writer().ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
			t.Fatal(err)
		}
		before := schemaOf(t, s)
		known := refused(t, s.Migrate(t.Context()), domain.KindInvalid, "store.newer_database")
		want := domain.Params{"database": int64(99999), "binary": int64(len(stepNames(t, dialect)))}
		if !reflect.DeepEqual(known.Params, want) {
			t.Errorf("got %v, want %v", known.Params, want)
		}
		same(t, "schema", schemaOf(t, s), before)
		refused(t, s.Ping(t.Context()), domain.KindBusy, "store.schema_outdated")
	})
}

func TestPingWantsTheNewestSchema(t *testing.T) {
	onBoth(t, func(t *testing.T, dialect, dsn string) {
		s := openRaw(t, dsn)
		refused(t, s.Ping(t.Context()), domain.KindBusy, "store.schema_outdated")
		if err := s.MigrateSteps(t.Context(), firstSteps(t, dialect, 2, nil)); err != nil {
			t.Fatal(err)
		}
		refused(t, s.Ping(t.Context()), domain.KindBusy, "store.schema_outdated")
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func version(t *testing.T, s *store.Store) string {
	t.Helper()
	return strings.Join(lines(t, s.Writer(), "SELECT max(version_id) FROM goose_db_version"), "")
}

// afterTrouble expects a database in which step 2 did not come to its end: step 1 is done, nothing of step 2 is there,
// and the binary's own steps lead to the same schema as ever.
func afterTrouble(t *testing.T, s *store.Store, dialect string) {
	t.Helper()
	if got := version(t, s); got != "[1]" {
		t.Errorf("version %s", got)
	}
	one := openRaw(t, databases[dialect](t))
	if err := one.MigrateSteps(t.Context(), firstSteps(t, dialect, 1, nil)); err != nil {
		t.Fatal(err)
	}
	same(t, "schema after trouble", schemaOf(t, s), schemaOf(t, one))
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "schema in the end", schemaOf(t, s), schemaOf(t, openMigrated(t, databases[dialect](t))))
}

func TestBrokenStepLeavesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, dialect, dsn string) {
		s := openRaw(t, dsn)
		err := s.MigrateSteps(t.Context(), firstSteps(t, dialect, 2, func(text string) string { return text + "\nINSERT INTO nowhere VALUES (1);" }))
		if err == nil || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("got %v", err)
		}
		afterTrouble(t, s, dialect)
	})
}

// endless makes step 2 go on until somebody kills the program.
var endless = map[string]string{
	"sqlite":   "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) AS total FROM n;",
	"postgres": "SELECT pg_sleep(3600);",
}

func TestKilledMigrationIsClean(t *testing.T) {
	onBoth(t, func(t *testing.T, dialect, dsn string) {
		dir := t.TempDir()
		for name, file := range firstSteps(t, dialect, 2, func(text string) string { return text + "\n" + endless[dialect] }).(fstest.MapFS) {
			if err := os.WriteFile(path.Join(dir, name), file.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		program := child(t, "migrate", dsn, dir)
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		s := openRaw(t, dsn)
		for !stepBegun(t, s) {
			if t.Context().Err() != nil {
				t.Fatal("step 2 never began")
			}
		}
		if err := program.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = program.Wait()
		afterTrouble(t, s, dialect)
	})
}

// stepBegun says whether the other program is in the midst of step 2.
func stepBegun(t *testing.T, s *store.Store) bool {
	t.Helper()
	if s.Dialect() == "postgres" {
		return len(lines(t, s.Reader(), "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database()")) > 0
	}
	var done int
	if err := s.Reader().QueryRowContext(t.Context(), "SELECT max(version_id) FROM goose_db_version").Scan(&done); err != nil || done < 1 {
		return false
	}
	// Step 1 is done: who cannot write now waits for step 2.
	connection, err := s.Writer().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if _, err := connection.ExecContext(t.Context(), "PRAGMA busy_timeout = 0"); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = connection.ExecContext(t.Context(), "PRAGMA busy_timeout = 5000") }()
	if _, err := connection.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		return true
	}
	_, err = connection.ExecContext(t.Context(), "ROLLBACK")
	return err != nil
}

// child is this test program in another role, see TestMain.
func child(t *testing.T, role string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...) //nolint:gosec // this very program
	c.Env = append(os.Environ(), roleVariable+"="+role)
	c.Stderr = os.Stderr
	return c
}
