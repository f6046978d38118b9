package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/dispatch/spread"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// planOptions are the flags of `jieli plan`.
type planOptions struct {
	in, out, from string
	round         string // a round of the database instead of a folder
	workers       int
	limit         time.Duration
	seed          uint64
	gap           float64 // percent
}

// newPlanCommand finds a plan for a problem folder (dispatch contract, head), or for a round of the database.
func newPlanCommand(e env) *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use:   "plan (--in PROBLEM --out PLAN | --round ID)",
		Short: e.text.Text("plan.short", nil),
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if o.round != "" {
				return e.planRound(c, o)
			}
			return e.plan(c.Context(), o)
		},
	}
	e.bindDatabase(c)
	c.Flags().StringVar(&o.round, "round", "", e.text.Text("plan.flag_round", nil))
	c.Flags().StringVar(&o.in, "in", "", e.text.Text("plan.flag_in", nil))
	c.Flags().StringVar(&o.out, "out", "", e.text.Text("plan.flag_out", nil))
	c.Flags().StringVar(&o.from, "from", "", e.text.Text("plan.flag_from", nil))
	c.Flags().IntVar(&o.workers, "workers", 0, e.text.Text("plan.flag_workers", nil))
	c.Flags().DurationVar(&o.limit, "time-limit", time.Minute, e.text.Text("plan.flag_time", nil))
	c.Flags().Float64Var(&o.gap, "target-gap", 0, e.text.Text("plan.flag_gap", nil))
	c.Flags().Uint64Var(&o.seed, "seed", 0, e.text.Text("plan.flag_seed", nil))
	return c
}

// noArguments is cobra.NoArgs with the exit code of a wrong command line.
func noArguments(c *cobra.Command, args []string) error {
	if err := cobra.NoArgs(c, args); err != nil {
		return &exitError{exitInput, err}
	}
	return nil
}

// needFlag is an error where the flag has no value.
func needFlag(name, value string) error {
	if value != "" {
		return nil
	}
	return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "plan.flag_missing", Params: domain.Params{"flag": name}}}
}

func (o planOptions) check() error {
	if err := o.checkSource(); err != nil {
		return err
	}
	negative := ""
	switch {
	case o.workers < 0:
		negative = "workers"
	case o.limit < 0:
		negative = "time-limit"
	case !(o.gap >= 0): // no number is none either
		negative = "target-gap"
	}
	if negative == "" {
		return nil
	}
	return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "plan.flag_negative", Params: domain.Params{"flag": negative}}}
}

// checkSource makes sure that there is either a folder to read and one to write, or a round.
func (o planOptions) checkSource() error {
	if o.round != "" {
		if o.in != "" || o.out != "" {
			return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "plan.round_or_folder"}}
		}
		return nil
	}
	for _, flag := range [][2]string{{"in", o.in}, {"out", o.out}} {
		if err := needFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	return nil
}

// plan reads the problem, makes sure that the folder can be written, solves, and writes the plan as a whole. Where ctx
// ends, the search does, and the best plan so far is written.
func (e env) plan(ctx context.Context, o planOptions) error {
	p, err := e.loadProblem(o.in)
	if err != nil {
		return err
	}
	settings := problem.Settings{Workers: o.workers, Seed: o.seed, TimeLimit: o.limit, TargetGap: o.gap / 100,
		Stop: ctx.Done(), Progress: e.progress()}
	if settings.From, settings.Former, err = e.loadStart(p, o.from); err != nil {
		return err
	}
	out, err := folder.NewOutput(o.out)
	if err != nil {
		return err
	}
	defer out.Discard()
	plan, err := p.Solve(context.WithoutCancel(ctx), settings)
	if err != nil {
		return err
	}
	files, err := p.PlanFiles(plan, e.text.Text)
	if err != nil {
		return err
	}
	var differ []changes.Change
	if plan.Kept != nil {
		differ = changes.List(p, settings.Former, plan.Teams)
		files = append(files, changes.File(differ, e.text.Text))
	}
	if err := out.Commit(files); err != nil {
		return err
	}
	e.printSummary(p, plan)
	if plan.Kept != nil {
		e.printChanges(*plan.Kept, differ)
	}
	if plan.Status == solver.StatusStopped {
		e.tell("plan.stopped", domain.Params{"gap": percent(plan.Gap())})
	}
	return nil
}

func (e env) loadProblem(dir string) (*problem.Problem, error) {
	p, faults := problem.Load(dir)
	if len(faults) > 0 {
		return nil, e.refuse(faults)
	}
	e.tell("plan.loaded", domain.Params{"villages": len(p.Villages), "units": len(p.Units), "cadres": len(p.Cadres)})
	return p, nil
}

// loadStart reads the plan to start from, and its teams by name; nil without one.
func (e env) loadStart(p *problem.Problem, dir string) (*problem.Plan, []problem.FormerTeam, error) {
	if dir == "" {
		return nil, nil, nil
	}
	start, faults := p.ReadStart(problem.Folder(dir))
	if len(faults) > 0 {
		return nil, nil, e.refuse(faults)
	}
	e.tell("plan.start", domain.Params{"teams": len(start.Former)})
	return &start.Plan, start.Former, nil
}

// refuse tells the faults of the input and gives the error to end with.
func (e env) refuse(faults []problem.Fault) error {
	e.tellFaults(faults)
	key := "plan.faults"
	if len(faults) >= problem.MaxFaults {
		key = "plan.faults_many"
	}
	e.tell(key, domain.Params{"count": len(faults)})
	return &exitError{code: exitInput}
}

func (e env) tellFaults(faults []problem.Fault) {
	for _, f := range faults {
		fmt.Fprintln(e.err, f.Text(e.text.Text))
	}
}

func (e env) tell(key string, params domain.Params) { fmt.Fprintln(e.err, e.text.Text(key, params)) }

// progress tells how the search goes on: once a second at most, and at once where it has its first plan, which is where
// the score first changes from that of no teams.
func (e env) progress() func(solver.Progress) {
	last, empty, planned := -1.0, int64(0), false
	return func(p solver.Progress) {
		if last < 0 {
			empty = p.Score
		}
		first := !planned && p.Score != empty
		if p.Seconds-last < 1 && !first {
			return
		}
		last, planned = p.Seconds, planned || first
		e.tell("plan.progress", domain.Params{"seconds": fmt.Sprintf("%.1f", p.Seconds), "phase": p.Phase,
			"score": known(p.Score), "bound": known(p.Bound)})
	}
}

// known is the number, or a dash where the search has none yet.
func known(n int64) string {
	if n == math.MinInt64 || n == math.MaxInt64 {
		return "–"
	}
	return strconv.FormatInt(n, 10)
}

// printSummary tells the plan's figures, and how fair it is in a line of words.
func (e env) printSummary(p *problem.Problem, plan problem.Plan) {
	fmt.Fprintln(e.out, e.text.Text("plan.summary", domain.Params{
		"score": plan.Score, "bound": plan.Bound, "gap": percent(plan.Gap()),
		"teams": len(plan.Teams), "members": plan.Members(), "unserved": len(p.Unserved(plan.Teams))}))
	if plan.TightBound != 0 {
		fmt.Fprintln(e.out, e.text.Text("plan.tight", domain.Params{"bound": plan.TightBound, "gap": percent(plan.TightGap())}))
	}
	fmt.Fprintln(e.out, e.fairness(p.Fairness(plan.Teams).Summary()))
}

// fairness puts in words which way strong units lean, how even counties are, and the weakest county.
func (e env) fairness(f spread.FairnessSummary) string {
	lean := "plan.lean_even"
	switch {
	case f.Concentration >= 0.005:
		lean = "plan.lean_hard"
	case f.Concentration <= -0.005:
		lean = "plan.lean_easy"
	}
	return e.text.Text("plan.fairness", domain.Params{"lean": e.text.Text(lean, nil), "concentration": fmt.Sprintf("%+.3f", f.Concentration),
		"gini": fmt.Sprintf("%.3f", f.Gini), "county": string(f.Weakest)})
}

// printChanges tells what stayed and counts what did not, kind by kind.
func (e env) printChanges(kept problem.Kept, list []changes.Change) {
	fmt.Fprintln(e.out, e.text.Text("plan.kept", domain.Params{"teams": kept.Teams, "members": kept.Members, "changes": len(list)}))
	for from := 0; from < len(list); {
		to := from
		for to < len(list) && list[to].Kind == list[from].Kind {
			to++
		}
		fmt.Fprintln(e.out, e.text.Text("change."+string(list[from].Kind), domain.Params{"count": to - from}))
		from = to
	}
}

// percent is a share in hundredths, with four decimals.
func percent(share float64) string { return fmt.Sprintf("%.4f", 100*share) }
