package store

import (
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// ChangeSet is one write to a table of the registry, of one record or of thirty thousand. Undoes is the set that it takes
// back, and Undone the one that took it back; both may be empty. Root is where a row of undos and redos began, the set
// itself where it undoes nothing; Live says that this is such a set and its changes hold.
type ChangeSet struct {
	bun.BaseModel `bun:"table:change_set"`

	ID      string `bun:",pk"`
	Entity  catalogue.Entity
	Origin  string // "form", "bulk", "import", "undo" or "load"
	Reason  string
	Actor   string // account id
	Region  domain.Code
	At      time.Time
	Added   int64
	Changed int64
	Removed int64
	Undoes  string
	Undone  string
	Root    string
	Live    int64 // 1 or 0
}

// ChangeRow is what a set did to one record. Before and After hold the columns that differ as a JSON object, all of them
// where the record came or went; Before is empty for a new record and After for a removed one, whose Version is 0.
type ChangeRow struct {
	bun.BaseModel `bun:"table:change_row"`

	ChangeSet string `bun:",pk"`
	Key       string `bun:",pk"`
	Version   int64
	Before    string `bun:"before_state"`
	After     string `bun:"after_state"`
}

// InsertChangeSet keeps a set with its rows.
func InsertChangeSet(tx *Tx, set ChangeSet, rows []ChangeRow) error {
	return inOrder(
		func() error { return insert(tx, []ChangeSet{set}) },
		func() error { return insert(tx, rows) },
	)
}

// MarkUndone notes that a set was taken back, so that the root's changes hold no longer, or again; KindConflict,
// registry.undone_already, where it had been.
func MarkUndone(tx *Tx, set ChangeSet, by string) error {
	result, err := tx.db.NewRaw(`UPDATE change_set SET undone = ? WHERE id = ? AND undone = ''`, by, set.ID).Exec(tx.ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return &domain.Error{Kind: domain.KindConflict, Key: "registry.undone_already", Params: domain.Params{"id": set.ID}, Cause: err}
	}
	_, err = tx.db.NewRaw(`UPDATE change_set SET live = 1 - live WHERE id = ?`, set.Root).Exec(tx.ctx)
	return err
}

// ChangedAfter are the keys of the root set's records that later sets have changed and whose changes hold, in order.
func ChangedAfter(tx *Tx, root ChangeSet) ([]string, error) {
	return all[string](tx, `SELECT DISTINCT r.key FROM change_row b JOIN change_row r ON r.key = b.key AND r.version > b.version
		JOIN change_set s ON s.id = r.change_set
		WHERE b.change_set = ?id AND s.entity = ?entity AND s.live = 1 ORDER BY r.key`, changeSetArgs{ID: root.Root, Entity: root.Entity})
}

type changeSetArgs struct {
	ID     string
	Entity catalogue.Entity
	area
	Limit int
}

func (s ChangeSet) utc() ChangeSet {
	s.At = s.At.UTC()
	return s
}

// ChangeSetByID gives a set; change_set.not_found where none of an actor in the scope has the id.
func ChangeSetByID(tx *Tx, scope domain.Scope, id string) (ChangeSet, error) {
	set, err := one[ChangeSet](tx, domain.NotFound("change_set", id),
		`SELECT * FROM change_set WHERE id = ?id AND region >= ?from AND region < ?to`, changeSetArgs{ID: id, area: areaOf(scope)})
	return set.utc(), err
}

// ChangeSets are the sets of actors in the scope, newest first.
func ChangeSets(tx *Tx, scope domain.Scope, e catalogue.Entity, limit int) ([]ChangeSet, error) {
	sets, err := all[ChangeSet](tx, `SELECT * FROM change_set WHERE entity = ?entity AND region >= ?from AND region < ?to
		ORDER BY at DESC, id DESC LIMIT ?limit`, changeSetArgs{Entity: e, area: areaOf(scope), Limit: limit})
	return each(sets, ChangeSet.utc), err
}

// ChangeRows are what the set did, by key.
func ChangeRows(tx *Tx, set string) ([]ChangeRow, error) {
	return all[ChangeRow](tx, `SELECT * FROM change_row WHERE change_set = ?id ORDER BY key`, changeSetArgs{ID: set})
}
