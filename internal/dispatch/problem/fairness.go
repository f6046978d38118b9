package problem

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

// Fairness measures the teams. It is empty for a problem without villages.
func (p *Problem) Fairness(teams []Team) Fairness {
	received := p.received(teams)
	f := Fairness{Concentration: p.concentration(received), Counties: p.byCounty(received)}
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

// received is the strength of the unit that leads at each village, none where no team serves it.
func (p *Problem) received(teams []Team) []int64 {
	strength := make([]int64, len(p.villages))
	for v := range strength {
		strength[v] = none
	}
	for _, t := range teams {
		for _, v := range t.Villages {
			strength[v] = p.units[t.Unit].strength
		}
	}
	return strength
}

func (p *Problem) concentration(received []int64) float64 {
	order := make([]int, len(p.villages))
	for v := range order {
		order[v] = v
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.villages[a].difficulty, p.villages[b].difficulty) })
	n := float64(len(order))
	var total, weighted float64
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && p.villages[order[to]].difficulty == p.villages[order[from]].difficulty {
			to++
		}
		rank := float64(from+to) / 2 / n // mean of (i − ½)/n over the ties
		for _, v := range order[from:to] {
			s := float64(max(received[v], 0))
			total += s
			weighted += s * rank
		}
		from = to
	}
	if total == 0 {
		return 0
	}
	return 2*weighted/total - 1
}

func (p *Problem) byCounty(received []int64) []CountyFairness {
	at := map[domain.Code]*CountyFairness{}
	for v, s := range received {
		code := p.Villages[v].Code.At(domain.LevelCounty)
		if at[code] == nil {
			at[code] = &CountyFairness{Code: code}
		}
		c := at[code]
		c.Villages++
		c.Difficulty += p.villages[v].difficulty
		c.Strength += max(s, 0)
		if s == none {
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
