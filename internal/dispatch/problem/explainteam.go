package problem

import (
	"cmp"
	"slices"

	"jieli/internal/domain"
)

// TeamAnswer says why a team is as it is.
type TeamAnswer struct {
	Team     string        `json:"team"`
	Unit     string        `json:"unit"`
	Name     string        `json:"name"` // of the unit
	Villages []domain.Code `json:"villages"`
	Points   int64         `json:"points"`
	Parts    Parts         `json:"parts"`
	Pinned   bool          `json:"pinned"` // a pin sets the unit
	Rivals   []Rival       `json:"rivals"` // the other units that may lead there, the least loss first
	Others   int           `json:"others"` // further rivals that are not listed
	Seats    []Seat        `json:"seats"`  // the leader first
}

// Parts are domain.ScoreParts with names for JSON.
type Parts struct {
	UnitMatch    int64 `json:"unit_match"`
	UnitPrior    int64 `json:"unit_prior"`
	UnitStrength int64 `json:"unit_strength"`
	UnitDistance int64 `json:"unit_distance"`
	Further      int64 `json:"further"`
	MemberMatch  int64 `json:"member_match"`
	MemberRural  int64 `json:"member_rural"`
	MemberYoung  int64 `json:"member_young"`
	LeaderGrade  int64 `json:"leader_grade"`
}

// Rival is another unit for the same villages.
type Rival struct {
	Unit     string `json:"unit"`
	Name     string `json:"name"`
	Points   int64  `json:"points"` // what the pairing itself is worth
	Parts    Parts  `json:"parts"`
	Leads    int64  `json:"leads"` // teams that it leads in the plan
	MaxTeams int64  `json:"max_teams"`
	Loss     Loss   `json:"loss"`
}

// Seat says why somebody is in a team.
type Seat struct {
	Cadre       string      `json:"cadre"`
	Role        domain.Role `json:"role"`
	Points      int64       `json:"points"` // all that the member adds
	Match       int64       `json:"match"`
	Rural       int64       `json:"rural"`
	Young       int64       `json:"young"`
	LeaderGrade int64       `json:"leader_grade"`
	Price       int64       `json:"price"` // what the plan would at most lose without this candidate
	Pinned      bool        `json:"pinned"`
	Next        *NextBest   `json:"next,omitempty"` // nil where nobody else could have the seat
}

// NextBest is who would be next for a seat.
type NextBest struct {
	Cadre  string      `json:"cadre"`
	Points int64       `json:"points"`
	Team   string      `json:"team,omitempty"` // the team in which they serve, empty where in none
	Loss   int64       `json:"loss"`           // points less, by the prices, with them in the seat
	At     domain.Code `json:"at,omitempty"`   // that team's first village
}

// rivalsTold is how many rivals an answer lists.
const rivalsTold = 5

// Team explains the plan's i-th team.
func (e *Explainer) Team(i int) TeamAnswer {
	t := e.plan.Teams[i]
	facts := e.p.detail(t)
	answer := TeamAnswer{Team: t.ID, Unit: facts.Unit, Name: e.p.Units[t.Unit].Name, Points: facts.Parts.Total(),
		Parts: Parts(facts.Parts), Rivals: e.rivals(t)}
	for _, v := range t.Villages {
		answer.Villages = append(answer.Villages, e.p.Villages[v].Code)
		answer.Pinned = answer.Pinned || e.p.villages[v].pinUnit != none
	}
	if len(answer.Rivals) > rivalsTold {
		answer.Others = len(answer.Rivals) - rivalsTold
		answer.Rivals = answer.Rivals[:rivalsTold]
	}
	for _, c := range t.Members {
		answer.Seats = append(answer.Seats, e.seatOf(t, c))
	}
	return answer
}

// rivals are the other units that could lead a team of the same villages, each with its loss.
func (e *Explainer) rivals(t Team) []Rival {
	led := e.led()
	base := e.without(t.Villages)
	rivals := []Rival{}
	for _, u := range e.p.unitsFor(t.Villages) {
		value, able := e.team(t.Villages, u, none)
		if u == t.Unit || !able || e.p.units[u].max == 0 {
			continue
		}
		parts := e.p.pairing(u, t.Villages[0])
		for _, v := range t.Villages[1:] {
			parts.Further += e.p.further(e.p.pairing(u, v).Total())
		}
		rivals = append(rivals, Rival{Unit: e.p.Units[u].ID, Name: e.p.Units[u].Name, Points: parts.Total(), Parts: Parts(parts),
			Leads: led[u], MaxTeams: e.p.units[u].max, Loss: e.loss(base + value)})
	}
	slices.SortStableFunc(rivals, func(a, b Rival) int { return cmp.Compare(a.Loss.ByPrices, b.Loss.ByPrices) })
	return rivals
}

func (e *Explainer) led() []int64 {
	led := make([]int64, len(e.p.units))
	for _, t := range e.plan.Teams {
		led[t.Unit]++
	}
	return led
}

// seatOf explains the member of the team.
func (e *Explainer) seatOf(t Team, c int) Seat {
	p, first := e.p, t.Villages[0]
	s := Seat{Cadre: p.Cadres[c].ID, Role: domain.RoleMember, Match: p.rules.cadreMatch * p.cadreMatch(c, first),
		Rural: p.ruralPoints(c), Young: p.youngPoints(c), Price: e.prices.Item[c], Pinned: slices.Contains(p.forced(t.Villages), c)}
	leads := c == t.Members[0]
	if leads {
		s.Role, s.LeaderGrade = domain.RoleLeader, p.leaderPoints(c)
	}
	s.Points = s.Match + s.Rural + s.Young + s.LeaderGrade
	value := func(c int) int64 {
		if leads {
			return e.worth(c, t.Unit, first) + p.leaderPoints(c)
		}
		return e.worth(c, t.Unit, first)
	}
	next := none
	for _, other := range p.units[t.Unit].pool {
		able := !slices.Contains(t.Members, other) && p.mayServe(other, t.Villages) && (!leads || p.cadres[other].leads)
		if able && (next == none || value(other) > value(next)) {
			next = other
		}
	}
	if next == none {
		return s
	}
	s.Next = &NextBest{Cadre: p.Cadres[next].ID, Points: value(next) + e.cost(next, t.Unit), Loss: value(c) - value(next)}
	if at := e.seat[next]; at != none {
		s.Next.Team, s.Next.At = e.plan.Teams[at].ID, p.Villages[e.plan.Teams[at].Villages[0]].Code
	}
	return s
}

// Serves is the first village of the team in which the candidate serves, by position; false where in none.
func (e *Explainer) Serves(cadre int) (domain.Code, bool) {
	at := e.seat[cadre]
	if at == none {
		return "", false
	}
	return e.p.Villages[e.plan.Teams[at].Villages[0]].Code, true
}
