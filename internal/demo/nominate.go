package demo

import "jieli/internal/domain"

// nominate draws whom the unit nominates for the next round: some of those who serve now and stay on, then others, until
// there are about a fifth more nominees in the province than posts.
func (n *next) nominate(i, teams int, d dice) []domain.Candidate {
	u := n.units[i]
	wanted := nominees(d, u, teams)
	var all []domain.Candidate
	for _, c := range u.staff {
		if len(all) < wanted && n.people.all[c].Terms == 0 && d.chance(0.12) {
			all = append(all, stayer(n.people.all[c], d))
		}
	}
	leaders := 0
	for k := len(all); k < wanted; k++ {
		w := wish{leads: leaders < teams}
		leaders++
		c := &n.people.all[n.people.draw(d, i, 2023, w)]
		doubtful(c, d)
		all = append(all, *c)
	}
	return all
}

// nominees is how many people the unit nominates for that many teams.
func nominees(d dice, u unit, teams int) int {
	switch {
	case u.lead != none:
		return d.between(1, 2)
	case u.Level == domain.UnitProvince:
		return 3*teams + d.between(1, 2)
	case u.Level == domain.UnitCity:
		return 3*teams + d.between(0, 1)
	}
	return 2*teams + d.weighted(45, 40, 15)
}

// stayer is a serving member who is nominated again, two years on.
func stayer(c domain.Candidate, d dice) domain.Candidate {
	c.Terms++
	c.RuralYears += 2
	c.Fit = !d.chance(0.03)
	c.YoungPool = c.YoungPool && 2023-c.BirthYear < youngBelow
	return c
}

// doubtful lets a few nominees fail the health check or be over age, as in life: units' lists are checked only later.
func doubtful(c *domain.Candidate, d dice) {
	c.Fit = !d.chance(0.025)
	if d.chance(0.012) {
		c.BirthYear = 2023 - maxAge - d.between(1, 2)
		c.YoungPool = false
	}
}
