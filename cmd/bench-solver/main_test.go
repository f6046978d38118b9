package main

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const (
	smallProblem = "../../internal/dispatch/problem/testdata/small"
	examples     = "../../examples/hunan"
)

// binary builds the program that is measured.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jieli")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, "../jieli").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

var line = regexp.MustCompile(`^\| small \| 8 \| 7 \| 24 \| -?\d+ \| \d+ \| -?\d+ \| \d+\.\d{4} % \| -?\d+ \| \d+\.\d{4} % \| [\d.–]+ \| \d+\.\d\d \| \d+\.\d\d \| [1-9]\d* \| (optimal|stalled) \| yes \|$`)

// TestTheTable measures a folder that is named twice, and one that is drawn.
func TestTheTable(t *testing.T) {
	jieli := binary(t)
	var out, told bytes.Buffer
	if err := run(t.Context(), []string{"--jieli", jieli, "--time-limit", "20s", "--problems", smallProblem + "," + smallProblem}, &out, &told); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 4 || !line.MatchString(lines[2]) || !line.MatchString(lines[3]) || told.Len() > 0 {
		t.Errorf("%s%s", out.String(), told.String())
	}
	if columns := strings.Count(lines[0], "|"); strings.Count(lines[1], "|") != columns || strings.Count(lines[2], "|") != columns {
		t.Errorf("columns differ:\n%s", out.String())
	}
	out.Reset()
	b := &bench{options: options{jieli: jieli, examples: examples, limit: time.Second}, work: t.TempDir(), out: &out, err: &told}
	if err := b.measureDrawn(t.Context(), draw{0.01, "pins", 3}); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.HasPrefix(got, "| scale 0.01, seed 3, pins |") || !strings.HasSuffix(got, "| yes |\n") {
		t.Errorf("%s%s", got, told.String())
	}
}

func TestWhatCannotBeMeasuredIsTold(t *testing.T) {
	jieli := binary(t)
	var out, told bytes.Buffer
	if err := run(t.Context(), []string{"--jieli", jieli, "--problems", t.TempDir()}, &out, &told); err == nil || !strings.Contains(err.Error(), "villages.csv") {
		t.Errorf("no problem in the folder: %v", err)
	}
	if err := run(t.Context(), []string{"--jieli", filepath.Join(t.TempDir(), "none"), "--problems", smallProblem}, &out, &told); err == nil {
		t.Error("no binary: no error")
	}
	if err := run(t.Context(), []string{"--nothing"}, &out, &told); err == nil {
		t.Error("a flag that there is not: no error")
	}
	b := &bench{options: options{jieli: jieli, examples: t.TempDir()}, work: t.TempDir(), out: &out, err: &told}
	if err := b.measureDrawn(t.Context(), draw{0.01, "normal", 1}); err == nil || !strings.Contains(err.Error(), "scale 0.01, seed 1") {
		t.Errorf("no examples: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := run(ended, []string{"--jieli", jieli, "--problems", smallProblem}, &out, &told); err == nil {
		t.Error("called off before it began: no error")
	}
}

func TestAPlanThatIsNotVerifiedIsMarked(t *testing.T) {
	r := row{name: "x", verified: "NO", first: "–"}
	r.summary.Score, r.summary.Bound, r.summary.Gap, r.summary.Status = 3, 4, 0.25, "stopped"
	if got := r.String(); got != "| x | 0 | 0 | 0 | 3 | 0 | 4 | 25.0000 % | – | – | – | 0.00 | 0.00 | 0 | stopped | NO |\n" {
		t.Error(got)
	}
}

func TestTheFirstPlanIsWhereTheScoreFirstChanges(t *testing.T) {
	for told, want := range map[string]string{
		"":                                 "–",
		"0.0 s  start  score –  bound –\n": "–",
		"0.1 s  start  score -900  bound 5\nread\n": "–",
		"0.1 s  start  score -900  bound 5\n0.3 s  relaxation in 4  score -900  bound 5\n1.7 s  plan  score 7  bound 5\n2.0 s  done  score 8  bound 8\n": "1.7",
	} {
		if got := firstPlan(told); got != want {
			t.Errorf("%q: %s, not %s", told, got, want)
		}
	}
	if _, _, _, err := sizes("read many villages"); err == nil {
		t.Error("no size, no error")
	}
}

func TestEveryDrawnProblemHasItsOwnName(t *testing.T) {
	names := map[string]bool{}
	for _, d := range drawn(true) {
		if names[d.name()] {
			t.Errorf("%s twice", d.name())
		}
		names[d.name()] = true
		if limit := limitOf(d.scale); limit < 20*time.Second || limit > time.Hour {
			t.Errorf("%s: %s", d.name(), limit)
		}
	}
	if len(drawn(true)) != len(drawn(false))+1 {
		t.Error("twenty provinces are drawn without being asked for")
	}
}
