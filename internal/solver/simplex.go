package solver

import "math"

// simplex is a linear program  max c·x, A·x = b, x ≥ 0  with columns that may be added at any time, solved by the
// revised primal simplex method: an LU factorisation of the basis with product-form updates, prices kept up to date
// along the pivot row. It starts from a basis of slacks, one per row, which has to be feasible.
//
// The right-hand side is lifted by tiny fixed amounts, different for each row, so that steps are hardly ever zero and the
// method cannot circle. Prices that are optimal for the lifted program are valid prices of the true one.
type simplex struct {
	rhs   []float64
	cost  []float64 // by column
	cols  sparse    // by column
	basis []int32   // by position: a column
	x     []float64 // by position
	y     []float64 // by row: the price

	f                  lu
	etas               sparse // by update: the entering column's image, pivot aside
	etaPos             []int32
	etaDiag            []float64
	v, d, rho          []float64
	nzV, nzD, nzRho    []int32
	pivots, refactored int
}

const (
	pivotTolerance = 1e-7
	maxEtas        = 100
)

// addRow adds the row Σ … + slack = rhs, whose slack costs slackCost a unit. All rows come before other columns.
func (s *simplex) addRow(rhs, slackCost float64) int32 {
	r := int32(len(s.rhs))
	if r == 0 {
		s.cols.reset()
	}
	s.rhs = append(s.rhs, rhs)
	s.addColumn(slackCost, []entry{{r, 1}})
	s.basis = append(s.basis, r)
	return r
}

// addColumn adds a column; entries with the same row are not allowed.
func (s *simplex) addColumn(cost float64, col []entry) int32 {
	s.cost = append(s.cost, cost)
	s.cols.list = append(s.cols.list, col...)
	s.cols.end()
	return int32(len(s.cost) - 1)
}

// ready makes the program ready to pivot, from its present basis.
func (s *simplex) ready() {
	n := len(s.rhs)
	s.x, s.y = make([]float64, n), make([]float64, n)
	s.v, s.d, s.rho = make([]float64, n), make([]float64, n), make([]float64, n)
	s.refactor()
}

// gain is what a unit of column q adds at the prices.
func (s *simplex) gain(q int32) float64 {
	g := s.cost[q]
	for _, e := range s.cols.of(q) {
		g -= s.y[e.at] * e.val
	}
	return g
}

// refactor works the basis out anew: its factors, x and y.
func (s *simplex) refactor() {
	s.etas.reset()
	s.etaPos, s.etaDiag = s.etaPos[:0], s.etaDiag[:0]
	for {
		pos, row := s.f.factor(len(s.rhs), func(p int32) []entry { return s.cols.of(s.basis[p]) })
		if len(pos) == 0 {
			break
		}
		for k, p := range pos {
			s.basis[p] = row[k] // the slack of that row
		}
	}
	s.refactored++
	clear(s.x)
	s.nzV = s.nzV[:0]
	for r, b := range s.rhs {
		s.v[r] = b
		s.nzV = append(s.nzV, int32(r))
	}
	s.f.ftran(s.v, s.nzV, func(p int32, x float64) { s.x[p] = x })
	clear(s.y)
	s.nzV = s.nzV[:0]
	for p, q := range s.basis {
		if s.cost[q] != 0 {
			s.v[p] = s.cost[q]
			s.nzV = append(s.nzV, int32(p))
		}
	}
	s.f.btran(s.v, s.nzV, func(r int32, y float64) { s.y[r] = y })
}

// pivot brings column q, which gains g a unit, into the basis.
func (s *simplex) pivot(q int32, g float64) bool {
	s.image(q)
	r := s.leaving()
	if r < 0 {
		s.dropImage()
		return false
	}
	s.pivots++
	s.reprice(r, g/s.d[r])
	step := max(0, s.x[r]/s.d[r])
	s.etaPos, s.etaDiag = append(s.etaPos, r), append(s.etaDiag, s.d[r])
	s.d[r] = 0
	for _, p := range s.nzD { // a position may be listed twice
		if d := s.d[p]; math.Abs(d) > 1e-12 {
			s.x[p] -= step * d
			s.etas.list = append(s.etas.list, entry{p, d})
		}
		s.d[p] = 0
	}
	s.etas.end()
	s.x[r], s.basis[r] = step, q
	if len(s.etaPos) >= maxEtas {
		s.refactor()
	}
	return true
}

// image works out d = B⁻¹·(column q).
func (s *simplex) image(q int32) {
	s.nzV = s.nzV[:0]
	for _, e := range s.cols.of(q) {
		s.v[e.at] = e.val
		s.nzV = append(s.nzV, e.at)
	}
	s.nzD = s.nzD[:0]
	s.f.ftran(s.v, s.nzV, func(p int32, x float64) {
		s.d[p] = x
		s.nzD = append(s.nzD, p)
	})
	for k, r := range s.etaPos {
		x := s.d[r]
		if x == 0 {
			continue
		}
		x /= s.etaDiag[k]
		s.d[r] = x
		for _, e := range s.etas.of(int32(k)) {
			if s.d[e.at] == 0 {
				s.nzD = append(s.nzD, e.at)
			}
			s.d[e.at] -= e.val * x
		}
	}
}

func (s *simplex) dropImage() {
	for _, p := range s.nzD {
		s.d[p] = 0
	}
}

// leaving is the position that reaches zero first; among those that do so at about the same step, the safest pivot.
func (s *simplex) leaving() int32 {
	const slack = 1e-9
	limit := math.Inf(1)
	for _, p := range s.nzD {
		if d := s.d[p]; d > pivotTolerance {
			limit = min(limit, (max(0, s.x[p])+slack)/d)
		}
	}
	best := int32(-1)
	for _, p := range s.nzD {
		if d := s.d[p]; d > pivotTolerance && s.x[p] <= limit*d && (best < 0 || d > s.d[best]) {
			best = p
		}
	}
	return best
}

// reprice moves the prices by t along row r of B⁻¹.
func (s *simplex) reprice(r int32, t float64) {
	s.nzRho = append(s.nzRho[:0], r)
	s.rho[r] = 1
	for k := len(s.etaPos) - 1; k >= 0; k-- {
		p := s.etaPos[k]
		x := s.rho[p]
		for _, e := range s.etas.of(int32(k)) {
			x -= e.val * s.rho[e.at]
		}
		if x != 0 && s.rho[p] == 0 {
			s.nzRho = append(s.nzRho, p)
		}
		s.rho[p] = x / s.etaDiag[k]
	}
	s.f.btran(s.rho, s.nzRho, func(row int32, z float64) { s.y[row] += t * z })
}

// objective is the value of the basic solution.
func (s *simplex) objective() float64 {
	total := 0.0
	for p, q := range s.basis {
		total += s.cost[q] * s.x[p]
	}
	return total
}
