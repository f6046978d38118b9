package spread_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/spread"
	"jieli/internal/domain"
)

func villages(difficulty, strength []int64) []spread.Village {
	out := make([]spread.Village, len(difficulty))
	for i := range out {
		code, _ := domain.ParseCode([]string{"430102", "431222"}[2*i/len(out)] + "100200")
		out[i] = spread.Village{Code: code, Served: strength[i] > 0, Difficulty: difficulty[i], Strength: strength[i]}
	}
	return out
}

func TestTwoCountiesByHand(t *testing.T) {
	f := spread.Of(villages([]int64{10, 20, 30, 40}, []int64{0, 0, 0, 80}))
	// the hardest of four has rank 7/8: 2·7/8 − 1; all strength in one of two counties of the same size
	if f.Concentration != 0.75 || f.Gini != 0.5 || f.Weakest != "430102000000" || len(f.Counties) != 2 {
		t.Errorf("%+v", f)
	}
	if c := f.Counties[1]; c != (spread.CountyFairness{Code: "431222000000", Villages: 2, Unserved: 1, Difficulty: 70, Strength: 80}) {
		t.Errorf("%+v", c)
	}
	if none := spread.Of(nil); none.Weakest != "" || none.Counties == nil || len(none.Counties) != 0 {
		t.Errorf("%+v", none)
	}
}

// TestTurningDifficultyRoundTurnsTheIndex: what leaned to the hard leans to the easy, and counties stay as they are.
func TestTurningDifficultyRoundTurnsTheIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "villages")
		difficulty := rapid.SliceOfN(rapid.Int64Range(0, 100), n, n).Draw(t, "difficulty")
		strength := rapid.SliceOfN(rapid.Int64Range(0, 100), n, n).Draw(t, "strength")
		turned := make([]int64, n)
		for i, d := range difficulty {
			turned[i] = 100 - d
		}
		a, b := spread.Of(villages(difficulty, strength)), spread.Of(villages(turned, strength))
		if math.Abs(a.Concentration+b.Concentration) > 1e-9 || math.Abs(a.Concentration) > 1 || a.Gini != b.Gini || a.Gini < -1e-9 || a.Gini >= 1 {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}
