package reading

import (
	"strconv"
	"strings"
)

// The last row and column that a worksheet has.
const (
	maxRow    = 1_048_576
	maxColumn = 16_384
)

// Range is a rectangle of cells; rows from 1, columns from 0, all inclusive.
type Range struct{ FirstRow, LastRow, FirstColumn, LastColumn int }

// String writes the range as a spreadsheet does: "A1:C2".
func (r Range) String() string {
	return CellName(r.FirstColumn, r.FirstRow) + ":" + CellName(r.LastColumn, r.LastRow)
}

// ColumnName is the letters of a column from 0: "A", "Z", "AA".
func ColumnName(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// CellName is the name of a cell by its column from 0 and its row from 1, such as "C12".
func CellName(column, row int) string { return ColumnName(column) + strconv.Itoa(row) }

// parseCellName reads "C12"; ok is false for what is no cell of a worksheet.
func parseCellName(name []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(name) && 'A' <= name[i] && name[i] <= 'Z'; i++ {
		if column = column*26 + int(name[i]-'A') + 1; column > maxColumn {
			return 0, 0, false
		}
	}
	row, ok = parseRow(name[i:])
	return column - 1, row, ok && i > 0
}

func parseRow(digits []byte) (int, bool) {
	row := 0
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		if row = row*10 + int(d-'0'); row > maxRow {
			return 0, false
		}
	}
	return row, row > 0
}

// parseRange reads "A1:C2", or one cell.
func parseRange(s string) (Range, bool) {
	first, last, both := strings.Cut(s, ":")
	if !both {
		last = first
	}
	c1, r1, ok1 := parseCellName([]byte(first))
	c2, r2, ok2 := parseCellName([]byte(last))
	return Range{r1, r2, c1, c2}, ok1 && ok2 && r1 <= r2 && c1 <= c2
}
