package solver

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func neverStop() bool { return false }

// TestSimplexProvesItsOptimum holds the end of a run to the conditions of optimality: a solution that keeps the rows,
// prices at which no column gains, and the same value from both.
func TestSimplexProvesItsOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 5))
		var s simplex
		rows := 1 + r.IntN(40)
		for range rows {
			s.addRow(float64(1+r.IntN(3))+r.Float64()/1000, -float64(r.IntN(50)))
		}
		for range r.IntN(200) {
			s.addColumn(float64(r.IntN(200)-40), drawColumn(r, rows))
		}
		s.ready()
		s.improve(0, 1e-6, neverStop)
		s.refactor()
		left := append([]float64{}, s.rhs...)
		for p, q := range s.basis {
			if s.x[p] < -1e-6 {
				t.Fatalf("x is %g", s.x[p])
			}
			for _, e := range s.cols.of(q) {
				left[e.at] -= e.val * s.x[p]
			}
		}
		dual := 0.0
		for i, x := range left {
			if math.Abs(x) > 1e-6 {
				t.Fatalf("row %d is off by %g", i, x)
			}
			dual += s.rhs[i] * s.y[i]
		}
		for q := range s.cost {
			if g := s.gain(int32(q)); g > 1e-4 {
				t.Fatalf("column %d still gains %g", q, g)
			}
		}
		if math.Abs(dual-s.objective()) > 1e-4*(1+math.Abs(dual)) {
			t.Fatalf("objective %g, dual %g", s.objective(), dual)
		}
	})
}

// drawColumn takes up to four rows with positive entries, so that no program is unbounded.
func drawColumn(r *rand.Rand, rows int) []entry {
	var col []entry
	for _, i := range r.Perm(rows)[:min(rows, 1+r.IntN(4))] {
		col = append(col, entry{int32(i), float64(1 + r.IntN(2))})
	}
	return col
}
