package httpapi

import (
	"context"
	"encoding/json"
	"time"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/store"
)

// job tells how far a job is.
func (s *server) job(ctx context.Context, in *JobPath) (*answer[Job], error) {
	j, err := s.readJob(ctx, in.Job)
	if err != nil {
		return nil, err
	}
	return answering(s.jobOf(ctx, j)), nil
}

// cancelJob asks for a job to end. One that runs may take a moment, and may still end with what it has so far.
func (s *server) cancelJob(ctx context.Context, in *JobPath) (*answer[Job], error) {
	g := granted(ctx)
	var j domain.Job
	err := s.store.Write(ctx, func(tx *store.Tx) (err error) {
		j, err = jobs.Cancel(tx, g.scope, g.actor.ID, in.Job)
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(s.jobOf(ctx, j)), nil
}

func (s *server) readJob(ctx context.Context, id string) (j domain.Job, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		j, err = store.JobByID(tx, granted(ctx).scope, id)
		return err
	})
	return j, err
}

// jobOf puts a job in the caller's words.
func (s *server) jobOf(ctx context.Context, j domain.Job) Job {
	told := Job{
		ID: j.ID, Kind: j.Kind, State: j.State, Region: j.Region, Own: j.Owner == granted(ctx).actor.ID, Attempt: j.Attempt,
		CancelRequested: j.CancelRequested, Progress: rawOf(j.Progress), Result: rawOf(j.Result),
		CreatedAt: j.CreatedAt, StartedAt: momentOf(j.StartedAt), FinishedAt: momentOf(j.FinishedAt),
	}
	if j.Failure != "" {
		told.Failure = s.failureOf(ctx, j.Failure, j.FailureParams)
	}
	return told
}

// rawOf is kept JSON as it is, null for none.
func rawOf(text string) json.RawMessage {
	if text == "" {
		return json.RawMessage("null")
	}
	return json.RawMessage(text)
}

func momentOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
