package reading

import (
	"strconv"

	"jieli/internal/domain"
)

// worksheet walks over the XML of one sheet.
type worksheet struct {
	book    *workbook
	scanner *scanner
	visitor visitor
	row     int
	cells   []Cell
	value   []byte
}

func (w *worksheet) walk() error {
	inData := false
	for {
		kind, err := w.scanner.next()
		if err != nil || kind == endOfFile {
			return err
		}
		if kind == charData {
			continue
		}
		switch string(w.scanner.name) {
		case "sheetData":
			inData = kind == startTag && !w.scanner.empty
		case "row":
			if inData && kind == startTag {
				err = w.readRow()
			}
		case "mergeCell":
			if r, ok := parseRange(string(w.scanner.attr("ref"))); ok && kind == startTag {
				w.visitor.merge(r)
			}
		}
		if err != nil {
			return err
		}
	}
}

// readRow reads to the end of the row that the scanner stands on.
func (w *worksheet) readRow() error {
	number := w.row + 1
	if name := w.scanner.attr("r"); name != nil {
		n, ok := parseRow(name)
		if !ok || n <= w.row {
			return errMalformed
		}
		number = n
	}
	if w.row = number; number > maxRow {
		return errMalformed
	}
	if w.scanner.empty {
		return nil
	}
	w.cells = w.cells[:0]
	for column := -1; ; {
		kind, err := w.scanner.next()
		switch {
		case err != nil:
			return err
		case kind == endOfFile:
			return errMalformed
		case kind == startTag && string(w.scanner.name) == "c":
			if column, err = w.readCell(column); err != nil {
				return err
			}
		case kind == endTag && string(w.scanner.name) == "row":
			if len(w.cells) == 0 {
				return nil
			}
			return w.visitor.row(Row{w.row, w.cells})
		}
	}
}

// readCell reads the cell that the scanner stands on; last is the column before it.
func (w *worksheet) readCell(last int) (int, error) {
	column := last + 1
	if name := w.scanner.attr("r"); name != nil {
		c, row, ok := parseCellName(name)
		if !ok || row != w.row || c <= last {
			return 0, errMalformed
		}
		column = c
	}
	kind := string(w.scanner.attr("t"))
	style := w.style()
	if w.scanner.empty {
		return column, nil
	}
	raw, err := w.readValue()
	if err != nil {
		return 0, err
	}
	cell, err := w.meaning(kind, style, raw)
	if err != nil || cell.Kind == Empty {
		return column, err
	}
	if limit := w.book.archive.limits.Columns; column >= limit {
		return 0, refuse("too_many_columns", domain.Params{"limit": limit, "cell": CellName(column, w.row)})
	}
	for len(w.cells) <= column {
		w.cells = append(w.cells, Cell{})
	}
	w.cells[column] = cell
	return column, nil
}

// style is the index of the cell's style; 0, the plain one, where none is named.
func (w *worksheet) style() int {
	name := w.scanner.attr("s")
	if name == nil {
		return 0
	}
	style, err := strconv.Atoi(string(name))
	if err != nil {
		return 0
	}
	return style
}

// stored is what stands inside a cell's element.
type stored struct {
	text             string
	formula, present bool
}

func (w *worksheet) readValue() (stored, error) {
	var s stored
	w.value = w.value[:0]
	inside := false
	for {
		kind, err := w.scanner.next()
		if err != nil {
			return s, err
		}
		if kind == endOfFile {
			return s, errMalformed
		}
		if kind == charData {
			if !inside {
				continue
			}
			if w.value, err = w.scanner.appendText(w.value); err != nil {
				return s, err
			}
			continue
		}
		start := kind == startTag
		switch string(w.scanner.name) {
		case "v":
			inside = start && !w.scanner.empty
			s.present = true
		case "f":
			s.formula = true
		case "is":
			if !start {
				continue
			}
			if s.text, err = richText(w.scanner, "is", w.book.archive.limits.CellText); err != nil {
				return s, err
			}
			s.present = true
		case "c":
			if !start {
				return s.with(w.value), nil
			}
		}
	}
}

func (s stored) with(value []byte) stored {
	if len(value) > 0 {
		s.text = string(value)
	}
	return s
}

// meaning makes a cell of what is stored (ECMA-376 part 1, 18.3.1.4 and ST_CellType).
func (w *worksheet) meaning(kind string, style int, s stored) (Cell, error) {
	if s.formula && (!s.present || s.text == "" && kind != "str") {
		return Cell{Kind: Uncomputed}, nil
	}
	if s.text == "" {
		return Cell{}, nil
	}
	switch kind {
	case "s":
		index, err := strconv.Atoi(s.text)
		if err != nil || index < 0 || index >= len(w.book.shared) {
			return Cell{}, errMalformed
		}
		return textCell(w.book.shared[index]), nil
	case "inlineStr":
		return textCell(s.text), nil
	case "str":
		return textCell(clean(unescapeControls(s.text))), nil
	case "b":
		return Cell{s.text, Bool}, nil
	case "e":
		return Cell{s.text, Failed}, nil
	case "d":
		return isoDate(s.text), nil
	}
	if style >= 0 && style < len(w.book.dates) && w.book.dates[style] {
		return date(s.text, w.book.date1904), nil
	}
	return number(s.text), nil
}

func textCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{s, Text}
}
