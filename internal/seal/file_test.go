package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/seal"
)

func create(t *testing.T, path string) *seal.Ring {
	t.Helper()
	ring, err := seal.Create(path, seal.SM, today)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func TestAKeyFileOpensWhatItsRingSealed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.keys")
	sealed, err := create(t, path).Seal("p", []byte("value"))
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := seal.Rotate(path, seal.AES, today)
	if err != nil {
		t.Fatal(err)
	}
	sealedLater, err := rotated.Seal("p", []byte("value"))
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range [][]byte{sealed, sealedLater} {
		if got, err := ring.Open("p", s); err != nil || string(got) != "value" {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if !bytes.Equal(ring.Blind("p", []byte("x")), rotated.Blind("p", []byte("x"))) || ring.Mark() != rotated.Mark() {
		t.Error("the index key is not that of the file")
	}
	if keys := ring.Keys(); len(keys) != 2 || keys[0].Made != today || !keys[1].Active {
		t.Errorf("keys %v", keys)
	}
}

func TestOnlyTheOwnerMayReadANewKeyFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "jieli.keys")
	create(t, path)
	for _, rotated := range []bool{false, true} {
		if rotated {
			if _, err := seal.Rotate(path, seal.SM, today); err != nil {
				t.Fatal(err)
			}
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("rotated %v: mode %v, %v", rotated, info.Mode(), err)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

func TestAKeyFileThatOthersCanTouchIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.keys")
	create(t, path)
	for mode, fine := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o440: true, 0o640: true, 0o644: false, 0o604: false, 0o660: false, 0o602: false, 0o601: false} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := seal.Load(path)
		if fine && err != nil {
			t.Errorf("%o: %v", mode, err)
		}
		if !fine {
			refused(t, err, domain.KindInvalid, "seal.keys_exposed")
			refused(t, second(seal.Rotate(path, seal.SM, today)), domain.KindInvalid, "seal.keys_exposed")
		}
	}
}

func TestAKeyFileIsNeverOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.keys")
	mark := create(t, path).Mark()
	refused(t, second(seal.Create(path, seal.SM, today)), domain.KindConflict, "seal.keys_exist")
	if ring, err := seal.Load(path); err != nil || ring.Mark() != mark {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestOfSeveralCreatorsOneWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.keys")
	var mutex sync.Mutex
	var winners []*seal.Ring
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			ring, err := seal.Create(path, seal.SM, today)
			if err == nil {
				mutex.Lock()
				defer mutex.Unlock()
				winners = append(winners, ring)
				return
			}
			refused(t, err, domain.KindConflict, "seal.keys_exist")
		})
	}
	group.Wait()
	kept, err := seal.Load(path)
	if err != nil || len(winners) != 1 || winners[0].Mark() != kept.Mark() {
		t.Errorf("%d winners, %v", len(winners), err)
	}
}

func TestAKeyFileOutOfReach(t *testing.T) {
	folder := t.TempDir()
	refused(t, second(seal.Load(filepath.Join(folder, "none"))), domain.KindNotFound, "seal.keys_missing")
	refused(t, second(seal.Load(folder)), domain.KindInvalid, "seal.keys_unreadable")
	refused(t, second(seal.Create(filepath.Join(folder, "none", "x"), seal.SM, today)), domain.KindInvalid, "seal.keys_unwritable")
	refused(t, second(seal.Create(filepath.Join(folder, "x"), "rot13", today)), domain.KindInvalid, "seal.unknown_suite")
	path := filepath.Join(folder, "jieli.keys")
	create(t, path)
	refused(t, second(seal.Rotate(path, "rot13", today)), domain.KindInvalid, "seal.unknown_suite")
}

func TestASpoiltKeyFileIsRefusedAndNotTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jieli.keys")
	create(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	spoil := func(change func(file map[string]any)) string {
		var file map[string]any
		if err := json.Unmarshal(whole, &file); err != nil {
			t.Fatal(err)
		}
		change(file)
		text, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	first := func(file map[string]any) map[string]any { return file["keys"].([]any)[0].(map[string]any) }
	for name, text := range map[string]string{
		"empty":         "",
		"cut":           string(whole[:len(whole)/2]),
		"later layout":  spoil(func(f map[string]any) { f["format"] = 2 }),
		"no keys":       spoil(func(f map[string]any) { f["keys"] = []any{} }),
		"no index":      spoil(func(f map[string]any) { delete(f, "index") }),
		"short secret":  spoil(func(f map[string]any) { first(f)["secret"] = "c2hvcnQ=" }),
		"no base64":     spoil(func(f map[string]any) { first(f)["secret"] = "geheim!" }),
		"unknown suite": spoil(func(f map[string]any) { first(f)["suite"] = "rot13" }),
		"id 0":          spoil(func(f map[string]any) { first(f)["id"] = 0 }),
		"id twice":      spoil(func(f map[string]any) { f["keys"] = []any{first(f), first(f)} }),
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := seal.Load(path)
		refused(t, err, domain.KindInvalid, "seal.keys_malformed")
		if err != nil && (strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: the error tells of the content: %v", name, err)
		}
	}
}

func FuzzKeyFile(f *testing.F) {
	path := filepath.Join(f.TempDir(), "seed.keys")
	if _, err := seal.Create(path, seal.SM, today); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"format":1,"keys":[null]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "x.keys")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		ring, err := seal.Load(path)
		var told *domain.Error
		if err != nil {
			if !errors.As(err, &told) {
				t.Fatalf("an error that cannot be told: %v", err)
			}
			return
		}
		sealed, err := ring.Seal("p", []byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ring.Open("p", sealed); err != nil || string(got) != "x" {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}
