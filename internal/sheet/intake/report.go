package intake

import (
	"slices"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

// Kind is what comes of a row.
type Kind string

// The kinds of outcome.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Same    Kind = "same"
	Refused Kind = "refused"
)

// Counts are how many rows come to what.
type Counts struct {
	Total   int `json:"total"`
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Refused int `json:"refused"`
}

func (c *Counts) count(k Kind) {
	c.Total++
	switch k {
	case Added:
		c.Added++
	case Changed:
		c.Changed++
	case Same:
		c.Same++
	case Refused:
		c.Refused++
	}
}

// Fault is what is wrong with one cell, or with its row where Column is empty. Value is what was written, empty where the
// field is masked; Field names what is expected there.
type Fault struct {
	Column  string         `json:"column,omitempty"` // letters
	Heading string         `json:"heading,omitempty"`
	Field   string         `json:"field,omitempty"`
	Value   string         `json:"value,omitempty"`
	Key     string         `json:"key"` // message key
	Params  map[string]any `json:"params,omitempty"`
}

// RowReport is what comes of one row of the sheet.
type RowReport struct {
	Row    int     `json:"row"` // number at the sheet's edge
	Key    string  `json:"key,omitempty"`
	Kind   Kind    `json:"kind"`
	Faults []Fault `json:"faults,omitempty"`
}

// Report is what comes of a file. Where Heads is not empty, no row was looked at.
type Report struct {
	Entity catalogue.Entity `json:"entity"`
	Sheet  string           `json:"sheet,omitempty"`
	Counts Counts           `json:"counts"`
	Heads  []HeadFault      `json:"heads,omitempty"`
	Rows   []RowReport      `json:"rows,omitempty"` // all of them, in the sheet's order
	faults int
}

// maxFaults is how many faults are kept before only the first of each row is: a file in which all is wrong must not fill the
// memory with saying so.
const maxFaults = 30_000

func specOf(r *Report) (catalogue.Spec, bool) { return catalogue.Of(r.Entity) }

func (r *Report) add(row RowReport) {
	if r.faults += len(row.Faults); r.faults > maxFaults && len(row.Faults) > 1 {
		row.Faults = slices.Clone(row.Faults[:1])
	}
	r.Rows = append(r.Rows, row)
	r.Counts.count(row.Kind)
}

// Line is one fault in words: where, what was written, what is wrong, what is expected.
type Line struct {
	Row      int    `json:"row"`
	Column   string `json:"column,omitempty"`
	Heading  string `json:"heading,omitempty"`
	Value    string `json:"value,omitempty"`
	Wrong    string `json:"wrong"`
	Expected string `json:"expected,omitempty"`
}

// Lines put the faults of the heads and of the rows in words, at most as many as the limit, in the sheet's order.
func (r *Report) Lines(w sheet.Words, limit int) []Line {
	var lines []Line
	for _, h := range r.Heads {
		lines = append(lines, Line{Heading: h.Heading, Wrong: w.Printer.Text(h.Key, h.Params)})
	}
	for _, row := range r.Rows {
		for _, f := range row.Faults {
			lines = append(lines, f.line(w, row.Row))
		}
		if len(lines) >= limit {
			return lines[:limit]
		}
	}
	return lines[:min(len(lines), limit)]
}

func (f Fault) line(w sheet.Words, row int) Line {
	l := Line{Row: row, Column: f.Column, Heading: f.Heading, Value: f.Value, Wrong: w.Printer.Text(f.Key, f.Params)}
	if spec, ok := catalogue.Of(w.Entity); ok {
		if field, ok := spec.Field(f.Field); ok {
			l.Expected = w.Expected(field)
			if l.Heading == "" {
				l.Heading = w.Heading(field)
			}
		}
	}
	return l
}

// placed puts the catalogue's fault where the sheet has the field.
func (l layout) placed(f catalogue.Fault, headings map[int]string) Fault {
	placed := Fault{Field: f.Field, Value: f.Value, Key: f.Key, Params: f.Params}
	for column, field := range l.fields {
		if field.Key == f.Field {
			placed.Column, placed.Heading = reading.ColumnName(column), headings[column]
		}
	}
	return placed
}
