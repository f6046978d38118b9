package query

import (
	"maps"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// column is one column of a table of records.
type column struct {
	sql  string
	kind catalogue.Type // how values are compared: Text, Integer or Choices for several of them; others as catalogued
}

// number says whether the column holds numbers, in which none is null; in others it is the empty text.
func (c column) number() bool { return c.kind == catalogue.Integer || c.kind == catalogue.Boolean }

// Table tells how an entity of the catalogue lies in the database.
type Table struct {
	Name    string // as a statement names it
	key     string
	columns map[string]column // by field or by hidden name
	spelled bool              // names are sorted by pinyin
	rows    string            // condition on the rows that count at all, with ?now
	within  string            // condition on the rows that a scope holds, with ?from and ?to
	among   string            // within for rows that a search has found already: no index that competes with the search's
	ofUnit  string            // condition on the rows of one unit, with ?unit; empty: a unit has none
}

// otherColumns are the columns that have another name than their field, or are no field.
var otherColumns = map[catalogue.Entity]map[string]column{
	catalogue.Unit: {catalogue.ColumnInitials: {"initials", catalogue.Text}, catalogue.ColumnPinyin: {"pinyin", catalogue.Text}},
	catalogue.Cadre: {
		catalogue.ColumnInitials: {"initials", catalogue.Text}, catalogue.ColumnPinyin: {"pinyin", catalogue.Text},
		"politics": {"politics_code", catalogue.Choice}, catalogue.ColumnParty: {"politics", catalogue.Text},
		catalogue.ColumnGrade: {"grade", catalogue.Integer}, catalogue.ColumnBirthYear: {"birth_year", catalogue.Integer},
	},
	catalogue.Village: {catalogue.ColumnInitials: {"initials", catalogue.Text}, catalogue.ColumnPinyin: {"pinyin", catalogue.Text}},
	// Divisions keep instants; their days are the first ten characters in either database, whose sessions speak UTC.
	catalogue.Region: {
		"valid_from": {"substr(CAST(valid_from AS TEXT), 1, 10)", catalogue.Date},
		"valid_to":   {"coalesce(substr(CAST(valid_to AS TEXT), 1, 10), '')", catalogue.Date},
		"version":    {"1", catalogue.Integer},
	},
}

// gathered are the fields that other tables hold, see store.PostingsOfCadres.
var gathered = map[catalogue.Entity][]string{catalogue.Cadre: {"postings"}, catalogue.Village: {"teams"}}

// ValidNow picks the divisions whose code is in use at the time of the transaction, ?now.
const ValidNow = ` valid_from <= ?now AND (valid_to IS NULL OR valid_to > ?now) `

const unitWithin = `home >= ?from AND home < ?to`

// TableOf is the table of an entity, or registry.unknown_entity.
func TableOf(e catalogue.Entity) (Table, error) {
	spec, ok := catalogue.Of(e)
	if !ok {
		return Table{}, &domain.Error{Kind: domain.KindNotFound, Key: "registry.unknown_entity", Params: domain.Params{"entity": string(e)}}
	}
	t := Table{Name: string(e), key: spec.Key, columns: map[string]column{"version": {"version", catalogue.Integer}}, spelled: true}
	for _, f := range spec.Fields {
		if slices.Contains(gathered[e], f.Key) {
			continue
		}
		t.columns[f.Key] = column{f.Key, f.Type}
		if f.Masked {
			t.columns[f.Key+catalogue.MaskSuffix] = column{f.Key + catalogue.MaskSuffix, catalogue.Text}
			t.columns[f.Key+catalogue.BlindSuffix] = column{f.Key + catalogue.BlindSuffix, catalogue.Text}
		}
	}
	maps.Copy(t.columns, otherColumns[e])
	switch e {
	case catalogue.Unit:
		t.within, t.ofUnit = unitWithin, `id = ?unit`
	case catalogue.Cadre:
		t.within, t.ofUnit = `unit IN (SELECT id FROM unit WHERE `+unitWithin+`)`, `unit = ?unit`
		t.among = `unit || '' IN (SELECT id FROM unit WHERE ` + unitWithin + `)`
	case catalogue.Region:
		t.rows, t.within = strings.TrimSpace(ValidNow), `code >= ?from AND code < ?to`
	case catalogue.Village:
		t.within = `code >= ?from AND code < ?to`
	}
	return t, nil
}

// Writable are the columns that a row is written with, in a fixed order; the version is apart.
func (t Table) Writable() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(t.columns)) {
		if name != "version" {
			all = append(all, name)
		}
	}
	return all
}
