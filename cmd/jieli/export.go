package main

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/reading"
)

// newExportCommand writes a table of the registry, or with --template its empty workbook, into a new file.
func newExportCommand(e env) *cobra.Command {
	var as, table string
	var columns []string
	var template bool
	c := &cobra.Command{Use: "export --as USERNAME --table TABLE FILE", Short: e.label("sheet.cli.export"), Long: e.label("sheet.cli.export_long"), Args: oneArgument}
	config.Bind(c.Flags(), e.label, "database", "keys")
	flags := c.Flags()
	flags.StringVar(&as, "as", "", e.label("sheet.cli.as"))
	flags.StringVar(&table, "table", "", e.label("sheet.cli.table"))
	flags.StringSliceVar(&columns, "columns", nil, e.label("sheet.cli.columns"))
	flags.BoolVar(&template, "template", false, e.label("sheet.cli.template"))
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.withSheets(c, as, table, func(ctx context.Context, s *app.Sheets) error {
			err := e.intoFile(args[0], func(out *os.File) error {
				if template {
					return s.Template(ctx, catalogue.Entity(table), out)
				}
				return s.Export(ctx, catalogue.Entity(table), columns, formatOf(args[0]), out)
			})
			if err == nil {
				e.tell("sheet.cli.exported", domain.Params{"file": args[0]})
			}
			return err
		})
	}
	return c
}

// formatOf is the format that a file's name asks for.
func formatOf(path string) reading.Format {
	if strings.HasSuffix(strings.ToLower(path), ".csv") {
		return reading.CSV
	}
	return reading.XLSX
}
