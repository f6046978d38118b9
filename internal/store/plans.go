package store

import (
	"slices"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type planRow struct {
	bun.BaseModel `bun:"table:plan"`
	domain.Plan
}

func (r planRow) plan() domain.Plan {
	r.CreatedAt = r.CreatedAt.UTC()
	return r.Plan
}

// planArgs are the arguments of most queries about a plan or its round.
type planArgs struct{ Round, Plan string }

// PlanByID gives a plan, or plan.not_found.
func PlanByID(tx *Tx, id string) (domain.Plan, error) {
	p, err := one[planRow](tx, domain.NotFound("plan", id), `SELECT * FROM plan WHERE id = ?id`, idArgs{id})
	return p.plan(), err
}

// PlansOfRound are the plans of a round, the newest first.
func PlansOfRound(tx *Tx, round string) ([]domain.Plan, error) {
	rows, err := all[planRow](tx, `SELECT * FROM plan WHERE round = ?id ORDER BY created_at DESC, id DESC`, idArgs{round})
	return each(rows, planRow.plan), err
}

type archiveRow struct {
	bun.BaseModel `bun:"table:plan_archive"`

	Plan        string `bun:",pk"`
	Problem     []byte
	Certificate []byte
}

// PlanArchives are the gzipped tar archives of the problem and the certificate; both may be empty.
func PlanArchives(tx *Tx, id string) (problem, certificate []byte, err error) {
	a, err := one[archiveRow](tx, domain.NotFound("plan", id), `SELECT * FROM plan_archive WHERE plan = ?id`, idArgs{id})
	return a.Problem, a.Certificate, err
}

// ShareActual is a row of a policy's shares, with the members of teams led by units of its level: all of them, and
// those with the attribute.
type ShareActual struct {
	domain.Share
	Members, Having int64
}

// The attributes of a share, dispatch contract §1 "shares.csv".
const (
	youngBelow      = 40 // "under40": years of age
	divisionGrade   = 6  // "division": grade from here
	ruralYearsLeast = 2  // "rural": years from here, or the named skill from ruralSkillLeast
	ruralSkillLeast = 60
)

// shareArgs are the limits of the attributes. Skill is the position of the named skill, −1 for none.
type shareArgs struct {
	planArgs
	Level                                   domain.UnitLevel
	Attribute                               string
	BornAfter, DivisionGrade                int
	RuralYearsLeast, Skill, RuralSkillLeast int
}

// PlanShares counts each row of the shares of the plan's policy (dispatch contract §2, rule 8), the age on the policy's
// year or, where it names none, on the round's first.
func PlanShares(tx *Tx, plan string) ([]ShareActual, error) {
	p, err := PlanByID(tx, plan)
	if err != nil {
		return nil, err
	}
	policy, err := PolicyByID(tx, p.Policy)
	if err != nil {
		return nil, err
	}
	round, err := RoundByID(tx, p.Round)
	if err != nil {
		return nil, err
	}
	year, named := policy.Values["year"]
	if !named {
		year = int64(round.FromYear)
	}
	var shares []ShareActual
	for _, s := range policy.Shares {
		actual, err := one[ShareActual](tx, nil, `
			SELECT count(*) AS members, coalesce(sum(CASE ?attribute
				WHEN 'under40' THEN CASE WHEN c.birth_year > ?born_after THEN 1 ELSE 0 END
				WHEN 'division' THEN CASE WHEN r.grade >= ?division_grade THEN 1 ELSE 0 END
				WHEN 'rural' THEN CASE WHEN r.rural_years >= ?rural_years_least
					OR ?skill >= 0 AND CAST(r.skills ->> ?skill AS INTEGER) >= ?rural_skill_least THEN 1 ELSE 0 END
				ELSE 0 END), 0) AS "having"
			FROM team t
			JOIN team_member m ON m.county = t.county AND m.plan = t.plan AND m.team = t.id
			JOIN cadre c ON c.id = m.cadre
			LEFT JOIN round_candidate r ON r.round = ?round AND r.cadre = m.cadre
			WHERE t.plan = ?plan AND t.unit IN (SELECT id FROM unit WHERE level = ?level)`,
			shareArgs{planArgs{p.Round, plan}, s.Level, s.Attribute, int(year) - youngBelow, divisionGrade,
				ruralYearsLeast, slices.Index(round.Specialities, s.Skill), ruralSkillLeast})
		if err != nil {
			return nil, err
		}
		actual.Share = s
		shares = append(shares, actual)
	}
	return shares, nil
}
