package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"jieli/internal/access/password"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// maxHashing is how many passwords are checked at a time: each takes 19 MiB and tens of milliseconds of a processor.
const maxHashing = 4

type signInInput struct{ Body Credentials }

type signInOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Me
}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

var errBadCredentials = &domain.Error{Kind: domain.KindSignedOut, Key: "session.bad_credentials"}

// signIn checks name and password and begins a session. A wrong name, a wrong password and a disabled account answer
// alike and take equally long.
func (s *server) signIn(ctx context.Context, in *signInInput) (*signInOutput, error) {
	x := s.of(ctx)
	username := strings.TrimSpace(in.Body.Username)
	if err := s.throttle.attempt(strings.ToLower(username), x.source); err != nil {
		return nil, err
	}
	account, err := s.authenticate(ctx, username, in.Body.Password)
	if err != nil {
		return nil, err
	}
	s.throttle.succeeded(strings.ToLower(username), x.source)
	x.account = account.ID
	if err := s.note(ctx, account.ID, "session.sign_in", account, nil); err != nil {
		return nil, err
	}
	token, err := s.sessions.begin(ctx, x.token, account)
	if err != nil {
		return nil, err
	}
	me, err := s.me(ctx, account)
	if err != nil {
		return nil, err
	}
	return &signInOutput{SetCookie: s.cookie(token), Body: me}, nil
}

// authenticate gives the account of name and password; session.bad_credentials where they do not fit.
func (s *server) authenticate(ctx context.Context, username, plain string) (domain.Account, error) {
	var account domain.Account
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		var err error
		account, err = store.AccountByUsername(tx, username)
		return err
	})
	var told *domain.Error
	unknown := errors.As(err, &told) && told.Kind == domain.KindNotFound
	if err != nil && !unknown {
		return domain.Account{}, err
	}
	fits, err := s.fits(ctx, account.PasswordHash, plain)
	if err != nil {
		return domain.Account{}, err
	}
	if reason := failureOf(unknown, fits, account); reason != "" {
		if err := s.note(ctx, "nobody", "session.refused", account, map[string]string{"reason": reason}); err != nil {
			return domain.Account{}, err
		}
		return domain.Account{}, errBadCredentials
	}
	return account, nil
}

func failureOf(unknown, fits bool, account domain.Account) string {
	switch {
	case unknown:
		return "unknown_account"
	case !fits:
		return "wrong_password"
	case account.Disabled:
		return "disabled_account"
	}
	return ""
}

// fits compares in bounded company. An empty hash, of an account that is not there, costs the same and never fits.
func (s *server) fits(ctx context.Context, hash, plain string) (bool, error) {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
		return password.Verify(hash, plain), nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// note writes to the ledger. Names that were typed stay out: one may be a password in the wrong field.
func (s *server) note(ctx context.Context, actor, action string, account domain.Account, detail map[string]string) error {
	entry := domain.LedgerEntry{Actor: actor, Action: action, Region: account.Region, Detail: "{}"}
	if account.ID != "" {
		entry.Subject = "account/" + account.ID
	}
	if detail != nil {
		text, err := json.Marshal(detail)
		if err != nil {
			return err
		}
		entry.Detail = string(text)
	}
	return s.store.Write(ctx, func(tx *store.Tx) error { return ledger.Record(tx, entry) })
}

// session says who is signed in.
func (s *server) session(ctx context.Context, _ *noInput) (*answer[Me], error) {
	me, err := s.me(ctx, granted(ctx).account)
	if err != nil {
		return nil, err
	}
	return answering(me), nil
}

// signOut ends the session.
func (s *server) signOut(ctx context.Context, _ *noInput) (*signOutOutput, error) {
	account := granted(ctx).account
	if err := s.note(ctx, account.ID, "session.sign_out", account, nil); err != nil {
		return nil, err
	}
	if err := s.sessions.end(ctx, s.of(ctx).token); err != nil {
		return nil, err
	}
	return &signOutOutput{SetCookie: s.cookie("")}, nil
}

func (s *server) me(ctx context.Context, a domain.Account) (Me, error) {
	me := Me{ID: a.ID, Username: a.Username, Name: a.Name, Role: a.Role}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		region, err := store.RegionByCode(tx, a.Region.Scope(), a.Region)
		me.Region = refOf(region)
		return err
	})
	return me, err
}
