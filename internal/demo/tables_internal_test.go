package demo

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"

	"pgregory.net/rapid"
)

func mustTables(t testing.TB) tables {
	t.Helper()
	all, err := readTables()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var unitLevels = []domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}

func TestEveryKindOfUnitCanBeDrawn(t *testing.T) {
	all := mustTables(t)
	for _, level := range unitLevels {
		names := map[string]bool{}
		for _, k := range all.kinds[level] {
			if names[k.name] || k.standing < 1 || k.standing > highestStanding || k.speciality == k.too || groups[k.kind] == "" {
				t.Errorf("%s: kind %+v", level, k)
			}
			names[k.name] = true
			if bounds := strengths[level][k.standing]; bounds[0] >= bounds[1] {
				t.Errorf("%s: no strengths for standing %d", level, k.standing)
			}
			if strings.Contains(k.name, "{") != (level != domain.UnitProvince) {
				t.Errorf("%s: %s is a name of its own only in the province", level, k.name)
			}
		}
	}
}

// Whatever rank is drawn in a unit of whatever kind, there is a title for it.
func TestEveryRankHasATitle(t *testing.T) {
	all := mustTables(t)
	yes, no := true, false
	d := stream(3, "ranks")
	for _, level := range unitLevels {
		for _, k := range all.kinds[level] {
			for range 60 {
				for _, w := range []wish{{}, {leads: true}, {division: &yes}, {division: &no}, {leads: true, born: [2]int{1985, 1987}}} {
					grade, middle := rankOf(d, level, w)
					titles := all.titles[titleKey{groups[k.kind], level, grade, middle}]
					if len(titles) == 0 || slices.Contains(titles, "") {
						t.Fatalf("%s of level %s has no title for grade %d, middle %v", k.kind, level, grade, middle)
					}
				}
			}
		}
	}
}

// Titles of the ladder of ranks belong to offices only, and posts of heads to those who hold one.
func TestTitlesFitTheGroup(t *testing.T) {
	for key, titles := range mustTables(t).titles {
		for _, title := range titles {
			if strings.Contains(title, "调研员") && (key.group != "organ" || key.middle || key.grade < division) {
				t.Errorf("%+v has the title %s", key, title)
			}
			if strings.Contains(title, "主任科员") && (key.group != "organ" || key.middle || key.grade >= division) {
				t.Errorf("%+v has the title %s", key, title)
			}
			if (strings.HasSuffix(title, "处长") || strings.HasSuffix(title, "科长") || strings.HasSuffix(title, "股长")) && !key.middle && key.group == "organ" {
				t.Errorf("%+v has the title %s and holds no middle post", key, title)
			}
		}
	}
}

func TestNamesFitDecadeAndSex(t *testing.T) {
	all := mustTables(t)
	rapid.Check(t, func(t *rapid.T) {
		d := stream(rapid.Uint64().Draw(t, "seed"), "names")
		sex := rapid.SampledFrom([]domain.Sex{male, female}).Draw(t, "sex")
		born := rapid.IntRange(1955, 2005).Draw(t, "born")
		name := all.personName(d, sex, born, rapid.Bool().Draw(t, "west"))
		family := all.surnames[slices.IndexFunc(all.surnames, func(s string) bool { return strings.HasPrefix(name, s) })]
		rest := []rune(strings.TrimPrefix(name, family))
		if len(rest) < 1 || len(rest) > 2 {
			t.Fatalf("%s: %d characters after %s", name, len(rest), family)
		}
	})
}

func TestTablesOfNamesAreWhole(t *testing.T) {
	all := mustTables(t)
	for _, decade := range []string{"1960", "1970", "1980", "1990", "2000"} {
		for _, sex := range []domain.Sex{male, female} {
			if g := all.given[decade+string(sex)]; len(g.first) < 10 || len(g.second) < 10 || len(g.single) < 4 {
				t.Errorf("%s, sex %s: %d, %d and %d characters", decade, sex, len(g.first), len(g.second), len(g.single))
			}
		}
	}
	seen := map[string]bool{}
	for i, s := range all.surnames {
		if seen[s] || all.common[i] <= 0 || all.west[i] <= 0 {
			t.Errorf("surname %s twice or without weight", s)
		}
		seen[s] = true
	}
	for _, s := range []string{"石", "麻", "龙", "吴", "田", "向", "彭"} { // common in the west, rarer elsewhere
		i := slices.Index(all.surnames, s)
		if i < 0 || float64(all.west[i])/float64(sum(all.west)) <= float64(all.common[i])/float64(sum(all.common)) {
			t.Errorf("%s is not more common in the west", s)
		}
	}
}

func sum(all []int) int {
	total := 0
	for _, n := range all {
		total += n
	}
	return total
}

func TestBrokenTablesAreTold(t *testing.T) {
	var all tables
	for name, f := range map[string]func() error{
		"speciality": func() error { return all.addKind(domain.UnitCity, []string{"x", "party", "magic", "party", "1"}) },
		"standing":   func() error { return all.addKind(domain.UnitCity, []string{"x", "party", "party", "health", "high"}) },
		"weight":     func() error { return all.addSurname([]string{"王", "many", "1"}) },
		"west":       func() error { return all.addSurname([]string{"王", "1", "many"}) },
		"table":      func() error { return eachLine("nothing.csv", nil) },
	} {
		if f() == nil {
			t.Errorf("a wrong %s is let through", name)
		}
	}
}
