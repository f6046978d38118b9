package store

import (
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// recordChunk is how many records go into one statement; they are wider than most rows.
const recordChunk = 250

// WholeRecords are the records of the keys with all their columns, the hidden ones included, by key.
func WholeRecords(tx *Tx, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error) {
	t, err := tableOfEntity(e)
	if err != nil {
		return nil, err
	}
	found := map[string]catalogue.Record{}
	everywhere := Reach{Scope: domain.Scope{From: "0", To: afterAny}}
	for len(keys) > 0 {
		part := keys[:min(len(keys), 1000)]
		keys = keys[len(part):]
		records, err := Records(tx, RecordQuery{Entity: e, Reach: everywhere, Keys: part, Columns: t.writable()})
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			found[r.Key] = r
		}
	}
	return found, nil
}

// PutRecords writes whole records by their columns, each as the version after the one that is stored: 1 for a new one.
// Where another version is stored, all is refused: KindConflict, registry.changed_meanwhile.
func PutRecords(tx *Tx, e catalogue.Entity, records []catalogue.Record) error {
	t, err := tableOfEntity(e)
	if err != nil {
		return err
	}
	many := len(records) > recordChunk
	for len(records) > 0 {
		part := records[:min(len(records), recordChunk)]
		records = records[len(part):]
		if err := t.put(tx, part); err != nil {
			return err
		}
	}
	if many {
		return analyze(tx, t.name)
	}
	return nil
}

func (t recordTable) put(tx *Tx, records []catalogue.Record) error {
	names := t.writable()
	var c clause
	c.add("INSERT INTO ? (version", bun.Ident(t.name))
	for _, name := range names {
		c.add(", " + t.columns[name].sql)
	}
	c.add(") VALUES ")
	for i, r := range records {
		c.add(separator(i, "(?"), r.Version)
		for _, name := range names {
			c.add(", ?", t.columns[name].argument(r.Values[name]))
		}
		c.add(")")
	}
	c.add(" ON CONFLICT (?) DO UPDATE SET version = excluded.version", bun.Ident(t.key))
	for _, name := range names {
		if name != t.key {
			c.add(strings.ReplaceAll(", C = excluded.C", "C", t.columns[name].sql))
		}
	}
	c.add(" WHERE ?.version = excluded.version - 1", bun.Ident(t.name))
	result, err := tx.db.ExecContext(tx.ctx, c.sql.String(), c.args...)
	if err != nil {
		return refusal(tx.engine, t.name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != int64(len(records)) {
		return changedMeanwhile(err)
	}
	return nil
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

func changedMeanwhile(cause error) error {
	return &domain.Error{Kind: domain.KindConflict, Key: "registry.changed_meanwhile", Cause: cause}
}

// DeleteRecord removes a record of which the version is stored; KindConflict, registry.changed_meanwhile, where another
// one is, and KindInvalid, store.unknown_reference, where other rows name it.
func DeleteRecord(tx *Tx, e catalogue.Entity, key string, version int64) error {
	t, err := tableOfEntity(e)
	if err != nil {
		return err
	}
	result, err := tx.db.ExecContext(tx.ctx, "DELETE FROM ? WHERE ? = ? AND version = ?", bun.Ident(t.name), bun.Ident(t.key), key, version)
	if err != nil {
		return refusal(tx.engine, t.name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return changedMeanwhile(err)
	}
	return nil
}
