package sheet

import (
	"strings"

	"jieli/internal/registry/catalogue"
)

// mark begins the keys of the hidden first row; no heading for people begins with it.
const mark = "#"

// VersionKey is the key of the hidden column with each record's version.
const VersionKey = mark + "version"

// RequiredMark follows the heading of a column that must be filled.
const RequiredMark = "*"

// DataRow is the first row of data in a workbook that Jieli writes: keys stand in the first, headings in the second.
const DataRow = 3

// ColumnKey is what the hidden first row says of a column: "#cadre.name".
func ColumnKey(e catalogue.Entity, field string) string { return mark + string(e) + "." + field }

// ParseColumnKey reads a key of the hidden row; ok is false for what is none.
func ParseColumnKey(s string) (e catalogue.Entity, field string, ok bool) {
	rest, ok := strings.CutPrefix(s, mark)
	if !ok {
		return "", "", false
	}
	entity, field, ok := strings.Cut(rest, ".")
	return catalogue.Entity(entity), field, ok && entity != "" && field != ""
}
