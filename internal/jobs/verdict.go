package jobs

import (
	"context"
	"encoding/json"
	"errors"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// The outcomes of an attempt, as the log and the metrics name them.
const (
	outcomeDone      = "done"
	outcomeFailed    = "failed"
	outcomeCancelled = "cancelled"
	outcomeAgain     = "again"    // a fault that may pass
	outcomeReturned  = "returned" // the process stops
	outcomeLost      = "lost"     // another attempt holds the job
)

// verdict is what an attempt came to.
type verdict struct {
	outcome string
	failure *domain.Error
	log     bool // the error is for the administrator
}

// judge sorts what a handler returned. Cause is why its context had ended, nil where it had not.
func judge(c *Control, err, cause error) verdict {
	var told *domain.Error
	var panicked *panicked
	known := errors.As(err, &told) && told.Kind != domain.KindInternal
	switch {
	case c.isFinished():
		return verdict{outcome: outcomeDone, log: err != nil && cause == nil}
	case errors.Is(err, ErrLost), errors.Is(cause, ErrLost):
		return verdict{outcome: outcomeLost}
	case err == nil:
		return verdict{outcome: outcomeDone}
	case errors.Is(cause, ErrCancelled):
		return verdict{outcome: outcomeCancelled}
	case errors.Is(cause, ErrStopping):
		return verdict{outcome: outcomeReturned}
	case known && told.Kind != domain.KindBusy:
		return verdict{outcome: outcomeFailed, failure: told}
	}
	internal := &domain.Error{Kind: domain.KindInternal, Key: "job.internal", Params: domain.Params{"id": c.job.ID}}
	if errors.As(err, &panicked) {
		return verdict{outcomeFailed, internal, true}
	}
	if c.job.Strikes+1 < maxStrikes {
		return verdict{outcome: outcomeAgain, log: !known}
	}
	if known {
		return verdict{outcomeFailed, told, false}
	}
	return verdict{outcomeFailed, internal, true}
}

// note keeps what an attempt came to.
func (r *Runner) note(ctx context.Context, c *Control, v verdict) error {
	if c.isFinished() || v.outcome == outcomeLost {
		return nil
	}
	if v.outcome == outcomeDone {
		return c.Finish(ctx, func(*store.Tx) (any, error) { return nil, nil })
	}
	return c.again(ctx, func(tx *store.Tx) error {
		switch v.outcome {
		case outcomeReturned:
			return c.wait(tx, 0, 0)
		case outcomeAgain:
			return c.wait(tx, r.pace.Pause<<c.job.Strikes, 1)
		case outcomeCancelled:
			return c.end(tx, store.JobEnd{State: domain.JobCancelled})
		}
		return c.end(tx, failed(v.failure))
	})
}

func failed(why *domain.Error) store.JobEnd {
	params, err := json.Marshal(why.Params)
	if err != nil { // a parameter that is no JSON: the message does without
		params = nil
	}
	return store.JobEnd{State: domain.JobFailed, Failure: why.Key, Params: string(params)}
}
