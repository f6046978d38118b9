package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jieli/internal/registry/catalogue"
)

// Choices are what a drop-down offers for a field that refers to other records, by the field's key: units with their names,
// say. They advise and do not bind: the list may be longer than what a sheet can offer.
type Choices map[string][]string

const (
	optionsSheet = "_options"
	// templateRows is how many rows below the headings have drop-downs.
	templateRows = 30_000
)

// Template writes an empty workbook to fill in: headings in the user's language, a note on each, drop-downs, formats, and a
// sheet that says what each column expects.
func Template(to io.Writer, spec catalogue.Spec, w Words, choices Choices) error {
	b, err := newBook(w, writable(spec), nil)
	if err != nil {
		return err
	}
	defer func() { _ = b.file.Close() }()
	for _, step := range []func() error{b.notes, b.explain, func() error { return b.dropDowns(choices) }, b.filter} {
		if err := step(); err != nil {
			return err
		}
	}
	return b.finish(to)
}

// writable are the fields that an import takes.
func writable(spec catalogue.Spec) []catalogue.Field {
	var fields []catalogue.Field
	for _, f := range spec.Fields {
		if !f.ReadOnly || f.Key == spec.Key {
			fields = append(fields, f)
		}
	}
	return fields
}

// notes puts a comment on each heading.
func (b *book) notes() error {
	for i, f := range b.fields {
		cell, err := excelize.CoordinatesToCellName(i+1, DataRow-1)
		if err != nil {
			return err
		}
		text := strings.Join(b.lines(f), "\n")
		height := uint(30 + 18*len(b.lines(f)) + 18*len([]rune(text))/20)
		if err := b.file.AddComment(b.name, excelize.Comment{Cell: cell, Author: "Jieli", Text: text, Width: 280, Height: height}); err != nil {
			return err
		}
	}
	return nil
}

// lines say what a column is and what it expects.
func (b *book) lines(f catalogue.Field) []string {
	lines := []string{b.words.Heading(f)}
	if f.Required {
		lines[0] += b.words.Printer.Text("sheet.required", nil)
	}
	for _, more := range []string{b.words.Note(f), b.words.Expected(f), f.Standard} {
		if more != "" {
			lines = append(lines, more)
		}
	}
	return lines
}

// explain adds the sheet with a row for each column.
func (b *book) explain() error {
	name := b.words.Printer.Text("sheet.notes", nil)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, wide := range []float64{22, 8, 60, 24, 60} {
		if err := stream.SetColWidth(i+1, i+1, wide); err != nil {
			return err
		}
	}
	head := make([]any, 0, 5)
	for _, key := range []string{"column", "must", "expected", "standard", "note"} {
		head = append(head, excelize.Cell{StyleID: b.styles.heading, Value: b.words.Printer.Text("sheet.notes."+key, nil)})
	}
	if err := stream.SetRow("A1", head); err != nil {
		return err
	}
	for i, f := range b.fields {
		must := ""
		if f.Required {
			must = b.words.YesNo("1")
		}
		row := []any{b.words.Heading(f), must, b.words.Expected(f), f.Standard, b.words.Note(f)}
		if err := stream.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// dropDowns fills the hidden sheet of options, a column for each field, and points the fields' cells at it. The list of a
// cell itself would be cut at 255 characters and could hold no comma.
func (b *book) dropDowns(choices Choices) error {
	if _, err := b.file.NewSheet(optionsSheet); err != nil {
		return err
	}
	column := 0
	for i, f := range b.fields {
		options, binding := b.offered(f, choices)
		if len(options) > 0 {
			column++
			if err := b.offer(i+1, column, options, binding && f.Type != catalogue.Choices); err != nil {
				return err
			}
		}
		if f.Type == catalogue.Integer {
			if err := b.bound(i+1, f); err != nil {
				return err
			}
		}
	}
	return b.file.SetSheetVisible(optionsSheet, false)
}

// offered are the entries of a field's drop-down, and whether nothing else is right.
func (b *book) offered(f catalogue.Field, choices Choices) ([]string, bool) {
	switch f.Type {
	case catalogue.Boolean:
		return []string{b.words.YesNo("1"), b.words.YesNo("0")}, true
	case catalogue.Choice, catalogue.Choices:
		var labels []string
		for _, o := range f.Options {
			labels = append(labels, b.words.Option(f, o.Value))
		}
		return labels, true
	default:
		return choices[f.Key], false
	}
}

func (b *book) offer(column, at int, options []string, binding bool) error {
	letters, err := excelize.ColumnNumberToName(at)
	if err != nil {
		return err
	}
	cells := make([]any, len(options))
	for i, option := range options {
		cells[i] = protectRestored(option)
	}
	if err := b.file.SetSheetCol(optionsSheet, letters+"1", &cells); err != nil {
		return err
	}
	rule, err := b.rule(column)
	if err != nil {
		return err
	}
	rule.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", optionsSheet, letters, letters, len(options)))
	if binding {
		rule.SetError(excelize.DataValidationErrorStyleStop, b.words.Printer.Text("sheet.pick", nil), b.words.Printer.Text("sheet.pick_one", nil))
	}
	return b.file.AddDataValidation(b.name, rule)
}

// bound keeps an integer inside its range.
func (b *book) bound(column int, f catalogue.Field) error {
	rule, err := b.rule(column)
	if err != nil {
		return err
	}
	if err := rule.SetRange(float64(f.Min), float64(f.Max), excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
		return err
	}
	rule.SetError(excelize.DataValidationErrorStyleStop, b.words.Heading(f), b.words.Expected(f))
	return b.file.AddDataValidation(b.name, rule)
}

// rule is an empty rule for the cells of a column below its heading.
func (b *book) rule(column int) (*excelize.DataValidation, error) {
	letters, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return nil, err
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(fmt.Sprintf("%s%d:%s%d", letters, DataRow, letters, templateRows+DataRow-1))
	return rule, nil
}
