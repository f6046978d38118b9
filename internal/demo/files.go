package demo

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Files gives the next round as the files of a problem folder (dispatch contract §1), which `jieli plan` reads, and the
// registry beside them: registry-regions.csv, registry-units.csv, registry-cadres.csv. The same data gives the same bytes.
func Files(data Data) ([]problem.File, error) {
	files, err := RoundFiles(data.Rounds[len(data.Rounds)-1])
	return append([]problem.File{
		table("registry-regions.csv", regionRows(data.Regions)),
		table("registry-units.csv", unitRows(data.Units)),
		table("registry-cadres.csv", cadreRows(data.Cadres)),
	}, files...), err
}

// RoundFiles gives a round as the files of a problem folder alone.
func RoundFiles(in domain.RoundInput) ([]problem.File, error) {
	p, err := problemOf(in)
	if err != nil {
		return nil, err
	}
	return p.Files(), nil
}

func table(name string, rows [][]string) problem.File {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows) // a buffer takes everything
	return problem.File{Name: name, Data: out.Bytes()}
}

func regionRows(regions []domain.Region) [][]string {
	rows := append(make([][]string, 0, 1+len(regions)), []string{"code", "name", "level", "parent_code", "kind", "pinyin", "initials", "valid_from"})
	for _, r := range regions {
		rows = append(rows, []string{string(r.Code), r.Name, string(r.Level), string(r.Parent), string(r.Kind), r.Pinyin, r.Initials,
			r.ValidFrom.Format("2006-01-02")})
	}
	return rows
}

func unitRows(units []domain.Unit) [][]string {
	rows := append(make([][]string, 0, 1+len(units)), []string{"id", "name", "level", "kind", "home_code", "pinyin", "initials"})
	for _, u := range units {
		rows = append(rows, []string{u.ID, u.Name, string(u.Level), u.Kind, string(u.Home), u.Pinyin, u.Initials})
	}
	return rows
}

func cadreRows(cadres []domain.Cadre) [][]string {
	rows := append(make([][]string, 0, 1+len(cadres)), []string{"id", "unit", "name", "sex", "birth_year", "politics", "position", "pinyin", "initials"})
	for _, c := range cadres {
		rows = append(rows, []string{c.ID, c.Unit, c.Name, string(c.Sex), strconv.Itoa(c.BirthYear), c.Politics, c.Position, c.Pinyin, c.Initials})
	}
	return rows
}
