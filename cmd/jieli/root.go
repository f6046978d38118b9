package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"jieli/internal/i18n"
)

// The exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1 // the work could not be done, or a check found a fault
	exitInput  = 2 // the input or the command line is wrong; nothing was written
)

// env is what a command may touch of the world around it.
type env struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	text     *i18n.Printer
}

// exitError ends a command with a code. Err is told on standard error; a nil Err was told already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// run executes the command line and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, getenv func(string) string) int {
	catalog, err := i18n.Load()
	if err != nil {
		fmt.Fprintln(errOut, "jieli:", err)
		return exitFailed
	}
	e := env{in: in, out: out, err: errOut, getenv: getenv, text: catalog.Printer(getenv("JIELI_LANG"), getenv("LC_ALL"), getenv("LANG"))}
	root := newRootCommand(e)
	root.SetArgs(args)
	return e.exitCode(root.ExecuteContext(ctx))
}

func newRootCommand(e env) *cobra.Command {
	root := &cobra.Command{
		Use:           "jieli",
		Short:         e.text.Text("cli.short", nil),
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &exitError{exitInput, err} })
	root.AddCommand(commands(e)...)
	return root
}

// exitCode tells the error, where there is one to tell, and gives the code to end with.
func (e env) exitCode(err error) int {
	if err == nil {
		return exitOK
	}
	ended := &exitError{code: exitFailed, err: err}
	errors.As(err, &ended)
	if ended.err != nil {
		fmt.Fprintln(e.err, "jieli: "+e.text.Error(ended.err))
	}
	return ended.code
}
