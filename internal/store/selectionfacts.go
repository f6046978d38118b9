package store

import (
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// factsRow is a cadre with the unit, as the registry has them today.
type factsRow struct {
	Cadre, Name, Unit, UnitName, UnitKind                              string
	UnitLevel                                                          domain.UnitLevel
	Home, Native                                                       domain.Code
	BirthDate, PartyDate, WorkDate, Politics, Health, Position, Ladder string
	BirthYear                                                          int
	Sex                                                                domain.Sex
	Grade, RuralYears, Terms                                           int
	MidLevel, YoungPool                                                bool
	Skills                                                             []int
}

// skillsOf is the JSON array of the specialities' columns in SQL, 0 for one that the registry has no column for.
func skillsOf(prefix string, specialities []string) string {
	known := catalogue.Specialities()
	columns := make([]string, len(specialities))
	for i, s := range specialities {
		columns[i] = "0"
		if slices.Contains(known, s) {
			columns[i] = "coalesce(" + prefix + s + ", 0)"
		}
	}
	if len(columns) == 0 {
		return "'[]'"
	}
	return "'[' || " + strings.Join(columns, " || ',' || ") + " || ']'"
}

// NomineeFacts are nominations without anything but who is nominated and the facts, by cadre: for the cadres among ids
// that are on the register on the day and whose unit's home lies in the scope; unit narrows them to one unit unless it is
// empty. Skills are in the order of the specialities.
func NomineeFacts(tx *Tx, scope domain.Scope, unit, day string, ids, specialities []string) ([]domain.Nomination, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := struct {
		area
		Unit, Day string
		Wanted    any
	}{areaOf(scope), unit, day, bun.List(ids)}
	rows, err := all[factsRow](tx, `SELECT c.id AS cadre, c.name, c.unit, u.name AS unit_name, u.level AS unit_level, u.kind AS unit_kind, u.home, c.native,
			c.birth_date, c.party_date, c.work_date, CASE WHEN c.politics_code <> '' THEN c.politics_code ELSE c.politics END AS politics, c.health, c.position, c.ladder, c.birth_year, c.sex,
			c.grade, coalesce(c.rural_years, 0) AS rural_years, coalesce(c.terms, 0) AS terms,
			coalesce(c.mid_level, 0) = 1 AS mid_level, coalesce(c.young_pool, 0) = 1 AS young_pool, `+skillsOf("c."+catalogue.SkillPrefix, specialities)+` AS skills
		FROM cadre c JOIN unit u ON u.id = c.unit
		WHERE c.id IN (?wanted) AND u.home >= ?from AND u.home < ?to AND (?unit = '' OR c.unit = ?unit)
			AND (c.valid_from = '' OR c.valid_from <= ?day) AND (c.valid_to = '' OR c.valid_to > ?day)
		ORDER BY c.id`, args)
	return each(rows, factsRow.nomination), err
}

func (r factsRow) nomination() domain.Nomination {
	return domain.Nomination{Cadre: r.Cadre, Unit: r.Unit, Home: r.Home, Name: r.Name, Facts: domain.Facts{
		Unit: r.Unit, UnitName: r.UnitName, UnitLevel: r.UnitLevel, UnitKind: r.UnitKind, BirthYear: r.BirthYear, BirthDate: r.BirthDate, Sex: r.Sex, Politics: r.Politics,
		PartyDate: r.PartyDate, WorkDate: r.WorkDate, Health: r.Health, Position: r.Position, Ladder: r.Ladder, Grade: r.Grade,
		MidLevel: r.MidLevel, YoungPool: r.YoungPool, RuralYears: r.RuralYears, Terms: r.Terms, Native: r.Native, Skills: r.Skills,
	}}
}

// UnitHome is the home of a unit in the scope, or unit.not_found.
func UnitHome(tx *Tx, scope domain.Scope, unit string) (domain.Code, error) {
	row, err := one[struct{ Home domain.Code }](tx, domain.NotFound("unit", unit),
		`SELECT home FROM unit WHERE id = ?unit AND home >= ?from AND home < ?to`, roundArgs{Unit: unit, area: areaOf(scope)})
	return row.Home, err
}

// CadreHome is the home of a cadre's unit in the scope, or cadre.not_found.
func CadreHome(tx *Tx, scope domain.Scope, cadre string) (domain.Code, error) {
	row, err := one[struct{ Home domain.Code }](tx, domain.NotFound("cadre", cadre),
		`SELECT u.home FROM cadre c JOIN unit u ON u.id = c.unit WHERE c.id = ?cadre AND u.home >= ?from AND u.home < ?to`,
		roundArgs{Cadre: cadre, area: areaOf(scope)})
	return row.Home, err
}
