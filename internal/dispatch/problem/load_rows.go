package problem

import (
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// Bounds of the amounts in a problem's rows.
const (
	maxMetres = 1_000_000_000 // either way; the squares of two distances still fit 64 bits
	maxTeams  = 10_000
	maxYears  = 100
	oldest    = 1900
	youngest  = 2200
	maxShares = 100
)

const (
	needPrefix  = "need_"
	skillPrefix = "skill_"
)

func (d *decoder) readPolicy() {
	d.p.Policy = DefaultPolicy()
	s := readSheet(d.open, layout{file: policyFile, optional: true, id: "key", columns: []string{"key", "value"}}, d.faults, func(s *sheet) {
		name, ok := s.cell("key")
		key, known := policy.Lookup(name)
		if ok && !known {
			s.bad("key", "problem.unknown_key", domain.Params{"value": clip(name)})
		}
		if !known {
			return
		}
		if n := s.number("value", key.Min, key.Max); s.clean {
			d.p.Policy[name] = n
		}
	})
	for _, c := range categories {
		low, high := policy.SizeMinKey(c), policy.SizeMaxKey(c)
		if d.p.Policy[low] > d.p.Policy[high] {
			d.faults.add(s.fault(s.lines[low], "value", "problem.size_order", domain.Params{
				"low": low, "high": high, "min": d.p.Policy[low], "max": d.p.Policy[high]}))
		}
	}
}

func (d *decoder) readVillages() {
	l := layout{file: villagesFile, id: "code", columns: []string{"code", "name", "category", "x", "y", "difficulty", "prior_unit", "neighbours"}}
	d.villages = readSheet(d.open, l, d.faults, func(s *sheet) {
		if d.p.Specialities == nil {
			d.p.Specialities = s.prefixed(needPrefix)
		}
		d.p.Villages = append(d.p.Villages, d.villageRow(s))
		d.keep(s)
	})
	if d.p.Specialities == nil {
		d.p.Specialities = d.villages.prefixed(needPrefix)
	}
	if len(d.villages.heads) > 0 && len(d.p.Specialities) == 0 || slices.Contains(d.p.Specialities, "") {
		d.faults.add(Fault{File: villagesFile, Line: 1, Key: "problem.no_speciality"})
	}
}

func (d *decoder) villageRow(s *sheet) domain.RoundVillage {
	v := domain.RoundVillage{
		Code: s.digits("code", 12), Name: s.text("name"), Category: oneOf(s, "category", categories[:]),
		X: s.number("x", -maxMetres, maxMetres), Y: s.number("y", -maxMetres, maxMetres),
		Difficulty: int(s.number("difficulty", 0, 100)), PriorUnit: s.text("prior_unit"),
		Needs: s.skills(needPrefix, d.p.Specialities),
	}
	if len(v.Needs) > 0 && slices.Max(v.Needs) == 0 && s.clean {
		s.bad(needPrefix+d.p.Specialities[0], "problem.no_need", nil)
	}
	if list := s.text("neighbours"); list != "" {
		for _, code := range strings.Split(list, ";") {
			v.Neighbours = append(v.Neighbours, domain.Code(code))
		}
	}
	return v
}

// regionDigits are the lengths of region that a unit of the level may have.
var regionDigits = [len(levels)][]int{{2, 4, 6}, {4, 6}, {6}}

func (d *decoder) readUnits() {
	l := layout{file: unitsFile, id: "id", columns: append([]string{"id", "name", "level", "region", "strength", "lead_unit",
		"x", "y", "min_teams", "max_teams"}, d.skillColumns()...)}
	d.units = readSheet(d.open, l, d.faults, func(s *sheet) {
		d.p.Units = append(d.p.Units, d.unitRow(s))
		d.keep(s)
	})
}

func (d *decoder) skillColumns() []string {
	columns := make([]string, 0, len(d.p.Specialities))
	for _, name := range d.p.Specialities {
		columns = append(columns, skillPrefix+name)
	}
	return columns
}

func (d *decoder) unitRow(s *sheet) domain.RoundUnit {
	u := domain.RoundUnit{
		Unit:     domain.Unit{ID: s.text("id"), Name: s.text("name"), Level: oneOf(s, "level", levels[:])},
		LeadUnit: s.text("lead_unit"), Strength: int(s.number("strength", 0, 100)),
		X: s.number("x", -maxMetres, maxMetres), Y: s.number("y", -maxMetres, maxMetres),
		Skills:   s.skills(skillPrefix, d.p.Specialities),
		MinTeams: s.number("min_teams", 0, maxTeams), MaxTeams: s.number("max_teams", 0, maxTeams),
	}
	if level := slices.Index(levels[:], u.Level); level >= 0 {
		u.Region = s.digits("region", regionDigits[level]...)
	}
	if region := s.text("region"); u.Region != "" && u.Region.Prefix() != region {
		s.bad("region", "problem.region_of_zeros", domain.Params{"value": region})
	}
	if u.MinTeams > u.MaxTeams {
		s.bad("min_teams", "problem.teams_order", domain.Params{"min": u.MinTeams, "max": u.MaxTeams})
	}
	if u.LeadUnit != "" && u.MaxTeams > 0 {
		s.bad("max_teams", "problem.joined_leads", domain.Params{"lead": clip(u.LeadUnit)})
	}
	return u
}

func (d *decoder) readCadres() {
	l := layout{file: cadresFile, id: "id", columns: append([]string{"id", "unit", "birth_year", "grade", "mid_level", "fit",
		"young_pool", "rural_years", "terms", "native"}, d.skillColumns()...)}
	d.cadres = readSheet(d.open, l, d.faults, func(s *sheet) {
		d.p.Cadres = append(d.p.Cadres, d.cadreRow(s))
		d.keep(s)
	})
}

func (d *decoder) cadreRow(s *sheet) domain.Candidate {
	c := domain.Candidate{
		Cadre: domain.Cadre{ID: s.text("id"), Unit: s.text("unit"), BirthYear: int(s.number("birth_year", oldest, youngest))},
		Grade: int(s.number("grade", 1, highestGrade)), MidLevel: s.flag("mid_level"), Fit: s.flag("fit"), YoungPool: s.flag("young_pool"),
		RuralYears: int(s.number("rural_years", 0, maxYears)), Terms: int(s.number("terms", 0, maxYears)),
		Skills: s.skills(skillPrefix, d.p.Specialities),
	}
	if s.text("native") != "" {
		c.Native = s.digits("native", 9)
	}
	if _, ok := s.cell("unit"); ok && unknown(d.units, c.Unit) {
		s.bad("unit", "problem.unknown_unit", domain.Params{"value": clip(c.Unit)})
	}
	return c
}

func (d *decoder) readShares() {
	l := layout{file: sharesFile, optional: true, columns: []string{"level", "attribute", "percent", "skill"}}
	readSheet(d.open, l, d.faults, func(s *sheet) {
		row := domain.Share{
			Level: oneOf(s, "level", levels[:]), Attribute: oneOf(s, "attribute", []string{shareUnder40, shareDivision, shareRural}),
			Percent: s.number("percent", 0, 100), Skill: s.text("skill"),
		}
		if row.Skill != "" && len(d.p.Specialities) > 0 && !slices.Contains(d.p.Specialities, row.Skill) {
			s.bad("skill", "problem.unknown_skill", domain.Params{"value": clip(row.Skill)})
		}
		if len(d.p.Shares) == maxShares {
			s.bad("level", "problem.too_many_rows", domain.Params{"max": maxShares})
			return
		}
		d.p.Shares = append(d.p.Shares, row)
	})
}

func (d *decoder) readPins() {
	kinds := []string{pinUnit, pinCadre, pinNotUnit, pinNotCadre}
	l := layout{file: pinsFile, optional: true, columns: []string{"kind", "subject", "village"}}
	seen := map[domain.Pin]int{}
	d.pins = readSheet(d.open, l, d.faults, func(s *sheet) {
		pin := domain.Pin{Kind: oneOf(s, "kind", kinds), Subject: s.text("subject"), Village: s.digits("village", 12)}
		of, key := d.units, "problem.unknown_unit"
		if pin.Kind == pinCadre || pin.Kind == pinNotCadre {
			of, key = d.cadres, "problem.unknown_cadre"
		}
		if pin.Kind == "" {
			return
		}
		if s.clean && unknown(of, pin.Subject) {
			s.bad("subject", key, domain.Params{"value": clip(pin.Subject)})
		}
		if pin.Village != "" && unknown(d.villages, string(pin.Village)) {
			s.bad("village", "problem.unknown_village", domain.Params{"value": string(pin.Village)})
		}
		if first, twice := seen[pin]; twice && s.clean {
			s.bad("subject", "problem.duplicate", domain.Params{"value": clip(pin.Subject), "first": first})
		}
		if s.clean {
			seen[pin] = s.line
			d.p.Pins = append(d.p.Pins, pin)
			d.pinLines = append(d.pinLines, s.line)
		}
	})
}
