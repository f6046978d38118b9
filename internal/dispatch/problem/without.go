package problem

import (
	"slices"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// Withdrawal is what drops out of a problem: a merged village, a unit that sends nobody after all, a candidate.
type Withdrawal struct {
	Villages      []domain.Code
	Units, Cadres []string
}

// Without is the problem without what is withdrawn; names that it does not have are ignored. The candidates of a withdrawn
// unit go with it; a unit that joined it leads no team and stays. So do pins that name any of them, which go. It takes
// milliseconds for a province, since nothing is read again.
func (p *Problem) Without(w Withdrawal) *Problem {
	next := &Problem{Specialities: p.Specialities, Policy: p.Policy, Shares: p.Shares}
	village, unit, cadre := nameSet(w.Villages), nameSet(w.Units), nameSet(w.Cadres)
	for _, v := range p.Villages {
		if village[v.Code] {
			continue
		}
		if slices.ContainsFunc(v.Neighbours, func(c domain.Code) bool { return village[c] }) {
			v.Neighbours = slices.DeleteFunc(slices.Clone(v.Neighbours), func(c domain.Code) bool { return village[c] })
		}
		if unit[v.PriorUnit] {
			v.PriorUnit = ""
		}
		next.Villages = append(next.Villages, v)
	}
	for _, u := range p.Units {
		if unit[u.LeadUnit] {
			u.LeadUnit = ""
		}
		if !unit[u.ID] {
			next.Units = append(next.Units, u)
		}
	}
	for _, c := range p.Cadres {
		if unit[c.Unit] {
			cadre[c.ID] = true
		}
		if !cadre[c.ID] {
			next.Cadres = append(next.Cadres, c)
		}
	}
	for _, pin := range p.Pins {
		subject := unit
		if pin.Kind == pinCadre || pin.Kind == pinNotCadre {
			subject = cadre
		}
		if !village[pin.Village] && !subject[pin.Subject] {
			next.Pins = append(next.Pins, pin)
		}
	}
	next.build()
	return next
}

func nameSet[K comparable](names []K) map[K]bool {
	set := make(map[K]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// carriedTight are the prices of another problem's unit-wise bound, by name; what that one does not have has price 0.
func (p *Problem) carriedTight(from *Problem, old solver.Prices) solver.Prices {
	prices := p.NoPrices()
	prices.Limit = old.Limit
	copy(prices.Quota, old.Quota)
	for v := range p.Villages {
		if at, known := from.village[p.Villages[v].Code]; known {
			prices.Site[v] = old.Site[at]
		}
	}
	return prices
}

// carried are the prices of another problem, by name; what that one does not have has price 0.
func (p *Problem) carried(from *Problem, old solver.Prices) solver.Prices {
	old = from.fitting(old)
	prices := p.carriedTight(from, old)
	for u := range p.Units {
		if at, known := from.unit[p.Units[u].ID]; known {
			prices.Max[u], prices.Min[u] = old.Max[at], old.Min[at]
		}
	}
	for c := range p.Cadres {
		if at, known := from.cadre[p.Cadres[c].ID]; known {
			prices.Item[c] = old.Item[at]
		}
	}
	p.priceIdleUnits(&prices)
	return prices
}

// boundWithout is a bound for next, which is the problem without some of it, given the problem's own at the prices. Each
// part of the bound of dispatch contract §5 that is gone is taken off; no set gains from fewer units and candidates. Where
// pins are gone that could let a set gain, see lift.
func (p *Problem) boundWithout(next *Problem, prices solver.Prices, bound int64) int64 {
	for v := range p.Villages {
		if _, stays := next.village[p.Villages[v].Code]; !stays {
			bound -= max(prices.Site[v], -p.penalty(v))
		}
	}
	for c := range p.Cadres {
		if _, stays := next.cadre[p.Cadres[c].ID]; !stays {
			bound -= prices.Item[c]
		}
	}
	for u := range p.Units {
		if _, stays := next.unit[p.Units[u].ID]; !stays {
			bound -= prices.Max[u]*p.units[u].max - prices.Min[u]*p.units[u].min
		}
	}
	return bound
}

// tightWithout is boundWithout for the unit-wise bound at the prices. What is gone takes its own part along: a village
// its price or penalty, a unit its teams, which are worth no less than what it pays for sending none.
func (p *Problem) tightWithout(next *Problem, prices solver.Prices, bound int64) int64 {
	for v := range p.Villages {
		if _, stays := next.village[p.Villages[v].Code]; !stays {
			bound -= max(prices.Site[v], -p.penalty(v))
		}
	}
	for u := range p.Units {
		if _, stays := next.unit[p.Units[u].ID]; !stays {
			bound += p.rules.penaltyMinTeams * p.units[u].min
		}
	}
	return bound
}
