package problem

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"jieli/internal/domain"
)

// Fault is one thing that is wrong with a problem or a plan. File, Line and Column say where, as far as that is known:
// lines and columns count from 1, a column is a field of the CSV row. ColumnName is the column's heading. Key names the
// message, Params fill it.
type Fault struct {
	File         string
	Line, Column int
	ColumnName   string
	Key          string
	Params       domain.Params
}

// MaxFaults is how many faults are told at most.
const MaxFaults = 100

// faults gathers faults up to MaxFaults.
type faults struct{ list []Fault }

func (f *faults) add(fault Fault) {
	if len(f.list) < MaxFaults {
		f.list = append(f.list, fault)
	}
}

// sorted gives the faults file by file and line by line.
func (f *faults) sorted() []Fault {
	slices.SortStableFunc(f.list, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(slices.Index(fileNames, a.File), slices.Index(fileNames, b.File)),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f.list
}

// Words gives the text of a message key; i18n.Printer.Text is one.
type Words func(key string, params map[string]any) string

// Text is the fault in words, its place in front, in one line: what an input file holds cannot steer a terminal.
func (f Fault) Text(words Words) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, f.placed(words))
}

func (f Fault) placed(words Words) string {
	what := words(f.Key, f.Params)
	if f.File == "" {
		return what
	}
	place := "problem.at_file"
	switch {
	case f.Column > 0:
		place = "problem.at_cell"
	case f.Line > 0:
		place = "problem.at_line"
	}
	return words(place, map[string]any{"file": f.File, "line": f.Line, "column": f.Column, "name": f.ColumnName, "what": what})
}

// PlainWords are the words of files that no one person reads, the same in every language: the key and its numbers.
func PlainWords(key string, params map[string]any) string {
	var out strings.Builder
	out.WriteString(key)
	for _, name := range slices.Sorted(maps.Keys(params)) {
		fmt.Fprintf(&out, " %s=%v", name, params[name])
	}
	return out.String()
}
