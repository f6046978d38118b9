package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// The causes with which a handler's context ends.
var (
	ErrCancelled = errors.New("jobs: somebody cancelled the job")
	ErrStopping  = errors.New("jobs: the process stops")
	ErrLost      = errors.New("jobs: another attempt holds the job")
)

// finishTime is how long a handler's last transaction may take once its context has ended.
const finishTime = time.Minute

// Control is what a handler has to do with its job.
type Control struct {
	store *store.Store
	job   store.TakenJob
	pace  Pace

	mu       sync.Mutex
	progress string // newest, empty for what has been written already
	finished bool
}

// Job is the job as it was when this attempt began; Progress is that of the attempt before.
func (c *Control) Job() domain.Job { return c.job.Job }

// Args reads the arguments with which the job was enqueued. Arguments that do not fit, of another version of the program
// say, are KindInvalid, job.args_malformed.
func (c *Control) Args(into any) error {
	decoder := json.NewDecoder(bytes.NewReader([]byte(c.job.Args)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return &domain.Error{Kind: domain.KindInvalid, Key: "job.args_malformed", Params: domain.Params{"kind": c.job.Kind}, Cause: err}
	}
	return nil
}

// Progress shows how far the job is; v is written as JSON, with the next beat. It may be called as often as one likes: what
// comes between two beats is never written.
func (c *Control) Progress(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.progress = string(text)
	return nil
}

// news takes the progress that is still to be written.
func (c *Control) news() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := c.progress
	c.progress = ""
	return text
}

// untold gives back news that could not be written, unless there are newer ones.
func (c *Control) untold(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.progress == "" {
		c.progress = text
	}
}

// Kept is what an attempt before this one kept, nil for nothing.
func (c *Control) Kept() []byte {
	if len(c.job.Checkpoint) == 0 {
		return nil
	}
	return c.job.Checkpoint
}

// Keep keeps what an attempt after this one would go on from, in place of what was kept before.
func (c *Control) Keep(ctx context.Context, data []byte) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		return held(store.KeepJobCheckpoint(tx, c.job.ID, c.job.Attempt, data))
	})
}

// Finish ends the job as done, together with what write writes: both or neither. The result of write is written as JSON, nil as none.
// It works after the handler's context has ended too, within a minute. A transaction that loses a race is begun again, since
// the work before it may have been long: write may run several times. When another attempt holds the job, nothing is written
// and the error is ErrLost. A handler that returns nil without it has finished without a result.
func (c *Control) Finish(ctx context.Context, write func(tx *store.Tx) (result any, err error)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	err := c.again(ctx, func(tx *store.Tx) error {
		result, err := write(tx)
		if err != nil {
			return err
		}
		if result == nil {
			return c.end(tx, store.JobEnd{State: domain.JobDone})
		}
		text, err := json.Marshal(result)
		if err != nil {
			return err
		}
		return c.end(tx, store.JobEnd{State: domain.JobDone, Result: string(text)})
	})
	if err == nil {
		c.mu.Lock()
		c.finished = true
		c.mu.Unlock()
	}
	return err
}

func (c *Control) isFinished() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.finished
}

// writeAttempts is how often a transaction is begun that loses races.
const writeAttempts = 5

// again writes, and begins anew where the database was busy.
func (c *Control) again(ctx context.Context, write func(tx *store.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := c.store.Write(ctx, write)
		if !isBusy(err) || attempt == writeAttempts {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(c.pace.Beat * time.Duration(attempt)):
		}
	}
}

func isBusy(err error) bool {
	var told *domain.Error
	return errors.As(err, &told) && told.Kind == domain.KindBusy
}

// end ends the job, with the newest progress.
func (c *Control) end(tx *store.Tx, end store.JobEnd) error {
	end.Progress = c.latest()
	return held(store.EndJob(tx, c.job.ID, c.job.Attempt, end))
}

// wait lets the job wait for the next attempt, with the newest progress.
func (c *Control) wait(tx *store.Tx, pause time.Duration, strikes int64) error {
	if _, err := store.RenewJob(tx, c.job.ID, c.job.Attempt, c.pace.Lease, c.latest()); err != nil {
		return err
	}
	return held(store.ReturnJob(tx, c.job.ID, c.job.Attempt, pause, strikes))
}

// latest is the progress that is still to be written; it stays, since the transaction may fail.
func (c *Control) latest() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.progress
}

func held(held bool, err error) error {
	if err == nil && !held {
		return ErrLost
	}
	return err
}
