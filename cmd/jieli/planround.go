package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"jieli/internal/dispatch"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// planRound makes a plan of a round that the database keeps and leaves it there, for the administrator at the machine.
// Where the command is interrupted, the best plan so far is kept.
func (e env) planRound(c *cobra.Command, o planOptions) error {
	return e.withStore(c, func(ctx context.Context, s *store.Store) error {
		if err := s.Ping(ctx); err != nil {
			return err
		}
		plan, err := dispatch.Service{Store: s}.PlanRound(context.WithoutCancel(ctx), "system", o.round, dispatch.Settings{
			Workers: o.workers, Seed: o.seed, TimeLimit: o.limit, TargetGap: o.gap / 100, From: o.from,
			Stop: ctx.Done(), Progress: e.progress(),
		})
		if err != nil {
			return err
		}
		fmt.Fprintln(e.out, e.text.Text("plan.round_planned", domain.Params{"plan": plan.ID, "round": plan.Round, "teams": plan.Teams,
			"members": plan.Members, "unserved": plan.Unserved, "gap": percent(plan.Gap())}))
		return nil
	})
}
