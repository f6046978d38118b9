package domain

import "time"

// PlanOrigin says where a plan came from.
type PlanOrigin string

// The origins of plans.
const (
	PlanRecorded PlanOrigin = "recorded" // teams that were already at work, taken over from the record
	PlanSolved   PlanOrigin = "solved"   // made by the solver, with a certificate
)

// Plan is one way to send the teams of a round. Score and the bounds are points. Bound is that of the certificate in the
// dispatch contract, TightBound that of the unit-wise certificate, which lets every unit's teams be made of whole people;
// both are 0 for a recorded plan, which has no certificate.
type Plan struct {
	ID             string
	Round          string
	Name           string
	Origin         PlanOrigin
	Policy         string // id of the policy version that it was made under
	Status         string // how the solver ended: "optimal", "target", "stalled", "stopped"; "recorded" otherwise
	Score          int64
	Bound          int64
	TightBound     int64
	Teams, Members int64
	Unserved       int64
	Seconds        float64
	ProblemDigest  string // SHA-256 of the problem snapshot, hex
	CreatedBy      string // account id
	CreatedAt      time.Time
}

// Gap is by what share of the tighter bound the best plan could at most be better; 0 without a bound.
func (p Plan) Gap() float64 {
	if p.TightBound != 0 {
		return Gap(p.Score, min(p.Bound, p.TightBound))
	}
	return Gap(p.Score, p.Bound)
}

// RelaxationGap is the part of the contract's gap that is due to its certificate alone and that no plan could close:
// (bound − tight bound)/|bound|; 0 where both are not known.
func (p Plan) RelaxationGap() float64 {
	if p.TightBound == 0 || p.TightBound >= p.Bound {
		return 0
	}
	return Gap(p.TightBound, p.Bound)
}

// Gap is (bound − score)/|bound|, 0 for a bound of 0.
func Gap(score, bound int64) float64 {
	if bound == 0 {
		return 0
	}
	return float64(bound-score) / max(float64(bound), -float64(bound))
}

// ScoreParts is a team's score, part by part, in points. UnitDistance is zero or negative.
type ScoreParts struct {
	UnitMatch, UnitPrior, UnitStrength, UnitDistance int64 // the pairing of lead unit and first village
	Further                                          int64 // the further villages of a cluster
	MemberMatch, MemberRural, MemberYoung            int64 // sums over the members
	LeaderGrade                                      int64
}

// Total is the team's score.
func (p ScoreParts) Total() int64 {
	return p.UnitMatch + p.UnitPrior + p.UnitStrength + p.UnitDistance + p.Further +
		p.MemberMatch + p.MemberRural + p.MemberYoung + p.LeaderGrade
}

// Role is what a member does in a team.
type Role string

// The roles in a team. The leader is also the first secretary (队长兼第一书记).
const (
	RoleLeader Role = "leader"
	RoleMember Role = "member"
)

// TeamMember is one seat of a team.
type TeamMember struct {
	Cadre string
	Role  Role
	Match int // 0..100, fit of the member's skills to the first village's needs
}

// TeamVillage is one village of a team, the first one first.
type TeamVillage struct {
	Code     Code
	Category Category
	Match    int // 0..100, fit of the lead unit's skills to this village's needs
}

// Team is a team of a plan. ID is unique in the plan; County is the county of all its villages.
type Team struct {
	Plan     string
	ID       string
	County   Code
	Unit     string // lead unit
	Villages []TeamVillage
	Members  []TeamMember // the leader first
	Parts    ScoreParts
}

// Unserved is a village that a plan leaves without a team, and why. Reason is a message key, Params its numbers.
type Unserved struct {
	Village  Code
	Category Category
	Reason   string
	Params   map[string]int64
}

// PlanDetail is a plan with all that it holds. Problem and Certificate are gzipped tar archives of the files in the
// dispatch contract; both are empty for a recorded plan without them.
type PlanDetail struct {
	Plan
	Teams       []Team
	Unserved    []Unserved
	Problem     []byte
	Certificate []byte
}
