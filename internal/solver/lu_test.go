package solver

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// drawColumns makes a sparse square matrix by columns, mostly of rank n.
func drawColumns(r *rand.Rand, n int) [][]entry {
	cols := make([][]entry, n)
	for c := range cols {
		cols[c] = append(cols[c], entry{int32(c), 1 + r.Float64()})
		for range r.IntN(4) {
			at := int32(r.IntN(n))
			if at != int32(c) && (len(cols[c]) < 2 || cols[c][len(cols[c])-1].at != at) {
				cols[c] = append(cols[c], entry{at, float64(r.IntN(7)-3) / 2})
			}
		}
	}
	r.Shuffle(n, func(i, j int) { cols[i], cols[j] = cols[j], cols[i] })
	return merged(cols)
}

// merged adds entries of the same row up and drops zeros.
func merged(cols [][]entry) [][]entry {
	for c, col := range cols {
		sum := map[int32]float64{}
		var order []int32
		for _, e := range col {
			if _, ok := sum[e.at]; !ok {
				order = append(order, e.at)
			}
			sum[e.at] += e.val
		}
		cols[c] = nil
		for _, at := range order {
			if sum[at] != 0 {
				cols[c] = append(cols[c], entry{at, sum[at]})
			}
		}
	}
	return cols
}

func TestFactorsSolveBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4))
		n := 1 + r.IntN(150)
		cols := drawColumns(r, n)
		var f lu
		if pos, _ := f.factor(n, func(p int32) []entry { return cols[p] }); len(pos) > 0 {
			t.Skip("singular")
		}
		for _, d := range f.diag {
			if math.Abs(d) < 1e-4 {
				t.Skip("nearly singular")
			}
		}
		v, nonzero := drawVector(r, n)
		want := append([]float64{}, v...)
		got := make([]float64, n)
		f.ftran(v, nonzero, func(p int32, x float64) { got[p] = x })
		for p, x := range got {
			for _, e := range cols[p] {
				want[e.at] -= e.val * x
			}
		}
		expectZero(t, "B·z − v", want, got)

		v, nonzero = drawVector(r, n)
		want = append([]float64{}, v...)
		f.btran(v, nonzero, func(row int32, _ float64) { got[row] = 0 })
		v = append(v[:0], want...)
		clear(got)
		f.btran(v, nonzero, func(row int32, x float64) { got[row] = x })
		for p := range cols {
			for _, e := range cols[p] {
				want[p] -= e.val * got[e.at]
			}
		}
		expectZero(t, "Bᵀ·z − v", want, got)
	})
}

func drawVector(r *rand.Rand, n int) (v []float64, nonzero []int32) {
	v = make([]float64, n)
	for i := range v {
		if r.IntN(5) == 0 {
			v[i] = float64(r.IntN(9) - 4)
			nonzero = append(nonzero, int32(i))
		}
	}
	return v, nonzero
}

func expectZero(t *rapid.T, what string, rest, solution []float64) {
	scale := 1.0
	for _, x := range solution {
		scale = max(scale, math.Abs(x))
	}
	for i, x := range rest {
		if math.Abs(x) > 1e-6*scale {
			t.Fatalf("%s is %g at %d", what, x, i)
		}
	}
}

func TestFactorNamesWhatIsDependent(t *testing.T) {
	cols := [][]entry{{{0, 1}, {1, 1}}, {{0, 2}, {1, 2}}, {{2, 1}}}
	var f lu
	pos, row := f.factor(3, func(p int32) []entry { return cols[p] })
	if len(pos) != 1 || len(row) != 1 || pos[0] == 2 || row[0] == 2 {
		t.Fatalf("positions %v, rows %v", pos, row)
	}
	cols[pos[0]] = []entry{{row[0], 1}}
	if pos, _ := f.factor(3, func(p int32) []entry { return cols[p] }); len(pos) != 0 {
		t.Fatalf("still dependent at %v", pos)
	}
}

func TestBitsetWalksWhileItGrows(t *testing.T) {
	b := newBitset(300)
	b.add(5)
	b.add(130)
	var got []int32
	b.up(func(i int32) {
		got = append(got, i)
		if i == 5 {
			b.add(6)
			b.add(299)
		}
	})
	b.add(200)
	b.down(func(i int32) {
		got = append(got, i)
		if i == 200 {
			b.add(3)
		}
	})
	b.down(func(i int32) { t.Errorf("%d left behind", i) })
	want := []int32{5, 6, 130, 299, 200, 3}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
