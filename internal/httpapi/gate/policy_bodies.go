package gate

import (
	"time"

	"jieli/internal/domain"
)

// PolicyKey is a rule that an office may set: what it means, what it may be, and which way it gets stricter.
type PolicyKey struct {
	Name         string   `json:"name" example:"max_age"`
	Gate         string   `json:"gate" enum:"dispatch,selection,management"`
	Label        string   `json:"label" doc:"What it means, in the caller's language"`
	Unit         string   `json:"unit" doc:"What it counts; switch is 0 or 1, list is items" example:"age"`
	UnitLabel    string   `json:"unit_label"`
	Stricter     string   `json:"stricter" enum:"lower,higher,more,none"`
	ZeroIsNone   bool     `json:"zero_is_none" doc:"0 is no rule at all"`
	Min          int64    `json:"min"`
	Max          int64    `json:"max"`
	Default      int64    `json:"default"`
	Items        []Choice `json:"items" nullable:"false" doc:"What a list may hold; empty for a number"`
	DefaultItems []string `json:"default_items" nullable:"false"`
}

// Choice is a value with its label in the caller's language.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// PolicyKeyList is the catalogue of all that a policy may set, in its order.
type PolicyKeyList struct {
	Keys []PolicyKey `json:"keys" nullable:"false"`
}

// PolicyShare is a floor for the mix of members whom units of a level send.
type PolicyShare struct {
	Level     domain.UnitLevel `json:"level" enum:"province,city,county"`
	Attribute string           `json:"attribute" enum:"under40,division,rural"`
	Percent   int64            `json:"percent" minimum:"0" maximum:"100"`
	Skill     string           `json:"skill,omitempty" maxLength:"64" doc:"Speciality that counts as rural besides rural years"`
}

// PolicyDraft is what the author of a draft says. Version is 0 for a new one, else the one that was changed.
type PolicyDraft struct {
	Version   int64                         `json:"version,omitempty" minimum:"0"`
	Region    domain.Code                   `json:"region" maxLength:"12" doc:"Province, city or county that issues it"`
	Name      string                        `json:"name" maxLength:"200"`
	ValidFrom string                        `json:"valid_from" maxLength:"10" doc:"First day, YYYY-MM-DD"`
	Source    domain.PolicySource           `json:"source"`
	Values    map[string]domain.PolicyValue `json:"values" doc:"Only what this level sets, by key"`
	Shares    []PolicyShare                 `json:"shares,omitempty" maxItems:"100" nullable:"false"`
}

// Policy is a policy object: a draft, in force, or replaced.
type Policy struct {
	ID         string                        `json:"id"`
	Region     domain.Code                   `json:"region"`
	Name       string                        `json:"name"`
	Status     domain.PolicyStatus           `json:"status" enum:"draft,in_force,replaced"`
	Version    int64                         `json:"version"`
	ValidFrom  string                        `json:"valid_from"`
	ValidTo    string                        `json:"valid_to" doc:"First day on which it holds no longer; empty as long as nothing replaces it"`
	Source     domain.PolicySource           `json:"source"`
	Values     map[string]domain.PolicyValue `json:"values"`
	Shares     []PolicyShare                 `json:"shares" nullable:"false"`
	Replaces   string                        `json:"replaces" doc:"Id of the object in whose place it came"`
	Sample     string                        `json:"sample" doc:"Sample that it was taken from"`
	CreatedBy  string                        `json:"created_by"`
	CreatedAt  time.Time                     `json:"created_at"`
	EnforcedBy string                        `json:"enforced_by"`
	EnforcedAt *time.Time                    `json:"enforced_at" doc:"Null for a draft"`
}

// PolicyList is the policies of a division, of those above it and of those in it: upper levels first, the newest first.
type PolicyList struct {
	Policies []Policy `json:"policies" nullable:"false"`
}

// PolicyFault is one reason; Location is the place in the draft.
type PolicyFault struct {
	Code     string `json:"code" doc:"Message key"`
	Detail   string `json:"detail" doc:"What is wrong, in the caller's language"`
	Location string `json:"location"`
}

// PolicyFaults are the reasons why a draft cannot be put in force yet; none: it can.
type PolicyFaults struct {
	Faults []PolicyFault `json:"faults" nullable:"false"`
}

// PolicySaid is what one object says about a key.
type PolicySaid struct {
	Policy string             `json:"policy" doc:"Id of the object"`
	Region domain.Code        `json:"region"`
	Value  domain.PolicyValue `json:"value"`
}

// EffectiveRule is what holds for a key, and who said so.
type EffectiveRule struct {
	Key       string             `json:"key"`
	Value     domain.PolicyValue `json:"value"`
	By        string             `json:"by" doc:"Id of the object that set it; empty: the default"`
	Overruled []PolicySaid       `json:"overruled" nullable:"false" doc:"Lower levels that were looser than what binds them"`
}

// EffectivePolicy is what all levels together say for a place on a day.
type EffectivePolicy struct {
	Region  domain.Code     `json:"region"`
	Day     string          `json:"day"`
	Basis   string          `json:"basis" doc:"What decisions keep: ids of the objects, upper levels first, with + between them"`
	Objects []Policy        `json:"objects" nullable:"false"`
	Rules   []EffectiveRule `json:"rules" nullable:"false" doc:"In the order of the keys"`
	Shares  []PolicyShare   `json:"shares" nullable:"false"`
}

// PolicyDifference is one key in which two objects differ; a side that does not set it has the default.
type PolicyDifference struct {
	Key    string             `json:"key"`
	Old    domain.PolicyValue `json:"old"`
	New    domain.PolicyValue `json:"new"`
	OldSet bool               `json:"old_set"`
	NewSet bool               `json:"new_set"`
	Turn   string             `json:"turn" enum:"stricter,looser,changed,text" doc:"text: the same demand on another source"`
}

// PolicyShareDifference is one share in which two objects differ; −1 percent is no such share.
type PolicyShareDifference struct {
	Level     domain.UnitLevel `json:"level"`
	Attribute string           `json:"attribute"`
	Skill     string           `json:"skill"`
	Old       int64            `json:"old"`
	New       int64            `json:"new"`
	Turn      string           `json:"turn" enum:"stricter,looser,changed,text"`
}

// PolicyDiff is all in which two objects differ, by key.
type PolicyDiff struct {
	Before string                  `json:"before"`
	After  string                  `json:"after"`
	Keys   []PolicyDifference      `json:"keys" nullable:"false"`
	Shares []PolicyShareDifference `json:"shares" nullable:"false"`
}

// PolicySample is a policy that a place is known to have had, from public reports; it is law nowhere.
type PolicySample struct {
	Name      string                        `json:"name" example:"hunan-2021"`
	Title     string                        `json:"title"`
	Level     domain.Level                  `json:"level" enum:"province,city,county" doc:"Of the office that issued it"`
	Place     string                        `json:"place"`
	Notice    string                        `json:"notice" doc:"What to mind before using it"`
	ValidFrom string                        `json:"valid_from"`
	Source    domain.PolicySource           `json:"source"`
	Values    map[string]domain.PolicyValue `json:"values"`
	Shares    []PolicyShare                 `json:"shares" nullable:"false"`
}

// PolicySampleList is all samples, by name.
type PolicySampleList struct {
	Samples []PolicySample `json:"samples" nullable:"false"`
}

// PolicyPath names a policy object.
type PolicyPath struct {
	Policy string `path:"policy" maxLength:"64"`
}

// Versioned says from which version a change is made.
type Versioned struct {
	Version int64 `json:"version" minimum:"0"`
}
