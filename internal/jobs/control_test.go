package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/store"
)

func TestAWaitingJobIsCancelledAtOnce(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	id := w.enqueue("add", numbers{1, 2})
	w.cancel(id)
	w.start(quick, kind("add", add))
	w.ended(w.enqueue("add", numbers{1, 2})) // the runner has had its chance
	ends(t, w.job(id), domain.JobCancelled, 0, "")
}

func TestARunningJobIsCancelledFromAnywhere(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		cause := make(chan error, 1)
		w.start(quick, kind("long", func(ctx context.Context, c *jobs.Control) error {
			if err := c.Progress("begun"); err != nil {
				return err
			}
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return ctx.Err()
		}))
		id := w.enqueue("long", nil)
		until(t, func() bool { return w.job(id).Progress == `"begun"` })
		other := newWorld(t, w.dsn) // another process's store
		other.cancel(id)
		ends(t, w.ended(id), domain.JobCancelled, 1, "")
		if err := <-cause; !errors.Is(err, jobs.ErrCancelled) {
			t.Errorf("cause %v", err)
		}
	})
}

// TestAnEarlyStopKeepsWhatThereIs: a handler that has something worth keeping finishes with it.
func TestAnEarlyStopKeepsWhatThereIs(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.start(quick, kind("solve", func(ctx context.Context, c *jobs.Control) error {
			best := 0
			for ctx.Err() == nil {
				best++
				if err := c.Progress(best); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
			}
			return c.Finish(ctx, func(tx *store.Tx) (any, error) { return "best so far", store.SetMeta(tx, "plan", "kept") })
		}))
		id := w.enqueue("solve", nil)
		until(t, func() bool { return w.job(id).Progress != "" })
		w.cancel(id)
		j := w.ended(id)
		ends(t, j, domain.JobDone, 1, "")
		if j.Result != `"best so far"` || !j.CancelRequested {
			t.Errorf("got %+v", j)
		}
	})
}

// TestAJobGoesOnWhereTheProcessStopped stops a runner in good order and lets another one take over.
func TestAJobGoesOnWhereTheProcessStopped(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		cause := make(chan error, 1)
		handle := func(ctx context.Context, c *jobs.Control) error {
			if c.Kept() != nil {
				return c.Finish(ctx, func(*store.Tx) (any, error) { return []string{string(c.Kept()), c.Job().Progress}, nil })
			}
			if err := errors.Join(c.Keep(ctx, []byte("best plan")), c.Progress("half")); err != nil {
				return err
			}
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return ctx.Err()
		}
		first := w.start(quick, kind("solve", handle))
		id := w.enqueue("solve", nil)
		until(t, func() bool { return w.job(id).State == domain.JobRunning })
		if err := first.stop(); err != nil {
			t.Fatal(err)
		}
		if err := <-cause; !errors.Is(err, jobs.ErrStopping) {
			t.Errorf("cause %v", err)
		}
		if j := w.job(id); j.State != domain.JobQueued || j.Strikes != 0 {
			t.Errorf("after the stop: %+v", j)
		}
		w.start(quick, kind("solve", handle))
		j := w.ended(id)
		ends(t, j, domain.JobDone, 2, "")
		if j.Result != `["best plan","\"half\""]` {
			t.Errorf("result %s", j.Result)
		}
	})
}

func TestAHandlerThatDoesNotHeedTheStopIsTold(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	release, begun, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	hasty := quick
	hasty.Drain = time.Millisecond
	r := w.start(hasty, kind("stubborn", func(context.Context, *jobs.Control) error {
		close(begun)
		<-release
		close(ended)
		return nil
	}))
	id := w.enqueue("stubborn", nil)
	<-begun
	refused(t, r.stop(), domain.KindBusy, "job.not_drained")
	close(release)
	<-ended
	w.ended(id)
}

func TestNoMoreOfAKindThanAllowedAtOnce(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	var now, most atomic.Int64
	both := make(chan struct{})
	open := sync.OnceFunc(func() { close(both) })
	w.start(quick, jobs.Kind{Name: "k", AtOnce: 2, Handle: func(context.Context, *jobs.Control) error {
		defer now.Add(-1)
		n := now.Add(1)
		for before := most.Load(); n > before && !most.CompareAndSwap(before, n); before = most.Load() {
			continue
		}
		if n == 2 {
			open() // the first job waits for this until a second one runs beside it
		}
		<-both
		return nil
	}})
	var ids []string
	for range 8 {
		ids = append(ids, w.enqueue("k", nil))
	}
	for _, id := range ids {
		w.ended(id)
	}
	if most.Load() != 2 {
		t.Errorf("%d at once", most.Load())
	}
}

func TestAnUnknownKindWaitsForAProcessThatKnowsIt(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	later := w.enqueue("later", nil)
	w.start(quick, kind("add", add))
	w.ended(w.enqueue("add", numbers{1, 2}))
	if j := w.job(later); j.State != domain.JobQueued || j.Attempt != 0 {
		t.Errorf("got %+v", j)
	}
	w.start(quick, kind("later", func(context.Context, *jobs.Control) error { return nil }))
	w.ended(later)
}

func TestOldJobsAreRemoved(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	id := w.enqueue("add", numbers{1, 2})
	w.cancel(id)
	waiting := w.enqueue("nobody's", nil)
	short := quick
	short.Retain = time.Millisecond
	w.start(short, kind("add", add))
	until(t, func() bool {
		err := w.store.Read(t.Context(), func(tx *store.Tx) error { _, err := store.JobByID(tx, county.Scope(), id); return err })
		return err != nil
	})
	if j := w.job(waiting); j.State != domain.JobQueued {
		t.Errorf("got %+v", j)
	}
}

func TestMetersTellWhatWaitsAndWhatEnded(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	r := w.start(quick, kind("add", add))
	w.enqueue("nobody's", nil)
	w.ended(w.enqueue("add", numbers{1, 2}))
	w.ended(w.enqueue("add", "x"))
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(r)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += " " + l.GetValue()
			}
			told[name] = m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	for name, want := range map[string]float64{
		"jieli_jobs_attempts_total add done": 1, "jieli_jobs_attempts_total add failed": 1, "jieli_jobs_open nobody's queued": 1,
		"jieli_jobs_running add": 0, "jieli_jobs_attempt_duration_seconds add": 2,
	} {
		if got, found := told[name]; !found || got != want {
			t.Errorf("%s is %v, %v in %v", name, got, found, told)
		}
	}
}

// steps are what a scripted job may do in one attempt.
var steps = map[string]func(ctx context.Context, c *jobs.Control) error{
	"busy": func(context.Context, *jobs.Control) error {
		return &domain.Error{Kind: domain.KindBusy, Key: "test.busy"}
	},
	"unknown": func(context.Context, *jobs.Control) error { return errors.New("disk on fire") },
	"inside": func(context.Context, *jobs.Control) error {
		return &domain.Error{Kind: domain.KindInternal, Key: "test.inside"}
	},
	"wrong": func(context.Context, *jobs.Control) error {
		return &domain.Error{Kind: domain.KindInvalid, Key: "test.wrong"}
	},
	"panic": func(context.Context, *jobs.Control) error { panic("x") },
	"done":  func(context.Context, *jobs.Control) error { return nil },
	"finish": func(ctx context.Context, c *jobs.Control) error {
		err := c.Finish(ctx, func(*store.Tx) (any, error) { return 7, nil })
		return errors.Join(err, errors.New("a fault after the end changes nothing"))
	},
}

// expected is how a job ends that does the steps, one an attempt.
func expected(script []string) (state domain.JobState, attempts int64, failure string) {
	for i, step := range script {
		n := int64(i + 1)
		switch step {
		case "done", "finish":
			return domain.JobDone, n, ""
		case "wrong":
			return domain.JobFailed, n, "test.wrong"
		case "panic":
			return domain.JobFailed, n, "job.internal"
		}
		if n == 3 && step == "busy" {
			return domain.JobFailed, n, "test.busy"
		}
		if n == 3 {
			return domain.JobFailed, n, "job.internal"
		}
	}
	return "", 0, ""
}

// TestFaultsThatMayPassAreTriedAgain plays drawn scripts and compares with the three lines of the rule.
func TestFaultsThatMayPassAreTriedAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.start(quick, jobs.Kind{Name: "script", AtOnce: 2, Handle: func(ctx context.Context, c *jobs.Control) error {
			var script []string
			if err := c.Args(&script); err != nil {
				return err
			}
			return steps[script[c.Job().Attempt-1]](ctx, c)
		}})
		rapid.Check(t, func(rt *rapid.T) {
			names := []string{"busy", "unknown", "inside", "wrong", "panic", "done", "finish"}
			script := rapid.SliceOfN(rapid.SampledFrom(names), 3, 3).Draw(rt, "script")
			j := w.ended(w.enqueue("script", script))
			state, attempts, failure := expected(script)
			if got, want := fmt.Sprint(j.State, j.Attempt, j.Failure), fmt.Sprint(state, attempts, failure); got != want {
				rt.Fatalf("%v ended %s, want %s", script, got, want)
			}
		})
	})
}
