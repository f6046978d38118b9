package store

import (
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type jobRow struct {
	bun.BaseModel `bun:"table:job"`

	ID              string `bun:",pk"`
	Kind            string
	Args            string
	Owner           string
	Region          domain.Code
	State           domain.JobState
	Attempt         int64
	Strikes         int64
	Revision        int64
	Progress        string
	Checkpoint      []byte
	Result          string
	Failure         string
	FailureParams   string
	CancelRequested bool
	DueAt           time.Time
	CreatedAt       time.Time
	StartedAt       time.Time `bun:",nullzero"`
	FinishedAt      time.Time `bun:",nullzero"`
}

func (r jobRow) job() domain.Job {
	return domain.Job{ID: r.ID, Kind: r.Kind, Args: r.Args, Owner: r.Owner, Region: r.Region, State: r.State,
		Attempt: r.Attempt, Strikes: r.Strikes, Revision: r.Revision, Progress: r.Progress, Result: r.Result,
		Failure: r.Failure, FailureParams: r.FailureParams, CancelRequested: r.CancelRequested,
		CreatedAt: r.CreatedAt.UTC(), StartedAt: inUTC(r.StartedAt), FinishedAt: inUTC(r.FinishedAt)}
}

// inUTC leaves the zero time as it is.
func inUTC(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// jobColumns are all that a job shows.
const jobColumns = ` id, kind, args, owner, region, state, attempt, strikes, revision, progress, result, failure, failure_params,
	cancel_requested, created_at, started_at, finished_at `

type jobArgs struct {
	area
	ID, Owner, Kind string
	Limit           int
	Now             time.Time
}

// InsertJob adds a job that waits to be taken. Of the job, its id, kind, args, owner and region count.
func InsertJob(tx *Tx, j domain.Job) error {
	return insert(tx, []jobRow{{ID: j.ID, Kind: j.Kind, Args: j.Args, Owner: j.Owner, Region: j.Region, State: domain.JobQueued,
		Checkpoint: []byte{}, DueAt: tx.now, CreatedAt: tx.now}})
}

// JobByID gives a job whose region lies wholly in the scope, or job.not_found.
func JobByID(tx *Tx, scope domain.Scope, id string) (domain.Job, error) {
	found, err := one[jobRow](tx, domain.NotFound("job", id),
		`SELECT`+jobColumns+`FROM job WHERE id = ?id AND region >= ?from AND region < ?to`, jobArgs{area: areaOf(scope), ID: id})
	if err == nil && !scope.Covers(found.Region.Scope()) {
		err = domain.NotFound("job", id)
	}
	if err != nil {
		return domain.Job{}, err
	}
	return found.job(), nil
}

// JobsOf gives an account's jobs of a kind whose region lies in the scope, newest first.
func JobsOf(tx *Tx, scope domain.Scope, owner, kind string, limit int) ([]domain.Job, error) {
	rows, err := all[jobRow](tx, `SELECT`+jobColumns+`FROM job
		WHERE owner = ?owner AND kind = ?kind AND region >= ?from AND region < ?to ORDER BY created_at DESC, id DESC LIMIT ?limit`,
		jobArgs{area: areaOf(scope), Owner: owner, Kind: kind, Limit: limit})
	return each(rows, jobRow.job), err
}

// RequestJobCancel ends a job that waits, and asks the runner of one that runs to end it. Nothing happens to one that has
// ended. Callers read the job in the same transaction first: this does not look at a scope.
func RequestJobCancel(tx *Tx, id string) error {
	_, err := tx.db.NewRaw(`UPDATE job SET cancel_requested = TRUE, revision = revision + 1,
			state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
			finished_at = CASE state WHEN 'queued' THEN ?now ELSE finished_at END
		WHERE id = ?id AND finished_at IS NULL`, jobArgs{ID: id, Now: tx.now}).Exec(tx.ctx)
	return err
}

// DeleteFinishedJobs removes the jobs that ended before a time.
func DeleteFinishedJobs(tx *Tx, before time.Time) error {
	_, err := tx.db.NewRaw(`DELETE FROM job WHERE finished_at < ?now`, jobArgs{Now: before}).Exec(tx.ctx)
	return err
}

// JobCount is how many jobs of a kind are in a state.
type JobCount struct {
	Kind  string
	State domain.JobState
	Count int64
}

// OpenJobs counts the jobs that have not ended, for whoever watches over the machine.
func OpenJobs(tx *Tx) ([]JobCount, error) {
	return all[JobCount](tx, `SELECT kind, state, count(*) AS count FROM job WHERE finished_at IS NULL GROUP BY kind, state ORDER BY kind, state`, idArgs{})
}
