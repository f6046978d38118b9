package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/store"
)

// importOptions are the flags of the import command.
type importOptions struct {
	as, table, sheet, result, reason string
	write, goodOnly                  bool
}

// newImportCommand takes a filled-in sheet into the registry; without --write it only says what would come of it.
func newImportCommand(e env) *cobra.Command {
	var o importOptions
	c := &cobra.Command{Use: "import --as USERNAME --table TABLE FILE", Short: e.label("sheet.cli.import"), Long: e.label("sheet.cli.import_long"), Args: oneArgument}
	config.Bind(c.Flags(), e.label, "database", "keys")
	flags := c.Flags()
	flags.StringVar(&o.as, "as", "", e.label("sheet.cli.as"))
	flags.StringVar(&o.table, "table", "", e.label("sheet.cli.table"))
	flags.StringVar(&o.sheet, "sheet", "", e.label("sheet.cli.sheet"))
	flags.StringVar(&o.result, "result", "", e.label("sheet.cli.result"))
	flags.StringVar(&o.reason, "reason", "", e.label("sheet.cli.reason"))
	flags.BoolVar(&o.write, "write", false, e.label("sheet.cli.write"))
	flags.BoolVar(&o.goodOnly, "good-only", false, e.label("sheet.cli.good_only"))
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.withSheets(c, o.as, o.table, func(ctx context.Context, s *app.Sheets) error { return e.importFile(ctx, s, o, args[0]) })
	}
	return c
}

// withSheets opens the registry of the settings' database in the name of an account.
func (e env) withSheets(c *cobra.Command, as, table string, f func(context.Context, *app.Sheets) error) error {
	for _, flag := range [][2]string{{"as", as}, {"table", table}} {
		if err := needFlag(flag[0], flag[1]); err != nil {
			return err
		}
	}
	settings, err := config.Load(c.Flags(), e.variables())
	if err != nil {
		return &exitError{exitInput, err}
	}
	return e.withStore(c, func(ctx context.Context, kept *store.Store) error {
		if err := kept.Ping(ctx); err != nil {
			return err
		}
		s, err := app.OpenSheets(ctx, kept, settings.KeyFile(), as, e.text.Language.String())
		if err != nil {
			return err
		}
		return f(ctx, s)
	})
}

func (e env) importFile(ctx context.Context, s *app.Sheets, o importOptions, path string) error {
	file, err := os.Open(path) //nolint:gosec // the administrator names the file
	if err != nil {
		return &exitError{exitInput, err}
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	f := app.ImportFile{Entity: catalogue.Entity(o.table), File: file, Size: info.Size(), Sheet: o.sheet, Write: o.write, GoodOnly: o.goodOnly, Reason: o.reason}
	if o.result != "" {
		return e.intoFile(o.result, func(out *os.File) error {
			f.Result = out
			return e.importAndTell(ctx, s, f)
		})
	}
	return e.importAndTell(ctx, s, f)
}

// mostTold is how many faults are told on the terminal; the result file holds all.
const mostTold = 50

func (e env) importAndTell(ctx context.Context, s *app.Sheets, f app.ImportFile) error {
	report, err := s.Import(ctx, f, nil)
	if report == nil {
		return err
	}
	for _, l := range report.Lines(sheet.Words{Printer: e.text, Entity: f.Entity}, mostTold) {
		e.tellLine(l)
	}
	e.tellCounts(report.Counts)
	if err != nil {
		return err
	}
	if report.Counts.Refused > 0 || len(report.Heads) > 0 {
		return &exitError{code: exitFailed}
	}
	return nil
}

// tellLine tells a fault on standard error: of a heading, of a row, or of a cell.
func (e env) tellLine(l intake.Line) {
	key := "sheet.cli.cell"
	switch {
	case l.Row == 0:
		fmt.Fprintln(e.err, l.Wrong)
		return
	case l.Column == "":
		key = "sheet.cli.row"
	}
	fmt.Fprintln(e.err, e.text.Text(key, domain.Params{
		"row": l.Row, "column": l.Column, "heading": l.Heading, "value": l.Value, "wrong": l.Wrong, "expected": l.Expected,
	}))
}

func (e env) tellCounts(c intake.Counts) {
	e.tell("sheet.cli.counts", domain.Params{"total": c.Total, "added": c.Added, "changed": c.Changed, "same": c.Same, "refused": c.Refused})
}

// intoFile writes a new file that only its owner can read, and removes it again where that fails.
func (e env) intoFile(path string, write func(*os.File) error) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the administrator names the file
	if err != nil {
		return &exitError{exitInput, err}
	}
	err = write(out)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if info, bad := os.Stat(path); bad == nil && info.Size() == 0 {
		_ = os.Remove(path)
	}
	return err
}
