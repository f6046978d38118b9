package store

import (
	"database/sql"
	"errors"
	"reflect"
	"strings"

	"jieli/internal/domain"
)

// chunk is how many rows go into one INSERT: enough that the statement's own cost no longer counts, and few enough that
// its text stays below a megabyte.
const chunk = 500

// insert adds rows of a model in statements of many rows each.
func insert[Row any](tx *Tx, rows []Row) error {
	for len(rows) > 0 {
		part := rows[:min(chunk, len(rows))]
		rows = rows[len(part):]
		if _, err := tx.db.NewInsert().Model(&part).Exec(tx.ctx); err != nil {
			return refusal(tx.engine, tableOf[Row](tx), err)
		}
	}
	return nil
}

// each turns rows into things; nil stays nil.
func each[Row, Thing any](rows []Row, thing func(Row) Thing) []Thing {
	if rows == nil {
		return nil
	}
	things := make([]Thing, len(rows))
	for i, row := range rows {
		things[i] = thing(row)
	}
	return things
}

// analyze tells the planner of many new rows of the tables, where it wants to be told.
func analyze(tx *Tx, tables string) error {
	if !tx.engine.Analyze {
		return nil
	}
	_, err := tx.db.NewRaw("ANALYZE " + tables).Exec(tx.ctx)
	return err
}

func tableOf[Row any](tx *Tx) string {
	return tx.db.Dialect().Tables().Get(reflect.TypeFor[Row]()).Name
}

// all reads the rows of a query. Placeholders are ?name for the fields of args.
func all[Row any](tx *Tx, query string, args any) ([]Row, error) {
	var rows []Row
	err := tx.db.NewRaw(query, args).Scan(tx.ctx, &rows)
	return rows, err
}

// one reads the only row of a query; missing where there is none.
func one[Row any](tx *Tx, missing error, query string, args any) (Row, error) {
	var row Row
	err := tx.db.NewRaw(query, args).Scan(tx.ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		err = missing
	}
	return row, err
}

// countyCode is the code of the county that a code lies in.
func countyCode(c domain.Code) domain.Code { return c[:6] + "000000" }

// area is a scope as the arguments of a query. CountyFrom ≤ county < To holds the counties of all codes in it.
type area struct{ From, To, CountyFrom domain.Code }

func areaOf(s domain.Scope) area {
	a := area{s.From, s.To, s.From}
	if len(s.From) > 6 {
		a.CountyFrom = countyCode(s.From)
	}
	return a
}

// wholeCounties says whether every county lies in the area wholly or not at all. Then the county of a row tells all.
func (a area) wholeCounties() bool {
	return a.From == a.CountyFrom && (strings.HasSuffix(string(a.To), "000000") && len(a.To) == 12 || a.To > "999999999999")
}

// within narrows a scope to a region; the empty region narrows nothing. What is no code holds nothing.
func within(scope domain.Scope, region domain.Code) domain.Scope {
	if region == "" {
		return scope
	}
	if !region.Valid() {
		return domain.Scope{}
	}
	return scope.Intersect(region.Scope())
}
