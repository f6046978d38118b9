package domain

// RoundStatus says where in its life a round is.
type RoundStatus string

// The life of a round (轮次).
const (
	RoundPlanning RoundStatus = "planning"
	RoundInForce  RoundStatus = "in_force"
	RoundEnded    RoundStatus = "ended"
)

// Round is one term of posting for the province.
type Round struct {
	ID           string // such as "2023"
	Name         string
	FromYear     int
	ToYear       int
	Status       RoundStatus
	Headcount    int64 // most members of all teams together, 0 no limit
	Specialities []string
	Policy       string // id of the policy version that governs it
	Plan         string // id of the plan in force, or the newest one while it is planned; may be empty
}

// Category is the kind of task that a village sets, in this round.
type Category string

// The categories, heaviest penalty first.
const (
	CategoryKey           Category = "key"           // heavier task of consolidating the way out of poverty
	CategoryWeak          Category = "weak"          // weak party organisation
	CategoryDemonstration Category = "demonstration" // revitalisation demonstration village
	CategoryConsolidated  Category = "consolidated"  // out of poverty, lighter task
)

// RoundVillage is a village that is to be served in one round.
type RoundVillage struct {
	Code       Code
	Name       string
	Category   Category
	X, Y       int64 // metres on the round's plane; drawn in the demo, not surveyed
	Difficulty int   // 0..100
	Needs      Skills
	PriorUnit  string // the unit that served it last round, or empty
	Neighbours []Code
}

// PolicyVersion is one dated set of rules; decisions keep its id.
type PolicyVersion struct {
	ID        string
	Name      string
	Region    Code             // who issued it
	Source    string           // text and file that the values come from
	ValidFrom string           // date, YYYY-MM-DD
	Values    map[string]int64 // by key, only those that differ from the default
	Shares    []Share
}

// Share is a composition floor over the members of teams led by units of a level.
type Share struct {
	Level     UnitLevel
	Attribute string // "under40", "division" or "rural"
	Percent   int64
	Skill     string // the speciality that counts as rural besides rural years, or empty
}

// Pin is what an office has decided before the solver runs: Kind "unit", "cadre", "not_unit" or "not_cadre".
type Pin struct {
	Kind    string
	Subject string
	Village Code
}

// RoundInput is all that a dispatch plan of a round is made from.
type RoundInput struct {
	Round      Round
	Policy     PolicyVersion
	Villages   []RoundVillage
	Units      []RoundUnit
	Candidates []Candidate
	Pins       []Pin
}
