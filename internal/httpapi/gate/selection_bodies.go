package gate

import (
	"time"

	"jieli/internal/domain"
)

// SelectionPath names a selection by the round that it feeds.
type SelectionPath struct {
	Round string `path:"round" maxLength:"64"`
}

// Override lets an act go on outside the calendar: a reason, which the ledger keeps. Only for the office that runs the
// selection.
type Override struct {
	Override string `json:"override,omitempty" maxLength:"500" doc:"Reason for acting outside the calendar; empty: inside"`
}

// NewSelection opens a selection. Where a round with the id is being planned, the selection feeds it and its name, years,
// headcount and specialities are its own.
type NewSelection struct {
	Round        string          `json:"round" minLength:"1" maxLength:"64"`
	Name         string          `json:"name,omitempty" maxLength:"200"`
	FromYear     int             `json:"from_year,omitempty"`
	ToYear       int             `json:"to_year,omitempty"`
	Headcount    int64           `json:"headcount,omitempty" minimum:"0"`
	Specialities []string        `json:"specialities,omitempty" maxItems:"32" nullable:"false"`
	Region       domain.Code     `json:"region" maxLength:"12" doc:"Division of the office that runs it"`
	Day          string          `json:"day" maxLength:"10" doc:"YYYY-MM-DD: ages, terms and years are as on this day"`
	Posts        int64           `json:"posts,omitempty" minimum:"0" doc:"How many people are to be chosen; 0 is no limit"`
	Preferred    []string        `json:"preferred,omitempty" maxItems:"32" nullable:"false" doc:"Preferred specialities"`
	Calendar     domain.Calendar `json:"calendar"`
}

// Selection is the first gate of a round.
type Selection struct {
	Round     string                 `json:"round"`
	Region    domain.Code            `json:"region"`
	Policy    string                 `json:"policy" doc:"Basis: ids of the policy objects with + between them"`
	Day       string                 `json:"day"`
	Status    domain.SelectionStatus `json:"status" enum:"open,locked"`
	Calendar  domain.Calendar        `json:"calendar"`
	Posts     int64                  `json:"posts"`
	Preferred []string               `json:"preferred" nullable:"false"`
	Version   int64                  `json:"version"`
	ListHash  string                 `json:"list_hash" doc:"SHA-256 of the final list; empty until it is locked"`
	CreatedBy string                 `json:"created_by"`
	CreatedAt time.Time              `json:"created_at"`
	LockedBy  string                 `json:"locked_by"`
	LockedAt  *time.Time             `json:"locked_at"`
}

// SelectionList is all selections that concern the caller's area, the newest round first.
type SelectionList struct {
	Selections []Selection `json:"selections" nullable:"false"`
}

// NeedCounts are need lists by where in their life they are.
type NeedCounts struct {
	Draft     int64 `json:"draft"`
	Submitted int64 `json:"submitted"`
	Returned  int64 `json:"returned"`
	Accepted  int64 `json:"accepted"`
}

// OutcomeCounts are nominations by outcome.
type OutcomeCounts struct {
	Open      int64 `json:"open"`
	Chosen    int64 `json:"chosen"`
	Reserve   int64 `json:"reserve"`
	NotChosen int64 `json:"not_chosen"`
	Withdrawn int64 `json:"withdrawn"`
}

// SelectionOverview tells where a selection stands, as far as the caller may see.
type SelectionOverview struct {
	Selection    Selection       `json:"selection"`
	Round        SelectionRound  `json:"round" doc:"The round that it feeds"`
	Runs         bool            `json:"runs" doc:"The caller's area is all of the selection's: such an office may act outside the calendar"`
	Today        string          `json:"today" doc:"In China"`
	Open         []domain.Phase  `json:"open" nullable:"false" doc:"Phases that are open today"`
	Villages     int64           `json:"villages"`
	Needs        NeedCounts      `json:"needs"`
	Units        int64           `json:"units" doc:"Units with a quota"`
	Places       int64           `json:"places" doc:"Of all quotas"`
	Outcomes     OutcomeCounts   `json:"outcomes"`
	Publications []Publication   `json:"publications" nullable:"false"`
	Rules        EffectivePolicy `json:"rules"`
}

// SelectionRound is the round that a selection feeds.
type SelectionRound struct {
	ID           string             `json:"id"`
	Name         string             `json:"name"`
	FromYear     int                `json:"from_year"`
	ToYear       int                `json:"to_year"`
	Status       domain.RoundStatus `json:"status" enum:"planning,in_force,ended"`
	Headcount    int64              `json:"headcount"`
	Specialities []string           `json:"specialities" nullable:"false"`
}

// CalendarChange sets the calendar.
type CalendarChange struct {
	Versioned
	Calendar domain.Calendar `json:"calendar"`
}

// AimsChange sets how many are to be chosen and which specialities are preferred.
type AimsChange struct {
	Versioned
	Posts     int64    `json:"posts" minimum:"0"`
	Preferred []string `json:"preferred" maxItems:"32" nullable:"false"`
}

// VillageChoice makes a village one to be served.
type VillageChoice struct {
	Code       domain.Code     `json:"code" maxLength:"12"`
	Category   domain.Category `json:"category" enum:"key,weak,demonstration,consolidated"`
	Difficulty int             `json:"difficulty" minimum:"-1" maximum:"100" doc:"−1 leaves it as the registry has it"`
}

// VillageChoices add villages to the round, or change them.
type VillageChoices struct {
	Override
	Villages []VillageChoice `json:"villages" minItems:"1" maxItems:"5000" nullable:"false"`
}

// VillageDrop takes villages out of the round.
type VillageDrop struct {
	Override
	Codes []domain.Code `json:"codes" minItems:"1" maxItems:"5000" nullable:"false"`
}

// SelectionVillage is a village to be served. Needs are by speciality, 0..100.
type SelectionVillage struct {
	Code       domain.Code     `json:"code"`
	Name       string          `json:"name"`
	Category   domain.Category `json:"category" enum:"key,weak,demonstration,consolidated"`
	Difficulty int             `json:"difficulty"`
	Needs      []int           `json:"needs" nullable:"false" doc:"In the order of the round's specialities"`
	Neighbours []domain.Code   `json:"neighbours" nullable:"false"`
}

// SelectionVillageList is a page of the villages to be served in the region.
type SelectionVillageList struct {
	Total    int                `json:"total"`
	Villages []SelectionVillage `json:"villages" nullable:"false"`
}

// NeedListDraft is a need list as the village writes it; Submit hands it to the township.
type NeedListDraft struct {
	Override
	Version int64             `json:"version,omitempty" minimum:"0" doc:"0 is a new list"`
	Items   []domain.NeedItem `json:"items" maxItems:"100" nullable:"false"`
	Note    string            `json:"note,omitempty" maxLength:"2000"`
	Submit  bool              `json:"submit,omitempty"`
}

// NeedListReview is the township's word on a need list.
type NeedListReview struct {
	Override
	Versioned
	Accept bool   `json:"accept"`
	Note   string `json:"note,omitempty" maxLength:"2000" doc:"Needed to return a list"`
}

// NeedListOf is a village's need list.
type NeedListOf struct {
	Village    domain.Code       `json:"village"`
	Status     domain.NeedStatus `json:"status" enum:"draft,submitted,returned,accepted"`
	Items      []domain.NeedItem `json:"items" nullable:"false"`
	Note       string            `json:"note"`
	ReviewNote string            `json:"review_note"`
	Version    int64             `json:"version"`
	WrittenBy  string            `json:"written_by"`
	WrittenAt  time.Time         `json:"written_at"`
	ReviewedBy string            `json:"reviewed_by"`
	ReviewedAt *time.Time        `json:"reviewed_at"`
}

// NeedListPage is a page of need lists.
type NeedListPage struct {
	Total int          `json:"total"`
	Lists []NeedListOf `json:"lists" nullable:"false"`
}

// QuotaChange gives a unit its quota; version 0 is a new one.
type QuotaChange struct {
	Unit     string `json:"unit" maxLength:"64"`
	Places   int64  `json:"places" minimum:"0"`
	MinTeams int64  `json:"min_teams,omitempty" minimum:"0"`
	MaxTeams int64  `json:"max_teams,omitempty" minimum:"0"`
	Version  int64  `json:"version,omitempty" minimum:"0"`
}

// QuotaChanges give units their quotas.
type QuotaChanges struct {
	Override
	Quotas []QuotaChange `json:"quotas" minItems:"1" maxItems:"5000" nullable:"false"`
}

// Quota is a unit's quota with what has become of it.
type Quota struct {
	Unit      string           `json:"unit"`
	Name      string           `json:"name"`
	Level     domain.UnitLevel `json:"level" enum:"province,city,county"`
	Home      domain.Code      `json:"home"`
	Places    int64            `json:"places"`
	MinTeams  int64            `json:"min_teams"`
	MaxTeams  int64            `json:"max_teams"`
	Nominated int64            `json:"nominated"`
	Chosen    int64            `json:"chosen"`
	Reserve   int64            `json:"reserve"`
	Version   int64            `json:"version"`
}

// QuotaList is the quotas of the units in reach.
type QuotaList struct {
	Quotas []Quota `json:"quotas" nullable:"false"`
}
