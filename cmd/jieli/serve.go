package main

import (
	"os"

	"github.com/spf13/cobra"

	"jieli/internal/app"
	"jieli/internal/config"
)

// newServeCommand runs the server until it is told to stop.
func newServeCommand(e env) *cobra.Command {
	command := &cobra.Command{
		Use:   "serve",
		Short: e.text.Text("serve.short", nil),
		Long:  e.text.Text("serve.long", nil),
		Args:  noArguments,
	}
	config.Bind(command.Flags(), e.label)
	command.RunE = func(command *cobra.Command, _ []string) error {
		settings, err := config.Load(command.Flags(), os.Environ())
		if err != nil {
			return &exitError{exitInput, err}
		}
		return app.Serve(command.Context(), app.Serving{
			Settings: settings, Version: version, Text: e.text, Out: e.out, Log: e.err,
		})
	}
	return command
}

// label puts a message key without placeholders in words.
func (e env) label(key string) string { return e.text.Text(key, nil) }
