// Package demo draws a whole province's posting from a seed, on real divisions, and loads it into a store.
//
// What is real: divisions, borders of counties, which counties were poor, the totals that the press report of 7 May 2021
// gives, and the four villages that it names with the units that serve three of them. What is drawn: everything else,
// above all every person. A drawn category, need or difficulty says nothing about the real village of that code, a
// drawn place of a village was never surveyed, and a drawn posting says nothing about the real unit.
//
// Draw is pure: the same examples and seed give the same Data, byte for byte, on any machine. Each part of the draw has
// a stream of random numbers of its own, so that a change to one part leaves the others as they are.
package demo

import "jieli/internal/domain"

// The rounds of the demo and their policies.
const (
	RoundInForce = "2021"
	RoundNext    = "2023"
	PolicyBefore = "hunan-2021"
	PolicyNext   = "hunan-2023"
	RecordedPlan = "2021-recorded"
)

// Province is the code of the province that the demo is about.
const Province domain.Code = "430000000000"

// Specialities are what villages need and units and cadres are good at, in the order of every [domain.Skills].
func Specialities() []string {
	return []string{"party", "farming", "industry", "tourism", "health", "education", "infrastructure", "governance", "ecology"}
}

// Data is all that the demo puts into a store. Every slice is ordered by code or id.
type Data struct {
	Seed     uint64
	Regions  []domain.Region
	Outlines []domain.Outline
	Units    []domain.Unit
	Cadres   []domain.Cadre
	Policies []domain.PolicyVersion
	Rounds   []domain.RoundInput // the round in force, then the next one
	Recorded []RecordedTeam      // the teams of the round in force
	Accounts []domain.Account
}

// RecordedTeam is a team that is already at work.
type RecordedTeam struct {
	ID       string
	Unit     string        // lead unit
	Villages []domain.Code // the first one first
	Members  []string      // ids of cadres, the leader first
}
