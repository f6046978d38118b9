package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/store"
)

// columns of the cadres in these tests.
var columns = []string{"id", "unit", "name", "sex", "birth_date", "politics", "position", "rural_years", "young_pool"}

func cadre(name string, more ...any) []any {
	row := []any{nil, "U1", name, "1", "1990-03-07", "01", "科员", 2, "是"}
	for i := 0; i+1 < len(more); i += 2 {
		row[more[i].(int)] = more[i+1]
	}
	return row
}

func kindOf(err error) (domain.Kind, string) {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Kind, known.Key
	}
	return "", ""
}

func TestEveryRowIsToldApart(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	report := b.try(b.sheetOf(columns,
		cadre("张三"),
		cadre("李四", 3, "妖", 4, "去年", 7, 99),
		cadre("王五", 1, "省财政厅"),
		cadre("赵六", 1, "U1 省财政厅", 4, "1991年3月5日", 8, "√"),
		cadre("钱七", 1, "同名局"),
		cadre("孙八", 1, "U9"),
		cadre("", 2, nil),
		cadre("张三"),
		cadre("周九", 0, "C77"),
		cadre("吴十", 4, 4.3102619900101e17),
	))
	same(t, told(report),
		"2 added",
		"3 refused: D registry.not_option 妖: E registry.not_date 去年: H registry.out_of_range 99",
		"4 added",
		"5 added",
		"6 refused: B registry.not_id 同名局",
		"7 refused: B registry.unknown_unit U9",
		"8 refused: C registry.required ",
		"9 refused:  sheet.row.twice ",
		"10 added",
		"11 refused: E sheet.cell.rounded 431026199001010000",
	)
	if want := (intake.Counts{Total: 10, Added: 4, Refused: 6}); report.Counts != want {
		t.Errorf("counts %+v, want %+v", report.Counts, want)
	}
	line := report.Lines(b.words, 1)[0]
	if line.Row != 3 || line.Column != "D" || line.Heading != b.heading("sex") || line.Value != "妖" || line.Expected == "" {
		t.Errorf("told as %+v", line)
	}
	if len(b.registry.records) > 0 {
		t.Error("a try wrote something")
	}
}

func TestCellsThatCannotBeRead(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	csv := strings.Join([]string{"id,unit,name,sex,birth_date,politics,position,id_number,phone", "C1,U1,'=张三,1,1990-03-07,01,科员,4.31E+17,13800138000"}, "\n")
	same(t, told(b.try([]byte(csv))), "2 refused: H sheet.cell.rounded ")
	for number, want := range map[string]string{"**************": "2 added", "43****2X": "2 refused: H registry.bad_id_number "} { // the registry knows whose mask it is
		same(t, told(b.try([]byte(strings.Replace(csv, "4.31E+17", number, 1)))), want)
	}
}

func TestAcceptAllOrNothing(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	file := b.sheetOf(columns, cadre("张三"), cadre("李四", 3, "妖"))
	report, set, err := b.accept(file, false)
	if kind, key := kindOf(err); kind != domain.KindConflict || key != "sheet.import.refused" || set.ID != "" || report.Counts.Refused != 1 || len(b.registry.records) != 0 {
		t.Errorf("all or nothing: %v, set %q, %+v, %d records", err, set.ID, report.Counts, len(b.registry.records))
	}
	report, set, err = b.accept(file, true)
	if err != nil || set.Reason != "年度更新" || set.Origin != registry.OriginImport || report.Counts.Added != 1 || report.Counts.Refused != 1 || len(b.registry.records) != 1 {
		t.Errorf("good ones only: %v, set %+v, %+v, %d records", err, set, report.Counts, len(b.registry.records))
	}
	if report.Rows[0].Key == "" {
		t.Error("the new record's key is not told")
	}
	if _, set, err = b.accept(workbook(t, []any{b.heading("name")}), true); err == nil || set.ID != "" {
		t.Errorf("heads that are missing: %v", err)
	}
	if _, set, err = b.accept(b.sheetOf(columns), false); err != nil || set.ID != "" {
		t.Errorf("no rows: %v", err)
	}
}

// Somebody else writes between the try and the writing: what the registry says last counts.
func TestWriteTellsWhatReallyCame(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	b.im.Registry = &racing{memory: b.registry, first: "C1"}
	file := b.sheetOf(columns, cadre("张三", 0, "C1"), cadre("李四", 0, "C2"))
	report, set, err := b.accept(file, true)
	if err != nil || set.ID == "" {
		t.Fatalf("%v, %+v", err, set)
	}
	same(t, told(report), "2 refused:  registry.stale ", "3 added")
	b = newBench(t, catalogue.Cadre)
	b.im.Registry = &racing{memory: b.registry, first: "C1"}
	report, set, err = b.accept(file, false)
	if _, key := kindOf(err); key != "sheet.import.refused" || set.ID != "" {
		t.Errorf("all or nothing: %v, %+v", err, set)
	}
	same(t, told(report), "2 refused:  registry.stale ", "3 added")
}

func TestWriteFailsWithTheRegistry(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	ready, err := b.im.Prepare(t.Context(), domain.Account{}, b.upload(b.sheetOf(columns, cadre("张三"))), nil)
	if err != nil {
		t.Fatal(err)
	}
	b.registry.broken = errors.New("the disk is full")
	if _, err := ready.Write(nil, b.registry, "", false); !errors.Is(err, b.registry.broken) {
		t.Errorf("error %v", err)
	}
}

// racing is a registry in which somebody else adds a record before each writing.
type racing struct {
	*memory
	first string
}

func (r *racing) ApplyIn(tx *store.Tx, actor domain.Account, e catalogue.Entity, changes []registry.Change, o registry.ApplyOptions) (registry.ChangeSet, []registry.Outcome, error) {
	r.records[r.first] = catalogue.Record{Key: r.first, Version: 9, Values: map[string]string{}}
	return r.memory.ApplyIn(tx, actor, e, changes, o)
}

func TestAnEditedExportUpdatesInsteadOfDoubling(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	if _, _, err := b.accept(b.sheetOf(columns, cadre("张三"), cadre("李四")), false); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"xlsx", "csv"} {
		var out bytes.Buffer
		english := sheet.Words{Printer: b.im.Messages.Printer("en"), Entity: catalogue.Cadre}
		write := sheet.Export
		if format == "csv" {
			write = sheet.ExportCSV
		}
		if err := write(&out, b.registry.spec, english, append(columns[1:], "id"), b.registry.all); err != nil {
			t.Fatal(err)
		}
		report := b.try(out.Bytes())
		if report.Counts != (intake.Counts{Total: 2, Same: 2}) {
			t.Fatalf("%s: an unchanged export: %+v %q", format, report.Counts, told(report))
		}
		edited := edit(t, out.Bytes(), format, "李四", "李肆"+format)
		report, _, err := b.accept(edited, false)
		if err != nil || report.Counts != (intake.Counts{Total: 2, Same: 1, Changed: 1}) || len(b.registry.records) != 2 {
			t.Fatalf("%s: an edited export: %v %+v, %d records", format, err, report, len(b.registry.records))
		}
		if got := b.registry.records["C2"].Values["name"]; got != "李肆"+format {
			t.Errorf("the name is %q", got)
		}
		// The same file again stems from an older version of the second record.
		if report := b.try(edited); report.Counts != (intake.Counts{Total: 2, Same: 1, Refused: 1}) {
			t.Errorf("%s: a stale export: %q", format, told(report))
		}
		b.registry.records["C2"].Values["name"] = "李四"
	}
}

// edit replaces a text in a file.
func edit(t *testing.T, file []byte, format, from, to string) []byte {
	t.Helper()
	if format == "csv" {
		return bytes.ReplaceAll(file, []byte(from), []byte(to))
	}
	book := opened(t, file)
	cells, err := book.SearchSheet(book.GetSheetName(0), from)
	if err != nil || len(cells) != 1 {
		t.Fatalf("%v %v", cells, err)
	}
	if err := book.SetCellValue(book.GetSheetName(0), cells[0], to); err != nil {
		t.Fatal(err)
	}
	return packed(t, book)
}

func TestARecordThatHasGoneIsTold(t *testing.T) {
	b := newBench(t, catalogue.Village)
	file := workbook(t, []any{"#village.code", "#village.difficulty", sheet.VersionKey}, []any{"430102001201", 3, 7})
	same(t, told(b.try(file)), "2 refused:  sheet.row.gone ")
}

func TestAnEmptyRequiredCellIsWrongOnlyWhereItTakesAValueAway(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	b.registry.records["C1"] = catalogue.Record{Key: "C1", Version: 1, Values: map[string]string{"id": "C1", "name": "张三"}} // from an old list
	file := b.sheetOf([]string{"id", "name", "position"}, []any{"C1", "张三", nil})
	same(t, told(b.try(file)), "2 same")
	b.registry.records["C1"].Values["position"] = "科员"
	same(t, told(b.try(file)), "2 refused: C registry.required ")
	fresh := b.try(b.sheetOf([]string{"id", "name"}, []any{"C2", nil})).Rows[0]
	if i := slices.IndexFunc(fresh.Faults, func(f intake.Fault) bool { return f.Column == "B" && f.Key == "registry.required" }); fresh.Kind != intake.Refused || i < 0 {
		t.Errorf("a new record without a name: %+v", fresh)
	}
}

func TestAFileInWhichAllIsWrongDoesNotFillTheMemory(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	row := strings.Repeat("妖,", 8) + "妖\n"
	report := b.try([]byte("sex,birth_date,politics,young_pool,rural_years,unit,mid_level,name,position\n" + strings.Repeat(row, 8000)))
	faults := 0
	for _, r := range report.Rows {
		if r.Kind != intake.Refused || len(r.Faults) == 0 {
			t.Fatalf("row %d: %+v", r.Row, r)
		}
		faults += len(r.Faults)
	}
	if report.Counts.Refused != 8000 || faults > 40_000 {
		t.Errorf("%d refused with %d faults kept", report.Counts.Refused, faults)
	}
}

// Every option's label is understood in every language, and no two headings are alike.
func TestWhatWeShowWeUnderstand(t *testing.T) {
	for _, spec := range catalogue.All() {
		b := newBench(t, spec.Entity)
		understood := intake.Labels(spec, b.im.Messages)
		for _, language := range []string{"zh-CN", "en"} {
			w := sheet.Words{Printer: b.im.Messages.Printer(language), Entity: spec.Entity}
			headings := map[string]string{}
			for _, f := range spec.Fields {
				if other, twice := headings[w.Heading(f)]; twice {
					t.Errorf("%s: %s and %s are both headed %q in %s", spec.Entity, f.Key, other, w.Heading(f), language)
				}
				headings[w.Heading(f)] = f.Key
				for _, o := range f.Options {
					if value, ok := understood(spec.Entity, f, w.Show(f, o.Value)); !ok || value != o.Value {
						t.Errorf("%s.%s: %q in %s is read as %q", spec.Entity, f.Key, w.Show(f, o.Value), language, value)
					}
				}
			}
		}
	}
}

func TestSeveralLabelsInOneCell(t *testing.T) {
	b := newBench(t, catalogue.Village)
	f, _ := b.registry.spec.Field("categories")
	english := sheet.Words{Printer: b.im.Messages.Printer("en"), Entity: catalogue.Village}
	for n, written := range []string{
		"key;weak", "key、weak", "key weak", b.words.Show(f, "key;weak"), strings.ReplaceAll(b.words.Show(f, "key;weak"), ";", "，"), english.Show(f, "key;weak"),
		strings.ReplaceAll(english.Show(f, "key;weak"), ";", "; "), strings.ReplaceAll(b.words.Show(f, "key;weak"), ";", " "),
	} {
		code := fmt.Sprintf("43010200120%d", n+1)
		if _, _, err := b.accept(b.sheetOf([]string{"code", "categories"}, []any{code, written}), false); err != nil {
			t.Errorf("%q: %v", written, err)
		} else if got := b.registry.records[code].Values["categories"]; got != "key;weak" {
			t.Errorf("%q is read as %q", written, got)
		}
	}
}

func TestDivisionsTakeNoImport(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	for _, e := range []catalogue.Entity{catalogue.Region, "ghost"} {
		u := b.upload(workbook(t, []any{"code"}))
		u.Entity = e
		if _, err := b.im.Try(t.Context(), domain.Account{}, u, nil); err == nil {
			t.Errorf("%s is taken", e)
		} else if _, key := kindOf(err); key != "sheet.import.not_here" {
			t.Errorf("%s: %v", e, err)
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	rows := [][]any{}
	for i := range 1203 {
		rows = append(rows, cadre(fmt.Sprintf("人%d", i)))
	}
	file := b.sheetOf(columns, rows...)
	var seen []intake.Progress
	if _, err := b.im.Try(t.Context(), domain.Account{}, b.upload(file), func(p intake.Progress) { seen = append(seen, p) }); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 3 || seen[0].Total != 500 || seen[2].Total != 1203 || seen[0].Of != 1203 || seen[2].Added != 1203 {
		t.Errorf("progress %+v", seen)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := b.im.Try(ctx, domain.Account{}, b.upload(file), func(intake.Progress) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if b.registry.judged != 1203+500 {
		t.Errorf("%d rows were judged, want it to stop after the first batch", b.registry.judged)
	}
	b.registry.broken = errors.New("the database went away")
	if _, err := b.im.Try(t.Context(), domain.Account{}, b.upload(file), nil); !errors.Is(err, b.registry.broken) {
		t.Errorf("broken: %v", err)
	}
}

// Whatever is in the registry, its export changes nothing when it comes back.
func TestAnExportThatComesBackChangesNothing(t *testing.T) {
	b := newBench(t, catalogue.Village)
	texts := rapid.StringMatching(`[=+@'-]?[一-龥a-z0-9]{1,6}`)
	rapid.Check(t, func(r *rapid.T) {
		clear(b.registry.records)
		for i := range rapid.IntRange(1, 5).Draw(r, "records") {
			code := fmt.Sprintf("4301020012%02d", i+1)
			values := map[string]string{"code": code}
			for _, f := range b.registry.spec.Fields {
				if value := drawn(r, f, texts); value != "" && !f.ReadOnly {
					values[f.Key] = value
				}
			}
			if len(b.registry.spec.Together(values)) == 0 {
				b.registry.records[code] = catalogue.Record{Key: code, Version: 3, Values: values}
			}
		}
		keys := make([]string, 0, len(b.registry.spec.Fields))
		for _, f := range b.registry.spec.Fields {
			keys = append(keys, f.Key)
		}
		for _, write := range []func(*bytes.Buffer) error{
			func(out *bytes.Buffer) error {
				return sheet.Export(out, b.registry.spec, b.words, keys, b.registry.all)
			},
			func(out *bytes.Buffer) error {
				return sheet.ExportCSV(out, b.registry.spec, b.words, keys, b.registry.all)
			},
		} {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				r.Fatal(err)
			}
			report, err := b.im.Try(context.Background(), domain.Account{}, b.upload(out.Bytes()), nil)
			if err != nil || report.Counts.Same != len(b.registry.records) || report.Counts.Total != report.Counts.Same {
				r.Fatalf("%v %q of %v", err, told(report), b.registry.records)
			}
		}
	})
}

// drawn is a canonical value of the field, or empty.
func drawn(r *rapid.T, f catalogue.Field, texts *rapid.Generator[string]) string {
	if f.Key == "lon" || f.Key == "lat" || f.Type == catalogue.Villages || !f.Required && rapid.Bool().Draw(r, "empty") {
		return ""
	}
	switch f.Type {
	case catalogue.Integer:
		return fmt.Sprint(rapid.Int64Range(f.Min, f.Max).Draw(r, f.Key))
	case catalogue.Date:
		return fmt.Sprintf("%04d-02-%02d", rapid.Int64Range(max(f.Min, 1900), min(f.Max, 2100)).Draw(r, f.Key), rapid.IntRange(1, 28).Draw(r, "day"))
	case catalogue.Choice:
		return rapid.SampledFrom(f.Options).Draw(r, f.Key).Value
	case catalogue.Choices:
		return catalogue.Join([]string{rapid.SampledFrom(f.Options).Draw(r, f.Key).Value, rapid.SampledFrom(f.Options).Draw(r, f.Key).Value})
	case catalogue.Boolean:
		return rapid.SampledFrom([]string{"0", "1"}).Draw(r, f.Key)
	case catalogue.Text:
		if f.Key == "code" {
			return ""
		}
		return texts.Draw(r, f.Key)
	default: // no field of villages
		return ""
	}
}

func FuzzTry(f *testing.F) {
	b := newBench(f, catalogue.Cadre)
	f.Add([]byte("id,name,unit\nC1,张三,U1\n"))
	f.Add([]byte("#cadre.id,#cadre.sex,#version\n编号,性别,x\n,男,-1\n,4E+9,9999999999999999999\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		before := maps.Clone(b.registry.records)
		report, err := b.im.Try(context.Background(), domain.Account{}, b.upload(file), nil)
		if err != nil {
			if kind, _ := kindOf(err); kind != domain.KindInvalid {
				t.Fatalf("error %v", err)
			}
			return
		}
		c := report.Counts
		if c.Total != len(report.Rows) || c.Added+c.Changed+c.Same+c.Refused != c.Total || len(report.Heads) > 0 && c.Total > 0 {
			t.Fatalf("%+v", report)
		}
		if !maps.EqualFunc(before, b.registry.records, func(x, y catalogue.Record) bool { return x.Version == y.Version }) {
			t.Fatal("a try wrote something")
		}
	})
}
