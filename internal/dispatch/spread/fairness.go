// Package spread measures how a plan spreads strong units over villages and counties. It is pure.
package spread

import (
	"cmp"
	"slices"

	"jieli/internal/domain"
)

// Fairness says how a plan spreads strong units: over hard villages, and over counties. Left alone, strong units end up
// with the villages that are easiest to help; a plan shows this before it is approved. The weight that works against it
// is w_unit_strength.
type Fairness struct {
	// Concentration is the concentration index of the strength that villages receive, over villages from the easiest to
	// the hardest task: −1 all strength at the easiest, 0 even, 1 all at the hardest. A village in no team receives 0.
	// C = 2·cov(s, r)/mean(s), r the fractional rank by difficulty, ties at their mean rank (Kakwani, Wagstaff and van
	// Doorslaer 1997).
	Concentration float64
	// Gini is how unevenly strength per village is spread over counties, each county weighing as its villages: 0 even.
	Gini     float64
	Counties []CountyFairness // by code
	Weakest  domain.Code      // the county with the least strength per point of difficulty, the first of equals
}

// CountyFairness is what one county's villages need and receive.
type CountyFairness struct {
	Code       domain.Code
	Villages   int
	Unserved   int
	Difficulty int64 // sum over its villages
	Strength   int64 // sum over its villages of the lead unit's strength; each village of a cluster receives all of it
}

// perVillage is the mean strength that the county's villages receive, 0..100.
func (c CountyFairness) perVillage() float64 { return float64(c.Strength) / float64(c.Villages) }

// weakerThan says whether the county gets less strength for its difficulty than the other, without dividing.
func (c CountyFairness) weakerThan(other CountyFairness) bool {
	return c.Strength*max(other.Difficulty, 1) < other.Strength*max(c.Difficulty, 1)
}

// Village is one that was to be served. Strength is that of the unit that leads there, 0 where no team serves it.
type Village struct {
	Code       domain.Code
	Served     bool
	Difficulty int64 // 0..100
	Strength   int64 // 0..100
}

// Of measures the villages. It is empty where there are none.
func Of(villages []Village) Fairness {
	f := Fairness{Concentration: concentration(villages), Counties: byCounty(villages)}
	if len(f.Counties) == 0 {
		return f
	}
	f.Gini = gini(f.Counties)
	weakest := f.Counties[0]
	for _, c := range f.Counties[1:] {
		if c.weakerThan(weakest) {
			weakest = c
		}
	}
	f.Weakest = weakest.Code
	return f
}

func concentration(villages []Village) float64 {
	order := slices.Clone(villages)
	slices.SortStableFunc(order, func(a, b Village) int { return cmp.Compare(a.Difficulty, b.Difficulty) })
	n := float64(len(order))
	var total, weighted float64
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && order[to].Difficulty == order[from].Difficulty {
			to++
		}
		rank := float64(from+to) / 2 / n // mean of (i − ½)/n over the ties
		for _, v := range order[from:to] {
			total += float64(v.Strength)
			weighted += float64(v.Strength) * rank
		}
		from = to
	}
	if total == 0 {
		return 0
	}
	return 2*weighted/total - 1
}

func byCounty(villages []Village) []CountyFairness {
	at := map[domain.Code]*CountyFairness{}
	for _, v := range villages {
		code := v.Code.At(domain.LevelCounty)
		if at[code] == nil {
			at[code] = &CountyFairness{Code: code}
		}
		c := at[code]
		c.Villages++
		c.Difficulty += v.Difficulty
		c.Strength += v.Strength
		if !v.Served {
			c.Unserved++
		}
	}
	out := make([]CountyFairness, 0, len(at))
	for _, c := range at {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b CountyFairness) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// gini is the Gini coefficient of the counties' means, each weighing as its villages: twice the area between the line
// of evenness and the Lorenz curve.
func gini(counties []CountyFairness) float64 {
	sorted := slices.Clone(counties)
	slices.SortStableFunc(sorted, func(a, b CountyFairness) int { return cmp.Compare(a.perVillage(), b.perVillage()) })
	var villages, strength float64
	for _, c := range sorted {
		villages += float64(c.Villages)
		strength += float64(c.Strength)
	}
	if strength == 0 {
		return 0
	}
	var below, area float64
	for _, c := range sorted {
		area += float64(c.Villages) * (2*below + float64(c.Strength))
		below += float64(c.Strength)
	}
	return 1 - area/(villages*strength)
}
