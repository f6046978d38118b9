package reading_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"jieli/internal/sheet/reading"
)

// taken says whether a file and its first table are.
func taken(t *testing.T, file []byte, limits reading.Limits) bool {
	t.Helper()
	f, err := open(t, file, limits)
	if err == nil {
		_, err = f.Table(t.Context(), "")
	}
	return err == nil
}

// Every limit is inclusive: what reaches it is taken, and one more is refused by the limit's own name.
func TestEachLimitIsInclusive(t *testing.T) {
	plain := oneSheet(oneCell)
	size := int64(len(plain.zip(t)))
	unpacked := int64(0)
	for _, text := range plain {
		unpacked += int64(len(text))
	}
	wide := oneSheet(`<sheetData><row r="1"><c r="D1"><v>1</v></c></row></sheetData>`).zip(t)
	gap := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="12"><c r="A12"><v>1</v></c></row></sheetData>`).zip(t)
	rows := oneSheet(`<sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 5) + `</sheetData>`).zip(t)
	shared := oneSheet(`<sheetData><row><c t="s"><v>0</v></c></row></sheetData>`).withShared("<si><t>abcdef</t></si>").zip(t)
	for name, c := range map[string]struct {
		file []byte
		at   func(*reading.Limits, int)
		most int
		key  string
	}{
		"size":          {plain.zip(t), func(l *reading.Limits, n int) { l.Packed = int64(n) }, int(size), "sheet.too_big"},
		"unpacked":      {plain.zip(t), func(l *reading.Limits, n int) { l.Unpacked = int64(n) }, int(unpacked), "sheet.bomb.unpacked"},
		"parts":         {plain.zip(t), func(l *reading.Limits, n int) { l.Entries = n }, len(plain), "sheet.bomb.entries"},
		"columns":       {wide, func(l *reading.Limits, n int) { l.Columns = n }, 4, "sheet.too_many_columns"},
		"columns, CSV":  {[]byte("a,b,c,d\n"), func(l *reading.Limits, n int) { l.Columns = n }, 4, "sheet.too_many_columns"},
		"rows":          {rows, func(l *reading.Limits, n int) { l.Rows = n }, 5, "sheet.too_many_rows"},
		"rows, CSV":     {[]byte("a\nb\nc\nd\ne\n"), func(l *reading.Limits, n int) { l.Rows = n }, 5, "sheet.too_many_rows"},
		"gap":           {gap, func(l *reading.Limits, n int) { l.EmptyRun = n }, 10, "sheet.empty_rows"},
		"gap, CSV":      {[]byte("a\n" + strings.Repeat("\n", 10) + "b\n"), func(l *reading.Limits, n int) { l.EmptyRun = n }, 10, "sheet.empty_rows"},
		"cell, CSV":     {[]byte("a,abcdef\n"), func(l *reading.Limits, n int) { l.CellText = n }, 6, "sheet.broken"},
		"shared string": {shared, func(l *reading.Limits, n int) { l.Strings = int64(n) }, 6, "sheet.bomb.strings"},
	} {
		limits := reading.DefaultLimits()
		c.at(&limits, c.most)
		if !taken(t, c.file, limits) {
			t.Errorf("%s: refused at the limit of %d: %+v", name, c.most, refused(t, c.file, limits))
		}
		c.at(&limits, c.most-1)
		if got := refused(t, c.file, limits); got.Key != c.key {
			t.Errorf("%s: refused as %s, want %s", name, got.Key, c.key)
		}
	}
}

// Two entries of the directory that point at the same bytes claim more than the file can hold.
func TestPartsThatShareTheirBytesAreRefused(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	stored := oneSheet(oneCell)
	stored["xl/media/a.bin"] = strings.Repeat("abcdefgh", 4000)
	for name, text := range stored {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
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
	directory := bytes.LastIndex(file, []byte("xl/media/a.bin")) - 46
	entry := bytes.Clone(file[directory : directory+46+len("xl/media/a.bin")])
	end := bytes.LastIndex(file, []byte("PK\x05\x06"))
	for n := range 2 { // two more names for the same bytes
		entry[46+len("xl/media/")] = byte('b' + n)
		file = append(file[:end:end], append(bytes.Clone(entry), file[end:]...)...)
		end += len(entry)
	}
	binary.LittleEndian.PutUint16(file[end+8:], uint16(len(stored)+2)) //nolint:gosec // eight parts
	copy(file[end+10:], file[end+8:end+10])
	binary.LittleEndian.PutUint32(file[end+12:], uint32(end-bytes.Index(file, []byte("PK\x01\x02")))) //nolint:gosec // a small file
	if got := refused(t, file, reading.DefaultLimits()); got.Key != "sheet.bomb.overlap" {
		t.Errorf("refused as %s (%v)", got.Key, got.Cause)
	}
}

// Two parts whose names differ in case alone would let programs that read the file see different sheets.
func TestTwoPartsOfOneNameAreRefused(t *testing.T) {
	for _, name := range []string{"XL/workbook.xml", `xl\workbook.xml`, "/xl/workbook.xml"} {
		if got := refused(t, oneSheet(oneCell).with(name, "<workbook/>").zip(t), reading.DefaultLimits()); got.Key != "sheet.broken" {
			t.Errorf("%s: refused as %s", name, got.Key)
		}
	}
}

// Formulas are never run: the value beside one counts, whatever the formula would do, and none is told as uncomputed.
func TestFormulasAreNeverRun(t *testing.T) {
	for formula, c := range map[string]struct {
		value string
		kind  reading.Kind
	}{
		`<f>WEBSERVICE("http://127.0.0.1/")</f><v>7</v>`: {"7", reading.Number}, `<f>cmd|'/c calc'!A1</f><v>8</v>`: {"8", reading.Number}, `<f>1+1</f>`: {"", reading.Uncomputed},
		`<f t="shared" si="0"/><v>9</v>`: {"9", reading.Number}, `<f t="array" ref="A1:A9">ROW(A1:A9)</f>`: {"", reading.Uncomputed},
	} {
		sheet := table(t, oneSheet(`<sheetData><row r="1"><c r="A1">`+formula+`</c><c r="B1"><v>1</v></c></row></sheetData>`).zip(t))
		err := sheet.Each(t.Context(), func(r reading.Row) error {
			if got := r.Cell(0); got.Text != c.value || got.Kind != c.kind {
				t.Errorf("%s: %+v", formula, got)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// Fifteen digits are kept and sixteen are not: the reader says so instead of giving a number that was rounded.
func TestNumbersThatASpreadsheetRounds(t *testing.T) {
	for stored, want := range map[string]reading.Kind{
		"999999999999999": reading.Number, "1000000000000000": reading.Rounded, "430102199003071234": reading.Rounded, "4.3010219900307123E+17": reading.Rounded,
		"-1E15": reading.Rounded, "1E14": reading.Number, "1E400": reading.Failed, "NaN": reading.Failed, "": reading.Empty,
	} {
		sheet := table(t, oneSheet(fmt.Sprintf(`<sheetData><row r="1"><c r="A1"><v>%s</v></c><c r="B1"><v>1</v></c></row></sheetData>`, stored)).zip(t))
		err := sheet.Each(t.Context(), func(r reading.Row) error {
			if got := r.Cell(0); got.Kind != want {
				t.Errorf("%s: %+v, want %v", stored, got, want)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
