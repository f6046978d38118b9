package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

func words(t testing.TB, language string, entity catalogue.Entity) sheet.Words {
	t.Helper()
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Words{Printer: messages.Printer(language), Entity: entity}
}

func specOf(t testing.TB, entity catalogue.Entity) catalogue.Spec {
	t.Helper()
	spec, ok := catalogue.Of(entity)
	if !ok {
		t.Fatalf("no table %s", entity)
	}
	return spec
}

// grid reads a file back as text.
func grid(t testing.TB, file []byte) [][]string {
	t.Helper()
	opened, err := reading.Open(t.Context(), bytes.NewReader(file), int64(len(file)), reading.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	table, err := opened.Table(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	err = table.Each(t.Context(), func(r reading.Row) error {
		row := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			row[i] = c.Text
		}
		all = append(all, row)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// workbook opens what was written the way a spreadsheet program would.
func workbook(t testing.TB, file []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func template(t testing.TB, language string, entity catalogue.Entity, choices sheet.Choices) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sheet.Template(&out, specOf(t, entity), words(t, language, entity), choices); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTemplateOfEveryTableNamesEveryColumnThatAnImportTakes(t *testing.T) {
	for _, spec := range catalogue.All() {
		for _, language := range []string{"zh-CN", "en"} {
			w := words(t, language, spec.Entity)
			rows := grid(t, template(t, language, spec.Entity, nil))
			if len(rows) != 2 {
				t.Fatalf("%s: %d rows", spec.Entity, len(rows))
			}
			var keys, headings []string
			for _, f := range spec.Fields {
				if f.ReadOnly && f.Key != spec.Key {
					continue
				}
				keys = append(keys, sheet.ColumnKey(spec.Entity, f.Key))
				heading := w.Heading(f)
				if f.Required {
					heading += sheet.RequiredMark
				}
				headings = append(headings, heading)
			}
			if keys = append(keys, sheet.VersionKey); !slices.Equal(rows[0], keys) {
				t.Errorf("%s: keys %v, want %v", spec.Entity, rows[0], keys)
			}
			if headings = append(headings, sheet.VersionKey); !slices.Equal(rows[1], headings) {
				t.Errorf("%s: headings %v, want %v", spec.Entity, rows[1], headings)
			}
		}
	}
}

func TestTemplateHelpsWhoFillsItIn(t *testing.T) {
	units := make([]string, 300)
	for i := range units {
		units[i] = fmt.Sprintf("U%04d 省第%d局, 含下属单位", i, i)
	}
	book := workbook(t, template(t, "zh-CN", catalogue.Cadre, sheet.Choices{"unit": units}))
	name := book.GetSheetName(0)
	if hidden, err := book.GetRowVisible(name, 1); hidden || err != nil {
		t.Errorf("the row of keys is in sight (%v)", err)
	}
	if panes, err := book.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	if shown, err := book.GetSheetVisible("_options"); shown || err != nil {
		t.Errorf("the options are in sight (%v)", err)
	}
	comments, err := book.GetComments(name)
	if err != nil || len(comments) != len(specOf(t, catalogue.Cadre).Fields)-readOnlyFields(t, catalogue.Cadre) {
		t.Errorf("%d notes (%v)", len(comments), err)
	}
	rules := dropDowns(t, book)
	for field, want := range map[string][]string{"young_pool": {"是", "否"}, "unit": units} {
		if got := rules[field]; !slices.Equal(got, want) {
			t.Errorf("%s offers %d: %.100v", field, len(got), got)
		}
	}
	spec := specOf(t, catalogue.Cadre)
	if f, _ := spec.Field("ethnicity"); len(rules["ethnicity"]) != len(f.Options) {
		t.Errorf("%d of %d peoples are offered", len(rules["ethnicity"]), len(f.Options))
	}
	notes, err := book.GetRows("填写说明")
	if err != nil || len(notes) != len(comments)+1 {
		t.Errorf("%d rows of explanation (%v)", len(notes), err)
	}
	style, err := book.GetColStyle(name, "A")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := book.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Errorf("the ids' column has format %d, want text (%v)", s.NumFmt, err)
	}
}

func readOnlyFields(t testing.TB, entity catalogue.Entity) int {
	t.Helper()
	count := 0
	for _, f := range specOf(t, entity).Fields {
		if f.ReadOnly {
			count++
		}
	}
	return count
}

// dropDowns are the entries that each field's cells offer, by field.
func dropDowns(t testing.TB, book *excelize.File) map[string][]string {
	t.Helper()
	name := book.GetSheetName(0)
	rules, err := book.GetDataValidations(name)
	if err != nil {
		t.Fatal(err)
	}
	offered := map[string][]string{}
	for _, rule := range rules {
		if rule.Type != "list" {
			continue
		}
		first, _, _ := strings.Cut(rule.Sqref, ":")
		column, row, err := excelize.CellNameToCoordinates(first)
		if err != nil || row != sheet.DataRow {
			t.Errorf("a drop-down stands at %s (%v)", rule.Sqref, err)
		}
		key, err := book.GetCellValue(name, strings.TrimRight(first, "0123456789")+"1")
		if err != nil {
			t.Fatal(err)
		}
		_, field, ok := sheet.ParseColumnKey(key)
		if !ok || column == 0 {
			t.Errorf("a drop-down stands below %q", key)
		}
		offered[field] = options(t, book, rule.Formula1)
	}
	return offered
}

// options are the values that a formula such as _options!$A$1:$A$2 points at.
func options(t testing.TB, book *excelize.File, formula string) []string {
	t.Helper()
	page, cells, ok := strings.Cut(strings.ReplaceAll(formula, "$", ""), "!")
	if !ok {
		t.Fatalf("a drop-down points at %q", formula)
	}
	first, last, _ := strings.Cut(cells, ":")
	column, from, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		t.Fatal(err)
	}
	_, to, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for row := from; row <= to; row++ {
		cell, err := excelize.CoordinatesToCellName(column, row)
		if err != nil {
			t.Fatal(err)
		}
		value, err := book.GetCellValue(page, cell)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, value)
	}
	return all
}

func export(t testing.TB, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func records(all ...catalogue.Record) sheet.Records {
	return func(each func(catalogue.Record) error) error {
		for _, r := range all {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestExportShowsTheChosenColumnsInTheirOrder(t *testing.T) {
	w := words(t, "zh-CN", catalogue.Cadre)
	w.Names = func(f catalogue.Field, value string) string {
		return map[string]string{"unit U1": "省财政厅", "native 430102000000": "芙蓉区"}[f.Key+" "+value]
	}
	data := records(
		catalogue.Record{Key: "C1", Version: 3, Values: map[string]string{
			"id": "C1", "name": "=cmd|'/c calc'!A1", "birth_date": "1990-03-07", "rural_years": "12", "young_pool": "1", "unit": "U1", "native": "430102000000",
		}},
		catalogue.Record{Key: "C2", Version: 1, Values: map[string]string{"id": "C2", "name": "'@张", "birth_date": "1899-01-02", "young_pool": "0", "unit": "U2"}},
	)
	columns := []string{"young_pool", "unit", "name", "nothing", "birth_date", "rural_years", "native"}
	xlsx := export(t, func(out *bytes.Buffer) error {
		return sheet.Export(out, specOf(t, catalogue.Cadre), w, columns, data)
	})
	want := [][]string{
		{"是", "U1 省财政厅", "=cmd|'/c calc'!A1", "1990-03-07", "12", "430102000000 芙蓉区", "C1", "3"},
		{"否", "U2", "''@张", "1899-01-02", "", "", "C2", "1"},
	}
	got := grid(t, xlsx)
	if fmt.Sprint(got[0]) != "[#cadre.young_pool #cadre.unit #cadre.name #cadre.birth_date #cadre.rural_years #cadre.native #cadre.id #version]" {
		t.Errorf("keys %v", got[0])
	}
	if fmt.Sprint(got[2:]) != fmt.Sprint(want) {
		t.Errorf("rows\n%q, want\n%q", got[2:], want)
	}
	book := workbook(t, xlsx)
	for column, shown := range map[string]bool{"A": true, "F": true, "G": false, "H": false} {
		if visible, err := book.GetColVisible(book.GetSheetName(0), column); err != nil || visible != shown {
			t.Errorf("column %s in sight: %v (%v)", column, visible, err)
		}
	}
	csv := export(t, func(out *bytes.Buffer) error {
		return sheet.ExportCSV(out, specOf(t, catalogue.Cadre), w, columns, data)
	})
	if !bytes.HasPrefix(csv, []byte("\xEF\xBB\xBF")) || !bytes.Contains(csv, []byte("\r\n")) {
		t.Error("the CSV lacks its mark or its line ends")
	}
	want[0][2], want[1][2] = "'=cmd|'/c calc'!A1", "''@张"
	if got := grid(t, csv)[1:]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("rows\n%q, want\n%q", got, want)
	}
}

func TestExportWithoutColumnsShowsTheDefaultOnes(t *testing.T) {
	w := words(t, "en", catalogue.Unit)
	got := grid(t, export(t, func(out *bytes.Buffer) error { return sheet.Export(out, specOf(t, catalogue.Unit), w, nil, records()) }))
	var want []string
	for _, f := range specOf(t, catalogue.Unit).Fields {
		if f.Default {
			want = append(want, sheet.ColumnKey(catalogue.Unit, f.Key))
		}
	}
	if !slices.Equal(got[0], append(want, sheet.VersionKey)) {
		t.Errorf("keys %v, want %v", got[0], want)
	}
}

func TestExportEndsWithItsSource(t *testing.T) {
	broken := errors.New("the database went away")
	source := func(func(catalogue.Record) error) error { return broken }
	w, spec := words(t, "en", catalogue.Unit), specOf(t, catalogue.Unit)
	if err := sheet.Export(&bytes.Buffer{}, spec, w, nil, source); !errors.Is(err, broken) {
		t.Errorf("workbook: %v", err)
	}
	if err := sheet.ExportCSV(&bytes.Buffer{}, spec, w, nil, source); !errors.Is(err, broken) {
		t.Errorf("CSV: %v", err)
	}
}

// No cell of an export is ever a formula, whatever the registry holds, and every text comes back as it was.
func TestNothingInAnExportIsAFormula(t *testing.T) {
	spec, w := specOf(t, catalogue.Unit), words(t, "en", catalogue.Unit)
	texts := rapid.Custom(func(t *rapid.T) string {
		start := rapid.SampledFrom([]string{"=", "+", "-", "@", "'=", "＝", ""}).Draw(t, "start")
		return start + rapid.StringMatching(`[a-zA-Z0-9一-龥()!|"',;]{1,10}`).Draw(t, "rest")
	})
	rapid.Check(t, func(r *rapid.T) {
		name := texts.Draw(r, "name")
		data := records(catalogue.Record{Key: "U1", Version: 1, Values: map[string]string{"id": "U1", "name": name}})
		var xlsx, csv bytes.Buffer
		if err := sheet.Export(&xlsx, spec, w, []string{"id", "name"}, data); err != nil {
			r.Fatal(err)
		}
		if err := sheet.ExportCSV(&csv, spec, w, []string{"id", "name"}, data); err != nil {
			r.Fatal(err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(xlsx.Bytes()))
		if err != nil {
			r.Fatal(err)
		}
		kind, err := book.GetCellType(book.GetSheetName(0), "B3")
		if formula, _ := book.GetCellFormula(book.GetSheetName(0), "B3"); formula != "" || err != nil || kind != excelize.CellTypeInlineString {
			r.Fatalf("%q became type %v, formula %q (%v)", name, kind, formula, err)
		}
		if got := sheet.Restore(grid(t, xlsx.Bytes())[2][1]); got != name {
			r.Fatalf("%q came back from the workbook as %q", name, got)
		}
		cell := grid(t, csv.Bytes())[1][1]
		if strings.ContainsRune("=+-@＝", []rune(cell)[0]) || sheet.Restore(cell) != name {
			r.Fatalf("%q stands in the CSV as %q", name, cell)
		}
	})
}

func TestEveryFieldSaysWhatItExpects(t *testing.T) {
	for _, spec := range catalogue.All() {
		for _, language := range []string{"zh-CN", "en"} {
			w := words(t, language, spec.Entity)
			for _, f := range spec.Fields {
				if text := w.Expected(f); text == "" || strings.HasPrefix(text, "sheet.") || strings.Contains(text, "<no value>") {
					t.Errorf("%s.%s in %s: %q", spec.Entity, f.Key, language, text)
				}
			}
		}
	}
}

func TestSeveralValuesAreShownByTheirLabels(t *testing.T) {
	w := words(t, "en", catalogue.Village)
	f, _ := specOf(t, catalogue.Village).Field("categories")
	want := w.Option(f, "key") + ";" + w.Option(f, "weak")
	if got := w.Show(f, "key;weak"); got != want {
		t.Errorf("shown as %q, want %q", got, want)
	}
}
