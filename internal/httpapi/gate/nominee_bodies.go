package gate

import (
	"time"

	"jieli/internal/domain"
)

// NomineePath names a nominee of a selection.
type NomineePath struct {
	SelectionPath
	Cadre string `path:"cadre" maxLength:"64"`
}

// NewNominee is somebody whom a unit proposes.
type NewNominee struct {
	Cadre  string `json:"cadre" minLength:"1" maxLength:"64"`
	Leader bool   `json:"leader,omitempty" doc:"As leader and first secretary"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// NewNominees are one or many.
type NewNominees struct {
	Override
	Nominees []NewNominee `json:"nominees" minItems:"1" maxItems:"2000" nullable:"false"`
}

// Nominee is a nomination. Facts are those of the registry as on CheckedAt.
type Nominee struct {
	Cadre        string         `json:"cadre"`
	Name         string         `json:"name"`
	Unit         string         `json:"unit"`
	Home         domain.Code    `json:"home" doc:"Division of the unit"`
	Leader       bool           `json:"leader"`
	Reason       string         `json:"reason"`
	Facts        domain.Facts   `json:"facts"`
	Checks       []NomineeCheck `json:"checks" nullable:"false" doc:"Empty before the first check"`
	Outcome      domain.Outcome `json:"outcome" enum:"open,chosen,reserve,not_chosen,withdrawn"`
	OutcomeWhy   string         `json:"outcome_why"`
	ReservePlace int64          `json:"reserve_place" doc:"From 1 in the reserve, 0 otherwise"`
	Version      int64          `json:"version"`
	NominatedBy  string         `json:"nominated_by"`
	NominatedAt  time.Time      `json:"nominated_at"`
	CheckedBy    string         `json:"checked_by"`
	CheckedAt    *time.Time     `json:"checked_at"`
	DecidedBy    string         `json:"decided_by"`
	DecidedAt    *time.Time     `json:"decided_at"`
}

// NomineeCheck is one rule held against one nominee.
type NomineeCheck struct {
	Rule    string              `json:"rule" example:"max_age"`
	Label   string              `json:"label" doc:"The rule in the caller's language"`
	Outcome domain.CheckOutcome `json:"outcome" enum:"pass,fail,needs_person"`
	Reason  string              `json:"reason" doc:"Message key"`
	Text    string              `json:"text" doc:"The reason in the caller's language"`
	Source  domain.PolicySource `json:"source" doc:"Text that the rule rests on"`
	Policy  string              `json:"policy" doc:"Id of the policy object; empty: a built-in rule"`
}

// NomineeList is a page of nominees.
type NomineeList struct {
	Total    int       `json:"total"`
	Nominees []Nominee `json:"nominees" nullable:"false"`
}

// NomineeObstacle is something that keeps a nominee from being chosen.
type NomineeObstacle struct {
	Code string `json:"code" doc:"Message key"`
	Text string `json:"text" doc:"In the caller's language"`
}

// NomineeJudgement is a person's word on a check that needed one.
type NomineeJudgement struct {
	Rule   string    `json:"rule"`
	Pass   bool      `json:"pass"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// NomineeClearance is a body's recorded step.
type NomineeClearance struct {
	Body       string                  `json:"body"`
	Label      string                  `json:"label" doc:"The body in the caller's language"`
	Outcome    domain.ClearanceOutcome `json:"outcome" enum:"pending,clear,objects"`
	FileNumber string                  `json:"file_number"`
	Note       string                  `json:"note"`
	Version    int64                   `json:"version"`
	By         string                  `json:"by"`
	At         time.Time               `json:"at"`
}

// NomineeInterview is the note of a talk. Score −1 is none.
type NomineeInterview struct {
	ID           string    `json:"id"`
	Day          string    `json:"day"`
	Interviewers string    `json:"interviewers"`
	Note         string    `json:"note"`
	Score        int       `json:"score" minimum:"-1" maximum:"100"`
	By           string    `json:"by"`
	At           time.Time `json:"at"`
}

// Objection is what somebody holds against a published nominee.
type Objection struct {
	ID         string                 `json:"id"`
	Cadre      string                 `json:"cadre"`
	Day        string                 `json:"day"`
	From       string                 `json:"from" doc:"Empty: anonymous"`
	Text       string                 `json:"text"`
	Status     domain.ObjectionStatus `json:"status" enum:"open,upheld,dismissed"`
	Decision   string                 `json:"decision" doc:"The reason"`
	Version    int64                  `json:"version"`
	RecordedBy string                 `json:"recorded_by"`
	RecordedAt time.Time              `json:"recorded_at"`
	DecidedBy  string                 `json:"decided_by"`
	DecidedAt  *time.Time             `json:"decided_at"`
}

// Dossier is all about one nominee. A sending unit is not told what others noted or who objects.
type Dossier struct {
	Nominee    Nominee            `json:"nominee"`
	Failed     []string           `json:"failed" nullable:"false" doc:"Rules that bar the nominee"`
	Open       []string           `json:"open" nullable:"false" doc:"Rules that still need a person"`
	Obstacles  []NomineeObstacle  `json:"obstacles" nullable:"false" doc:"What keeps the nominee from being chosen; none: nothing does"`
	Bodies     []Choice           `json:"bodies" nullable:"false" doc:"Bodies that have to clear"`
	Judgements []NomineeJudgement `json:"judgements" nullable:"false"`
	Clearances []NomineeClearance `json:"clearances" nullable:"false"`
	Interviews []NomineeInterview `json:"interviews" nullable:"false"`
	Objections []Objection        `json:"objections" nullable:"false"`
}

// NomineeWithdrawal takes a nomination back.
type NomineeWithdrawal struct {
	Override
	Versioned
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
}

// ChecksRun names the nominees to check; none: all in reach that may change.
type ChecksRun struct {
	Override
	Cadres []string `json:"cadres,omitempty" maxItems:"5000" nullable:"false"`
}

// ChecksSummary counts nominees by what their checks came to.
type ChecksSummary struct {
	Checked int `json:"checked"`
	Passed  int `json:"passed" doc:"Nothing bars them"`
	Failed  int `json:"failed"`
	Open    int `json:"open" doc:"A person is needed"`
}

// JudgementEntry is a person's word on a rule.
type JudgementEntry struct {
	Override
	Rule   string `json:"rule" minLength:"1" maxLength:"64"`
	Pass   bool   `json:"pass"`
	Reason string `json:"reason" maxLength:"2000"`
}

// ClearanceEntry is a body's step; version 0 is the first.
type ClearanceEntry struct {
	Override
	Body       string                  `json:"body" minLength:"1" maxLength:"64"`
	Outcome    domain.ClearanceOutcome `json:"outcome" enum:"pending,clear,objects"`
	FileNumber string                  `json:"file_number,omitempty" maxLength:"200" doc:"A word has one"`
	Note       string                  `json:"note,omitempty" maxLength:"2000" doc:"An objection has one"`
	Version    int64                   `json:"version,omitempty" minimum:"0"`
}

// InterviewEntry is the note of a talk.
type InterviewEntry struct {
	Override
	Day          string `json:"day" maxLength:"10"`
	Interviewers string `json:"interviewers" maxLength:"500"`
	Note         string `json:"note" maxLength:"5000"`
	Score        int    `json:"score" minimum:"-1" maximum:"100" doc:"−1 is none"`
}

// ObjectionEntry is an objection as it was received.
type ObjectionEntry struct {
	Override
	Day  string `json:"day" maxLength:"10"`
	From string `json:"from,omitempty" maxLength:"200" doc:"Empty: anonymous"`
	Text string `json:"text" maxLength:"5000"`
}

// ObjectionDecision decides an objection; upheld, it bars the nominee.
type ObjectionDecision struct {
	Override
	Versioned
	Uphold bool   `json:"uphold"`
	Reason string `json:"reason" maxLength:"2000"`
}
