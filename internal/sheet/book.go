package sheet

import (
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/internal/registry/catalogue"
)

// book is a workbook of one table on its way to a reader.
type book struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	words  Words
	styles styles
	fields []catalogue.Field
	name   string
	row    int // of the last row written
}

// newBook begins a workbook: keys in the hidden first row, headings in the second, both kept in sight. The versions'
// column comes last and is hidden too.
func newBook(w Words, fields []catalogue.Field, hidden map[string]bool) (*book, error) {
	b := &book{file: excelize.NewFile(), words: w, fields: fields, name: w.Title()}
	if err := b.begin(hidden); err != nil {
		return nil, orClose(err, b.file)
	}
	return b, nil
}

// orClose gives the workbook's temporary files back and returns the error.
func orClose(err error, file *excelize.File) error {
	_ = file.Close()
	return err
}

func (b *book) begin(hidden map[string]bool) error {
	var err error
	if err = b.file.SetSheetName("Sheet1", b.name); err != nil {
		return err
	}
	if b.styles, err = newStyles(b.file); err != nil {
		return err
	}
	if b.stream, err = b.file.NewStreamWriter(b.name); err != nil {
		return err
	}
	if err = b.columns(hidden); err != nil {
		return err
	}
	if err = b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: DataRow - 1, TopLeftCell: "A" + strconv.Itoa(DataRow), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return b.headings()
}

func (b *book) columns(hidden map[string]bool) error {
	for i, f := range b.fields {
		if err := b.stream.SetColStyle(i+1, i+1, b.styles.of(f)); err != nil {
			return err
		}
		if err := b.stream.SetColWidth(i+1, i+1, width(f, b.words.Heading(f))); err != nil {
			return err
		}
		if hidden[f.Key] {
			if err := b.stream.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
	}
	last := len(b.fields) + 1
	return b.stream.SetColVisible(last, last, false)
}

// width is a column's width in characters: its heading's, and what values of its kind need.
func width(f catalogue.Field, heading string) float64 {
	need := 2*len([]rune(heading)) + 3
	switch f.Type {
	case catalogue.Date:
		need = max(need, 12)
	case catalogue.RegionAt, catalogue.UnitID, catalogue.Choices:
		need = max(need, 18)
	case catalogue.Secret:
		need = max(need, 21)
	case catalogue.Text:
		need = max(need, min(f.MaxLen, 24))
	default: // short
	}
	return float64(min(need, 40))
}

func (b *book) headings() error {
	keys, texts := make([]any, 0, len(b.fields)+1), make([]any, 0, len(b.fields)+1)
	for _, f := range b.fields {
		style, heading := b.styles.heading, b.words.Heading(f)
		if f.Required {
			style, heading = b.styles.required, heading+RequiredMark
		}
		keys = append(keys, ColumnKey(b.words.Entity, f.Key))
		texts = append(texts, excelize.Cell{StyleID: style, Value: heading})
	}
	keys, texts = append(keys, VersionKey), append(texts, excelize.Cell{StyleID: b.styles.heading, Value: VersionKey})
	if err := b.write(keys, excelize.RowOpts{Hidden: true}); err != nil {
		return err
	}
	return b.write(texts, excelize.RowOpts{Height: 32})
}

func (b *book) write(cells []any, options ...excelize.RowOpts) error {
	b.row++
	return b.stream.SetRow("A"+strconv.Itoa(b.row), cells, options...)
}

// record writes one row of data.
func (b *book) record(r catalogue.Record) error {
	cells := make([]any, 0, len(b.fields)+1)
	for _, f := range b.fields {
		cells = append(cells, b.cell(f, r.Values[f.Key]))
	}
	return b.write(append(cells, excelize.Cell{StyleID: b.styles.number, Value: r.Version}))
}

// firstSerialDay is the first day that spreadsheets count alike; days before stay text.
const firstSerialDay = "1900-03-01"

func (b *book) cell(f catalogue.Field, value string) excelize.Cell {
	c := excelize.Cell{StyleID: b.styles.of(f)}
	switch {
	case value == "":
	case f.Type == catalogue.Integer:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			c.Value = n
			return c
		}
		c.Value = protectRestored(value)
	case f.Type == catalogue.Date && !f.ReadOnly && value >= firstSerialDay:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			c.Value = day
			return c
		}
		c.Value = protectRestored(value)
	default:
		c.Value = protectRestored(b.words.Show(f, value))
	}
	return c
}

// filter puts the filter buttons on the headings.
func (b *book) filter() error {
	corner, err := excelize.CoordinatesToCellName(len(b.fields), max(b.row, DataRow))
	if err != nil {
		return err
	}
	return b.file.AutoFilter(b.name, "A"+strconv.Itoa(DataRow-1)+":"+corner, nil)
}

// finish writes the workbook out and gives its temporary files back.
func (b *book) finish(to io.Writer) error {
	if err := b.stream.Flush(); err != nil {
		return err
	}
	return b.file.Write(to)
}
