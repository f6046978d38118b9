package store_test

import (
	"regexp"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// The plans of SQLite's queries are read here; PostgreSQL chooses its plans by the data, and has the same indexes.

// bigScan matches a line of a query plan that reads all rows of something. Only subqueries, lists of constants and the
// narrow indexes that a search for a part of a name reads may be read so.
var bigScan = regexp.MustCompile(`^SCAN (\S+)`)

var smallScan = regexp.MustCompile(`^SCAN (\d+-ROW|CONSTANT ROW|\(subquery|round$|account$|(region|unit|cadre) USING COVERING INDEX (region|unit|cadre)_name$)`)

// fullScans are the lines of the query's plan that read a whole table.
func fullScans(t *testing.T, s *store.Store, query string) []string {
	t.Helper()
	rows, err := s.Reader().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = rows.Close() }()
	var bad []string
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		if bigScan.MatchString(line) && !smallScan.MatchString(line) {
			bad = append(bad, line)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return bad
}

// reads calls every function that reads, on every way that it has.
func reads(tx *store.Tx, w *storetest.World) []error {
	var errs []error
	note := func(err error) { errs = append(errs, err) }
	team := w.Plans[1].Teams[0]
	village := team.Villages[0].Code
	province, county, township := village.At(domain.LevelProvince), village.At(domain.LevelCounty), village.At(domain.LevelTownship)
	odd := domain.Scope{From: village, To: "430399999999"} // cuts counties in two
	for _, scope := range []domain.Scope{province.Scope(), county.Scope(), township.Scope(), odd} {
		for _, parent := range []domain.Code{province, village.At(domain.LevelCity), county, township, village} {
			_, err := store.RegionByCode(tx, parent.Scope(), parent)
			note(err)
			_, err = store.RegionPath(tx, parent)
			note(err)
			_, err = store.ChildRegions(tx, scope, parent)
			note(err)
			_, err = store.OutlinesUnder(tx, scope, parent)
			note(err)
			_, _, err = store.FiguresByChild(tx, scope, "p2", parent)
			note(err)
			_, err = store.VillagePoints(tx, scope, "p2", parent)
			note(err)
			_, _, err = store.ListUnserved(tx, scope, "p2", parent, 0, 50)
			note(err)
			for _, sort := range []string{"id", "villages", "unit", "category", "size", "score", "match", "leader"} {
				_, _, err = store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Region: parent, Sort: sort, Limit: 50})
				note(err)
			}
			_, _, err = store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Region: parent, Query: "hp", Limit: 50})
			note(err)
			_, _, err = store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Region: parent, Category: domain.CategoryKey, UnitLevel: domain.UnitCity, Limit: 50})
			note(err)
		}
		_, err := store.SearchRegions(tx, scope, "hp", 20)
		note(err)
	}
	_, err := store.TeamByID(tx, province.Scope(), "p2", team.ID)
	note(err)
	_, err = store.PlanShares(tx, "p2")
	note(err)
	_, err = store.RoundInput(tx, "2023")
	note(err)
	_, err = store.PlansOfRound(tx, "2023")
	note(err)
	_, _, err = store.PlanArchives(tx, "p2")
	note(err)
	_, err = store.AccountByUsername(tx, "hunan")
	note(err)
	_, err = store.AccountByID(tx, "a1")
	note(err)
	_, _, err = store.LastLedger(tx)
	note(err)
	_, err = store.LedgerFrom(tx, 5, 10)
	note(err)
	return errs
}

func TestNoReadScansABigTable(t *testing.T) {
	s := openMigrated(t, databases["sqlite"](t))
	w := storetest.Draw(12, storetest.Small)
	storetest.Load(t, s, w)
	queries := map[string]bool{}
	s.Trace(func(query string) {
		if strings.HasPrefix(strings.TrimSpace(query), "SELECT") {
			queries[query] = true
		}
	})
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		for _, err := range reads(tx, w) {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Sessions().Find("token"); err != nil {
		t.Fatal(err)
	}
	if len(queries) < 100 {
		t.Fatalf("only %d queries were seen", len(queries))
	}
	told := map[string]bool{}
	for query := range queries {
		for _, line := range fullScans(t, s, query) {
			if !told[line] {
				told[line] = true
				t.Errorf("%s\n%s", line, query)
			}
		}
	}
}

func TestAScanWouldBeNoticed(t *testing.T) {
	s := openMigrated(t, databases["sqlite"](t))
	for _, query := range []string{"SELECT * FROM team WHERE score = 1", "SELECT count(*) FROM team_village", "SELECT * FROM team t JOIN unit u ON u.name = t.id",
		"SELECT name FROM round_village WHERE category = 'key'", "SELECT * FROM session WHERE data = 'x'"} {
		if len(fullScans(t, s, query)) == 0 {
			t.Errorf("not noticed: %s", query)
		}
	}
}
