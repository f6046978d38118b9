package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/alexedwards/scs/v2"

	"jieli/internal/domain"
)

// SessionStore keeps signed-in sessions for scs. Only a hash of the token is stored, so that who reads the database
// cannot sign in with it.
type SessionStore struct{ store *Store }

var _ scs.CtxStore = (*SessionStore)(nil)

// Sessions gives the session rows in the form that scs asks for.
func (s *Store) Sessions() *SessionStore { return &SessionStore{s} }

// DeleteExpiredSessions removes the sessions that are over.
func (s *Store) DeleteExpiredSessions(ctx context.Context) error {
	return s.repeat(ctx, `DELETE FROM session WHERE expires_at <= ?expires_at`, sessionArgs{ExpiresAt: s.now()})
}

// Find is FindCtx without a context.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *SessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s *SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// FindCtx gives the data of a session that is not over; an unknown token is no error.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	err := s.store.engine.Reader.NewRaw(`SELECT data FROM session WHERE token_hash = ?token_hash AND expires_at > ?expires_at`,
		sessionArgs{TokenHash: hashToken(token), ExpiresAt: s.store.now()}).Scan(ctx, &data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, s.store.explain(ctx, err)
}

// CommitCtx adds or replaces a session.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	if b == nil {
		b = []byte{}
	}
	return s.store.repeat(ctx, `INSERT INTO session (token_hash, data, expires_at) VALUES (?token_hash, ?data, ?expires_at)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
		sessionArgs{hashToken(token), b, expiry})
}

// DeleteCtx removes a session; an unknown token is no error.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.store.repeat(ctx, `DELETE FROM session WHERE token_hash = ?token_hash`, sessionArgs{TokenHash: hashToken(token)})
}

type sessionArgs struct {
	TokenHash string
	Data      []byte
	ExpiresAt time.Time
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// The pauses between attempts of repeat grow from one to the next and are drawn, so that rivals do not meet again.
const (
	repeatAttempts = 5
	repeatPause    = 10 * time.Millisecond
)

// repeat runs one statement that may run twice without harm, again when it lost a race with another transaction.
func (s *Store) repeat(ctx context.Context, query string, args any) error {
	for attempt := 1; ; attempt++ {
		_, err := s.engine.Writer.NewRaw(query, args).Exec(ctx)
		err = s.explain(ctx, err)
		var known *domain.Error
		if !errors.As(err, &known) || known.Kind != domain.KindBusy || attempt == repeatAttempts {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(rand.N(repeatPause << attempt)): //nolint:gosec // only spreads the attempts
		}
	}
}
