package solver_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/solver"
)

func source(t *rapid.T) *rand.Rand {
	return rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
}

// check holds a result to what Solve promises, whatever its quality.
func check(t interface{ Fatalf(string, ...any) }, p *solver.Problem, r solver.Result) {
	score, err := solver.Score(p, r.Teams)
	if err != nil || score != r.Score {
		t.Fatalf("score %d, told %d, error %v", score, r.Score, err)
	}
	if err := p.CheckPrices(r.Prices); err != nil {
		t.Fatalf("prices: %v", err)
	}
	if b := solver.Bound(p, r.Prices); b != r.Bound || b < score {
		t.Fatalf("bound %d, told %d, score %d", b, r.Bound, score)
	}
	if b := solver.AgentBound(p, r.Tight); b != r.TightBound || b < score {
		t.Fatalf("tight bound %d, told %d, score %d", b, r.TightBound, score)
	}
	if (r.Status == solver.StatusOptimal) != (r.Score == min(r.Bound, r.TightBound)) {
		t.Fatalf("status %s with score %d and bounds %d and %d", r.Status, r.Score, r.Bound, r.TightBound)
	}
}

func TestSolveAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(source(t))
		r, err := solver.Solve(context.Background(), p, solver.Settings{Workers: 1})
		if err != nil {
			t.Fatalf("%v", err)
		}
		check(t, p, r)
		if best := optimum(p); r.Score > best || best > r.Bound {
			t.Fatalf("score %d, optimum %d, bound %d", r.Score, best, r.Bound)
		}
	})
}

func TestSolveMostlyFindsTheOptimum(t *testing.T) {
	const problems = 1500
	found, proved := 0, 0
	for seed := range uint64(problems) {
		p := drawProblem(rand.New(rand.NewPCG(seed, 2)))
		r, err := solver.Solve(context.Background(), p, solver.Settings{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		best := optimum(p)
		if r.Score > best || best > r.Bound {
			t.Fatalf("seed %d: score %d, optimum %d, bound %d", seed, r.Score, best, r.Bound)
		}
		if r.Score == best {
			found++
		}
		if r.Status == solver.StatusOptimal {
			proved++
		}
	}
	t.Logf("optimum found in %d of %d, proved in %d", found, problems, proved)
	if found < problems*9/10 {
		t.Fatalf("optimum found in %d of %d only", found, problems)
	}
}

func TestBoundIsTheCertificateWordByWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := source(t)
		p := drawProblem(r)
		pr := drawPrices(r, p)
		if err := p.CheckPrices(pr); err != nil {
			t.Fatalf("%v", err)
		}
		got := solver.Bound(p, pr)
		if want := naiveBound(p, pr); got != want {
			t.Fatalf("bound %d, by hand %d", got, want)
		}
		if best := optimum(p); got < best {
			t.Fatalf("bound %d below optimum %d", got, best)
		}
	})
}

// The largest of these comes apart into blocks that are solved and improved side by side, with agents lent to them.
// It is stopped at a phase, not at a time, so that all runs get equally far.
func TestSolveDoesNotDependOnWorkers(t *testing.T) {
	sizes := []int{60, 90, 440}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for seed, sites := range sizes {
		p := bigProblem(uint64(seed), sites)
		var first solver.Result
		for _, workers := range []int{1, 2, 7} {
			r := solveUntil(t, p, "round 1", solver.Settings{Workers: workers, Seed: uint64(seed)})
			check(t, p, r)
			if workers == 1 {
				first = r
			} else if !reflect.DeepEqual(first, r) {
				t.Fatalf("seed %d: %d workers: score %d bound %d, one worker: %d %d", seed, workers, r.Score, r.Bound, first.Score, first.Bound)
			}
		}
	}
}

// solveUntil stops the run when it tells of the phase.
func solveUntil(t *testing.T, p *solver.Problem, phase string, s solver.Settings) solver.Result {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.Progress = func(g solver.Progress) {
		if g.Phase == phase {
			cancel()
		}
	}
	r, err := solver.Solve(ctx, p, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSolveStopsWithWhatItHas(t *testing.T) {
	p := bigProblem(1, 200)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := solver.Solve(ctx, p, solver.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, p, r)
	if r.Status != solver.StatusStopped {
		t.Fatalf("status %s", r.Status)
	}
	ctx, cancel = context.WithCancel(context.Background())
	defer cancel()
	calls := 0
	r, err = solver.Solve(ctx, p, solver.Settings{Progress: func(g solver.Progress) {
		if calls++; g.Phase == "plan" {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	check(t, p, r)
	if r.Status != solver.StatusStopped || calls < 3 || len(r.Teams) == 0 {
		t.Fatalf("status %s after %d calls with %d teams", r.Status, calls, len(r.Teams))
	}
}

func TestProgressOnlyGetsBetter(t *testing.T) {
	p := bigProblem(3, 80)
	var last solver.Progress
	r, err := solver.Solve(context.Background(), p, solver.Settings{Progress: func(g solver.Progress) {
		if last.Phase != "" && (g.Score < last.Score || g.Bound > last.Bound || g.Seconds < last.Seconds) {
			t.Errorf("%+v after %+v", g, last)
		}
		last = g
	}})
	if err != nil {
		t.Fatal(err)
	}
	if last.Score != r.Score || last.Bound != min(r.Bound, r.TightBound) {
		t.Fatalf("last %+v, result %d %d %d", last, r.Score, r.Bound, r.TightBound)
	}
}

func TestTargetGapEndsTheRun(t *testing.T) {
	p := bigProblem(5, 80)
	r, err := solver.Solve(context.Background(), p, solver.Settings{TargetGap: 0.9})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != solver.StatusTarget && r.Status != solver.StatusOptimal || solver.Gap(r.Score, r.Bound) > 0.9 {
		t.Fatalf("%s at gap %f", r.Status, solver.Gap(r.Score, r.Bound))
	}
}

func TestStartIsNeverMadeWorse(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector; the other tests take the same ways")
	}
	p := bigProblem(7, 80)
	r, err := solver.Solve(context.Background(), p, solver.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	stale := append([]solver.Team{{Slot: 0, Agent: 0, Items: []int32{1 << 20}}, {Slot: -1}}, r.Teams...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	again, err := solver.Solve(ctx, p, solver.Settings{Start: stale, Warm: &r.Prices})
	if err != nil {
		t.Fatal(err)
	}
	check(t, p, again)
	if again.Score != r.Score || again.Bound != r.Bound {
		t.Fatalf("from %d %d to %d %d", r.Score, r.Bound, again.Score, again.Bound)
	}
}

func TestSolveRefusesFaultyProblems(t *testing.T) {
	p := bigProblem(1, 5)
	p.Slots[0].Options[0].Agent = 99
	if _, err := solver.Solve(context.Background(), p, solver.Settings{}); err == nil {
		t.Fatal("no error")
	}
	p = bigProblem(1, 5)
	p.Worth = func(int32, int32) (int64, bool) { return 1 << 40, true }
	if _, err := solver.Solve(context.Background(), p, solver.Settings{}); err == nil {
		t.Fatal("no error for a worth out of range")
	}
}

func TestContextErrorIsNotAnError(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	if _, err := solver.Solve(ctx, bigProblem(2, 30), solver.Settings{}); errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}
