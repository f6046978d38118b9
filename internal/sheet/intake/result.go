package intake

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

// resultHeading is the message of the heading of the column that a result file adds.
const resultHeading = "sheet.result"

// maxComments is how many cells get a comment: a workbook with more is slow to make and to open. The colour and the word at
// the row's end mark all of them.
const maxComments = 1000

// result is a file on its way back to who sent it.
type result struct {
	im       *Import
	upload   Upload
	words    sheet.Words
	report   *Report
	table    *reading.Table
	layout   layout
	file     *excelize.File
	stream   *excelize.StreamWriter
	name     string
	styles   resultStyles
	at       int // of the next row of the report
	comments int
}

type resultStyles struct{ text, day, wrong, wrongRow, head int }

// Result writes the uploaded rows, each in its place, with the wrong cells coloured and commented and a last column that says
// what came of each row. It can be mended and uploaded again.
func (im *Import) Result(ctx context.Context, to io.Writer, u Upload, report *Report) error {
	r := &result{im: im, upload: u, words: im.words(u), report: report, file: excelize.NewFile(), name: "Sheet1"}
	defer func() { _ = r.file.Close() }()
	if err := r.open(ctx); err != nil {
		return err
	}
	if err := r.table.Each(ctx, r.row); err != nil {
		return err
	}
	if err := r.stream.Flush(); err != nil {
		return err
	}
	return r.file.Write(to)
}

func (r *result) open(ctx context.Context) error {
	var err error
	if r.table, err = r.im.table(ctx, r.upload); err != nil {
		return err
	}
	rows, err := firstRows(ctx, r.table)
	if err != nil {
		return err
	}
	if spec, ok := specOf(r.report); ok {
		r.layout, _ = newRecogniser(spec, r.words, r.im.Messages).find(rows, r.table.Merged)
	}
	if err := r.makeStyles(); err != nil {
		return err
	}
	if r.table.Name != "" {
		if err := r.file.SetSheetName(r.name, r.table.Name); err != nil {
			return err
		}
		r.name = r.table.Name
	}
	if r.stream, err = r.file.NewStreamWriter(r.name); err != nil {
		return err
	}
	for i := range r.table.Columns {
		if err := r.stream.SetColWidth(i+1, i+1, 14); err != nil {
			return err
		}
	}
	return r.stream.SetColWidth(r.table.Columns+1, r.table.Columns+1, 60)
}

func (r *result) makeStyles() error {
	day := "yyyy-mm-dd"
	const asText = 49
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	for style, at := range map[*excelize.Style]*int{
		{NumFmt: asText}:     &r.styles.text,
		{CustomNumFmt: &day}: &r.styles.day,
		{NumFmt: asText, Fill: fill("FFC7CE"), Font: &excelize.Font{Color: "9C0006"}}: &r.styles.wrong,
		{NumFmt: asText, Font: &excelize.Font{Color: "9C0006"}}:                       &r.styles.wrongRow,
		{NumFmt: asText, Font: &excelize.Font{Bold: true}, Fill: fill("D9E2F3")}:      &r.styles.head,
	} {
		id, err := r.file.NewStyle(style)
		if err != nil {
			return err
		}
		*at = id
	}
	return nil
}

func (r *result) row(row reading.Row) error {
	told := r.toldOf(row.Number)
	wrong, err := r.wrongCells(row.Number, told)
	if err != nil {
		return err
	}
	cells := make([]any, r.table.Columns+1)
	for i := range r.table.Columns {
		cells[i] = r.cell(row.Cell(i), row.Number <= r.layout.headRow, wrong[i] != "")
		if err := r.comment(i, row.Number, wrong[i]); err != nil {
			return err
		}
	}
	cells[r.table.Columns] = r.word(row.Number, told)
	return r.stream.SetRow("A"+strconv.Itoa(row.Number), cells, excelize.RowOpts{Hidden: row.Number == r.layout.keysRow})
}

// wrongCells say what is wrong with cells of a row, by column from 0.
func (r *result) wrongCells(number int, told RowReport) (map[int]string, error) {
	wrong := map[int]string{}
	add := func(column int, text string) {
		if wrong[column] != "" {
			text = wrong[column] + "\n" + text
		}
		wrong[column] = text
	}
	for _, h := range r.report.Heads {
		if column, row, err := excelize.CellNameToCoordinates(h.Cell); err == nil && row == number {
			add(column-1, r.words.Printer.Text(h.Key, h.Params))
		}
	}
	for _, f := range told.Faults {
		if f.Column == "" {
			continue
		}
		column, err := excelize.ColumnNameToNumber(f.Column)
		if err != nil {
			return nil, err
		}
		line := f.line(r.words, number)
		add(column-1, strings.TrimSpace(line.Wrong+"\n"+line.Expected))
	}
	return wrong, nil
}

// toldOf is the report of a row; both come in the sheet's order.
func (r *result) toldOf(number int) RowReport {
	for r.at < len(r.report.Rows) && r.report.Rows[r.at].Row < number {
		r.at++
	}
	if r.at < len(r.report.Rows) && r.report.Rows[r.at].Row == number {
		return r.report.Rows[r.at]
	}
	return RowReport{}
}

func (r *result) cell(c reading.Cell, head, wrong bool) excelize.Cell {
	out := excelize.Cell{StyleID: r.styles.text, Value: c.Text}
	switch {
	case c.Kind == reading.Empty && !wrong:
		out.Value = nil
	case c.Kind == reading.Uncomputed:
		out.Value = nil
	case c.Kind == reading.Date && !wrong:
		if day, err := time.Parse(time.DateOnly, c.Text); err == nil && c.Text >= "1900-03-01" {
			out.Value, out.StyleID = day, r.styles.day
		}
	}
	switch {
	case wrong:
		out.StyleID = r.styles.wrong
	case head:
		out.StyleID = r.styles.head
	}
	return out
}

func (r *result) comment(column, row int, text string) error {
	if text == "" || r.comments == maxComments {
		return nil
	}
	r.comments++
	return r.file.AddComment(r.name, excelize.Comment{Cell: reading.CellName(column, row), Author: "Jieli", Text: text, Width: 260, Height: 90})
}

// word is what the last column says.
func (r *result) word(number int, told RowReport) excelize.Cell {
	switch {
	case number == r.layout.keysRow && number != r.layout.headRow:
		return excelize.Cell{StyleID: r.styles.text, Value: resultKey}
	case number == r.layout.headRow:
		return excelize.Cell{StyleID: r.styles.head, Value: r.words.Printer.Text(resultHeading, nil)}
	case told.Kind == "":
		return excelize.Cell{}
	}
	parts := []string{r.words.Printer.Text("sheet.result."+string(told.Kind), nil)}
	for _, f := range told.Faults {
		line := f.line(r.words, number)
		place := strings.TrimSpace(line.Column + " " + line.Heading)
		if place != "" {
			place += ": "
		}
		parts = append(parts, place+line.Wrong)
	}
	style := r.styles.text
	if told.Kind == Refused {
		style = r.styles.wrongRow
	}
	return excelize.Cell{StyleID: style, Value: strings.Join(parts, "; ")}
}

// resultKey stands in the hidden row of keys above the added column; it holds no field.
const resultKey = "#result"
