package query

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// Reach is whose records may be seen: those in the scope, and where Unit is set only what belongs to that unit. Units lie
// where their home is, and cadres where their unit's is. A reach without a scope sees nothing.
type Reach struct {
	Scope domain.Scope
	Unit  string
}

// Filter keeps the records whose field stands to the values as Op says: eq, ne, in, contains, starts, ge, le, between,
// empty, filled. Values are canonical text. A division is in another one where it lies in it; a unit contains a part of
// its name; of several values any may be meant.
type Filter struct {
	Field  string
	Op     string
	Values []string
}

// Order sorts by a field; what is empty comes last either way.
type Order struct {
	Field string
	Desc  bool
}

// Records asks for the records of an entity. Search finds a part of the name or the beginning of its pinyin, of its
// initials or of the key. Keys, where given, are the only records meant. Columns are fields or hidden columns of the
// table; the key and the version always come. A Limit of 0 is no limit.
type Records struct {
	Entity        catalogue.Entity
	Reach         Reach
	Search        string
	Keys          []string
	Filters       []Filter
	Sort          []Order
	Columns       []string
	Offset, Limit int
}

// Setting is what a statement takes from the transaction that it is for: when it began, and the dialect's way to fill
// named placeholders.
type Setting struct {
	Now  time.Time
	Fill func(condition string, args ...any) string
}

// formatted fills the named placeholders of a condition and keeps it from being filled again.
func (s Setting) formatted(condition string, args any) string {
	return strings.ReplaceAll(s.Fill(condition, args), "?", `\?`)
}

type recordArgs struct {
	From, To domain.Code
	Unit     string
	Now      time.Time
	Search
	Upper, UpperEnd string // range of the keys that begin with the text, whose letters are capitals
}

// Select is the statement for the records of the query in its order, by key where it says nothing more, and the names of
// what it selects: the version, the key, and the query's columns. It is nil where nothing can be found.
func (q Records) Select(s Setting) ([]string, *Clause, error) {
	t, chosen, err := q.chosen(s)
	if err != nil || chosen == nil {
		return nil, nil, err
	}
	names := append([]string{"version", t.key}, q.Columns...)
	c := &Clause{}
	c.Add("SELECT ")
	for i, name := range names {
		col, ok := t.columns[name]
		if !ok {
			return nil, nil, unknownField(name)
		}
		c.Add(separator(i, col.sql))
	}
	if q.Limit > 0 { // the keys of the page first, so that only they are sorted and not whole rows
		c.Add(" FROM ? WHERE ? IN (SELECT ? ", bun.Ident(t.Name), bun.Ident(t.key), bun.Ident(t.key))
		c.Add(chosen.String(), chosen.Args...)
		if err := t.order(c, q.Sort); err != nil {
			return nil, nil, err
		}
		c.Add(" LIMIT ? OFFSET ?)", q.Limit, q.Offset)
		if t.rows != "" {
			c.Add(" AND " + s.formatted(t.rows, recordArgs{Now: s.Now}))
		}
	} else {
		c.Add(" "+chosen.String(), chosen.Args...)
	}
	return names, c, t.order(c, q.Sort)
}

// Count is the statement for how many records the query would give without its page; nil where nothing can be found.
func (q Records) Count(s Setting) (*Clause, error) {
	_, chosen, err := q.chosen(s)
	if err != nil || chosen == nil {
		return nil, err
	}
	c := &Clause{}
	c.Add("SELECT count(*) "+chosen.String(), chosen.Args...)
	return c, nil
}

// chosen is the query from FROM to the end of WHERE; nil where nothing can be found.
func (q Records) chosen(s Setting) (Table, *Clause, error) {
	t, err := TableOf(q.Entity)
	if err != nil || q.Reach.Scope.Empty() || q.Reach.Unit != "" && t.ofUnit == "" || q.Keys != nil && len(q.Keys) == 0 {
		return t, nil, err
	}
	args := recordArgs{From: q.Reach.Scope.From, To: q.Reach.Scope.To, Unit: q.Reach.Unit, Now: s.Now}
	c := &Clause{}
	c.Add("FROM ? WHERE ", bun.Ident(t.Name))
	if q.Search != "" && t.among != "" {
		t.within = t.among
	}
	c.Add(s.formatted(t.within, args))
	for _, condition := range []string{t.rows, unitCondition(t, q.Reach)} {
		if condition != "" {
			c.Add(" AND " + s.formatted(condition, args))
		}
	}
	if q.Keys != nil {
		c.Add(" AND ? IN (?)", bun.Ident(t.key), bun.List(q.Keys))
	}
	if q.Search != "" {
		found, ok := SearchFor(q.Search)
		if !ok {
			return t, nil, nil
		}
		args.Search, args.Upper, args.UpperEnd = found, strings.ToUpper(found.Letters), strings.ToUpper(found.Letters)+AfterAny
		c.Add(" AND " + s.formatted(recordSearch(t), args))
	}
	var errs []error
	for _, f := range q.Filters {
		errs = append(errs, t.filter(c, f))
	}
	return t, c, errors.Join(errs...)
}

func unitCondition(t Table, r Reach) string {
	if r.Unit == "" {
		return ""
	}
	return t.ofUnit
}

// recordSearch finds names by a part, and pinyin, initials and keys by their beginning; each by its index.
func recordSearch(t Table) string {
	found := func(condition string) string { return `SELECT ` + t.key + ` FROM ` + t.Name + ` WHERE ` + condition }
	return t.key + ` IN (` + found(NamePart) + ` UNION ALL ` + found(`initials >= ?letters AND initials < ?letters_end`) +
		` UNION ALL ` + found(`pinyin >= ?letters AND pinyin < ?letters_end`) +
		` UNION ALL ` + found(t.key+` >= ?upper AND `+t.key+` < ?upper_end`) + `)`
}

func (t Table) order(c *Clause, sorts []Order) error {
	c.Add(" ORDER BY ")
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
			c.Add(fmt.Sprintf("%s IS NULL, %s%s, ", col.sql, col.sql, direction))
		case s.Field == "name" && t.spelled:
			c.Add("pinyin" + direction + ", name" + direction + ", ")
		default:
			c.Add(fmt.Sprintf("%s = '', %s%s, ", col.sql, col.sql, direction))
		}
	}
	c.Add("?", bun.Ident(t.key))
	return nil
}

func unknownField(name string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "registry.unknown_field", Field: name, Params: domain.Params{"field": name}}
}
