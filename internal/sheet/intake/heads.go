package intake

import (
	"fmt"
	"slices"
	"strings"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

// HeadFault is what is wrong with one heading. Near is a heading that may have been meant, empty for none.
type HeadFault struct {
	Cell    string         `json:"cell"` // such as "C2", empty where no cell is at fault
	Heading string         `json:"heading"`
	Key     string         `json:"key"` // message key
	Params  map[string]any `json:"params,omitempty"`
}

// layout says what the columns of a sheet hold.
type layout struct {
	fields  map[int]catalogue.Field // by column from 0; read-only ones but the key are left out
	version int                     // its column, −1 for none
	key     int                     // column of the field that identifies a row, −1 for none
	keysRow int                     // number of the hidden row of keys, 0 for none
	headRow int                     // number of the row of headings; data begin below it
}

// searchedRows is how many rows with a value may stand above the headings: titles and dates.
const searchedRows = 10

// maxListed bounds how many faults of headings are told.
const maxListed = 30

// recogniser knows the headings of one table in every language.
type recogniser struct {
	spec     catalogue.Spec
	words    sheet.Words
	headings map[string]string // plain heading → field key
	ignored  map[string]bool   // plain headings of columns that a result file adds
}

func newRecogniser(spec catalogue.Spec, w sheet.Words, messages *i18n.Catalog) recogniser {
	r := recogniser{spec, w, map[string]string{}, map[string]bool{}}
	for _, language := range i18n.Languages {
		p := messages.Printer(language.String())
		for _, f := range spec.Fields {
			r.headings[plain(sheet.Words{Printer: p, Entity: spec.Entity}.Heading(f))] = f.Key
			r.headings[plain(f.Key)] = f.Key
		}
		r.ignored[plain(p.Text(resultHeading, nil))] = true
	}
	return r
}

// plain is a heading without what people change without meaning it: blanks, the mark of a required column, width, case.
func plain(heading string) string {
	heading = strings.Map(func(r rune) rune {
		switch {
		case '！' <= r && r <= '～':
			r -= '！' - '!'
		case r == ' ' || r == '\n' || r == '\u3000' || r == '*':
			return -1
		}
		return r
	}, heading)
	heading = strings.ToLower(heading)
	for _, note := range []string{"(必填)", "(required)"} {
		heading = strings.TrimSuffix(heading, note)
	}
	return heading
}

// find looks for the headings among the first rows. The row of keys decides where there is one; else the first row in which
// at least half of the cells, and two, are known; else the first row, whose headings are then all told.
func (r recogniser) find(rows []reading.Row, merged []reading.Range) (layout, []HeadFault) {
	if len(rows) == 0 {
		return layout{}, []HeadFault{{Key: "sheet.head.none"}}
	}
	if other := r.otherTable(rows[0]); other != "" {
		return layout{}, []HeadFault{{Key: "sheet.head.other_table", Params: map[string]any{"found": r.words.Printer.Text("sheet.entity."+other, nil), "wanted": r.words.Title()}}}
	}
	l, faults := r.byRow(rows)
	if merge := mergedFrom(merged, l.headRow); merge != "" {
		faults = append(faults, HeadFault{Cell: merge, Key: "sheet.head.merged", Params: map[string]any{"cells": merge}})
	} else {
		faults = append(faults, r.missing(l)...)
	}
	return l, faults[:min(len(faults), maxListed)]
}

func (r recogniser) byRow(rows []reading.Row) (layout, []HeadFault) {
	if hasKeys(rows[0]) {
		l, faults := r.columns(rows[0], r.byKey)
		l.keysRow, l.headRow = rows[0].Number, rows[0].Number
		if len(rows) > 1 && r.looksLikeHeadings(rows[1]) {
			l.headRow = rows[1].Number
		}
		return l, faults
	}
	at := max(0, slices.IndexFunc(rows, r.looksLikeHeadings))
	l, faults := r.columns(rows[at], r.byHeading)
	l.headRow = rows[at].Number
	return l, faults
}

func hasKeys(row reading.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c reading.Cell) bool {
		_, _, ok := sheet.ParseColumnKey(c.Text)
		return ok
	})
}

// otherTable is the table that the keys belong to where it is not this one.
func (r recogniser) otherTable(row reading.Row) string {
	for _, c := range row.Cells {
		if e, _, ok := sheet.ParseColumnKey(c.Text); ok && e != r.spec.Entity {
			if _, known := catalogue.Of(e); known {
				return string(e)
			}
		}
	}
	return ""
}

func (r recogniser) looksLikeHeadings(row reading.Row) bool {
	known, filled := 0, 0
	for _, c := range row.Cells {
		if c.Kind == reading.Empty {
			continue
		}
		filled++
		if _, ok := r.headings[plain(c.Text)]; ok || c.Text == sheet.VersionKey {
			known++
		}
	}
	return known >= min(2, filled) && known*2 >= filled && known > 0
}

// byKey and byHeading find the field that a cell of the head names; ok is false for what is unknown, and an empty key for
// a column that is to be left out.
func (r recogniser) byKey(text string) (key string, ok bool) {
	if _, field, isKey := sheet.ParseColumnKey(text); isKey {
		return field, true
	}
	return "", strings.HasPrefix(text, "#") // a mark of ours that holds no field
}

func (r recogniser) byHeading(text string) (key string, ok bool) {
	if r.ignored[plain(text)] {
		return "", true
	}
	key, ok = r.headings[plain(text)]
	return key, ok
}

func (r recogniser) columns(row reading.Row, name func(string) (string, bool)) (layout, []HeadFault) {
	l := layout{fields: map[int]catalogue.Field{}, version: -1, key: -1}
	var faults []HeadFault
	seen := map[string]string{}
	for column, c := range row.Cells {
		cell := reading.CellName(column, row.Number)
		if c.Kind == reading.Empty {
			continue
		}
		if c.Text == sheet.VersionKey {
			l.version = column
			continue
		}
		key, ok := name(c.Text)
		f, known := r.spec.Field(key)
		switch {
		case ok && key == "":
			continue
		case !ok || !known:
			faults = append(faults, r.unknown(cell, c.Text))
			continue
		case seen[key] != "":
			faults = append(faults, HeadFault{cell, c.Text, "sheet.head.twice", map[string]any{"heading": c.Text, "cell": cell, "first": seen[key]}})
			continue
		}
		seen[key] = cell
		if key == r.spec.Key {
			l.key = column
		}
		if key == r.spec.Key || !f.ReadOnly {
			l.fields[column] = f
		}
	}
	return l, faults
}

func (r recogniser) unknown(cell, heading string) HeadFault {
	if near := r.near(heading); near != "" {
		return HeadFault{cell, heading, "sheet.head.unknown_near", map[string]any{"heading": heading, "cell": cell, "near": near}}
	}
	return HeadFault{cell, heading, "sheet.head.unknown", map[string]any{"heading": heading, "cell": cell}}
}

// missing are the faults of columns that no row could do without: the one that identifies it, or where it may be new, all
// that are required.
func (r recogniser) missing(l layout) []HeadFault {
	if l.key >= 0 {
		return nil
	}
	var faults []HeadFault
	for _, f := range r.spec.Fields {
		there := slices.ContainsFunc(fieldsOf(l), func(g catalogue.Field) bool { return g.Key == f.Key })
		if f.Required && !f.ReadOnly && !there {
			heading := r.words.Heading(f)
			faults = append(faults, HeadFault{"", heading, "sheet.head.missing", map[string]any{"heading": heading}})
		}
	}
	return faults
}

func fieldsOf(l layout) []catalogue.Field {
	all := make([]catalogue.Field, 0, len(l.fields))
	for _, f := range l.fields {
		all = append(all, f)
	}
	return all
}

// mergedFrom names the merged cells that lie in the headings or below: in a merged cell nobody can tell whose value it is.
func mergedFrom(merged []reading.Range, headRow int) string {
	var names []string
	for _, m := range merged {
		if m.LastRow >= headRow {
			names = append(names, m.String())
		}
	}
	if len(names) > 5 {
		names = append(names[:5:5], fmt.Sprintf("… (%d)", len(names)))
	}
	return strings.Join(names, ", ")
}
