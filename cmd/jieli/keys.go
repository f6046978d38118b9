package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/seal"
	"jieli/internal/store"
)

// newKeysCommand holds the commands about the keys that seal personal data.
func newKeysCommand(e env) *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: e.label("keys.short"), Long: e.label("keys.long")}
	config.Bind(c.PersistentFlags(), e.label, "database", "keys")
	c.AddCommand(e.keysList(), e.keysRotate())
	return c
}

func (e env) keysList() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: e.label("keys.list.short"), Args: noArguments}
	c.RunE = func(c *cobra.Command, _ []string) error {
		settings, err := config.Load(c.Flags(), e.variables())
		if err != nil {
			return &exitError{exitInput, err}
		}
		ring, err := seal.Load(settings.KeyFile())
		if err != nil {
			return &exitError{exitInput, err}
		}
		e.tellKeys(ring)
		return nil
	}
	return c
}

func (e env) keysRotate() *cobra.Command {
	var suite string
	c := &cobra.Command{Use: "rotate", Short: e.label("keys.rotate.short"), Long: e.label("keys.rotate.long"), Args: noArguments}
	c.Flags().StringVar(&suite, "suite", string(seal.SM), e.text.Text("keys.flag_suite", domain.Params{"suites": suiteNames()}))
	c.RunE = func(c *cobra.Command, _ []string) error {
		settings, err := config.Load(c.Flags(), e.variables())
		if err != nil {
			return &exitError{exitInput, err}
		}
		return e.withStore(c, func(ctx context.Context, s *store.Store) error {
			if err := s.Ping(ctx); err != nil {
				return err
			}
			ring, err := app.RotateKeys(ctx, s, settings.KeyFile(), seal.Suite(suite))
			if err != nil {
				return err
			}
			e.tellKeys(ring)
			fmt.Fprintln(e.out, e.text.Text("keys.rotated", domain.Params{"file": settings.KeyFile()}))
			return nil
		})
	}
	return c
}

func suiteNames() string {
	names := make([]string, len(seal.Suites()))
	for i, s := range seal.Suites() {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

// tellKeys prints a line for each key: its number, suite, when it was made, and a star on the one that seals now.
func (e env) tellKeys(ring *seal.Ring) {
	for _, k := range ring.Keys() {
		star := " "
		if k.Active {
			star = "*"
		}
		fmt.Fprintf(e.out, "%s %4d  %-13s  %s\n", star, k.ID, k.Suite, k.Made.Format(time.RFC3339))
	}
}
