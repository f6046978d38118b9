package httpapi

import (
	"encoding/json"
	"time"

	"jieli/internal/domain"
)

// Job is a piece of background work. Progress and Result are objects of the kind's own, null for none.
type Job struct {
	ID              string          `json:"id"`
	Kind            string          `json:"kind" example:"import.judge"`
	State           domain.JobState `json:"state" enum:"queued,running,done,failed,cancelled"`
	Region          domain.Code     `json:"region" doc:"The division that it is about"`
	Own             bool            `json:"own" doc:"The caller asked for it"`
	Attempt         int64           `json:"attempt" doc:"How often it was begun"`
	CancelRequested bool            `json:"cancel_requested"`
	Progress        json.RawMessage `json:"progress"`
	Result          json.RawMessage `json:"result"`
	Failure         *JobFailure     `json:"failure" doc:"What went wrong, null for nothing"`
	CreatedAt       time.Time       `json:"created_at"`
	StartedAt       *time.Time      `json:"started_at" doc:"Of the newest attempt, null before the first"`
	FinishedAt      *time.Time      `json:"finished_at" doc:"Null until the state is final"`
}

// JobFailure says why a job failed.
type JobFailure struct {
	Code   string `json:"code" doc:"Message key" example:"job.internal"`
	Detail string `json:"detail" doc:"What is wrong, in the caller's language"`
}

// JobPath names a job.
type JobPath struct {
	Job string `path:"job" maxLength:"64"`
}

// JobWatch names a job and the newest event of it that the caller has.
type JobWatch struct {
	JobPath
	LastEventID string `header:"Last-Event-ID" maxLength:"20" doc:"Sent by the browser when it connects again"`
}
