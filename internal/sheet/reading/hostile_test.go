package reading_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jieli/internal/sheet/reading"
)

const oneCell = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`

func TestFilesThatAreNoPlainTableAreRefused(t *testing.T) {
	ole := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	sealed := bytes.Clone(ole)
	for i, letter := range []byte("EncryptedPackage") { // in UTF-16
		sealed[400+2*i] = letter
	}
	plain := func() parts { return oneSheet(oneCell) }
	for name, c := range map[string]struct {
		file []byte
		key  string
	}{
		"empty":            {nil, "sheet.empty"},
		"spaces":           {[]byte(" \r\n\n"), "sheet.empty"},
		"old xls":          {ole, "sheet.old_format"},
		"encrypted":        {sealed, "sheet.encrypted"},
		"xlsb":             {plain().with("xl/workbook.bin", "x").zip(t), "sheet.old_format"},
		"macro":            {plain().with("xl/vbaProject.bin", "x").zip(t), "sheet.macro"},
		"macro elsewhere":  {plain().with("XL\\VBAPROJECT.BIN", "x").zip(t), "sheet.macro"},
		"macro sheet":      {plain().with("xl/macrosheets/sheet1.xml", "x").zip(t), "sheet.macro"},
		"macro type":       {plain().with("[Content_Types].xml", strings.Replace(contentTypes, "application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", 1)).zip(t), "sheet.macro"},
		"external link":    {plain().with("xl/externalLinks/externalLink1.xml", "x").zip(t), "sheet.external_link"},
		"external by rel":  {plain().related("externalLink", "links/l.xml").zip(t), "sheet.external_link"},
		"embedded":         {plain().with("xl/embeddings/oleObject1.bin", "x").zip(t), "sheet.embedded"},
		"another archive":  {parts{"readme.txt": "hello"}.zip(t), "sheet.not_workbook"},
		"a document":       {parts{"[Content_Types].xml": contentTypes, "_rels/.rels": "<Relationships/>", "word/document.xml": "x"}.zip(t), "sheet.not_workbook"},
		"a web page":       {[]byte("<html><table><tr><td>1</td></tr></table></html>"), "sheet.not_workbook"},
		"a picture":        {[]byte("\x89PNG\r\n\x1a\n\x00\x01\x00\x02\x00\x00"), "sheet.not_workbook"},
		"cut archive":      {plain().zip(t)[:300], "sheet.broken"},
		"no sheet":         {plain().with("xl/workbook.xml", "<workbook/>").zip(t), "sheet.no_sheet"},
		"only hidden":      {plain().with("xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="a" state="veryHidden" r:id="rId1"/></sheets></workbook>`).zip(t), "sheet.no_sheet"},
		"document type":    {oneSheet(`<!DOCTYPE x [<!ENTITY a "b">]>` + oneCell).zip(t), "sheet.broken"},
		"unknown entity":   {oneSheet(`<sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData>`).zip(t), "sheet.broken"},
		"huge row number":  {oneSheet(`<sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData>`).zip(t), "sheet.broken"},
		"rows backwards":   {oneSheet(`<sheetData><row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row></sheetData>`).zip(t), "sheet.broken"},
		"cell of no row":   {oneSheet(`<sheetData><row r="2"><c r="A3"><v>1</v></c></row></sheetData>`).zip(t), "sheet.broken"},
		"column twice":     {oneSheet(`<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>1</v></c></row></sheetData>`).zip(t), "sheet.broken"},
		"no such string":   {oneSheet(`<sheetData><row><c t="s"><v>3</v></c></row></sheetData>`).zip(t), "sheet.broken"},
		"cut in the sheet": {oneSheet(`<sheetData><row><c><v>1`).with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>").zip(t), "sheet.broken"},
		"too many ends":    {oneSheet(`</worksheet></worksheet>`).zip(t), "sheet.broken"},
		"other encoding":   {oneSheet(oneCell).with("xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-16"?><worksheet/>`).zip(t), "sheet.broken"},
		"bad bytes":        {oneSheet("<sheetData><row><c t=\"inlineStr\"><is><t>\xff</t></is></c></row></sheetData>").zip(t), "sheet.broken"},
		"missing part":     {plain().related("styles", "nowhere.xml").zip(t), "sheet.broken"},
		"far column":       {oneSheet(`<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>`).zip(t), "sheet.too_many_columns"},
		"data far below":   {oneSheet(`<sheetData><row r="1"><c><v>1</v></c></row><row r="900000"><c><v>1</v></c></row></sheetData>`).zip(t), "sheet.empty_rows"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refused(t, c.file, reading.DefaultLimits()); got.Key != c.key {
				t.Errorf("refused as %s (%v), want %s", got.Key, got.Cause, c.key)
			}
		})
	}
}

func TestBombsAreRefusedBeforeTheyUnpack(t *testing.T) {
	nested := oneSheet(oneCell).with("xl/media/zeros.bin", strings.Repeat("\x00", 30<<20))
	if got := refused(t, nested.zip(t), reading.DefaultLimits()); got.Key != "sheet.bomb.ratio" {
		t.Errorf("ratio: %+v", got)
	}
	small := reading.DefaultLimits()
	small.Unpacked = 1 << 20
	if got := refused(t, nested.zip(t), small); got.Key != "sheet.bomb.unpacked" {
		t.Errorf("unpacked: %+v", got)
	}
	many := oneSheet(oneCell)
	for i := range 600 {
		many.with(fmt.Sprintf("p%d", i), "")
	}
	if got := refused(t, many.zip(t), reading.DefaultLimits()); got.Key != "sheet.bomb.entries" {
		t.Errorf("entries: %+v", got)
	}
	small = reading.DefaultLimits()
	small.Strings = 100
	strs := oneSheet(oneCell).withShared(strings.Repeat("<si><t>abcdefghij</t></si>", 11)).zip(t)
	if got := refused(t, strs, small); got.Key != "sheet.bomb.strings" {
		t.Errorf("strings: %+v", got)
	}
	if got := refused(t, []byte(strings.Repeat("a,b\n", 1<<19)), packed(1<<20)); got.Key != "sheet.too_big" {
		t.Errorf("size: %+v", got)
	}
}

func TestAnArchiveThatLiesAboutItsSizesIsRefused(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range oneSheet(oneCell).with("xl/worksheets/sheet1.xml", "<worksheet>"+strings.Repeat(" ", 3<<20)+"</worksheet>") {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := out.Bytes()
	at := bytes.LastIndex(file, []byte("xl/worksheets/sheet1.xml")) - 46 // the entry of the central directory
	copy(file[at+24:], []byte{0x10, 0, 0, 0})                            // says 16 bytes
	if got := refused(t, file, reading.DefaultLimits()); got.Key != "sheet.broken" {
		t.Errorf("refused as %s", got.Key)
	}
}

func TestAMillionEmptyRowsCostNothing(t *testing.T) {
	var xml strings.Builder
	xml.WriteString(`<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for i := 2; i <= 1_048_576; i++ {
		fmt.Fprintf(&xml, `<row r="%d" spans="1:3" s="1"/>`, i)
	}
	xml.WriteString(`</sheetData>`)
	sheet := table(t, oneSheet(xml.String()).zip(t))
	if sheet.Rows != 1 || sheet.LastRow != 1 {
		t.Errorf("%d rows to row %d", sheet.Rows, sheet.LastRow)
	}
}

func TestTooManyRowsAndTooLongCells(t *testing.T) {
	few := reading.DefaultLimits()
	few.Rows, few.CellText = 3, 100
	for _, file := range [][]byte{
		oneSheet(`<sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 4) + `</sheetData>`).zip(t), []byte("a\nb\nc\nd\n"),
	} {
		if got := refused(t, file, few); got.Key != "sheet.too_many_rows" || got.Params["limit"] != 3 {
			t.Errorf("rows: %+v", got)
		}
	}
	long := strings.Repeat("长", 40)
	for _, file := range [][]byte{
		oneSheet(`<sheetData><row><c t="inlineStr"><is><t>` + long + `</t></is></c></row></sheetData>`).zip(t), []byte("a," + long + "\n"),
	} {
		if got := refused(t, file, few); got.Key != "sheet.broken" {
			t.Errorf("cell: %+v", got)
		}
	}
}

func TestTimeIsLimited(t *testing.T) {
	rushed := reading.DefaultLimits()
	rushed.Time = time.Nanosecond
	for _, file := range [][]byte{oneSheet(oneCell).zip(t), []byte("a,b\n1,2\n")} {
		if got := refused(t, file, rushed); got.Key != "sheet.too_slow" {
			t.Errorf("refused as %s", got.Key)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	file := oneSheet(oneCell).zip(t)
	if _, err := reading.Open(ended, bytes.NewReader(file), int64(len(file)), reading.DefaultLimits()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func packed(limit int64) reading.Limits {
	l := reading.DefaultLimits()
	l.Packed = limit
	return l
}
