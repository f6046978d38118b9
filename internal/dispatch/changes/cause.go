package changes

import (
	"slices"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/policy"
)

// better is the cause of a change that nothing forced.
func better() problem.Reason { return problem.Reason{Key: "change.better"} }

// gone is the cause where the village is no longer in the problem; false where it is.
func (c *comparer) gone(code domain.Code) (problem.Reason, bool) {
	_, known := c.p.VillageAt(code)
	return problem.Reason{Key: "change.village_gone", Params: domain.Params{"village": string(code)}}, !known
}

// unitForced is what forced the unit to give the village up; false where nothing did. old is the team that it led there.
func (c *comparer) unitForced(code domain.Code, old *problem.FormerTeam) (problem.Reason, bool) {
	p := c.p
	params := domain.Params{"unit": old.Unit, "village": string(code)}
	v, _ := p.VillageAt(code)
	u, known := p.UnitAt(old.Unit)
	if !known {
		return problem.Reason{Key: "change.unit_gone", Params: params}, true
	}
	if bars := p.UnitBars(u, v); len(bars) > 0 {
		return bars[0], true
	}
	if before := int64(len(c.old.led[old.Unit])); before > p.Units[u].MaxTeams {
		params["before"], params["max"] = before, p.Units[u].MaxTeams
		return problem.Reason{Key: "change.unit_max", Params: params}, true
	}
	for _, id := range old.Members {
		if cause, forced := c.cadreForced(code, id); forced {
			return problem.Reason{Key: "change.lost_cadre", Params: domain.Params{"unit": old.Unit, "cadre": id, "cause": cause}}, true
		}
	}
	if len(old.Members) == 0 {
		return problem.Reason{}, false
	}
	leader, _ := p.CadreAt(old.Members[0]) // known, or it would be forced out
	return p.LeaderBar(leader, u)
}

// unitMoved is where the unit leads now and did not before; false where there is no such village.
func (c *comparer) unitMoved(unit string) (problem.Reason, bool) {
	for _, t := range c.now.led[unit] {
		if !c.old.leads(unit, t.Villages[0]) {
			return problem.Reason{Key: "change.unit_moved", Params: domain.Params{"unit": unit, "village": string(t.Villages[0])}}, true
		}
	}
	return problem.Reason{}, false
}

// unitCame is where the unit led before and does no longer; false where there is no such village.
func (c *comparer) unitCame(unit string) (problem.Reason, bool) {
	for _, t := range c.old.led[unit] {
		if !c.now.leads(unit, t.Villages[0]) {
			return problem.Reason{Key: "change.unit_came", Params: domain.Params{"unit": unit, "village": string(t.Villages[0])}}, true
		}
	}
	return problem.Reason{}, false
}

func (c *comparer) whyServed(code domain.Code, now *problem.FormerTeam) problem.Reason {
	if slices.Contains(c.p.Pins, domain.Pin{Kind: "unit", Subject: now.Unit, Village: code}) {
		return problem.Reason{Key: "change.unit_pinned", Params: domain.Params{"unit": now.Unit, "village": string(code)}}
	}
	if cause, came := c.unitCame(now.Unit); came {
		return cause
	}
	if len(c.old.led[now.Unit]) == 0 {
		return problem.Reason{Key: "change.unit_new", Params: domain.Params{"unit": now.Unit}}
	}
	return better()
}

func (c *comparer) whyUnserved(code domain.Code, old *problem.FormerTeam) problem.Reason {
	if cause, gone := c.gone(code); gone {
		return cause
	}
	if cause, forced := c.unitForced(code, old); forced {
		return cause
	}
	if c.unserved == nil {
		c.unserved = map[domain.Code]problem.Reason{}
		for _, u := range c.p.Unserved(c.teams) {
			c.unserved[u.Village] = problem.ReasonOf(u)
		}
	}
	return c.unserved[code]
}

func (c *comparer) whyOtherUnit(code domain.Code, old, now *problem.FormerTeam) problem.Reason {
	if cause, forced := c.unitForced(code, old); forced {
		return cause
	}
	if cause, moved := c.unitMoved(old.Unit); moved {
		return cause
	}
	if cause, came := c.unitCame(now.Unit); came {
		return cause
	}
	return better()
}

// whyCluster looks for a village of the former team that is gone, a rule that parts them, another unit, or the villages
// that came or left.
func (c *comparer) whyCluster(old, now *problem.FormerTeam) problem.Reason {
	for _, code := range old.Villages {
		if cause, gone := c.gone(code); gone {
			return cause
		}
	}
	villages, _ := c.p.KnownVillages(*old)
	if !c.p.IsCluster(villages) {
		return problem.Reason{Key: "change.no_cluster", Params: domain.Params{"villages": joined(old.Villages), "max": c.p.Policy["cluster_max"]}}
	}
	for _, code := range old.Villages {
		if cause, forced := c.unitForced(code, old); forced {
			return cause
		}
	}
	if old.Unit != now.Unit {
		return problem.Reason{Key: "change.unit_changed", Params: domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	return better()
}

// cadreForced is what forced the candidate out of the village's team; false where nothing did.
func (c *comparer) cadreForced(code domain.Code, id string) (problem.Reason, bool) {
	p := c.p
	at, known := p.CadreAt(id)
	if !known {
		return problem.Reason{Key: "change.cadre_gone", Params: domain.Params{"cadre": id}}, true
	}
	if v, there := p.VillageAt(code); there {
		if bars := p.CadreBars(at, v); len(bars) > 0 {
			return bars[0], true
		}
	}
	old := c.old.of[id]
	if old == nil {
		return problem.Reason{}, false
	}
	if unit, there := p.UnitAt(old.Unit); there && p.LeadUnit(at) != unit {
		return problem.Reason{Key: "bar.cadre_unit", Params: domain.Params{"cadre": id, "own": p.Cadres[at].Unit, "unit": old.Unit}}, true
	}
	return problem.Reason{}, false
}

func (c *comparer) whyLeft(code domain.Code, id string, old, now *problem.FormerTeam) problem.Reason {
	if cause, gone := c.gone(code); gone {
		return cause
	}
	if cause, forced := c.cadreForced(code, id); forced {
		return cause
	}
	switch {
	case now == nil && c.now.at[code] == nil:
		return problem.Reason{Key: "change.team_gone", Params: domain.Params{"village": string(code)}}
	case now == nil:
		return problem.Reason{Key: "change.team_joined", Params: domain.Params{"village": string(code), "villages": joined(c.now.at[code].Villages)}}
	case now.Unit != old.Unit:
		return problem.Reason{Key: "change.unit_changed", Params: domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	if _, most := c.sizes(code); int64(len(old.Members)) > most {
		return problem.Reason{Key: "change.size", Params: domain.Params{"count": len(old.Members), "max": most}}
	}
	if to := c.now.of[id]; to != nil {
		return problem.Reason{Key: "change.cadre_moved", Params: domain.Params{"cadre": id, "village": string(to.Villages[0])}}
	}
	if most := c.p.Policy["headcount"]; most > 0 && int64(c.old.total) > most {
		return problem.Reason{Key: "change.headcount", Params: domain.Params{"count": c.old.total, "max": most}}
	}
	return better()
}

func (c *comparer) whyCame(code domain.Code, id string, old, now *problem.FormerTeam) problem.Reason {
	if slices.Contains(c.p.Pins, domain.Pin{Kind: "cadre", Subject: id, Village: code}) {
		return problem.Reason{Key: "change.cadre_pinned", Params: domain.Params{"cadre": id, "village": string(code)}}
	}
	switch {
	case old == nil && c.old.at[code] == nil:
		return problem.Reason{Key: "change.team_new", Params: domain.Params{"village": string(code), "unit": now.Unit}}
	case old == nil:
		return problem.Reason{Key: "change.team_parted", Params: domain.Params{"village": string(code), "villages": joined(now.Villages)}}
	case now.Unit != old.Unit:
		return problem.Reason{Key: "change.unit_changed", Params: domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	for _, other := range old.Members {
		if !slices.Contains(now.Members, other) {
			return problem.Reason{Key: "change.takes_seat", Params: domain.Params{"cadre": id, "other": other}}
		}
	}
	if from := c.old.of[id]; from != nil {
		return problem.Reason{Key: "change.cadre_came", Params: domain.Params{"cadre": id, "village": string(from.Villages[0])}}
	}
	if least, _ := c.sizes(code); int64(len(old.Members)) < least {
		return problem.Reason{Key: "change.size_least", Params: domain.Params{"count": len(old.Members), "min": least}}
	}
	if most := c.p.Policy["headcount"]; most > 0 && int64(c.old.total) >= most {
		if other := c.whoStopped(); other != "" {
			return problem.Reason{Key: "change.head_freed", Params: domain.Params{"other": other}}
		}
	}
	return better()
}

// whoStopped is the first candidate who served and serves nowhere now, or empty.
func (c *comparer) whoStopped() string {
	first := ""
	for id := range c.old.of {
		if c.now.of[id] == nil && (first == "" || id < first) {
			first = id
		}
	}
	return first
}

// whyLeader is why someone else leads than the former leader.
func (c *comparer) whyLeader(former string, members []string, now *problem.FormerTeam) problem.Reason {
	if !slices.Contains(members, former) {
		return problem.Reason{Key: "change.leader_left", Params: domain.Params{"cadre": former}}
	}
	cadre, _ := c.p.CadreAt(former) // both stand in the new plan
	unit, _ := c.p.UnitAt(now.Unit)
	if bar, barred := c.p.LeaderBar(cadre, unit); barred {
		return bar
	}
	return better()
}

// sizes are the least and the greatest size of a team whose first village this is (dispatch contract §2, rule 5).
func (c *comparer) sizes(code domain.Code) (least, most int64) {
	v, _ := c.p.VillageAt(code)
	category := c.p.Villages[v].Category
	return c.p.Policy[policy.SizeMinKey(category)], c.p.Policy[policy.SizeMaxKey(category)]
}
