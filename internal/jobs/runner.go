package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// Handler does the work of one job. It ends soon after its context ends. The same job may come again after an attempt that
// was cut off: what it writes other than with Control.Finish has to bear that.
type Handler func(ctx context.Context, c *Control) error

// Kind is a kind of job that the process can do. AtOnce is how many of it may run at the same time here, 0 for one.
type Kind struct {
	Name   string
	AtOnce int
	Handle Handler
}

// Pace says how often a runner looks and how long it waits. Zero values are the defaults, in brackets.
type Pace struct {
	Poll   time.Duration // between two looks for jobs (500 ms)
	Beat   time.Duration // between two looks whether a running job was cancelled; progress is written as often (500 ms)
	Lease  time.Duration // how long a job is held without a sign of life (1 min)
	Pause  time.Duration // before the second attempt of a job that met a fault; doubled for each one more (5 s)
	Retain time.Duration // how long jobs are kept that have ended (7 days)
	Drain  time.Duration // how long handlers may take to end when the process stops (15 s)
}

func (p Pace) filled() Pace {
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{{&p.Poll, time.Second / 2}, {&p.Beat, time.Second / 2}, {&p.Lease, time.Minute}, {&p.Pause, 5 * time.Second},
		{&p.Retain, 7 * 24 * time.Hour}, {&p.Drain, 15 * time.Second}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	return p
}

// Options are what a runner needs.
type Options struct {
	Store *store.Store
	Log   *slog.Logger
	Kinds []Kind
	Pace  Pace
}

// Runner takes jobs and does them.
type Runner struct {
	store  *store.Store
	log    *slog.Logger
	pace   Pace
	kinds  map[string]Kind
	meters *meters
	freed  chan struct{} // a job has ended, so that there is room
	blind  bool          // the last look for jobs failed; for Run only

	mu      sync.Mutex
	running map[string]int // by kind
}

// NewRunner makes a runner, which does nothing until Run.
func NewRunner(o Options) *Runner {
	r := &Runner{store: o.Store, log: o.Log, pace: o.Pace.filled(), kinds: map[string]Kind{}, running: map[string]int{},
		freed: make(chan struct{}, 1), meters: newMeters()}
	for _, k := range o.Kinds {
		k.AtOnce = max(1, k.AtOnce)
		r.kinds[k.Name] = k
	}
	return r
}

// Run takes and does jobs until ctx ends; then it gives those that run a sign and waits for them. Handlers that do not heed
// it within the drain time are KindBusy, job.not_drained; their jobs are done again elsewhere.
func (r *Runner) Run(ctx context.Context) error {
	var group sync.WaitGroup
	poll, tidy := time.NewTicker(r.pace.Poll), time.NewTicker(r.tidyEvery())
	defer poll.Stop()
	defer tidy.Stop()
	for {
		r.takeAll(ctx, &group)
		select {
		case <-ctx.Done():
			return r.drain(&group)
		case <-tidy.C:
			r.tidy(ctx)
		case <-poll.C:
		case <-r.freed:
		}
	}
}

func (r *Runner) tidyEvery() time.Duration { return min(r.pace.Retain, 10*time.Minute) }

// tidy removes jobs that ended long ago.
func (r *Runner) tidy(ctx context.Context) {
	err := r.store.Write(ctx, func(tx *store.Tx) error { return store.DeleteFinishedJobs(tx, tx.Now().Add(-r.pace.Retain)) })
	if err != nil && ctx.Err() == nil {
		r.log.Warn("old jobs were not removed", slog.Any("error", err))
	}
}

func (r *Runner) drain(group *sync.WaitGroup) error {
	ended := make(chan struct{})
	go func() { group.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-time.After(r.pace.Drain):
		return &domain.Error{Kind: domain.KindBusy, Key: "job.not_drained", Params: domain.Params{"limit": r.pace.Drain.String()}}
	}
}

// takeAll takes jobs for as long as there are any and there is room for their kind.
func (r *Runner) takeAll(ctx context.Context, group *sync.WaitGroup) {
	for ctx.Err() == nil {
		job, found, err := r.take(ctx)
		r.tell(ctx, err)
		if err != nil || !found {
			return
		}
		r.count(job.Kind, 1)
		group.Go(func() {
			defer r.free(job.Kind)
			r.attempt(ctx, job)
		})
	}
}

// tell tells once that the database is out of reach, and once that it is back.
func (r *Runner) tell(ctx context.Context, err error) {
	blind := err != nil
	if blind == r.blind || ctx.Err() != nil {
		return
	}
	r.blind = blind
	if blind {
		r.log.Warn("jobs cannot be looked for", slog.Any("error", err))
	} else {
		r.log.Info("jobs are looked for again")
	}
}

// take looks first, which costs no lock, and takes then.
func (r *Runner) take(ctx context.Context) (job store.TakenJob, found bool, err error) {
	kinds := r.kindsWithRoom()
	if len(kinds) == 0 {
		return job, false, nil
	}
	err = r.store.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = store.JobsWaiting(tx, kinds)
		return err
	})
	if err != nil || !found {
		return job, false, err
	}
	err = r.store.Write(ctx, func(tx *store.Tx) (err error) {
		job, found, err = store.TakeJob(tx, kinds, r.pace.Lease)
		return err
	})
	return job, found, err
}

func (r *Runner) kindsWithRoom() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for name, kind := range r.kinds {
		if r.running[name] < kind.AtOnce {
			names = append(names, name)
		}
	}
	return names
}

func (r *Runner) count(kind string, by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running[kind] += by
}

func (r *Runner) free(kind string) {
	r.count(kind, -1)
	select {
	case r.freed <- struct{}{}:
	default:
	}
}
