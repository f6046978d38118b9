package reading_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jieli/internal/sheet/reading"
)

func TestCellsOfEveryKind(t *testing.T) {
	file := oneSheet(`<sheetData>
		<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t> 岗位 </t></is></c><c r="D1" t="str"><f>A1</f><v>姓名</v></c></row>
		<row r="3"><c r="A3"><v>12</v></c><c r="B3" s="1"><v>44260</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c>
			<c r="E3"><f>1+1</f></c><c r="F3" t="d"><v>2021-03-05T00:00:00</v></c><c r="G3"><v>4.3102619900101E+17</v></c>
			<c r="H3" s="2"><v>0.30000000000000004</v></c><c r="I3" t="str"><f>""</f><v></v></c><c r="J3"><v>-0</v></c><c r="K3"><v>x</v></c></row>
	</sheetData>`).withShared(`<si><r><t>姓</t></r><r><rPr/><t>名</t></r><rPh sb="0" eb="1"><t>xing</t></rPh></si>`).
		withStyles(`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="2"/></cellXfs>`).zip(t)
	sheet := table(t, file)
	var cells []reading.Cell
	if err := sheet.Each(t.Context(), func(r reading.Row) error { cells = append(cells, r.Cells...); return nil }); err != nil {
		t.Fatal(err)
	}
	want := []reading.Cell{
		{Text: "姓名", Kind: reading.Text}, {Text: "岗位", Kind: reading.Text}, {}, {Text: "姓名", Kind: reading.Text},
		{Text: "12", Kind: reading.Number}, {Text: "2021-03-05", Kind: reading.Date}, {Text: "1", Kind: reading.Bool}, {Text: "#N/A", Kind: reading.Failed},
		{Kind: reading.Uncomputed}, {Text: "2021-03-05", Kind: reading.Date}, {Text: "431026199001010000", Kind: reading.Rounded},
		{Text: "0.3", Kind: reading.Number}, {}, {Text: "0", Kind: reading.Number}, {Text: "x", Kind: reading.Failed},
	}
	if fmt.Sprint(cells) != fmt.Sprint(want) {
		t.Errorf("cells\n%v, want\n%v", cells, want)
	}
	if sheet.Name != "名册" || sheet.Rows != 2 || sheet.LastRow != 3 || sheet.Columns != 11 {
		t.Errorf("table %q of %d rows to %d, %d columns", sheet.Name, sheet.Rows, sheet.LastRow, sheet.Columns)
	}
}

func TestXMLThatOtherProgramsWrite(t *testing.T) {
	for name, inner := range map[string]string{
		"prefixes":          `<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>7</x:v></x:c></x:row></x:sheetData>`,
		"no references":     `<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>7</v></c></row></sheetData>`,
		"single quotes":     `<sheetData><row r='1' spans='1:2'><c r='A1' t='inlineStr'><is><t>甲</t></is></c><c r='B1'><v>7</v></c></row></sheetData>`,
		"comments":          `<!-- <row> --><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><!-- > -->甲</t></is></c><c r="B1"><v>7</v></c></row></sheetData>`,
		"cdata":             `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[甲]]></t></is></c><c r="B1"><v>7</v></c></row></sheetData>`,
		"entities":          `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&#x7532;</t></is></c><c r="B1"><v>&#55;</v></c></row></sheetData>`,
		"greater in quotes": `<sheetData><row r="1" note="a>b"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>7</v></c></row></sheetData>`,
		"extensions":        `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>7</v></c></row></sheetData><extLst><ext><row r="9"><c r="A9"><v>1</v></c></row></ext></extLst>`,
		"styled blanks":     `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>7</v></c><c r="XFD1" s="4"/></row><row r="1048576" ht="20"/></sheetData>`,
		"escaped controls":  `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>_x000D_甲</t></is></c><c r="B1"><v>7</v></c></row></sheetData>`,
	} {
		t.Run(name, func(t *testing.T) {
			same(t, rows(t, table(t, oneSheet(inner).zip(t))), []string{"1: 甲 | 7"})
		})
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ serial, style, want string }{
		{"1", "14", "1900-01-01"}, {"59", "14", "1900-02-28"}, {"61", "14", "1900-03-01"}, {"45000.75", "22", "2023-03-15"},
		{"2958465", "14", "9999-12-31"}, {"2958466", "14", "2958466"}, {"60", "14", "60"}, {"0", "14", "0"}, {"36526", "31", "2000-01-01"},
		{"36526", "2", "36526"}, {"36526", "200", "2000-01-01"}, {"36526", "201", "36526"}, {"36526", "202", "2000-01-01"}, {"36526", "203", "36526"},
		{"36526", "204", "36526"},
	} {
		file := oneSheet(`<sheetData><row r="1"><c r="A1" s="0"><v>` + c.serial + `</v></c></row></sheetData>`).
			withStyles(`<numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="201" formatCode="0&quot;day&quot;"/>
				<numFmt numFmtId="202" formatCode="[$-804]d\.m\.yy;@"/><numFmt numFmtId="203" formatCode="0.00E+00"/><numFmt numFmtId="204" formatCode="[Red]0;d"/></numFmts>
				<cellXfs><xf numFmtId="` + c.style + `"/></cellXfs>`).zip(t)
		same(t, rows(t, table(t, file)), []string{"1: " + c.want})
	}
	old := oneSheet(`<sheetData><row><c s="0"><v>0</v></c></row></sheetData>`).withStyles(`<cellXfs><xf numFmtId="14"/></cellXfs>`)
	old["xl/workbook.xml"] = strings.Replace(old["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	same(t, rows(t, table(t, old.zip(t))), []string{"1: 1904-01-01"})
}

func TestSheetsByNameElseTheFirstVisible(t *testing.T) {
	book := oneSheet(`<sheetData/>`)
	book["xl/workbook.xml"] = `<workbook xmlns:r="x"><sheets><sheet name="_keys" state="hidden" r:id="rId1"/><sheet name="图" r:id="chart"/><sheet name="甲" r:id="a"/><sheet name="乙" r:id="b"/></sheets></workbook>`
	book.related("chartsheet", "chartsheets/sheet1.xml")
	rels := book["xl/_rels/workbook.xml.rels"]
	for id, part := range map[string]string{"a": "甲", "b": "乙"} {
		rels = strings.Replace(rels, "</Rel", `<Relationship Id="`+id+`" Type="`+relType+`worksheet" Target="/xl/worksheets/`+id+`.xml"/></Rel`, 1)
		book.with("xl/worksheets/"+id+".xml", `<worksheet><sheetData><row><c t="inlineStr"><is><t>`+part+`</t></is></c></row></sheetData></worksheet>`)
	}
	file, err := open(t, book.with("xl/_rels/workbook.xml.rels", rels).zip(t), reading.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	same(t, file.Sheets(), []string{"甲", "乙"})
	if !file.Has("_keys") || file.Has("图") {
		t.Error("the hidden sheet is missing, or the chart counts as one")
	}
	for name, want := range map[string]string{"": "1: 甲", "乙": "1: 乙", "丙": "1: 甲"} {
		sheet, err := file.Table(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		same(t, rows(t, sheet), []string{want})
	}
}

func TestMergedCellsAreTold(t *testing.T) {
	sheet := table(t, oneSheet(`<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A1:C2"/><mergeCell ref="AA10:AB10"/></mergeCells>`).zip(t))
	if got := fmt.Sprint(sheet.Merged); got != "[A1:C2 AA10:AB10]" {
		t.Errorf("merged %s", got)
	}
}

func TestEachStopsWithItsCallerAndWithTheContext(t *testing.T) {
	sheet := table(t, oneSheet(`<sheetData>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 10)+`</sheetData>`).zip(t))
	enough := errors.New("enough")
	seen := 0
	if err := sheet.Each(t.Context(), func(reading.Row) error { seen++; return enough }); !errors.Is(err, enough) || seen != 1 {
		t.Errorf("after %d rows: %v", seen, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := sheet.Each(ctx, func(reading.Row) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the cancel: %v", err)
	}
}

// What excelize writes, by rows or by stream, is read as it was meant.
func TestReadsWhatTheWriterWrites(t *testing.T) {
	texts := rapid.OneOf(rapid.StringMatching(`[一-龥a-z0-9<>&"' =+@_-]{0,12}`), rapid.SampledFrom([]string{"_x000D_", "=1+1", "'x", "]]>", "&amp;", "😀"}))
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(texts, 1, 5), 1, 8).Draw(t, "cells")
		book := excelize.NewFile()
		stream, err := book.NewStreamWriter("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for i, row := range want {
			values := make([]any, len(row))
			line := make([]string, 0, len(row))
			for j, text := range row {
				values[j] = text
				line = append(line, strings.TrimSpace(text))
			}
			for len(line) > 0 && line[len(line)-1] == "" {
				line = line[:len(line)-1]
			}
			if len(line) > 0 {
				lines = append(lines, fmt.Sprintf("%d: %s", i+1, strings.Join(line, " | ")))
			}
			if err := stream.SetRow(fmt.Sprintf("A%d", i+1), values); err != nil {
				t.Fatal(err)
			}
		}
		if err := stream.Flush(); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := book.Write(&out); err != nil {
			t.Fatal(err)
		}
		check(t, out.Bytes(), lines)
	})
}

func check(t *rapid.T, file []byte, want []string) {
	opened, err := reading.Open(context.Background(), bytes.NewReader(file), int64(len(file)), reading.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := opened.Table(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = sheet.Each(context.Background(), func(r reading.Row) error {
		texts := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			texts[i] = c.Text
		}
		got = append(got, fmt.Sprintf("%d: %s", r.Number, strings.Join(texts, " | ")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}
