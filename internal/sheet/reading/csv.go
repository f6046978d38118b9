package reading

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"jieli/internal/domain"
)

// csvFile is a CSV upload whose encoding and separator are known.
type csvFile struct {
	upload    io.ReaderAt
	size      int64
	encoding  string
	separator rune
	lazy      bool // quotes may stand inside plain fields
	limits    Limits
}

func openCSV(ctx context.Context, upload io.ReaderAt, size int64, head []byte, limits Limits) (*csvFile, error) {
	f := &csvFile{upload: upload, size: size, limits: limits}
	var err error
	if f.encoding, err = detectEncoding(ctx, upload, size, head); err != nil {
		return nil, err
	}
	first, err := f.firstLine()
	if err != nil {
		return nil, err
	}
	if lower := strings.ToLower(strings.TrimSpace(first)); strings.HasPrefix(lower, "<") {
		return nil, refuse("not_workbook", nil) // a web page or XML that bears a spreadsheet's name
	}
	f.separator = likelySeparator(first)
	return f, f.decideQuotes(ctx)
}

// decideQuotes reads by the strict rules where the file keeps them, so that an unclosed quote is told; programs that write
// ="0123" without quoting it break them, and need the lazy ones.
func (f *csvFile) decideQuotes(ctx context.Context) error {
	for records := f.records(ctx); ; {
		_, err := records.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, csv.ErrBareQuote):
			f.lazy = true
			return nil
		case err != nil:
			return toldCSV(err)
		}
	}
}

func (f *csvFile) records(ctx context.Context) *csv.Reader {
	records := csv.NewReader(f.decoded(ctx))
	records.Comma, records.LazyQuotes, records.FieldsPerRecord, records.ReuseRecord = f.separator, f.lazy, -1, true
	return records
}

// decoded is the whole file as UTF-8 without a mark.
func (f *csvFile) decoded(ctx context.Context) io.Reader {
	raw := &stoppable{ctx, io.NewSectionReader(f.upload, 0, f.size)}
	switch f.encoding {
	case "GB18030":
		return transform.NewReader(raw, simplifiedchinese.GB18030.NewDecoder())
	case "UTF-16LE":
		return transform.NewReader(raw, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case "UTF-16BE":
		return transform.NewReader(raw, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	return transform.NewReader(raw, unicode.UTF8BOM.NewDecoder())
}

func (f *csvFile) firstLine() (string, error) {
	lines := bufio.NewReaderSize(f.decoded(context.Background()), 64<<10)
	for {
		line, err := lines.ReadSlice('\n')
		if text := strings.TrimSpace(string(line)); text != "" || errors.Is(err, bufio.ErrBufferFull) {
			return text, nil
		}
		if errors.Is(err, io.EOF) {
			return "", refuse("empty", nil)
		}
		if err != nil {
			return "", err
		}
	}
}

// likelySeparator is the separator that the first line holds most of; a comma where it holds none.
func likelySeparator(line string) rune {
	best := ','
	for _, r := range "\t;" {
		if strings.Count(line, string(r)) > strings.Count(line, string(best)) {
			best = r
		}
	}
	return best
}

func (f *csvFile) walk(ctx context.Context, v visitor) error {
	records := f.records(ctx)
	var cells []Cell
	number, nextLine := 0, 1
	for {
		fields, err := records.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return toldCSV(err)
		}
		line, _ := records.FieldPos(0)
		number += 1 + max(0, line-nextLine) // blank lines are rows of the sheet too
		nextLine = line + 1
		for _, field := range fields {
			nextLine += strings.Count(field, "\n")
		}
		if cells, err = f.cells(cells[:0], fields, number); err != nil {
			return err
		}
		if len(cells) == 0 {
			continue
		}
		if err := v.row(Row{number, cells}); err != nil {
			return err
		}
	}
}

// cells makes cells of a record; those behind the last value are left out.
func (f *csvFile) cells(to []Cell, fields []string, row int) ([]Cell, error) {
	for column, field := range fields {
		cell := textCell(clean(unwrapFormula(field)))
		if cell.Kind == Empty {
			continue
		}
		if len(field) > f.limits.CellText {
			return nil, broken(CellName(column, row), errLongToken)
		}
		if column >= f.limits.Columns {
			return nil, refuse("too_many_columns", domain.Params{"limit": f.limits.Columns, "cell": CellName(column, row)})
		}
		for len(to) <= column {
			to = append(to, Cell{})
		}
		to[column] = cell
	}
	return to, nil
}

// unwrapFormula undoes ="0123", the usual way to keep a spreadsheet from reading digits as a number.
func unwrapFormula(field string) string {
	inner, ok := strings.CutPrefix(field, `="`)
	if !ok || !strings.HasSuffix(inner, `"`) || strings.Contains(inner[:len(inner)-1], `"`) {
		return field
	}
	return inner[:len(inner)-1]
}

func toldCSV(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		told := refuse("csv_broken", domain.Params{"line": parse.Line})
		told.Cause = parse.Err
		return told
	}
	return err
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx  context.Context
	body io.Reader
}

// Read gives the next bytes, or why the context has ended.
func (s *stoppable) Read(to []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.body.Read(to)
}
