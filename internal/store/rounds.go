package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type roundRow struct {
	bun.BaseModel `bun:"table:round"`

	ID           string `bun:",pk"`
	Name         string
	FromYear     int
	ToYear       int
	Status       domain.RoundStatus
	Headcount    int64
	Specialities []string
	Policy       string
	Plan         string `bun:",nullzero"`
}

func (r roundRow) round() domain.Round {
	return domain.Round{ID: r.ID, Name: r.Name, FromYear: r.FromYear, ToYear: r.ToYear, Status: r.Status,
		Headcount: r.Headcount, Specialities: r.Specialities, Policy: r.Policy, Plan: r.Plan}
}

// Rounds are all rounds, the newest first.
func Rounds(tx *Tx) ([]domain.Round, error) {
	rows, err := all[roundRow](tx, `SELECT * FROM round ORDER BY from_year DESC, id DESC`, idArgs{})
	return each(rows, roundRow.round), err
}

// RoundByID gives a round, or round.not_found.
func RoundByID(tx *Tx, id string) (domain.Round, error) {
	r, err := one[roundRow](tx, domain.NotFound("round", id), `SELECT * FROM round WHERE id = ?id`, idArgs{id})
	return r.round(), err
}

// SetRoundPlan makes a plan of the round the one that counts: round.not_found, or plan.not_found where the round has no
// such plan.
func SetRoundPlan(tx *Tx, round, plan string) error {
	if _, err := RoundByID(tx, round); err != nil {
		return err
	}
	if p, err := PlanByID(tx, plan); err != nil {
		return err
	} else if p.Round != round {
		return domain.NotFound("plan", plan)
	}
	_, err := tx.db.NewRaw(`UPDATE round SET plan = ?plan WHERE id = ?round`, planArgs{Round: round, Plan: plan}).Exec(tx.ctx)
	return err
}
