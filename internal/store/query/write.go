package query

import (
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/registry/catalogue"
)

// Put is the statement that writes whole records by their columns, each as the version after the one that is stored. A
// record of which another version is stored is passed over.
func (t Table) Put(records []catalogue.Record) *Clause {
	names, c := t.Writable(), &Clause{}
	c.Add("INSERT INTO ? (version", bun.Ident(t.Name))
	for _, name := range names {
		c.Add(", " + t.columns[name].sql)
	}
	c.Add(") VALUES ")
	for i, r := range records {
		c.Add(separator(i, "(?"), r.Version)
		for _, name := range names {
			c.Add(", ?", t.columns[name].argument(r.Values[name]))
		}
		c.Add(")")
	}
	c.Add(" ON CONFLICT (?) DO UPDATE SET version = excluded.version", bun.Ident(t.key))
	for _, name := range names {
		if name != t.key {
			c.Add(strings.ReplaceAll(", C = excluded.C", "C", t.columns[name].sql))
		}
	}
	c.Add(" WHERE ?.version = excluded.version - 1", bun.Ident(t.Name))
	return c
}

// Delete is the statement that removes the record of the key where that version of it is stored.
func (t Table) Delete(key string, version int64) *Clause {
	c := &Clause{}
	c.Add("DELETE FROM ? WHERE ? = ? AND version = ?", bun.Ident(t.Name), bun.Ident(t.key), key, version)
	return c
}

func separator(i int, text string) string {
	if i > 0 {
		return ", " + text
	}
	return text
}

// argument is the value of a column as the database keeps it.
func (c column) argument(text string) any {
	if !c.number() {
		return text
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return nil
}
