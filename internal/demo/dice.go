package demo

import (
	"hash/fnv"
	"math/rand/v2"
)

// dice is one stream of random numbers.
type dice struct{ *rand.Rand }

// stream gives the stream of a part of the draw. Streams with different labels have nothing to do with each other.
func stream(seed uint64, label string) dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(label)) // a hash takes everything
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// between gives a whole number from low to high, both possible.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// chance is true with that probability.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// weighted gives a position with a probability proportional to its weight.
func (d dice) weighted(weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := d.IntN(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// pick gives one of the items.
func pick[T any](d dice, items []T) T { return items[d.IntN(len(items))] }

// shuffle puts the items in a random order and gives them back.
func shuffle[T any](d dice, items []T) []T {
	d.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	return items
}
