package jobs_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

type numbers struct{ A, B int }

// add finishes with the sum of its arguments and writes it elsewhere too.
func add(ctx context.Context, c *jobs.Control) error {
	var args numbers
	if err := c.Args(&args); err != nil {
		return err
	}
	if err := c.Progress(map[string]int{"percent": 100}); err != nil {
		return err
	}
	return c.Finish(ctx, func(tx *store.Tx) (any, error) {
		return map[string]int{"sum": args.A + args.B}, store.SetMeta(tx, "sum", c.Job().ID)
	})
}

func TestACommittedJobRuns(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.start(quick, kind("add", add))
		id := w.enqueue("add", numbers{2, 3})
		j := w.ended(id)
		ends(t, j, domain.JobDone, 1, "")
		if j.Result != `{"sum":5}` || j.Progress != `{"percent":100}` || j.Owner != "a1" || j.StartedAt.Before(j.CreatedAt) {
			t.Errorf("got %+v", j)
		}
		w.write(func(tx *store.Tx) error {
			value, _, err := store.GetMeta(tx, "sum")
			if value != id {
				t.Errorf("written with the end: %q", value)
			}
			return err
		})
	})
}

func TestAJobThatWasRolledBackNeverWas(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	var id string
	regret := errors.New("regret")
	err := w.store.Write(t.Context(), func(tx *store.Tx) (err error) {
		if id, err = jobs.Enqueue(tx, jobs.Job{Kind: "add", Owner: "a1", Region: county}); err != nil {
			return err
		}
		return regret
	})
	if !errors.Is(err, regret) {
		t.Fatal(err)
	}
	err = w.store.Read(t.Context(), func(tx *store.Tx) error { _, err := store.JobByID(tx, county.Scope(), id); return err })
	refused(t, err, domain.KindNotFound, "job.not_found")
}

func TestTheEndAndWhatIsWrittenWithItAreOne(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		fault := &domain.Error{Kind: domain.KindConflict, Key: "test.changed", Params: domain.Params{"village": "和平村"}}
		w.start(quick, kind("half", func(ctx context.Context, c *jobs.Control) error {
			return c.Finish(ctx, func(tx *store.Tx) (any, error) {
				return nil, errors.Join(store.SetMeta(tx, "half", "written"), fault)
			})
		}))
		j := w.ended(w.enqueue("half", nil))
		ends(t, j, domain.JobFailed, 1, "test.changed")
		if j.FailureParams != `{"village":"和平村"}` {
			t.Errorf("params %s", j.FailureParams)
		}
		w.write(func(tx *store.Tx) error {
			if value, found, err := store.GetMeta(tx, "half"); found || err != nil {
				t.Errorf("kept %q, %v", value, err)
			}
			return nil
		})
	})
}

func TestALostRaceAtTheEndIsRunAgain(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	w.start(quick, kind("k", func(ctx context.Context, c *jobs.Control) error {
		races := 0
		return c.Finish(ctx, func(tx *store.Tx) (any, error) {
			if races++; races < 4 {
				return nil, errors.Join(store.SetMeta(tx, "race", "lost"), &domain.Error{Kind: domain.KindBusy, Key: "store.busy"})
			}
			value, found, err := store.GetMeta(tx, "race")
			if found {
				t.Errorf("a lost race left %q", value)
			}
			return races, err
		})
	}))
	j := w.ended(w.enqueue("k", nil))
	ends(t, j, domain.JobDone, 1, "")
	if j.Result != "4" || j.Strikes != 0 {
		t.Errorf("got %+v", j)
	}
}

func TestADatabaseOutOfReachIsToldOnce(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	w.start(quick, kind("k", func(context.Context, *jobs.Control) error { return nil }))
	w.ended(w.enqueue("k", nil))
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	const words = "jobs cannot be looked for"
	until(t, func() bool { return strings.Contains(w.log.String(), words) })
	time.Sleep(20 * quick.Poll)
	if n := strings.Count(w.log.String(), words); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestAHandlerMayReturnWithoutAResult(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	w.start(quick, kind("quiet", func(context.Context, *jobs.Control) error { return nil }))
	j := w.ended(w.enqueue("quiet", nil))
	ends(t, j, domain.JobDone, 1, "")
	if j.Result != "" || j.Progress != "" {
		t.Errorf("got %+v", j)
	}
}

func TestArgumentsThatDoNotFitFailTheJob(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	w.start(quick, kind("add", add))
	for _, args := range []any{"text", map[string]int{"A": 1, "C": 2}, []int{1}} {
		ends(t, w.ended(w.enqueue("add", args)), domain.JobFailed, 1, "job.args_malformed")
	}
}

func TestArgumentsThatAreNoJSONAreRefused(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	for _, j := range []jobs.Job{{Kind: "k", Args: func() {}, Region: county}, {Kind: "k", Region: "4301"}, {Kind: "k"}, {Region: county}} {
		err := w.store.Write(t.Context(), func(tx *store.Tx) error { _, err := jobs.Enqueue(tx, j); return err })
		if err == nil {
			t.Errorf("enqueued %+v", j)
		}
	}
}

func TestWhoAskedAndWhoCancelledIsInTheLedger(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	id := w.enqueue("add", numbers{1, 2})
	w.cancel(id)
	w.cancel(id) // twice is no error, and nothing new
	var entries []domain.LedgerEntry
	w.write(func(tx *store.Tx) (err error) {
		entries, err = store.LedgerFrom(tx, 1, 10)
		return err
	})
	if len(entries) != 2 || entries[0].Action != "job.enqueue" || entries[0].Actor != "a1" || entries[1].Action != "job.cancel" || entries[1].Actor != "a2" {
		t.Fatalf("entries %+v", entries)
	}
	for _, e := range entries {
		if e.Subject != "job/"+id || e.Region != county || e.Detail != `{"kind":"add"}` {
			t.Errorf("entry %+v", e)
		}
	}
	if report, err := ledger.Verify(t.Context(), w.store); err != nil || report.Broken != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestOnlyWhoSeesAJobCancelsIt(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	id := w.enqueue("add", numbers{1, 2})
	cancel := func(scope domain.Scope) error {
		return w.store.Write(t.Context(), func(tx *store.Tx) error { _, err := jobs.Cancel(tx, scope, "a3", id); return err })
	}
	for _, scope := range []domain.Scope{{}, domain.Code("430122000000").Scope(), domain.Code("430121101000").Scope()} {
		refused(t, cancel(scope), domain.KindNotFound, "job.not_found")
	}
	w.start(quick, kind("add", add))
	w.ended(id)
	refused(t, cancel(county.Scope()), domain.KindConflict, "job.over")
}

func TestAPanicFailsTheJobAndIsToldInTheLogOnly(t *testing.T) {
	w := newWorld(t, databases["sqlite"](t))
	w.start(quick, kind("bad", func(context.Context, *jobs.Control) error { panic("secret detail") }), kind("add", add))
	id := w.enqueue("bad", nil)
	j := w.ended(id)
	ends(t, j, domain.JobFailed, 1, "job.internal")
	if j.FailureParams != `{"id":"`+id+`"}` || strings.Contains(j.Result+j.Progress, "secret") {
		t.Errorf("got %+v", j)
	}
	if !strings.Contains(w.log.String(), "secret detail") || !strings.Contains(w.log.String(), "jobs_test.go") {
		t.Errorf("the log tells too little: %s", w.log)
	}
	ends(t, w.ended(w.enqueue("add", numbers{1, 1})), domain.JobDone, 1, "")
}
