package demo

import (
	"slices"

	"jieli/internal/domain"
)

// cluster is what one team serves: a village, or a demonstration village and one or two adjacent ones.
type cluster struct {
	category domain.Category
	county   int
	places   []int // positions, the first village first
}

// rates are the chances of a village to be key, consolidated or weak.
type rates struct{ key, consolidated, weak, demonstration float64 }

var (
	poorRates  = rates{0.160, 0.275, 0.045, 0.19}
	otherRates = rates{0.022, 0.120, 0.045, 0.19}
)

// chooseVillages draws which villages are served in the round in force, and in what clusters: exactly as many as the
// report counts teams. Villages whose category is fixed already stay as they are.
func chooseVillages(l *land, d dice, fixed map[int]domain.Category) []cluster {
	category := make([]domain.Category, len(l.places))
	for i, c := range fixed {
		category[i] = c
	}
	var all []cluster
	var idle []int // villages that no team serves
	for county := range l.counties {
		r := otherRates
		if l.counties[county].FormerlyPoor {
			r = poorRates
		}
		from, to := l.in(county)
		drawCategories(category[from:to], d, r)
		all = append(all, demonstrations(l, category, county, d, r.demonstration)...)
		for i := from; i < to; i++ {
			switch category[i] {
			case "":
				idle = append(idle, i)
			case domain.CategoryDemonstration: // clustered above
			default:
				all = append(all, cluster{category[i], county, []int{i}})
			}
		}
	}
	all = toTotal(l, all, idle, d)
	slices.SortFunc(all, func(a, b cluster) int { return a.places[0] - b.places[0] })
	return all
}

func drawCategories(category []domain.Category, d dice, r rates) {
	for i := range category {
		roll := d.Float64()
		switch {
		case category[i] != "":
		case roll < r.key:
			category[i] = domain.CategoryKey
		case roll < r.key+r.consolidated:
			category[i] = domain.CategoryConsolidated
		case roll < r.key+r.consolidated+r.weak:
			category[i] = domain.CategoryWeak
		}
	}
}

// demonstrations draws groups of one to three adjacent villages that nobody serves yet.
func demonstrations(l *land, category []domain.Category, county int, d dice, share float64) []cluster {
	from, to := l.in(county)
	var order, firsts []int
	for i := from; i < to; i++ {
		if category[i] == "" {
			order = append(order, i)
		}
		if category[i] == domain.CategoryDemonstration {
			firsts = append(firsts, i)
		}
	}
	wanted := int(share * float64(to-from))
	var all []cluster
	for _, first := range append(firsts, shuffle(d, order)...) {
		if wanted <= 0 && category[first] == "" {
			break
		}
		if category[first] != "" && !slices.Contains(firsts, first) {
			continue
		}
		c := cluster{domain.CategoryDemonstration, county, []int{first}}
		category[first] = domain.CategoryDemonstration
		size := 1 + d.weighted(25, 35, 40)
		for _, j := range l.places[first].near {
			if len(c.places) < size && category[j] == "" {
				category[j] = domain.CategoryDemonstration
				c.places = append(c.places, j)
			}
		}
		wanted -= len(c.places)
		all = append(all, c)
	}
	return all
}

// toTotal adds or takes away consolidated villages, drawn anywhere, until there are as many clusters as the report has
// teams.
func toTotal(l *land, all []cluster, idle []int, d dice) []cluster {
	for _, i := range shuffle(d, idle) {
		if len(all) >= reportTeams {
			break
		}
		all = append(all, cluster{domain.CategoryConsolidated, l.places[i].county, []int{i}})
	}
	over := len(all) - reportTeams
	if over <= 0 {
		return all
	}
	var light []int
	for k, c := range all {
		if c.category == domain.CategoryConsolidated {
			light = append(light, k)
		}
	}
	drop := map[int]bool{}
	for _, k := range shuffle(d, light)[:min(over, len(light))] {
		drop[k] = true
	}
	kept := all[:0]
	for k, c := range all {
		if !drop[k] {
			kept = append(kept, c)
		}
	}
	return kept
}
