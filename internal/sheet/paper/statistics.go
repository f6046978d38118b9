package paper

import (
	"math"
	"strconv"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// Person is who a statistics table counts, in the codes of the registry.
type Person struct {
	Level    string // of the sending unit: "province", "city", "county"
	UnitKind string
	Rank     int // 1..12, see catalogue.Order
	Age      int // in full years on the day of the table, AgeUnknown where nobody knows
	Sex      string
	Politics string
}

// AgeUnknown is the age of somebody whose birth date is not known.
const AgeUnknown = -1

// band is a column: those whose value lies in it.
type band struct {
	key      string // of its message, below sheet.paper.
	from, to int    // inclusive
}

// ranks and ages are the bands in which offices report. 12 to 8 are bureau rank and above, 7 and 6 the head and deputy of a
// division, 5 and 4 of a section.
var (
	ranks = []band{{"rank.bureau", 8, 12}, {"rank.division", 7, 7}, {"rank.division_deputy", 6, 6}, {"rank.section", 5, 5}, {"rank.section_deputy", 4, 4}, {"rank.other", 0, 3}}
	ages  = []band{{"age.to_35", 0, 35}, {"age.to_40", 36, 40}, {"age.to_45", 41, 45}, {"age.to_50", 46, 50}, {"age.above", 51, math.MaxInt}, {"age.unknown", AgeUnknown, AgeUnknown}}
)

// groups of columns, each of which splits the total of a row.
type group struct {
	key   string
	bands []string
	of    func(Person) int // the band; the last one takes what fits no other
}

func bandOf(bands []band, value int) int {
	for i, b := range bands {
		if b.from <= value && value <= b.to {
			return i
		}
	}
	return len(bands) - 1
}

func keys(bands []band) []string {
	all := make([]string, len(bands))
	for i, b := range bands {
		all[i] = b.key
	}
	return all
}

// partyMembers are the codes of full and probationary members (GB/T 4762), leagueMember that of the Youth League's.
var partyMembers, leagueMember = []string{"01", "02"}, "03"

// The codes of GB/T 2261.1 that have a column of their own.
const male, female = 1, 2

func columnGroups() []group {
	return []group{
		{"sex", []string{"sex.male", "sex.female", "sex.unknown"}, func(p Person) int {
			return bandOf([]band{{"", male, male}, {"", female, female}, {}}, number(p.Sex))
		}},
		{"politics", []string{"politics.party", "politics.league", "politics.other"}, politicsBand},
		{"rank", keys(ranks), func(p Person) int { return bandOf(ranks, p.Rank) }},
		{"age", keys(ages), func(p Person) int { return bandOf(ages, p.Age) }},
	}
}

func politicsBand(p Person) int {
	switch p.Politics {
	case partyMembers[0], partyMembers[1]:
		return 0
	case leagueMember:
		return 1
	}
	return 2
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // "unknown" in GB/T 2261.1
	}
	return n
}

// Statistics is the table of people by level and kind of their units (rows) and by sex, politics, rank and age (columns).
// Counts below small are not told, nor what would give them away; small 0 or 1 tells everything.
func Statistics(form Form, w sheet.Words, people []Person, small int64) Paper {
	p := form.frame(w, w.Printer.Text("sheet.paper.people", nil))
	text := func(key string) string { return w.Printer.Text("sheet.paper."+key, nil) }
	groups := columnGroups()
	p.Header = statisticsHeader(text, groups)
	lines := rowsOf(people)
	counts := Count(lines.grid(people, groups), lines.sums(groups), small)
	unit, _ := catalogue.Of(catalogue.Unit)
	inUnits := sheet.Words{Printer: w.Printer, Entity: catalogue.Unit}
	for i, line := range lines {
		row := Row{Cells: []Cell{Text(line.label(unit, inUnits, text)), Text(line.kindLabel(unit, inUnits, text))}, Sum: line.kind == ""}
		row.Cells = append(row.Cells, counts[i]...)
		p.Rows = append(p.Rows, row)
	}
	if small > 1 {
		p.Notes = []string{w.Printer.Text("sheet.paper.hidden", map[string]any{"small": small})}
	}
	return p
}

func statisticsHeader(text func(string) string, groups []group) [][]Head {
	top := append(make([]Head, 0, 3+len(groups)), []Head{{text("level"), 1, 2}, {text("unit_kind"), 1, 2}, {text("sum"), 1, 2}}...)
	var below []Head
	for _, g := range groups {
		top = append(top, Head{text(g.key), len(g.bands), 1})
		for _, b := range g.bands {
			below = append(below, Head{text(b), 1, 1})
		}
	}
	return [][]Head{top, below}
}
