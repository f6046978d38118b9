// Package dispatch plans a round that is kept in the store: it makes the problem of the round's data, lets the solver
// look for the best plan, and keeps the plan with all that explains it. The problem, its rules and its score are in the
// package below, problem.
package dispatch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/solver"
	"jieli/internal/store"
)

// Service plans rounds.
type Service struct{ Store *store.Store }

// Settings steer PlanRound. The zero value is a sensible default.
type Settings struct {
	Name      string          // the plan's name; empty is the round's name
	Workers   int             // goroutines; 0 is as many as there are processors
	Seed      uint64          // same data, seed and version: same plan, unless time stops the run
	TimeLimit time.Duration   // how long to search at most; 0 is no limit
	TargetGap float64         // good enough, such as 0.005; 0 goes on until nothing more is gained
	From      string          // id of a kept plan to change as little as the policy's key keep asks; empty is none
	Stop      <-chan struct{} // closed: keep the best plan so far; nil is never
	Progress  func(solver.Progress)
}

// PlanRound makes a plan of the round and keeps it in one transaction: plan, teams with their score parts, unserved
// villages with their reasons, the problem and the certificate as archives, and a ledger entry. The plan becomes the
// round's where the round is still being planned. Nothing is kept when it fails.
//
// Errors: round.not_found; plan.not_found and dispatch.plan_without_files (KindInvalid) for Settings.From;
// problem.no_plan_yet (KindBusy) where Stop or the time limit came too early; dispatch.round_faulty (KindInvalid) where the round's data break the dispatch contract, with
// the first fault as its cause; the context's own where it ends first.
func (s Service) PlanRound(ctx context.Context, actor, roundID string, settings Settings) (domain.Plan, error) {
	in, err := s.roundInput(ctx, roundID)
	if err != nil {
		return domain.Plan{}, err
	}
	p, faults := problem.FromRound(in)
	if len(faults) > 0 {
		return domain.Plan{}, faulty(roundID, faults)
	}
	how := problem.Settings{Workers: settings.Workers, Seed: settings.Seed, TimeLimit: settings.TimeLimit,
		TargetGap: settings.TargetGap, Stop: settings.Stop, Progress: settings.Progress}
	if settings.From != "" {
		former, err := s.formerPlan(ctx, p, settings.From)
		if err != nil {
			return domain.Plan{}, err
		}
		how.From, how.Former = &former.Plan, former.Former
	}
	plan, err := p.Solve(ctx, how)
	if err != nil {
		return domain.Plan{}, err
	}
	detail, err := describe(p, plan)
	if err != nil {
		return domain.Plan{}, err
	}
	detail.Round, detail.Policy, detail.CreatedBy = roundID, in.Policy.ID, actor
	if detail.Name = settings.Name; detail.Name == "" {
		detail.Name = in.Round.Name
	}
	return s.keep(ctx, detail, in.Policy.Region)
}

func (s Service) roundInput(ctx context.Context, id string) (domain.RoundInput, error) {
	var in domain.RoundInput
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		var err error
		in, err = store.RoundInput(tx, id)
		return err
	})
	return in, err
}

// faulty is the error for a round whose data are no problem.
func faulty(round string, faults []problem.Fault) error {
	first := faults[0]
	return &domain.Error{
		Kind: domain.KindInvalid, Key: "dispatch.round_faulty",
		Params: domain.Params{"round": round, "count": len(faults), "file": first.File, "line": first.Line},
		Cause:  &domain.Error{Kind: domain.KindInvalid, Key: first.Key, Field: first.ColumnName, Params: first.Params},
	}
}

// describe is the plan as the domain knows it, with the problem's folder and the plan's folder as archives: what
// `jieli verify` needs to check it again.
func describe(p *problem.Problem, plan problem.Plan) (domain.PlanDetail, error) {
	detail := p.Solved(plan)
	var packed, certified error
	var work sync.WaitGroup // packing takes longer than mending
	work.Go(func() { detail.Problem, packed = folder.Archive(p.Files()) })
	work.Go(func() {
		var files []problem.File
		if files, certified = p.PlanFiles(plan, problem.PlainWords); certified == nil {
			detail.Certificate, certified = folder.Archive(files)
		}
	})
	work.Wait()
	if err := errors.Join(packed, certified); err != nil {
		return detail, err
	}
	digest := sha256.Sum256(detail.Problem)
	detail.ProblemDigest = hex.EncodeToString(digest[:])
	return detail, nil
}

// keep writes the plan, its ledger entry and, while the round is planned, the round's choice of plan.
func (s Service) keep(ctx context.Context, detail domain.PlanDetail, region domain.Code) (domain.Plan, error) {
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, detail.Round)
		if err != nil {
			return err
		}
		if err := insertPlan(tx, &detail); err != nil {
			return err
		}
		if err := record(tx, detail.Plan, region, nil); err != nil {
			return err
		}
		if round.Status != domain.RoundPlanning {
			return nil
		}
		return store.SetRoundPlan(tx, detail.Round, detail.ID)
	})
	return detail.Plan, err
}

// insertPlan gives the plan a free id and the time, and writes it.
func insertPlan(tx *store.Tx, detail *domain.PlanDetail) error {
	var err error
	if detail.ID, err = freeID(tx, detail.Round); err != nil {
		return err
	}
	detail.CreatedAt = tx.Now()
	return store.InsertPlan(tx, named(*detail))
}

// freeID numbers the plans of a round: 2023-1, 2023-2, …
func freeID(tx *store.Tx, round string) (string, error) {
	plans, err := store.PlansOfRound(tx, round)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, p := range plans {
		taken[p.ID] = true
	}
	for n := len(plans) + 1; ; n++ {
		if id := fmt.Sprintf("%s-%d", round, n); !taken[id] {
			return id, nil
		}
	}
}

// named gives every team the plan's id.
func named(detail domain.PlanDetail) domain.PlanDetail {
	for i := range detail.Teams {
		detail.Teams[i].Plan = detail.ID
	}
	return detail
}

// record writes the ledger entry of a new plan, with more about it where there is more to tell.
func record(tx *store.Tx, plan domain.Plan, region domain.Code, more map[string]any) error {
	detail := map[string]any{
		"round": plan.Round, "status": plan.Status, "score": plan.Score, "bound": plan.Bound, "tight_bound": plan.TightBound,
		"teams": plan.Teams, "members": plan.Members, "unserved": plan.Unserved, "problem_sha256": plan.ProblemDigest,
	}
	maps.Copy(detail, more)
	told, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("ledger detail: %w", err)
	}
	return ledger.Record(tx, domain.LedgerEntry{
		Actor: plan.CreatedBy, Action: "plan.create", Subject: "plan/" + plan.ID, Region: region, Policy: plan.Policy, Detail: string(told),
	})
}
