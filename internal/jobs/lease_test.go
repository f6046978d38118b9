package jobs_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/store"
)

// TestAKilledProcessLosesItsJobToAnother kills a process in the middle of a job.
func TestAKilledProcessLosesItsJobToAnother(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		id := w.enqueue("hang", nil)
		child := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this very program
		child.Env = append(os.Environ(), childVariable+"="+w.dsn)
		child.Stderr = t.Output()
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, func() bool { return w.job(id).Progress == `"begun"` })
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait()
		if j := w.job(id); j.State != domain.JobRunning || j.Attempt != 1 {
			t.Fatalf("after the kill: %+v", j)
		}
		w.start(quick, kind("hang", func(ctx context.Context, c *jobs.Control) error {
			return c.Finish(ctx, func(*store.Tx) (any, error) { return string(c.Kept()), nil })
		}))
		j := w.ended(id)
		ends(t, j, domain.JobDone, 2, "")
		if j.Strikes != 1 || j.Result != `"half"` {
			t.Errorf("got %+v", j)
		}
	})
}

func TestSeveralRunnersNeverDoOneJobAtATime(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const runners, count = 3, 24
		var mutex sync.Mutex
		now, times := map[string]int{}, map[string]int{}
		handle := func(_ context.Context, c *jobs.Control) error {
			mutex.Lock()
			defer mutex.Unlock()
			id := c.Job().ID
			if now[id]++; now[id] > 1 {
				t.Errorf("%s is done twice at a time", id)
			}
			times[id]++
			mutex.Unlock()
			time.Sleep(time.Millisecond) // others may look meanwhile
			mutex.Lock()
			now[id]--
			return nil
		}
		var ids []string
		for range count {
			ids = append(ids, w.enqueue("k", nil))
		}
		for range runners {
			w.start(quick, jobs.Kind{Name: "k", AtOnce: 4, Handle: handle})
		}
		for _, id := range ids {
			ends(t, w.ended(id), domain.JobDone, 1, "")
		}
		mutex.Lock()
		defer mutex.Unlock()
		for _, id := range ids {
			if times[id] != 1 {
				t.Errorf("%s was done %d times", id, times[id])
			}
		}
	})
}

// TestAnAttemptThatWasTakenForDeadCannotWrite lets a lease run out under a runner that does not notice.
func TestAnAttemptThatWasTakenForDeadCannotWrite(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		deaf := quick
		deaf.Lease, deaf.Beat = time.Millisecond, time.Hour
		begun, over, tried := make(chan struct{}), make(chan struct{}), make(chan [2]error, 1)
		w.start(deaf, kind("k", func(ctx context.Context, c *jobs.Control) error {
			close(begun)
			<-over
			kept := c.Keep(ctx, []byte("late"))
			ended := c.Finish(ctx, func(tx *store.Tx) (any, error) { return "late", store.SetMeta(tx, "late", "written") })
			tried <- [2]error{kept, ended}
			return ended
		}))
		id := w.enqueue("k", nil)
		<-begun
		second := w.start(quick, kind("k", func(ctx context.Context, c *jobs.Control) error {
			return c.Finish(ctx, func(*store.Tx) (any, error) { return "second", nil })
		}))
		want := w.ended(id)
		ends(t, want, domain.JobDone, 2, "")
		close(over)
		for _, err := range <-tried {
			if !errors.Is(err, jobs.ErrLost) {
				t.Errorf("the first attempt wrote: %v", err)
			}
		}
		if err := second.stop(); err != nil {
			t.Error(err)
		}
		if got := w.job(id); got != want || got.Result != `"second"` {
			t.Errorf("got %+v", got)
		}
		w.write(func(tx *store.Tx) error {
			if value, found, err := store.GetMeta(tx, "late"); found || err != nil {
				t.Errorf("kept %q, %v", value, err)
			}
			return nil
		})
	})
}

func TestAnAttemptLearnsThatItLostItsJob(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	slow := quick
	slow.Lease = time.Nanosecond
	begun, learnt := make(chan struct{}), make(chan error, 1)
	var once sync.Once
	w.start(slow, kind("k", func(ctx context.Context, _ *jobs.Control) error {
		first := false
		once.Do(func() { first = true })
		if !first {
			return nil
		}
		close(begun)
		<-ctx.Done()
		learnt <- context.Cause(ctx)
		return ctx.Err()
	}))
	id := w.enqueue("k", nil)
	<-begun
	// The lease is over at once; whoever looks takes the job, unless the first attempt has just renewed it.
	until(t, func() bool {
		w.write(func(tx *store.Tx) error { _, _, err := store.TakeJob(tx, []string{"k"}, 0); return err })
		return w.job(id).Attempt > 1
	})
	if err := <-learnt; !errors.Is(err, jobs.ErrLost) {
		t.Errorf("learnt %v", err)
	}
	w.ended(id)
}

func TestAJobThatKillsEveryProcessIsGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		id := w.enqueue("k", nil)
		for range 3 { // three processes that die with the job in hand
			w.write(func(tx *store.Tx) error { _, _, err := store.TakeJob(tx, []string{"k"}, 0); return err })
		}
		w.start(quick, kind("k", func(context.Context, *jobs.Control) error { t.Error("was done once more"); return nil }))
		j := w.ended(id)
		ends(t, j, domain.JobFailed, 4, "job.gave_up")
		if j.FailureParams != `{"attempts":3}` {
			t.Errorf("params %s", j.FailureParams)
		}
	})
}
