package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type teamRow struct {
	bun.BaseModel `bun:"table:team"`

	County     domain.Code `bun:",pk"`
	Plan       string      `bun:",pk"`
	ID         string      `bun:",pk"`
	Unit       string
	Leader     string
	Category   domain.Category
	Villages   int
	Size       int
	Score      int64
	UnitFit    int
	MemberFits int
	domain.ScoreParts
}

type teamVillageRow struct {
	bun.BaseModel `bun:"table:team_village"`

	County   domain.Code `bun:",pk"`
	Plan     string      `bun:",pk"`
	Team     string      `bun:",pk"`
	Place    int         `bun:",pk"`
	Code     domain.Code
	Category domain.Category
	Fit      int
}

type teamMemberRow struct {
	bun.BaseModel `bun:"table:team_member"`

	County domain.Code `bun:",pk"`
	Plan   string      `bun:",pk"`
	Team   string      `bun:",pk"`
	Place  int         `bun:",pk"`
	Cadre  string
	Role   domain.Role
	Fit    int
}

type unservedRow struct {
	bun.BaseModel `bun:"table:unserved"`

	County   domain.Code `bun:",pk"`
	Plan     string      `bun:",pk"`
	Village  domain.Code `bun:",pk"`
	Category domain.Category
	Reason   string
	Params   map[string]int64
}

// InsertPlan adds a plan with its teams, unserved villages and archives; its round comes before. KindInvalid are a team
// without a leader in the first seat or with villages of several counties (plan.team_malformed), a village that is not of
// the round (plan.village_unknown), and a village, a cadre or a team id that stands twice (plan.twice).
func InsertPlan(tx *Tx, p domain.PlanDetail) error {
	rows, err := planRowsOf(tx, p)
	if err != nil {
		return err
	}
	return inOrder(
		func() error { return insert(tx, []planRow{{Plan: p.Plan}}) },
		func() error {
			return insert(tx, []archiveRow{{Plan: p.ID, Problem: p.Problem, Certificate: p.Certificate}})
		},
		func() error { return insert(tx, rows.teams) },
		func() error { return insert(tx, rows.villages) },
		func() error { return insert(tx, rows.members) },
		func() error { return insert(tx, rows.unserved) },
		func() error { return analyze(tx, "plan, team, team_village, team_member, unserved") },
	)
}

// planRows are the rows of a plan, and what has been seen while they were made.
type planRows struct {
	plan     string
	teams    []teamRow
	villages []teamVillageRow
	members  []teamMemberRow
	unserved []unservedRow

	unplaced map[domain.Code]bool // villages of the round: true until one is placed
	seen     map[[2]string]bool   // kind and id of teams and cadres
}

func planRowsOf(tx *Tx, p domain.PlanDetail) (*planRows, error) {
	villages, err := all[domain.Code](tx, `SELECT code FROM round_village WHERE round = ?id`, idArgs{p.Round})
	if err != nil {
		return nil, err
	}
	rows := &planRows{plan: p.ID, unplaced: map[domain.Code]bool{}, seen: map[[2]string]bool{}}
	for _, code := range villages {
		rows.unplaced[code] = true
	}
	for _, t := range p.Teams {
		if err := rows.addTeam(t); err != nil {
			return nil, err
		}
	}
	for _, u := range p.Unserved {
		if err := rows.place(u.Village); err != nil {
			return nil, err
		}
		rows.unserved = append(rows.unserved, unservedRow{County: countyCode(u.Village), Plan: p.ID, Village: u.Village,
			Category: u.Category, Reason: u.Reason, Params: u.Params})
	}
	return rows, nil
}

func (r *planRows) addTeam(t domain.Team) error {
	if len(t.Villages) == 0 || len(t.Members) == 0 || t.Members[0].Role != domain.RoleLeader {
		return malformed(t)
	}
	if err := r.once("team", t.ID); err != nil {
		return err
	}
	first := t.Villages[0]
	row := teamRow{County: t.County, Plan: r.plan, ID: t.ID, Unit: t.Unit, Leader: t.Members[0].Cadre, Category: first.Category,
		Villages: len(t.Villages), Size: len(t.Members), Score: t.Parts.Total(), UnitFit: first.Match, ScoreParts: t.Parts}
	for place, v := range t.Villages {
		if err := r.place(v.Code); err != nil {
			return err
		}
		if countyCode(v.Code) != t.County {
			return malformed(t)
		}
		r.villages = append(r.villages, teamVillageRow{County: t.County, Plan: r.plan, Team: t.ID, Place: place,
			Code: v.Code, Category: v.Category, Fit: v.Match})
	}
	for place, m := range t.Members {
		if err := r.once("cadre", m.Cadre); err != nil {
			return err
		}
		if (place == 0) != (m.Role == domain.RoleLeader) {
			return malformed(t)
		}
		row.MemberFits += m.Match
		r.members = append(r.members, teamMemberRow{County: t.County, Plan: r.plan, Team: t.ID, Place: place,
			Cadre: m.Cadre, Role: m.Role, Fit: m.Match})
	}
	r.teams = append(r.teams, row)
	return nil
}

// place notes that a village of the round has its place in the plan.
func (r *planRows) place(code domain.Code) error {
	free, ofRound := r.unplaced[code]
	if !ofRound {
		return unknownVillage("plan", code)
	}
	if !free {
		return twice("village", string(code))
	}
	r.unplaced[code] = false
	return nil
}

// once notes a team or a cadre. The keys of the tables hold it within a county; this holds it for the whole plan.
func (r *planRows) once(kind, id string) error {
	if r.seen[[2]string{kind, id}] {
		return twice(kind, id)
	}
	r.seen[[2]string{kind, id}] = true
	return nil
}

func twice(kind, id string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "plan.twice", Field: kind, Params: domain.Params{"id": id}}
}

func malformed(t domain.Team) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "plan.team_malformed", Field: "team", Params: domain.Params{"id": t.ID}}
}
