package ledger_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
	"jieli/internal/store/storetest/tamper"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// place is a store that can be tampered with.
type place struct {
	*store.Store
	dsn string
}

// onBoth runs a test on an empty database of each kind.
func onBoth(t *testing.T, f func(t *testing.T, p place)) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			dsn := "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")
			if dialect == "postgres" {
				dsn = pgtest.Database(t)
			}
			s, err := store.Open(t.Context(), store.Options{DSN: dsn})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			f(t, place{s, dsn})
		})
	}
}

func (p place) record(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		err := p.Write(t.Context(), func(tx *store.Tx) error {
			return ledger.Record(tx, domain.LedgerEntry{Actor: "a1", Action: "plan.create", Subject: fmt.Sprint("plan/", i), Region: "430000000000",
				Policy: "2023", Detail: fmt.Sprintf(`{"teams": %d}`, i)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (p place) entries(t *testing.T) (all []domain.LedgerEntry) {
	t.Helper()
	err := p.Read(t.Context(), func(tx *store.Tx) (err error) {
		all, err = store.LedgerFrom(tx, 0, 10000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (p place) verify(t *testing.T) ledger.Report {
	t.Helper()
	report, err := ledger.Verify(t.Context(), p.Store)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAChainOfAnyLengthHolds(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		if got := p.verify(t); got != (ledger.Report{}) {
			t.Errorf("empty ledger: %+v", got)
		}
		p.record(t, 3)
		entries := p.entries(t)
		if got, want := p.verify(t), (ledger.Report{Entries: 3, Head: entries[2].Hash}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if entries[0].Prev != "" || entries[1].Prev != entries[0].Hash || entries[2].Prev != entries[1].Hash || entries[0].Seq != 1 {
			t.Errorf("not a chain: %+v", entries)
		}
		// More than one page of reading; the rows are recorded in one transaction.
		err := p.Write(t.Context(), func(tx *store.Tx) error {
			for range 2100 {
				if err := ledger.Record(tx, domain.LedgerEntry{Actor: "system", Action: "x"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.verify(t); got.Entries != 2103 || got.Broken != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

// The encoding is for ever: entries of today must verify in ten years.
func TestTheHashOfAKnownEntry(t *testing.T) {
	at := "2023-06-30T08:09:10.123456Z"
	e := domain.LedgerEntry{Seq: 7, At: moment(t, at), Actor: "a1", Action: "plan.create", Subject: "plan/p1", Region: "430000000000", Policy: "2023", Detail: `{"a":1}`, Prev: "ab"}
	fields := []string{"jieli ledger 1", "7", at, "a1", "plan.create", "plan/p1", "430000000000", "2023", `{"a":1}`, "ab"}
	var encoded []byte
	for _, f := range fields {
		encoded = append(binary.BigEndian.AppendUint64(encoded, uint64(len(f))), f...)
	}
	if got, want := ledger.HashOf(e), sha(encoded); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := ledger.HashOf(e), "5ff86c7d2eac979acf93bd38c5aebaa2d94a48ffb5f4b1cafe6f01383474b05d"; got != want {
		t.Errorf("the encoding has changed: got %s, want %s", got, want)
	}
}

func TestNoTwoEntriesHaveTheSameEncoding(t *testing.T) {
	a := domain.LedgerEntry{Seq: 1, Actor: "ab", Action: "c"}
	seen := map[string]bool{ledger.HashOf(a): true}
	for _, b := range []domain.LedgerEntry{
		{Seq: 1, Actor: "a", Action: "bc"}, {Seq: 1, Actor: "", Action: "abc"}, {Seq: 1, Actor: "abc"}, {Seq: 1, Actor: "ab", Subject: "c"}, {Seq: 11, Actor: "ab", Action: "c"},
		{Seq: 1, Actor: "ab", Action: "c", Region: "4"}, {Seq: 1, Actor: "ab", Action: "c", Policy: "4"}, {Seq: 1, Actor: "ab", Action: "c", Prev: "4"},
		{Seq: 1, Actor: "ab", Action: "c", Detail: "4"}, {Seq: 1, Actor: "ab", Action: "c", At: moment(t, "2023-06-30T08:09:10.123456Z")},
	} {
		if seen[ledger.HashOf(b)] {
			t.Errorf("%+v is taken for another one", b)
		}
		seen[ledger.HashOf(b)] = true
	}
}

// all is what went wrong in any of the steps.
func all(steps ...error) error { return errors.Join(steps...) }

// set is a tampering that changes a field of an entry.
func set(seq int64, column, value string) func(*tamper.Ledger) error {
	return func(l *tamper.Ledger) error { return l.Set(seq, column, value) }
}

func TestTamperingIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		tamper func(*tamper.Ledger) error
		broken int64
		reason string
	}{
		"a text was changed":    {set(3, "detail", `{"teams": 9}`), 3, ledger.Changed},
		"a time was changed":    {set(3, "at", "2020-01-01 00:00:00+00:00"), 3, ledger.Changed},
		"an actor was changed":  {set(3, "actor", "a2"), 3, ledger.Changed},
		"an action was changed": {set(3, "action", "plan.drop"), 3, ledger.Changed},
		"a subject was changed": {set(3, "subject", "plan/x"), 3, ledger.Changed},
		"a region was changed":  {set(3, "region", ""), 3, ledger.Changed},
		"a policy was changed":  {set(3, "policy", ""), 3, ledger.Changed},
		"a hash was changed":    {set(3, "hash", "x"), 3, ledger.Changed},
		"a link was changed":    {set(3, "prev", "x"), 3, ledger.Changed},
		"the first was changed": {set(1, "actor", "a2"), 1, ledger.Changed},
		"the last was changed":  {set(6, "actor", "a2"), 6, ledger.Changed},
		"one was removed":       {func(l *tamper.Ledger) error { return l.Remove(3) }, 3, ledger.Removed},
		"the first was removed": {func(l *tamper.Ledger) error { return l.Remove(1) }, 1, ledger.Removed},
		"one was removed and the rest renumbered": {func(l *tamper.Ledger) error {
			return all(l.Remove(3), l.Move(4, 3), l.Move(5, 4), l.Move(6, 5))
		}, 3, ledger.Moved},
		"two were exchanged": {func(l *tamper.Ledger) error { return all(l.Move(3, -3), l.Move(4, 3), l.Move(-3, 4)) }, 3, ledger.Moved},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, p place) {
				p.record(t, 6)
				entries := p.entries(t)
				p.tamper(t, c.tamper)
				head := ""
				if c.broken > 1 {
					head = entries[c.broken-2].Hash
				}
				if got, want := p.verify(t), (ledger.Report{Entries: c.broken - 1, Head: head, Broken: c.broken, Reason: c.reason}); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			})
		})
	}
}

func (p place) tamper(t *testing.T, f func(*tamper.Ledger) error) {
	t.Helper()
	if err := f(tamper.Open(t, p.dsn, false)); err != nil {
		t.Fatal(err)
	}
}

// Who changes an entry and makes its hash fit betrays himself by the entry that follows.
func TestAForgedHashIsFoundByTheNextEntry(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.record(t, 4)
		entries := p.entries(t)
		forged := entries[1]
		forged.Actor = "a2"
		p.tamper(t, func(l *tamper.Ledger) error {
			return all(l.Set(2, "actor", "a2"), l.Set(2, "hash", ledger.HashOf(forged)))
		})
		if got, want := p.verify(t), (ledger.Report{Entries: 1, Head: entries[0].Hash, Broken: 2, Reason: ledger.Changed}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

// Entries were cut off at the beginning and the rest was renumbered with fitting hashes, but for the first one's Prev.
func TestAChainWithoutItsBeginningIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.record(t, 2)
		second := p.entries(t)[1]
		second.Seq = 1
		p.tamper(t, func(l *tamper.Ledger) error {
			return all(l.Remove(1), l.Move(2, 1), l.Set(1, "hash", ledger.HashOf(second)))
		})
		if got, want := p.verify(t), (ledger.Report{Broken: 1, Reason: ledger.Moved}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestTheDatabaseItselfRefusesToChangeTheLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.record(t, 2)
		l := tamper.Open(t, p.dsn, true)
		for what, err := range map[string]error{"change": l.Set(1, "actor", "x"), "remove": l.Remove(2), "move": l.Move(2, 3)} {
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", what, err)
			}
		}
		if got := p.verify(t); got.Entries != 2 || got.Broken != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestManyRecordAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		const writers, each = 8, 10
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range each {
					err := p.Write(t.Context(), func(tx *store.Tx) error {
						return ledger.Record(tx, domain.LedgerEntry{Actor: "a1", Action: "x"})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if got := p.verify(t); got.Entries != writers*each || got.Broken != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestARolledBackEntryLeavesNoGap(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.record(t, 1)
		failed := errors.New("on purpose")
		err := p.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(ledger.Record(tx, domain.LedgerEntry{Action: "x"}), failed)
		})
		if !errors.Is(err, failed) {
			t.Fatal(err)
		}
		p.record(t, 1)
		if got := p.verify(t); got.Entries != 2 || got.Broken != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestRecordFillsInWhatIsItsOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		var now domain.LedgerEntry
		err := p.Write(t.Context(), func(tx *store.Tx) error {
			now.At = tx.Now()
			return ledger.Record(tx, domain.LedgerEntry{Seq: 99, Prev: "x", Hash: "y", Actor: "a1", Action: "x"})
		})
		if err != nil {
			t.Fatal(err)
		}
		want := domain.LedgerEntry{Seq: 1, At: now.At, Actor: "a1", Action: "x", Detail: "{}"}
		want.Hash = ledger.HashOf(want)
		if got := p.entries(t)[0]; !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestRecordRefusesWhatCannotBeKept(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		for _, c := range []struct {
			entry domain.LedgerEntry
			key   string
		}{
			{domain.LedgerEntry{Actor: "a\x00"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Action: "\xff"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Subject: "\xff"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Region: "\xff"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Policy: "\xff"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Detail: "{\"a\":\"\xff\"}"}, "ledger.text_malformed"},
			{domain.LedgerEntry{Detail: "{"}, "ledger.detail_malformed"},
			{domain.LedgerEntry{Detail: "[1]"}, "ledger.detail_malformed"},
			{domain.LedgerEntry{Detail: "null"}, "ledger.detail_malformed"},
		} {
			err := p.Write(context.Background(), func(tx *store.Tx) error { return ledger.Record(tx, c.entry) })
			var known *domain.Error
			if !errors.As(err, &known) || known.Kind != domain.KindInvalid || known.Key != c.key {
				t.Errorf("%+v: got %v, want %s", c.entry, err, c.key)
			}
		}
		if got := p.verify(t); got.Entries != 0 {
			t.Errorf("got %+v", got)
		}
	})
}
