package dispatch

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Replanned is a plan that was mended after a withdrawal. The plan's ID is empty where it was not kept.
type Replanned struct {
	Plan    domain.Plan
	Parent  string // the plan that was mended
	Kept    problem.Kept
	Changes []changes.Change
	Took    time.Duration // mending and comparing, without loading and keeping
}

// ReplanSettings steer Replan.
type ReplanSettings struct {
	Name    string // the new plan's name; empty is the earlier one's
	Preview bool   // keep nothing
}

// Replan mends a kept plan after a withdrawal: what stays is kept as it is, people are replaced from their own unit and
// villages that lost their team get another one where that gains, with a true bound and without a search. Unless it is
// a preview, the new plan is kept as a draft with its parent, what was withdrawn, all changes and their causes, and a
// ledger entry; the round's own plan stays what it is.
//
// Errors: plan.not_found; dispatch.plan_without_files (KindInvalid); dispatch.nothing_withdrawn, problem.unknown_village,
// problem.unknown_unit and problem.unknown_cadre (KindInvalid, Field says which list).
func (w *Warm) Replan(ctx context.Context, actor, planID string, gone problem.Withdrawal, settings ReplanSettings) (Replanned, error) {
	s, err := w.session(ctx, planID)
	if err != nil {
		return Replanned{}, err
	}
	if err := checkWithdrawal(s.problem, gone); err != nil {
		return Replanned{}, err
	}
	began := time.Now()
	next, plan, err := s.problem.Repair(s.plan, gone)
	if err != nil {
		return Replanned{}, err
	}
	out := Replanned{Parent: planID, Kept: *plan.Kept, Changes: changes.List(next, s.problem.Former(s.plan.Teams), plan.Teams)}
	out.Took = time.Since(began)
	if settings.Preview {
		out.Plan = next.Solved(plan).Plan
		out.Plan.Round, out.Plan.Policy = s.kept.Round, s.kept.Policy
		return out, nil
	}
	detail, err := describe(next, plan)
	if err != nil {
		return Replanned{}, err
	}
	detail.Round, detail.Policy, detail.CreatedBy = s.kept.Round, s.kept.Policy, actor
	if detail.Name = settings.Name; detail.Name == "" {
		detail.Name = s.kept.Name
	}
	if out.Plan, err = w.service.keepDraft(ctx, detail, planID, gone, out.Changes); err != nil {
		return Replanned{}, err
	}
	w.hold(newSession(out.Plan, next, plan))
	return out, nil
}

// checkWithdrawal refuses a withdrawal of nothing, and names that the problem does not have.
func checkWithdrawal(p *problem.Problem, gone problem.Withdrawal) error {
	if len(gone.Villages)+len(gone.Units)+len(gone.Cadres) == 0 {
		return &domain.Error{Kind: domain.KindInvalid, Key: "dispatch.nothing_withdrawn"}
	}
	unknown := func(field, key, id string) error {
		return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: field, Params: domain.Params{"value": id}}
	}
	for _, code := range gone.Villages {
		if _, known := p.VillageAt(code); !known {
			return unknown("villages", "problem.unknown_village", string(code))
		}
	}
	for _, id := range gone.Units {
		if _, known := p.UnitAt(id); !known {
			return unknown("units", "problem.unknown_unit", id)
		}
	}
	for _, id := range gone.Cadres {
		if _, known := p.CadreAt(id); !known {
			return unknown("cadres", "problem.unknown_cadre", id)
		}
	}
	return nil
}

// keepDraft writes the plan, how it came out of its parent, and a ledger entry; the round's choice of plan stays.
func (s Service) keepDraft(ctx context.Context, detail domain.PlanDetail, parent string, gone problem.Withdrawal, list []changes.Change) (domain.Plan, error) {
	revision := domain.PlanRevision{Parent: parent, Villages: gone.Villages, Units: gone.Units, Cadres: gone.Cadres}
	for _, c := range list {
		cause, err := json.Marshal(c.Cause)
		if err != nil {
			return domain.Plan{}, fmt.Errorf("cause of a change: %w", err)
		}
		revision.Changes = append(revision.Changes, domain.PlanChange{Kind: string(c.Kind), Village: c.Village, Team: c.Team,
			Subject: c.Subject, Cause: string(cause)})
	}
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, detail.Round)
		if err != nil {
			return err
		}
		policy, err := store.PolicyByID(tx, round.Policy)
		if err != nil {
			return err
		}
		if err := insertPlan(tx, &detail); err != nil {
			return err
		}
		revision.Plan = detail.ID
		if err := store.InsertRevision(tx, revision); err != nil {
			return err
		}
		return record(tx, detail.Plan, policy.Region, map[string]any{
			"parent": parent, "villages": gone.Villages, "units": gone.Units, "cadres": gone.Cadres, "changes": len(list)})
	})
	return detail.Plan, err
}

// Changes tells how a kept plan came out of an earlier one: its parent, what was withdrawn, and the changes at villages of
// the scope. Parent is empty for a plan that did not.
//
// Errors: plan.not_found.
func (s Service) Changes(ctx context.Context, scope domain.Scope, planID string) (domain.PlanRevision, []changes.Change, error) {
	var revision domain.PlanRevision
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		_, err := store.PlanByID(tx, planID)
		if err == nil {
			revision, _, err = store.Revision(tx, scope, planID)
		}
		return err
	})
	list := make([]changes.Change, 0, len(revision.Changes))
	for _, c := range revision.Changes {
		change := changes.Change{Kind: changes.Kind(c.Kind), Village: c.Village, Team: c.Team, Subject: c.Subject}
		if err := json.Unmarshal([]byte(c.Cause), &change.Cause); err != nil {
			return revision, nil, fmt.Errorf("cause of a change: %w", err)
		}
		list = append(list, change)
	}
	return revision, list, err
}
