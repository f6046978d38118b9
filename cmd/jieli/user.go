package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/domain"
)

// newUserCommand manages accounts at the machine itself. Passwords are read from the terminal or from standard input,
// never from the command line, where other users of the machine could read them.
func newUserCommand(e env) *cobra.Command {
	command := &cobra.Command{Use: "user", Short: e.label("user.short"), Long: e.label("user.long")}
	config.Bind(command.PersistentFlags(), e.label, "database")
	command.AddCommand(e.userAdd(), e.userList(), e.userDisable(), e.userPassword())
	return command
}

func (e env) userAdd() *cobra.Command {
	var n app.NewAccount
	var role, region string
	command := &cobra.Command{Use: "add", Short: e.label("user.add.short"), Args: noArguments}
	flags := command.Flags()
	flags.StringVar(&n.Username, "username", "", e.label("user.add.username"))
	flags.StringVar(&n.Name, "name", "", e.label("user.add.name"))
	flags.StringVar(&role, "role", "", e.label("user.add.role"))
	flags.StringVar(&region, "region", "", e.label("user.add.region"))
	command.RunE = e.onAccounts(func(command *cobra.Command, accounts *app.Accounts, _ []string) error {
		var err error
		if n.Region, err = domain.ParseCode(region); err != nil {
			return err
		}
		n.Role = domain.AccountRole(role)
		if n.Password, err = e.readPassword(); err != nil {
			return err
		}
		if err := accounts.Add(command.Context(), n); err != nil {
			return err
		}
		fmt.Fprintln(e.out, e.text.Text("user.added", domain.Params{"username": n.Username}))
		return nil
	})
	return command
}

func (e env) userList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: e.label("user.list.short"), Args: noArguments,
		RunE: e.onAccounts(func(command *cobra.Command, accounts *app.Accounts, _ []string) error {
			all, err := accounts.List(command.Context())
			for _, a := range all {
				state := "active"
				if a.Disabled {
					state = "disabled"
				}
				fmt.Fprintf(e.out, "%-20s  %-16s  %s  %-8s  %s\n", a.Username, a.Role, a.Region, state, a.Name)
			}
			return err
		}),
	}
}

func (e env) userDisable() *cobra.Command {
	return &cobra.Command{
		Use: "disable USERNAME", Short: e.label("user.disable.short"), Args: oneArgument,
		RunE: e.onAccounts(func(command *cobra.Command, accounts *app.Accounts, args []string) error {
			if err := accounts.Disable(command.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintln(e.out, e.text.Text("user.disabled", domain.Params{"username": args[0]}))
			return nil
		}),
	}
}

func (e env) userPassword() *cobra.Command {
	return &cobra.Command{
		Use: "passwd USERNAME", Short: e.label("user.passwd.short"), Args: oneArgument,
		RunE: e.onAccounts(func(command *cobra.Command, accounts *app.Accounts, args []string) error {
			plain, err := e.readPassword()
			if err != nil {
				return err
			}
			if err := accounts.SetPassword(command.Context(), args[0], plain); err != nil {
				return err
			}
			fmt.Fprintln(e.out, e.text.Text("user.changed", domain.Params{"username": args[0]}))
			return nil
		}),
	}
}

type onAccounts func(*cobra.Command, *app.Accounts, []string) error

// onAccounts opens the accounts for a command and closes them after it.
func (e env) onAccounts(run onAccounts) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, args []string) error {
		settings, err := config.Load(command.Flags(), os.Environ())
		if err != nil {
			return &exitError{exitInput, err}
		}
		accounts, err := app.OpenAccounts(command.Context(), settings.Database, e.err)
		if err != nil {
			return err
		}
		err = run(command, accounts, args)
		if err != nil && app.IsInput(err) {
			err = &exitError{exitInput, err}
		}
		return errors.Join(err, accounts.Close())
	}
}

// readPassword asks for a password twice at a terminal, without showing it, and reads one line otherwise.
func (e env) readPassword() (string, error) {
	file, isFile := e.in.(*os.File)
	if !isFile || !term.IsTerminal(descriptor(file)) {
		return readLine(e.in)
	}
	first, err := e.ask(file, "user.password")
	if err != nil {
		return "", err
	}
	second, err := e.ask(file, "user.password_again")
	if err == nil && first != second {
		err = &domain.Error{Kind: domain.KindInvalid, Key: "user.passwords_differ", Field: "password"}
	}
	return first, err
}

func (e env) ask(terminal *os.File, question string) (string, error) {
	fmt.Fprint(e.err, e.label(question))
	defer fmt.Fprintln(e.err)
	answer, err := term.ReadPassword(descriptor(terminal))
	return string(answer), err
}

func descriptor(file *os.File) int { return int(file.Fd()) } //nolint:gosec // descriptors are small numbers

func readLine(in io.Reader) (string, error) {
	line, err := bufio.NewReader(in).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

// oneArgument is cobra.ExactArgs(1) with the exit code of a wrong command line.
func oneArgument(c *cobra.Command, args []string) error {
	if err := cobra.ExactArgs(1)(c, args); err != nil {
		return &exitError{exitInput, err}
	}
	return nil
}
