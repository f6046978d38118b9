package paper

import (
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

func formatCount(n int64) string { return strconv.FormatInt(n, 10) }

const pageName = "Sheet1"

// paperA4 is the number of the paper size (ECMA-376 part 1, 18.3.1.63).
const paperA4 = 9

// looks are the cell styles of a paper.
type looks struct{ title, frame, head, text, number, sum, sumNumber int }

// page is a paper on its way into a workbook.
type page struct {
	Paper
	file   *excelize.File
	stream *excelize.StreamWriter
	looks  looks
	row    int
}

// Write makes a workbook of the paper: A4, fitted to the page's width, title and headings repeated on every page.
func (p Paper) Write(to io.Writer) error {
	w := &page{Paper: p, file: excelize.NewFile()}
	defer func() { _ = w.file.Close() }()
	for _, step := range []func() error{w.layOut, w.frameAbove, w.header, w.body, w.frameBelow} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := w.stream.Flush(); err != nil {
		return err
	}
	return w.file.Write(to)
}

func (w *page) layOut() error {
	if err := w.pageSetup(); err != nil {
		return err
	}
	if err := w.styles(); err != nil {
		return err
	}
	var err error
	if w.stream, err = w.file.NewStreamWriter(pageName); err != nil {
		return err
	}
	for i, width := range w.widths() {
		if err := w.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}

func (w *page) pageSetup() error {
	size, orientation, wide, high, fit := paperA4, "landscape", 1, 0, true
	if w.Portrait {
		orientation = "portrait"
	}
	if err := w.file.SetPageLayout(pageName, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := w.file.SetSheetProps(pageName, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	margin, centred := 0.5, true
	if err := w.file.SetPageMargins(pageName, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Horizontally: &centred}); err != nil {
		return err
	}
	if err := w.file.SetHeaderFooter(pageName, &excelize.HeaderFooterOptions{OddFooter: "&C" + w.Labels.Page}); err != nil {
		return err
	}
	repeated := pageName + "!$1:$" + strconv.Itoa(2+len(w.Header))
	return w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeated, Scope: pageName})
}

func (w *page) styles() error {
	sides := []string{"left", "right", "top", "bottom"}
	border := make([]excelize.Border, 0, len(sides))
	for _, side := range sides {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	aligned := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}
	}
	const asText, asNumber = 49, 1
	for style, at := range map[*excelize.Style]*int{
		{Font: &excelize.Font{Family: "SimSun", Size: 18, Bold: true}, Alignment: aligned("center")}:                                  &w.looks.title,
		{Font: &excelize.Font{Family: "SimSun", Size: 11}, NumFmt: asText}:                                                            &w.looks.frame,
		{Font: &excelize.Font{Family: "SimSun", Size: 10, Bold: true}, Border: border, Alignment: aligned("center"), NumFmt: asText}:  &w.looks.head,
		{Font: &excelize.Font{Family: "SimSun", Size: 10}, Border: border, Alignment: aligned("center"), NumFmt: asText}:              &w.looks.text,
		{Font: &excelize.Font{Family: "SimSun", Size: 10}, Border: border, Alignment: aligned("right"), NumFmt: asNumber}:             &w.looks.number,
		{Font: &excelize.Font{Family: "SimSun", Size: 10, Bold: true}, Border: border, Alignment: aligned("center"), NumFmt: asText}:  &w.looks.sum,
		{Font: &excelize.Font{Family: "SimSun", Size: 10, Bold: true}, Border: border, Alignment: aligned("right"), NumFmt: asNumber}: &w.looks.sumNumber,
	} {
		id, err := w.file.NewStyle(style)
		if err != nil {
			return err
		}
		*at = id
	}
	return nil
}

// widest and narrowest are the limits of a column's width in characters.
const narrowest, widest = 5, 32

// widths fit the columns to what they hold; a Chinese character is two wide.
func (w *page) widths() []float64 {
	need := make([]int, w.Columns())
	for _, row := range w.Rows {
		for i, cell := range row.Cells {
			if i < len(need) {
				need[i] = max(need[i], displayWidth(cell.String()))
			}
		}
	}
	widths := make([]float64, len(need))
	for i, n := range need {
		widths[i] = float64(min(max(n+2, narrowest), widest))
	}
	return widths
}

func displayWidth(s string) int {
	width := 0
	for _, r := range s {
		if width++; r >= 0x1100 {
			width++
		}
	}
	return width
}

func (w *page) write(cells []any, options ...excelize.RowOpts) error {
	w.row++
	return w.stream.SetRow("A"+strconv.Itoa(w.row), cells, options...)
}

// spread merges the cells of the current row from one column to another, both from 1.
func (w *page) spread(from, to, rows int) error {
	if from == to && rows == 1 {
		return nil
	}
	first, err := excelize.CoordinatesToCellName(from, w.row)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(to, w.row+rows-1)
	if err != nil {
		return err
	}
	return w.stream.MergeCell(first, last)
}

// thirds writes three texts at the left, the middle and the right of the table.
func (w *page) thirds(left, middle, right string) error {
	columns := max(w.Columns(), 3)
	cells := make([]any, columns)
	second, third := columns/3, columns-columns/3
	for at, text := range map[int]string{0: left, second: middle, third: right} {
		cells[at] = excelize.Cell{StyleID: w.looks.frame, Value: text}
	}
	if err := w.write(cells); err != nil {
		return err
	}
	for _, span := range [][2]int{{1, second}, {second + 1, third}, {third + 1, columns}} {
		if err := w.spread(span[0], span[1], 1); err != nil {
			return err
		}
	}
	return nil
}

// frameAbove writes the title and, below it, who files the table, when, and what it counts.
func (w *page) frameAbove() error {
	title := w.Title
	if w.Secrecy != "" {
		title += "（" + w.Secrecy + "）"
	}
	if err := w.write([]any{excelize.Cell{StyleID: w.looks.title, Value: title}}, excelize.RowOpts{Height: 36}); err != nil {
		return err
	}
	if err := w.spread(1, max(w.Columns(), 3), 1); err != nil {
		return err
	}
	return w.thirds(w.Labels.Body+w.Body, w.Labels.Date+w.Date, w.Measure)
}

// header writes the headings; a place covered from above or from the left stays empty, with its border.
func (w *page) header() error {
	covered := make([]int, w.Columns()) // rows that a heading above still covers
	for _, heads := range w.Header {
		cells := make([]any, w.Columns())
		for i := range cells {
			cells[i] = excelize.Cell{StyleID: w.looks.head}
		}
		column, below := 0, make([]int, len(covered))
		w.row++ // spread looks at the row that is about to be written
		for _, h := range heads {
			for column < len(covered) && covered[column] > 0 {
				column++
			}
			if column+h.Columns > len(cells) {
				break
			}
			cells[column] = excelize.Cell{StyleID: w.looks.head, Value: h.Text}
			if err := w.spread(column+1, column+h.Columns, h.Rows); err != nil {
				return err
			}
			for end := column + h.Columns; column < end; column++ {
				below[column] = h.Rows
			}
		}
		w.row--
		if err := w.write(cells, excelize.RowOpts{Height: 28}); err != nil {
			return err
		}
		for i := range covered {
			covered[i] = max(covered[i], below[i]) - 1
		}
	}
	return nil
}

func (w *page) body() error {
	for _, row := range w.Rows {
		cells := make([]any, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = w.cell(c, row.Sum)
		}
		if err := w.write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *page) cell(c Cell, sum bool) excelize.Cell {
	text, number := w.looks.text, w.looks.number
	if sum {
		text, number = w.looks.sum, w.looks.sumNumber
	}
	switch {
	case c.Hidden:
		return excelize.Cell{StyleID: number, Value: HiddenMark}
	case c.Count:
		return excelize.Cell{StyleID: number, Value: c.Number}
	}
	return excelize.Cell{StyleID: text, Value: c.Text}
}

// frameBelow writes the notes and the line of those who answer for the table.
func (w *page) frameBelow() error {
	for _, note := range w.Notes {
		if err := w.write([]any{excelize.Cell{StyleID: w.looks.frame, Value: note}}); err != nil {
			return err
		}
		if err := w.spread(1, max(w.Columns(), 3), 1); err != nil {
			return err
		}
	}
	return w.thirds(w.Labels.Maker+w.Maker, w.Labels.Checker+w.Checker, "")
}
