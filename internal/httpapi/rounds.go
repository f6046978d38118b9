package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// rounds lists the rounds whose area touches the caller's region, newest first.
func (s *server) rounds(ctx context.Context, _ *noInput) (*answer[RoundList], error) {
	list := RoundList{Rounds: []Round{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		all, err := store.Rounds(tx)
		if err != nil {
			return err
		}
		for _, r := range all {
			area, err := roundArea(tx, r.ID)
			if err != nil {
				return err
			}
			if !granted(ctx).scope.Intersect(area).Empty() {
				list.Rounds = append(list.Rounds, roundOf(r))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answering(list), nil
}

func roundOf(r domain.Round) Round {
	return Round{
		ID: r.ID, Name: r.Name, FromYear: r.FromYear, ToYear: r.ToYear, Status: r.Status, Headcount: r.Headcount,
		PlanID: r.Plan, Specialities: orEmpty(r.Specialities),
	}
}

// orEmpty makes no list an empty one: the contract knows no null where a list belongs.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
