package composition

import (
	"cmp"
	"slices"

	"jieli/internal/domain"
)

// board is the state while swaps are looked for. A person's marks have bit i where goal i is about the person's level and
// the person has its attribute.
type board struct {
	in        Input
	standings []Standing
	out, back []seat // chosen, available
	room      map[string]int64
}

type seat struct {
	Person
	marks uint64
	gone  bool // has been swapped already
}

// mostGoals is how many goals fit into the marks.
const mostGoals = 64

func newBoard(in Input) *board {
	in.Goals = in.Goals[:min(len(in.Goals), mostGoals)]
	b := &board{in: in, room: map[string]int64{}}
	for unit, room := range in.Room {
		b.room[unit] = room
	}
	b.out, b.back = b.seats(in.Chosen), b.seats(in.Available)
	for i, g := range in.Goals {
		s := Standing{Goal: g}
		for _, p := range b.out {
			if g.about(p.Level) {
				s.Members++
				s.Having += int64(p.marks >> i & 1)
			}
		}
		s.Needed = (s.Members*g.Percent + 99) / 100
		s.Short = max(0, s.Needed-s.Having)
		b.standings = append(b.standings, s)
	}
	return b
}

func (g Goal) about(l domain.UnitLevel) bool { return g.Level == "" || g.Level == l }

func (b *board) seats(people []Person) []seat {
	all := make([]seat, len(people))
	for i, p := range people {
		all[i].Person = p
		for j, g := range b.in.Goals {
			if g.about(p.Level) && g.Has(p.Facts, b.in.Year, b.in.Specialities) {
				all[i].marks |= 1 << j
			}
		}
	}
	slices.SortFunc(all, func(x, y seat) int { return cmp.Compare(x.Cadre, y.Cadre) })
	return all
}

func (b *board) short() int64 {
	var sum int64
	for _, s := range b.standings {
		sum += s.Short
	}
	return sum
}

// side is where a swap can take place: within a unit, or across units where unit is empty.
type side struct {
	unit  string
	level domain.UnitLevel
}

// pair is a swap by the places in out and back.
type pair struct {
	out, in    int
	gain, loss int64
}

// best is the swap with the most gain, then the least loss. Of those who are
// alike only the cheapest can be part of it: the lowest to leave and the highest to come.
func (b *board) best() (pair, bool) {
	leave := b.cheapest(b.out, func(s, t seat) bool { return s.Total < t.Total }, func(seat) bool { return true })
	come := b.cheapest(b.back, func(s, t seat) bool { return s.Total > t.Total }, func(s seat) bool {
		room, limited := b.room[s.Unit]
		return !limited || room > 0
	})
	var chosen pair
	found := false
	for where, leavers := range leave {
		for x, i := range leavers {
			for y, j := range come[where] {
				p := pair{i, j, b.gain(x, y), b.out[i].Total - b.back[j].Total}
				if p.gain > 0 && (!found || b.better(p, chosen)) {
					chosen, found = p, true
				}
			}
		}
	}
	return chosen, found
}

// better breaks ties by id, so that the same input gives the same swaps.
func (b *board) better(p, q pair) bool {
	return cmp.Or(cmp.Compare(q.gain, p.gain), cmp.Compare(p.loss, q.loss), cmp.Compare(b.out[p.out].Cadre, b.out[q.out].Cadre),
		cmp.Compare(b.back[p.in].Cadre, b.back[q.in].Cadre)) < 0
}

// cheapest is by side and marks the place of the first by the order; across units only for those who may cross.
func (b *board) cheapest(seats []seat, before func(s, t seat) bool, mayCross func(seat) bool) map[side]map[uint64]int {
	first := map[side]map[uint64]int{}
	for i, s := range seats {
		if s.gone {
			continue
		}
		for _, where := range []side{{s.Unit, s.Level}, {"", s.Level}} {
			if where.unit == "" && !mayCross(s) {
				continue
			}
			if first[where] == nil {
				first[where] = map[uint64]int{}
			}
			if j, known := first[where][s.marks]; !known || before(s, seats[j]) {
				first[where][s.marks] = i
			}
		}
	}
	return first
}

// gain is how many fewer heads are missing when one with the marks leaves and one with the others comes.
func (b *board) gain(leaves, comes uint64) int64 {
	var sum int64
	for i, s := range b.standings {
		having := s.Having - int64(leaves>>i&1) + int64(comes>>i&1)
		sum += s.Short - max(0, s.Needed-having)
	}
	return sum
}

func (b *board) make(p pair) Swap {
	out, in := &b.out[p.out], &b.back[p.in]
	for i := range b.standings {
		s := &b.standings[i]
		s.Having += int64(in.marks>>i&1) - int64(out.marks>>i&1)
		s.Short = max(0, s.Needed-s.Having)
	}
	out.gone, in.gone = true, true
	if out.Unit != in.Unit {
		b.take(in.Unit, -1)
		b.take(out.Unit, 1)
	}
	return Swap{Out: out.Cadre, In: in.Cadre, Loss: p.loss, Gain: p.gain}
}

func (b *board) take(unit string, n int64) {
	if _, limited := b.room[unit]; limited {
		b.room[unit] += n
	}
}
