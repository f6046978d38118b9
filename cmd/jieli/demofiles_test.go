package main

import (
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
)

// TestOtherSizesAndVariantsAreProblems draws each and loads it.
func TestOtherSizesAndVariantsAreProblems(t *testing.T) {
	whole := drawnProblem(t)
	part := drawnProblem(t, "--scale", "0.1")
	if n := len(part.Villages); n*10 < len(whole.Villages) || n*6 > len(whole.Villages) || len(part.Units) == 0 || len(part.Cadres) == 0 {
		t.Errorf("%d of %d villages, %d units, %d candidates", n, len(whole.Villages), len(part.Units), len(part.Cadres))
	}
	two := drawnProblem(t, "--scale", "2")
	if len(two.Villages) < 2*len(whole.Villages)-1000 || two.Policy["headcount"] != 2*whole.Policy["headcount"] {
		t.Errorf("%d villages in two provinces, headcount %d", len(two.Villages), two.Policy["headcount"])
	}
	if tight := drawnProblem(t, "--scale", "0.1", "--variant", "tight"); len(tight.Cadres) >= len(part.Cadres) || len(tight.Villages) != len(part.Villages) {
		t.Errorf("%d candidates, %d normally", len(tight.Cadres), len(part.Cadres))
	}
	if pins := drawnProblem(t, "--scale", "0.1", "--variant", "pins"); len(pins.Pins) < 10 || len(part.Pins) > 0 {
		t.Errorf("%d pins", len(pins.Pins))
	}
}

func drawnProblem(t *testing.T, args ...string) *problem.Problem {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "problem")
	if code, _, errOut := jieliDemo(t, append([]string{"--files", dir, "--examples", examplesFolder}, args...)...); code != exitOK {
		t.Fatal(errOut)
	}
	p, faults := problem.Load(dir)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

func TestSizesThatThereAreNot(t *testing.T) {
	files := filepath.Join(t.TempDir(), "problem")
	for _, args := range [][]string{
		{"--files", files, "--scale", "0"}, {"--files", files, "--scale", "-1"}, {"--files", files, "--scale", "1.5"}, {"--files", files, "--scale", "41"},
		{"--files", files, "--scale", "NaN"}, {"--files", files, "--variant", "hard"}, {"--scale", "0.5"}, {"--variant", "pins"},
	} {
		code, out, errOut := jieliDemo(t, args...)
		if code != exitInput || out != "" || !strings.Contains(errOut, "--") || strings.Contains(errOut, "demo.") {
			t.Errorf("%v: %d %s%s", args, code, out, errOut)
		}
	}
}
