package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// explainOptions are the flags of `jieli explain`.
type explainOptions struct {
	in, plan, village, team string
	unit, cadre             string // asked why not
	solve, json             bool
	limit                   time.Duration
}

// newExplainCommand says why a plan is as it is (dispatch contract §7).
func newExplainCommand(e env) *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "explain --in PROBLEM --plan PLAN",
		Short: e.text.Text("explain.short", nil),
		Args:  noArguments,
		RunE:  func(c *cobra.Command, _ []string) error { return e.explain(c.Context(), o) },
	}
	c.Flags().StringVar(&o.in, "in", "", e.text.Text("plan.flag_in", nil))
	c.Flags().StringVar(&o.plan, "plan", "", e.text.Text("explain.flag_plan", nil))
	c.Flags().StringVar(&o.village, "village", "", e.text.Text("explain.flag_village", nil))
	c.Flags().StringVar(&o.team, "team", "", e.text.Text("explain.flag_team", nil))
	c.Flags().StringVar(&o.unit, "why-not-unit", "", e.text.Text("explain.flag_unit", nil))
	c.Flags().StringVar(&o.cadre, "why-not-cadre", "", e.text.Text("explain.flag_cadre", nil))
	c.Flags().BoolVar(&o.solve, "solve", false, e.text.Text("explain.flag_solve", nil))
	c.Flags().DurationVar(&o.limit, "time-limit", time.Minute, e.text.Text("plan.flag_time", nil))
	c.Flags().BoolVar(&o.json, "json", false, e.text.Text("explain.flag_json", nil))
	return c
}

func (o explainOptions) check() error {
	for _, flag := range [][2]string{{"in", o.in}, {"plan", o.plan}} {
		if err := needFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	wrong := ""
	asks := o.unit != "" || o.cadre != ""
	switch {
	case o.village != "" && o.team != "":
		wrong = "explain.one_place"
	case o.unit != "" && o.cadre != "":
		wrong = "explain.one_wish"
	case asks && o.village == "" && o.team == "":
		wrong = "explain.no_place"
	case o.solve && !asks:
		wrong = "explain.nothing_to_solve"
	case o.limit < 0:
		return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "plan.flag_negative", Params: domain.Params{"flag": "time-limit"}}}
	}
	if wrong != "" {
		return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: wrong}}
	}
	return nil
}

// explain answers one question, or tells about the plan as a whole.
func (e env) explain(ctx context.Context, o explainOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	p, err := e.loadProblem(o.in)
	if err != nil {
		return err
	}
	folder, faults := p.ReadPlan(problem.Folder(o.plan))
	if len(faults) > 0 {
		return e.refuse(faults)
	}
	if faults = slices.Concat(folder.Wrong, p.Check(folder.Teams)); len(faults) > 0 {
		return e.refuse(faults)
	}
	x := p.Explain(folder.Plan)
	place := o.village
	if o.team != "" {
		at := slices.IndexFunc(folder.Teams, func(t problem.Team) bool { return t.ID == o.team })
		if at < 0 {
			return &exitError{exitInput, &domain.Error{Kind: domain.KindInvalid, Key: "problem.unknown_team", Params: domain.Params{"value": o.team}}}
		}
		place = string(p.Villages[folder.Teams[at].Villages[0]].Code)
	}
	switch {
	case o.unit != "" || o.cadre != "":
		return e.explainWish(ctx, x, o, domain.Code(place))
	case place != "":
		answer, err := x.Village(domain.Code(place))
		if err != nil {
			return &exitError{exitInput, err}
		}
		return e.answer(o, answer, func() { e.tellVillage(answer) })
	}
	answer := x.Plan()
	return e.answer(o, answer, func() { e.tellPlan(answer) })
}

// explainWish answers why not that unit or candidate, with a plan that has the wish where one is asked for.
func (e env) explainWish(ctx context.Context, x *problem.Explainer, o explainOptions, village domain.Code) error {
	ask, id := x.WhyNotUnit, o.unit
	if o.cadre != "" {
		ask, id = x.WhyNotCadre, o.cadre
	}
	answer, err := ask(id, village)
	if err != nil {
		return &exitError{exitInput, err}
	}
	if o.solve {
		if answer, err = x.Try(ctx, answer, problem.Settings{TimeLimit: o.limit, Progress: e.progress()}); err != nil {
			return err
		}
	}
	return e.answer(o, answer, func() { e.tellWish(answer, o.solve) })
}

// answer writes the answer as JSON or in words.
func (e env) answer(o explainOptions, answer any, words func()) error {
	if !o.json {
		words()
		return nil
	}
	out := json.NewEncoder(e.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(answer); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}
