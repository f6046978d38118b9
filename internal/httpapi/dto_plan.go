package httpapi

import (
	"time"

	"jieli/internal/domain"
)

// Round is one term of posting.
type Round struct {
	ID           string             `json:"id" example:"2023"`
	Name         string             `json:"name"`
	FromYear     int                `json:"from_year"`
	ToYear       int                `json:"to_year"`
	Status       domain.RoundStatus `json:"status" enum:"planning,in_force,ended"`
	Headcount    int64              `json:"headcount" doc:"Most members of all teams together; 0 is no limit"`
	PlanID       string             `json:"plan_id" doc:"Plan in force, or the newest one while the round is planned; empty for none"`
	Specialities []string           `json:"specialities" nullable:"false"`
}

// PolicyRef names the set of rules that a plan was made under.
type PolicyRef struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Source    string `json:"source" doc:"Text that the values come from"`
	ValidFrom string `json:"valid_from" doc:"Date, YYYY-MM-DD"`
}

// ShareFigures is a composition floor and what the plan makes of it. Shortfall counts hundredths of a head.
type ShareFigures struct {
	Level         domain.UnitLevel `json:"level" enum:"province,city,county"`
	Attribute     string           `json:"attribute" enum:"under40,division,rural"`
	Percent       int64            `json:"percent" doc:"The floor, percent of the members"`
	Skill         string           `json:"skill" doc:"Speciality that counts as rural besides rural years, or empty"`
	Members       int64            `json:"members" doc:"Members of teams led by units of the level"`
	Having        int64            `json:"having" doc:"Those with the attribute"`
	ActualPercent float64          `json:"actual_percent"`
	Shortfall     int64            `json:"shortfall" doc:"Hundredths of a head that are missing, 0 where the floor is met"`
}

// Plan is one way to send the teams of a round. Partial says that the caller sees a part of the plan's area only: then
// score, teams, members, unserved and villages count that part, and bounds, gaps, digest and shares, which belong to the whole, are
// left at zero.
type Plan struct {
	ID            string            `json:"id"`
	Round         string            `json:"round"`
	Name          string            `json:"name"`
	Origin        domain.PlanOrigin `json:"origin" enum:"recorded,solved"`
	Policy        PolicyRef         `json:"policy"`
	Status        string            `json:"status" doc:"How the solver ended: optimal, target, stalled or stopped; recorded otherwise"`
	Partial       bool              `json:"partial" doc:"The figures cover the caller's region, not the whole plan"`
	Score         int64             `json:"score"`
	Bound         int64             `json:"bound" doc:"No plan scores more, by the certificate of the dispatch contract; 0 for a plan without one"`
	TightBound    int64             `json:"tight_bound" doc:"No plan scores more, by the unit-wise certificate; 0 for a plan without one"`
	Gap           float64           `json:"gap" doc:"(b − score)/|b| with the tighter bound b: by what share the best plan could at most be better"`
	RelaxationGap float64           `json:"relaxation_gap" doc:"(bound − tight_bound)/|bound|: what the contract's certificate cannot see, whatever the plan"`
	Teams         int64             `json:"teams"`
	Members       int64             `json:"members"`
	Unserved      int64             `json:"unserved"`
	Villages      int64             `json:"villages"`
	Seconds       float64           `json:"seconds" doc:"How long the solver ran"`
	ProblemDigest string            `json:"problem_digest" doc:"SHA-256 of the problem snapshot, hex"`
	CreatedAt     time.Time         `json:"created_at"`
	Shares        []ShareFigures    `json:"shares" nullable:"false"`
}

// Point is a village on the map. Team is empty where no team serves it.
type Point struct {
	Code      domain.Code     `json:"code"`
	Name      string          `json:"name"`
	Category  domain.Category `json:"category" enum:"key,weak,demonstration,consolidated"`
	X         int64           `json:"x" doc:"Metres on the round's plane"`
	Y         int64           `json:"y" doc:"Metres on the round's plane"`
	Lon       float64         `json:"lon" doc:"Degrees east"`
	Lat       float64         `json:"lat" doc:"Degrees north"`
	Team      string          `json:"team"`
	UnitMatch int             `json:"unit_match" doc:"Fit of the lead unit to the village, 0..100"`
}

// UnservedRow is a village that the plan leaves without a team, and why.
type UnservedRow struct {
	Village  domain.Code      `json:"village"`
	Name     string           `json:"name"`
	Township string           `json:"township"`
	County   string           `json:"county"`
	Category domain.Category  `json:"category" enum:"key,weak,demonstration,consolidated"`
	Reason   string           `json:"reason" doc:"Message key"`
	Params   map[string]int64 `json:"params" doc:"Numbers of the message"`
	Text     string           `json:"text" doc:"The reason in the caller's language"`
}

// RoundList holds the rounds that touch the caller's region, newest first.
type RoundList struct {
	Rounds []Round `json:"rounds" nullable:"false"`
}

// PlanList holds the plans of a round, newest first.
type PlanList struct {
	Plans []Plan `json:"plans" nullable:"false"`
}

// PointList holds the villages of a county or township.
type PointList struct {
	Points []Point `json:"points" nullable:"false"`
}

// UnservedList is one page of the villages without a team; Total counts all pages.
type UnservedList struct {
	Total int           `json:"total"`
	Rows  []UnservedRow `json:"rows" nullable:"false"`
}
