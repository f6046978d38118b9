package reading

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// document draws well-formed XML of the kinds of markup that workbooks hold.
func document(t *rapid.T, depth int) string {
	text := rapid.SampledFrom([]string{"", "甲", "a b", "&lt;", "&#x7532;&amp;", "<!-- > -->", "<![CDATA[<x>&]]>", "<?pi a='>'?>", "\n "}).Draw(t, "text")
	if depth == 0 {
		return text
	}
	name := rapid.SampledFrom([]string{"c", "row", "x:row", "is"}).Draw(t, "name")
	attrs := rapid.SampledFrom([]string{"", ` r="A1"`, ` r='1' t = "s"`, ` note="a>b" r="2"`, ` q='"' r="3"`}).Draw(t, "attrs")
	if rapid.Bool().Draw(t, "empty") {
		return text + "<" + name + attrs + "/>"
	}
	inner := ""
	for range rapid.IntRange(0, 3).Draw(t, "children") {
		inner += document(t, depth-1)
	}
	return text + "<" + name + attrs + ">" + inner + "</" + name + " >"
}

// scanned tells a document by our scanner: tags with their attribute r, and text.
func scanned(source string) (string, error) {
	var out strings.Builder
	for s := newScanner(strings.NewReader(source), 1<<20); ; {
		kind, err := s.next()
		if err != nil || kind == endOfFile {
			return out.String(), err
		}
		switch kind {
		case startTag:
			fmt.Fprintf(&out, "<%s %s>", s.name, s.attr("r"))
			if s.empty {
				fmt.Fprintf(&out, "</%s>", s.name)
			}
		case endTag:
			fmt.Fprintf(&out, "</%s>", s.name)
		default:
			text, err := s.appendText(nil)
			if err != nil {
				return "", err
			}
			out.Write(text)
		}
	}
}

// decoded tells it by the standard library's parser.
func decoded(t *rapid.T, source string) string {
	var out strings.Builder
	for d := xml.NewDecoder(strings.NewReader(source)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatalf("%q is no XML: %v", source, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			r := ""
			for _, a := range token.Attr {
				if a.Name.Local == "r" {
					r = a.Value
				}
			}
			fmt.Fprintf(&out, "<%s %s>", token.Name.Local, r)
		case xml.EndElement:
			fmt.Fprintf(&out, "</%s>", token.Name.Local)
		case xml.CharData:
			out.Write(token)
		}
	}
}

func TestTheScannerAgreesWithAFullParser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := "<worksheet>" + document(t, 3) + "</worksheet>"
		got, err := scanned(source)
		if want := decoded(t, source); err != nil || got != want {
			t.Fatalf("%q\n is %q (%v)\nwant %q", source, got, err, want)
		}
	})
}

// Whatever is cut off is noticed.
func TestTheScannerNoticesACut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := "<worksheet>" + document(t, 3) + "</worksheet>"
		cut := rapid.IntRange(1, len(source)-1).Draw(t, "cut")
		if _, err := scanned(source[:cut]); err == nil {
			t.Fatalf("%q is taken for whole", source[:cut])
		}
	})
}

func TestTheScannerHoldsItsLimit(t *testing.T) {
	for _, source := range []string{"<a>" + strings.Repeat("x", 200) + "</a>", "<a b='" + strings.Repeat("x", 200) + "'/>", "<!--" + strings.Repeat("x", 200) + "-->"} {
		s := newScanner(strings.NewReader(source), 100)
		var err error
		for kind := startTag; err == nil && kind != endOfFile; {
			kind, err = s.next()
		}
		if !errors.Is(err, errLongToken) {
			t.Errorf("%.20q: %v", source, err)
		}
	}
}

func TestCellNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		column, row := rapid.IntRange(0, maxColumn-1).Draw(t, "column"), rapid.IntRange(1, maxRow).Draw(t, "row")
		c, r, ok := parseCellName([]byte(CellName(column, row)))
		if !ok || c != column || r != row {
			t.Fatalf("%s is read as %d, %d, %v", CellName(column, row), c, r, ok)
		}
	})
	for name, column := range map[string]int{"A": 0, "Z": 25, "AA": 26, "AZ": 51, "BA": 52, "XFD": maxColumn - 1} {
		if got := ColumnName(column); got != name {
			t.Errorf("column %d is called %s, want %s", column, got, name)
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "a1", "XFE1", "A1048577", "A-1", "A1B", "AAAAAAAAAAAA1", "A99999999999999999999"} {
		if c, r, ok := parseCellName([]byte(name)); ok {
			t.Errorf("%q is taken for column %d, row %d", name, c, r)
		}
	}
}

func TestRanges(t *testing.T) {
	for text, want := range map[string]string{"A1:C2": "A1:C2", "B7": "B7:B7", "AA10:AB11": "AA10:AB11"} {
		if r, ok := parseRange(text); !ok || r.String() != want {
			t.Errorf("%q is read as %s, %v", text, r, ok)
		}
	}
	for _, text := range []string{"", "C2:A1", "A2:A1", "A1:", ":A1", "A1:B2:C3", "A:B"} {
		if r, ok := parseRange(text); ok {
			t.Errorf("%q is taken for %s", text, r)
		}
	}
}

func TestNumbersAreShownAsSpreadsheetsShowThem(t *testing.T) {
	for stored, want := range map[string]Cell{
		"12": {"12", Number}, "-3": {"-3", Number}, "0.1": {"0.1", Number}, "0.30000000000000004": {"0.3", Number}, "1E3": {"1000", Number}, "-0": {"0", Number},
		"1.5E-3": {"0.0015", Number}, "999999999999999": {"999999999999999", Number}, "1000000000000000": {"1000000000000000", Rounded},
		"-4.3E+17": {"-430000000000000000", Rounded}, "NaN": {"NaN", Failed}, "Inf": {"Inf", Failed}, "x": {"x", Failed}, "1e999": {"1e999", Failed},
	} {
		if got := number(stored); got != want {
			t.Errorf("%s: %+v, want %+v", stored, got, want)
		}
	}
}
