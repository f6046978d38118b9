package domain

import "time"

// PolicyStatus says where in its life a policy object is. It only goes forward.
type PolicyStatus string

// The life of a policy object: a draft may change; in force and replaced ones never do.
const (
	PolicyDraft    PolicyStatus = "draft"
	PolicyInForce  PolicyStatus = "in_force"
	PolicyReplaced PolicyStatus = "replaced"
)

// PolicySource is the text that a value rests on. All are free texts as the document has them; Date may be a day, a month
// or a year.
type PolicySource struct {
	Document string `json:"document,omitempty"` // title of the document or report
	Number   string `json:"number,omitempty"`   // document number (文号)
	Issuer   string `json:"issuer,omitempty"`   // who issued or published it
	Date     string `json:"date,omitempty"`     // of the document
	Place    string `json:"place,omitempty"`    // where in it: article, page
	Quote    string `json:"quote,omitempty"`    // its words, or what it says in ours
	File     string `json:"file,omitempty"`     // name or address of the kept file
}

// PolicyValue is what an object sets for one key: Number, or Items for a key that is a list. Free lets lower levels set
// anything; else they may only be stricter.
type PolicyValue struct {
	Number int64        `json:"number"`
	Items  []string     `json:"items,omitempty"` // sorted, each once
	Free   bool         `json:"free,omitempty"`
	Source PolicySource `json:"source,omitzero"`
}

// PolicyObject is the rules that one office issues for its division and all below it. It holds on days of
// [ValidFrom, ValidTo); ValidTo is empty as long as nothing replaces it. Version counts changes, for optimistic writes.
type PolicyObject struct {
	ID        string
	Region    Code // of a province, city or county
	Name      string
	Status    PolicyStatus
	Version   int64
	ValidFrom string // YYYY-MM-DD
	ValidTo   string // YYYY-MM-DD or empty
	Source    PolicySource
	Values    map[string]PolicyValue // by key, only what this level sets
	Shares    []Share
	Replaces  string // id of the object in whose place it came, or empty
	Sample    string // name of the sample that it was taken from, or empty

	CreatedBy, EnforcedBy string    // account ids
	CreatedAt, EnforcedAt time.Time // EnforcedAt is zero for a draft
}

// HoldsOn says whether the object binds on the day (YYYY-MM-DD): drafts never do.
func (p PolicyObject) HoldsOn(day string) bool {
	return p.Status != PolicyDraft && p.ValidFrom <= day && (p.ValidTo == "" || day < p.ValidTo)
}
