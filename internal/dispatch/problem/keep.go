package problem

import (
	"slices"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// FormerTeam is a team of an earlier plan, by names: what it names may be gone from the problem.
type FormerTeam struct {
	ID       string
	Unit     string
	Villages []domain.Code // the first one first
	Members  []string      // the leader first
}

// Former names the teams, so that they can be held against those of another problem.
func (p *Problem) Former(teams []Team) []FormerTeam {
	out := make([]FormerTeam, len(teams))
	for i, t := range teams {
		out[i] = FormerTeam{ID: t.ID, Unit: p.Units[t.Unit].ID}
		for _, v := range t.Villages {
			out[i].Villages = append(out[i].Villages, p.Villages[v].Code)
		}
		for _, c := range t.Members {
			out[i].Members = append(out[i].Members, p.Cadres[c].ID)
		}
	}
	return out
}

// Kept says what a plan keeps of an earlier one. Teams are those with the same lead unit and the same villages, the same
// one first; Members are those who stay in the team of the same first village.
type Kept struct {
	Teams, Members int
	Bonus          int64 // policy key keep × (Teams + Members)
	Objective      int64 // the score with the bonus: what was looked for
	Bound          int64 // no plan of the problem has a greater objective
}

// Kept holds the teams against those of an earlier plan. Objective and Bound are left empty.
func (p *Problem) Kept(former []FormerTeam, teams []Team) Kept {
	k := p.keeper(former)
	var kept Kept
	for _, t := range teams {
		if unit, known := k.units[clusterKey(t.Villages)]; known && unit == t.Unit {
			kept.Teams++
		}
		for _, c := range t.Members {
			if k.first[c] == t.Villages[0] {
				kept.Members++
			}
		}
	}
	kept.Bonus = p.rules.keep * int64(kept.Teams+kept.Members)
	return kept
}

// keeper is an earlier plan in the problem's positions, as far as they are known.
type keeper struct {
	units map[string]int // cluster: its lead unit
	first []int          // by candidate: the first village of the former team, or none
}

func (p *Problem) keeper(former []FormerTeam) keeper {
	k := keeper{units: map[string]int{}, first: make([]int, len(p.cadres))}
	for c := range k.first {
		k.first[c] = none
	}
	for _, t := range former {
		villages, whole := p.KnownVillages(t)
		if len(villages) == 0 || p.Villages[villages[0]].Code != t.Villages[0] {
			continue
		}
		for _, id := range t.Members {
			if c, known := p.cadre[id]; known {
				k.first[c] = villages[0]
			}
		}
		if unit := p.unitAt(t.Unit); whole && unit != none {
			k.units[clusterKey(villages)] = unit
		}
	}
	return k
}

// KnownVillages are the former team's villages that the problem has, and whether these are all.
func (p *Problem) KnownVillages(t FormerTeam) (villages []int, whole bool) {
	for _, code := range t.Villages {
		if v, known := p.village[code]; known {
			villages = append(villages, v)
		}
	}
	return villages, len(villages) == len(t.Villages)
}

// payForKeeping is the solver's problem with the points for unchanged teams and members who stay worked into options
// and worths. The given one is left as it is.
func (p *Problem) payForKeeping(m *solver.Problem, former []FormerTeam) *solver.Problem {
	k := p.keeper(former)
	paid := *m
	paid.Slots = slices.Clone(m.Slots)
	for s := range paid.Slots {
		slot := &paid.Slots[s]
		unit, known := k.units[clusterKey(widen(slot.Sites))]
		at := slices.IndexFunc(slot.Options, func(o solver.Option) bool { return known && int(o.Agent) == unit })
		if at >= 0 {
			slot.Options = slices.Clone(slot.Options) // slots share them
			slot.Options[at].Points += p.rules.keep
		}
	}
	paid.Worth = func(item, slot int32) (int64, bool) {
		points, allowed := m.Worth(item, slot)
		if allowed && k.first[item] == int(m.Slots[slot].Sites[0]) {
			points += p.rules.keep
		}
		return points, allowed
	}
	return &paid
}

// settle turns a plan that was solved with points for keeping into one of the contract: its score and bound are the
// contract's, at the best of the prices at hand, and Kept tells the objective and its own bound.
func (p *Problem) settle(m *solver.Problem, plan *Plan, s Settings) {
	kept := p.Kept(s.Former, plan.Teams)
	kept.Objective, kept.Bound = plan.Score, plan.Bound
	plan.Kept = &kept
	if kept.Bonus == 0 && p.rules.keep == 0 {
		return
	}
	plan.Score -= kept.Bonus
	plan.Bound, plan.TightBound = p.boundOn(m, plan.Prices), solver.AgentBound(m, plan.Tight)
	for _, other := range []solver.Prices{p.lessBonus(plan, s.Former), p.fitting(s.From.Prices)} {
		p.priceIdleUnits(&other)
		if bound := p.boundOn(m, other); bound < plan.Bound {
			plan.Bound, plan.Prices = bound, other
		}
	}
	lowest := min(plan.Bound, plan.TightBound)
	if plan.Status == solver.StatusOptimal && plan.Score < lowest {
		plan.Status = solver.StatusStalled
	}
	if plan.Score == lowest {
		plan.Status = solver.StatusOptimal
	}
}

// lessBonus are the plan's prices without what was paid for keeping: the market had put it on villages and candidates.
func (p *Problem) lessBonus(plan *Plan, former []FormerTeam) solver.Prices {
	prices := cloned(plan.Prices)
	k := p.keeper(former)
	for _, t := range plan.Teams {
		first := t.Villages[0]
		if unit, known := k.units[clusterKey(t.Villages)]; known && unit == t.Unit {
			prices.Site[first] -= p.rules.keep
		}
		for _, c := range t.Members {
			if k.first[c] == first {
				off := min(prices.Item[c], p.rules.keep)
				prices.Item[c] -= off
				prices.Site[first] -= p.rules.keep - off
			}
		}
	}
	return prices
}

// fitting are the prices of an earlier plan, held within the ranges of this problem; prices of 0 where there are none.
func (p *Problem) fitting(from solver.Prices) solver.Prices {
	if len(from.Site) != len(p.villages) || len(from.Item) != len(p.cadres) || len(from.Max) != len(p.units) ||
		len(from.Min) != len(p.units) || len(from.Quota) != len(p.shares) {
		return p.NoPrices()
	}
	prices := cloned(from)
	for u := range prices.Min {
		prices.Min[u] = min(prices.Min[u], p.rules.penaltyMinTeams)
	}
	for g := range prices.Quota {
		prices.Quota[g] = min(prices.Quota[g], p.rules.penaltyShare)
	}
	if p.rules.headcount == 0 {
		prices.Limit = 0
	}
	return prices
}

func cloned(prices solver.Prices) solver.Prices {
	return solver.Prices{Site: slices.Clone(prices.Site), Item: slices.Clone(prices.Item), Max: slices.Clone(prices.Max),
		Min: slices.Clone(prices.Min), Quota: slices.Clone(prices.Quota), Limit: prices.Limit}
}
