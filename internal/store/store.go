package store

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store/engine"
	"jieli/internal/store/postgres"
	"jieli/internal/store/sqlite"
)

// Options say where the database is. DSN is "sqlite:PATH" or "postgres://…". Log may be nil: silent. Clock may be nil:
// the machine's. Readers is how many connections may read at once (on PostgreSQL: be open at once); 0 is a default by the
// number of processors.
type Options struct {
	DSN     string
	Log     *slog.Logger
	Clock   func() time.Time
	Readers int
}

// Store is an open database. It is safe for use by several goroutines.
type Store struct {
	engine *engine.Engine
	log    *slog.Logger
	clock  func() time.Time

	readLimit time.Duration
}

// Open opens the database, which need not have a schema yet, see Migrate. It creates a SQLite file but no folder. The
// errors that a user can mend are KindInvalid (store.dsn_unknown, store.folder_missing, store.folder_unwritable,
// store.file_unwritable, store.not_a_database, store.address_malformed, store.server_refused) or KindBusy (store.server_unreachable).
func Open(ctx context.Context, o Options) (*Store, error) {
	e, err := openEngine(ctx, o)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e, log: o.Log, clock: o.Clock, readLimit: readLimit}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	return s, nil
}

func openEngine(ctx context.Context, o Options) (*engine.Engine, error) {
	scheme, rest, _ := strings.Cut(o.DSN, ":")
	switch {
	case scheme == sqlite.Name && rest != "":
		return sqlite.Open(ctx, rest, o.Readers)
	case scheme == "postgres" || scheme == "postgresql":
		return postgres.Open(ctx, o.DSN, o.Readers)
	}
	// The address may hold a password: only its scheme is told.
	return nil, &domain.Error{Kind: domain.KindInvalid, Key: "store.dsn_unknown", Field: "database", Params: domain.Params{"scheme": scheme}}
}

// Close closes the database; no transaction may be running.
func (s *Store) Close() error { return s.engine.Close() }

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.engine.Name }

// now is the clock in UTC and whole microseconds, which is what both databases can keep.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }
