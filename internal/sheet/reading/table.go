package reading

import (
	"context"

	"jieli/internal/domain"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Empty      Kind = iota
	Text            // as written, without spaces at its ends
	Number          // plain decimal digits, never with an exponent
	Rounded         // a whole number of more than 15 digits, of which a spreadsheet keeps only the first 15
	Date            // "2006-01-02"
	Bool            // "1" or "0"
	Failed          // an error such as #N/A
	Uncomputed      // a formula without a value: no program ever computed it
)

// Cell is one value as text.
type Cell struct {
	Text string
	Kind Kind
}

// Row is one row with a value. Cells begins with column A; what lies behind its end is empty. It is valid until the next
// row is read.
type Row struct {
	Number int // as shown at the sheet's edge, from 1
	Cells  []Cell
}

// Cell is the cell of the column from 0; empty where the row ends before.
func (r Row) Cell(column int) Cell {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return Cell{}
}

// visitor takes what a walk over a sheet meets. Rows without a value are not visited.
type visitor struct {
	row   func(Row) error
	merge func(Range)
}

// Table is one sheet whose size is known.
type Table struct {
	Name    string
	Rows    int // with a value
	LastRow int // number of the last row with a value
	Columns int // the last column with a value, from 1
	Merged  []Range
	limits  Limits
	walk    func(context.Context, visitor) error
}

// Each reads all rows that hold a value, from the top. An error of fn ends the reading and is returned.
func (t *Table) Each(ctx context.Context, fn func(Row) error) error {
	limited, cancel := context.WithTimeout(ctx, t.limits.Time)
	defer cancel()
	err := t.walk(limited, visitor{row: func(r Row) error {
		if err := limited.Err(); err != nil {
			return err
		}
		return fn(r)
	}, merge: func(Range) {}})
	if err != nil && ctx.Err() == nil {
		return inTime(limited, err, t.limits)
	}
	return err
}

// maxMerged bounds how many merged ranges are kept; a table for people has a handful.
const maxMerged = 1000

func (t *Table) survey(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, t.limits.Time)
	defer cancel()
	err := t.walk(limited, visitor{row: t.count, merge: func(r Range) {
		if len(t.Merged) < maxMerged {
			t.Merged = append(t.Merged, r)
		}
	}})
	if err != nil && ctx.Err() == nil {
		return inTime(limited, err, t.limits)
	}
	return err
}

func (t *Table) count(r Row) error {
	if r.Number > t.LastRow+t.limits.EmptyRun+1 {
		return refuse("empty_rows", domain.Params{"from": t.LastRow + 1, "to": r.Number, "limit": t.limits.EmptyRun})
	}
	t.Rows++
	t.LastRow = r.Number
	t.Columns = max(t.Columns, len(r.Cells))
	if t.Rows > t.limits.Rows {
		return refuse("too_many_rows", domain.Params{"limit": t.limits.Rows})
	}
	return nil
}
