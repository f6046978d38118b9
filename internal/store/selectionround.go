package store

import (
	"math"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/domain/geo"
	"jieli/internal/registry/catalogue"
)

// What a selection writes into the round that it feeds.

type villageFactsRow struct {
	Code       domain.Code
	Name       string
	Difficulty int
	Neighbours string
	Lon, Lat   string
	Needs      []int
	PriorUnit  string
}

// VillagesFromRegistry are the villages of the codes in the scope as a round wants them, by code: needs in the order of the
// specialities, the place on the round's plane, and the unit that leads there in the round in force. Category is left to
// the caller.
func VillagesFromRegistry(tx *Tx, scope domain.Scope, codes []domain.Code, specialities []string) ([]domain.RoundVillage, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	args := struct {
		area
		Wanted any
	}{areaOf(scope), bun.List(codes)}
	rows, err := all[villageFactsRow](tx, `SELECT v.code, v.name, coalesce(v.difficulty, 0) AS difficulty, v.neighbours, v.lon, v.lat,
			`+skillsOf("v."+catalogue.NeedPrefix, specialities)+` AS needs,
			coalesce((SELECT t.unit FROM round r JOIN team_village tv ON tv.plan = r.plan AND tv.code = v.code
				JOIN team t ON t.county = tv.county AND t.plan = tv.plan AND t.id = tv.team
				WHERE r.status = 'in_force' ORDER BY r.from_year DESC, r.id DESC LIMIT 1), '') AS prior_unit
		FROM village v WHERE v.code IN (?wanted) AND v.code >= ?from AND v.code < ?to AND v.valid_to = '' ORDER BY v.code`, args)
	return each(rows, villageFactsRow.village), err
}

func (r villageFactsRow) village() domain.RoundVillage {
	v := domain.RoundVillage{Code: r.Code, Name: r.Name, Difficulty: r.Difficulty, Needs: r.Needs, PriorUnit: r.PriorUnit}
	lon, errLon := strconv.ParseFloat(r.Lon, 64)
	lat, errLat := strconv.ParseFloat(r.Lat, 64)
	if errLon == nil && errLat == nil && !math.IsNaN(lon+lat) {
		v.X, v.Y = geo.ToPlane(lon, lat)
	}
	for _, code := range strings.Split(r.Neighbours, ";") {
		if code != "" {
			v.Neighbours = append(v.Neighbours, domain.Code(code))
		}
	}
	return v
}

// RoundVillagesIn are the villages of a round that lie in the scope, by code.
func RoundVillagesIn(tx *Tx, scope domain.Scope, round string) ([]domain.RoundVillage, error) {
	return all[domain.RoundVillage](tx, `SELECT code, name, category, x, y, difficulty, needs, prior_unit, neighbours
		FROM round_village WHERE round = ?round AND code >= ?from AND code < ?to ORDER BY code`, roundArgs{Round: round, area: areaOf(scope)})
}

// CountRoundVillages counts the villages of a round that lie in the scope.
func CountRoundVillages(tx *Tx, scope domain.Scope, round string) (int64, error) {
	return one[int64](tx, nil, `SELECT count(*) FROM round_village WHERE round = ?round AND code >= ?from AND code < ?to`,
		roundArgs{Round: round, area: areaOf(scope)})
}

// PutRoundVillages adds villages to a round and writes those that are in it anew. A village that is no division of that
// level is KindInvalid, round.village_unknown.
func PutRoundVillages(tx *Tx, round string, villages []domain.RoundVillage) error {
	rows, err := roundVillages(tx, round, villages)
	if err != nil {
		return err
	}
	for len(rows) > 0 {
		part := rows[:min(chunk, len(rows))]
		rows = rows[len(part):]
		_, err := tx.db.NewInsert().Model(&part).On("CONFLICT (county, round, code) DO UPDATE").
			Set("category = EXCLUDED.category, difficulty = EXCLUDED.difficulty, needs = EXCLUDED.needs, neighbours = EXCLUDED.neighbours").
			Exec(tx.ctx)
		if err != nil {
			return refusal(tx.engine, "round_village", err)
		}
	}
	return nil
}

// DropRoundVillages takes villages in the scope out of a round, with their need lists; those that are pinned are KindInvalid,
// store.unknown_reference.
func DropRoundVillages(tx *Tx, scope domain.Scope, round string, codes []domain.Code) error {
	if len(codes) == 0 {
		return nil
	}
	args := struct {
		area
		Round  string
		Wanted any
	}{areaOf(scope), round, bun.List(codes)}
	for _, statement := range []string{
		`DELETE FROM need_list WHERE round = ?round AND village IN (?wanted) AND village >= ?from AND village < ?to`,
		`DELETE FROM round_village WHERE round = ?round AND code IN (?wanted) AND code >= ?from AND code < ?to`,
	} {
		if _, err := tx.db.NewRaw(statement, args).Exec(tx.ctx); err != nil {
			return refusal(tx.engine, "round_village", err)
		}
	}
	return nil
}

// UnitFromRegistry is a unit as a round wants it, or unit.not_found: it may serve the area of its level, stands where its
// home does (in the middle of the counties in it), and leads no team yet.
func UnitFromRegistry(tx *Tx, scope domain.Scope, unit string, specialities []string) (domain.RoundUnit, error) {
	type unitFacts struct {
		domain.Unit
		Joins    string
		Strength int
		Skills   domain.Skills
		Lon, Lat float64
	}
	row, err := one[unitFacts](tx, domain.NotFound("unit", unit), `SELECT u.id, u.name, u.initials, u.pinyin, u.level, u.kind, u.home, u.joins,
			coalesce(u.strength, 0) AS strength, `+skillsOf("u."+catalogue.SkillPrefix, specialities)+` AS skills
		FROM unit u WHERE u.id = ?unit AND u.home >= ?from AND u.home < ?to`, roundArgs{Unit: unit, area: areaOf(scope)})
	if err != nil {
		return domain.RoundUnit{}, err
	}
	middle, err := one[struct{ Lon, Lat float64 }](tx, nil, `SELECT coalesce(avg(inner_lon), CAST(?lon AS DOUBLE PRECISION)) AS lon,
			coalesce(avg(inner_lat), CAST(?lat AS DOUBLE PRECISION)) AS lat
		FROM outline WHERE code >= ?from AND code < ?to`, struct {
		area
		Lon, Lat float64
	}{areaOf(row.Home.Scope()), geo.OriginLon, geo.OriginLat})
	if err != nil {
		return domain.RoundUnit{}, err
	}
	u := domain.RoundUnit{Unit: row.Unit, Region: row.Home.At(levelOf(row.Level)), LeadUnit: row.Joins, Strength: row.Strength, Skills: row.Skills}
	u.X, u.Y = geo.ToPlane(middle.Lon, middle.Lat)
	return u, nil
}

func levelOf(l domain.UnitLevel) domain.Level {
	switch l {
	case domain.UnitProvince:
		return domain.LevelProvince
	case domain.UnitCity:
		return domain.LevelCity
	case domain.UnitCounty:
	}
	return domain.LevelCounty
}

// PutRoundUnit adds a unit to a round, or sets how many teams it leads where it is in it.
func PutRoundUnit(tx *Tx, round string, u domain.RoundUnit) error {
	row := roundUnitRow{Round: round, Unit: u.ID, Region: u.Region, LeadUnit: u.LeadUnit, Strength: u.Strength,
		X: u.X, Y: u.Y, Skills: u.Skills, MinTeams: u.MinTeams, MaxTeams: u.MaxTeams}
	_, err := tx.db.NewInsert().Model(&row).On("CONFLICT (round, unit) DO UPDATE").
		Set("min_teams = EXCLUDED.min_teams, max_teams = EXCLUDED.max_teams").Exec(tx.ctx)
	return refusal(tx.engine, "round_unit", err)
}

// ReplaceCandidates makes these the candidates of a round, in place of all others. Their units are in the round.
func ReplaceCandidates(tx *Tx, round string, candidates []domain.Candidate) error {
	return inOrder(
		func() error {
			_, err := tx.db.NewRaw(`DELETE FROM round_candidate WHERE round = ?`, round).Exec(tx.ctx)
			return err
		},
		func() error {
			return insert(tx, each(candidates, func(c domain.Candidate) candidateRow {
				return candidateRow{Round: round, Cadre: c.ID, Grade: c.Grade, MidLevel: c.MidLevel, Fit: c.Fit, YoungPool: c.YoungPool,
					RuralYears: c.RuralYears, Terms: c.Terms, Native: c.Native, Skills: c.Skills}
			}))
		},
	)
}

// SetRoundPolicy makes a policy version that is kept the one that governs a round.
func SetRoundPolicy(tx *Tx, round, policy string) error {
	_, err := tx.db.NewRaw(`UPDATE round SET policy = ? WHERE id = ?`, policy, round).Exec(tx.ctx)
	return refusal(tx.engine, "round", err)
}
