package solver

import "context"

// Problem is a team-covering problem in plain numbers. Every index is the position in the slice that it names; every
// amount is a whole number of points. The rules are already worked into it: what is not listed is not allowed.
//
// A team covers one slot, is led by one agent and is made of items of that agent's pool. A plan is a set of teams.
type Problem struct {
	Sites  []Site
	Agents []Agent
	Items  []Item
	Slots  []Slot
	Quotas []Quota

	// ItemLimit is how many items all teams together may hold; 0 is no limit.
	ItemLimit int64

	// Worth is what an item adds to a team of the slot, the leader's bonus aside, and whether the item may serve there
	// at all. It is a pure function and is called from several goroutines.
	Worth func(item, slot int32) (points int64, allowed bool)
}

// Site is a place to be covered, at most once.
type Site struct {
	Penalty int64 // lost where no team covers it, ≥ 0
}

// Agent leads teams and staffs them from its pool.
type Agent struct {
	Min, Max     int64 // teams that it should and may lead, 0 ≤ Min
	ShortPenalty int64 // lost for each team short of Min, ≥ 0
	Pool         []int32
	Quotas       []int32 // the quotas that count this agent's teams
}

// Item is one member that may be in one team at most. It is in the pool of one agent at most.
type Item struct {
	Leads     bool    // may lead a team
	LeadBonus int64   // added where it does
	Quota     []int64 // what it adds to each of Problem.Quotas when it serves in a team counted there; nil is all 0
}

// Slot is one way to cover a set of sites. Two slots that cover the same sites in another order share a Set.
type Slot struct {
	Set              int32
	Sites            []int32 // the first site first; no site twice
	MinSize, MaxSize int     // items in a team, leader included
	Forced           []int32 // items that must be in every team of this slot
	Options          []Option
}

// Option lets an agent lead a team of a slot.
type Option struct {
	Agent  int32
	Points int64 // what the pairing is worth, before its items
}

// Quota is a composition floor. Each item in a counted team adds Item.Quota; a positive sum is a shortfall.
type Quota struct {
	Penalty int64 // lost for each unit of shortfall, ≥ 0
}

// Team is one team of a plan. Items holds the leader first, then the others in ascending order.
type Team struct {
	Slot, Agent int32
	Items       []int32
}

// Prices are the multipliers of the certificate. All are ≥ 0 but Site, which may have any sign; Min[a] is at most
// Agents[a].ShortPenalty, Quota[q] at most Quotas[q].Penalty, and Limit is 0 where there is no ItemLimit.
type Prices struct {
	Site, Item []int64
	Max, Min   []int64 // by agent
	Quota      []int64
	Limit      int64
}

// Status says how a run ended.
type Status string

// The ways in which a run can end.
const (
	StatusOptimal Status = "optimal" // score equals the lower bound of the two
	StatusTarget  Status = "target"  // the gap asked for was reached
	StatusStalled Status = "stalled" // no further progress was made
	StatusStopped Status = "stopped" // time limit or context ended the run
)

// Progress is told while a run goes on.
type Progress struct {
	Phase        string
	Score, Bound int64 // best so far
	Seconds      float64
}

// Settings steer a run. The zero value is a sensible default.
type Settings struct {
	Workers   int     // goroutines; 0 is GOMAXPROCS. The result does not depend on it.
	Seed      uint64  // same problem, seed and version: same result, unless time stops the run
	TargetGap float64 // stop when (bound − score)/|bound| is at most this; 0 goes on until the run stalls
	Start     []Team  // a plan to start from; teams that are no longer allowed are dropped
	Warm      *Prices // prices to start from
	Progress  func(Progress)
}

// Result is a plan with its proof.
type Result struct {
	Teams  []Team
	Score  int64
	Prices Prices
	Bound  int64 // no plan scores more
	Status Status

	// Tight are prices of sites, the limit and quotas, and TightBound is AgentBound at them. No plan scores more than
	// either bound; what lies between the two is the relaxation's own part of the gap.
	Tight      Prices
	TightBound int64
}

// Solver is the shape of Solve, for those who want to put another in its place.
type Solver func(ctx context.Context, p *Problem, s Settings) (Result, error)
