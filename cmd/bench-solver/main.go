// Command bench-solver measures the planning of dispatch problems. It runs the real binary as a child process for each
// problem, once to plan and once to verify, and prints a table: what the plan is worth, what is proven of it, and what it
// took. It is no part of the product.
//
//	bench-solver --jieli bin/jieli                      draws problems of several sizes with `jieli demo` and measures them
//	bench-solver --jieli bin/jieli --problems DIR,DIR   measures these problem folders
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench-solver:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	jieli, examples, problems string
	large                     bool
	limit                     time.Duration
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench-solver", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.jieli, "jieli", "bin/jieli", "the binary to measure")
	flags.StringVar(&o.examples, "examples", "examples/hunan", "folder with the example files to draw from")
	flags.StringVar(&o.problems, "problems", "", "problem folders to measure instead, with commas between them")
	flags.BoolVar(&o.large, "large", false, "draw twenty provinces too")
	flags.DurationVar(&o.limit, "time-limit", 0, "how long a search may take at most; 0 goes by the size of the problem")
	return o, flags.Parse(args)
}

func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	o, err := parse(args, errOut)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "bench-solver-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	b := &bench{options: o, work: work, out: out, err: errOut}
	fmt.Fprint(out, header)
	if o.problems != "" {
		for _, dir := range strings.Split(o.problems, ",") {
			if err := b.measure(ctx, filepath.Base(dir), dir, o.limit); err != nil {
				return err
			}
		}
		return nil
	}
	for _, d := range drawn(o.large) {
		if err := b.measureDrawn(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// draw is a problem that is drawn to be measured.
type draw struct {
	scale   float64
	variant string
	seed    int
}

func (d draw) name() string {
	name := fmt.Sprintf("scale %g, seed %d", d.scale, d.seed)
	if d.variant != "normal" {
		name += ", " + d.variant
	}
	return name
}

// drawn are the problems that are measured where no others are named.
func drawn(large bool) []draw {
	list := []draw{
		{0.02, "normal", 1}, {0.02, "normal", 2}, {0.02, "normal", 3}, {0.02, "tight", 1}, {0.02, "pins", 1},
		{0.1, "normal", 1}, {0.1, "tight", 1}, {0.1, "pins", 1}, {1, "normal", 1}, {1, "tight", 1}, {1, "pins", 1},
	}
	if large {
		list = append(list, draw{20, "normal", 1})
	}
	return list
}

// limitOf is how long a search may take: an hour for a country, far more than its share for a county.
func limitOf(scale float64) time.Duration {
	return min(time.Hour, time.Duration(20+160*scale)*time.Second)
}

// measureDrawn draws the problem into a folder of its own and measures it.
func (b *bench) measureDrawn(ctx context.Context, d draw) error {
	dir := filepath.Join(b.work, "problem")
	defer func() { _ = os.RemoveAll(dir) }()
	args := []string{"demo", "--files", dir, "--examples", b.examples, "--scale", strconv.FormatFloat(d.scale, 'g', -1, 64),
		"--variant", d.variant, "--seed", strconv.Itoa(d.seed)}
	if c, err := b.child(ctx, args...); err != nil {
		return fmt.Errorf("%s: %w\n%s", d.name(), err, c.told)
	}
	limit := b.limit
	if limit == 0 {
		limit = limitOf(d.scale)
	}
	return b.measure(ctx, d.name(), dir, limit)
}
