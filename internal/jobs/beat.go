package jobs

import (
	"context"
	"log/slog"
	"time"

	"jieli/internal/store"
)

// renewals is how many times a lease is renewed before it would run out.
const renewals = 4

// beat holds the job until its handler has returned: it looks for a wish to cancel, writes progress, and renews the lease in
// time. End ends the handler's context.
func (c *Control) beat(ctx context.Context, handled <-chan struct{}, end context.CancelCauseFunc, log *slog.Logger) {
	if c.job.CancelRequested {
		end(ErrCancelled)
	}
	ticker := time.NewTicker(c.pace.Beat)
	defer ticker.Stop()
	renewed := time.Now()
	for {
		select {
		case <-handled:
			return
		case <-ticker.C:
		}
		err := c.pulse(ctx, end, &renewed)
		if err != nil {
			log.Warn("a job's sign of life was not kept", slog.Any("error", err))
		}
		if err != nil && time.Since(renewed) > c.pace.Lease { // the database is out of reach: another runner may hold the job
			end(ErrLost)
		}
	}
}

// pulse looks, which costs no lock, and writes where there is progress to show or the lease is getting short.
func (c *Control) pulse(ctx context.Context, end context.CancelCauseFunc, renewed *time.Time) error {
	var held, cancel bool
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		held, cancel, err = store.JobPulse(tx, c.job.ID, c.job.Attempt)
		return err
	})
	switch {
	case err != nil:
		return err
	case !held && !c.isFinished():
		end(ErrLost)
	case cancel:
		end(ErrCancelled)
	}
	news := c.news()
	if !held || (news == "" && time.Since(*renewed) < c.pace.Lease/renewals) {
		return nil
	}
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		_, err := store.RenewJob(tx, c.job.ID, c.job.Attempt, c.pace.Lease, news)
		return err
	})
	if err != nil {
		c.untold(news)
		return err
	}
	*renewed = time.Now()
	return nil
}
