package demo

import (
	"fmt"
	"slices"
	"strings"

	"jieli/internal/domain"
)

// team is a team of the round in force while it is drawn.
type team struct {
	cluster
	id      string
	unit    int
	size    int
	members []int // positions of people, the leader first
	fixed   *reported
}

// allotment draws who leads which team: the province and the cities choose first, each county has the rest.
type allotment struct {
	*registry
	teams []team
	level []domain.UnitLevel // of each team's lead unit; empty: not chosen yet
}

const strongMin = 60 // the default of the policy key strong_min

func (a *allotment) place(t int) place { return a.land.places[a.teams[t].places[0]] }

// hardness orders teams by how hard their first village's task is, with some chance.
func (a *allotment) hardness(d dice, teams []int) []int {
	weight := make([]int, len(a.teams))
	for _, t := range teams {
		weight[t] = 2*a.place(t).difficulty + d.between(0, 40)
	}
	slices.SortStableFunc(teams, func(x, y int) int { return weight[y] - weight[x] })
	return teams
}

// where lists the teams without a level that fit.
func (a *allotment) where(fits func(t team) bool) []int {
	var all []int
	for i, t := range a.teams {
		if a.level[i] == "" && fits(t) {
			all = append(all, i)
		}
	}
	return all
}

// run allots all teams.
func (a *allotment) run() error {
	d := stream(a.seed, "allot")
	if err := a.province(d); err != nil {
		return err
	}
	for first := 0; first < len(a.land.counties); {
		next := first
		for next < len(a.land.counties) && a.land.city(next) == a.land.city(first) {
			next++
		}
		a.cityOf(first, next, d)
		first = next
	}
	for county := range a.land.counties {
		a.county(county, d)
	}
	for i, t := range a.teams {
		if t.unit == none {
			return tooFew(fmt.Sprintf("unit for team %s", a.teams[i].id))
		}
	}
	return nil
}

// province chooses key villages in formerly poor counties: two in each county at least, seven at most, the hardest first.
func (a *allotment) province(d dice) error {
	from, to := a.drawProvince()
	keys := a.hardness(d, a.where(func(t team) bool {
		return t.category == domain.CategoryKey && a.land.counties[t.county].FormerlyPoor
	}))
	slices.SortStableFunc(keys, func(x, y int) int { return a.isFixed(y) - a.isFixed(x) })
	chosen := a.quota(keys)
	if len(chosen) < provincialTeams {
		return tooFew("key villages for the province's teams")
	}
	a.pairDoubles(d, from, to, chosen)
	a.pair(d, a.leads(from, to), chosen, 40)
	return nil
}

func (a *allotment) isFixed(t int) int {
	if f := a.teams[t].fixed; f != nil && f.unit != "" {
		return 1
	}
	return 0
}

// quota takes the province's teams from the ordered keys.
func (a *allotment) quota(keys []int) []int {
	const least, most = 2, 7
	var chosen []int
	taken := make([]int, len(a.land.counties))
	for _, limit := range []int{least, most} {
		for _, t := range keys {
			if c := a.teams[t].county; taken[c] < limit && len(chosen) < provincialTeams && a.level[t] == "" {
				taken[c]++
				a.level[t] = domain.UnitProvince
				chosen = append(chosen, t)
			}
		}
	}
	return chosen
}

// pairDoubles gives the provincial units that lead two teams both in one county, as the county is what the province names.
func (a *allotment) pairDoubles(d dice, from, to int, chosen []int) {
	for _, u := range a.leads(from, to) {
		if a.units[u].capacity < 2 {
			continue
		}
		for _, t := range shuffle(d, slices.Clone(chosen)) {
			second := slices.IndexFunc(chosen, func(o int) bool {
				return o != t && a.teams[o].county == a.teams[t].county && a.free(o)
			})
			if a.free(t) && second >= 0 {
				a.give(u, t)
				a.give(u, chosen[second])
				break
			}
		}
	}
}

// free says whether the team has no unit yet and none is named for it.
func (a *allotment) free(t int) bool { return a.teams[t].unit == none && a.isFixed(t) == 0 }

// cityOf draws the units of the city of counties first..next−1 and gives them key villages first, then weak ones, then
// any.
func (a *allotment) cityOf(first, next int, d dice) {
	from, to := a.drawCity(first)
	teams := a.hardness(d, a.where(func(t team) bool { return first <= t.county && t.county < next }))
	order := map[domain.Category]int{domain.CategoryKey: 1, domain.CategoryWeak: 2, domain.CategoryConsolidated: 3, domain.CategoryDemonstration: 3}
	slices.SortStableFunc(teams, func(x, y int) int {
		return order[a.teams[x].category] - order[a.teams[y].category] + 9*(a.isFixed(y)-a.isFixed(x))
	})
	leads := a.leads(from, to)
	capacity := 0
	for _, u := range leads {
		capacity += a.units[u].capacity
	}
	teams = teams[:min(capacity, len(teams))]
	for _, t := range teams {
		a.level[t] = domain.UnitCity
	}
	a.pair(d, leads, teams, 12)
}

// county draws the units of a county for the teams that are left there. Key villages are paired first, with strong units.
func (a *allotment) county(county int, d dice) {
	teams := a.where(func(t team) bool { return t.county == county })
	var keys, others []int
	for _, t := range teams {
		a.level[t] = domain.UnitCounty
		if a.teams[t].category == domain.CategoryKey {
			keys = append(keys, t)
		} else {
			others = append(others, t)
		}
	}
	from, to := a.drawCounty(county, len(teams), len(keys), strongMin)
	leads := a.leads(from, to)
	strong := slices.DeleteFunc(slices.Clone(leads), func(u int) bool { return a.units[u].strength < strongMin })
	a.pair(d, strong, keys, 6)
	a.pair(d, leads, others, 6)
}

// pair gives each team, in order, the best fitting of some units drawn from those that lead the fewest teams so far.
func (a *allotment) pair(d dice, units, teams []int, tries int) {
	for _, t := range teams {
		if a.teams[t].unit != none {
			continue
		}
		if f := a.teams[t].fixed; f != nil && f.unit != "" {
			if u, there := a.named(f.unit); there {
				a.give(u, t)
				continue
			}
		}
		if u := a.best(d, a.idlest(units), t, tries); u != none {
			a.give(u, t)
		}
	}
}

// idlest gives the units with room for another team that lead the fewest.
func (a *allotment) idlest(units []int) []int {
	var all []int
	fewest := 1 << 30
	for _, u := range units {
		switch n := len(a.units[u].teams); {
		case n >= a.units[u].capacity || a.units[u].reserved:
		case n < fewest:
			fewest, all = n, append(all[:0], u)
		case n == fewest:
			all = append(all, u)
		}
	}
	return all
}

func (a *allotment) best(d dice, units []int, t, tries int) int {
	best, most := none, -1
	for range min(tries, 4*len(units)) {
		u := pick(d, units)
		if fit := matching(a.place(t).needs, a.units[u].skills); fit > most {
			best, most = u, fit
		}
	}
	return best
}

// matching is Σ need·skill, for comparing units for one village.
func matching(needs, skills domain.Skills) int {
	sum := 0
	for k, n := range needs {
		sum += n * skills[k]
	}
	return sum
}

func (a *allotment) give(u, t int) {
	a.teams[t].unit = u
	a.units[u].teams = append(a.units[u].teams, t)
}

// tooFew is the error for examples that hold too little for the draw.
func tooFew(what string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "demo.too_little", Params: domain.Params{"what": strings.TrimSpace(what)}}
}
