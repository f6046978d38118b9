package problem

import "jieli/internal/dispatch/spread"

// Fairness measures how the teams spread strong units. It is empty for a problem without villages.
func (p *Problem) Fairness(teams []Team) spread.Fairness {
	villages := make([]spread.Village, len(p.villages))
	for v := range villages {
		villages[v] = spread.Village{Code: p.Villages[v].Code, Difficulty: p.villages[v].difficulty}
	}
	for _, t := range teams {
		for _, v := range t.Villages {
			villages[v].Served, villages[v].Strength = true, p.units[t.Unit].strength
		}
	}
	return spread.Of(villages)
}
