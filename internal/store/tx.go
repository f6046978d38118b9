package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/engine"
)

// readLimit ends a read that would hold its snapshot for too long: as long as it lasts, SQLite cannot shrink its log and
// PostgreSQL cannot tidy its tables.
const readLimit = 30 * time.Second

var errTooLong = &domain.Error{Kind: domain.KindBusy, Key: "store.read_too_long"}

// Tx is a running transaction. It belongs to one goroutine.
type Tx struct {
	db     bun.Tx
	ctx    context.Context
	now    time.Time
	engine *engine.Engine
}

// Now is when the transaction began, in UTC and whole microseconds. It does not move.
func (t *Tx) Now() time.Time { return t.now }

// Context ends when the transaction is called off.
func (t *Tx) Context() context.Context { return t.ctx }

// Read runs f on one consistent snapshot, read only. After 30 seconds it is ended: KindBusy, store.read_too_long. The Tx
// must not outlive f.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.readLimit, errTooLong)
	defer cancel()
	return s.run(ctx, s.engine.Reader, s.engine.ReadOptions, f)
}

// Write runs f in a transaction that is committed when f returns nil and rolled back when it returns an error or
// panics. SQLite lets one writer in at a time. A write that loses a race with another one is KindBusy, store.busy; it is
// not repeated here, since only the caller knows whether f may run twice.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	return s.run(ctx, s.engine.Writer, s.engine.WriteOptions, f)
}

func (s *Store) run(ctx context.Context, db *bun.DB, options *sql.TxOptions, f func(*Tx) error) error {
	tx, err := db.BeginTx(ctx, options)
	if err != nil {
		return s.explain(ctx, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := f(&Tx{db: tx, ctx: ctx, now: s.now(), engine: s.engine}); err != nil {
		return s.explain(ctx, err)
	}
	return s.explain(ctx, tx.Commit())
}

// explain turns what the database says into a domain.Error where a caller can act on it.
func (s *Store) explain(ctx context.Context, err error) error {
	var known *domain.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if ctx.Err() != nil { // the drivers word it in many ways
		return context.Cause(ctx)
	}
	return refusal(s.engine, "", err)
}

// refusal names why the database refused a row of the table.
func refusal(e *engine.Engine, table string, err error) error {
	params := domain.Params{"table": table}
	switch e.Fault(err) {
	case engine.FaultDuplicate:
		return &domain.Error{Kind: domain.KindConflict, Key: "store.duplicate", Params: params, Cause: err}
	case engine.FaultReference:
		return &domain.Error{Kind: domain.KindInvalid, Key: "store.unknown_reference", Params: params, Cause: err}
	case engine.FaultValue:
		return &domain.Error{Kind: domain.KindInvalid, Key: "store.value_refused", Params: params, Cause: err}
	case engine.FaultBusy:
		return &domain.Error{Kind: domain.KindBusy, Key: "store.busy", Cause: err}
	case engine.FaultOther:
	}
	return err
}
