package demo

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestStreamsRepeatAndDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, label := rapid.Uint64().Draw(t, "seed"), rapid.String().Draw(t, "label")
		one, two := stream(seed, label), stream(seed, label)
		other, elsewhere := stream(seed, label+"x"), stream(seed+1, label)
		same, sameOther, sameElsewhere := true, true, true
		for range 8 {
			n := one.Uint64()
			same = same && n == two.Uint64()
			sameOther = sameOther && n == other.Uint64()
			sameElsewhere = sameElsewhere && n == elsewhere.Uint64()
		}
		if !same || sameOther || sameElsewhere {
			t.Fatalf("same %v, other label %v, other seed %v", same, sameOther, sameElsewhere)
		}
	})
}

func TestBetweenReachesBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.IntRange(-50, 50).Draw(t, "low")
		high := low + rapid.IntRange(0, 5).Draw(t, "more")
		d := stream(rapid.Uint64().Draw(t, "seed"), "between")
		var seen []int
		for range 400 {
			n := d.between(low, high)
			if n < low || n > high {
				t.Fatalf("%d is not between %d and %d", n, low, high)
			}
			seen = append(seen, n)
		}
		if slices.Min(seen) != low || slices.Max(seen) != high {
			t.Fatalf("from %d to %d, between %d and %d", slices.Min(seen), slices.Max(seen), low, high)
		}
	})
}

func TestWeightedFollowsTheWeights(t *testing.T) {
	d := stream(1, "weighted")
	weights := []int{0, 10, 30, 60}
	var got [4]int
	const n = 100_000
	for range n {
		got[d.weighted(weights...)]++
	}
	for i, w := range weights {
		if math.Abs(float64(got[i])-float64(n*w)/100) > 0.01*n {
			t.Errorf("weight %d came %d times of %d", w, got[i], n)
		}
	}
	if got[0] != 0 {
		t.Error("a weight of 0 came up")
	}
}

func TestChance(t *testing.T) {
	d := stream(1, "chance")
	hits := 0
	for range 10_000 {
		if d.chance(0.3) {
			hits++
		}
		if d.chance(0) || !d.chance(1) {
			t.Fatal("never or always failed")
		}
	}
	if hits < 2800 || hits > 3200 {
		t.Errorf("%d of 10000", hits)
	}
}

func TestShuffleKeepsTheItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50).Draw(t, "n")
		items := shuffle(stream(rapid.Uint64().Draw(t, "seed"), "shuffle"), positions(n))
		slices.Sort(items)
		if !slices.Equal(items, positions(n)) {
			t.Fatalf("became %v", items)
		}
	})
}
