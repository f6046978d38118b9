package sheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"jieli/internal/registry/catalogue"
)

// Records gives the rows of a table one after the other, filtered and sorted as its caller pleases.
type Records func(each func(catalogue.Record) error) error

// Export writes a table as a workbook as it is shown: the columns named by their keys, in that order, the table's default ones
// where there are none. The column that identifies a row goes along hidden when it is not among them.
func Export(to io.Writer, spec catalogue.Spec, w Words, columns []string, records Records) error {
	fields, hidden := shownFields(spec, columns)
	b, err := newBook(w, fields, hidden)
	if err != nil {
		return err
	}
	defer func() { _ = b.file.Close() }()
	if err := records(b.record); err != nil {
		return err
	}
	if err := b.filter(); err != nil {
		return err
	}
	return b.finish(to)
}

// shownFields are the fields of an export, and which of them are hidden. Unknown keys are left out.
func shownFields(spec catalogue.Spec, columns []string) (fields []catalogue.Field, hidden map[string]bool) {
	for _, key := range columns {
		if f, ok := spec.Field(key); ok {
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 {
		for _, f := range spec.Fields {
			if f.Default {
				fields = append(fields, f)
			}
		}
	}
	isKey := func(f catalogue.Field) bool { return f.Key == spec.Key }
	if key, ok := spec.Field(spec.Key); ok && !slices.ContainsFunc(fields, isKey) {
		return append(fields, key), map[string]bool{spec.Key: true}
	}
	return fields, nil
}

// byteOrderMark tells Excel that a CSV file is UTF-8.
const byteOrderMark = "\uFEFF"

// ExportCSV writes a table as CSV in UTF-8, for programs and for Excel: with the byte order mark, with CRLF, with texts
// neutralised. The headings are for people; the versions' column comes last.
func ExportCSV(to io.Writer, spec catalogue.Spec, w Words, columns []string, records Records) error {
	fields, _ := shownFields(spec, columns)
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(to)
	out.UseCRLF = true
	line := make([]string, 0, len(fields)+1)
	for _, f := range fields {
		line = append(line, w.Heading(f))
	}
	if err := out.Write(append(line, VersionKey)); err != nil {
		return err
	}
	err := records(func(r catalogue.Record) error {
		line = line[:0]
		for _, f := range fields {
			line = append(line, csvCell(w, f, r.Values[f.Key]))
		}
		return out.Write(append(line, strconv.FormatInt(r.Version, 10)))
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// csvCell leaves numbers alone: -5 is no formula.
func csvCell(w Words, f catalogue.Field, value string) string {
	if f.Type == catalogue.Integer {
		if _, err := strconv.ParseInt(value, 10, 64); err == nil {
			return value
		}
	}
	return Neutralise(w.Show(f, value))
}
