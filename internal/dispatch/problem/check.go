package problem

import (
	"slices"

	"jieli/internal/domain"
)

// Check tells every rule of dispatch contract §2, and every pin, that the teams break, up to MaxFaults. Each team has a
// village and a leader.
func (p *Problem) Check(teams []Team) []Fault {
	c := &checker{p: p, served: map[int]string{}, used: map[int]string{}, led: make([]int64, len(p.units))}
	members := int64(0)
	for _, t := range teams {
		c.team(t)
		members += int64(len(t.Members))
	}
	for u, n := range c.led {
		if n > p.units[u].max {
			c.add("problem.rule7", domain.Params{"unit": p.Units[u].ID, "count": n, "max": p.units[u].max})
		}
	}
	if most := p.rules.headcount; most > 0 && members > most {
		c.add("problem.rule9", domain.Params{"count": members, "max": most})
	}
	return c.list
}

// checker gathers the rules that a plan breaks, team by team.
type checker struct {
	faults
	p            *Problem
	served, used map[int]string // team that serves the village, that the candidate is in
	led          []int64
}

func (c *checker) add(key string, params domain.Params) {
	c.faults.add(Fault{Key: key, Params: params})
}

func (c *checker) team(t Team) {
	c.cluster(t)
	c.lead(t)
	c.seats(t)
	c.pinned(t)
	c.led[t.Unit]++
}

func (c *checker) codes(t Team) string {
	codes := make([]domain.Code, 0, len(t.Villages))
	for _, v := range t.Villages {
		codes = append(codes, c.p.Villages[v].Code)
	}
	return joined(codes)
}

// cluster holds the team's villages against rule 1.
func (c *checker) cluster(t Team) {
	if !c.p.IsCluster(t.Villages) {
		c.add("problem.rule1_cluster", domain.Params{"team": t.ID, "villages": c.codes(t), "max": c.p.rules.clusterMax})
	}
	for _, v := range t.Villages {
		if other, twice := c.served[v]; twice {
			c.add("problem.rule1_twice", domain.Params{"team": t.ID, "village": string(c.p.Villages[v].Code), "other": other})
		}
		c.served[v] = t.ID
	}
}

// lead holds the lead unit against rules 2 and 3 and the pins of units.
func (c *checker) lead(t Team) {
	unit := &c.p.Units[t.Unit]
	if unit.LeadUnit != "" {
		c.add("problem.rule2_joined", domain.Params{"team": t.ID, "unit": unit.ID, "lead": unit.LeadUnit})
	}
	for _, v := range t.Villages {
		village := &c.p.Villages[v]
		params := domain.Params{"team": t.ID, "unit": unit.ID, "village": string(village.Code), "region": unit.Region.Prefix(),
			"level": string(unit.Level), "category": string(village.Category), "strength": unit.Strength}
		if !c.p.inRegion(t.Unit, v) {
			c.add("problem.rule2_region", params)
		}
		if !c.p.levelFits(t.Unit, v) {
			c.add("problem.rule3", params)
		}
		if !c.p.pinsLetLead(t.Unit, v) {
			c.add("problem.pin_unit_broken", params)
		}
	}
}

// seats holds the members against rules 4, 5 and 6 and the pins of candidates.
func (c *checker) seats(t Team) {
	least, most := c.p.sizes(t.Villages[0])
	if n := len(t.Members); n < least || n > most {
		c.add("problem.rule5", domain.Params{"team": t.ID, "count": n, "min": least, "max": most})
	}
	for _, m := range t.Members {
		c.seat(t, m)
	}
	leader := &c.p.Cadres[t.Members[0]]
	if leader.Unit != c.p.Units[t.Unit].ID || !c.p.cadres[t.Members[0]].leads {
		c.add("problem.rule6", domain.Params{"team": t.ID, "cadre": leader.ID, "unit": c.p.Units[t.Unit].ID,
			"own": leader.Unit, "grade": leader.Grade, "mid": leader.MidLevel})
	}
}

func (c *checker) seat(t Team, m int) {
	who := &c.p.Cadres[m]
	params := func() domain.Params {
		return domain.Params{"team": t.ID, "cadre": who.ID, "unit": c.p.Units[t.Unit].ID, "own": who.Unit}
	}
	if c.p.cadres[m].unit != t.Unit {
		c.add("problem.rule4_unit", params())
	}
	if !c.p.cadres[m].eligible {
		told := params()
		told["fit"], told["age"], told["terms"] = who.Fit, c.p.age(who), who.Terms
		c.add("problem.rule4_eligible", told)
	}
	if slices.ContainsFunc(t.Villages, func(v int) bool { return c.p.isHome(m, v) }) {
		c.add("problem.rule4_home", params())
	}
	if !c.p.pinsLetServe(m, t.Villages) {
		c.add("problem.pin_cadre_broken", params())
	}
	if other, twice := c.used[m]; twice {
		told := params()
		told["other"] = other
		c.add("problem.rule4_twice", told)
	}
	c.used[m] = t.ID
}

// pinned tells candidates that are pinned to a village of the team and are not in it.
func (c *checker) pinned(t Team) {
	for _, m := range c.p.forced(t.Villages) {
		if !slices.Contains(t.Members, m) {
			c.add("problem.pin_cadre_missing", domain.Params{"team": t.ID, "cadre": c.p.Cadres[m].ID})
		}
	}
}

// CheckClaims tells where a plan folder says something else than what its teams and prices come to, which is Found.
func (p *Problem) CheckClaims(folder *PlanFolder, found Plan) []Fault {
	f := &faults{}
	if found.Bound < found.Score {
		f.add(Fault{File: certificateFile, Key: "problem.bound_below_score", Params: domain.Params{"bound": found.Bound, "score": found.Score}})
	}
	if p.hasTight(&found) {
		checkTight(f, folder.Summary, found)
	}
	unserved := p.unservedVillages(folder.Teams)
	if folder.Unserved != nil {
		p.checkUnserved(f, folder.Unserved, unserved)
	}
	if s := folder.Summary; s != nil {
		claim(f, "score", s.Score, found.Score)
		claim(f, "bound", s.Bound, found.Bound)
		claim(f, "teams", int64(s.Teams), int64(len(folder.Teams)))
		claim(f, "members", int64(s.Members), int64(folder.Members()))
		claim(f, "unserved", int64(s.Unserved), int64(len(unserved)))
	}
	return f.list
}

// claim tells a number of summary.json that is another than what was found.
func claim(f *faults, name string, said, found int64) {
	if said != found {
		f.add(summaryDiffers(name, said, found))
	}
}

func summaryDiffers(name string, said, found any) Fault {
	return Fault{File: summaryFile, Key: "problem.summary_differs", Params: domain.Params{"name": name, "said": said, "found": found}}
}

func (p *Problem) checkUnserved(f *faults, said []domain.Code, found []int) {
	told, missing := map[domain.Code]bool{}, map[domain.Code]bool{}
	for _, code := range said {
		told[code] = true
	}
	for _, v := range found {
		code := p.Villages[v].Code
		missing[code] = true
		if !told[code] {
			f.add(Fault{File: unservedFile, Key: "problem.unserved_untold", Params: domain.Params{"village": string(code)}})
		}
	}
	for _, code := range said {
		if !missing[code] {
			f.add(Fault{File: unservedFile, Key: "problem.unserved_served", Params: domain.Params{"village": string(code)}})
		}
	}
}
