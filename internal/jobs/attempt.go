package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// maxStrikes is how many attempts of a job may end without an outcome.
const maxStrikes = 3

// attempt does a job that was taken, and notes what came of it.
func (r *Runner) attempt(ctx context.Context, job store.TakenJob) {
	began := time.Now()
	log := r.log.With(slog.String("job", job.ID), slog.String("kind", job.Kind), slog.Int64("attempt", job.Attempt))
	work, end := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { end(ErrStopping) })
	defer stop()
	c := &Control{store: r.store, job: job, pace: r.pace}

	handled := make(chan struct{})
	var beating sync.WaitGroup
	beating.Go(func() { c.beat(context.WithoutCancel(ctx), handled, end, log) })
	log.Info("job begins")
	err := r.handle(work, c)
	cause := context.Cause(work)
	close(handled)
	beating.Wait()
	end(nil)

	v := judge(c, err, cause)
	if v.log {
		log.Error("job met a fault", slog.Any("error", err))
	}
	if err := r.note(context.WithoutCancel(ctx), c, v); err != nil {
		log.Error("what came of a job was not kept; it will be done again", slog.Any("error", err))
		v.outcome = outcomeLost
	}
	took := time.Since(began)
	log.Info("job ends", slog.String("outcome", v.outcome), slog.Duration("took", took))
	r.meters.ended(job.Kind, v.outcome, took)
}

// handle runs the handler; a panic is an error with its stack. A job that lost too many attempts is not run again: it may be
// what kills the process.
func (r *Runner) handle(ctx context.Context, c *Control) (err error) {
	if c.job.Strikes >= maxStrikes {
		return &domain.Error{Kind: domain.KindInvalid, Key: "job.gave_up", Params: domain.Params{"attempts": c.job.Strikes}}
	}
	defer func() {
		if caught := recover(); caught != nil {
			err = &panicked{caught, debug.Stack()}
		}
	}()
	r.meters.running.WithLabelValues(c.job.Kind).Inc()
	defer r.meters.running.WithLabelValues(c.job.Kind).Dec()
	return r.kinds[c.job.Kind].Handle(ctx, c)
}

type panicked struct {
	value any
	stack []byte
}

// Error holds the stack, for the log.
func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }
