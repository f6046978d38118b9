package intake_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

func TestHeadsAreKnownHoweverTheyAreWritten(t *testing.T) {
	b := newBench(t, catalogue.Village)
	code, need := b.heading("code"), b.heading("need_farming")
	english := sheet.Words{Printer: b.im.Messages.Printer("en"), Entity: catalogue.Village}
	f, _ := b.registry.spec.Field("need_farming")
	row := []any{"430102001201", 40}
	for name, rows := range map[string][][]any{
		"as they are":          {{code, need}, row},
		"required, with marks": {{code + "*", need + "（必填）"}, row},
		"blanks and lines":     {{" " + code + "\n", "　" + need}, row},
		"English":              {{code, english.Heading(f)}, row},
		"keys of fields":       {{"code", "need_farming"}, row},
		"below a title":        {{"某县村情表"}, {"填报单位：", "某县驻村办"}, {code, need}, row},
		"below hidden keys":    {{"#village.code", "#village.need_farming"}, {"what", "ever"}, {code, need}, row},
		"hidden keys only":     {{"#village.code", "#village.need_farming", "#result", "#version"}, row},
		"keys and headings":    {{"#village.code", "#village.need_farming"}, {code, need}, row},
	} {
		t.Run(name, func(t *testing.T) {
			report := b.try(workbook(t, rows...))
			last := report.Rows[len(report.Rows)-1]
			if len(report.Heads) > 0 || last.Kind != "added" || last.Row != len(rows) {
				t.Errorf("%q", told(report))
			}
		})
	}
}

func TestHeadsThatStopTheFile(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	name, unit, sex := b.heading("name"), b.heading("unit"), b.heading("sex")
	for title, c := range map[string]struct {
		rows [][]any
		want []string
	}{
		"unknown":     {[][]any{{b.heading("id"), name, "完全无关的内容哈哈"}}, []string{"C1 sheet.head.unknown"}},
		"near":        {[][]any{{b.heading("id"), name + "x"}}, []string{"B1 sheet.head.unknown_near"}},
		"twice":       {[][]any{{b.heading("id"), name, unit, name}}, []string{"D1 sheet.head.twice"}},
		"twice by id": {[][]any{{b.heading("id"), name, "name"}}, []string{"C1 sheet.head.twice"}},
		"missing": {[][]any{{name, unit, sex}}, []string{
			" sheet.head.missing", " sheet.head.missing", " sheet.head.missing",
		}},
		"another table":  {[][]any{{"#unit.id", "#unit.name"}, {"1", "2"}}, []string{" sheet.head.other_table"}},
		"an unknown key": {[][]any{{"#cadre.id", "#cadre.hobby"}}, []string{"B1 sheet.head.unknown"}},
	} {
		t.Run(title, func(t *testing.T) {
			report := b.try(workbook(t, c.rows...))
			same(t, told(report), c.want...)
			for _, line := range report.Lines(b.words, 100) {
				if strings.HasPrefix(line.Wrong, "sheet.") || strings.Contains(line.Wrong, "<no value>") {
					t.Errorf("no words for %+v", line)
				}
			}
		})
	}
	if b.registry.judged > 0 {
		t.Error("rows were judged below heads that are not understood")
	}
}

func TestANearHeadingIsNamed(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	report := b.try(workbook(t, []any{b.heading("id"), b.heading("birth_date") + "期"}))
	if len(report.Heads) != 1 || report.Heads[0].Params["near"] != b.heading("birth_date") {
		t.Errorf("%+v", report.Heads)
	}
}

func TestMergedCellsAreNamed(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	for cells, stops := range map[string]bool{"A1:B1": false, "A2:A3": true, "B4:C5": true, "A1:A2": true} {
		book, err := excelize.OpenReader(strings.NewReader(string(workbook(t, []any{"花名册"}, []any{b.heading("id"), b.heading("name")}, []any{"C1", "张三"}))))
		if err != nil {
			t.Fatal(err)
		}
		first, last, _ := strings.Cut(cells, ":")
		if err := book.MergeCell("Sheet1", first, last); err != nil {
			t.Fatal(err)
		}
		report := b.try(packed(t, book))
		if !stops {
			if len(report.Heads) > 0 {
				t.Errorf("%s: %q", cells, told(report))
			}
			continue
		}
		if len(report.Heads) != 1 || report.Heads[0].Key != "sheet.head.merged" || report.Heads[0].Params["cells"] != cells {
			t.Errorf("%s: %+v", cells, report.Heads)
		}
	}
}

func TestAnEmptySheetSaysSo(t *testing.T) {
	b := newBench(t, catalogue.Cadre)
	same(t, told(b.try(workbook(t))), " sheet.head.none")
}
