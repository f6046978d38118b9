package query

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// filter adds " AND (condition)".
func (t Table) filter(c *Clause, f Filter) error {
	col, ok := t.columns[f.Field]
	if !ok {
		return unknownField(f.Field)
	}
	args, err := filterArgs(col, f)
	if err != nil {
		return err
	}
	c.Add(" AND (")
	if !col.condition(c, f.Op, args) {
		return malformedFilter(f)
	}
	c.Add(")")
	return nil
}

// wanted is how many values an operator takes.
var wanted = map[string]int{"eq": 1, "ne": 1, "starts": 1, "contains": 1, "ge": 1, "le": 1, "between": 2, "empty": 0, "filled": 0}

func filterArgs(col column, f Filter) ([]any, error) {
	n, known := wanted[f.Op]
	if f.Op == "in" {
		n, known = len(f.Values), len(f.Values) > 0
	}
	if !known || len(f.Values) != n {
		return nil, malformedFilter(f)
	}
	args := make([]any, len(f.Values))
	for i, v := range f.Values {
		args[i] = v
		if col.number() {
			number, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return nil, malformedFilter(f)
			}
			args[i] = number
		}
	}
	return args, nil
}

func malformedFilter(f Filter) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "registry.filter_malformed", Field: f.Field, Params: domain.Params{"field": f.Field, "op": f.Op}}
}

// condition writes the condition of an operator; false where the column's kind does not know it.
func (col column) condition(c *Clause, op string, args []any) bool {
	switch op {
	case "empty":
		c.Add(col.isEmpty())
	case "filled":
		c.Add("NOT " + col.isEmpty())
	case "ge", "le", "between":
		return col.compare(c, op, args)
	default:
		switch col.kind {
		case catalogue.Choices, catalogue.Villages, catalogue.UnitIDs:
			return col.hasAny(c, op, args)
		case catalogue.RegionAt:
			return col.place(c, op, args)
		default:
			return col.single(c, op, args)
		}
	}
	return true
}

func (col column) isEmpty() string {
	if col.number() {
		return "(" + col.sql + " IS NULL)"
	}
	return "(" + col.sql + " = '')"
}

func (col column) compare(c *Clause, op string, args []any) bool {
	switch op {
	case "between":
		c.Add(col.sql+" BETWEEN ? AND ?", args...)
	case "ge":
		c.Add(col.sql+" >= ?", args...)
	case "le":
		c.Add(col.sql+" <= ?", args...)
	}
	if !col.number() {
		c.Add(" AND " + col.sql + " <> ''")
	}
	return true
}

func (col column) single(c *Clause, op string, args []any) bool {
	switch op {
	case "eq":
		c.Add(col.sql+" = ?", args...)
	case "ne":
		c.Add("("+col.sql+" IS NULL OR "+col.sql+" <> ?)", args...)
	case "in":
		c.Add(col.sql+" IN (?)", bun.List(args))
	case "starts":
		c.Add(col.sql+" >= ? AND "+col.sql+" < ?", args[0], fmt.Sprint(args[0])+AfterAny)
		return !col.number()
	case "contains":
		col.contains(c, fmt.Sprint(args[0]))
		return !col.number()
	}
	return true
}

// contains finds a part of the text; of a unit or a division, of its name.
func (col column) contains(c *Clause, part string) {
	s, ok := SearchFor(part)
	switch {
	case !ok:
		c.Add("FALSE")
	case col.kind == catalogue.UnitID:
		c.Add(col.sql+" IN (SELECT id FROM unit WHERE lower(name) LIKE ? ESCAPE '!')", s.Part)
	case col.kind == catalogue.RegionAt:
		c.Add(col.sql+" IN (SELECT code FROM region WHERE lower(name) LIKE ? ESCAPE '!')", s.Part)
	default:
		c.Add("lower("+col.sql+") LIKE ? ESCAPE '!'", s.Part)
	}
}

// hasAny is for columns of several values, joined by semicolons.
func (col column) hasAny(c *Clause, op string, args []any) bool {
	switch op {
	case "eq":
		c.Add(col.sql+" = ?", args...)
		return true
	case "ne":
		c.Add("NOT ")
	case "in", "contains":
	default:
		return false
	}
	c.Add("(FALSE")
	for _, a := range args {
		value := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(fmt.Sprint(a))
		c.Add(" OR ';' || "+col.sql+" || ';' LIKE ? ESCAPE '!'", "%;"+value+";%")
	}
	c.Add(")")
	return true
}

// place compares divisions: equal, or lying in one of several.
func (col column) place(c *Clause, op string, args []any) bool {
	if op != "in" {
		return col.single(c, op, args)
	}
	c.Add("(FALSE")
	for _, a := range args {
		code := domain.Code(fmt.Sprint(a))
		if !code.Valid() {
			return false
		}
		c.Add(" OR "+col.sql+" >= ? AND "+col.sql+" < ?", code.Scope().From, code.Scope().To)
	}
	c.Add(")")
	return true
}
