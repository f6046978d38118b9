package store

import (
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

// The functions of this file are for the runner of jobs, which acts for nobody and so has no scope. Each write names the
// attempt that it belongs to and does nothing once another attempt has begun: a runner that was taken for dead cannot
// spoil what its successor does. They answer whether the attempt still held the job.

type runArgs struct {
	ID       string
	Attempt  int64
	Kinds    any
	Now      time.Time
	DueAt    time.Time
	Progress string
	Data     []byte
	State    domain.JobState
	Result   string
	Failure  string
	Params   string
	Strikes  int64
}

// mine picks the job while the attempt holds it.
const mine = ` WHERE id = ?id AND attempt = ?attempt AND state = 'running'`

// free picks what may be taken: what waits and is due, and what runs on a lease that is over.
const free = ` finished_at IS NULL AND due_at <= ?now AND kind IN (?kinds)`

// JobsWaiting says whether a job of one of the kinds may be taken. It is a look that takes no lock.
func JobsWaiting(tx *Tx, kinds []string) (bool, error) {
	_, err := one[string](tx, sql.ErrNoRows, `SELECT id FROM job WHERE`+free+` LIMIT 1`, runArgs{Kinds: bun.List(kinds), Now: tx.now})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// TakenJob is a job whose attempt the caller holds.
type TakenJob struct {
	domain.Job
	Checkpoint []byte // what the attempts before kept, nil for nothing
}

// TakeJob takes the job of the kinds that has been due for the longest, and holds it for the length of the lease. A job
// whose attempt before was cut off has one more strike. False where there is nothing to take.
func TakeJob(tx *Tx, kinds []string, lease time.Duration) (TakenJob, bool, error) {
	for {
		next, err := one[jobRow](tx, sql.ErrNoRows, `SELECT id, attempt FROM job WHERE`+free+` ORDER BY due_at, id LIMIT 1`,
			runArgs{Kinds: bun.List(kinds), Now: tx.now})
		if errors.Is(err, sql.ErrNoRows) {
			return TakenJob{}, false, nil
		}
		if err != nil {
			return TakenJob{}, false, err
		}
		taken, err := one[jobRow](tx, sql.ErrNoRows, `UPDATE job SET strikes = strikes + CASE state WHEN 'running' THEN 1 ELSE 0 END,
				state = 'running', attempt = attempt + 1, revision = revision + 1, due_at = ?due_at, started_at = ?now
			WHERE id = ?id AND attempt = ?attempt AND finished_at IS NULL AND due_at <= ?now RETURNING`+jobColumns+`, checkpoint`,
			runArgs{ID: next.ID, Attempt: next.Attempt, Now: tx.now, DueAt: tx.now.Add(lease)})
		if errors.Is(err, sql.ErrNoRows) { // on PostgreSQL another runner was quicker: look for another job
			continue
		}
		return TakenJob{taken.job(), taken.Checkpoint}, err == nil, err
	}
}

// JobPulse says whether the attempt still holds the job and whether somebody asked to cancel it.
func JobPulse(tx *Tx, id string, attempt int64) (held, cancel bool, err error) {
	cancel, err = one[bool](tx, sql.ErrNoRows, `SELECT cancel_requested FROM job`+mine, runArgs{ID: id, Attempt: attempt})
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	return err == nil, cancel, err
}

// RenewJob holds the job for another lease and shows how far it is; an empty progress leaves the one before.
func RenewJob(tx *Tx, id string, attempt int64, lease time.Duration, progress string) (held bool, err error) {
	return run(tx, `UPDATE job SET due_at = ?due_at, revision = revision + CASE ?progress WHEN '' THEN 0 ELSE 1 END,
			progress = CASE ?progress WHEN '' THEN progress ELSE ?progress END`+mine,
		runArgs{ID: id, Attempt: attempt, DueAt: tx.now.Add(lease), Progress: progress})
}

// KeepJobCheckpoint keeps what the next attempt would go on from.
func KeepJobCheckpoint(tx *Tx, id string, attempt int64, data []byte) (held bool, err error) {
	if data == nil {
		data = []byte{}
	}
	return run(tx, `UPDATE job SET checkpoint = ?data`+mine, runArgs{ID: id, Attempt: attempt, Data: data})
}

// JobEnd is how a job ended. State is final; Result, Params and Failure are as in domain.Job; an empty Progress leaves the
// one before.
type JobEnd struct {
	State                             domain.JobState
	Progress, Result, Failure, Params string
}

// EndJob ends a job for good and forgets its checkpoint.
func EndJob(tx *Tx, id string, attempt int64, end JobEnd) (held bool, err error) {
	return run(tx, `UPDATE job SET state = ?state, result = ?result, failure = ?failure, failure_params = ?params, checkpoint = ?data,
			progress = CASE ?progress WHEN '' THEN progress ELSE ?progress END, revision = revision + 1, finished_at = ?now`+mine,
		runArgs{ID: id, Attempt: attempt, State: end.State, Progress: end.Progress, Result: end.Result, Failure: end.Failure, Params: end.Params,
			Data: []byte{}, Now: tx.now})
}

// ReturnJob lets the job wait again, after a pause and with so many more strikes. One that somebody asked to cancel meanwhile
// ends.
func ReturnJob(tx *Tx, id string, attempt int64, pause time.Duration, strikes int64) (held bool, err error) {
	return run(tx, `UPDATE job SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END,
			finished_at = CASE WHEN cancel_requested THEN ?now ELSE finished_at END,
			due_at = ?due_at, strikes = strikes + ?strikes, revision = revision + 1`+mine,
		runArgs{ID: id, Attempt: attempt, Now: tx.now, DueAt: tx.now.Add(pause), Strikes: strikes})
}

// run runs a statement that touches one row or none, and says which.
func run(tx *Tx, query string, args runArgs) (bool, error) {
	result, err := tx.db.NewRaw(query, args).Exec(tx.ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}
