package app_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jieli/internal/app"
	"jieli/internal/demo"
	"jieli/internal/store"
)

func TestTheClockOfAnOfficeIsNotShifted(t *testing.T) {
	for name, dsn := range map[string]string{
		"an office's own data": database(t),
		"no data yet":          "sqlite:" + filepath.Join(t.TempDir(), "new.db"),
	} {
		s, out := serving(t, dsn)
		s.Settings.ClockShift = 48 * time.Hour
		wantKey(t, app.Serve(t.Context(), s), "app.clock_of_office")
		if out.String() != "" {
			t.Errorf("%s: told %s", name, out)
		}
	}
}

// What the server writes over the demo is dated by the shifted clock, and the administrator is told.
func TestOverTheDemoTheClockRunsAhead(t *testing.T) {
	drawn := func(tx *store.Tx) error { return store.SetMeta(tx, demo.MetaSeed, "1") }
	dsn := database(t, insertDemo, drawn)
	s, out := serving(t, dsn)
	s.Settings.ClockShift = 48 * time.Hour
	before := time.Now()
	r := start(t, s)
	if status := signIn(t, r.address, "xian", "drawn-password"); status != http.StatusOK {
		t.Fatalf("%d", status)
	}
	if !strings.Contains(out.String(), "ahead by 48h0m0s") {
		t.Errorf("told: %s", out)
	}
	r.stop()
	if err := <-r.ended; err != nil {
		t.Fatal(err)
	}
	change(t, dsn, func(tx *store.Tx) error {
		last, _, err := store.LastLedger(tx)
		if err == nil && (last.At.Before(before.Add(47*time.Hour)) || last.At.After(time.Now().Add(49*time.Hour))) {
			t.Errorf("%s is dated %s", last.Action, last.At)
		}
		return err
	})
}
