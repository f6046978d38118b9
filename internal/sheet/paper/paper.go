package paper

// Paper is one table with its official frame. All texts are in the reader's language already.
type Paper struct {
	Title    string
	Body     string // who files it (填报单位)
	Date     string // as printed
	Secrecy  string // the mark in the corner (密级), or empty
	Measure  string // what the numbers count, such as 单位：人
	Maker    string // 制表人
	Checker  string // 审核人
	Labels   Labels
	Header   [][]Head // rows of headings, from the top
	Rows     []Row
	Notes    []string // below the table
	Portrait bool     // else landscape
}

// Labels are the words of the frame, each with its colon.
type Labels struct{ Body, Date, Maker, Checker, Page string }

// Head is one heading; it spans at least one column and one row. A place that a span covers has no Head of its own.
type Head struct {
	Text          string
	Columns, Rows int
}

// Row is one line of the table.
type Row struct {
	Cells []Cell
	Sum   bool // a subtotal or total, set in bold
}

// Cell is one value. A number is right-aligned and counts in the workbook; a hidden one is known and not told.
type Cell struct {
	Text   string
	Number int64
	Count  bool // Number holds, not Text
	Hidden bool
}

// HiddenMark stands where a number is not told.
const HiddenMark = "*"

// String is the cell as printed.
func (c Cell) String() string {
	switch {
	case c.Hidden:
		return HiddenMark
	case c.Count:
		return formatCount(c.Number)
	}
	return c.Text
}

// Columns is the width of the table.
func (p Paper) Columns() int {
	width := 0
	if len(p.Header) > 0 {
		for _, h := range p.Header[0] {
			width += h.Columns
		}
	}
	return width
}

// Text is a cell with a text.
func Text(s string) Cell { return Cell{Text: s} }

// Number is a cell with a count.
func Number(n int64) Cell { return Cell{Number: n, Count: true} }
