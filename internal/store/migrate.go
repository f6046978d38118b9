package store

import (
	"context"
	"io/fs"

	"github.com/pressly/goose/v3"

	"jieli/internal/domain"
	"jieli/internal/store/migrations"
)

// migrateAttempts is how often Migrate goes on after another process was quicker at a step.
const migrateAttempts = 5

// Migrate brings the schema up to this binary's, each step in a transaction with its number. It never goes back: a
// database that is newer than the binary is KindInvalid, store.newer_database.
func (s *Store) Migrate(ctx context.Context) error {
	steps, err := migrations.For(s.engine.Name)
	if err != nil {
		return err
	}
	return s.migrate(ctx, steps)
}

func (s *Store) migrate(ctx context.Context, steps fs.FS) error {
	provider, err := s.provider(steps)
	if err != nil {
		return err
	}
	before, target, err := provider.GetVersions(ctx)
	for range migrateAttempts {
		if err != nil {
			return s.explain(ctx, err)
		}
		if before > target {
			return &domain.Error{Kind: domain.KindInvalid, Key: "store.newer_database", Params: domain.Params{"database": before, "binary": target}}
		}
		results, failure := provider.Up(ctx)
		for _, r := range results {
			s.log.InfoContext(ctx, "schema step done", "step", r.Source.Version, "duration", r.Duration)
		}
		if failure == nil {
			return nil
		}
		var now int64
		now, _, err = provider.GetVersions(ctx)
		if err == nil && now == before { // nobody else has taken the step: it is broken
			err = failure
		}
		before = now
	}
	return s.explain(ctx, err)
}

func (s *Store) provider(steps fs.FS) (*goose.Provider, error) {
	options := append([]goose.ProviderOption{goose.WithSlog(s.log), goose.WithDisableGlobalRegistry(true)}, s.engine.MigrationOptions...)
	return goose.NewProvider(s.engine.Migrator, s.engine.Writer.DB, steps, options...)
}

// Ping says whether the database answers and its schema is this binary's: KindBusy, store.schema_outdated where it is
// not.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.engine.Ping(ctx); err != nil {
		return s.explain(ctx, err)
	}
	steps, err := migrations.For(s.engine.Name)
	if err != nil {
		return err
	}
	provider, err := s.provider(steps)
	if err != nil {
		return err
	}
	var version int64
	sources := provider.ListSources()
	err = s.engine.Reader.NewRaw("SELECT max(version_id) FROM "+goose.DefaultTablename).Scan(ctx, &version)
	if target := sources[len(sources)-1].Version; err != nil || version != target {
		return &domain.Error{Kind: domain.KindBusy, Key: "store.schema_outdated", Params: domain.Params{"database": version, "binary": target}, Cause: err}
	}
	return nil
}
