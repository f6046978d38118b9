package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type revisionRow struct {
	bun.BaseModel `bun:"table:plan_revision"`

	Plan     string `bun:",pk"`
	Parent   string
	Villages []domain.Code
	Units    []string
	Cadres   []string
}

type planChangeRow struct {
	bun.BaseModel `bun:"table:plan_change"`

	County domain.Code `bun:",pk"`
	Plan   string      `bun:",pk"`
	Place  int         `bun:",pk"`
	domain.PlanChange
}

// InsertRevision adds how a plan came out of an earlier one; both come before. Both are of one round: plan.not_found
// otherwise.
func InsertRevision(tx *Tx, r domain.PlanRevision) error {
	plan, err := PlanByID(tx, r.Plan)
	if err != nil {
		return err
	}
	if parent, err := PlanByID(tx, r.Parent); err != nil {
		return err
	} else if parent.Round != plan.Round {
		return domain.NotFound("plan", r.Parent)
	}
	row := revisionRow{Plan: r.Plan, Parent: r.Parent, Villages: listed(r.Villages), Units: listed(r.Units), Cadres: listed(r.Cadres)}
	if err := insert(tx, []revisionRow{row}); err != nil {
		return err
	}
	changes := make([]planChangeRow, len(r.Changes))
	for i, c := range r.Changes {
		changes[i] = planChangeRow{County: countyCode(c.Village), Plan: r.Plan, Place: i, PlanChange: c}
	}
	return insert(tx, changes)
}

// listed is the list, never nil: an empty array in the database.
func listed[T any](list []T) []T { return append([]T{}, list...) }

type revisionArgs struct {
	planArgs
	area
}

// Revision is how the plan came out of an earlier one, with the changes at villages of the scope; false for a plan that
// did not.
func Revision(tx *Tx, scope domain.Scope, plan string) (domain.PlanRevision, bool, error) {
	rows, err := all[revisionRow](tx, `SELECT * FROM plan_revision WHERE plan = ?id`, idArgs{plan})
	if err != nil || len(rows) == 0 {
		return domain.PlanRevision{}, false, err
	}
	r := rows[0]
	changes, err := all[planChangeRow](tx, `SELECT * FROM plan_change
		WHERE plan = ?plan AND village >= ?from AND village < ?to ORDER BY place`, revisionArgs{planArgs{Plan: plan}, areaOf(scope)})
	out := domain.PlanRevision{Plan: r.Plan, Parent: r.Parent, Villages: r.Villages, Units: r.Units, Cadres: r.Cadres,
		Changes: each(changes, func(c planChangeRow) domain.PlanChange { return c.PlanChange })}
	return out, true, err
}
