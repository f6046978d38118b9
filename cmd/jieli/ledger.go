package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// newLedgerCommand holds the commands about the ledger.
func newLedgerCommand(e env) *cobra.Command {
	c := &cobra.Command{Use: "ledger", Short: e.text.Text("ledger.short", nil)}
	verify := &cobra.Command{Use: "verify", Short: e.text.Text("ledger.verify_short", nil), Args: noArguments}
	verify.RunE = func(c *cobra.Command, _ []string) error { return e.withStore(c, e.verifyLedger) }
	e.bindDatabase(verify)
	c.AddCommand(verify)
	return c
}

// verifyLedger prints how far the chain holds. A broken chain ends with exitFailed.
func (e env) verifyLedger(ctx context.Context, s *store.Store) error {
	if err := s.Ping(ctx); err != nil {
		return err
	}
	report, err := ledger.Verify(ctx, s)
	if err != nil {
		return err
	}
	if report.Broken != 0 {
		cause := &domain.Error{Kind: domain.KindConflict, Key: report.Reason, Params: domain.Params{"seq": report.Broken}}
		return &exitError{exitFailed, &domain.Error{Kind: domain.KindConflict, Key: "ledger.broken",
			Params: domain.Params{"entries": report.Entries, "head": report.Head}, Cause: cause}}
	}
	fmt.Fprintln(e.out, e.text.Text("ledger.holds", domain.Params{"entries": report.Entries, "head": report.Head}))
	return nil
}
