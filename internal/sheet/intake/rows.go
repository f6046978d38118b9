package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

// entry is one row of the sheet on its way to the registry.
type entry struct {
	row     int
	key     string
	version int64 // as the sheet says, 0 for none
	values  map[string]string
	faults  []Fault
	blank   []int // columns of required fields that the row of a record leaves empty
}

// rowReader makes entries of rows.
type rowReader struct {
	spec     catalogue.Spec
	layout   layout
	columns  []int // of layout.fields, in order
	headings map[int]string
	labels   catalogue.Labels
	units    *unitNames
	seen     map[string]int // identities met before, with their rows
}

// read makes an entry of a row: texts of its cells, checked by the catalogue, and what is wrong with them.
func (r *rowReader) read(row reading.Row) entry {
	e := entry{row: row.Number}
	named := r.layout.key >= 0 && row.Cell(r.layout.key).Kind != reading.Empty
	raw := make(map[string]string, len(r.columns))
	for _, column := range r.columns {
		f, cell := r.layout.fields[column], row.Cell(column)
		text, bad := r.text(f, cell)
		switch {
		case bad != "":
			e.faults = append(e.faults, r.fault(column, f, cell.Text, bad))
		case f.Key == r.spec.Key:
			e.key = text
			if f.ReadOnly || text == "" {
				continue
			}
			raw[f.Key] = text
		case named && f.Required && text == "": // wrong only where the record has a value
			e.blank = append(e.blank, column)
		default:
			raw[f.Key] = text
		}
	}
	e.version = version(row, r.layout.version)
	values, faults := r.spec.Check(raw, r.labels)
	e.values = values
	for _, f := range faults {
		e.faults = append(e.faults, r.layout.placed(f, r.headings))
	}
	if key, ok := values[r.spec.Key]; ok {
		e.key = key
		delete(values, r.spec.Key)
	}
	r.once(&e)
	return e
}

func version(row reading.Row, column int) int64 {
	if column < 0 {
		return 0
	}
	n, err := strconv.ParseInt(row.Cell(column).Text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (r *rowReader) fault(column int, f catalogue.Field, value, key string) Fault {
	if f.Masked {
		value = ""
	}
	return Fault{Column: reading.ColumnName(column), Heading: r.headings[column], Field: f.Key, Value: value, Key: key, Params: map[string]any{"value": value}}
}

// powerText is a number as a spreadsheet shows one that is too long for the cell, and then saves it in CSV.
var powerText = regexp.MustCompile(`^[+-]?\d(\.\d+)?[eE]\+\d+$`)

// text is what a cell says of a field, or the message key of why it cannot be read.
func (r *rowReader) text(f catalogue.Field, cell reading.Cell) (text, bad string) {
	switch cell.Kind {
	case reading.Rounded:
		return "", "sheet.cell.rounded"
	case reading.Failed:
		return "", "sheet.cell.failed"
	case reading.Uncomputed:
		return "", "sheet.cell.uncomputed"
	case reading.Text:
		if powerText.MatchString(cell.Text) && f.Type != catalogue.Text {
			return "", "sheet.cell.rounded"
		}
	default: // says what it says
	}
	text = sheet.Restore(cell.Text)
	switch f.Type {
	case catalogue.UnitID:
		return r.units.id(text), ""
	case catalogue.Choices:
		return r.options(f, text), ""
	default: // as it is
	}
	if code, _, named := strings.Cut(text, " "); named && f.Type == catalogue.RegionAt { // the name that an export puts behind it
		return code, ""
	}
	return text, ""
}

// options puts the values of several labels in their place. The catalogue takes blanks for separators too, but a label may hold
// one: "Key village; Weak village".
func (r *rowReader) options(f catalogue.Field, text string) string {
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(";；、,，\n", c) })
	for i, part := range parts {
		if value, ok := r.labels(r.spec.Entity, f, part); ok {
			parts[i] = value
		}
	}
	return strings.Join(parts, catalogue.Separator)
}

// stripped faults a row that would take required values away from its record.
func (r *rowReader) stripped(e *entry, record catalogue.Record) {
	for _, column := range e.blank {
		if f := r.layout.fields[column]; record.Values[f.Key] != "" {
			e.faults = append(e.faults, r.fault(column, f, "", "registry.required"))
		}
	}
}

// identities tell a record that the file holds twice. New cadres have no id: the identity number tells them, else unit, name
// and birth date.
func (r *rowReader) identities(e entry) []string {
	var all []string
	if e.key != "" {
		all = append(all, "key "+e.key)
	}
	if number := e.values["id_number"]; number != "" && !catalogue.Masks(number) {
		all = append(all, "number "+number)
	}
	if e.key == "" && e.values["name"] != "" && e.values["birth_date"] != "" {
		all = append(all, strings.Join([]string{"person", e.values["unit"], e.values["name"], e.values["birth_date"], e.values["id_number"]}, "\x00"))
	}
	return all
}

// once faults a row whose record stands in an earlier row.
func (r *rowReader) once(e *entry) {
	for _, identity := range r.identities(*e) {
		if first, twice := r.seen[identity]; twice {
			e.faults = append(e.faults, Fault{Key: "sheet.row.twice", Params: map[string]any{"row": first}})
			return
		}
		r.seen[identity] = e.row
	}
}

// sortedColumns are the columns that hold fields, from the left.
func sortedColumns(l layout) []int {
	columns := make([]int, 0, len(l.fields))
	for column := range l.fields {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	return columns
}
