package store

import (
	"database/sql"
	"fmt"
	"strconv"

	"jieli/internal/registry/catalogue"
	"jieli/internal/store/query"
)

// What a list of records is asked with; see package query.
type (
	// Reach is whose records may be seen: those in the scope, and where Unit is set only what belongs to that unit.
	Reach = query.Reach
	// RecordFilter keeps the records whose field stands to the values as Op says.
	RecordFilter = query.Filter
	// RecordOrder sorts by a field; what is empty comes last either way.
	RecordOrder = query.Order
	// RecordQuery asks for the records of an entity.
	RecordQuery = query.Records
)

func (t *Tx) setting() query.Setting {
	return query.Setting{Now: t.now, Fill: t.engine.Writer.QueryGen().FormatQuery}
}

// Records gives the records of a query in its order, by key where it says nothing more.
func Records(tx *Tx, q RecordQuery) ([]catalogue.Record, error) {
	names, c, err := q.Select(tx.setting())
	if err != nil || c == nil {
		return nil, err
	}
	return scanRecords(tx, names, c)
}

// CountRecords is how many records the query would give without its page.
func CountRecords(tx *Tx, q RecordQuery) (int, error) {
	c, err := q.Count(tx.setting())
	if err != nil || c == nil {
		return 0, err
	}
	var n int
	err = tx.db.NewRaw(c.String(), c.Args...).Scan(tx.ctx, &n)
	return n, err
}

func scanRecords(tx *Tx, names []string, c *query.Clause) ([]catalogue.Record, error) {
	rows, err := tx.db.QueryContext(tx.ctx, c.String(), c.Args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	values, targets := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	var all []catalogue.Record
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		all = append(all, recordOf(names, values))
	}
	return all, rows.Err()
}

// recordOf makes a record of a row, whose first two columns are version and key.
func recordOf(names []string, row []any) catalogue.Record {
	r := catalogue.Record{Values: make(map[string]string, len(names)-1)}
	r.Version, _ = strconv.ParseInt(canonical(row[0]), 10, 64)
	r.Key = canonical(row[1])
	for i, name := range names[1:] {
		if text := canonical(row[i+1]); text != "" {
			r.Values[name] = text
		}
	}
	return r
}

// canonical is the text of a value of the database.
func canonical(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case int32: // PostgreSQL's type of a constant
		return strconv.FormatInt(int64(v), 10)
	case sql.RawBytes:
		return string(v)
	}
	return fmt.Sprint(value)
}
