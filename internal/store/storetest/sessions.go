package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jieli/internal/store"
)

func sessions(t *testing.T, open func(t *testing.T) *store.Store) {
	s := open(t)
	rows := s.Sessions()
	expect := func(what, token string, data []byte, found bool) {
		t.Helper()
		got, ok, err := rows.FindCtx(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, what, []any{string(got), ok}, []any{string(data), found})
	}
	commit := func(token string, data []byte, expiry time.Time) {
		t.Helper()
		if err := rows.CommitCtx(t.Context(), token, data, expiry); err != nil {
			t.Fatal(err)
		}
	}
	later := time.Now().Add(time.Hour)
	expect("an unknown token", "t", nil, false)
	expect("a hostile token", "t' OR '1'='1", nil, false)
	commit("t", []byte{0, 0xff, '\''}, later)
	expect("a new session", "t", []byte{0, 0xff, '\''}, true)
	commit("t", []byte("new"), later)
	expect("a session that was replaced", "t", []byte("new"), true)
	commit("nothing", nil, later)
	expect("a session without data", "nothing", nil, true)
	commit("over", []byte("x"), time.Now().Add(-time.Second))
	expect("a session that is over", "over", nil, false)
	if err := s.DeleteExpiredSessions(t.Context()); err != nil {
		t.Fatal(err)
	}
	expect("the others stay", "t", []byte("new"), true)
	if err := rows.Delete("t"); err != nil {
		t.Fatal(err)
	}
	if err := rows.Delete("t"); err != nil {
		t.Error("to delete twice is no error:", err)
	}
	expect("a deleted session", "t", nil, false)
	t.Run("many at once", func(t *testing.T) { manySessions(t, rows, later) })
}

func manySessions(t *testing.T, rows *store.SessionStore, later time.Time) {
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 10 {
				token, data := fmt.Sprint("same", j), []byte(fmt.Sprint(i))
				if err := rows.Commit(token, data, later); err != nil {
					t.Error(err)
				}
				if _, found, err := rows.Find(token); err != nil || !found {
					t.Error(token, found, err)
				}
			}
		})
	}
	group.Wait()
}
