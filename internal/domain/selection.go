package domain

import "time"

// RoleUnitOffice is the account of a sending unit: it nominates its own people and sees nobody else's.
const RoleUnitOffice AccountRole = "unit_office"

// AccountLink says which cadre is behind an account, since nobody decides on their own case, see Relation.
type AccountLink struct {
	Account string
	Cadre   string
}

// Relation is a declared tie between two cadres, such as "spouse", "kin" or "business". It holds both ways. Whoever is
// tied to a nominee decides nothing in that case.
type Relation struct {
	Cadre, Relative string
	Kind            string
	DeclaredBy      string // account id
	DeclaredAt      time.Time
}

// The kinds of declared relation.
const (
	RelationSpouse   = "spouse"   // 夫妻
	RelationKin      = "kin"      // 直系血亲、三代以内旁系血亲
	RelationInLaw    = "in_law"   // 近姻亲
	RelationInterest = "interest" // 其他利害关系
)

// Phase is one step in the calendar of a selection.
type Phase string

// The phases in their order. They may overlap.
const (
	PhaseVillages   Phase = "villages"   // fix the villages to be served
	PhaseNeeds      Phase = "needs"      // villages write need lists, townships review them
	PhaseQuotas     Phase = "quotas"     // quotas to units
	PhaseNomination Phase = "nomination" // units nominate
	PhaseChecks     Phase = "checks"     // automatic checks and human judgement
	PhaseClearance  Phase = "clearance"  // several bodies clear
	PhaseInterview  Phase = "interview"
	PhaseChoice     Phase = "choice"    // rank, choose, keep a reserve
	PhasePublicity  Phase = "publicity" // 公示, with objections
	PhaseLock       Phase = "lock"
)

// Phases are all phases in their order.
func Phases() []Phase {
	return []Phase{PhaseVillages, PhaseNeeds, PhaseQuotas, PhaseNomination, PhaseChecks, PhaseClearance, PhaseInterview,
		PhaseChoice, PhasePublicity, PhaseLock}
}

// PhaseDates are the days of a phase: [From, To), YYYY-MM-DD in China's time.
type PhaseDates struct {
	Phase Phase  `json:"phase"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Calendar is the time table of a selection. Holidays are working days of the week that are off, Workdays weekend days
// that are worked, as the State Council's notice of the year moves them.
type Calendar struct {
	Phases   []PhaseDates `json:"phases"`
	Holidays []string     `json:"holidays,omitempty"`
	Workdays []string     `json:"workdays,omitempty"`
}

// SelectionStatus says whether a selection may still change.
type SelectionStatus string

// The life of a selection.
const (
	SelectionOpen   SelectionStatus = "open"
	SelectionLocked SelectionStatus = "locked" // the final list is in the ledger and feeds dispatch
)

// Selection is the first gate (选派) of a round. It has the id of the round that it feeds. Policy is the basis: ids of the
// policy objects in force, upper levels first, joined by "+"; it is also the id of the round's policy version.
type Selection struct {
	Round     string
	Region    Code // of the office that runs it
	Policy    string
	Day       string // YYYY-MM-DD: ages, terms and years are as on this day
	Status    SelectionStatus
	Calendar  Calendar
	Posts     int64 // how many people are to be chosen
	Preferred []string
	Version   int64

	ListHash            string // SHA-256 of the final list, hex; empty until locked
	CreatedBy, LockedBy string
	CreatedAt, LockedAt time.Time
}

// NeedStatus says where in its life a village's need list is.
type NeedStatus string

// The life of a need list (需求清单).
const (
	NeedDraft     NeedStatus = "draft"
	NeedSubmitted NeedStatus = "submitted"
	NeedReturned  NeedStatus = "returned"
	NeedAccepted  NeedStatus = "accepted"
)

// NeedItem is one entry under one of the heads of a need list. Speciality is one of the round's, or empty; Weight 0..100
// is how pressing it is.
type NeedItem struct {
	Head       string `json:"head"`
	Text       string `json:"text"`
	Speciality string `json:"speciality,omitempty"`
	Weight     int    `json:"weight"`
}

// NeedHeads are the six heads of a need list (a county's practice of 2025: six heads, judged by the township).
func NeedHeads() []string {
	return []string{"party", "industry", "governance", "livelihood", "infrastructure", "talent"}
}

// NeedList is what a village asks for (需求清单): written in the village, reviewed by the township.
type NeedList struct {
	Round      string
	Village    Code
	Status     NeedStatus
	Items      []NeedItem
	Note       string // how it came about, such as the villagers' meeting
	ReviewNote string
	Version    int64

	WrittenBy, ReviewedBy string
	WrittenAt, ReviewedAt time.Time
}

// Quota is what a unit has to bring: people to nominate, and teams to lead in dispatch. A unit that joins another one
// leads no team.
type Quota struct {
	Round              string
	Unit               string
	Places             int64 // people to nominate at most
	MinTeams, MaxTeams int64
	Version            int64
}

// Facts are what the registry says of a nominee on the selection's day; they are kept with the nomination, so that a
// check can be repeated. Dates are YYYY-MM-DD, empty for unknown.
type Facts struct {
	Unit       string    `json:"unit"`
	UnitName   string    `json:"unit_name"`
	UnitLevel  UnitLevel `json:"unit_level"`
	UnitKind   string    `json:"unit_kind"`
	BirthYear  int       `json:"birth_year"`
	BirthDate  string    `json:"birth_date"`
	Sex        Sex       `json:"sex"`
	Politics   string    `json:"politics"` // GB/T 4762: "01" full member of the party
	PartyDate  string    `json:"party_date"`
	WorkDate   string    `json:"work_date"`
	Health     string    `json:"health"` // "fit", "unfit", "limited" or empty: not examined
	Position   string    `json:"position"`
	Ladder     string    `json:"ladder"` // "civil", "institution", "firm" or empty
	Grade      int       `json:"grade"`  // 1..12, 0 unknown
	MidLevel   bool      `json:"mid_level"`
	YoungPool  bool      `json:"young_pool"`
	RuralYears int       `json:"rural_years"`
	Terms      int       `json:"terms"`
	Native     Code      `json:"native"`
	Skills     Skills    `json:"skills"` // in the order of the round's specialities
}

// CheckOutcome is what a check says of a nominee and a rule.
type CheckOutcome string

// The outcomes of a check. What the facts cannot settle needs a person.
const (
	CheckPass        CheckOutcome = "pass"
	CheckFail        CheckOutcome = "fail"
	CheckNeedsPerson CheckOutcome = "needs_person"
)

// Check is one rule held against one nominee. Reason is a message key, Params its figures; Source is the text of the rule.
type Check struct {
	Rule    string         `json:"rule"`
	Outcome CheckOutcome   `json:"outcome"`
	Reason  string         `json:"reason"`
	Params  map[string]any `json:"params,omitempty"`
	Source  PolicySource   `json:"source,omitzero"`
	Policy  string         `json:"policy,omitempty"` // id of the policy object that set the rule; empty: a built-in rule
}

// Judgement is a person's word on a check that needed one.
type Judgement struct {
	Round, Cadre, Rule string
	Pass               bool
	Reason             string
	By                 string
	At                 time.Time
}

// ClearanceOutcome is what a body says of a nominee.
type ClearanceOutcome string

// The outcomes of a clearance step. Pending means that the body was asked.
const (
	ClearancePending ClearanceOutcome = "pending"
	ClearanceClear   ClearanceOutcome = "clear"
	ClearanceObjects ClearanceOutcome = "objects"
)

// Clearance is one body's recorded step (联审): who said what, when, and under which file number.
type Clearance struct {
	Round, Cadre, Body string
	Outcome            ClearanceOutcome
	FileNumber         string
	Note               string
	Version            int64
	By                 string
	At                 time.Time
}

// Interview is the note of a talk with a nominee. Score is 0..100, −1 for none.
type Interview struct {
	ID           string
	Round, Cadre string
	Day          string // YYYY-MM-DD
	Interviewers string
	Note         string
	Score        int
	By           string
	At           time.Time
}

// Outcome is where a nomination ends.
type Outcome string

// The outcomes of a nomination.
const (
	OutcomeOpen      Outcome = "open"
	OutcomeChosen    Outcome = "chosen"
	OutcomeReserve   Outcome = "reserve"
	OutcomeNotChosen Outcome = "not_chosen" // with a reason
	OutcomeWithdrawn Outcome = "withdrawn"  // by the unit or the person, with a reason
)

// Nomination is a cadre whom a unit has nominated for a round.
type Nomination struct {
	Round, Cadre string
	Unit         string
	Home         Code // division of the unit: the scope of who may see it
	Name         string
	Leader       bool // nominated as leader and first secretary
	Reason       string
	Facts        Facts
	Checks       []Check // as of CheckedAt; empty before
	Outcome      Outcome
	OutcomeWhy   string // reason for the outcome, in words
	ReservePlace int64  // 1.. in the reserve list, 0 otherwise
	Version      int64

	NominatedBy, CheckedBy, DecidedBy string
	NominatedAt, CheckedAt, DecidedAt time.Time
}

// ObjectionStatus says what became of an objection.
type ObjectionStatus string

// The life of an objection: upheld ones bar the nominee.
const (
	ObjectionOpen      ObjectionStatus = "open"
	ObjectionUpheld    ObjectionStatus = "upheld"
	ObjectionDismissed ObjectionStatus = "dismissed"
)

// Objection is what somebody holds against a published nominee.
type Objection struct {
	ID           string
	Round, Cadre string
	Day          string // when it was received, YYYY-MM-DD
	From         string // who objects; empty: anonymous
	Text         string
	Status       ObjectionStatus
	Decision     string // the reason
	Version      int64
	RecordedBy   string
	DecidedBy    string
	RecordedAt   time.Time
	DecidedAt    time.Time
}

// Publicity is one publication of the list (公示). It runs from the day after From's and ends before To.
type Publicity struct {
	Round    string
	Number   int64 // 1, 2, … : a changed list is published again
	From, To string
	Cadres   []string
	ListHash string // SHA-256 of the published list, hex
	By       string
	At       time.Time
}
