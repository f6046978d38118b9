package query

import "strings"

// Clause is a statement, or a part of one, with the arguments of its placeholders in their order.
type Clause struct {
	sql  strings.Builder
	Args []any
}

// Add goes on with a text and the arguments of its placeholders.
func (c *Clause) Add(sql string, args ...any) {
	c.sql.WriteString(sql)
	c.Args = append(c.Args, args...)
}

// String is the text, in which each ? stands for an argument and \? for itself.
func (c *Clause) String() string { return c.sql.String() }
