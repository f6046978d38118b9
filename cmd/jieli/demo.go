package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/access/password"
	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/demo/sample"
	"jieli/internal/dispatch"
	"jieli/internal/dispatch/folder"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// firstPlanGap is good enough for the demo's first plan: half a percent from the best.
const firstPlanGap = 0.005

// demoOptions are the flags of `jieli demo`.
type demoOptions struct {
	examples, files string
	keyFile         string
	scale           float64
	variant         string
	seed            uint64
	keep, noPlan    bool
	planTime        time.Duration
}

// newDemoCommand draws the demo and loads it, or writes it as files.
func newDemoCommand(e env) *cobra.Command {
	var o demoOptions
	c := &cobra.Command{Use: "demo", Short: e.text.Text("demo.short", nil), Long: e.text.Text("demo.long", nil), Args: noArguments}
	c.RunE = func(c *cobra.Command, _ []string) error { return e.demo(c, o) }
	config.Bind(c.Flags(), e.label, "database", "keys")
	c.Flags().StringVar(&o.examples, "examples", "examples/hunan", e.text.Text("demo.flag_examples", nil))
	c.Flags().StringVar(&o.files, "files", "", e.text.Text("demo.flag_files", nil))
	c.Flags().Float64Var(&o.scale, "scale", 1, e.text.Text("demo.flag_scale", nil))
	c.Flags().StringVar(&o.variant, "variant", string(sample.Normal), e.text.Text("demo.flag_variant", nil))
	c.Flags().Uint64Var(&o.seed, "seed", 1, e.text.Text("demo.flag_seed", nil))
	c.Flags().BoolVar(&o.keep, "keep", false, e.text.Text("demo.flag_keep", nil))
	c.Flags().BoolVar(&o.noPlan, "no-plan", false, e.text.Text("demo.flag_no_plan", nil))
	c.Flags().DurationVar(&o.planTime, "plan-time", time.Minute, e.text.Text("demo.flag_plan_time", nil))
	return c
}

// demo reads the examples before it opens anything: a broken example file leaves no trace.
func (e env) demo(c *cobra.Command, o demoOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	e.tell("demo.reading", domain.Params{"folder": o.examples})
	examples, err := divisions.Read(os.DirFS(o.examples))
	if err != nil {
		return &exitError{exitInput, err}
	}
	if o.files != "" {
		return e.demoFiles(examples, o)
	}
	settings, err := config.Load(c.Flags(), e.variables())
	if err != nil {
		return &exitError{exitInput, err}
	}
	o.keyFile = settings.KeyFile()
	return e.withStore(c, func(ctx context.Context, s *store.Store) error {
		err := s.Migrate(ctx)
		if err == nil {
			err = e.demoData(ctx, s, examples, o)
		}
		if err == nil {
			err = e.demoPlan(ctx, s, o)
		}
		if ctx.Err() != nil {
			return &domain.Error{Kind: domain.KindBusy, Key: "demo.interrupted"}
		}
		return err
	})
}

func (e env) draw(examples divisions.Examples, o demoOptions) (demo.Data, error) {
	e.tell("demo.drawing", domain.Params{"seed": o.seed})
	return demo.Draw(examples, o.seed, password.Hash)
}

// demoFiles writes the next round and the registry as files, all of them or none.
func (e env) demoFiles(examples divisions.Examples, o demoOptions) error {
	out, err := folder.NewOutput(o.files)
	if err != nil {
		return &exitError{exitInput, err}
	}
	defer out.Discard()
	files, err := e.drawFiles(examples, o)
	if err != nil {
		return err
	}
	if err := out.Commit(files); err != nil {
		return err
	}
	fmt.Fprintln(e.out, e.text.Text("demo.files_written", domain.Params{"folder": o.files, "count": len(files), "seed": o.seed}))
	return nil
}

// demoData loads the demo, or keeps what is there.
func (e env) demoData(ctx context.Context, s *store.Store, examples divisions.Examples, o demoOptions) error {
	used, _, err := demo.InUse(ctx, s)
	if err != nil {
		return err
	}
	if used && o.keep {
		e.tell("demo.kept", nil)
		return nil
	}
	if used {
		return &exitError{exitFailed, &domain.Error{Kind: domain.KindConflict, Key: "demo.in_use"}}
	}
	data, err := e.draw(examples, o)
	if err != nil {
		return err
	}
	ring, err := app.OpenKeys(ctx, s, o.keyFile)
	if err != nil {
		return err
	}
	bar := e.newBar()
	if err := demo.Load(ctx, s, ring, data, bar.show); err != nil {
		bar.end()
		return err
	}
	bar.end()
	fmt.Fprintln(e.out, e.text.Text("demo.loaded", domain.Params{"regions": len(data.Regions), "units": len(data.Units),
		"cadres": len(data.Cadres), "teams": len(data.Recorded), "seed": data.Seed}))
	return nil
}

// demoPlan makes the next round's first plan where it has none: also after a run that was interrupted before.
func (e env) demoPlan(ctx context.Context, s *store.Store, o demoOptions) error {
	missing, err := demo.WantsPlan(ctx, s)
	if err != nil || !missing || o.noPlan {
		return err
	}
	e.tell("demo.planning", domain.Params{"round": demo.RoundNext, "limit": o.planTime})
	plan, err := dispatch.Service{Store: s}.PlanRound(ctx, "system", demo.RoundNext,
		dispatch.Settings{TimeLimit: o.planTime, TargetGap: firstPlanGap, Progress: e.progress()})
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, e.text.Text("demo.planned", domain.Params{"plan": plan.ID, "teams": plan.Teams, "members": plan.Members,
		"unserved": plan.Unserved, "gap": fmt.Sprintf("%.2f", 100*plan.Gap())}))
	return nil
}
