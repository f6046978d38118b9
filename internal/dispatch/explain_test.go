package dispatch_test

import (
	"errors"
	"testing"
	"time"

	"jieli/internal/dispatch"
	"jieli/internal/domain"
	"jieli/internal/store"
)

func key(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Key
	}
	return ""
}

// TestAPlanIsMadeAnewComparedAndExplained keeps a plan, makes another from it and asks about both.
func TestAPlanIsMadeAnewComparedAndExplained(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	keepRound(t, s, in)
	service := dispatch.Service{Store: s}
	first, err := service.PlanRound(t.Context(), "office", "2021", dispatch.Settings{TimeLimit: 20 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	second, err := service.PlanRound(t.Context(), "office", "2021", dispatch.Settings{From: first.ID, TimeLimit: 20 * time.Second})
	if err != nil || second.Score < first.Score || second.Bound < second.Score {
		t.Fatalf("%+v %v", second, err)
	}
	changes, err := service.Compare(t.Context(), first.ID, second.ID)
	if err != nil || second.Score == first.Score && len(changes) > 0 {
		t.Errorf("%+v %v", changes, err)
	}
	x, err := service.Explain(t.Context(), second.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a := x.Plan(); a.Score != second.Score || a.Bound != second.Bound {
		t.Errorf("score %d and bound %d explained, %d and %d kept", a.Score, a.Bound, second.Score, second.Bound)
	}
	if a, err := x.Village("430102001201"); err != nil || a.Team == nil && a.Unserved == nil {
		t.Errorf("%+v %v", a, err)
	}
}

func TestPlansThatCannotBeExplained(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	keepRound(t, s, in)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return store.InsertPlan(tx, domain.PlanDetail{Plan: domain.Plan{ID: "bare", Round: "2021", Name: "旧", Origin: domain.PlanRecorded,
			Policy: "2021", Status: "recorded", CreatedBy: "office", CreatedAt: day}})
	})
	if err != nil {
		t.Fatal(err)
	}
	service := dispatch.Service{Store: s}
	for id, want := range map[string]string{"none": "plan.not_found", "bare": "dispatch.plan_without_files"} {
		_, explain := service.Explain(t.Context(), id)
		_, compare := service.Compare(t.Context(), id, id)
		_, anew := service.PlanRound(t.Context(), "office", "2021", dispatch.Settings{From: id})
		for _, err := range []error{explain, compare, anew} {
			if key(err) != want {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
}
