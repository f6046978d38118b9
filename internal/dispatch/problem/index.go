package problem

import (
	"slices"
	"strconv"

	"jieli/internal/domain"
)

// none stands for no position.
const none = -1

// index is a problem in plain numbers: names are positions, codes are numbers, policy keys are fields.
type index struct {
	rules    rules
	villages []village
	units    []unit
	cadres   []cadre
	shares   []share
	village  map[domain.Code]int
	unit     map[string]int
	cadre    map[string]int
}

type village struct {
	code       int64 // the 12 digits as a number
	category   int
	x, y       int64
	difficulty int64
	need       []int64
	needSum    int64
	prior      int // the unit that served it last, or none
	near       []int
	pinUnit    int   // the unit that must lead here, or none
	pinCadres  []int // must serve here, ascending
	notUnits   []int // must not lead here
}

type unit struct {
	level    int
	from, to int64 // codes that it may serve: from ≤ code < to
	strength int64
	x, y     int64
	skill    []int64
	lead     int // the unit that it joins, or none
	min, max int64
	pool     []int // eligible cadres of its own and of the units that join it, ascending
}

type cadre struct {
	unit     int // the lead unit, in whose teams the cadre serves
	eligible bool
	leads    bool
	young    bool
	grade    int64
	rural    int64
	skill    []int64
	native   int64 // the 9 digits of the home township as a number, or none
	pins     []int // villages that the cadre is pinned to
	not      []int // villages that the cadre is barred from
	has      []bool
}

type share struct {
	level   int
	percent int64
}

// build fills the index from the exported fields. It copes with fields that have not passed every check, so that pins
// can be judged by rules even then; a problem with faults is never handed out.
func (p *Problem) build() {
	p.index = index{rules: p.Policy.rules()}
	p.village = positions(len(p.Villages), func(i int) domain.Code { return p.Villages[i].Code })
	p.unit = positions(len(p.Units), func(i int) string { return p.Units[i].ID })
	p.cadre = positions(len(p.Cadres), func(i int) string { return p.Cadres[i].ID })
	p.buildVillages()
	p.buildUnits()
	p.buildShares()
	p.buildCadres()
	p.buildPins()
}

func positions[K comparable](n int, name func(int) K) map[K]int {
	m := make(map[K]int, n)
	for i := range n {
		m[name(i)] = i
	}
	return m
}

func (p *Problem) buildVillages() {
	p.villages = make([]village, len(p.Villages))
	for i, from := range p.Villages {
		v := village{
			code: number(string(from.Code)), category: slices.Index(categories[:], from.Category),
			x: from.X, y: from.Y, difficulty: int64(from.Difficulty), need: wide(from.Needs),
			prior: p.unitAt(from.PriorUnit), pinUnit: none,
		}
		for _, n := range v.need {
			v.needSum += n
		}
		for _, code := range from.Neighbours {
			if at, known := p.village[code]; known {
				v.near = append(v.near, at)
			}
		}
		slices.Sort(v.near)
		p.villages[i] = v
	}
}

func (p *Problem) buildUnits() {
	p.units = make([]unit, len(p.Units))
	for i, from := range p.Units {
		scope := from.Region.Scope()
		p.units[i] = unit{
			level: slices.Index(levels[:], from.Level), from: number(string(scope.From)), to: number(string(scope.To)),
			strength: int64(from.Strength), x: from.X, y: from.Y, skill: wide(from.Skills),
			lead: p.unitAt(from.LeadUnit), min: from.MinTeams, max: from.MaxTeams,
		}
	}
}

func (p *Problem) buildShares() {
	for _, from := range p.Shares {
		p.shares = append(p.shares, share{level: slices.Index(levels[:], from.Level), percent: from.Percent})
	}
}

func (p *Problem) buildCadres() {
	p.cadres = make([]cadre, len(p.Cadres))
	for i := range p.Cadres {
		from := &p.Cadres[i]
		own, lead := p.leadOf(from.Unit)
		c := cadre{
			unit: lead, eligible: p.eligible(from), young: from.YoungPool, grade: int64(from.Grade), rural: int64(from.RuralYears),
			skill: wide(from.Skills), native: none, has: make([]bool, len(p.Shares)),
		}
		c.leads = lead != none && lead == own && p.leaderGrade(from, p.units[own].level)
		if from.Native != "" {
			c.native = number(string(from.Native.At(domain.LevelTownship))) / 1000
		}
		for g, s := range p.Shares {
			c.has[g] = p.hasAttribute(from, s)
		}
		p.cadres[i] = c
		if c.eligible && lead != none {
			p.units[lead].pool = append(p.units[lead].pool, i)
		}
	}
}

// leadOf is the unit of that id and the unit in whose teams its cadres serve: the one that it joins, or itself.
func (p *Problem) leadOf(id string) (own, lead int) {
	own = p.unitAt(id)
	if own == none || p.units[own].lead == none {
		return own, own
	}
	return own, p.units[own].lead
}

func (p *Problem) buildPins() {
	for _, pin := range p.Pins {
		v, known := p.village[pin.Village]
		u, isUnit := p.unit[pin.Subject]
		c, isCadre := p.cadre[pin.Subject]
		switch {
		case !known:
		case pin.Kind == pinUnit && isUnit:
			p.villages[v].pinUnit = u
		case pin.Kind == pinNotUnit && isUnit:
			p.villages[v].notUnits = append(p.villages[v].notUnits, u)
		case pin.Kind == pinCadre && isCadre:
			p.villages[v].pinCadres = append(p.villages[v].pinCadres, c)
			p.cadres[c].pins = append(p.cadres[c].pins, v)
		case pin.Kind == pinNotCadre && isCadre:
			p.cadres[c].not = append(p.cadres[c].not, v)
		}
	}
	for i := range p.villages {
		slices.Sort(p.villages[i].pinCadres)
	}
}

func (p *Problem) unitAt(id string) int {
	if u, known := p.unit[id]; known {
		return u
	}
	return none
}

// number reads a code of 12 digits. The end of the last scope is no number and becomes 10^12, after every code.
func number(code string) int64 {
	if n, err := strconv.ParseInt(code, 10, 64); err == nil {
		return n
	}
	return 1_000_000_000_000
}

func wide(skills domain.Skills) []int64 {
	out := make([]int64, len(skills))
	for i, n := range skills {
		out[i] = int64(n)
	}
	return out
}
