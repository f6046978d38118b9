package store_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func TestAReadThatLastsTooLongIsEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, _, dsn string) {
		s := openMigrated(t, dsn)
		s.SetReadLimit(10 * time.Millisecond)
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			<-tx.Context().Done()
			_, _, err := store.GetMeta(tx, "k")
			return err
		})
		refused(t, err, domain.KindBusy, "store.read_too_long")
	})
}

func TestClockOfTheStore(t *testing.T) {
	at := time.Date(2026, 11, 25, 9, 8, 7, 123456789, time.FixedZone("CST", 8*3600))
	s, err := store.Open(t.Context(), store.Options{DSN: databases["sqlite"](t), Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.Write(t.Context(), func(tx *store.Tx) error {
		if want := time.Date(2026, 11, 25, 1, 8, 7, 123456000, time.UTC); tx.Now() != want {
			t.Errorf("got %v, want %v", tx.Now(), want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestPoolsTellWhoIsBusy(t *testing.T) {
	s := openMigrated(t, databases["sqlite"](t))
	err := s.Write(t.Context(), func(*store.Tx) error {
		return s.Read(t.Context(), func(*store.Tx) error {
			if pools := s.Pools(); len(pools) != 2 || pools["writer"].InUse != 1 || pools["reader"].InUse != 1 {
				t.Errorf("while one writes and one reads: %+v", pools)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if pools := s.Pools(); pools["writer"].InUse != 0 || pools["reader"].InUse != 0 || pools["writer"].Open != 1 {
		t.Errorf("afterwards: %+v", pools)
	}
}

// Who reads the database must not be able to take over a session.
func TestSessionTokensAreNotKept(t *testing.T) {
	onBoth(t, func(t *testing.T, _, dsn string) {
		s := openMigrated(t, dsn)
		const token = "the-token-in-the-cookie"
		if err := s.Sessions().Commit(token, []byte("data"), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		rows := lines(t, s.Writer(), "SELECT token_hash, expires_at FROM session")
		if len(rows) != 1 || strings.Contains(rows[0], token) || !strings.Contains(rows[0], fmt.Sprintf("%x", sha256.Sum256([]byte(token)))) {
			t.Errorf("got %v", rows)
		}
	})
}
