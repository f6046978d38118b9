package store

import (
	"context"
	"database/sql"
	"io/fs"
	"time"

	"github.com/uptrace/bun"
)

// MigrateSteps is Migrate with other steps than the binary's.
func (s *Store) MigrateSteps(ctx context.Context, steps fs.FS) error { return s.migrate(ctx, steps) }

// Writer and Reader are the connections underneath, for tests that look at or spoil what the store cannot.
func (s *Store) Writer() *sql.DB { return s.engine.Writer.DB }

// Reader is the other one.
func (s *Store) Reader() *sql.DB { return s.engine.Reader.DB }

// SetReadLimit says how long a read may last.
func (s *Store) SetReadLimit(limit time.Duration) { s.readLimit = limit }

// Trace hands every query that is read from now on to f. It must be called before the store is shared.
func (s *Store) Trace(f func(query string)) {
	s.engine.Reader = s.engine.Reader.WithQueryHook(tracer(f))
}

type tracer func(query string)

// BeforeQuery does nothing.
func (tracer) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery hands on the query as it was sent.
func (t tracer) AfterQuery(_ context.Context, e *bun.QueryEvent) { t(e.Query) }

// MoveList changes the codes in a list.
var MoveList = moveList
