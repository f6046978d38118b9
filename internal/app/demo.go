package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"jieli/internal/demo"
	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/store"
)

// demoAccount is an account that anybody may use.
type demoAccount struct {
	account  domain.Account
	password string
	region   string // name of its division
}

// demoAccounts finds the accounts that the demo made; none in a database of a real office.
func demoAccounts(ctx context.Context, kept *store.Store) ([]demoAccount, error) {
	var found []demoAccount
	err := kept.Read(ctx, func(tx *store.Tx) error {
		accounts, err := store.DemoAccounts(tx)
		if err != nil || len(accounts) == 0 {
			return err
		}
		passwords, err := demoPasswords(tx)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			if a.Disabled {
				continue
			}
			region, err := store.RegionByCode(tx, a.Region.Scope(), a.Region)
			if err != nil {
				return err
			}
			found = append(found, demoAccount{a, passwords[a.Username], region.Name})
		}
		return nil
	})
	return found, err
}

func demoPasswords(tx *store.Tx) (map[string]string, error) {
	text, ok, err := store.GetMeta(tx, demo.MetaPasswords)
	if err != nil || !ok {
		return nil, err
	}
	var passwords map[string]string
	if err := json.Unmarshal([]byte(text), &passwords); err != nil {
		return nil, fmt.Errorf("%s: %w", demo.MetaPasswords, err)
	}
	return passwords, nil
}

// tellDemo prints who can sign in. What is wide in a terminal, the Chinese names, stands last.
func tellDemo(out io.Writer, text *i18n.Printer, accounts []demoAccount) {
	if len(accounts) == 0 {
		return
	}
	fmt.Fprintln(out, text.Text("app.demo_accounts", nil))
	for _, d := range accounts {
		fmt.Fprintf(out, "  %-20s  %-16s  %s · %s\n", d.account.Username, d.password, d.region, d.account.Name)
	}
}
