package httpapi

import (
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Withdrawal is what drops out of a plan's problem. At least one list holds something.
type Withdrawal struct {
	Villages []domain.Code `json:"villages,omitempty" maxItems:"500" doc:"Codes of villages that were merged or are no longer to be served"`
	Units    []string      `json:"units,omitempty" maxItems:"500" doc:"Ids of units that send nobody after all; their people go with them"`
	Cadres   []string      `json:"cadres,omitempty" maxItems:"500" doc:"Ids of candidates"`
	Name     string        `json:"name,omitempty" maxLength:"64" doc:"Name of the new plan; the earlier plan's where it is left out"`
	Preview  bool          `json:"preview,omitempty" doc:"Tell what would change, and keep nothing"`
}

// PlanChange is one difference between a plan and the earlier one that it came out of.
type PlanChange struct {
	Kind    string      `json:"kind" enum:"newly_served,no_longer_served,other_unit,cluster_changed,leader_changed,member_left,member_came"`
	Village domain.Code `json:"village"`
	Team    string      `json:"team" doc:"Team that serves the village now; empty where none does"`
	Subject string      `json:"subject" doc:"Id of a unit or candidate, or codes of villages with ; between them"`
	Cause   string      `json:"cause" doc:"Message key"`
	Text    string      `json:"text" doc:"The cause in the caller's language"`
}

// Replan is a plan that was mended after a withdrawal. Seconds is what mending took.
type Replan struct {
	Plan        string       `json:"plan" doc:"Id of the new draft; empty for a preview"`
	Parent      string       `json:"parent" doc:"Plan that was mended"`
	Score       int64        `json:"score"`
	Bound       int64        `json:"bound" doc:"No plan of what is left scores more, by the certificate of the dispatch contract"`
	TightBound  int64        `json:"tight_bound" doc:"The same by the unit-wise certificate; 0 without one"`
	Gap         float64      `json:"gap" doc:"(b − score)/|b| with the tighter bound b"`
	Teams       int64        `json:"teams"`
	Members     int64        `json:"members"`
	Unserved    int64        `json:"unserved"`
	KeptTeams   int          `json:"kept_teams" doc:"Teams with the same unit and villages as before"`
	KeptMembers int          `json:"kept_members" doc:"Members who stay where they were"`
	Seconds     float64      `json:"seconds"`
	Changes     []PlanChange `json:"changes" nullable:"false"`
}

// PlanChanges tells how a plan came out of an earlier one. Parent is empty, like all the lists, for a plan that did not.
type PlanChanges struct {
	Plan     string        `json:"plan"`
	Parent   string        `json:"parent"`
	Villages []domain.Code `json:"villages" nullable:"false" doc:"What dropped out"`
	Units    []string      `json:"units" nullable:"false"`
	Cadres   []string      `json:"cadres" nullable:"false"`
	Changes  []PlanChange  `json:"changes" nullable:"false"`
}

// Explanation has one of plan, village and wish, as the question was. Texts are its reasons in the caller's language.
type Explanation struct {
	Plan    *problem.PlanAnswer    `json:"plan,omitempty" doc:"What the score is made of and what each limit costs"`
	Village *problem.VillageAnswer `json:"village,omitempty" doc:"Who serves the village and why, or why nobody does"`
	Wish    *problem.WhyNotAnswer  `json:"wish,omitempty" doc:"Why the unit or candidate is not there: what bars them, or what it would cost"`
	Texts   []string               `json:"texts" nullable:"false"`
}
