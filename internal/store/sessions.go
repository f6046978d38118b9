package store

import (
	"context"
	"time"

	"github.com/alexedwards/scs/v2"
)

// SessionStore keeps signed-in sessions for scs. Only a hash of the token is stored, so that who reads the database
// cannot sign in with it.
type SessionStore struct{ store *Store }

var _ scs.CtxStore = (*SessionStore)(nil)

// Sessions gives the session rows in the form that scs asks for.
func (s *Store) Sessions() *SessionStore { return &SessionStore{s} }

// DeleteExpiredSessions removes the sessions that are over.
func (s *Store) DeleteExpiredSessions(ctx context.Context) error { return errSkeleton }

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
	return nil, false, errSkeleton
}

// CommitCtx adds or replaces a session.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return errSkeleton
}

// DeleteCtx removes a session; an unknown token is no error.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error { return errSkeleton }
