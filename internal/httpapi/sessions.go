package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// How long a session lives: idleLimit after the last request, absoluteLimit after signing in at most.
const (
	idleLimit     = 30 * time.Minute
	absoluteLimit = 12 * time.Hour
	touchEvery    = time.Minute // how stale the note of the last request may be, so that reading seldom writes
)

// The values that a session holds.
const (
	valueAccount  = "account"
	valuePassword = "password" // fingerprint of the password's hash: a changed password ends all sessions
	valueSince    = "since"    // signed in, Unix seconds
	valueSeen     = "seen"     // last request, Unix seconds
)

// sessions knows who is signed in. Tokens are of 256 random bits; the store holds their hash only.
type sessions struct {
	manager *scs.SessionManager
	clock   func() time.Time
}

func newSessions(kept scs.Store, clock func() time.Time) *sessions {
	manager := scs.New()
	manager.Store = kept
	manager.Lifetime = absoluteLimit
	manager.HashTokenInStore = true
	return &sessions{manager, clock}
}

// begin makes a new session and gives its token. Whatever session the caller brought along is ended, so that nobody can
// plant a token before and use it after.
func (s *sessions) begin(ctx context.Context, brought string, a domain.Account) (string, error) {
	ctx, err := s.manager.Load(ctx, brought)
	if err != nil {
		return "", err
	}
	if err := s.manager.Clear(ctx); err != nil {
		return "", err
	}
	if err := s.manager.RenewToken(ctx); err != nil {
		return "", err
	}
	at := s.clock()
	s.manager.SetDeadline(ctx, at.Add(absoluteLimit)) // by the server's clock: the library takes the machine's
	now := at.Unix()
	s.manager.Put(ctx, valueAccount, a.ID)
	s.manager.Put(ctx, valuePassword, fingerprint(a))
	s.manager.Put(ctx, valueSince, now)
	s.manager.Put(ctx, valueSeen, now)
	token, _, err := s.manager.Commit(ctx)
	return token, err
}

// end forgets the session; its token is worth nothing from then on.
func (s *sessions) end(ctx context.Context, token string) error {
	ctx, err := s.manager.Load(ctx, token)
	if err != nil {
		return err
	}
	return s.manager.Destroy(ctx)
}

// holder is what a session says about its holder.
type holder struct{ account, password string }

// find gives the holder of a session that is not over, and false where there is none. It notes that the session was
// used; it saves at once, so that a session that ends meanwhile is not brought back by a slow request.
func (s *sessions) find(ctx context.Context, token string) (holder, bool, error) {
	if token == "" {
		return holder{}, false, nil
	}
	ctx, err := s.manager.Load(ctx, token)
	if err != nil {
		return holder{}, false, err
	}
	h := holder{s.manager.GetString(ctx, valueAccount), s.manager.GetString(ctx, valuePassword)}
	if h.account == "" {
		return holder{}, false, nil
	}
	now := s.clock()
	seen := now.Sub(time.Unix(s.manager.GetInt64(ctx, valueSeen), 0))
	if seen >= idleLimit || now.Sub(time.Unix(s.manager.GetInt64(ctx, valueSince), 0)) >= absoluteLimit {
		return holder{}, false, s.manager.Destroy(ctx)
	}
	if seen >= touchEvery {
		s.manager.Put(ctx, valueSeen, now.Unix())
		_, _, err = s.manager.Commit(ctx)
	}
	return h, true, err
}

func fingerprint(a domain.Account) string {
	sum := sha256.Sum256([]byte(a.PasswordHash))
	return hex.EncodeToString(sum[:8])
}

// signedIn gives the account of the request's session; the zero account for nobody. An account that was disabled or got
// another password since is nobody.
func (s *server) signedIn(ctx context.Context) (domain.Account, error) {
	token := s.of(ctx).token
	h, found, err := s.sessions.find(ctx, token)
	if err != nil || !found {
		return domain.Account{}, err
	}
	var account domain.Account
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		var err error
		account, err = store.AccountByID(tx, h.account)
		return err
	})
	var told *domain.Error
	switch {
	case errors.As(err, &told) && told.Kind == domain.KindNotFound:
	case err != nil:
		return domain.Account{}, err
	case !account.Disabled && fingerprint(account) == h.password:
		return account, nil
	}
	s.log.InfoContext(ctx, "session of a lost account ended", slog.String("account", h.account))
	return domain.Account{}, s.sessions.end(ctx, token)
}

// cookieName is the session cookie's name. Browsers take a __Host- cookie over TLS only, and from this host only.
func (s *server) cookieName() string {
	if s.options.Secure {
		return "__Host-" + cookieName
	}
	return cookieName
}

const cookieName = "jieli_session"

// cookie hands the token to the browser, until it is closed; an empty token takes it away.
func (s *server) cookie(token string) http.Cookie {
	c := http.Cookie{ //nolint:gosec // G124: Secure follows the setting, since a development server speaks plain HTTP on loopback
		Name: s.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: s.options.Secure, SameSite: http.SameSiteLaxMode,
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}
