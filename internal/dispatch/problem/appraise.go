package problem

import (
	"cmp"
	"slices"

	"jieli/internal/solver"
)

// Explainer answers why a plan is as it is, by the prices of its certificate. Make one with Explain; it may be used by
// several goroutines.
type Explainer struct {
	p      *Problem
	plan   Plan // score and bound worked out anew
	at     []int
	seat   []int // by candidate: position of the team, or none
	prices solver.Prices
}

// Explain prepares answers about a plan of the problem that keeps the rules. Without prices everything is told but what
// a change would cost.
func (p *Problem) Explain(plan Plan) *Explainer {
	e := &Explainer{p: p, plan: plan, prices: p.fitting(plan.Prices), at: make([]int, len(p.villages)), seat: make([]int, len(p.cadres))}
	e.plan.Score, e.plan.Bound = p.Score(plan.Teams).Total(), p.Bound(e.prices)
	for v := range e.at {
		e.at[v] = none
	}
	for c := range e.seat {
		e.seat[c] = none
	}
	for i, t := range plan.Teams {
		for _, v := range t.Villages {
			e.at[v] = i
		}
		for _, c := range t.Members {
			e.seat[c] = i
		}
	}
	return e
}

// Loss is what a plan with a wish fulfilled would have less points than this one.
type Loss struct {
	// ByPrices is by how many points the wish falls short at the prices: with so many more for it, the prices would no
	// longer speak against it.
	ByPrices int64 `json:"by_prices"`
	// AtLeast is proven: every plan with the wish has at least so many points less; below 0, it could have as many more.
	AtLeast int64 `json:"at_least"`
	// AtMost is what a plan that was made with the wish has less; nil where none was looked for or found.
	AtMost *int64 `json:"at_most,omitempty"`
}

// loss is the loss of a wish, given a bound on all plans that fulfil it.
func (e *Explainer) loss(bound int64) Loss {
	return Loss{ByPrices: e.plan.Bound - bound, AtLeast: e.plan.Score - bound}
}

// cost is what the candidate owes to prices in a team of the unit (dispatch contract §5).
func (e *Explainer) cost(c, u int) int64 {
	cost := e.prices.Item[c] + e.prices.Limit
	for g, s := range e.p.shares {
		if s.level == e.p.units[u].level {
			cost += e.prices.Quota[g] * e.p.shareTerm(g, c)
		}
	}
	return cost
}

// worth is the candidate's points in a team of the unit, less the prices.
func (e *Explainer) worth(c, u, first int) int64 { return e.p.member(c, first) - e.cost(c, u) }

// team is the most that a team of the unit for the cluster brings in after all prices, with the candidate must in it
// (none: with anybody): best(c) of dispatch contract §5 for one unit. False where there is no such team.
func (e *Explainer) team(cluster []int, u, must int) (int64, bool) {
	p, first := e.p, cluster[0]
	if !p.mayLeadAll(u, cluster) {
		return 0, false
	}
	held := p.forced(cluster)
	if must != none && !slices.Contains(held, must) {
		held = append(held, must)
	}
	var able []int
	for _, c := range p.units[u].pool {
		if p.mayServe(c, cluster) {
			able = append(able, c)
		}
	}
	least, most := p.sizes(first)
	if len(held) > most || len(able) < least || slices.ContainsFunc(held, func(c int) bool { return !slices.Contains(able, c) }) {
		return 0, false
	}
	slices.SortStableFunc(able, func(a, b int) int { return cmp.Compare(e.worth(b, u, first), e.worth(a, u, first)) })
	points := p.pairing(u, first).Total() - e.prices.Max[u] + e.prices.Min[u]
	for _, v := range cluster[1:] {
		points += p.further(p.pairing(u, v).Total())
	}
	for _, v := range cluster {
		points -= e.prices.Site[v]
	}
	best, found := int64(0), false
	for _, leader := range able {
		if !p.cadres[leader].leads {
			continue
		}
		if value, ok := e.seats(able, held, leader, u, first, least, most); ok && (!found || value > best) {
			best, found = value, true
		}
	}
	return best + points, found
}

// seats is the most that the leader, all held and the best of the others, who stand in order, are worth.
func (e *Explainer) seats(able, held []int, leader, u, first, least, most int) (int64, bool) {
	value, size := e.worth(leader, u, first)+e.p.leaderPoints(leader), 1
	for _, c := range held {
		if c != leader {
			value += e.worth(c, u, first)
			size++
		}
	}
	for _, c := range able {
		if c == leader || slices.Contains(held, c) {
			continue
		}
		w := e.worth(c, u, first)
		if size >= most || size >= least && w <= 0 {
			break
		}
		value += w
		size++
	}
	return value, size >= least && size <= most
}

// without is the bound on plans whose villages, those given, are all served by teams for sets of which this bound knows
// nothing: the sets that hold any of them, and the penalties, are taken out. What such teams bring in comes back on top.
func (e *Explainer) without(villages []int) int64 {
	bound := e.plan.Bound
	for _, v := range villages {
		bound -= max(0, -e.p.penalty(v)-e.prices.Site[v])
	}
	best := map[string]int64{}
	for _, v := range villages {
		for _, cluster := range e.p.clustersWith(v) {
			key := setKey(cluster)
			for _, u := range e.p.unitsFor(cluster) {
				if value, ok := e.team(cluster, u, none); ok {
					best[key] = max(best[key], value)
				}
			}
		}
	}
	for _, value := range best {
		bound -= value
	}
	return bound
}

// clustersWith lists all clusters that hold the village, in every order that rule 1 allows.
func (p *Problem) clustersWith(v int) [][]int {
	clusters := p.clustersFrom(v)
	for _, first := range p.joinable(v) {
		for _, cluster := range p.clustersFrom(first) {
			if slices.Contains(cluster, v) {
				clusters = append(clusters, cluster)
			}
		}
	}
	return clusters
}

// unitsFor lists the units that the rules and pins let lead a team of the villages, ascending.
func (p *Problem) unitsFor(villages []int) []int {
	var units []int
	for u := range p.units {
		if p.units[u].lead == none && p.mayLeadAll(u, villages) {
			units = append(units, u)
		}
	}
	return units
}
