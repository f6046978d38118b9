package problem

import (
	"cmp"
	"slices"

	"jieli/internal/dispatch/spread"
	"jieli/internal/domain"
)

// PlanAnswer says what a plan is made of and what its limits cost. Prices are points at the margin: what one more would
// add to the bound, and so at most nearly to the best plan.
type PlanAnswer struct {
	Score     int64                  `json:"score"`
	Bound     int64                  `json:"bound"`
	Gap       float64                `json:"gap"`
	Parts     Parts                  `json:"parts"` // sums over the teams
	Penalties []Penalty              `json:"penalties"`
	Headcount *HeadcountPrice        `json:"headcount,omitempty"` // nil without a limit
	Shares    []SharePrice           `json:"shares"`
	Levels    []LevelPrice           `json:"levels"`
	Villages  []Dear                 `json:"villages"` // those that cost the most, the dearest first
	Units     []Dear                 `json:"units"`    // those of which one more team would be worth the most
	Cadres    []Dear                 `json:"cadres"`   // those who are hardest to replace
	Fairness  spread.FairnessSummary `json:"fairness"`
}

// Penalty is what could not be met and what that costs.
type Penalty struct {
	Key    string `json:"key"`   // policy key
	Count  int64  `json:"count"` // villages, teams, or hundredths of a head
	Points int64  `json:"points"`
}

// HeadcountPrice is what the limit of rule 9 costs.
type HeadcountPrice struct {
	Limit int64 `json:"limit"`
	Used  int64 `json:"used"`
	Price int64 `json:"price"` // of one more head
}

// SharePrice is what a row of shares.csv costs.
type SharePrice struct {
	Row       int              `json:"row"` // from 1
	Level     domain.UnitLevel `json:"level"`
	Attribute string           `json:"attribute"`
	Percent   int64            `json:"percent"`
	Skill     string           `json:"skill,omitempty"`
	Members   int64            `json:"members"`   // of teams that units of the level lead
	Have      int64            `json:"have"`      // of them with the attribute
	Shortfall int64            `json:"shortfall"` // hundredths of a head
	Paid      int64            `json:"paid"`      // penalty for the shortfall
	Head      int64            `json:"head"`      // price of one more member with the attribute instead of one without
	Point     int64            `json:"point"`     // price of one percent of the floor
}

// LevelPrice is what it costs that units of a level may, or have to, lead a number of teams.
type LevelPrice struct {
	Level   domain.UnitLevel `json:"level"`
	Units   int              `json:"units"`   // lead units
	Full    int              `json:"full"`    // of them those that lead all their teams
	Scarce  int              `json:"scarce"`  // of them those of which one more team is worth something
	Mean    int64            `json:"mean"`    // mean price of one more team over the scarce ones
	Dearest string           `json:"dearest"` // the unit with the highest price, empty where none has one
	Highest int64            `json:"highest"`
	Forced  int              `json:"forced"` // units whose least number of teams costs something
	MinCost int64            `json:"min_cost"`
}

// Dear is something with its price.
type Dear struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Price int64  `json:"price"`
}

// dearTold is how many of the dearest are listed.
const dearTold = 5

// Plan explains the plan as a whole.
func (e *Explainer) Plan() PlanAnswer {
	p := e.p
	a := PlanAnswer{Score: e.plan.Score, Bound: e.plan.Bound, Gap: e.plan.Gap(), Penalties: e.penalties(), Shares: e.shares(),
		Levels: e.levels(), Fairness: p.Fairness(e.plan.Teams).Summary()}
	for _, t := range e.plan.Teams {
		a.Parts.add(p.Parts(t))
	}
	if limit := p.rules.headcount; limit > 0 {
		a.Headcount = &HeadcountPrice{Limit: limit, Used: int64(e.plan.Members()), Price: e.prices.Limit}
	}
	costs := make([]int64, len(p.villages))
	for v, price := range e.prices.Site {
		costs[v] = -price
	}
	a.Villages = dearest(costs, func(v int) Dear { return Dear{ID: string(p.Villages[v].Code), Name: p.Villages[v].Name} })
	scarce := slices.Clone(e.prices.Max)
	for u := range scarce {
		if p.units[u].max == 0 { // their prices only keep them out
			scarce[u] = 0
		}
	}
	a.Units = dearest(scarce, func(u int) Dear { return Dear{ID: p.Units[u].ID, Name: p.Units[u].Name} })
	a.Cadres = dearest(e.prices.Item, func(c int) Dear { return Dear{ID: p.Cadres[c].ID} })
	return a
}

func (parts *Parts) add(more domain.ScoreParts) {
	parts.UnitMatch += more.UnitMatch
	parts.UnitPrior += more.UnitPrior
	parts.UnitStrength += more.UnitStrength
	parts.UnitDistance += more.UnitDistance
	parts.Further += more.Further
	parts.MemberMatch += more.MemberMatch
	parts.MemberRural += more.MemberRural
	parts.MemberYoung += more.MemberYoung
	parts.LeaderGrade += more.LeaderGrade
}

// dearest lists those with the highest prices above 0, the first of equals first.
func dearest(prices []int64, name func(i int) Dear) []Dear {
	order := make([]int, 0, len(prices))
	for i, price := range prices {
		if price > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(prices[b], prices[a]) })
	order = order[:min(len(order), dearTold)]
	out := make([]Dear, 0, len(order))
	for _, i := range order {
		one := name(i)
		one.Price = prices[i]
		out = append(out, one)
	}
	return out
}

// penalties lists what could not be met, in the order of the policy's keys.
func (e *Explainer) penalties() []Penalty {
	p := e.p
	out := []Penalty{}
	add := func(key string, count, each int64) {
		if count > 0 {
			out = append(out, Penalty{Key: key, Count: count, Points: count * each})
		}
	}
	var left [len(categories)]int64
	for v, at := range e.at {
		if at == none {
			left[p.villages[v].category]++
		}
	}
	for i, c := range categories {
		add("penalty_"+string(c), left[i], p.rules.penalty[i])
	}
	short := int64(0)
	for u, n := range e.led() {
		short += max(0, p.units[u].min-n)
	}
	add("penalty_min_teams", short, p.rules.penaltyMinTeams)
	short = 0
	for _, s := range e.shares() {
		short += s.Shortfall
	}
	add("penalty_share", short, p.rules.penaltyShare)
	return out
}

func (e *Explainer) shares() []SharePrice {
	p := e.p
	out := make([]SharePrice, len(p.shares))
	for g, from := range p.Shares {
		s := SharePrice{Row: g + 1, Level: from.Level, Attribute: from.Attribute, Percent: from.Percent, Skill: from.Skill}
		short := int64(0)
		for _, t := range e.plan.Teams {
			if p.units[t.Unit].level != p.shares[g].level {
				continue
			}
			for _, c := range t.Members {
				s.Members++
				short += p.shareTerm(g, c)
				if p.cadres[c].has[g] {
					s.Have++
				}
			}
		}
		s.Shortfall = max(0, short)
		s.Paid = p.rules.penaltyShare * s.Shortfall
		s.Head, s.Point = 100*e.prices.Quota[g], s.Members*e.prices.Quota[g]
		out[g] = s
	}
	return out
}

func (e *Explainer) levels() []LevelPrice {
	led := e.led()
	out := make([]LevelPrice, len(levels))
	sums := make([]int64, len(levels))
	for i, level := range levels {
		out[i].Level = level
	}
	for u := range e.p.units {
		unit := &e.p.units[u]
		if unit.lead != none || unit.max == 0 {
			continue
		}
		l, price := &out[unit.level], e.prices.Max[u]
		l.Units++
		if led[u] >= unit.max {
			l.Full++
		}
		if price > 0 {
			l.Scarce++
			sums[unit.level] += price
		}
		if price > l.Highest {
			l.Highest, l.Dearest = price, e.p.Units[u].ID
		}
		if least := e.prices.Min[u]; least > 0 && unit.min > 0 {
			l.Forced++
			l.MinCost += least * unit.min
		}
	}
	for i := range out {
		if out[i].Scarce > 0 {
			out[i].Mean = sums[i] / int64(out[i].Scarce)
		}
	}
	return out
}
