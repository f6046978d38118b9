package store

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

// RegionChange is a change of divisions that was made. Undo, which may be large, is only read by [RegionUndoOf].
type RegionChange struct {
	Seq      int64 `bun:",pk"`
	Kind     string
	Region   domain.Code // the smallest division that holds all of them
	Day      string      // from which on it holds, YYYY-MM-DD
	Reason   string
	Detail   string // JSON, for showing
	Actor    string
	At       time.Time
	UndoneBy string // empty: it holds
}

// RegionUndo is what taking a change back needs: ids of the divisions that ended and began, and what followed, in order.
type RegionUndo struct {
	Ended   []int64
	Begun   []int64
	Touches []RegionTouch
}

type regionChangeRow struct {
	bun.BaseModel `bun:"table:region_change"`

	RegionChange
	Undo string
}

type regionChangeArgs struct {
	area
	Seq, Limit int64
	By         string
	Region     domain.Code
	Levels     any
}

const regionChangeColumns = `SELECT seq, kind, region, day, reason, detail, actor, at, undone_by FROM region_change `

func (c RegionChange) utc() RegionChange {
	c.At = c.At.UTC()
	return c
}

// InsertRegionChange keeps a change with what would undo it, and gives it its number, which is returned.
func InsertRegionChange(tx *Tx, c RegionChange, undo RegionUndo) (int64, error) {
	text, err := json.Marshal(undo)
	if err != nil {
		return 0, err
	}
	last, err := one[int64](tx, nil, `SELECT coalesce(max(seq), 0) FROM region_change`, regionChangeArgs{})
	if err != nil {
		return 0, err
	}
	c.Seq = last + 1
	return c.Seq, insert(tx, []regionChangeRow{{RegionChange: c, Undo: string(text)}})
}

// RegionChanges are the changes of divisions in the scope, newest first.
func RegionChanges(tx *Tx, scope domain.Scope, limit int) ([]RegionChange, error) {
	found, err := all[RegionChange](tx, regionChangeColumns+`WHERE region >= ?from AND region < ?to ORDER BY seq DESC LIMIT ?limit`,
		regionChangeArgs{area: areaOf(scope), Limit: int64(limit)})
	return each(found, RegionChange.utc), err
}

// RegionChangeBySeq is one change; region_change.not_found where the scope holds none of the number.
func RegionChangeBySeq(tx *Tx, scope domain.Scope, seq int64) (RegionChange, error) {
	missing := &domain.Error{Kind: domain.KindNotFound, Key: "region_change.not_found", Params: domain.Params{"id": seq}}
	found, err := one[RegionChange](tx, missing, regionChangeColumns+`WHERE seq = ?seq AND region >= ?from AND region < ?to`,
		regionChangeArgs{area: areaOf(scope), Seq: seq})
	return found.utc(), err
}

// RegionUndoOf is what taking a change back needs.
func RegionUndoOf(tx *Tx, seq int64) (RegionUndo, error) {
	var undo RegionUndo
	text, err := one[string](tx, domain.NotFound("region_change", ""), `SELECT undo FROM region_change WHERE seq = ?seq`, regionChangeArgs{Seq: seq})
	if err != nil {
		return undo, err
	}
	return undo, json.Unmarshal([]byte(text), &undo)
}

// LaterRegionChanges are the changes after one that hold and took place in its region or in one that holds it, newest
// first. It takes no scope: that a division changed may be known.
func LaterRegionChanges(tx *Tx, c RegionChange) ([]RegionChange, error) {
	return all[RegionChange](tx, regionChangeColumns+`WHERE seq > ?seq AND undone_by = ''
		AND (region >= ?from AND region < ?to OR region IN (?levels)) ORDER BY seq DESC`,
		regionChangeArgs{area: areaOf(c.Region.Scope()), Seq: c.Seq, Levels: bun.List(ancestors(c.Region))})
}

// MarkRegionChangeUndone notes who took a change back; KindConflict, region_change.undone_already, where somebody had.
func MarkRegionChangeUndone(tx *Tx, seq int64, by string) error {
	result, err := tx.db.NewRaw(`UPDATE region_change SET undone_by = ?by WHERE seq = ?seq AND undone_by = ''`, regionChangeArgs{Seq: seq, By: by}).Exec(tx.ctx)
	if err != nil {
		return err
	}
	return touched(result, &domain.Error{Kind: domain.KindConflict, Key: "region_change.undone_already", Params: domain.Params{"id": seq}})
}

// RegionRows are all rows of the codes in the scope, those of ended divisions too, by code and day.
func RegionRows(tx *Tx, scope domain.Scope) ([]domain.Region, error) {
	return regions(tx, `SELECT * FROM region WHERE code >= ?from AND code < ?to ORDER BY code, valid_from`, regionArgs{area: areaOf(scope)})
}

// ReplaceRegions ends divisions on a day and lets others begin, and gives the ids of these. KindConflict, store.busy,
// where one has ended meanwhile.
func ReplaceRegions(tx *Tx, ends []int64, day time.Time, begins []domain.Region) ([]int64, error) {
	if err := setValidTo(tx, ends, &day); err != nil {
		return nil, err
	}
	last, err := one[int64](tx, nil, `SELECT coalesce(max(id), 0) FROM region`, regionArgs{})
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(begins))
	rows := make([]domain.Region, len(begins))
	for i, r := range begins {
		ids[i] = last + 1 + int64(i)
		r.ID = ids[i]
		rows[i] = r
	}
	return ids, InsertRegions(tx, rows)
}

// RestoreRegions takes ReplaceRegions back, and gives the codes that are gone by that.
func RestoreRegions(tx *Tx, ended, begun []int64) ([]domain.Code, error) {
	gone, err := codesOf(tx, begun)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(begun, 1000) {
		if _, err := tx.db.NewRaw(`DELETE FROM region WHERE id IN (?)`, bun.List(part)).Exec(tx.ctx); err != nil {
			return nil, err
		}
	}
	if err := setValidTo(tx, ended, nil); err != nil {
		return nil, err
	}
	back, err := codesOf(tx, ended)
	is := map[domain.Code]bool{}
	for _, code := range back {
		is[code] = true
	}
	return slices.DeleteFunc(gone, func(c domain.Code) bool { return is[c] }), err
}

func codesOf(tx *Tx, ids []int64) ([]domain.Code, error) {
	var codes []domain.Code
	for part := range slices.Chunk(ids, 1000) {
		var some []domain.Code
		if err := tx.db.NewRaw(`SELECT code FROM region WHERE id IN (?)`, bun.List(part)).Scan(tx.ctx, &some); err != nil {
			return nil, err
		}
		codes = append(codes, some...)
	}
	return codes, nil
}

func setValidTo(tx *Tx, ids []int64, to *time.Time) error {
	for part := range slices.Chunk(ids, 1000) {
		result, err := tx.db.NewRaw(`UPDATE region SET valid_to = ? WHERE id IN (?) AND (valid_to IS NULL) = ?`, to, bun.List(part), to != nil).Exec(tx.ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n != int64(len(part)) {
			return &domain.Error{Kind: domain.KindBusy, Key: "store.busy", Cause: err}
		}
	}
	return nil
}
