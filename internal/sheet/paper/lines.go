package paper

import (
	"cmp"
	"slices"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// line is one row of a statistics table: a kind of unit at a level, a level's subtotal (no kind) or the total (neither).
type line struct{ level, kind string }

type lines []line

// rowsOf are the rows that the people need, the total first, then each level's subtotal before its kinds.
func rowsOf(people []Person) lines {
	seen := map[line]bool{}
	var all lines
	for _, p := range people {
		for _, l := range []line{{p.Level, ""}, {p.Level, p.UnitKind}} {
			if !seen[l] {
				seen[l] = true
				all = append(all, l)
			}
		}
	}
	slices.SortFunc(all, func(a, b line) int {
		return cmp.Or(cmp.Compare(levelOrder(a.level), levelOrder(b.level)), cmp.Compare(a.level, b.level), cmp.Compare(a.kind, b.kind))
	})
	return append(lines{{}}, all...)
}

func levelOrder(level string) int {
	order := []string{"province", "city", "county"}
	if i := slices.Index(order, level); i >= 0 {
		return i
	}
	return len(order)
}

// holds says whether the person counts in the row.
func (l line) holds(p Person) bool {
	return l.level == "" || l.level == p.Level && (l.kind == "" || l.kind == p.UnitKind)
}

func (l line) label(unit catalogue.Spec, w sheet.Words, text func(string) string) string {
	if l.level == "" {
		return text("sum")
	}
	f, _ := unit.Field("level")
	return w.Option(f, l.level)
}

func (l line) kindLabel(unit catalogue.Spec, w sheet.Words, text func(string) string) string {
	switch {
	case l.level == "":
		return ""
	case l.kind == "":
		return text("subtotal")
	}
	f, _ := unit.Field("kind")
	return w.Option(f, l.kind)
}

// grid counts the people: a row for each line; the total first, then the bands of all groups.
func (all lines) grid(people []Person, groups []group) [][]int64 {
	width := 1
	for _, g := range groups {
		width += len(g.bands)
	}
	counts := make([][]int64, len(all))
	for i, l := range all {
		counts[i] = make([]int64, width)
		for _, p := range people {
			if l.holds(p) {
				add(counts[i], p, groups)
			}
		}
	}
	return counts
}

func add(counts []int64, p Person, groups []group) {
	counts[0]++
	from := 1
	for _, g := range groups {
		counts[from+g.of(p)]++
		from += len(g.bands)
	}
}

// sums are the sums that the table's reader can see: each group adds up to its row's total, the kinds of a level to its
// subtotal, and the subtotals to the total.
func (all lines) sums(groups []group) []Sum {
	width, sums := 1, []Sum{}
	for _, g := range groups {
		for row := range all {
			s := Sum{Total: Place{row, 0}}
			for band := range g.bands {
				s.Parts = append(s.Parts, Place{row, width + band})
			}
			sums = append(sums, s)
		}
		width += len(g.bands)
	}
	for row, l := range all {
		if l.kind != "" {
			continue
		}
		for column := range width {
			sums = append(sums, Sum{Place{row, column}, all.partsOf(row, l, column)})
		}
	}
	return sums
}

// partsOf are the rows that add up to a total or subtotal, in one column.
func (all lines) partsOf(row int, whole line, column int) []Place {
	var parts []Place
	for i, l := range all {
		subtotal := whole.level == "" && l.kind == "" && i != row
		kind := whole.level != "" && l.level == whole.level && l.kind != ""
		if subtotal || kind {
			parts = append(parts, Place{i, column})
		}
	}
	return parts
}
