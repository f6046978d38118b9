package paper_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/paper"
)

var form = paper.Form{Title: "驻村干部统计表", Body: "某县驻村办", Date: "2026年3月5日", Secrecy: "内部", Maker: "张三", Checker: "李四"}

func words(t testing.TB, entity catalogue.Entity) sheet.Words {
	t.Helper()
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Words{Printer: messages.Printer("zh-CN"), Entity: entity}
}

func written(t testing.TB, p paper.Paper) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func cells(t testing.TB, book *excelize.File) [][]string {
	t.Helper()
	rows, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

var people = []paper.Person{
	{Level: "county", UnitKind: "government", Rank: 5, Age: 38, Sex: "1", Politics: "01"},
	{Level: "county", UnitKind: "government", Rank: 4, Age: 29, Sex: "2", Politics: "03"},
	{Level: "province", UnitKind: "university", Rank: 7, Age: 51, Sex: "2", Politics: "13"},
	{Level: "province", UnitKind: "bank", Rank: 0, Age: 35, Sex: "9", Politics: "02"},
}

func TestStatisticsCountEveryBodyOnceInEveryGroup(t *testing.T) {
	p := paper.Statistics(form, words(t, catalogue.Cadre), people, 0)
	var got []string
	for _, row := range p.Rows {
		got = append(got, shown(row.Cells[2:]))
	}
	want := []string{
		//   sex   politics ranks       ages
		"4 1 2 1 2 1 1 0 1 0 1 1 1 2 1 0 0 1 0", // all
		"2 0 1 1 1 0 1 0 1 0 0 0 1 1 0 0 0 1 0", // province
		"1 0 0 1 1 0 0 0 0 0 0 0 1 1 0 0 0 0 0", // its bank
		"1 0 1 0 0 0 1 0 1 0 0 0 0 0 0 0 0 1 0", // its university
		"2 1 1 0 1 1 0 0 0 0 1 1 0 1 1 0 0 0 0", // county
		"2 1 1 0 1 1 0 0 0 0 1 1 0 1 1 0 0 0 0", // its government
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("counts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(p.Notes) != 0 || p.Columns() != 3+3+3+6+6 {
		t.Errorf("notes %v, %d columns", p.Notes, p.Columns())
	}
	for i, sum := range []bool{true, true, false, false, true, false} {
		if p.Rows[i].Sum != sum {
			t.Errorf("row %d is a sum: %v", i, !sum)
		}
	}
}

func TestStatisticsOfAnyPeopleAddUp(t *testing.T) {
	person := rapid.Custom(func(t *rapid.T) paper.Person {
		return paper.Person{
			Level: rapid.SampledFrom([]string{"province", "city", "county", "other"}).Draw(t, "level"), UnitKind: rapid.SampledFrom([]string{"bank", "party"}).Draw(t, "kind"),
			Rank: rapid.IntRange(-1, 14).Draw(t, "rank"), Age: rapid.IntRange(-1, 120).Draw(t, "age"),
			Sex: rapid.SampledFrom([]string{"1", "2", "0", "9", ""}).Draw(t, "sex"), Politics: rapid.SampledFrom([]string{"01", "02", "03", "13", ""}).Draw(t, "politics"),
		}
	})
	w := words(t, catalogue.Cadre)
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(person, 0, 30).Draw(t, "people")
		p := paper.Statistics(form, w, all, 0)
		if p.Rows[0].Cells[2].Number != int64(len(all)) {
			t.Fatalf("%d in all, want %d", p.Rows[0].Cells[2].Number, len(all))
		}
		for _, row := range p.Rows {
			from := 3
			for _, h := range p.Header[0][3:] {
				sum := int64(0)
				for _, c := range row.Cells[from : from+h.Columns] {
					sum += c.Number
				}
				if sum != row.Cells[2].Number {
					t.Fatalf("%s of row %v add up to %d", h.Text, row, sum)
				}
				from += h.Columns
			}
		}
	})
}

func TestStatisticsHideFewPeople(t *testing.T) {
	p := paper.Statistics(form, words(t, catalogue.Cadre), people, 5)
	for _, row := range p.Rows {
		for _, c := range row.Cells[2:] {
			if c.Number > 0 && c.String() != paper.HiddenMark {
				t.Errorf("%d is told", c.Number)
			}
		}
	}
	if len(p.Notes) != 1 {
		t.Errorf("notes %v", p.Notes)
	}
	for _, row := range cells(t, written(t, p))[4:10] {
		if strings.ContainsAny(strings.Join(row[2:], ""), "123456789") {
			t.Errorf("the workbook tells %v", row)
		}
	}
}

func TestThePaperHasItsOfficialFrame(t *testing.T) {
	p := paper.Statistics(form, words(t, catalogue.Cadre), people, 0)
	book := written(t, p)
	rows := cells(t, book)
	if rows[0][0] != "驻村干部统计表（内部）" {
		t.Errorf("title %q", rows[0])
	}
	for _, text := range []string{"填报单位：某县驻村办", "填报日期：2026年3月5日", "计量单位：人"} {
		if !strings.Contains(strings.Join(rows[1], " "), text) {
			t.Errorf("%q is missing in %q", text, rows[1])
		}
	}
	if last := strings.Join(rows[len(rows)-1], " "); !strings.Contains(last, "制表人：张三") || !strings.Contains(last, "审核人：李四") {
		t.Errorf("last line %q", last)
	}
	if got := fmt.Sprint(rows[3]); got != "[   男 女 未说明 中共党员 共青团员 其他 厅局级及以上 县处级正职 县处级副职 乡科级正职 乡科级副职 其他 35 岁及以下 36–40 岁 41–45 岁 46–50 岁 51 岁及以上 未说明]" {
		t.Errorf("headings %s", got)
	}
	layout, err := book.GetPageLayout("Sheet1")
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v (%v)", layout, err)
	}
	titles := book.GetDefinedName()
	if len(titles) != 1 || titles[0].Name != "_xlnm.Print_Titles" || titles[0].RefersTo != "Sheet1!$1:$4" {
		t.Errorf("names %+v", titles)
	}
	merged := map[string]bool{}
	ranges, err := book.GetMergeCells("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ranges {
		merged[m.GetStartAxis()+":"+m.GetEndAxis()] = true
	}
	for _, want := range []string{"A1:U1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:I3", "J3:O3", "P3:U3"} {
		if !merged[want] {
			t.Errorf("%s is not merged: %v", want, merged)
		}
	}
}

func TestRosterNumbersItsPeople(t *testing.T) {
	spec, _ := catalogue.Of(catalogue.Cadre)
	w := words(t, catalogue.Cadre)
	source := func(each func(catalogue.Record) error) error {
		for _, name := range []string{"=张三", "李四"} {
			if err := each(catalogue.Record{Values: map[string]string{"name": name, "young_pool": "1", "id_number": "****************34"}}); err != nil {
				return err
			}
		}
		return nil
	}
	p, err := paper.Roster(paper.Form{Title: "花名册"}, spec, w, []string{"name", "nothing", "young_pool", "id_number"}, source)
	if err != nil {
		t.Fatal(err)
	}
	p.Portrait = true
	book := written(t, p)
	rows := cells(t, book)
	if len(rows) != 6 || fmt.Sprint(rows[3:5]) != "[[1 =张三 是 ****************34] [2 李四 是 ****************34]]" {
		t.Errorf("rows %q", rows)
	}
	if kind, err := book.GetCellType("Sheet1", "B4"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("a name is of type %v (%v)", kind, err)
	}
	if !strings.Contains(strings.Join(rows[1], ""), "共 2 条") {
		t.Errorf("line below the title %q", rows[1])
	}
	broken := errors.New("gone")
	if _, err := paper.Roster(form, spec, w, nil, func(func(catalogue.Record) error) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func TestAnEmptyPaperIsStillOne(t *testing.T) {
	spec, _ := catalogue.Of(catalogue.Unit)
	p, err := paper.Roster(form, spec, words(t, catalogue.Unit), nil, func(func(catalogue.Record) error) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if rows := cells(t, written(t, p)); len(rows) != 4 {
		t.Errorf("rows %q", rows)
	}
}
