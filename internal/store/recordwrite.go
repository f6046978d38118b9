package store

import (
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store/query"
)

// recordChunk is how many records go into one statement; they are wider than most rows.
const recordChunk = 250

// WholeRecords are the records of the keys with all their columns, the hidden ones included, by key.
func WholeRecords(tx *Tx, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error) {
	t, err := query.TableOf(e)
	if err != nil {
		return nil, err
	}
	found := map[string]catalogue.Record{}
	everywhere := Reach{Scope: domain.Scope{From: "0", To: query.AfterAny}}
	for len(keys) > 0 {
		part := keys[:min(len(keys), 1000)]
		keys = keys[len(part):]
		records, err := Records(tx, RecordQuery{Entity: e, Reach: everywhere, Keys: part, Columns: t.Writable()})
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
	t, err := query.TableOf(e)
	if err != nil {
		return err
	}
	many := len(records) > recordChunk
	for len(records) > 0 {
		part := records[:min(len(records), recordChunk)]
		records = records[len(part):]
		if err := writeRecords(tx, t, t.Put(part), len(part)); err != nil {
			return err
		}
	}
	if many {
		return analyze(tx, t.Name)
	}
	return nil
}

func changedMeanwhile(cause error) error {
	return &domain.Error{Kind: domain.KindConflict, Key: "registry.changed_meanwhile", Cause: cause}
}

// DeleteRecord removes a record of which the version is stored; KindConflict, registry.changed_meanwhile, where another
// one is, and KindInvalid, store.unknown_reference, where other rows name it.
func DeleteRecord(tx *Tx, e catalogue.Entity, key string, version int64) error {
	t, err := query.TableOf(e)
	if err != nil {
		return err
	}
	return writeRecords(tx, t, t.Delete(key, version), 1)
}

// writeRecords sends a statement that is meant to touch so many rows of the table; one less is another's change.
func writeRecords(tx *Tx, t query.Table, c *query.Clause, rows int) error {
	result, err := tx.db.ExecContext(tx.ctx, c.String(), c.Args...)
	if err != nil {
		return refusal(tx.engine, t.Name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != int64(rows) {
		return changedMeanwhile(err)
	}
	return nil
}
