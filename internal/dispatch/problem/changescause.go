package problem

import (
	"slices"

	"jieli/internal/domain"
)

// better is the cause of a change that nothing forced.
func better() Reason { return Reason{Key: "change.better"} }

// gone is the cause where the village is no longer in the problem; false where it is.
func (c *comparer) gone(code domain.Code) (Reason, bool) {
	_, known := c.p.village[code]
	return Reason{"change.village_gone", domain.Params{"village": string(code)}}, !known
}

// unitForced is what forced the unit to give the village up; false where nothing did. old is the team that it led there.
func (c *comparer) unitForced(code domain.Code, old *FormerTeam) (Reason, bool) {
	p := c.p
	params := domain.Params{"unit": old.Unit, "village": string(code)}
	u, v := p.unitAt(old.Unit), p.village[code]
	if u == none {
		return Reason{"change.unit_gone", params}, true
	}
	if bars := p.unitBars(u, v); len(bars) > 0 {
		return bars[0], true
	}
	if before := int64(len(c.old.led[old.Unit])); before > p.units[u].max {
		params["before"], params["max"] = before, p.units[u].max
		return Reason{"change.unit_max", params}, true
	}
	for _, id := range old.Members {
		if cause, forced := c.cadreForced(code, id); forced {
			return Reason{"change.lost_cadre", domain.Params{"unit": old.Unit, "cadre": id, "cause": cause}}, true
		}
	}
	return p.leaderBar(p.cadre[old.Members[0]], u)
}

// unitMoved is where the unit leads now and did not before; false where there is no such village.
func (c *comparer) unitMoved(unit string) (Reason, bool) {
	for _, t := range c.now.led[unit] {
		if !c.old.leads(unit, t.Villages[0]) {
			return Reason{"change.unit_moved", domain.Params{"unit": unit, "village": string(t.Villages[0])}}, true
		}
	}
	return Reason{}, false
}

// unitCame is where the unit led before and does no longer; false where there is no such village.
func (c *comparer) unitCame(unit string) (Reason, bool) {
	for _, t := range c.old.led[unit] {
		if !c.now.leads(unit, t.Villages[0]) {
			return Reason{"change.unit_came", domain.Params{"unit": unit, "village": string(t.Villages[0])}}, true
		}
	}
	return Reason{}, false
}

func (c *comparer) whyServed(code domain.Code, now *FormerTeam) Reason {
	v := c.p.village[code]
	if at := c.p.villages[v].pinUnit; at != none && c.p.Units[at].ID == now.Unit {
		return Reason{"change.unit_pinned", domain.Params{"unit": now.Unit, "village": string(code)}}
	}
	if cause, came := c.unitCame(now.Unit); came {
		return cause
	}
	if len(c.old.led[now.Unit]) == 0 {
		return Reason{"change.unit_new", domain.Params{"unit": now.Unit}}
	}
	return better()
}

func (c *comparer) whyUnserved(code domain.Code, old *FormerTeam) Reason {
	if cause, gone := c.gone(code); gone {
		return cause
	}
	if cause, forced := c.unitForced(code, old); forced {
		return cause
	}
	if c.unserved == nil {
		c.unserved = map[domain.Code]Reason{}
		for _, u := range c.p.Unserved(c.teams) {
			c.unserved[u.Village] = numbered(u)
		}
	}
	return c.unserved[code]
}

func (c *comparer) whyOtherUnit(code domain.Code, old, now *FormerTeam) Reason {
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
func (c *comparer) whyCluster(old, now *FormerTeam) Reason {
	for _, code := range old.Villages {
		if cause, gone := c.gone(code); gone {
			return cause
		}
	}
	villages, _ := c.p.knownVillages(*old)
	if !c.p.isCluster(villages) {
		return Reason{"change.no_cluster", domain.Params{"villages": joined(old.Villages), "max": c.p.rules.clusterMax}}
	}
	for _, code := range old.Villages {
		if cause, forced := c.unitForced(code, old); forced {
			return cause
		}
	}
	if old.Unit != now.Unit {
		return Reason{"change.unit_changed", domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	return better()
}

// cadreForced is what forced the candidate out of the village's team; false where nothing did.
func (c *comparer) cadreForced(code domain.Code, id string) (Reason, bool) {
	p := c.p
	at, known := p.cadre[id]
	if !known {
		return Reason{"change.cadre_gone", domain.Params{"cadre": id}}, true
	}
	if v, there := p.village[code]; there {
		if bars := p.cadreBars(at, v); len(bars) > 0 {
			return bars[0], true
		}
	}
	old := c.old.of[id]
	if lead := p.cadres[at].unit; old != nil && p.unitAt(old.Unit) != none && lead != p.unitAt(old.Unit) {
		return Reason{"bar.cadre_unit", domain.Params{"cadre": id, "own": p.Cadres[at].Unit, "unit": old.Unit}}, true
	}
	return Reason{}, false
}

func (c *comparer) whyLeft(code domain.Code, id string, old, now *FormerTeam) Reason {
	if cause, gone := c.gone(code); gone {
		return cause
	}
	if cause, forced := c.cadreForced(code, id); forced {
		return cause
	}
	switch {
	case now == nil && c.now.at[code] == nil:
		return Reason{"change.team_gone", domain.Params{"village": string(code)}}
	case now == nil:
		return Reason{"change.team_joined", domain.Params{"village": string(code), "villages": joined(c.now.at[code].Villages)}}
	case now.Unit != old.Unit:
		return Reason{"change.unit_changed", domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	if _, most := c.p.sizes(c.p.village[code]); len(old.Members) > most {
		return Reason{"change.size", domain.Params{"count": len(old.Members), "max": most}}
	}
	if to := c.now.of[id]; to != nil {
		return Reason{"change.cadre_moved", domain.Params{"cadre": id, "village": string(to.Villages[0])}}
	}
	if most := c.p.rules.headcount; most > 0 && int64(c.old.total) > most {
		return Reason{"change.headcount", domain.Params{"count": c.old.total, "max": most}}
	}
	return better()
}

func (c *comparer) whyCame(code domain.Code, id string, old, now *FormerTeam) Reason {
	at := c.p.cadre[id]
	if slices.Contains(c.p.cadres[at].pins, c.p.village[code]) {
		return Reason{"change.cadre_pinned", domain.Params{"cadre": id, "village": string(code)}}
	}
	switch {
	case old == nil && c.old.at[code] == nil:
		return Reason{"change.team_new", domain.Params{"village": string(code), "unit": now.Unit}}
	case old == nil:
		return Reason{"change.team_parted", domain.Params{"village": string(code), "villages": joined(now.Villages)}}
	case now.Unit != old.Unit:
		return Reason{"change.unit_changed", domain.Params{"unit": now.Unit, "before": old.Unit}}
	}
	for _, other := range old.Members {
		if !slices.Contains(now.Members, other) {
			return Reason{"change.takes_seat", domain.Params{"cadre": id, "other": other}}
		}
	}
	if from := c.old.of[id]; from != nil {
		return Reason{"change.cadre_came", domain.Params{"cadre": id, "village": string(from.Villages[0])}}
	}
	if least, _ := c.p.sizes(c.p.village[code]); len(old.Members) < least {
		return Reason{"change.size_least", domain.Params{"count": len(old.Members), "min": least}}
	}
	if most := c.p.rules.headcount; most > 0 && int64(c.old.total) >= most {
		if other := c.whoStopped(); other != "" {
			return Reason{"change.head_freed", domain.Params{"other": other}}
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
func (c *comparer) whyLeader(former string, members []string, now *FormerTeam) Reason {
	if !slices.Contains(members, former) {
		return Reason{"change.leader_left", domain.Params{"cadre": former}}
	}
	if bar, barred := c.p.leaderBar(c.p.cadre[former], c.p.unitAt(now.Unit)); barred {
		return bar
	}
	return better()
}
