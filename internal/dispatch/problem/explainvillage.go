package problem

import "jieli/internal/domain"

// VillageAnswer says who serves a village, or why nobody does.
type VillageAnswer struct {
	Village    domain.Code     `json:"village"`
	Name       string          `json:"name"`
	Category   domain.Category `json:"category"`
	Difficulty int             `json:"difficulty"`
	Price      int64           `json:"price"` // what the village adds to the bound; below 0 it takes so much from others
	Team       *TeamAnswer     `json:"team,omitempty"`
	Unserved   *UnservedAnswer `json:"unserved,omitempty"`
}

// UnservedAnswer says what binds first where a village has no team, with the numbers of its county.
type UnservedAnswer struct {
	Reason  Reason        `json:"reason"`
	Penalty int64         `json:"penalty"` // what leaving it costs
	County  CountyNumbers `json:"county"`
}

// CountyNumbers are what a county needs and what it has. Units, teams, leaders and members are those of the units that
// may lead at the village that was asked for; such units may serve other counties too.
type CountyNumbers struct {
	Code         domain.Code `json:"code"`
	Villages     int         `json:"villages"`
	Unserved     int         `json:"unserved"`
	Units        int         `json:"units"`
	MaxTeams     int64       `json:"max_teams"` // teams that they may lead
	Leads        int64       `json:"leads"`     // teams that they lead
	Leaders      int         `json:"leaders"`   // who may lead there
	LeadersFree  int         `json:"leaders_free"`
	LeadersReady int         `json:"leaders_ready"` // free ones whose unit may lead another team
	LeadersShort int         `json:"leaders_short"` // unserved villages of the county beyond these
	Members      int         `json:"members"`       // who may serve there, leaders too
	MembersFree  int         `json:"members_free"`
}

// Village explains the village. Errors: problem.unknown_village (KindInvalid).
func (e *Explainer) Village(code domain.Code) (VillageAnswer, error) {
	v, known := e.p.village[code]
	if !known {
		return VillageAnswer{}, unknownVillage(code)
	}
	from := &e.p.Villages[v]
	answer := VillageAnswer{Village: code, Name: from.Name, Category: from.Category, Difficulty: from.Difficulty, Price: e.prices.Site[v]}
	if at := e.at[v]; at != none {
		team := e.Team(at)
		answer.Team = &team
		return answer, nil
	}
	for _, u := range e.p.Unserved(e.plan.Teams) {
		if u.Village == code {
			answer.Unserved = &UnservedAnswer{Reason: ReasonOf(u), Penalty: e.p.penalty(v), County: e.county(v)}
		}
	}
	return answer, nil
}

// ReasonOf is why a village is left unserved, with its numbers.
func ReasonOf(u domain.Unserved) Reason {
	params := domain.Params{}
	for name, n := range u.Params {
		params[name] = n
	}
	return Reason{u.Reason, params}
}

// county counts what the village's county needs and has.
func (e *Explainer) county(v int) CountyNumbers {
	p := e.p
	n := CountyNumbers{Code: p.Villages[v].Code.At(domain.LevelCounty)}
	for other := range p.villages {
		if p.villages[other].code/1_000_000 == p.villages[v].code/1_000_000 {
			n.Villages++
			if e.at[other] == none {
				n.Unserved++
			}
		}
	}
	led := e.led()
	for _, u := range p.unitsFor([]int{v}) {
		n.Units++
		n.MaxTeams += p.units[u].max
		n.Leads += led[u]
		for _, c := range p.units[u].pool {
			e.person(&n, c, v, led[u] < p.units[u].max)
		}
	}
	n.LeadersShort = max(0, n.Unserved-n.LeadersReady)
	return n
}

// person counts the candidate in; room says whether the unit may lead another team.
func (e *Explainer) person(n *CountyNumbers, c, v int, room bool) {
	if !e.p.mayServe(c, []int{v}) {
		return
	}
	free, leads := e.seat[c] == none, e.p.cadres[c].leads
	count := func(is bool, to *int) {
		if is {
			*to++
		}
	}
	count(true, &n.Members)
	count(free, &n.MembersFree)
	count(leads, &n.Leaders)
	count(leads && free, &n.LeadersFree)
	count(leads && free && room, &n.LeadersReady)
}
