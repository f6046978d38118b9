package store

import (
	"context"
	"errors"
	"time"
)

var errSkeleton = errors.New("store: under construction")

// Tx is a running transaction, of one goroutine.
type Tx struct {
	ctx context.Context
	now time.Time
}

// Now is when the transaction began, in UTC and whole microseconds. It does not move.
func (t *Tx) Now() time.Time { return t.now }

// Context ends when the transaction does.
func (t *Tx) Context() context.Context { return t.ctx }
