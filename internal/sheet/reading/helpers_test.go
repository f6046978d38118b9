package reading_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/sheet/reading"
)

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	rootRels     = `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	relType      = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// parts are the parts of a workbook made by hand.
type parts map[string]string

// oneSheet is a workbook whose only sheet holds the XML between the worksheet tags.
func oneSheet(inner string) parts {
	return parts{
		"[Content_Types].xml":        contentTypes,
		"_rels/.rels":                rootRels,
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet>` + inner + `</worksheet>`,
	}
}

// with adds or replaces a part.
func (p parts) with(name, text string) parts { p[name] = text; return p }

// withShared adds the part of shared strings.
func (p parts) withShared(inner string) parts {
	return p.related("sharedStrings", "sharedStrings.xml").with("xl/sharedStrings.xml", "<sst>"+inner+"</sst>")
}

// withStyles adds the part of styles.
func (p parts) withStyles(inner string) parts {
	return p.related("styles", "/xl/styles.xml").with("xl/styles.xml", "<styleSheet>"+inner+"</styleSheet>")
}

func (p parts) related(kind, target string) parts {
	const rels = "xl/_rels/workbook.xml.rels"
	added := fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"/></Relationships>`, kind, relType, kind, target)
	return p.with(rels, strings.Replace(p[rels], "</Relationships>", added, 1))
}

// zip packs the parts.
func (p parts) zip(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	names := make([]string, 0, len(p))
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t testing.TB, file []byte, limits reading.Limits) (*reading.File, error) {
	return reading.Open(t.Context(), bytes.NewReader(file), int64(len(file)), limits)
}

// table opens the first table of a file that must be taken.
func table(t testing.TB, file []byte) *reading.Table {
	t.Helper()
	f, err := open(t, file, reading.DefaultLimits())
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	sheet, err := f.Table(t.Context(), "")
	if err != nil {
		t.Fatalf("table: %v", err)
	}
	return sheet
}

// rows are all rows of a table as text: "2: a | b".
func rows(t testing.TB, sheet *reading.Table) []string {
	t.Helper()
	var all []string
	err := sheet.Each(t.Context(), func(r reading.Row) error {
		texts := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			texts[i] = c.Text
		}
		all = append(all, fmt.Sprintf("%d: %s", r.Number, strings.Join(texts, " | ")))
		return nil
	})
	if err != nil {
		t.Fatalf("rows: %v", err)
	}
	return all
}

// refused is the message key and parameters of the refusal of a file, on opening or on choosing its table.
func refused(t testing.TB, file []byte, limits reading.Limits) *domain.Error {
	t.Helper()
	f, err := open(t, file, limits)
	if err == nil {
		_, err = f.Table(t.Context(), "")
	}
	var known *domain.Error
	if !errors.As(err, &known) {
		t.Fatalf("error %v, want a typed refusal", err)
	}
	if known.Kind != domain.KindInvalid || known.Field != "file" {
		t.Errorf("refusal %+v is no invalid file", known)
	}
	return known
}

func same(t testing.TB, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
