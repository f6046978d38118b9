package demo_test

import (
	"encoding/hex"
	"os"
	"runtime"
	"sync"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
)

// examples are the real files, read once.
var examples = sync.OnceValues(func() (divisions.Examples, error) {
	return divisions.Read(os.DirFS("../../examples/hunan"))
})

// plainHash stands for the real hash, which is slow on purpose; it keeps password and salt in sight.
func plainHash(plain string, salt []byte) string { return plain + "/" + hex.EncodeToString(salt) }

func realExamples(t testing.TB) divisions.Examples {
	t.Helper()
	e, err := examples()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func drawAnew(t testing.TB, seed uint64) demo.Data {
	t.Helper()
	data, err := demo.Draw(realExamples(t), seed, plainHash)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// drawn keeps the draws that several tests look at; none may change them.
var drawn = struct {
	sync.Mutex
	data map[uint64]demo.Data
}{data: map[uint64]demo.Data{}}

func draw(t testing.TB, seed uint64) demo.Data {
	t.Helper()
	drawn.Lock()
	defer drawn.Unlock()
	if _, known := drawn.data[seed]; !known {
		drawn.data[seed] = drawAnew(t, seed)
	}
	return drawn.data[seed]
}

// eachSeed runs the test on draws from several seeds.
func eachSeed(t *testing.T, test func(t *testing.T, data demo.Data)) {
	for name, seed := range map[string]uint64{"seed 1": 1, "seed 2": 2, "seed 20210507": 20210507} {
		t.Run(name, func(t *testing.T) { test(t, draw(t, seed)) })
	}
}

func digest(t testing.TB, data demo.Data) string {
	t.Helper()
	sum, err := data.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestSameSeedSameBytes(t *testing.T) {
	first := digest(t, draw(t, 1))
	for _, processors := range []int{1, 2} {
		before := runtime.GOMAXPROCS(processors)
		again := digest(t, drawAnew(t, 1))
		runtime.GOMAXPROCS(before)
		if again != first {
			t.Errorf("with %d processors the digest is %s, was %s", processors, again, first)
		}
	}
	if digest(t, draw(t, 2)) == first {
		t.Error("another seed gives the same data")
	}
}

func TestTooSmallExamplesAreRefused(t *testing.T) {
	e := realExamples(t)
	for name, small := range map[string]divisions.Examples{
		"nothing":     {},
		"one city":    {Divisions: e.Divisions[:3000], Counties: e.Counties[:9]},
		"no villages": {Divisions: withoutVillages(e.Divisions), Counties: e.Counties},
	} {
		_, err := demo.Draw(small, 1, plainHash)
		if told := asError(err); told == nil || told.Kind != domain.KindInvalid || told.Key != "demo.too_little" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func withoutVillages(all []divisions.Division) []divisions.Division {
	var kept []divisions.Division
	for _, d := range all {
		if d.Level != domain.LevelVillage {
			kept = append(kept, d)
		}
	}
	return kept
}

func TestNoDrawIsStuckOnASeed(t *testing.T) {
	for _, seed := range []uint64{0, ^uint64(0)} {
		if data := drawAnew(t, seed); len(data.Recorded) != 10253 {
			t.Errorf("seed %d: %d teams", seed, len(data.Recorded))
		}
	}
}
