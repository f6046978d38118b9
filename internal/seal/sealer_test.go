package seal_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/seal"
)

var today = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func newRing(t testing.TB, suite seal.Suite) *seal.Ring {
	t.Helper()
	ring, err := seal.NewRing(suite, today)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// refused asks for a domain error of the kind and key.
func refused(t testing.TB, err error, kind domain.Kind, key string) {
	t.Helper()
	var told *domain.Error
	if !errors.As(err, &told) || told.Kind != kind || told.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

func TestWhatIsSealedOpensForItsPurposeOnly(t *testing.T) {
	for _, suite := range seal.Suites() {
		ring := newRing(t, suite)
		rapid.Check(t, func(t *rapid.T) {
			plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
			purpose := rapid.StringN(1, 20, -1).Draw(t, "purpose")
			other := rapid.StringN(1, 20, -1).Filter(func(s string) bool { return s != purpose }).Draw(t, "other")
			sealed, err := ring.Seal(purpose, plain)
			if err != nil {
				t.Fatal(err)
			}
			if len(sealed) != len(plain)+34 {
				t.Fatalf("%d bytes for %d", len(sealed), len(plain))
			}
			if got, err := ring.Open(purpose, sealed); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("%q, %v", got, err)
			}
			if got, err := ring.Open(other, sealed); err == nil {
				t.Fatalf("opened for %q: %q", other, got)
			}
		})
	}
}

func TestTheSameValueIsSealedDifferently(t *testing.T) {
	ring := newRing(t, seal.SM)
	first, _ := ring.Seal("p", []byte("430102199001011234"))
	second, _ := ring.Seal("p", []byte("430102199001011234"))
	if bytes.Equal(first[6:], second[6:]) || bytes.Contains(first, []byte("4301")) {
		t.Error("a sealed value shows something of the plain one")
	}
}

func TestAnyChangedBitIsNoticed(t *testing.T) {
	for _, suite := range seal.Suites() {
		ring := newRing(t, suite)
		sealed, err := ring.Seal("p", []byte("value"))
		if err != nil {
			t.Fatal(err)
		}
		for bit := range len(sealed) * 8 {
			spoilt := bytes.Clone(sealed)
			spoilt[bit/8] ^= 1 << (bit % 8)
			if got, err := ring.Open("p", spoilt); err == nil {
				t.Errorf("%s: bit %d changed, opened as %q", suite, bit, got)
			}
		}
		for length := range sealed {
			if _, err := ring.Open("p", sealed[:length]); err == nil {
				t.Errorf("%s: opened when cut to %d bytes", suite, length)
			}
		}
		refused(t, second(ring.Open("q", sealed)), domain.KindInternal, "seal.not_opened")
		refused(t, second(ring.Open("p", nil)), domain.KindInternal, "seal.malformed")
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhatAnotherRingSealedDoesNotOpen(t *testing.T) {
	for _, suite := range seal.Suites() {
		for _, other := range seal.Suites() {
			sealed, err := newRing(t, other).Seal("p", []byte("value"))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := newRing(t, suite).Open("p", sealed); err == nil {
				t.Errorf("%s opened %s: %q", suite, other, got)
			}
		}
	}
}

func TestOldValuesOpenAfterEveryRotation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		suites := rapid.SliceOfN(rapid.SampledFrom(seal.Suites()), 1, 6).Draw(t, "suites")
		ring, err := seal.NewRing(suites[0], today)
		if err != nil {
			t.Fatal(err)
		}
		var kept [][]byte
		blind, mark := ring.Blind("p", []byte("same")), ring.Mark()
		for i, suite := range suites {
			if i > 0 {
				if ring, err = ring.Rotated(suite, today.AddDate(i, 0, 0)); err != nil {
					t.Fatal(err)
				}
			}
			sealed, err := ring.Seal("p", []byte{byte(i)})
			if err != nil {
				t.Fatal(err)
			}
			if id := binary.BigEndian.Uint32(sealed[2:]); id != uint32(i+1) { //nolint:gosec // small
				t.Fatalf("sealed with key %d after %d rotations", id, i)
			}
			kept = append(kept, sealed)
		}
		for i, sealed := range kept {
			if got, err := ring.Open("p", sealed); err != nil || !bytes.Equal(got, []byte{byte(i)}) {
				t.Fatalf("sealed before rotation %d: %v, %v", i+1, got, err)
			}
		}
		if !bytes.Equal(blind, ring.Blind("p", []byte("same"))) || mark != ring.Mark() {
			t.Fatal("a rotation changed blind indexes or the mark")
		}
	})
}

func TestAValueOfALaterKeyNamesIt(t *testing.T) {
	ring := newRing(t, seal.SM)
	later, err := ring.Rotated(seal.SM, today)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := later.Seal("p", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = ring.Open("p", sealed)
	refused(t, err, domain.KindInternal, "seal.unknown_key")
	var told *domain.Error
	if errors.As(err, &told) && told.Params["key"] != uint32(2) {
		t.Errorf("params %v", told.Params)
	}
}

func TestBlindIndexes(t *testing.T) {
	for _, suite := range seal.Suites() {
		ring, other := newRing(t, suite), newRing(t, suite)
		a := ring.Blind("cadre.id_number", []byte("430102199001011234"))
		if len(a) != 32 || !bytes.Equal(a, ring.Blind("cadre.id_number", []byte("430102199001011234"))) {
			t.Errorf("%s: blind index %x", suite, a)
		}
		for name, b := range map[string][]byte{
			"another value":   ring.Blind("cadre.id_number", []byte("430102199001011235")),
			"another purpose": ring.Blind("cadre.phone", []byte("430102199001011234")),
			"another ring":    other.Blind("cadre.id_number", []byte("430102199001011234")),
		} {
			if bytes.Equal(a, b) {
				t.Errorf("%s: the blind index is the same for %s", suite, name)
			}
		}
	}
}

func TestUnknownSuites(t *testing.T) {
	refused(t, second(seal.NewRing("rot13", today)), domain.KindInvalid, "seal.unknown_suite")
	refused(t, second(newRing(t, seal.SM).Rotated("", today)), domain.KindInvalid, "seal.unknown_suite")
}

func TestARingTellsItsKeysAndNoSecret(t *testing.T) {
	ring, err := newRing(t, seal.SM).Rotated(seal.AES, today.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	want := []seal.KeyInfo{{1, seal.SM, today, false}, {2, seal.AES, today.AddDate(1, 0, 0), true}}
	got := ring.Keys()
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v", got)
	}
	if ring.Mark() == newRing(t, seal.SM).Mark() || len(ring.Mark()) != 32 {
		t.Errorf("mark %s", ring.Mark())
	}
}

func FuzzOpen(f *testing.F) {
	ring := newRing(f, seal.SM)
	sealed, err := ring.Seal("p", []byte("value"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte{1, 1, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, text []byte) {
		var told *domain.Error
		plain, err := ring.Open("p", text)
		if err == nil && !bytes.Equal(text, sealed) {
			t.Fatalf("forged: %q", plain)
		}
		if err != nil && !errors.As(err, &told) {
			t.Fatalf("an error that cannot be told: %v", err)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for _, suite := range seal.Suites() {
		b.Run(string(suite), func(b *testing.B) {
			ring := newRing(b, suite)
			sealed, _ := ring.Seal("cadre.id_number", []byte("430102199001011234"))
			for b.Loop() {
				if _, err := ring.Open("cadre.id_number", sealed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestARingIsSharedByGoroutines(t *testing.T) {
	ring := newRing(t, seal.SM)
	want := ring.Blind("p0", []byte("x"))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 20 {
				purpose := fmt.Sprint("p", (i+j)%4)
				sealed, err := ring.Seal(purpose, []byte{byte(j)})
				if err != nil {
					t.Error(err)
				}
				if got, err := ring.Open(purpose, sealed); err != nil || got[0] != byte(j) {
					t.Errorf("got %v, %v", got, err)
				}
				if blind := ring.Blind(purpose, []byte("x")); bytes.Equal(blind, want) != (purpose == "p0") {
					t.Errorf("blind index of %s: %x", purpose, blind)
				}
			}
		})
	}
	group.Wait()
}
