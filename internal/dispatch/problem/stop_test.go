package problem_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// TestAStoppedSearchGivesTheBestPlanSoFar stops before the search begins: the plan to start from is there, with a true bound.
func TestAStoppedSearchGivesTheBestPlanSoFar(t *testing.T) {
	p := small(t).problem(t)
	stop := make(chan struct{})
	close(stop)
	start := problem.Plan{Teams: goodPlan(t, p)}
	plan, err := p.Solve(t.Context(), problem.Settings{Stop: stop, From: &start})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Score < p.Score(start.Teams).Total() || plan.Bound != p.Bound(plan.Prices) || plan.Bound < plan.Score {
		t.Errorf("score %d, bound %d", plan.Score, plan.Bound)
	}
}

// TestAStopDuringTheSearchLosesNothing stops as soon as a plan is told.
func TestAStopDuringTheSearchLosesNothing(t *testing.T) {
	p := small(t).problem(t)
	empty := p.Score(nil).Total()
	stop := make(chan struct{})
	var told int64
	plan, err := p.Solve(t.Context(), problem.Settings{Stop: stop, Progress: func(now solver.Progress) {
		if now.Score > empty && told == 0 {
			told = now.Score
			close(stop)
		}
	}})
	if err != nil || plan.Score < told || told == 0 {
		t.Errorf("%d points were told, %d are left: %v", told, plan.Score, err)
	}
}

func TestWithoutAnyTeamThereIsNoPlan(t *testing.T) {
	p := small(t).problem(t)
	plan, err := p.Solve(t.Context(), problem.Settings{TimeLimit: time.Nanosecond})
	var known *domain.Error
	if err != nil && (!errors.As(err, &known) || known.Key != "problem.no_plan_yet") || err == nil && len(plan.Teams) == 0 {
		t.Errorf("%d teams, %v", len(plan.Teams), err)
	}
}

func TestACallOffGivesNoPlan(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	p := small(t).problem(t)
	if _, err := p.Solve(ctx, problem.Settings{From: &problem.Plan{Teams: goodPlan(t, p)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
