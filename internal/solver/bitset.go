package solver

import "math/bits"

// bitset is a set of small numbers that is walked in order while it grows ahead of the walk. It remembers between which
// words its members are, so that walking a few members of a large set is cheap.
type bitset struct {
	words  []uint64
	lo, hi int32 // members are in words lo..hi only
}

func newBitset(n int) bitset {
	words := make([]uint64, (n+63)/64)
	return bitset{words: words, lo: int32(len(words)), hi: -1}
}

func (b *bitset) add(i int32) {
	w := i >> 6
	b.words[w] |= 1 << (i & 63)
	b.lo, b.hi = min(b.lo, w), max(b.hi, w)
}

// each calls f for every member in rising order and keeps them; f may add members above the one it is called with.
func (b *bitset) each(f func(i int32)) {
	for w := b.lo; w <= b.hi; w++ {
		done := uint64(0)
		for b.words[w]&^done != 0 {
			k := bits.TrailingZeros64(b.words[w] &^ done)
			done |= 1 << k
			f(w<<6 + int32(k))
		}
	}
}

// up is each, removing the members.
func (b *bitset) up(f func(i int32)) {
	b.each(f)
	b.clear()
}

// down calls f for every member in falling order and removes it; f may add members below the one it is called with.
func (b *bitset) down(f func(i int32)) {
	for w := b.hi; w >= b.lo; w-- {
		for b.words[w] != 0 {
			k := 63 - bits.LeadingZeros64(b.words[w])
			b.words[w] &^= 1 << k
			f(w<<6 + int32(k))
		}
	}
	b.clear()
}

func (b *bitset) clear() {
	if b.lo <= b.hi {
		clear(b.words[b.lo : b.hi+1])
	}
	b.lo, b.hi = int32(len(b.words)), -1
}
