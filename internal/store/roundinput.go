package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

type roundVillageRow struct {
	bun.BaseModel `bun:"table:round_village"`

	County   domain.Code `bun:",pk"`
	Round    string      `bun:",pk"`
	Initials string
	Pinyin   string
	domain.RoundVillage
}

type roundUnitRow struct {
	bun.BaseModel `bun:"table:round_unit"`

	Round              string `bun:",pk"`
	Unit               string `bun:",pk"`
	Region             domain.Code
	LeadUnit           string `bun:",nullzero"`
	Strength           int
	X, Y               int64
	Skills             domain.Skills
	MinTeams, MaxTeams int64
}

type candidateRow struct {
	bun.BaseModel `bun:"table:round_candidate"`

	Round      string `bun:",pk"`
	Cadre      string `bun:",pk"`
	Grade      int
	MidLevel   bool
	Fit        bool
	YoungPool  bool
	RuralYears int
	Terms      int
	Native     domain.Code
	Skills     domain.Skills
}

type pinRow struct {
	bun.BaseModel `bun:"table:round_pin"`

	County domain.Code
	Round  string
	domain.Pin
}

// InsertRound adds a round with its villages, units, candidates and pins. The policy version, the divisions, the units
// and the cadres come before; Round.Plan may name a plan that follows in the same transaction. A village that is no
// division of that level is KindInvalid, round.village_unknown.
func InsertRound(tx *Tx, in domain.RoundInput) error {
	r := in.Round
	villages, err := roundVillages(tx, r.ID, in.Villages)
	if err != nil {
		return err
	}
	units := each(in.Units, func(u domain.RoundUnit) roundUnitRow {
		return roundUnitRow{Round: r.ID, Unit: u.ID, Region: u.Region, LeadUnit: u.LeadUnit, Strength: u.Strength,
			X: u.X, Y: u.Y, Skills: u.Skills, MinTeams: u.MinTeams, MaxTeams: u.MaxTeams}
	})
	candidates := each(in.Candidates, func(c domain.Candidate) candidateRow {
		return candidateRow{Round: r.ID, Cadre: c.ID, Grade: c.Grade, MidLevel: c.MidLevel, Fit: c.Fit,
			YoungPool: c.YoungPool, RuralYears: c.RuralYears, Terms: c.Terms, Native: c.Native, Skills: c.Skills}
	})
	pins := make([]pinRow, len(in.Pins))
	for i, p := range in.Pins {
		if !p.Village.Valid() {
			return unknownVillage("round", p.Village)
		}
		pins[i] = pinRow{County: countyCode(p.Village), Round: r.ID, Pin: p}
	}
	round := roundRow{ID: r.ID, Name: r.Name, FromYear: r.FromYear, ToYear: r.ToYear, Status: r.Status,
		Headcount: r.Headcount, Specialities: r.Specialities, Policy: r.Policy, Plan: r.Plan}
	return inOrder(
		func() error { return insert(tx, []roundRow{round}) },
		func() error { return insert(tx, villages) },
		func() error { return insert(tx, units) },
		func() error { return insert(tx, candidates) },
		func() error { return insert(tx, pins) },
		func() error { return analyze(tx, "round, round_village, round_unit, round_candidate") },
	)
}

// inOrder runs steps up to the first that fails.
func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func unknownVillage(thing string, code domain.Code) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: thing + ".village_unknown", Field: "village", Params: domain.Params{"code": code}}
}

// roundVillages gives the villages the initials and the pinyin of their divisions, so that a search needs no second table.
func roundVillages(tx *Tx, round string, villages []domain.RoundVillage) ([]roundVillageRow, error) {
	type spelling struct {
		Code             domain.Code
		Initials, Pinyin string
	}
	known, err := all[spelling](tx, `SELECT code, initials, pinyin FROM region WHERE level = 'village'
		AND code >= ?from AND code < ?to ORDER BY code, valid_from`, spanOf(villages))
	if err != nil {
		return nil, err
	}
	spellings := make(map[domain.Code]spelling, len(known))
	for _, k := range known {
		spellings[k.Code] = k
	}
	rows := make([]roundVillageRow, len(villages))
	for i, v := range villages {
		s, ok := spellings[v.Code]
		if !ok {
			return nil, unknownVillage("round", v.Code)
		}
		rows[i] = roundVillageRow{County: countyCode(v.Code), Round: round, Initials: s.Initials, Pinyin: s.Pinyin, RoundVillage: v}
	}
	return rows, nil
}

// spanOf is the smallest range that holds all the villages.
func spanOf(villages []domain.RoundVillage) area {
	var a area
	for i, v := range villages {
		if i == 0 || v.Code < a.From {
			a.From = v.Code
		}
		a.To = max(a.To, v.Code+query.AfterAny)
	}
	return a
}

// RoundInput is all that a plan of the round is made from: villages by code, units and candidates by id, pins by
// village, kind and subject. It is for the planner, which works on the whole round, and takes no scope.
func RoundInput(tx *Tx, id string) (domain.RoundInput, error) {
	var in domain.RoundInput
	args := planArgs{Round: id}
	return in, inOrder(
		func() (err error) { in.Round, err = RoundByID(tx, id); return },
		func() (err error) { in.Policy, err = PolicyByID(tx, in.Round.Policy); return },
		func() (err error) {
			in.Villages, err = all[domain.RoundVillage](tx, `SELECT code, name, category, x, y, difficulty, needs, prior_unit,
				neighbours FROM round_village WHERE round = ?round ORDER BY code`, args)
			return
		},
		func() (err error) {
			in.Units, err = all[domain.RoundUnit](tx, `SELECT u.id, u.name, u.initials, u.pinyin, u.level, u.kind, u.home, r.region, coalesce(r.lead_unit, '') AS lead_unit, r.strength, r.x, r.y,
				r.skills, r.min_teams, r.max_teams FROM round_unit r JOIN unit u ON u.id = r.unit WHERE r.round = ?round ORDER BY r.unit`, args)
			return
		},
		func() (err error) {
			in.Candidates, err = all[domain.Candidate](tx, `SELECT c.id, c.unit, c.name, c.initials, c.pinyin, c.sex, c.birth_year, c.politics, c.position, r.grade, r.mid_level, r.fit, r.young_pool, r.rural_years, r.terms,
				r.native, r.skills FROM round_candidate r JOIN cadre c ON c.id = r.cadre WHERE r.round = ?round ORDER BY r.cadre`, args)
			return
		},
		func() (err error) {
			in.Pins, err = all[domain.Pin](tx, `SELECT kind, subject, village FROM round_pin WHERE round = ?round
				ORDER BY village, kind, subject`, args)
			return
		},
	)
}
