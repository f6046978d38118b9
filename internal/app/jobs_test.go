package app_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/store"
)

func enqueue(t *testing.T, kept *store.Store, kind string) (id string) {
	t.Helper()
	err := kept.Write(t.Context(), func(tx *store.Tx) (err error) {
		id, err = jobs.Enqueue(tx, jobs.Job{Kind: kind, Owner: "system", Region: county})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func jobState(t *testing.T, kept *store.Store, id string) (j domain.Job) {
	t.Helper()
	err := kept.Read(context.WithoutCancel(t.Context()), func(tx *store.Tx) (err error) {
		j, err = store.JobByID(tx, county.Scope(), id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// TestAServerDoesJobsAndHandsThemOnWhenItStops stops a server in the middle of a job and lets another one end it.
func TestAServerDoesJobsAndHandsThemOnWhenItStops(t *testing.T) {
	dsn := database(t)
	kept := opened(t, dsn)
	begun := make(chan struct{}, 1)
	s, _ := serving(t, dsn)
	s.Kinds = []jobs.Kind{{Name: "long", Handle: func(ctx context.Context, _ *jobs.Control) error {
		begun <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}}}
	first := start(t, s)
	id := enqueue(t, kept, "long")
	<-begun
	if status, body := get(t, "http://"+first.address+"/metrics"); status != http.StatusOK || !strings.Contains(body, `jieli_jobs_running{kind="long"} 1`) {
		t.Errorf("%d %s", status, body)
	}
	first.stop()
	if err := <-first.ended; err != nil {
		t.Fatal(err)
	}
	if j := jobState(t, kept, id); j.State != domain.JobQueued || j.Strikes != 0 {
		t.Errorf("handed on: %+v", j)
	}
	s.Kinds[0].Handle = func(context.Context, *jobs.Control) error { return nil }
	start(t, s)
	for jobState(t, kept, id).State != domain.JobDone {
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAJobThatDoesNotStopIsCutOff(t *testing.T) {
	dsn := database(t)
	kept := opened(t, dsn)
	begun, release := make(chan struct{}), make(chan struct{})
	s, _ := serving(t, dsn)
	s.Log = io.Discard
	s.Settings.Drain = 20 * time.Millisecond
	s.Kinds = []jobs.Kind{{Name: "stubborn", Handle: func(context.Context, *jobs.Control) error {
		close(begun)
		<-release
		return nil
	}}}
	r := start(t, s)
	id := enqueue(t, kept, "stubborn")
	<-begun
	r.stop()
	wantKey(t, <-r.ended, "job.not_drained")
	if j := jobState(t, kept, id); j.State != domain.JobRunning {
		t.Errorf("cut off: %+v", j)
	}
	close(release)
}
