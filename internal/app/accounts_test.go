package app_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/access/password"
	"jieli/internal/app"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

func accounts(t *testing.T, dsn string) *app.Accounts {
	t.Helper()
	a, err := app.OpenAccounts(t.Context(), dsn, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func office() app.NewAccount {
	return app.NewAccount{Username: "cs-county", Name: "长沙县驻村办", Role: domain.RoleCountyOffice, Region: county, Password: "a long password"}
}

func TestAccountsAreAddedChangedAndBarred(t *testing.T) {
	dsn := database(t)
	a := accounts(t, dsn)
	if err := a.Add(t.Context(), office()); err != nil {
		t.Fatal(err)
	}
	wantKey(t, a.Add(t.Context(), office()), "account.taken")
	all, err := a.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Username != "cs-county" || all[0].Region != county || all[0].Demo || all[0].Disabled {
		t.Fatalf("%+v, %v", all, err)
	}
	if !password.Verify(all[0].PasswordHash, "a long password") {
		t.Error("the password does not fit")
	}
	if err := a.SetPassword(t.Context(), "cs-county", "quite another"); err != nil {
		t.Fatal(err)
	}
	if err := a.Disable(t.Context(), "cs-county"); err != nil {
		t.Fatal(err)
	}
	if all, err = a.List(t.Context()); err != nil || !all[0].Disabled || !password.Verify(all[0].PasswordHash, "quite another") {
		t.Errorf("%+v, %v", all, err)
	}
	wantKey(t, a.Disable(t.Context(), "nobody"), "account.not_found")
	wantKey(t, a.SetPassword(t.Context(), "nobody", "quite another"), "account.not_found")
	wantKey(t, a.SetPassword(t.Context(), "cs-county", "short"), "account.password_weak")
	checkLedger(t, dsn, "account.create", "account.password", "account.disable")
}

func checkLedger(t *testing.T, dsn string, actions ...string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var entries []domain.LedgerEntry
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		entries, err = store.LedgerFrom(tx, 1, 10)
		return err
	})
	if err != nil || len(entries) != len(actions) {
		t.Fatalf("%+v, %v", entries, err)
	}
	for i, e := range entries {
		if e.Action != actions[i] || e.Actor != "system" || e.Region != county || !strings.HasPrefix(e.Subject, "account/") || e.Detail != "{}" {
			t.Errorf("%+v", e)
		}
	}
	if report, err := ledger.Verify(t.Context(), s); err != nil || report.Broken != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestWhatMakesNoAccountIsRefused(t *testing.T) {
	a := accounts(t, database(t))
	for key, spoil := range map[string]func(*app.NewAccount){
		"account.username_malformed": func(n *app.NewAccount) { n.Username = "Big Boss" },
		"account.name_malformed":     func(n *app.NewAccount) { n.Name = "  " },
		"account.role_unknown":       func(n *app.NewAccount) { n.Role = "root" },
		"account.role_region":        func(n *app.NewAccount) { n.Region = "430100000000" },
		"account.password_weak":      func(n *app.NewAccount) { n.Password = "1234567" },
		"region.not_found":           func(n *app.NewAccount) { n.Region = "430102000000" },
	} {
		n := office()
		spoil(&n)
		err := a.Add(t.Context(), n)
		wantKey(t, err, key)
		if !app.IsInput(err) {
			t.Errorf("%s is the administrator's to mend", key)
		}
	}
	long, same := office(), office()
	long.Password = strings.Repeat("长", password.MaxLength+1)
	same.Username, same.Password = "longusername", "LongUsername"
	for _, n := range []app.NewAccount{long, same} {
		wantKey(t, a.Add(t.Context(), n), "account.password_weak")
	}
	if all, err := a.List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAnAddedAccountCanSignIn(t *testing.T) {
	dsn := database(t)
	if err := accounts(t, dsn).Add(t.Context(), office()); err != nil {
		t.Fatal(err)
	}
	s, _ := serving(t, dsn)
	r := start(t, s)
	if status := signIn(t, r.address, "cs-county", "a long password"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

// signIn gives the status of the answer.
func signIn(t *testing.T, address, username, password string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/api/session",
		strings.NewReader(`{"username":"`+username+`","password":"`+password+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
