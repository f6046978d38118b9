package jobs

import (
	"encoding/json"

	"github.com/google/uuid"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// Job is what is to be done. Args are written as JSON and must hold no personal data: whoever may see the job reads them.
// Owner is the account that asks, Region the division that the job is about: whoever's scope holds all of it may see and
// cancel the job.
type Job struct {
	Kind   string
	Args   any
	Owner  string
	Region domain.Code
}

// Enqueue adds a job in the caller's transaction and gives its id. It runs once the transaction is committed, and never if
// it is not. A region that is no code is KindInvalid, region.code_malformed.
func Enqueue(tx *store.Tx, j Job) (string, error) {
	if !j.Region.Valid() {
		return "", &domain.Error{Kind: domain.KindInvalid, Key: "region.code_malformed", Field: "region", Params: domain.Params{"code": j.Region}}
	}
	args, err := json.Marshal(j.Args)
	if err != nil {
		return "", err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	row := domain.Job{ID: id.String(), Kind: j.Kind, Args: string(args), Owner: j.Owner, Region: j.Region}
	if err := store.InsertJob(tx, row); err != nil {
		return "", err
	}
	return row.ID, record(tx, "job.enqueue", j.Owner, row)
}

// Cancel ends a job that waits and asks the runner of one that runs to end it; the job as it then stands is returned. Who
// cannot see the job gets job.not_found. A job that has ended is KindConflict, job.over; to cancel twice is no error.
func Cancel(tx *store.Tx, scope domain.Scope, actor, id string) (domain.Job, error) {
	j, err := store.JobByID(tx, scope, id)
	if err != nil || j.State == domain.JobCancelled || (j.CancelRequested && !j.State.Final()) {
		return j, err
	}
	if j.State.Final() {
		return j, &domain.Error{Kind: domain.KindConflict, Key: "job.over", Params: domain.Params{"id": id}}
	}
	if err := store.RequestJobCancel(tx, id); err != nil {
		return j, err
	}
	if err := record(tx, "job.cancel", actor, j); err != nil {
		return j, err
	}
	return store.JobByID(tx, scope, id)
}

func record(tx *store.Tx, action, actor string, j domain.Job) error {
	detail, err := json.Marshal(map[string]string{"kind": j.Kind})
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{Actor: actor, Action: action, Subject: "job/" + j.ID, Region: j.Region, Detail: string(detail)})
}
