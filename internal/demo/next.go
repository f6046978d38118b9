package demo

import (
	"slices"
	"strings"

	"jieli/internal/domain"
)

// next is the round 2023–2025 while it is drawn: much the same villages, the same units, other people.
type next struct {
	*inForce
	category []domain.Category // of each place, empty where it is not served
}

// follows are the chances, in hundredths, of what a village becomes in the next round: key, consolidated, weak,
// demonstration, not served.
var follows = map[domain.Category][]int{
	domain.CategoryKey:           {76, 20, 0, 3, 1},
	domain.CategoryConsolidated:  {1, 86, 2, 5, 6},
	domain.CategoryWeak:          {3, 40, 27, 10, 20},
	domain.CategoryDemonstration: {0, 2, 1, 87, 10},
	"":                           {0, 2, 5, 0, 93},
}

var following = []domain.Category{
	domain.CategoryKey, domain.CategoryConsolidated, domain.CategoryWeak, domain.CategoryDemonstration, "",
}

// nextRound draws the round to be planned. Its headcount is that of the round in force; nothing is made to fit.
func nextRound(f *inForce, policy domain.PolicyVersion) domain.RoundInput {
	n := next{f, make([]domain.Category, len(f.land.places))}
	in := domain.RoundInput{
		Round: domain.Round{
			ID: RoundNext, Name: "2023—2025年驻村帮扶", FromYear: 2023, ToYear: 2025, Status: domain.RoundPlanning,
			Headcount: reportPeople, Specialities: Specialities(), Policy: policy.ID,
		},
		Policy: policy,
	}
	in.Villages = n.villages(stream(f.seed, "villages/2023"))
	d := stream(f.seed, "nominees/2023")
	for i := range f.units {
		u := n.unit(i, d)
		in.Units = append(in.Units, u)
		in.Candidates = append(in.Candidates, n.nominate(i, int(u.MaxTeams), d)...)
	}
	slices.SortFunc(in.Candidates, func(a, b domain.Candidate) int { return strings.Compare(a.ID, b.ID) })
	return in
}

// villages draws what becomes of each village, and some new groups of demonstration villages.
func (n *next) villages(d dice) []domain.RoundVillage {
	prior := make([]string, len(n.land.places))
	for _, t := range n.teams {
		for _, v := range t.places {
			n.category[v], prior[v] = t.category, n.units[t.unit].ID
		}
	}
	for i, before := range n.category {
		weights := follows[before]
		if before == "" && !n.land.counties[n.land.places[i].county].FormerlyPoor {
			weights = []int{0, 1, 4, 0, 95}
		}
		n.category[i] = following[d.weighted(weights...)]
	}
	for county := range n.land.counties {
		n.moreDemonstrations(county, d)
	}
	served := map[int]servedBy{}
	for i, c := range n.category {
		if c != "" {
			served[i] = servedBy{category: c, prior: prior[i], drift: 8}
		}
	}
	return roundVillages(n.land, served, d)
}

// moreDemonstrations lets some demonstration villages take an idle neighbour along.
func (n *next) moreDemonstrations(county int, d dice) {
	from, to := n.land.in(county)
	for i := from; i < to; i++ {
		if n.category[i] != domain.CategoryDemonstration || !d.chance(0.1) {
			continue
		}
		for _, j := range n.land.places[i].near {
			if n.category[j] == "" {
				n.category[j] = domain.CategoryDemonstration
				break
			}
		}
	}
}

// unit is the unit's part in the next round: provincial units may be sent anywhere in the province until a county is
// named for them, and each unit that led teams is asked for about as many.
func (n *next) unit(i int, d dice) domain.RoundUnit {
	u := n.units[i]
	r := u.inRound()
	if u.lead != none {
		r.LeadUnit = n.units[u.lead].ID
		return r
	}
	led := int64(max(1, len(u.teams)))
	r.MinTeams, r.MaxTeams = 1, led
	switch {
	case u.Level == domain.UnitCity:
		r.MinTeams = int64(d.between(0, 1))
		if d.chance(0.1) {
			r.MaxTeams++
		}
	case d.chance(0.15):
		r.MaxTeams++
	}
	return r
}
