package problem

import (
	"math"
	"slices"

	"jieli/internal/domain"
)

// checkNeighbours tells neighbours that are no villages of the file, that are named twice, and one-sided adjacency.
func (d *decoder) checkNeighbours() {
	type edge struct{ from, to domain.Code }
	edges := map[edge]bool{}
	for _, v := range d.p.Villages {
		for _, code := range v.Neighbours {
			e := edge{v.Code, code}
			params := domain.Params{"value": clip(string(code))}
			switch {
			case !code.Valid():
				params["digits"] = "12"
				d.late(d.villages, string(v.Code), "neighbours", "problem.not_a_code", params)
			case code == v.Code:
				d.late(d.villages, string(v.Code), "neighbours", "problem.own_neighbour", params)
			case unknown(d.villages, string(code)):
				d.late(d.villages, string(v.Code), "neighbours", "problem.unknown_village", params)
			case edges[e]:
				d.late(d.villages, string(v.Code), "neighbours", "problem.neighbour_twice", params)
			}
			edges[e] = true
		}
	}
	for _, v := range d.p.Villages {
		for _, code := range v.Neighbours {
			if code != v.Code && d.sound(d.villages, string(code)) && !edges[edge{code, v.Code}] {
				d.late(d.villages, string(v.Code), "neighbours", "problem.one_sided", domain.Params{"value": string(code)})
			}
		}
	}
}

// late tells a fault of a row that was read before.
func (d *decoder) late(s *sheet, id, column, key string, params domain.Params) {
	d.faults.add(s.fault(s.lines[id], column, key, params))
}

// checkUnits tells names of units that are unknown, and lead units that join another unit themselves.
func (d *decoder) checkUnits() {
	joins := map[string]string{}
	for _, u := range d.p.Units {
		joins[u.ID] = u.LeadUnit
	}
	for _, u := range d.p.Units {
		params := domain.Params{"value": clip(u.LeadUnit)}
		switch {
		case u.LeadUnit == "":
		case u.LeadUnit == u.ID:
			d.late(d.units, u.ID, "lead_unit", "problem.joins_itself", params)
		case unknown(d.units, u.LeadUnit):
			d.late(d.units, u.ID, "lead_unit", "problem.unknown_unit", params)
		case joins[u.LeadUnit] != "":
			params["lead"] = clip(joins[u.LeadUnit])
			d.late(d.units, u.ID, "lead_unit", "problem.lead_joins", params)
		}
	}
	for _, v := range d.p.Villages {
		if v.PriorUnit != "" && unknown(d.units, v.PriorUnit) {
			d.late(d.villages, string(v.Code), "prior_unit", "problem.unknown_unit", domain.Params{"value": clip(v.PriorUnit)})
		}
	}
}

// checkPins tells pins that no rule allows and pins that contradict each other (dispatch contract §6).
func (d *decoder) checkPins() {
	lines := map[domain.Pin]int{}
	byVillage := map[domain.Code][]domain.Pin{}
	for i, pin := range d.p.Pins {
		lines[pin] = d.pinLines[i]
		if key, params := d.pinFault(pin, lines, byVillage[pin.Village]); key != "" {
			d.faults.add(d.pins.fault(d.pinLines[i], "subject", key, params))
		}
		byVillage[pin.Village] = append(byVillage[pin.Village], pin)
	}
}

// pinFault is what is wrong with the pin, given those in the lines before it, or empty.
func (d *decoder) pinFault(pin domain.Pin, lines map[domain.Pin]int, before []domain.Pin) (string, domain.Params) {
	opposite := domain.Pin{Kind: opposites[pin.Kind], Subject: pin.Subject, Village: pin.Village}
	if line, ok := lines[opposite]; ok {
		return "problem.pin_opposite", domain.Params{"line": line}
	}
	for _, other := range before {
		if pin.Kind == pinUnit && other.Kind == pinUnit {
			return "problem.pin_two_units", domain.Params{"village": string(pin.Village), "line": lines[other], "unit": other.Subject}
		}
	}
	v := d.p.village[pin.Village]
	switch {
	case !d.sound(d.villages, string(pin.Village)):
	case pin.Kind == pinUnit && d.sound(d.units, pin.Subject):
		return d.p.unitPinFault(d.p.unit[pin.Subject], v)
	case pin.Kind == pinCadre && d.sound(d.cadres, pin.Subject):
		return d.cadrePinFault(d.p.cadre[pin.Subject], v)
	}
	return "", nil
}

var opposites = map[string]string{pinUnit: pinNotUnit, pinNotUnit: pinUnit, pinCadre: pinNotCadre, pinNotCadre: pinCadre}

// unitPinFault is the rule that keeps the unit from leading the village's team whatever the other pins say, or empty.
func (p *Problem) unitPinFault(u, v int) (string, domain.Params) {
	unit := &p.Units[u]
	params := domain.Params{"unit": unit.ID, "village": string(p.Villages[v].Code), "region": unit.Region.Prefix(),
		"level": string(unit.Level), "category": string(p.Villages[v].Category), "strength": unit.Strength,
		"strong": p.rules.strongMin, "lead": unit.LeadUnit}
	switch {
	case p.units[u].lead != none:
		return "problem.pin_joined", params
	case !p.inRegion(u, v):
		return "problem.pin_region", params
	case !p.levelFits(u, v):
		return "problem.pin_level", params
	case p.units[u].max == 0:
		return "problem.pin_no_teams", params
	}
	return "", nil
}

// cadrePinFault is what keeps the candidate out of every team of the village, or empty.
func (d *decoder) cadrePinFault(c, v int) (string, domain.Params) {
	p := d.p
	lead := p.cadres[c].unit
	params := domain.Params{"cadre": p.Cadres[c].ID, "village": string(p.Villages[v].Code)}
	if lead == none || !d.sound(d.units, p.Cadres[c].Unit) || !d.sound(d.units, p.Units[lead].ID) {
		return "", nil
	}
	params["unit"] = p.Units[lead].ID
	_, most := p.sizes(v)
	switch {
	case !p.cadres[c].eligible:
		params["age"], params["terms"], params["fit"] = p.age(&p.Cadres[c]), p.Cadres[c].Terms, p.Cadres[c].Fit
		return "problem.pin_ineligible", params
	case p.isHome(c, v):
		return "problem.pin_home", params
	case !p.mayLead(lead, v):
		return "problem.pin_unit_elsewhere", params
	case slices.ContainsFunc(p.villages[v].pinCadres, func(o int) bool { return p.cadres[o].unit != lead }):
		return "problem.pin_two_pools", params
	case len(p.villages[v].pinCadres) > most:
		params["count"], params["max"] = len(p.villages[v].pinCadres), most
		return "problem.pin_too_many", params
	case !p.shareCluster(p.cadres[c].pins):
		return "problem.pin_apart", params
	}
	return "", nil
}

// shareCluster says whether some cluster holds all the villages.
func (p *Problem) shareCluster(villages []int) bool {
	if len(villages) < 2 {
		return true
	}
	firsts := append(slices.Clone(villages), p.villages[villages[0]].near...)
	for _, first := range firsts {
		cluster := []int{first}
		for _, v := range villages {
			if v != first {
				cluster = append(cluster, v)
			}
		}
		if p.IsCluster(cluster) {
			return true
		}
	}
	return false
}

// maxMagnitude keeps a plan's score, and the sums of a bound, inside 64 bits with room to spare.
const maxMagnitude = float64(1 << 60)

// maxClusters is how many clusters a problem may have; it takes a map that is no map to have more.
const maxClusters = 3_000_000

// checkMagnitude tells a problem whose sums might not fit 64 bits, or that has too many clusters to be worked on.
func (d *decoder) checkMagnitude() {
	p := d.p
	clusters := p.clusterCount()
	if clusters > maxClusters {
		d.faults.add(Fault{File: villagesFile, Key: "problem.too_many_clusters", Params: domain.Params{"max": maxClusters}})
	}
	if seat := p.rules.seatMost(); seat > math.MaxInt32 {
		d.faults.add(Fault{File: policyFile, Key: "problem.seat_too_large", Params: domain.Params{"points": seat, "max": math.MaxInt32}})
	}
	if sum := p.magnitude(clusters); sum > maxMagnitude {
		d.faults.add(Fault{File: policyFile, Key: "problem.too_large", Params: domain.Params{"sum": sum, "max": maxMagnitude}})
	}
}

// seatMost is the most that a member can add to a team. The solver keeps it in 32 bits.
func (r *rules) seatMost() int64 { return 10_000*r.cadreMatch + seasoned*r.cadreRural + r.cadreYoung }

// magnitude is a number that no sum over teams, penalties or the best teams of all clusters exceeds.
func (p *Problem) magnitude(clusters float64) float64 {
	sum := clusters * p.teamMost()
	for v := range p.villages {
		sum += float64(p.penalty(v))
	}
	for u := range p.units {
		sum += float64(p.units[u].min) * float64(p.rules.penaltyMinTeams)
	}
	return sum + 100*float64(p.rules.penaltyShare)*float64(len(p.shares))*float64(len(p.cadres))
}

// teamMost is a number of points that no team brings in, whatever prices of shares and short units it is spared.
func (p *Problem) teamMost() float64 {
	r := &p.rules
	pairing := 10_000*float64(r.unitMatch) + float64(r.unitPrior) + 100*float64(r.unitStrength) + farthest*float64(r.unitDistance)
	seat := float64(p.rules.seatMost()) + 100*float64(r.penaltyShare)*float64(len(p.shares))
	size := float64(slices.Max(r.sizeMax[:]))
	return pairing*(1+float64(r.clusterMax)*float64(r.clusterPercent)/100) + size*seat + highestGrade*float64(r.leaderBonus) + float64(r.penaltyMinTeams)
}

// highestGrade is the top of the rank order.
const highestGrade = 12
