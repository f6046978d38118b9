package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// newMigrateCommand brings the database up to this binary's schema. It may run again at any time.
func newMigrateCommand(e env) *cobra.Command {
	c := &cobra.Command{Use: "migrate", Short: e.text.Text("migrate.short", nil), Args: noArguments}
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.withStore(c, func(ctx context.Context, s *store.Store) error {
			if err := s.Migrate(ctx); err != nil {
				return err
			}
			fmt.Fprintln(e.out, e.text.Text("migrate.done", domain.Params{"dialect": s.Dialect()}))
			return nil
		})
	}
	e.bindDatabase(c)
	return c
}

// bindDatabase adds the flags that withStore reads.
func (e env) bindDatabase(c *cobra.Command) {
	config.Bind(c.Flags(), func(key string) string { return e.text.Text(key, nil) }, "database")
}

// withStore opens the database of the settings for f. What the user can mend by another setting ends with exitInput.
func (e env) withStore(c *cobra.Command, f func(context.Context, *store.Store) error) error {
	settings, err := config.Load(c.Flags(), e.variables())
	if err != nil {
		return &exitError{exitInput, err}
	}
	s, err := store.Open(c.Context(), store.Options{DSN: settings.Database})
	if err == nil {
		err = errors.Join(f(c.Context(), s), s.Close())
	}
	var known *domain.Error
	if errors.As(err, &known) && known.Kind == domain.KindInvalid {
		return &exitError{exitInput, err}
	}
	return err
}

// variables are the settings in the environment, as KEY=VALUE.
func (e env) variables() []string {
	var set []string
	take := func(name string) {
		if value := e.getenv(name); value != "" {
			set = append(set, name+"="+value)
		}
	}
	take("JIELI_CONFIG")
	for _, f := range config.Fields() {
		take(f.Env())
	}
	return set
}
