package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

// planOptions are the flags of `jieli plan`.
type planOptions struct {
	in, out, from string
	workers       int
	limit         time.Duration
	seed          uint64
}

// newPlanCommand finds a plan for a problem folder (dispatch contract, head).
func newPlanCommand(e env) *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use:   "plan --in PROBLEM --out PLAN",
		Short: e.text.Text("plan.short", nil),
		Args:  noArguments,
		RunE:  func(c *cobra.Command, _ []string) error { return e.plan(c.Context(), o) },
	}
	c.Flags().StringVar(&o.in, "in", "", e.text.Text("plan.flag_in", nil))
	c.Flags().StringVar(&o.out, "out", "", e.text.Text("plan.flag_out", nil))
	c.Flags().StringVar(&o.from, "from", "", e.text.Text("plan.flag_from", nil))
	c.Flags().IntVar(&o.workers, "workers", 0, e.text.Text("plan.flag_workers", nil))
	c.Flags().DurationVar(&o.limit, "time-limit", time.Minute, e.text.Text("plan.flag_time", nil))
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
	for _, flag := range [][2]string{{"in", o.in}, {"out", o.out}} {
		if err := needFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	negative := ""
	switch {
	case o.workers < 0:
		negative = "workers"
	case o.limit < 0:
		negative = "time-limit"
	}
	if negative == "" {
		return nil
	}
	return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "plan.flag_negative", Params: domain.Params{"flag": negative}}}
}

// plan reads the problem, makes sure that the folder can be written, solves, and writes the plan as a whole.
func (e env) plan(ctx context.Context, o planOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	p, err := e.loadProblem(o.in)
	if err != nil {
		return err
	}
	settings := problem.Settings{Workers: o.workers, Seed: o.seed, TimeLimit: o.limit, Progress: e.progress()}
	if settings.From, err = e.loadStart(p, o.from); err != nil {
		return err
	}
	out, err := problem.NewOutput(o.out)
	if err != nil {
		return err
	}
	defer out.Discard()
	plan, err := p.Solve(ctx, settings)
	if ctx.Err() != nil {
		return &domain.Error{Kind: domain.KindBusy, Key: "plan.interrupted"}
	}
	if err != nil {
		return err
	}
	files, err := p.PlanFiles(plan, e.text.Text)
	if err != nil {
		return err
	}
	if err := out.Commit(files); err != nil {
		return err
	}
	e.printSummary(plan, len(p.Unserved(plan.Teams)))
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

func (e env) loadStart(p *problem.Problem, dir string) (*problem.Plan, error) {
	if dir == "" {
		return nil, nil
	}
	start, faults := p.ReadStart(problem.Folder(dir))
	if len(faults) > 0 {
		return nil, e.refuse(faults)
	}
	e.tell("plan.start", domain.Params{"teams": len(start.Teams)})
	return &start.Plan, nil
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

// progress tells how the search goes on, once a second at most.
func (e env) progress() func(solver.Progress) {
	last := -1.0
	return func(p solver.Progress) {
		if p.Seconds-last < 1 {
			return
		}
		last = p.Seconds
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

func (e env) printSummary(plan problem.Plan, unserved int) {
	fmt.Fprintln(e.out, e.text.Text("plan.summary", domain.Params{
		"score": plan.Score, "bound": plan.Bound, "gap": fmt.Sprintf("%.4f", 100*plan.Gap()),
		"teams": len(plan.Teams), "members": plan.Members(), "unserved": unserved}))
}
