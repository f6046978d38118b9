package store

import "jieli/internal/domain"

// InsertPlan adds a plan with its teams, unserved villages and archives; its round comes before.
func InsertPlan(tx *Tx, p domain.PlanDetail) error { return errSkeleton }

// PlanByID gives a plan, or plan.not_found.
func PlanByID(tx *Tx, id string) (domain.Plan, error) { return domain.Plan{}, errSkeleton }

// PlansOfRound are the plans of a round, the newest first.
func PlansOfRound(tx *Tx, round string) ([]domain.Plan, error) { return nil, errSkeleton }

// PlanArchives are the gzipped tar archives of the problem and the certificate; both may be empty.
func PlanArchives(tx *Tx, id string) (problem, certificate []byte, err error) {
	return nil, nil, errSkeleton
}

// ShareActual is a row of a policy's shares, with the members of teams led by units of its level: all of them, and
// those with the attribute.
type ShareActual struct {
	domain.Share
	Members, Having int64
}

// PlanShares counts each row of the shares of the plan's policy (dispatch contract §2, rule 8).
func PlanShares(tx *Tx, plan string) ([]ShareActual, error) { return nil, errSkeleton }
