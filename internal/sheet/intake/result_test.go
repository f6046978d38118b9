package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
)

func opened(t testing.TB, file []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func (b *bench) result(file []byte, report *intake.Report) []byte {
	b.t.Helper()
	var out bytes.Buffer
	if err := b.im.Result(b.t.Context(), &out, b.upload(file), report); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// colour is the fill of a cell.
func colour(t testing.TB, book *excelize.File, cell string) string {
	t.Helper()
	id, err := book.GetCellStyle(book.GetSheetName(0), cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil || len(style.Fill.Color) == 0 {
		return ""
	}
	return style.Fill.Color[0]
}

func TestTheResultFileMarksTheErrorsInTheirCells(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	file := b.sheetOf(columns, cadre("张三"), cadre("=李四", 3, "妖", 2, "=cmd()"))
	report := b.try(file)
	book := opened(t, b.result(file, report))
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows (%v)", len(rows), err)
	}
	if got := rows[0][len(columns)]; got != "导入结果" {
		t.Errorf("the added heading is %q", got)
	}
	if rows[1][9] != "新增" || !strings.HasPrefix(rows[2][9], "不接受; D "+b.heading("sex")) {
		t.Errorf("words %q and %q", rows[1][9], rows[2][9])
	}
	if colour(t, book, "D3") != "FFC7CE" || colour(t, book, "D2") != "" || colour(t, book, "C3") != "" {
		t.Errorf("colours %q %q %q", colour(t, book, "D3"), colour(t, book, "D2"), colour(t, book, "C3"))
	}
	comments, err := book.GetComments(book.GetSheetName(0))
	if err != nil || len(comments) != 1 || comments[0].Cell != "D3" {
		t.Errorf("comments %+v (%v)", comments, err)
	}
	if kind, err := book.GetCellType(book.GetSheetName(0), "C3"); err != nil || kind != excelize.CellTypeInlineString || rows[2][2] != "=cmd()" {
		t.Errorf("%q came back as type %v (%v)", rows[2][2], kind, err)
	}
}

func TestAMendedResultFileIsTakenAgain(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	var template bytes.Buffer
	if err := sheet.Template(&template, b.registry.spec, b.words, nil); err != nil {
		t.Fatal(err)
	}
	book := opened(t, template.Bytes())
	name := book.GetSheetName(0)
	for column, value := range map[string]any{"unit": "U1", "name": "张三", "sex": "妖", "birth_date": "1990.3.7", "politics": "01", "position": "科员"} {
		found, err := book.SearchSheet(name, sheet.ColumnKey(catalogue.Cadre, column))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v %v", column, found, err)
		}
		if err := book.SetCellValue(name, strings.TrimSuffix(found[0], "1")+"3", value); err != nil {
			t.Fatal(err)
		}
	}
	filled := packed(t, book)
	report := b.try(filled)
	if report.Counts.Refused != 1 || report.Sheet != name {
		t.Fatalf("%q on %q", told(report), report.Sheet)
	}
	returned := opened(t, b.result(filled, report))
	if visible, err := returned.GetRowVisible(name, 1); err != nil || visible {
		t.Errorf("the keys are in sight (%v)", err)
	}
	wrong, err := returned.SearchSheet(name, "妖")
	if err != nil || len(wrong) != 1 {
		t.Fatalf("%v %v", wrong, err)
	}
	if err := returned.SetCellValue(name, wrong[0], "1"); err != nil {
		t.Fatal(err)
	}
	mended, _, err := b.accept(packed(t, returned), false)
	if err != nil || mended.Counts != (intake.Counts{Total: 1, Added: 1}) {
		t.Errorf("%v %+v", err, mended)
	}
}

func TestTheResultFileMarksHeadsToo(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	file := workbook(t, []any{b.heading("id"), b.heading("name"), "无关的列"}, []any{"C1", "张三", "x"})
	book := opened(t, b.result(file, b.try(file)))
	comments, err := book.GetComments(book.GetSheetName(0))
	if err != nil || len(comments) != 1 || comments[0].Cell != "C1" || colour(t, book, "C1") != "FFC7CE" {
		t.Errorf("comments %+v (%v)", comments, err)
	}
}

func TestAResultFileOfCSVIsAWorkbook(t *testing.T) {
	b := newBench(t, catalogue.Village)
	file := []byte("code,difficulty\n430102001201,300\n\n430102001202,3\n")
	rows, err := opened(t, b.result(file, b.try(file))).GetRows("Sheet1")
	if err != nil || fmt.Sprint(len(rows), rows[3]) != "4 [430102001202 3 新增]" {
		t.Errorf("%q (%v)", rows, err)
	}
}

func TestManyErrorsAreAllColouredButNotAllCommented(t *testing.T) {
	b := newBench(t, catalogue.Village)
	rows := [][]any{}
	for i := range 1500 {
		rows = append(rows, []any{fmt.Sprintf("4301%08d", 2_001_201+i), 300})
	}
	file := b.sheetOf([]string{"code", "difficulty"}, rows...)
	book := opened(t, b.result(file, b.try(file)))
	comments, err := book.GetComments("Sheet1")
	if err != nil || len(comments) != 1000 {
		t.Errorf("%d comments (%v)", len(comments), err)
	}
	if colour(t, book, "B1501") != "FFC7CE" {
		t.Error("the last error has no colour")
	}
}
