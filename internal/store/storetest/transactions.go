package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
)

var errOnPurpose = errors.New("on purpose")

func transactions(t *testing.T, open func(t *testing.T) *store.Store) {
	for name, f := range map[string]func(*testing.T, *store.Store){
		"an error rolls back":             errorRollsBack,
		"a panic rolls back":              panicRollsBack,
		"a refused row rolls back":        refusalRollsBack,
		"a cancelled write rolls back":    cancelRollsBack,
		"a read sees one moment":          snapshot,
		"a read cannot write":             readOnly,
		"the clock stands still":          frozenClock,
		"no increment is lost":            concurrentWriters,
		"readers go on while one writes":  readersDuringWrite,
		"a closed context begins nothing": closedContext,
		"a claim is kept by the first":    claims,
	} {
		t.Run(name, func(t *testing.T) { f(t, open(t)) })
	}
}

func note(t *testing.T, s *store.Store, key string) (value string) {
	t.Helper()
	read(t, s, func(tx *store.Tx) (err error) {
		value, _, err = store.GetMeta(tx, key)
		return err
	})
	return value
}

// claims lets many claim one key: all are told the same value, which is one of theirs.
func claims(t *testing.T, s *store.Store) {
	var mutex sync.Mutex
	told := map[string]int{}
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			err := s.Write(t.Context(), func(tx *store.Tx) error {
				kept, err := store.ClaimMeta(tx, "k", strconv.Itoa(i))
				mutex.Lock()
				defer mutex.Unlock()
				told[kept]++
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	equal(t, "told", told, map[string]int{note(t, s, "k"): 6})
}

func errorRollsBack(t *testing.T, s *store.Store) {
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if err := store.SetMeta(tx, "k", "v"); err != nil {
			return err
		}
		return errOnPurpose
	})
	if !errors.Is(err, errOnPurpose) {
		t.Errorf("got %v", err)
	}
	equal(t, "note", note(t, s, "k"), "")
}

func panicRollsBack(t *testing.T, s *store.Store) {
	func() {
		defer func() { equal(t, "panic", recover(), any("on purpose")) }()
		_ = s.Write(t.Context(), func(tx *store.Tx) error {
			if err := store.SetMeta(tx, "k", "v"); err != nil {
				t.Error(err)
			}
			panic("on purpose")
		})
	}()
	equal(t, "note", note(t, s, "k"), "")
	write(t, s, func(tx *store.Tx) error { return store.SetMeta(tx, "k", "w") }) // the writer is free again
}

// refusalRollsBack loads a country whose last team names a cadre that is not there: nothing of it stays.
func refusalRollsBack(t *testing.T, s *store.Store) {
	w := Draw(5, Small)
	p := w.Plans[0]
	w.Plans = nil
	Load(t, s, w)
	last := &p.Teams[len(p.Teams)-1]
	last.Members = append([]domain.TeamMember{}, last.Members...)
	last.Members[0].Cadre = "nobody"
	err := s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertPlan(tx, p) })
	refused(t, "unknown cadre", err, domain.KindInvalid, "store.unknown_reference")
	read(t, s, func(tx *store.Tx) error {
		_, err := store.PlanByID(tx, p.ID)
		refused(t, "plan", err, domain.KindNotFound, "plan.not_found")
		return nil
	})
}

func cancelRollsBack(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Write(ctx, func(tx *store.Tx) error {
		if err := store.SetMeta(tx, "k", "v"); err != nil {
			return err
		}
		cancel()
		return store.SetMeta(tx, "k2", "v")
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	equal(t, "note", note(t, s, "k"), "")
}

func snapshot(t *testing.T, s *store.Store) {
	write(t, s, func(tx *store.Tx) error { return store.SetMeta(tx, "k", "before") })
	read(t, s, func(tx *store.Tx) error {
		for range 2 {
			got, _, err := store.GetMeta(tx, "k")
			if err != nil {
				return err
			}
			equal(t, "note", got, "before")
			write(t, s, func(tx *store.Tx) error { return store.SetMeta(tx, "k", "after") })
		}
		return nil
	})
	equal(t, "note", note(t, s, "k"), "after")
}

func readOnly(t *testing.T, s *store.Store) {
	err := s.Read(t.Context(), func(tx *store.Tx) error { return store.SetMeta(tx, "k", "v") })
	if err == nil {
		t.Error("a read wrote")
	}
	equal(t, "note", note(t, s, "k"), "")
}

func frozenClock(t *testing.T, s *store.Store) {
	write(t, s, func(tx *store.Tx) error {
		began := tx.Now()
		for range 3 {
			if err := store.SetMeta(tx, "k", "v"); err != nil {
				return err
			}
			equal(t, "now", tx.Now(), began)
		}
		equal(t, "zone", began.Location().String(), "UTC")
		equal(t, "nanoseconds below the microsecond", began.Nanosecond()%1000, 0)
		return tx.Context().Err()
	})
}

// concurrentWriters counts up from many goroutines. PostgreSQL lets them in together, so they lock first, as the ledger
// does.
func concurrentWriters(t *testing.T, s *store.Store) {
	const writers, rounds = 8, 10
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range rounds {
				if err := s.Write(t.Context(), increment); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	equal(t, "counter", note(t, s, "counter"), strconv.Itoa(writers*rounds))
}

func increment(tx *store.Tx) error {
	if err := store.LockLedger(tx); err != nil {
		return err
	}
	text, found, err := store.GetMeta(tx, "counter")
	if err != nil {
		return err
	}
	n := 0
	if found {
		if n, err = strconv.Atoi(text); err != nil {
			return err
		}
	}
	return store.SetMeta(tx, "counter", strconv.Itoa(n+1))
}

func readersDuringWrite(t *testing.T, s *store.Store) {
	write(t, s, func(tx *store.Tx) error {
		if err := store.SetMeta(tx, "k", "v"); err != nil {
			return err
		}
		equal(t, "what others see meanwhile", note(t, s, "k"), "")
		return nil
	})
	equal(t, "note", note(t, s, "k"), "v")
}

func closedContext(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(fmt.Errorf("shutting down: %w", errOnPurpose))
	for name, run := range map[string]func(context.Context, func(*store.Tx) error) error{"read": s.Read, "write": s.Write} {
		err := run(ctx, func(*store.Tx) error {
			t.Error("it began a " + name)
			return nil
		})
		if !errors.Is(err, errOnPurpose) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
