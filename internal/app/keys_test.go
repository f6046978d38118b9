package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/internal/app"
	"jieli/internal/seal"
	"jieli/internal/store"
)

func opened(t *testing.T, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestANewDatabaseGetsAKeyFileForItsOwnerOnly(t *testing.T) {
	dsn := database(t)
	s, _ := serving(t, dsn)
	start(t, s)
	file := strings.TrimPrefix(dsn, "sqlite:") + ".keys"
	info, err := os.Stat(file)
	if err != nil || info.Mode() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	ring, err := seal.Load(file)
	if err != nil || len(ring.Keys()) != 1 || ring.Keys()[0].Suite != seal.SM {
		t.Errorf("keys %v, %v", ring, err)
	}
}

func TestKeysStayThoseOfTheDatabase(t *testing.T) {
	kept, file := opened(t, database(t)), filepath.Join(t.TempDir(), "keys")
	first, err := app.OpenKeys(t.Context(), kept, file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := app.OpenKeys(t.Context(), kept, file)
	if err != nil || again.Mark() != first.Mark() {
		t.Errorf("other keys at the second start: %v", err)
	}
	foreign := filepath.Join(t.TempDir(), "foreign")
	if _, err := app.OpenKeys(t.Context(), opened(t, database(t)), foreign); err != nil {
		t.Fatal(err)
	}
	_, err = app.OpenKeys(t.Context(), kept, foreign)
	wantKey(t, err, "app.keys_foreign")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	_, err = app.OpenKeys(t.Context(), kept, file)
	wantKey(t, err, "app.keys_lost")
	if _, err := os.Stat(file); err == nil {
		t.Error("made other keys in the place of the lost ones")
	}
}

func TestProcessesThatStartTogetherShareTheKeys(t *testing.T) {
	dsn, file := database(t), filepath.Join(t.TempDir(), "keys")
	var mutex sync.Mutex
	marks := map[string]bool{}
	var group sync.WaitGroup
	for range 4 {
		kept := opened(t, dsn)
		group.Go(func() {
			ring, err := app.OpenKeys(t.Context(), kept, file)
			if err != nil {
				t.Error(err)
				return
			}
			mutex.Lock()
			defer mutex.Unlock()
			marks[ring.Mark()] = true
		})
	}
	group.Wait()
	if len(marks) != 1 {
		t.Errorf("marks %v", marks)
	}
}

func TestKeysThatOthersCanReadAreNotServedWith(t *testing.T) {
	s, _ := serving(t, database(t))
	s.Settings.Keys = filepath.Join(t.TempDir(), "keys")
	if _, err := seal.Create(s.Settings.Keys, seal.AES, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(s.Settings.Keys, 0o644); err != nil { //nolint:gosec // too open, on purpose
		t.Fatal(err)
	}
	wantKey(t, app.Serve(t.Context(), s), "seal.keys_exposed")
	if err := os.Chmod(s.Settings.Keys, 0o400); err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, "http://"+start(t, s).address+"/readyz"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

func TestRotatedKeysAreInTheLedger(t *testing.T) {
	kept, file := opened(t, database(t)), filepath.Join(t.TempDir(), "keys")
	first, err := app.OpenKeys(t.Context(), kept, file)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := first.Seal("p", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := app.RotateKeys(t.Context(), kept, file, seal.AES)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rotated.Open("p", sealed); err != nil || string(got) != "x" || len(rotated.Keys()) != 2 {
		t.Errorf("%q, %v", got, err)
	}
	_, err = app.RotateKeys(t.Context(), kept, file, "rot13")
	wantKey(t, err, "seal.unknown_suite")
	err = kept.Read(t.Context(), func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 1, 10)
		if len(entries) != 1 || entries[0].Action != "keys.rotate" || entries[0].Subject != "key/2" || entries[0].Detail != `{"suite":"aes256-sha256"}` {
			t.Errorf("ledger %+v", entries)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
