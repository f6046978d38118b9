package solver

import "math/bits"

// bitset is a set of small numbers that is walked in order while it grows ahead of the walk.
type bitset []uint64

func (b *bitset) resize(n int) {
	*b = make([]uint64, (n+63)/64)
}

func (b bitset) add(i int32) { b[i>>6] |= 1 << (i & 63) }

func (b bitset) remove(i int32) { b[i>>6] &^= 1 << (i & 63) }

func (b bitset) has(i int32) bool { return len(b) > 0 && b[i>>6]>>(i&63)&1 == 1 }

// up calls f for every member in rising order and removes it; f may add members above the one it is called with.
func (b bitset) up(f func(i int32)) {
	for w := range b {
		for b[w] != 0 {
			k := bits.TrailingZeros64(b[w])
			b[w] &^= 1 << k
			f(int32(w<<6 + k))
		}
	}
}

// down is up in falling order; f may add members below the one it is called with.
func (b bitset) down(f func(i int32)) {
	for w := len(b) - 1; w >= 0; w-- {
		for b[w] != 0 {
			k := 63 - bits.LeadingZeros64(b[w])
			b[w] &^= 1 << k
			f(int32(w<<6 + k))
		}
	}
}
