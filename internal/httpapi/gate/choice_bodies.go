package gate

import (
	"time"

	"jieli/internal/domain"
)

// RankPart is one summand of a total: points = figure × weight.
type RankPart struct {
	Key    string              `json:"key" doc:"Key of the weight" example:"s_young"`
	Label  string              `json:"label" doc:"In the caller's language"`
	Figure int64               `json:"figure"`
	Weight int64               `json:"weight"`
	Points int64               `json:"points"`
	Known  bool                `json:"known" doc:"False where there was nothing to measure"`
	Source domain.PolicySource `json:"source"`
}

// RankedNominee is a nominee in the ranking. Those with the same total share a place.
type RankedNominee struct {
	Cadre        string            `json:"cadre"`
	Name         string            `json:"name"`
	Unit         string            `json:"unit"`
	UnitName     string            `json:"unit_name"`
	Level        domain.UnitLevel  `json:"level" enum:"province,city,county"`
	Place        int               `json:"place"`
	Tied         bool              `json:"tied"`
	Total        int64             `json:"total"`
	Parts        []RankPart        `json:"parts" nullable:"false"`
	Outcome      domain.Outcome    `json:"outcome" enum:"open,chosen,reserve,not_chosen,withdrawn"`
	ReservePlace int64             `json:"reserve_place"`
	Version      int64             `json:"version"`
	Obstacles    []NomineeObstacle `json:"obstacles" nullable:"false"`
}

// NomineeRanking is a page of the ranking, the best first.
type NomineeRanking struct {
	Total int             `json:"total"`
	Rows  []RankedNominee `json:"rows" nullable:"false"`
}

// NomineeChoice is what is decided about a nominee.
type NomineeChoice struct {
	Cadre        string         `json:"cadre" maxLength:"64"`
	Version      int64          `json:"version"`
	Outcome      domain.Outcome `json:"outcome" enum:"open,chosen,reserve,not_chosen"`
	ReservePlace int64          `json:"reserve_place,omitempty" minimum:"0" doc:"From 1 in the reserve"`
	Reason       string         `json:"reason,omitempty" maxLength:"2000" doc:"Needed for those who are not chosen"`
	Undecided    bool           `json:"undecided,omitempty" doc:"Of a proposal: a tie that people have to break"`
}

// ChoiceProposal is what the ranking says; it decides nothing.
type ChoiceProposal struct {
	Choices []NomineeChoice `json:"choices" nullable:"false"`
}

// ChoiceEntry decides about nominees.
type ChoiceEntry struct {
	Override
	Choices []NomineeChoice `json:"choices" minItems:"1" maxItems:"5000" nullable:"false"`
}

// ChoiceTrial asks for the composition of the saved choice changed by these.
type ChoiceTrial struct {
	Choices []NomineeChoice `json:"choices" maxItems:"5000" nullable:"false"`
}

// NomineesChanged are the nominations as they are now.
type NomineesChanged struct {
	Nominees []Nominee `json:"nominees" nullable:"false"`
}

// CompositionGoal is a goal with what the choice comes to.
type CompositionGoal struct {
	Level     domain.UnitLevel `json:"level" doc:"Empty: units of all levels"`
	Attribute string           `json:"attribute" enum:"under40,division,rural,young_pool,women"`
	Skill     string           `json:"skill"`
	Percent   int64            `json:"percent"`
	Members   int64            `json:"members"`
	Having    int64            `json:"having"`
	Needed    int64            `json:"needed" doc:"Least number of heads that meets the goal"`
	Short     int64            `json:"short" doc:"How many are missing"`
}

// CompositionSwap is one change that brings the choice nearer to its goals.
type CompositionSwap struct {
	Out  string `json:"out" doc:"Cadre who leaves"`
	In   string `json:"in" doc:"Cadre who comes"`
	Loss int64  `json:"loss" doc:"By how much the sum of the totals falls"`
	Gain int64  `json:"gain" doc:"How many missing heads it makes up for"`
}

// Composition is the mix of a choice against the goals, and who would have to change.
type Composition struct {
	Members    int64             `json:"members"`
	Goals      []CompositionGoal `json:"goals" nullable:"false"`
	Swaps      []CompositionSwap `json:"swaps" nullable:"false"`
	StillShort int64             `json:"still_short" doc:"Heads that are missing after all swaps"`
}

// Publication is one publication of the list. Objections are taken from the day after from and before to.
type Publication struct {
	Number   int64     `json:"number"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	Count    int       `json:"count" doc:"People on the list"`
	ListHash string    `json:"list_hash"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// PublishedPerson is what a publication says of one person.
type PublishedPerson struct {
	Cadre    string `json:"cadre"`
	Name     string `json:"name"`
	Unit     string `json:"unit" doc:"The unit's name"`
	Position string `json:"position"`
	Leader   bool   `json:"leader"`
}

// PublicList is the newest publication with its list.
type PublicList struct {
	Publication Publication       `json:"publication"`
	Running     bool              `json:"running" doc:"Objections are taken"`
	People      []PublishedPerson `json:"people" nullable:"false"`
}

// LockEntry locks the final list.
type LockEntry struct {
	Override
	Versioned
}

// CadrePath names a cadre.
type CadrePath struct {
	Cadre string `path:"cadre" maxLength:"64"`
}

// RelationEntry declares a tie to another cadre.
type RelationEntry struct {
	Relative string `json:"relative" minLength:"1" maxLength:"64"`
	Kind     string `json:"kind" enum:"spouse,kin,in_law,interest"`
}

// DeclaredRelation is a declared tie between two cadres; it holds both ways.
type DeclaredRelation struct {
	Cadre      string    `json:"cadre"`
	Relative   string    `json:"relative"`
	Kind       string    `json:"kind" enum:"spouse,kin,in_law,interest"`
	DeclaredBy string    `json:"declared_by"`
	DeclaredAt time.Time `json:"declared_at"`
}

// RelationList is the declared ties of a cadre.
type RelationList struct {
	Relations []DeclaredRelation `json:"relations" nullable:"false"`
}
