package problem

import (
	"math"

	"jieli/internal/domain"
)

// match is the fit of skills to needs, 0..10000 (dispatch contract §3).
func match(v *village, skill []int64) int64 {
	var sum int64
	for k, need := range v.need {
		sum += need * skill[k]
	}
	return 100 * sum / v.needSum
}

func (p *Problem) unitMatch(u, v int) int64  { return match(&p.villages[v], p.units[u].skill) }
func (p *Problem) cadreMatch(c, v int) int64 { return match(&p.villages[v], p.cadres[c].skill) }

// farthest is the distance, in km, from which on it counts no more.
const farthest = 500

// kilometres is the whole number of kilometres between unit and village, farthest at most. Squares up to that distance are
// far below 2^53, where the float root, cut to metres, is exact.
func kilometres(u *unit, v *village) int64 {
	dx, dy := u.x-v.x, u.y-v.y
	return min(int64(math.Sqrt(float64(dx*dx+dy*dy)))/1000, farthest)
}

// pairing is what the unit as lead of the village is worth, part by part: unit(u, v) of dispatch contract §3.
func (p *Problem) pairing(u, v int) domain.ScoreParts {
	at, by := &p.villages[v], &p.units[u]
	parts := domain.ScoreParts{
		UnitMatch:    p.rules.unitMatch * match(at, by.skill),
		UnitStrength: p.rules.unitStrength * by.strength * at.difficulty / 100,
		UnitDistance: -p.rules.unitDistance * kilometres(by, at),
	}
	if at.prior == u {
		parts.UnitPrior = p.rules.unitPrior
	}
	return parts
}

// further is what a further village of a cluster adds, given its unit(u, v) (dispatch contract §3).
func (p *Problem) further(pairing int64) int64 { return max(0, pairing) * p.rules.clusterPercent / 100 }

// member is what the candidate adds to a team whose first village this is: member(m, v) of dispatch contract §3.
func (p *Problem) member(c, first int) int64 {
	return p.rules.cadreMatch*p.cadreMatch(c, first) + p.ruralPoints(c) + p.youngPoints(c)
}

// seasoned is the number of years of grassroots work from which on more count no more.
const seasoned = 10

func (p *Problem) ruralPoints(c int) int64 {
	return p.rules.cadreRural * min(p.cadres[c].rural, seasoned)
}

func (p *Problem) youngPoints(c int) int64 {
	if p.cadres[c].young {
		return p.rules.cadreYoung
	}
	return 0
}

// leaderPoints is what the candidate adds besides where it leads.
func (p *Problem) leaderPoints(c int) int64 { return p.rules.leaderBonus * p.cadres[c].grade }

// Parts is the score of a team with at least one village and one member, part by part (dispatch contract §3).
func (p *Problem) Parts(t Team) domain.ScoreParts {
	first := t.Villages[0]
	parts := p.pairing(t.Unit, first)
	for _, v := range t.Villages[1:] {
		parts.Further += p.further(p.pairing(t.Unit, v).Total())
	}
	for _, c := range t.Members {
		parts.MemberMatch += p.rules.cadreMatch * p.cadreMatch(c, first)
		parts.MemberRural += p.ruralPoints(c)
		parts.MemberYoung += p.youngPoints(c)
	}
	parts.LeaderGrade = p.leaderPoints(t.Members[0])
	return parts
}

// Score is what a plan is worth: the sum of its teams less what could not be met. All amounts are ≥ 0 but Teams.
type Score struct {
	Teams    int64 // sum over the teams
	Unserved int64 // villages without a team (rule 10)
	MinTeams int64 // units that lead too few teams (rule 7)
	Shares   int64 // composition floors that are missed (rule 8)
}

// Total is the plan's score.
func (s Score) Total() int64 { return s.Teams - s.Unserved - s.MinTeams - s.Shares }

// Score adds up the plan by dispatch contract §3, whether or not it keeps the rules.
func (p *Problem) Score(teams []Team) Score {
	var s Score
	served := make([]bool, len(p.villages))
	led := make([]int64, len(p.units))
	short := make([]int64, len(p.shares))
	for _, t := range teams {
		s.Teams += p.Parts(t).Total()
		led[t.Unit]++
		for _, v := range t.Villages {
			served[v] = true
		}
		for _, c := range t.Members {
			p.countShares(short, t.Unit, c)
		}
	}
	for v := range served {
		if !served[v] {
			s.Unserved += p.penalty(v)
		}
	}
	for u, n := range led {
		s.MinTeams += p.rules.penaltyMinTeams * max(0, p.units[u].min-n)
	}
	for _, n := range short {
		s.Shares += p.rules.penaltyShare * max(0, n)
	}
	return s
}

// countShares adds a member of the unit's team to the running shortfalls (rule 8).
func (p *Problem) countShares(short []int64, u, c int) {
	for g, s := range p.shares {
		if s.level == p.units[u].level {
			short[g] += p.shareTerm(g, c)
		}
	}
}

// shareTerm is percent − 100·has(m), in hundredths of a head (rule 8).
func (p *Problem) shareTerm(g, c int) int64 {
	if p.cadres[c].has[g] {
		return p.shares[g].percent - 100
	}
	return p.shares[g].percent
}

func (p *Problem) penalty(v int) int64 { return p.rules.penalty[p.villages[v].category] }
