package problem

import (
	"fmt"
	"math"
	"slices"
	"time"

	"jieli/internal/domain"
	"jieli/internal/solver"
)

// Repair mends a plan after a withdrawal, at once and without a search: teams go on, people are replaced from their own
// unit, and villages that lost their team get another where one can be made. It gives the problem that is left and the
// plan for it, with a true bound; Solve may go on from there. The plan given is one of p, with Prices and Bound.
//
// The bounds come from the difference between the problems. They can be a little above what the prices give, never below;
// a TightBound comes only from one.
func (p *Problem) Repair(plan Plan, w Withdrawal) (*Problem, Plan, error) {
	began := time.Now()
	next := p.Without(w)
	former := p.Former(plan.Teams)
	r := &repairer{p: next, teams: next.mended(former)}
	served := map[domain.Code]bool{}
	for _, t := range former {
		for _, code := range t.Villages {
			served[code] = true
		}
	}
	for _, v := range next.unservedVillages(r.teams) {
		if served[next.Villages[v].Code] {
			r.serve(v)
		}
	}
	r.refill(former)
	teams := next.inOrder(r.teams)
	out := Plan{Teams: teams, Score: next.Score(teams).Total(), Status: solver.StatusStopped}
	p.carryBounds(next, plan, &out)
	kept := next.Kept(former, teams)
	kept.Objective = out.Score + kept.Bonus
	kept.Bound = out.Bound + next.rules.keep*int64(len(plan.Teams)+plan.Members()) // nothing more can be paid for
	out.Kept, out.Seconds = &kept, time.Since(began).Seconds()
	if faults := next.Check(teams); len(faults) > 0 {
		return nil, Plan{}, fmt.Errorf("repair: the plan breaks a rule: %s %v", faults[0].Key, faults[0].Params)
	}
	return next, out, nil
}

// carryBounds gives the mended plan for next the prices of the plan, and the bounds from the difference of the problems.
func (p *Problem) carryBounds(next *Problem, plan Plan, out *Plan) {
	villages, cadres := p.freed(next)
	out.Prices = next.carried(p, plan.Prices)
	out.Bound = p.boundWithout(next, p.fitting(plan.Prices), plan.Bound) + next.lift(&out.Prices, villages, cadres)
	out.Bound = max(out.Score, out.Bound)
	if !p.hasTight(&plan) || plan.TightBound == 0 {
		return
	}
	out.Tight = next.carriedTight(p, plan.Tight)
	out.TightBound = p.tightWithout(next, plan.Tight, plan.TightBound) + next.liftTight(&out.Tight, villages, cadres)
	out.TightBound = max(out.Score, out.TightBound)
}

// repairer mends a plan team by team.
type repairer struct {
	p     *Problem
	teams []Team
	left  *leftOver // of teams; nil where it has to be counted anew
}

func (r *repairer) leftOver() *leftOver {
	if r.left == nil {
		r.left = r.p.leftOver(r.teams)
	}
	return r.left
}

// serve makes a team for the village where one can be made that gains: of people who are free, or who leave teams that
// can spare them. Of the units that can, the one with the greatest gain leads, shares aside; the plan has to score more with it.
func (r *repairer) serve(v int) {
	var best []Team
	most := int64(math.MinInt64)
	for _, u := range r.p.unitsFor([]int{v}) {
		if r.leftOver().led[u] >= r.p.units[u].max {
			continue
		}
		if teams, gain := r.with(u, v); teams != nil && gain > most {
			best, most = teams, gain
		}
	}
	if best != nil && r.p.Score(best).Total() > r.p.Score(r.teams).Total() {
		r.teams, r.left = best, nil
	}
}

// with is the plan with one more team, of the unit at the village, and about what that gains; nil where there is none.
func (r *repairer) with(u, v int) ([]Team, int64) {
	l := r.leftOver()
	least, _ := r.p.sizes(v)
	if t, _ := l.bestTeam(u, v); t != nil && r.room(int64(least)) {
		return append(slices.Clone(r.teams), *t), l.gain(*t)
	}
	lent := r.lendable(u)
	for c := range lent {
		l.used[c] = false
	}
	t, _ := l.bestTeam(u, v)
	for c := range lent {
		l.used[c] = true
	}
	if t == nil {
		return nil, 0
	}
	teams, gain, fresh := slices.Clone(r.teams), l.gain(*t), int64(0)
	for _, c := range t.Members {
		at, borrowed := lent[c]
		if !borrowed {
			fresh++
			continue
		}
		first := teams[at].Villages[0]
		gain -= r.p.member(c, first)
		teams[at].Members = without(teams[at].Members, c)
		if size, _ := r.p.sizes(first); len(teams[at].Members) < size {
			return nil, 0
		}
	}
	if !r.room(fresh) {
		return nil, 0
	}
	return append(teams, *t), gain
}

// room says whether so many more members fit the headcount.
func (r *repairer) room(more int64) bool {
	return r.p.rules.headcount == 0 || r.leftOver().members+more <= r.p.rules.headcount
}

// lendable are the members whom the unit's teams can spare, with the team of each.
func (r *repairer) lendable(u int) map[int]int {
	lent := map[int]int{}
	for at, t := range r.teams {
		if least, _ := r.p.sizes(t.Villages[0]); t.Unit != u || len(t.Members) <= least {
			continue
		}
		held := r.p.forced(t.Villages)
		for _, c := range t.Members[1:] {
			if !slices.Contains(held, c) {
				lent[c] = at
			}
		}
	}
	return lent
}

// refill gives teams that lost people others who are free, where that gains.
func (r *repairer) refill(former []FormerTeam) {
	sizes := map[domain.Code]int{}
	for _, t := range former {
		sizes[t.Villages[0]] = len(t.Members)
	}
	for i := range r.teams {
		t := &r.teams[i]
		_, most := r.p.sizes(t.Villages[0])
		for len(t.Members) < min(most, sizes[r.p.Villages[t.Villages[0]].Code]) && r.room(1) && r.join(t) {
			r.left = nil
		}
	}
}

// join adds the free candidate who gains the most; false where nobody gains.
func (r *repairer) join(t *Team) bool {
	l, first := r.leftOver(), t.Villages[0]
	who, gain := none, int64(0)
	for _, c := range r.p.units[t.Unit].pool {
		if l.used[c] || !r.p.mayServe(c, t.Villages) {
			continue
		}
		short := slices.Clone(l.short)
		r.p.countShares(short, t.Unit, c)
		more := r.p.member(c, first)
		for g := range short {
			more -= r.p.rules.penaltyShare * (max(0, short[g]) - max(0, l.short[g]))
		}
		if more > gain {
			who, gain = c, more
		}
	}
	if who == none {
		return false
	}
	t.Members = append(t.Members, who)
	return true
}
