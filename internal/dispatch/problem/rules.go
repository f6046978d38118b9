package problem

import (
	"slices"

	"jieli/internal/domain"
)

// The kinds of pins (dispatch contract §1, pins.csv).
const (
	pinUnit     = "unit"
	pinCadre    = "cadre"
	pinNotUnit  = "not_unit"
	pinNotCadre = "not_cadre"
)

// IsCluster says whether one team may serve the villages, the first one standing first (rule 1).
func (p *Problem) IsCluster(villages []int) bool {
	if len(villages) == 1 {
		return true
	}
	if len(villages) == 0 || len(villages) > p.rules.clusterMax {
		return false
	}
	first := &p.villages[villages[0]]
	if first.category != catDemonstration {
		return false
	}
	for i, v := range villages[1:] {
		if !p.mayJoin(villages[0], v) || slices.Contains(villages[1:1+i], v) {
			return false
		}
	}
	return true
}

// mayJoin says whether village v may be a further village of a cluster that begins with a demonstration village (rule 1).
func (p *Problem) mayJoin(first, v int) bool {
	a, b := &p.villages[first], &p.villages[v]
	return b.category == catDemonstration && a.code/1_000_000 == b.code/1_000_000 && slices.Contains(a.near, v)
}

// inRegion says whether the village lies in the area that the unit may serve (rule 2).
func (p *Problem) inRegion(u, v int) bool {
	code := p.villages[v].code
	return p.units[u].from <= code && code < p.units[u].to
}

// levelFits says whether a unit of that level and strength may take a village of that category (rule 3).
func (p *Problem) levelFits(u, v int) bool {
	switch p.villages[v].category {
	case catKey:
		return p.units[u].level != levelCounty || p.units[u].strength >= p.rules.strongMin
	case catWeak:
		return true
	}
	return p.units[u].level != levelProvince
}

// pinsLetLead says whether the pins let the unit lead the village's team.
func (p *Problem) pinsLetLead(u, v int) bool {
	at := &p.villages[v]
	return (at.pinUnit == none || at.pinUnit == u) && !slices.Contains(at.notUnits, u)
}

// mayLead says whether the unit may lead a team that serves the village (rules 2 and 3, and the pins).
func (p *Problem) mayLead(u, v int) bool {
	return p.units[u].lead == none && p.inRegion(u, v) && p.levelFits(u, v) && p.pinsLetLead(u, v)
}

// eligible says whether a candidate may be sent at all (rule 4): fit, not too old, not for too many terms in a row.
func (p *Problem) eligible(c *domain.Candidate) bool {
	return c.Fit && p.age(c) <= p.rules.maxAge && int64(c.Terms) < p.rules.maxTerms
}

func (p *Problem) age(c *domain.Candidate) int64 { return p.rules.year - int64(c.BirthYear) }

// isHome says whether the village lies in the candidate's home township and that bars them (rule 4).
func (p *Problem) isHome(c, v int) bool {
	return p.rules.avoidNative && p.cadres[c].native == p.villages[v].code/1000
}

// pinsLetServe says whether the pins let the candidate serve the villages: none of them is barred, and every village
// that the candidate is pinned to is among them.
func (p *Problem) pinsLetServe(c int, villages []int) bool {
	for _, v := range p.cadres[c].not {
		if slices.Contains(villages, v) {
			return false
		}
	}
	for _, v := range p.cadres[c].pins {
		if !slices.Contains(villages, v) {
			return false
		}
	}
	return true
}

// mayServe says whether the candidate may be in a team that serves the villages (rule 4, and the pins).
func (p *Problem) mayServe(c int, villages []int) bool {
	if !p.cadres[c].eligible || !p.pinsLetServe(c, villages) {
		return false
	}
	for _, v := range villages {
		if p.isHome(c, v) {
			return false
		}
	}
	return true
}

// sizes are the least and the greatest size of a team whose first village this is (rule 5).
func (p *Problem) sizes(first int) (least, most int) {
	c := p.villages[first].category
	return p.rules.sizeMin[c], p.rules.sizeMax[c]
}

// leaderGrade says whether a candidate of a lead unit of that level has the rank of a leader (rule 6).
func (p *Problem) leaderGrade(c *domain.Candidate, level int) bool {
	if level == levelProvince {
		return int64(c.Grade) >= p.rules.leaderGrade
	}
	return c.MidLevel
}

// The bars of the share attributes (dispatch contract §1, shares.csv).
const (
	youngBelow    = 40
	divisionGrade = 6
	ruralYears    = 2
	ruralSkill    = 60
)

// hasAttribute says whether the candidate counts towards the share (rule 8).
func (p *Problem) hasAttribute(c *domain.Candidate, s domain.Share) bool {
	switch s.Attribute {
	case shareUnder40:
		return p.age(c) < youngBelow
	case shareDivision:
		return c.Grade >= divisionGrade
	}
	skill := slices.Index(p.Specialities, s.Skill)
	return c.RuralYears >= ruralYears || skill >= 0 && c.Skills[skill] >= ruralSkill
}

// The attributes of shares.csv.
const (
	shareUnder40  = "under40"
	shareDivision = "division"
	shareRural    = "rural"
)
