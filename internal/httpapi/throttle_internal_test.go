package httpapi

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheThrottleForgetsAfterAnHourAndNeverGrows(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	throttle := newThrottle(func() time.Time { return now })
	for range freeForAccount {
		if err := throttle.attempt("a", "s"); err != nil {
			t.Fatal(err)
		}
	}
	if err := throttle.attempt("a", "other"); err == nil {
		t.Fatal("not slowed down")
	}
	now = now.Add(forgetAfter)
	if err := throttle.attempt("a", "other"); err != nil {
		t.Fatalf("remembered for too long: %v", err)
	}
	for i := range 3 * throttleSize {
		now = now.Add(time.Second)
		_ = throttle.attempt(fmt.Sprint("account", i), fmt.Sprint("source", i))
	}
	for _, f := range []*failures{throttle.accounts, throttle.sources} {
		if len(f.byKey) != throttleSize || f.order.Len() != throttleSize {
			t.Errorf("%d keys, %d in order", len(f.byKey), f.order.Len())
		}
	}
}

// Whatever the order of attempts, nobody waits longer than the limit, and who waits as told may try again.
func TestTheWaitIsBoundedAndTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		throttle := newThrottle(func() time.Time { return now })
		for range rapid.IntRange(1, 200).Draw(t, "attempts") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "seconds")) * time.Second)
			account := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "account")
			if rapid.IntRange(0, 9).Draw(t, "succeeds") == 0 {
				throttle.succeeded(account, "s")
			}
			err := throttle.attempt(account, "s")
			if err == nil {
				continue
			}
			wait := err.(*slowed).wait //nolint:errorlint // attempt gives this type
			if wait <= 0 || wait > maxForSource {
				t.Fatalf("wait %v", wait)
			}
			now = now.Add(wait)
			if err := throttle.attempt(account, "s"); err != nil {
				t.Fatalf("after waiting %v: %v", wait, err)
			}
		}
	})
}
