package domain

import "time"

// JobState says how far a job is.
type JobState string

// The states of a job. The last three are final.
const (
	JobQueued    JobState = "queued"
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
	JobCancelled JobState = "cancelled"
)

// Final says whether nothing comes after the state.
func (s JobState) Final() bool { return s == JobDone || s == JobFailed || s == JobCancelled }

// Job is a piece of work that goes on in the background and outlives the request that asked for it. Args, Progress and
// Result are JSON, empty for none, and hold no personal data: whoever may see the job reads them.
type Job struct {
	ID     string
	Kind   string // names what does the work, such as "import.judge"
	Args   string
	Owner  string // account that asked for it
	Region Code   // the division that it is about; it is seen by whoever's scope holds all of it
	State  JobState

	Attempt  int64 // how often it was begun
	Strikes  int64 // how many attempts ended without an outcome, by a crash or by a fault that may pass
	Revision int64 // rises with every change that can be seen

	Progress string
	Result   string

	Failure       string // message key of what went wrong, empty for nothing
	FailureParams string // JSON object, or empty

	CancelRequested bool

	CreatedAt  time.Time
	StartedAt  time.Time // of the newest attempt; zero before the first
	FinishedAt time.Time // zero until State is final
}
