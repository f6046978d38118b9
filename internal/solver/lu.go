package solver

import (
	"cmp"
	"math"
	"slices"
)

// entry is a nonzero of a sparse vector.
type entry struct {
	at  int32
	val float64
}

// sparse is a list of sparse vectors in one piece of memory: vector k is list[start[k]:start[k+1]].
type sparse struct {
	start []int32
	list  []entry
}

func (s *sparse) reset() { s.start, s.list = append(s.start[:0], 0), s.list[:0] }

func (s *sparse) end() { s.start = append(s.start, int32(len(s.list))) }

func (s *sparse) of(k int32) []entry { return s.list[s.start[k]:s.start[k+1]] }

// transpose puts the rows of s, n of them, into t.
func (s *sparse) transpose(t *sparse, n int) {
	t.start = append(t.start[:0], make([]int32, n+1)...)
	for _, e := range s.list {
		t.start[e.at+1]++
	}
	for i := range n {
		t.start[i+1] += t.start[i]
	}
	t.list = append(t.list[:0], make([]entry, len(s.list))...)
	next := slices.Clone(t.start)
	for k := range len(s.start) - 1 {
		for _, e := range s.of(int32(k)) {
			t.list[next[e.at]] = entry{int32(k), e.val}
			next[e.at]++
		}
	}
}

// lu holds a square sparse matrix B as L·U, by pivots k = 0..n-1 in order: pivot k is at row rowOf[k] of the matrix and
// at its column posOf[k]. L has a unit diagonal. Both are kept by columns and by rows, so that all four triangular
// solves touch only what is not zero (Gilbert and Peierls 1988).
type lu struct {
	n            int
	rowOf, posOf []int32
	pivotOf      []int32 // by row
	pivotAt      []int32 // by position
	diag         []float64
	l, u         sparse // by column; entries by pivot
	lt, ut       sparse // by row
	work         []float64
	todo         bitset
}

// factor works out L and U of the matrix with the given columns, entries by row. It returns the positions whose column
// depends on the others, and the rows left without a pivot, in pairs to be exchanged; none if the matrix is sound.
func (f *lu) factor(n int, column func(pos int32) []entry) (badPos, badRow []int32) {
	f.n = n
	f.rowOf, f.posOf, f.diag = f.rowOf[:0], f.posOf[:0], f.diag[:0]
	f.pivotOf, f.pivotAt = refill(f.pivotOf, n, -1), refill(f.pivotAt, n, -1)
	if len(f.work) != n {
		f.work = make([]float64, n)
		f.todo = newBitset(n)
	}
	f.l.reset()
	f.u.reset()
	order, rows, count := peel(n, column)
	var touched []int32
	for k, pos := range order {
		touched = f.eliminate(column(pos), touched[:0])
		r := rows[k]
		if r < 0 {
			r = f.choosePivot(touched, count)
		}
		if r < 0 || math.Abs(f.work[r]) < 1e-9 {
			f.u.list = f.u.list[:f.u.start[len(f.u.start)-1]]
			badPos = append(badPos, pos)
		} else {
			f.addPivot(r, pos, touched)
		}
		for _, i := range touched {
			f.work[i] = 0
		}
	}
	if len(badPos) > 0 {
		for r := range int32(n) {
			if f.pivotOf[r] < 0 {
				badRow = append(badRow, r)
			}
		}
		return badPos, badRow
	}
	for i := range f.l.list {
		f.l.list[i].at = f.pivotOf[f.l.list[i].at]
	}
	f.l.transpose(&f.lt, n)
	f.u.transpose(&f.ut, n)
	return nil, nil
}

func refill(s []int32, n int, x int32) []int32 {
	s = s[:0]
	for range n {
		s = append(s, x)
	}
	return s
}

// eliminate applies the pivots so far to a column. What falls on pivots goes to U; the rest stays in work, at the rows
// that it returns.
func (f *lu) eliminate(col []entry, touched []int32) []int32 {
	put := func(row int32, v float64) {
		if k := f.pivotOf[row]; k >= 0 {
			f.todo.add(k)
		} else if f.work[row] == 0 {
			touched = append(touched, row)
		}
		f.work[row] += v
	}
	for _, e := range col {
		put(e.at, e.val)
	}
	f.todo.up(func(k int32) {
		v := f.work[f.rowOf[k]]
		f.work[f.rowOf[k]] = 0
		if math.Abs(v) < 1e-12 {
			return
		}
		f.u.list = append(f.u.list, entry{k, v})
		for _, e := range f.l.of(k) {
			put(e.at, -e.val*v)
		}
	})
	return touched
}

// choosePivot takes, among the entries within a tenth of the largest, the one whose row is sparsest.
func (f *lu) choosePivot(touched, count []int32) int32 {
	most := 0.0
	for _, i := range touched {
		most = max(most, math.Abs(f.work[i]))
	}
	best := int32(-1)
	for _, i := range touched {
		if f.pivotOf[i] < 0 && math.Abs(f.work[i]) >= 0.1*most && (best < 0 || count[i] < count[best]) {
			best = i
		}
	}
	return best
}

func (f *lu) addPivot(r, pos int32, touched []int32) {
	k := int32(len(f.rowOf))
	d := f.work[r]
	f.rowOf, f.posOf, f.diag = append(f.rowOf, r), append(f.posOf, pos), append(f.diag, d)
	f.pivotOf[r], f.pivotAt[pos] = k, k
	f.u.end()
	for _, i := range touched {
		if v := f.work[i]; i != r && math.Abs(v) > 1e-12 {
			f.l.list = append(f.l.list, entry{i, v / d})
			f.work[i] = 0
		}
	}
	f.l.end()
}

// peel orders the columns: first those that, with the rows taken before left out, have one row only or are the only one
// in a row; they cause no fill. What remains follows by number of entries, with row −1: to be chosen. count is the
// number of remaining columns in each row.
func peel(n int, column func(pos int32) []entry) (order, rows, count []int32) {
	count = make([]int32, n)
	width := make([]int32, n)
	var byRow sparse
	for pos := range int32(n) {
		for _, e := range column(pos) {
			count[e.at]++
			width[pos]++
		}
	}
	byRow.start = make([]int32, n+1)
	for r := range n {
		byRow.start[r+1] = byRow.start[r] + count[r]
	}
	byRow.list = make([]entry, byRow.start[n])
	next := slices.Clone(byRow.start)
	for pos := range int32(n) {
		for _, e := range column(pos) {
			byRow.list[next[e.at]] = entry{pos, e.val}
			next[e.at]++
		}
	}
	p := &peeler{column: column, byRow: &byRow, count: count, width: width, rowDone: make([]bool, n), posDone: make([]bool, n)}
	p.run(n)
	var rest []int32
	for pos := range int32(n) {
		if !p.posDone[pos] {
			rest = append(rest, pos)
		}
	}
	slices.SortStableFunc(rest, func(x, y int32) int { return cmp.Compare(width[x], width[y]) })
	return append(p.order, rest...), append(p.rows, refill(nil, len(rest), -1)...), count
}

type peeler struct {
	column           func(pos int32) []entry
	byRow            *sparse
	count, width     []int32
	rowDone, posDone []bool
	order, rows      []int32
	colQ, rowQ       []int32
}

func (p *peeler) run(n int) {
	for i := range int32(n) {
		if p.width[i] == 1 {
			p.colQ = append(p.colQ, i)
		}
		if p.count[i] == 1 {
			p.rowQ = append(p.rowQ, i)
		}
	}
	for {
		if k := len(p.colQ) - 1; k >= 0 {
			pos := p.colQ[k]
			p.colQ = p.colQ[:k]
			if !p.posDone[pos] && p.width[pos] == 1 {
				for _, e := range p.column(pos) {
					if !p.rowDone[e.at] {
						p.take(e.at, pos)
						break
					}
				}
			}
		} else if k := len(p.rowQ) - 1; k >= 0 {
			r := p.rowQ[k]
			p.rowQ = p.rowQ[:k]
			if !p.rowDone[r] && p.count[r] == 1 {
				for _, e := range p.byRow.of(r) {
					if !p.posDone[e.at] {
						p.take(r, e.at)
						break
					}
				}
			}
		} else {
			return
		}
	}
}

// take makes (r, pos) a pivot and looks for new singletons.
func (p *peeler) take(r, pos int32) {
	p.order, p.rows = append(p.order, pos), append(p.rows, r)
	p.rowDone[r], p.posDone[pos] = true, true
	for _, e := range p.byRow.of(r) {
		if p.width[e.at]--; p.width[e.at] == 1 && !p.posDone[e.at] {
			p.colQ = append(p.colQ, e.at)
		}
	}
	for _, e := range p.column(pos) {
		if p.count[e.at]--; p.count[e.at] == 1 && !p.rowDone[e.at] {
			p.rowQ = append(p.rowQ, e.at)
		}
	}
}

// ftran solves B·z = v, v by row; it calls out for every nonzero of z by position. It leaves v zero.
func (f *lu) ftran(v []float64, nonzero []int32, out func(pos int32, x float64)) {
	for _, r := range nonzero {
		k := f.pivotOf[r]
		f.work[k] += v[r]
		v[r] = 0
		f.todo.add(k)
	}
	f.todoL()
	f.todo.down(func(k int32) {
		x := f.work[k]
		f.work[k] = 0
		if math.Abs(x) < 1e-12 {
			return
		}
		x /= f.diag[k]
		for _, e := range f.u.of(k) {
			f.work[e.at] -= e.val * x
			f.todo.add(e.at)
		}
		out(f.posOf[k], x)
	})
}

// todoL solves with L in place; the members of todo afterwards are where the result may not be zero.
func (f *lu) todoL() {
	f.todo.each(func(k int32) {
		x := f.work[k]
		if x == 0 {
			return
		}
		for _, e := range f.l.of(k) {
			f.work[e.at] -= e.val * x
			f.todo.add(e.at)
		}
	})
}

// btran solves Bᵀ·z = v, v by position; it calls out for every nonzero of z by row. It leaves v zero.
func (f *lu) btran(v []float64, nonzero []int32, out func(row int32, x float64)) {
	for _, pos := range nonzero {
		k := f.pivotAt[pos]
		f.work[k] += v[pos]
		v[pos] = 0
		f.todo.add(k)
	}
	f.todoUT()
	f.todo.down(func(k int32) {
		x := f.work[k]
		f.work[k] = 0
		if math.Abs(x) < 1e-12 {
			return
		}
		for _, e := range f.lt.of(k) {
			f.work[e.at] -= e.val * x
			f.todo.add(e.at)
		}
		out(f.rowOf[k], x)
	})
}

// todoUT solves with the transpose of U in place.
func (f *lu) todoUT() {
	f.todo.each(func(k int32) {
		x := f.work[k]
		if x == 0 {
			return
		}
		x /= f.diag[k]
		f.work[k] = x
		for _, e := range f.ut.of(k) {
			f.work[e.at] -= e.val * x
			f.todo.add(e.at)
		}
	})
}
