package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"jieli/internal/dispatch/problem"
)

// bench measures one problem after the other.
type bench struct {
	options
	work     string // folder for what is written on the way
	out, err io.Writer
}

// child is a run of the binary that has ended.
type child struct {
	told string // on standard error
	wall time.Duration
	cpu  time.Duration
	peak int64 // most memory that it held, in bytes (VmHWM)
}

// child runs the binary, in English so that what it tells can be read.
func (b *bench) child(ctx context.Context, args ...string) (child, error) {
	var told bytes.Buffer
	command := exec.CommandContext(ctx, b.jieli, args...) //nolint:gosec // the binary to measure is the caller's choice
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.Env = append(os.Environ(), "JIELI_LANG=en")
	command.Stderr = &told
	began := time.Now()
	err := command.Run()
	c := child{told: told.String(), wall: time.Since(began)}
	if state := command.ProcessState; state != nil {
		c.cpu = state.UserTime() + state.SystemTime()
		if used, ok := state.SysUsage().(*syscall.Rusage); ok {
			c.peak = used.Maxrss << 10 // Linux counts in KiB
		}
	}
	return c, err
}

// row is a line of the table.
type row struct {
	name                    string
	villages, units, cadres int
	summary                 problem.Summary
	first                   string // seconds to the first plan
	planning                child
	verified                string
}

const header = `| problem | villages | units | candidates | score | unserved | bound | gap | tight bound | tight gap | first plan s | s | CPU s | peak MiB | ended | verified |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
`

func (r row) String() string {
	s := r.summary
	tight, tightGap := "–", "–"
	if s.Tight != 0 {
		tight, tightGap = strconv.FormatInt(s.Tight, 10), percent(s.TightGap)
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %d | %s | %s | %s | %s | %.2f | %.2f | %d | %s | %s |\n", r.name, r.villages, r.units, r.cadres,
		s.Score, s.Unserved, s.Bound, percent(s.Gap), tight, tightGap, r.first, r.planning.wall.Seconds(), r.planning.cpu.Seconds(),
		r.planning.peak>>20, s.Status, r.verified)
}

func percent(share float64) string { return fmt.Sprintf("%.4f %%", 100*share) }

// measure plans the problem in a child, verifies the plan in another and prints the row.
func (b *bench) measure(ctx context.Context, name, dir string, limit time.Duration) error {
	plan := filepath.Join(b.work, "plan")
	defer func() { _ = os.RemoveAll(plan) }()
	args := []string{"plan", "--in", dir, "--out", plan}
	if limit > 0 {
		args = append(args, "--time-limit", limit.String())
	}
	r := row{name: name}
	var err error
	if r.planning, err = b.child(ctx, args...); err != nil {
		return fmt.Errorf("%s: plan: %w\n%s", name, err, r.planning.told)
	}
	if r.villages, r.units, r.cadres, err = sizes(r.planning.told); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r.first = firstPlan(r.planning.told)
	text, err := os.ReadFile(filepath.Join(plan, "summary.json")) //nolint:gosec // in the folder that was made for it
	if err := errors.Join(err, json.Unmarshal(text, &r.summary)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if r.verified = "yes"; ctx.Err() == nil {
		if c, err := b.child(ctx, "verify", "--in", dir, "--plan", plan); err != nil {
			r.verified = "NO"
			fmt.Fprintln(b.err, c.told)
		}
	}
	_, err = fmt.Fprint(b.out, r)
	return err
}

var (
	loaded   = regexp.MustCompile(`(?m)^read (\d+) villages, (\d+) units, (\d+) candidates$`)
	progress = regexp.MustCompile(`^([\d.]+) s {2}.* {2}score (-?\d+|–) {2}bound `)
)

// sizes reads how large the problem is from what the planning told.
func sizes(told string) (villages, units, cadres int, err error) {
	found := loaded.FindStringSubmatch(told)
	if found == nil {
		return 0, 0, 0, fmt.Errorf("the size is not told in %q", told)
	}
	villages, errV := strconv.Atoi(found[1])
	units, errU := strconv.Atoi(found[2])
	cadres, errC := strconv.Atoi(found[3])
	return villages, units, cadres, errors.Join(errV, errU, errC)
}

// firstPlan is after how many seconds of the search a score is told that is above that of no teams, which is told first;
// a dash where none is.
func firstPlan(told string) string {
	empty := ""
	for lines := bufio.NewScanner(strings.NewReader(told)); lines.Scan(); {
		found := progress.FindStringSubmatch(lines.Text())
		switch {
		case found == nil || found[2] == "–":
		case empty == "":
			empty = found[2]
		case found[2] != empty:
			return found[1]
		}
	}
	return "–"
}
