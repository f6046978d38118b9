package demo

import (
	"fmt"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/spelling"
)

// unit is a sending unit with its part in the round in force.
type unit struct {
	domain.Unit
	standing int // 1..highestStanding
	strength int
	at       spot
	skills   domain.Skills
	area     domain.Code // what it may serve, before an upper office names a county for it
	reserved bool        // the report names its one village
	lead     int         // the unit that it joins, or none
	joined   []int       // the units that join it
	capacity int         // teams that it can lead
	teams    []int       // teams that it leads in the round in force
	staff    []int       // people that it has in the round in force
}

// highestStanding is the standing of those with the most people and money among their like.
const highestStanding = 3

// none is no position.
const none = -1

// strengths are the bounds of a unit's strength by level and standing.
var strengths = map[domain.UnitLevel][4][2]int{
	domain.UnitProvince: {1: {50, 75}, 2: {55, 90}, 3: {75, 100}},
	domain.UnitCity:     {1: {30, 60}, 2: {38, 75}, 3: {55, 88}},
	domain.UnitCounty:   {1: {10, 52}, 2: {22, 66}, 3: {42, 80}},
}

// office is a division whose units are drawn.
type office struct {
	level domain.UnitLevel
	home  domain.Code
	name  string // short name, such as 靖州县; empty for the province, whose units are listed by full name
	seat  spot
	reach int // metres from the seat within which its units lie
}

// stem is the name without 市 or 州.
func (o office) stem() string { return strings.TrimSuffix(strings.TrimSuffix(o.name, "市"), "州") }

// unitName fills the kind's pattern.
func (o office) unitName(k unitKind) string {
	return strings.NewReplacer("{p}", o.name, "{s}", o.stem()).Replace(k.name)
}

// drawUnit draws a unit of the kind.
func (o office) drawUnit(k unitKind, d dice, s *spelling.Speller) unit {
	name := o.unitName(k)
	full, initials := s.Place(name)
	bounds := strengths[o.level][k.standing]
	u := unit{
		Unit:     domain.Unit{Name: name, Pinyin: full, Initials: initials, Level: o.level, Kind: k.kind, Home: o.home},
		standing: k.standing, strength: d.between(bounds[0], bounds[1]), area: o.home, lead: none, capacity: 1,
		at: spot{o.seat.x + float64(d.between(-o.reach, o.reach)), o.seat.y + float64(d.between(-o.reach, o.reach))},
	}
	for i := range Specialities() {
		v := d.between(0, 35)
		switch {
		case i == k.speciality:
			v = d.between(65, 100)
		case i == k.too:
			v = d.between(40, 80)
		case d.chance(0.08):
			v = d.between(40, 80)
		}
		u.skills = append(u.skills, v)
	}
	return u
}

// chooseKinds takes n kinds: the wanted ones, then those of higher standing first, among equals by chance. They come in
// the table's order.
func chooseKinds(kinds []unitKind, n int, d dice, wanted func(unitKind) bool) []unitKind {
	order := shuffle(d, positions(len(kinds)))
	slices.SortStableFunc(order, func(a, b int) int { return rank(kinds[a], wanted) - rank(kinds[b], wanted) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	chosen := make([]unitKind, len(order))
	for i, k := range order {
		chosen[i] = kinds[k]
	}
	return chosen
}

func rank(k unitKind, wanted func(unitKind) bool) int {
	if wanted(k) {
		return -highestStanding - 1
	}
	return -k.standing
}

// positions are the numbers from 0 to n−1.
func positions(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// registry draws the sending units of the three levels. Ids count up through them.
type registry struct {
	units  []unit
	tables tables
	land   *land
	spell  *spelling.Speller
	seed   uint64
}

func (r *registry) dice(o office) dice { return stream(r.seed, "units/"+string(o.home)) }

func (r *registry) add(o office, kinds []unitKind, d dice) (from, to int) {
	from = len(r.units)
	for _, k := range kinds {
		u := o.drawUnit(k, d, r.spell)
		u.ID = fmt.Sprintf("U%06d", len(r.units)+1)
		u.reserved = slices.ContainsFunc(reportedVillages(), func(v reported) bool { return v.unit == u.Name })
		r.units = append(r.units, u)
	}
	return from, len(r.units)
}

// join lets a share of the units from..to join another one of them, which has joined none itself.
// The units that keep answers true for stay on their own.
func (r *registry) join(from, to int, share float64, d dice, keep func(unit) bool) {
	for i := from; i < to; i++ {
		if len(r.units[i].joined) > 0 || keep(r.units[i]) || !d.chance(share) {
			continue
		}
		if host := d.between(from, to-1); host != i && r.units[host].lead == none && !r.units[host].reserved {
			r.attach(i, host)
		}
	}
}

// attach makes a unit join its host and lead no team of its own.
func (r *registry) attach(i, host int) {
	r.units[i].lead, r.units[i].capacity = host, 0
	r.units[host].joined = append(r.units[host].joined, i)
}

// leads gives the units from..to that lead teams.
func (r *registry) leads(from, to int) []int {
	var all []int
	for i := from; i < to; i++ {
		if r.units[i].lead == none {
			all = append(all, i)
		}
	}
	return all
}

func (r *registry) named(name string) (int, bool) {
	i := slices.IndexFunc(r.units, func(u unit) bool { return u.Name == name })
	return i, i >= 0
}
