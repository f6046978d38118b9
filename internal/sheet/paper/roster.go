package paper

import (
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// Form is what the office writes on a paper.
type Form struct {
	Title, Body, Date, Secrecy, Maker, Checker string
}

// frame is an empty paper with its heading.
func (f Form) frame(w sheet.Words, measure string) Paper {
	text := func(key string) string { return w.Printer.Text("sheet.paper."+key, nil) }
	return Paper{
		Title: f.Title, Body: f.Body, Date: f.Date, Secrecy: f.Secrecy, Maker: f.Maker, Checker: f.Checker, Measure: measure,
		Labels: Labels{Body: text("body"), Date: text("date"), Maker: text("maker"), Checker: text("checker"), Page: text("page")},
	}
}

// Roster is the list of records (花名册) with a running number and the columns of the keys, in that order; unknown keys are
// left out. Masked values stay masked.
func Roster(form Form, spec catalogue.Spec, w sheet.Words, columns []string, records sheet.Records) (Paper, error) {
	p := form.frame(w, "")
	head := []Head{{w.Printer.Text("sheet.paper.number", nil), 1, 1}}
	var fields []catalogue.Field
	for _, key := range columns {
		if f, ok := spec.Field(key); ok {
			fields = append(fields, f)
			head = append(head, Head{w.Heading(f), 1, 1})
		}
	}
	p.Header = [][]Head{head}
	err := records(func(r catalogue.Record) error {
		cells := append(make([]Cell, 0, 1+len(fields)), Number(int64(len(p.Rows)+1)))
		for _, f := range fields {
			cells = append(cells, Text(w.Show(f, r.Values[f.Key])))
		}
		p.Rows = append(p.Rows, Row{Cells: cells})
		return nil
	})
	p.Measure = w.Printer.Text("sheet.paper.total", map[string]any{"count": len(p.Rows)})
	return p, err
}
