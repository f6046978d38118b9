package problem

import "jieli/internal/solver"

// A pin that went with what it names can let teams gain that it had kept out: at the village that somebody was pinned to
// who is gone, and of a candidate who was pinned to a village that is gone. Any prices prove a bound, so the prices are
// lifted there until no such team gains, and the bound by as much: milliseconds, where working it out anew takes a
// second for a province.

// freed are the villages and candidates of next that lost a pin of p, ascending.
func (p *Problem) freed(next *Problem) (villages, cadres []int) {
	if len(next.Pins) == len(p.Pins) {
		return nil, nil
	}
	for v := range next.villages {
		old, now := &p.villages[p.village[next.Villages[v].Code]], &next.villages[v]
		if len(now.pinCadres) < len(old.pinCadres) || now.pinUnit == none && old.pinUnit != none {
			villages = append(villages, v)
		}
	}
	for c := range next.cadres {
		if len(next.cadres[c].pins) < len(p.cadres[p.cadre[next.Cadres[c].ID]].pins) {
			cadres = append(cadres, c)
		}
	}
	return villages, cadres
}

// lift lifts the prices of the bound of dispatch contract §5 for the villages and candidates that were freed, and gives
// by how much the bound rises at most.
func (p *Problem) lift(prices *solver.Prices, villages, cadres []int) int64 {
	e := &Explainer{p: p, prices: *prices}
	rise := int64(0)
	for _, v := range villages {
		if best := e.bestAt(v, p.leadsOne); best > 0 {
			prices.Site[v] += best
			rise += best
		}
	}
	for _, c := range cadres {
		if best := e.bestWith(p.cadres[c].unit, c); best > 0 {
			prices.Item[c] += best
			rise += best
		}
	}
	return rise
}

// liftTight is lift for the unit-wise bound, which prices no candidates: a unit of which one was freed is taken to do no
// better than its best team as often as it may lead one.
func (p *Problem) liftTight(prices *solver.Prices, villages, cadres []int) int64 {
	e := &Explainer{p: p, prices: *prices}
	rise := int64(0)
	for _, v := range villages {
		// one team more can be worth the penalty for too few besides
		if best := e.bestAt(v, p.leadsOften) + p.rules.penaltyMinTeams; best > 0 {
			prices.Site[v] += best
			rise += best
		}
	}
	done := map[int]bool{none: true}
	for _, c := range cadres {
		u := p.cadres[c].unit
		if done[u] {
			continue
		}
		done[u] = true
		rise += p.units[u].max*max(0, e.bestWith(u, none)) + p.rules.penaltyMinTeams*p.units[u].min
	}
	return rise
}

// leadsOne and leadsOften say which units have teams in either bound: that of the contract does not know rule 7.
func (p *Problem) leadsOne(u int) bool   { return p.units[u].lead == none }
func (p *Problem) leadsOften(u int) bool { return p.units[u].max > 0 }

// bestAt is the most that a team at the village brings in after prices, of the units that count; −maxPrice where there
// is none.
func (e *Explainer) bestAt(v int, counts func(u int) bool) int64 {
	best := int64(-maxPrice)
	for _, cluster := range e.p.clustersWith(v) {
		for _, u := range e.p.unitsFor(cluster) {
			if value, able := e.team(cluster, u, none); able && counts(u) {
				best = max(best, value)
			}
		}
	}
	return best
}

// bestWith is the most that a team of the unit with the candidate brings in after prices (none: with anybody); −maxPrice
// where there is none.
func (e *Explainer) bestWith(u, cadre int) int64 {
	best := int64(-maxPrice)
	if u == none {
		return best
	}
	for v := range e.p.villages {
		if !e.p.mayLead(u, v) {
			continue
		}
		for _, cluster := range e.p.clustersFrom(v) {
			if value, able := e.team(cluster, u, cadre); able {
				best = max(best, value)
			}
		}
	}
	return best
}
