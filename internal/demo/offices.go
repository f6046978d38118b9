package demo

import (
	"slices"

	"jieli/internal/demo/outline"
	"jieli/internal/domain"
)

// capital is where the province's offices are, in Changsha.
var capital = outline.Point{112.983, 28.116}

func (r *registry) provinceOffice() office {
	return office{domain.UnitProvince, Province, "", spotOf(capital), 9000}
}

func (r *registry) countyOffice(county int) office {
	c := r.land.counties[county]
	return office{domain.UnitCounty, c.Code, shortName(c.Name), spotOf(c.Seat), 2500}
}

// cityOffice sits where the first county of the city, its central district, has its seat.
func (r *registry) cityOffice(firstCounty int) office {
	city := r.land.city(firstCounty)
	return office{domain.UnitCity, city, shortName(r.land.names[city]), spotOf(r.land.counties[firstCounty].Seat), 4000}
}

// inReport says whether the report names the unit: it is there whatever the seed, and leads or joins as the report says.
func inReport(name string) bool {
	return slices.ContainsFunc(reportedVillages(), func(v reported) bool {
		return v.unit == name || slices.Contains(v.joined, name)
	})
}

// drawProvince draws the provincial units. As many lead teams as there are provincial teams, less the few that lead two.
func (r *registry) drawProvince() (from, to int) {
	const leadTwo = 2
	o := r.provinceOffice()
	d := r.dice(o)
	from, to = r.add(o, r.tables.kinds[domain.UnitProvince], d)
	order := shuffle(d, positions(to-from))
	leads := provincialTeams - leadTwo
	slices.SortStableFunc(order, func(a, b int) int { // strong units and those of the report lead
		return r.leadRank(from+a) - r.leadRank(from+b)
	})
	hosts := slices.DeleteFunc(slices.Clone(order[:leads]), func(i int) bool { return r.units[from+i].reserved })
	for _, i := range order[leads:] {
		r.attach(from+i, from+pick(d, hosts))
	}
	for _, i := range order[leads-leadTwo : leads] {
		r.units[from+i].capacity = 2
	}
	return from, to
}

func (r *registry) leadRank(i int) int {
	switch u := r.units[i]; {
	case inReport(u.Name):
		return 0
	case u.standing == highestStanding:
		return 1
	}
	return 2
}

// drawCity draws the units of a city; about two in three lead one or two teams, the others join them.
func (r *registry) drawCity(firstCounty int) (from, to int) {
	o := r.cityOffice(firstCounty)
	d := r.dice(o)
	wanted := func(k unitKind) bool { return inReport(o.unitName(k)) }
	from, to = r.add(o, chooseKinds(r.tables.kinds[domain.UnitCity], d.between(100, 112), d, wanted), d)
	r.joinAsReported()
	r.join(from, to, 0.32, d, func(u unit) bool { return u.lead != none || inReport(u.Name) })
	for _, i := range r.leads(from, to) {
		if !inReport(r.units[i].Name) && d.chance(0.25) {
			r.units[i].capacity = 2
		}
	}
	return from, to
}

// joinAsReported makes those units join that the report names together with their lead.
func (r *registry) joinAsReported() {
	for _, v := range reportedVillages() {
		host, found := r.named(v.unit)
		for _, name := range v.joined {
			if i, there := r.named(name); found && there && r.units[i].lead == none {
				r.attach(i, host)
			}
		}
	}
}

// drawCounty draws the units of a county for that many teams, of them keys for key villages, which only strong units
// may serve: where too few are strong, the strongest of the others are taken to be so too.
func (r *registry) drawCounty(county, teams, keys int, strongMin int) (from, to int) {
	if teams == 0 {
		return len(r.units), len(r.units)
	}
	o := r.countyOffice(county)
	d := r.dice(o)
	kinds := r.tables.kinds[domain.UnitCounty]
	n := min(max(teams*62/100, 4), len(kinds))
	from, to = r.add(o, chooseKinds(kinds, n, d, func(unitKind) bool { return false }), d)
	r.join(from, to, 0.06, d, func(u unit) bool { return u.standing == highestStanding || to-from < 10 })
	leads := r.leads(from, to)
	for _, i := range leads {
		r.units[i].capacity = (teams + len(leads) - 1) / len(leads)
	}
	r.strengthen(leads, keys, strongMin)
	return from, to
}

// strengthen raises the strongest units below the mark until the strong ones can take that many key villages.
func (r *registry) strengthen(leads []int, keys, strongMin int) {
	order := slices.Clone(leads)
	slices.SortStableFunc(order, func(a, b int) int { return r.units[b].strength - r.units[a].strength })
	for _, i := range order {
		if keys <= 0 {
			return
		}
		u := &r.units[i]
		u.strength = max(u.strength, strongMin+(u.strength+u.standing)%7)
		keys -= u.capacity
	}
}
