package reading_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"jieli/internal/sheet/reading"
)

func encoded(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodingsOfCSV(t *testing.T) {
	const text = "姓名,单位\r\n张𠀀,省财政厅\r\n"
	for want, file := range map[string][]byte{
		"UTF-8":    []byte(text),
		"GB18030":  encoded(t, simplifiedchinese.GB18030, text),
		"UTF-16LE": encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
		"UTF-16BE": encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text),
	} {
		f, err := open(t, file, reading.DefaultLimits())
		if err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		if f.Format != reading.CSV || f.Encoding != want {
			t.Errorf("%s in %s, want %s", f.Format, f.Encoding, want)
		}
		same(t, rows(t, table(t, file)), []string{"1: 姓名 | 单位", "2: 张𠀀 | 省财政厅"})
	}
	same(t, rows(t, table(t, append([]byte("\xEF\xBB\xBF"), text...))), []string{"1: 姓名 | 单位", "2: 张𠀀 | 省财政厅"})
}

func TestEncodingsThatAreRefusedByName(t *testing.T) {
	sixteen := encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "name,unit\n")
	for name, c := range map[string]struct {
		file  []byte
		found string
	}{
		"UTF-16 without a mark": {sixteen, "UTF-16"},
		"UTF-32":                {[]byte{0xFF, 0xFE, 0, 0, 'a', 0, 0, 0}, "UTF-32"},
		"neither":               {[]byte("a,b\n\xff\xfe,\x81\n"), "?"},
		"half a character":      {encoded(t, simplifiedchinese.GB18030, "姓名")[:3], "?"},
		"another country's":     {append(encoded(t, japanese.ShiftJIS, "氏名ﾅﾏｴ,"), 0xff), "?"},
	} {
		got := refused(t, c.file, reading.DefaultLimits())
		if got.Key != "sheet.encoding" || got.Params["found"] != c.found {
			t.Errorf("%s: %s %v", name, got.Key, got.Params)
		}
	}
}

func TestCSVAsProgramsWriteIt(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"semicolons":     {"a;b\n1,5;2\n", []string{"1: a | b", "2: 1,5 | 2"}},
		"tabs":           {"a\tb\n1\t2\n", []string{"1: a | b", "2: 1 | 2"}},
		"one column":     {"a\n1\n", []string{"1: a", "2: 1"}},
		"blank lines":    {"\n\na,b\n\n\n1,2\n,,\n3,4", []string{"3: a | b", "6: 1 | 2", "8: 3 | 4"}},
		"lines in cells": {"a,b\n\"x\ny\nz\",2\n3,4\n", []string{"1: a | b", "2: x\ny\nz | 2", "3: 3 | 4"}},
		"digits":         {"a,b\n=\"0123\",\"=\"\"0456\"\"\"\n", []string{"1: a | b", "2: 0123 | 0456"}},
		"formulas":       {"a,b\n=1+1,=\"a\"&\"b\"\n", []string{"1: a | b", `2: =1+1 | ="a"&"b"`}},
		"open quote":     {"a,b\n\"1,2\n3,4\n", nil},
		"uneven":         {"a,b\n1,2,3\n4\n", []string{"1: a | b", "2: 1 | 2 | 3", "3: 4"}},
		"spaces":         {"a , b\n　1　,\u00a02\n", []string{"1: a | b", "2: 1 | 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.want == nil {
				if got := refused(t, []byte(c.file), reading.DefaultLimits()); got.Key != "sheet.csv_broken" || got.Params["line"] == nil {
					t.Errorf("refused as %s %v", got.Key, got.Params)
				}
				return
			}
			same(t, rows(t, table(t, []byte(c.file))), c.want)
		})
	}
}

// Rows keep the number that a spreadsheet gives them: the property reads back what encoding/csv wrote.
func TestCSVRowNumbers(t *testing.T) {
	cell := rapid.StringMatching(`[a-z\n",;一-龥]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 0, 6).Draw(t, "records")
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		_ = w.Write([]string{"head", "head"})
		want := []string{"1: head | head"}
		for i, record := range records {
			if err := w.Write(record); err != nil {
				t.Fatal(err)
			}
			line := make([]string, 0, len(record))
			for _, text := range record {
				line = append(line, strings.TrimSpace(text))
			}
			for len(line) > 0 && line[len(line)-1] == "" {
				line = line[:len(line)-1]
			}
			if len(line) > 0 {
				want = append(want, fmt.Sprintf("%d: %s", i+2, strings.Join(line, " | ")))
			}
		}
		w.Flush()
		check(t, out.Bytes(), want)
	})
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\xEF\xBB\xBFa;b\n\"1\n2\";\n", "\xD0\xD5\xC3\xFB,x\n", "=\"1\",'=2\n", "\xFF\xFEa\x00,\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) { readAll(t, file) })
}

func FuzzWorksheet(f *testing.F) {
	for _, seed := range []string{
		`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`,
		`<sheetData><row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c><c t="d"><v>2021-01-01</v></c></row></sheetData>`,
		`<!-- --><![CDATA[x]]><?pi?><a b='>'/>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		readAll(t, oneSheet(inner).withShared("<si><t>x</t></si>").withStyles(`<cellXfs><xf numFmtId="14"/></cellXfs>`).zip(t))
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(oneSheet(oneCell).zip(f))
	f.Add(oneSheet(oneCell).withShared("<si/>").withStyles("").zip(f))
	f.Fuzz(func(t *testing.T, file []byte) { readAll(t, file) })
}

// readAll reads a file to its end and holds what every row promises; a refusal is as good.
func readAll(t *testing.T, file []byte) {
	opened, err := reading.Open(context.Background(), bytes.NewReader(file), int64(len(file)), reading.DefaultLimits())
	if err != nil {
		return
	}
	sheet, err := opened.Table(context.Background(), "")
	if err != nil {
		return
	}
	last, count := 0, 0
	err = sheet.Each(context.Background(), func(r reading.Row) error {
		if r.Number <= last || len(r.Cells) == 0 || len(r.Cells) > sheet.Columns || r.Cells[len(r.Cells)-1].Kind == reading.Empty {
			t.Fatalf("row %+v after %d", r, last)
		}
		last = r.Number
		count++
		return nil
	})
	if err != nil || count != sheet.Rows || last != sheet.LastRow {
		t.Fatalf("the second reading: %v, %d rows to %d, surveyed %d to %d", err, count, last, sheet.Rows, sheet.LastRow)
	}
}
