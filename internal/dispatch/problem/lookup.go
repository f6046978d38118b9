package problem

import "jieli/internal/domain"

// VillageAt is the position of the village; false where the problem has none of that code.
func (p *Problem) VillageAt(code domain.Code) (int, bool) { return found(p.village, code) }

// UnitAt is the position of the unit; false where the problem has none of that id.
func (p *Problem) UnitAt(id string) (int, bool) { return found(p.unit, id) }

// CadreAt is the position of the candidate; false where the problem has none of that id.
func (p *Problem) CadreAt(id string) (int, bool) { return found(p.cadre, id) }

// LeadUnit is the position of the unit in whose teams the candidate serves: the own one, or the one that it joins.
func (p *Problem) LeadUnit(cadre int) int { return p.cadres[cadre].unit }

func found[K comparable](positions map[K]int, name K) (int, bool) {
	at, known := positions[name]
	return at, known
}
