package demo

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"jieli/internal/domain"
)

// The tables hold what the draw picks from: kinds of units at each level, titles of posts, names. They are part of the
// program; a mistake in them is a mistake of the program and found by its tests.
//
//go:embed tables
var tableFiles embed.FS

// unitKind is one kind of sending unit. {p} in its name stands for the division (沅陵县), {s} for its stem (怀化).
type unitKind struct {
	name, kind      string
	speciality, too int // positions in Specialities: what it is best at, and good at
	standing        int // 1..3: people and money that it has among its like
}

// title is the title of a post for a group of units, their level, a grade and whether it is a middle-level post.
type titleKey struct {
	group  string
	level  domain.UnitLevel
	grade  int
	middle bool
}

// given are the characters of given names of a decade.
type given struct{ first, second, single []rune }

type tables struct {
	kinds    map[domain.UnitLevel][]unitKind
	titles   map[titleKey][]string
	surnames []string
	common   []int // weight of each surname in the province
	west     []int // and in its west, where many are Miao, Tujia or Dong
	given    map[string]given
}

func readTables() (tables, error) {
	t := tables{kinds: map[domain.UnitLevel][]unitKind{}, titles: map[titleKey][]string{}, given: map[string]given{}}
	for _, level := range []domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty} {
		if err := eachLine("units_"+string(level)+".csv", func(f []string) error { return t.addKind(level, f) }); err != nil {
			return t, err
		}
	}
	return t, errors.Join(
		eachLine("positions.csv", t.addTitles),
		eachLine("surnames.csv", t.addSurname),
		eachLine("given.csv", t.addGiven))
}

func eachLine(name string, add func([]string) error) error {
	content, err := tableFiles.ReadFile(path.Join("tables", name))
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return fmt.Errorf("table %s: %w", name, err)
	}
	for i, row := range rows[1:] {
		if err := add(row); err != nil {
			return fmt.Errorf("table %s, line %d: %w", name, i+2, err)
		}
	}
	return nil
}

func (t *tables) addKind(level domain.UnitLevel, f []string) error {
	standing, err := strconv.Atoi(f[4])
	k := unitKind{f[0], f[1], slices.Index(Specialities(), f[2]), slices.Index(Specialities(), f[3]), standing}
	if err != nil || k.speciality < 0 || k.too < 0 {
		return fmt.Errorf("unit kind %q", f)
	}
	t.kinds[level] = append(t.kinds[level], k)
	return nil
}

func (t *tables) addTitles(f []string) error {
	grade, err := strconv.Atoi(f[2])
	t.titles[titleKey{f[0], domain.UnitLevel(f[1]), grade, f[3] == "1"}] = strings.Split(f[4], ";")
	return err
}

func (t *tables) addSurname(f []string) error {
	common, err := strconv.Atoi(f[1])
	if err != nil {
		return err
	}
	west, err := strconv.Atoi(f[2])
	t.surnames, t.common, t.west = append(t.surnames, f[0]), append(t.common, common), append(t.west, west)
	return err
}

func (t *tables) addGiven(f []string) error {
	t.given[f[0]+f[1]] = given{[]rune(f[2]), []rune(f[3]), []rune(f[4])}
	return nil
}

// groups says which titles the posts of a kind of unit have.
var groups = map[string]string{
	"party": "organ", "government": "organ", "judicial": "organ", "mass": "organ",
	"hospital": "hospital", "university": "school", "school": "school",
	"enterprise": "company", "bank": "bank", "institute": "institute", "institution": "institute",
}
