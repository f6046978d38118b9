package problem

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jieli/internal/domain"
)

// Opener opens a file of a folder by its name; fs.ErrNotExist says that there is none.
type Opener func(name string) (io.ReadCloser, error)

// maxRows is the most rows that a file may have; it keeps sums over them far inside 64 bits.
const maxRows = 2_000_000

// sheet is a CSV file while it is read: the current row, and where faults go. A cell of a missing column, which is told
// once for the file, is empty and passes every check.
type sheet struct {
	file    string
	faults  *faults
	columns map[string]int
	heads   []string
	reader  *csv.Reader
	record  []string
	line    int
	clean   bool // the row has no fault so far

	id       string         // heading of the column whose values name the rows, or empty
	lines    map[string]int // line of each id
	complete bool           // every row could be read, so that a name that is not among the ids is unknown
	crippled bool           // a column is missing, so that no row can be trusted
}

// layout says what a file has to have.
type layout struct {
	file     string
	optional bool // may be missing or empty
	id       string
	columns  []string
}

// readSheet reads the file row by row. It answers with the sheet after the last row; faults are in f.
func readSheet(open Opener, l layout, f *faults, each func(*sheet)) *sheet {
	s := &sheet{file: l.file, faults: f, id: l.id, lines: map[string]int{}, columns: map[string]int{}}
	in, err := open(l.file)
	if errors.Is(err, fs.ErrNotExist) && l.optional {
		return s
	}
	if err != nil {
		s.unreadable(err)
		return s
	}
	defer func() { _ = in.Close() }() // it was only read
	s.reader = csv.NewReader(in)
	s.reader.FieldsPerRecord = -1
	s.reader.ReuseRecord = true
	if s.readHead(l) {
		s.complete = true
		s.readRows(each)
	}
	return s
}

func (s *sheet) unreadable(err error) {
	if errors.Is(err, fs.ErrNotExist) {
		s.faults.add(Fault{File: s.file, Key: "problem.file_missing"})
		return
	}
	s.faults.add(Fault{File: s.file, Line: s.line, Key: "problem.file_unreadable", Params: domain.Params{"cause": err.Error()}})
}

// readHead reads the headings and tells the columns that are missing. It is false where there are no rows to read.
func (s *sheet) readHead(l layout) bool {
	head, err := s.reader.Read()
	if errors.Is(err, io.EOF) {
		if !l.optional {
			s.faults.add(Fault{File: s.file, Key: "problem.file_empty"})
		}
		return false
	}
	if err != nil {
		s.broken(err)
		return false
	}
	for i, name := range head {
		name = strings.Clone(name)
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff")
		}
		s.heading(i, name)
	}
	for _, name := range l.columns {
		s.need(name)
	}
	return true
}

func (s *sheet) heading(i int, name string) {
	s.heads = append(s.heads, name)
	legible := clip(strings.ToValidUTF8(name, "�"))
	at := Fault{File: s.file, Line: 1, Column: i + 1, ColumnName: legible, Params: domain.Params{"name": legible}}
	_, twice := s.columns[name]
	switch {
	case !utf8.ValidString(name):
		at.Key = "problem.not_utf8"
		s.faults.add(at)
	case twice:
		at.Key = "problem.column_twice"
		s.faults.add(at)
	default:
		s.columns[name] = i
	}
}

// need tells a missing column.
func (s *sheet) need(column string) {
	if _, ok := s.columns[column]; !ok {
		s.crippled = true
		s.faults.add(Fault{File: s.file, Line: 1, Key: "problem.column_missing", Params: domain.Params{"name": column}})
	}
}

// prefixed lists what follows the prefix in the headings that have it.
func (s *sheet) prefixed(prefix string) []string {
	var names []string
	for i, head := range s.heads {
		name, ok := strings.CutPrefix(head, prefix)
		if ok && s.columns[head] == i && utf8.ValidString(name) {
			names = append(names, name)
		}
	}
	return names
}

func (s *sheet) readRows(each func(*sheet)) {
	for n := 1; ; n++ {
		record, err := s.reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if n > maxRows {
			s.faults.add(Fault{File: s.file, Line: s.line + 1, Key: "problem.too_many_rows", Params: domain.Params{"max": maxRows}})
			s.complete = false
			return
		}
		if err != nil {
			if s.complete = false; !s.broken(err) {
				return
			}
			continue
		}
		s.record, s.clean = record, true
		s.line, _ = s.reader.FieldPos(0)
		if s.wellFormed() && s.register() {
			each(s)
		}
	}
}

// broken tells a row that is not CSV. It is false where reading cannot go on.
func (s *sheet) broken(err error) bool {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		s.unreadable(err)
		return false
	}
	key := "problem.csv_quote"
	if errors.Is(parse.Err, csv.ErrBareQuote) {
		key = "problem.csv_bare_quote"
	}
	s.faults.add(Fault{File: s.file, Line: parse.Line, Key: key, Params: domain.Params{"byte": parse.Column}})
	return len(s.faults.list) < MaxFaults
}

// wellFormed tells rows with too few or too many fields and fields that are not UTF-8.
func (s *sheet) wellFormed() bool {
	if len(s.record) != len(s.heads) {
		s.faults.add(Fault{File: s.file, Line: s.line, Key: "problem.field_count",
			Params: domain.Params{"count": len(s.record), "expected": len(s.heads)}})
		s.complete = false
		return false
	}
	for i, cell := range s.record {
		if !utf8.ValidString(cell) {
			s.faults.add(Fault{File: s.file, Line: s.line, Column: i + 1, ColumnName: s.heads[i], Key: "problem.not_utf8"})
			s.clean, s.complete = false, false
		}
	}
	return s.clean
}

// register notes the row's id; it is false for one that is empty or taken.
func (s *sheet) register() bool {
	if s.id == "" {
		return true
	}
	id := s.text(s.id)
	first, twice := s.lines[id]
	switch _, known := s.columns[s.id]; {
	case !known:
		s.complete = false
		return true
	case id == "":
		s.bad(s.id, "problem.empty", nil)
	case twice:
		s.bad(s.id, "problem.duplicate", domain.Params{"value": id, "first": first})
	default:
		s.lines[id] = s.line
		return true
	}
	return false
}

// bad tells a fault of the column's cell in the current row.
func (s *sheet) bad(column, key string, params domain.Params) {
	s.clean = false
	s.faults.add(s.fault(s.line, column, key, params))
}

func (s *sheet) fault(line int, column, key string, params domain.Params) Fault {
	return Fault{File: s.file, Line: line, Column: s.columns[column] + 1, ColumnName: column, Key: key, Params: params}
}

func (s *sheet) cell(column string) (string, bool) {
	i, ok := s.columns[column]
	if !ok {
		return "", false
	}
	return s.record[i], true
}

// text is the cell as it is.
func (s *sheet) text(column string) string {
	cell, _ := s.cell(column)
	return cell
}

// number is the cell as a whole number from low to high; low where it is none.
func (s *sheet) number(column string, low, high int64) int64 {
	cell, ok := s.cell(column)
	if !ok {
		return low
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err == nil && low <= n && n <= high {
		return n
	}
	key := "problem.out_of_range"
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		key = "problem.not_a_number"
	}
	s.bad(column, key, domain.Params{"value": clip(cell), "min": low, "max": high})
	return low
}

// flag is the cell as 0 or 1.
func (s *sheet) flag(column string) bool { return s.number(column, 0, 1) == 1 }

// oneOf is the cell, which has to be one of the words.
func oneOf[T ~string](s *sheet, column string, words []T) T {
	cell, ok := s.cell(column)
	if ok && !slices.Contains(words, T(cell)) {
		list := make([]string, len(words))
		for i, w := range words {
			list[i] = string(w)
		}
		s.bad(column, "problem.not_one_of", domain.Params{"value": clip(cell), "expected": strings.Join(list, ", ")})
		return ""
	}
	return T(cell)
}

// digits is the cell as a code of one of the lengths, padded to 12 digits; empty where it is none.
func (s *sheet) digits(column string, lengths ...int) domain.Code {
	cell, ok := s.cell(column)
	if !ok {
		return ""
	}
	code, err := domain.ParseCode(cell)
	if err != nil || !slices.Contains(lengths, len(cell)) {
		list := make([]string, len(lengths))
		for i, n := range lengths {
			list[i] = strconv.Itoa(n)
		}
		s.bad(column, "problem.not_a_code", domain.Params{"value": clip(cell), "digits": strings.Join(list, ", ")})
		return ""
	}
	return code
}

// skills are the cells of all specialities, 0..100 each.
func (s *sheet) skills(prefix string, specialities []string) domain.Skills {
	out := make(domain.Skills, len(specialities))
	for i, name := range specialities {
		out[i] = int(s.number(prefix+name, 0, 100))
	}
	return out
}

// clip keeps a cell short enough for a message.
func clip(cell string) string {
	const most = 60
	if runes := []rune(cell); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return cell
}
