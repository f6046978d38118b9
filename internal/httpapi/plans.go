package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/store"
)

type roundPath struct {
	Round string `path:"round" maxLength:"64"`
}

// plans lists the plans of a round, newest first.
func (s *server) plans(ctx context.Context, in *roundPath) (*answer[PlanList], error) {
	list := PlanList{Plans: []Plan{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		all, err := store.PlansOfRound(tx, in.Round)
		if err != nil {
			return err
		}
		for _, p := range all {
			plan, err := planOf(tx, granted(ctx), p)
			if err != nil {
				return err
			}
			list.Plans = append(list.Plans, plan)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answering(list), nil
}

// plan tells how a plan came about and what it reaches.
func (s *server) plan(ctx context.Context, in *PlanPath) (*answer[Plan], error) {
	var plan Plan
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		p, err := store.PlanByID(tx, in.Plan)
		if err != nil {
			return err
		}
		plan, err = planOf(tx, granted(ctx), p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(plan), nil
}

// planOf tells the whole of a plan to those who may see its whole area, and their own part to the others.
func planOf(tx *store.Tx, g grant, p domain.Plan) (Plan, error) {
	policy, err := store.PolicyByID(tx, p.Policy)
	if err != nil {
		return Plan{}, err
	}
	figures, _, err := store.FiguresByChild(tx, g.scope, p.ID, g.region)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{
		ID: p.ID, Round: p.Round, Name: p.Name, Origin: p.Origin, Status: p.Status, Seconds: p.Seconds, CreatedAt: p.CreatedAt,
		Policy:  PolicyRef{policy.ID, policy.Name, policy.Source, policy.ValidFrom},
		Partial: !g.whole, Score: figures.Score, Teams: figures.Teams, Members: figures.Members,
		Unserved: figures.Unserved, Villages: figures.Villages, Shares: []ShareFigures{},
	}
	if !g.whole {
		return plan, nil
	}
	plan.Score, plan.Bound, plan.TightBound = p.Score, p.Bound, p.TightBound
	plan.Gap, plan.RelaxationGap = p.Gap(), p.RelaxationGap()
	plan.Teams, plan.Members, plan.Unserved, plan.ProblemDigest = p.Teams, p.Members, p.Unserved, p.ProblemDigest
	shares, err := store.PlanShares(tx, p.ID)
	plan.Shares = sharesOf(shares)
	return plan, err
}

// sharesOf compares each floor with what the plan makes of it (dispatch contract §2, rule 8).
func sharesOf(rows []store.ShareActual) []ShareFigures {
	shares := make([]ShareFigures, len(rows))
	for i, r := range rows {
		shares[i] = ShareFigures{
			Level: r.Level, Attribute: r.Attribute, Percent: r.Percent, Skill: r.Skill, Members: r.Members, Having: r.Having,
			Shortfall: max(0, r.Percent*r.Members-100*r.Having),
		}
		if r.Members > 0 {
			shares[i].ActualPercent = 100 * float64(r.Having) / float64(r.Members)
		}
	}
	return shares
}
