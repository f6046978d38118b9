package store

import (
	"context"
	"log/slog"
	"time"
)

// Options say where the database is. DSN is "sqlite:PATH" or "postgres://…". Log may be nil: silent. Clock may be nil:
// the machine's, in UTC. Readers is how many reads may run at once; 0 is a default by the number of processors.
type Options struct {
	DSN     string
	Log     *slog.Logger
	Clock   func() time.Time
	Readers int
}

// Store is an open database. It is safe for use by several goroutines.
type Store struct{}

// Open opens the database, which need not have a schema yet, see Migrate. It creates a SQLite file but no folder. The
// errors that a user can mend are KindInvalid (store.dsn_unknown, store.folder_missing, store.folder_unwritable,
// store.not_a_database) or KindBusy (store.server_unreachable).
func Open(ctx context.Context, o Options) (*Store, error) { return nil, errSkeleton }

// Migrate brings the schema up to this binary's. It never goes back: a database that is newer than the binary is
// KindInvalid, store.newer_database.
func (s *Store) Migrate(ctx context.Context) error { return errSkeleton }

// Close waits for running transactions and closes the database.
func (s *Store) Close() error { return errSkeleton }

// Ping says whether the database answers and its schema is this binary's.
func (s *Store) Ping(ctx context.Context) error { return errSkeleton }

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return "" }

// Read runs f on one consistent snapshot, read only. A Tx must not outlive f.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error { return errSkeleton }

// Write runs f in a transaction that is committed when f returns nil and rolled back when it returns an error or
// panics. SQLite lets one writer in at a time.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error { return errSkeleton }
