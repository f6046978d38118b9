package sheet

import (
	"github.com/xuri/excelize/v2"

	"jieli/internal/registry/catalogue"
)

// styles are the cell styles of one workbook.
type styles struct{ heading, required, text, number, date, locked int }

// The numbers of built-in formats (ECMA-376 part 1, 18.8.30).
const (
	formatGeneral = 0
	formatText    = 49
)

const (
	colourHeading  = "D9E2F3"
	colourRequired = "FCE4D6"
	colourLocked   = "EDEDED"
)

func newStyles(book *excelize.File) (styles, error) {
	var s styles
	day := "yyyy-mm-dd"
	for style, at := range map[*excelize.Style]*int{
		heading(colourHeading):                         &s.heading,
		heading(colourRequired):                        &s.required,
		{NumFmt: formatText}:                           &s.text,
		{NumFmt: formatGeneral}:                        &s.number,
		{CustomNumFmt: &day}:                           &s.date,
		{NumFmt: formatText, Fill: fill(colourLocked)}: &s.locked,
	} {
		id, err := book.NewStyle(style)
		if err != nil {
			return s, err
		}
		*at = id
	}
	return s, nil
}

func heading(colour string) *excelize.Style {
	return &excelize.Style{
		NumFmt: formatText, Fill: fill(colour), Font: &excelize.Font{Bold: true},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// of is the style of a column's cells. Codes and identities are text, or a spreadsheet would round them.
func (s styles) of(f catalogue.Field) int {
	switch {
	case f.ReadOnly:
		return s.locked
	case f.Type == catalogue.Integer:
		return s.number
	case f.Type == catalogue.Date:
		return s.date
	}
	return s.text
}
