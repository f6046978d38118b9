package store

import (
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// CandidatesFromRegistry are the cadres of the ids in the reach as dispatch wants them, by id, with what the registry
// knows of them today; skills are in the order of the specialities, 0 where nobody gave one. Fit is only who is "fit":
// "limited" and unknown health need a person's word first.
func CandidatesFromRegistry(tx *Tx, reach Reach, ids, specialities []string) ([]domain.Candidate, error) {
	columns := slices.Grow([]string{"unit", "name", catalogue.ColumnInitials, catalogue.ColumnPinyin, "sex", catalogue.ColumnBirthYear, catalogue.ColumnParty, "position", catalogue.ColumnGrade, "mid_level",
		"health", "young_pool", "rural_years", "terms", "native"}, len(specialities))
	for _, s := range specialities {
		columns = append(columns, catalogue.SkillPrefix+s)
	}
	records, err := Records(tx, RecordQuery{Entity: catalogue.Cadre, Reach: reach, Keys: append([]string{}, ids...), Columns: columns})
	return each(records, func(r catalogue.Record) domain.Candidate { return candidateOf(r, specialities) }), err
}

func candidateOf(r catalogue.Record, specialities []string) domain.Candidate {
	v := r.Values
	number := func(key string) int { n, _ := strconv.Atoi(v[key]); return n } // empty counts as 0
	c := domain.Candidate{
		Cadre: domain.Cadre{ID: r.Key, Unit: v["unit"], Name: v["name"], Initials: v[catalogue.ColumnInitials], Pinyin: v[catalogue.ColumnPinyin],
			Sex: domain.Sex(v["sex"]), BirthYear: number(catalogue.ColumnBirthYear), Politics: v[catalogue.ColumnParty], Position: v["position"]},
		Grade: number(catalogue.ColumnGrade), MidLevel: v["mid_level"] == "1", Fit: v["health"] == "fit", YoungPool: v["young_pool"] == "1",
		RuralYears: number("rural_years"), Terms: number("terms"), Native: domain.Code(v["native"]),
	}
	for _, s := range specialities {
		c.Skills = append(c.Skills, number(catalogue.SkillPrefix+s))
	}
	return c
}

// CadresByBlind are the ids of cadres by the blind index of an identity number, wherever they are: one person has one
// record.
func CadresByBlind(tx *Tx, blinds []string) (map[string]string, error) {
	found := map[string]string{}
	for len(blinds) > 0 {
		part := blinds[:min(len(blinds), 1000)]
		blinds = blinds[len(part):]
		var rows []struct{ ID, Blind string }
		err := tx.db.NewRaw(`SELECT id, id_number_blind AS blind FROM cadre WHERE id_number_blind IN (?)`, bun.List(part)).Scan(tx.ctx, &rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[r.Blind] = r.ID
		}
	}
	return found, nil
}

// Namesake is a cadre as people tell each other apart.
type Namesake struct{ ID, Unit, Name, BirthDate string }

// Namesakes are the cadres of the units who bear one of the names.
func Namesakes(tx *Tx, units, names []string) ([]Namesake, error) {
	if len(units) == 0 || len(names) == 0 {
		return nil, nil
	}
	var found []Namesake
	err := tx.db.NewRaw(`SELECT id, unit, name, birth_date FROM cadre WHERE unit IN (?) AND name IN (?) ORDER BY id`,
		bun.List(units), bun.List(names)).Scan(tx.ctx, &found)
	return found, err
}
