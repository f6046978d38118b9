package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/intake"
)

// known puts a record into the registry.
func (b *bench) known(key string, version int64, pairs ...string) {
	values := map[string]string{b.registry.spec.Key: key}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	b.registry.records[key] = catalogue.Record{Key: key, Version: version, Values: values}
}

// One list in every encoding and with every separator that a clerk's program writes comes to the same.
func TestOneListInEveryEncoding(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	var head []string
	for _, key := range []string{"id", "unit", "name", "sex", "birth_date", "politics", "position", "rural_years"} {
		head = append(head, b.heading(key))
	}
	text := strings.Join(head, ",") + "\r\n,省财政厅,张𠀀,男,1990.3.7,01,科员,2\r\n,U1,李四,女,1991年3月5日,13,\"主任,兼书记\",\r\n"
	encodings := map[string]encoding.Encoding{"UTF-8": unicode.UTF8, "with a mark": unicode.UTF8BOM, "GB18030": simplifiedchinese.GB18030,
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}
	for name, e := range encodings {
		for separator, written := range map[string]string{"comma": text, "tab": strings.NewReplacer(",兼", ",兼", ",", "\t").Replace(text)} {
			file, err := e.NewEncoder().Bytes([]byte(written))
			if err != nil {
				t.Fatal(err)
			}
			clear(b.registry.records)
			report, _, err := b.accept(file, false)
			if err != nil || report.Counts != (intake.Counts{Total: 2, Added: 2}) {
				t.Errorf("%s, %s: %v %q", name, separator, err, told(report))
				continue
			}
			first, second := b.registry.records["C1"].Values, b.registry.records["C2"].Values
			if first["name"] != "张𠀀" || first["unit"] != "U1" || first["birth_date"] != "1990-03-07" || first["politics"] != "01" || first["rural_years"] != "2" ||
				second["sex"] != "2" || second["position"] != "主任,兼书记" || second["rural_years"] != "" {
				t.Errorf("%s, %s: %v %v", name, separator, first, second)
			}
		}
	}
}

// A column that is left out changes nothing, an empty cell takes the value away, and a mask leaves it as it is.
func TestWhatAnEmptyCellAndAMissingColumnMean(t *testing.T) {
	b := newBench(t, catalogue.Village)
	b.known("430102001201", 4, "difficulty", "70", "households", "300", "categories", "key;weak")
	report, _, err := b.accept(workbook(t, []any{"#village.code", "#village.difficulty", "#version"}, []any{"430102001201", nil, 4}), false)
	if err != nil || report.Counts != (intake.Counts{Total: 1, Changed: 1}) {
		t.Fatalf("%v %q", err, told(report))
	}
	if got := b.registry.records["430102001201"]; got.Values["difficulty"] != "" || got.Values["households"] != "300" || got.Values["categories"] != "key;weak" || got.Version != 5 {
		t.Errorf("%+v", got)
	}
}

// Two people whose masks end alike are two people; only whole numbers tell that a person stands in the file twice.
func TestMasksThatAreAlikeAreNotOnePerson(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	fields := []string{"id", "name", "id_number"}
	const mask = "****************34"
	for _, key := range []string{"C1", "C2"} {
		b.known(key, 1, "name", "人"+key, "id_number", mask)
	}
	same(t, told(b.try(b.sheetOf(append(fields, "#version"), []any{"C1", "人C1", mask, 1}, []any{"C2", "人C2", mask, 1}))), "2 same", "3 same")
	number := "11010519491231002X"
	report := b.try(b.sheetOf(append(columns, "id_number"), append(cadre("甲", 3, "2", 4, "1949-12-31"), number), append(cadre("乙", 3, "2", 4, "1949-12-31"), number)))
	same(t, told(report), "2 added", "3 refused:  sheet.row.twice ")
}

// Cells that are dates, numbers, truth values and computed values are read by what they show.
func TestCellsOfEveryKindComeToTheirFields(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	book := opened(t, b.sheetOf(columns, cadre("张三", 4, nil, 7, nil, 8, true), cadre("李四", 7, nil), cadre("王五", 7, nil)))
	name := book.GetSheetName(0)
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"E2": 32939, "H2": 3.0} { // 1990-03-07
		if err := book.SetCellValue(name, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle(name, "E2", "E2", style); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula(name, "H3", "1+1"); err != nil { // nothing is stored beside it
		t.Fatal(err)
	}
	if err := book.SetCellValue(name, "H4", 2); err != nil {
		t.Fatal(err)
	}
	report, _, err := b.accept(packed(t, book), true)
	if err != nil {
		t.Fatal(err)
	}
	same(t, told(report), "2 added", "3 refused: H sheet.cell.uncomputed ", "4 added")
	if got := b.registry.records["C1"].Values; got["birth_date"] != "1990-03-07" || got["rural_years"] != "3" || got["young_pool"] != "1" {
		t.Errorf("%v", got)
	}
}

// A formula is text and nothing else wherever it is brought in, and each format gives back what came.
func TestFormulasStayText(t *testing.T) {
	for _, name := range []string{"=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "＝1", "'=1", `=HYPERLINK("http://x","y")`} {
		b := newBench(t, catalogue.Cadre)
		report, _, err := b.accept(b.sheetOf(columns, cadre(name)), false)
		if err != nil || report.Counts.Added != 1 {
			t.Errorf("%q: %v %q", name, err, told(report))
			continue
		}
		want := strings.TrimPrefix(name, "'") // which an import takes for the export's own
		if got := b.registry.records["C1"].Values["name"]; got != want {
			t.Errorf("%q was kept as %q", name, got)
		}
		result := opened(t, b.result(b.sheetOf(columns, cadre(name)), report))
		if formula, err := result.GetCellFormula(result.GetSheetName(0), "C2"); formula != "" || err != nil {
			t.Errorf("%q is a formula in the result file: %q (%v)", name, formula, err)
		}
	}
}

// The good rows are written and the result file, with the bad ones mended, adds the rest and nothing twice.
func TestGoodOnesFirstAndTheMendedOnesLater(t *testing.T) {
	b := newBench(t, catalogue.Village)
	rows := [][]any{}
	for i := range 6 {
		difficulty := any(10 + i)
		if i%3 == 2 {
			difficulty = "很难"
		}
		rows = append(rows, []any{fmt.Sprintf("43010200120%d", i+1), difficulty})
	}
	file := b.sheetOf([]string{"code", "difficulty"}, rows...)
	report, set, err := b.accept(file, true)
	if err != nil || set.ID == "" || report.Counts != (intake.Counts{Total: 6, Added: 4, Refused: 2}) || len(b.registry.records) != 4 {
		t.Fatalf("%v %+v, %d records", err, report.Counts, len(b.registry.records))
	}
	book := opened(t, b.result(file, report))
	for _, cell := range []string{"B4", "B7"} {
		if colour(t, book, cell) != "FFC7CE" {
			t.Errorf("%s has no colour", cell)
		}
		if err := book.SetCellValue(book.GetSheetName(0), cell, 50); err != nil {
			t.Fatal(err)
		}
	}
	mended := packed(t, book)
	report = b.try(mended)
	if report.Counts.Refused != 0 || report.Counts.Added != 2 || report.Counts.Same != 4 {
		t.Errorf("mended: %+v %q", report.Counts, told(report))
	}
	if _, _, err := b.accept(mended, false); err != nil || len(b.registry.records) != 6 {
		t.Errorf("%v, %d records", err, len(b.registry.records))
	}
}

// A column that the file says twice, in two languages, stops it; so do cells that are merged below the headings.
func TestAFileThatStopsIsNeverWritten(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	for name, file := range map[string][]byte{
		"twice":   workbook(t, []any{b.heading("id"), b.heading("name"), "name"}, []any{"C1", "张三", "李四"}),
		"nothing": workbook(t),
		"unknown": workbook(t, []any{b.heading("id"), b.heading("name"), "爱好"}, []any{"C1", "张三", "钓鱼"}),
	} {
		for _, goodOnly := range []bool{false, true} {
			report, set, err := b.accept(file, goodOnly)
			if _, key := kindOf(err); key != "sheet.import.refused" || set.ID != "" || len(report.Heads) == 0 || len(report.Rows) != 0 || len(b.registry.records) != 0 {
				t.Errorf("%s: %v %+v", name, err, report)
			}
		}
	}
}

// A million empty rows below the last one do not count, and the row numbers above them are the spreadsheet's.
func TestEmptyRowsDoNotCount(t *testing.T) {
	b := newBench(t, catalogue.Village)
	var file bytes.Buffer
	file.WriteString("code,difficulty\n430102001201,3\n" + strings.Repeat(",\n", 500) + "430102001202,300\n" + strings.Repeat(",\n\n", 100_000))
	report := b.try(file.Bytes())
	same(t, told(report), "2 added", "503 refused: B registry.out_of_range 300")
}
