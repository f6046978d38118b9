package main

import (
	"slices"

	"github.com/spf13/cobra"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// newVerifyCommand holds a plan folder against the rules, the score and the certificate (dispatch contract §2 to §5).
func newVerifyCommand(e env) *cobra.Command {
	var in, plan string
	c := &cobra.Command{
		Use:   "verify --in PROBLEM --plan PLAN",
		Short: e.text.Text("verify.short", nil),
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return e.verify(in, plan) },
	}
	c.Flags().StringVar(&in, "in", "", e.text.Text("plan.flag_in", nil))
	c.Flags().StringVar(&plan, "plan", "", e.text.Text("plan.flag_plan", nil))
	return c
}

func (e env) verify(in, dir string) error {
	for _, flag := range [][2]string{{"in", in}, {"plan", dir}} {
		if err := needFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	p, err := e.loadProblem(in)
	if err != nil {
		return err
	}
	folder, faults := p.ReadPlan(problem.Folder(dir))
	if len(faults) > 0 {
		return e.refuse(faults)
	}
	found := p.Found(folder)
	faults = slices.Concat(folder.Wrong, p.Check(found.Teams), p.CheckClaims(folder, found))
	e.printSummary(p, found)
	if len(faults) == 0 {
		e.tell("verify.good", nil)
		return nil
	}
	e.tellFaults(faults[:min(len(faults), problem.MaxFaults)])
	e.tell("verify.bad", domain.Params{"count": len(faults)})
	return &exitError{code: exitFailed}
}
