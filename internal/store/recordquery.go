package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// RecordFilter keeps the records whose field stands to the values as Op says: eq, ne, in, contains, starts, ge, le, between,
// empty, filled. Values are canonical text. A division is in another one where it lies in it; a unit contains a part of
// its name; of several values any may be meant.
type RecordFilter struct {
	Field  string
	Op     string
	Values []string
}

// RecordOrder sorts by a field; what is empty comes last either way.
type RecordOrder struct {
	Field string
	Desc  bool
}

// RecordQuery asks for the records of an entity. Search finds a part of the name or the beginning of its pinyin, of its
// initials or of the key. Keys, where given, are the only records meant. Columns are fields or hidden columns of the
// table; the key and the version always come. A Limit of 0 is no limit.
type RecordQuery struct {
	Entity        catalogue.Entity
	Reach         Reach
	Search        string
	Keys          []string
	Filters       []RecordFilter
	Sort          []RecordOrder
	Columns       []string
	Offset, Limit int
}

// clause is a part of a query with the arguments of its placeholders.
type clause struct {
	sql  strings.Builder
	args []any
}

func (c *clause) add(sql string, args ...any) {
	c.sql.WriteString(sql)
	c.args = append(c.args, args...)
}

type recordArgs struct {
	From, To domain.Code
	Unit     string
	Now      time.Time
	search
	Upper, UpperEnd string // range of the keys that begin with the text, whose letters are capitals
}

// Records gives the records of a query in its order, by key where it says nothing more.
func Records(tx *Tx, q RecordQuery) ([]catalogue.Record, error) {
	t, query, err := recordsClause(tx, q)
	if err != nil || query == nil {
		return nil, err
	}
	names := append([]string{"version", t.key}, q.Columns...)
	var selected clause
	selected.add("SELECT ")
	for i, name := range names {
		c, ok := t.columns[name]
		if !ok {
			return nil, unknownField(name)
		}
		if i > 0 {
			selected.add(", ")
		}
		selected.add(c.sql)
	}
	if q.Limit > 0 { // the keys of the page first, so that only they are sorted and not whole rows
		selected.add(" FROM ? WHERE ? IN (SELECT ? "+query.sql.String(), append([]any{bun.Ident(t.name), bun.Ident(t.key), bun.Ident(t.key)}, query.args...)...)
		if err := t.order(&selected, q.Sort); err != nil {
			return nil, err
		}
		selected.add(" LIMIT ? OFFSET ?)", q.Limit, q.Offset)
		if t.rows != "" {
			selected.add(" AND " + formatted(tx, t.rows, recordArgs{Now: tx.now}))
		}
	} else {
		selected.add(" "+query.sql.String(), query.args...)
	}
	if err := t.order(&selected, q.Sort); err != nil {
		return nil, err
	}
	return scanRecords(tx, names, selected)
}

// CountRecords is how many records the query would give without its page.
func CountRecords(tx *Tx, q RecordQuery) (int, error) {
	_, query, err := recordsClause(tx, q)
	if err != nil || query == nil {
		return 0, err
	}
	var n int
	err = tx.db.NewRaw("SELECT count(*) "+query.sql.String(), query.args...).Scan(tx.ctx, &n)
	return n, err
}

// recordsClause is the query from FROM to the end of WHERE; nil where nothing can be found.
func recordsClause(tx *Tx, q RecordQuery) (recordTable, *clause, error) {
	t, err := tableOfEntity(q.Entity)
	if err != nil || q.Reach.Scope.Empty() || q.Reach.Unit != "" && t.ofUnit == "" || q.Keys != nil && len(q.Keys) == 0 {
		return t, nil, err
	}
	args := recordArgs{From: q.Reach.Scope.From, To: q.Reach.Scope.To, Unit: q.Reach.Unit, Now: tx.now}
	c := &clause{}
	c.add("FROM ? WHERE ", bun.Ident(t.name))
	if q.Search != "" && t.among != "" {
		t.within = t.among
	}
	c.add(formatted(tx, t.within, args))
	for _, condition := range []string{t.rows, unitCondition(t, q.Reach)} {
		if condition != "" {
			c.add(" AND " + formatted(tx, condition, args))
		}
	}
	if q.Keys != nil {
		c.add(" AND ? IN (?)", bun.Ident(t.key), bun.List(q.Keys))
	}
	if q.Search != "" {
		found, ok := searchFor(q.Search)
		if !ok {
			return t, nil, nil
		}
		args.search, args.Upper, args.UpperEnd = found, strings.ToUpper(found.Letters), strings.ToUpper(found.Letters)+afterAny
		c.add(" AND " + formatted(tx, recordSearch(t), args))
	}
	var errs []error
	for _, f := range q.Filters {
		errs = append(errs, t.filter(c, f))
	}
	return t, c, errors.Join(errs...)
}

func unitCondition(t recordTable, r Reach) string {
	if r.Unit == "" {
		return ""
	}
	return t.ofUnit
}

// recordSearch finds names by a part, and pinyin, initials and keys by their beginning; each by its index.
func recordSearch(t recordTable) string {
	found := func(condition string) string { return `SELECT ` + t.key + ` FROM ` + t.name + ` WHERE ` + condition }
	return t.key + ` IN (` + found(namePart) + ` UNION ALL ` + found(`initials >= ?letters AND initials < ?letters_end`) +
		` UNION ALL ` + found(`pinyin >= ?letters AND pinyin < ?letters_end`) +
		` UNION ALL ` + found(t.key+` >= ?upper AND `+t.key+` < ?upper_end`) + `)`
}

// formatted fills the named placeholders of a condition and keeps it from being filled again.
func formatted(tx *Tx, condition string, args any) string {
	return strings.ReplaceAll(tx.engine.Writer.QueryGen().FormatQuery(condition, args), "?", `\?`)
}

func (t recordTable) order(c *clause, sorts []RecordOrder) error {
	c.add(" ORDER BY ")
	for _, s := range sorts {
		col, ok := t.columns[s.Field]
		if !ok {
			return unknownField(s.Field)
		}
		direction := ""
		if s.Desc {
			direction = " DESC"
		}
		switch {
		case col.number():
			c.add(fmt.Sprintf("%s IS NULL, %s%s, ", col.sql, col.sql, direction))
		case s.Field == "name" && t.spelled:
			c.add("pinyin" + direction + ", name" + direction + ", ")
		default:
			c.add(fmt.Sprintf("%s = '', %s%s, ", col.sql, col.sql, direction))
		}
	}
	c.add("?", bun.Ident(t.key))
	return nil
}

func scanRecords(tx *Tx, names []string, query clause) ([]catalogue.Record, error) {
	rows, err := tx.db.QueryContext(tx.ctx, query.sql.String(), query.args...)
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

func unknownField(name string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "registry.unknown_field", Field: name, Params: domain.Params{"field": name}}
}
