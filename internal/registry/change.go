package registry

import (
	"jieli/internal/registry/catalogue"
)

// Change asks for a record to be as Values say; what they do not name stays. Version is that of the record which the
// wish was made from, 0 for a new one. A cadre without a key is new and gets one.
type Change struct {
	Key     string
	Version int64
	Values  map[string]string
	// Confirmed is a person's word that a new cadre is not the one of the same unit, name and birth date.
	Confirmed bool
}

// What comes of a change.
const (
	Added   = "added"
	Changed = "changed"
	Same    = "same"
	Refused = "refused"
)

// Outcome is what comes or came of a change. Key is the record's; a new cadre's is empty until it is applied.
type Outcome struct {
	Key    string
	Kind   string
	Faults []catalogue.Fault
}

// judgement is an outcome with the whole rows before and after, by column.
type judgement struct {
	Outcome
	before, after catalogue.Record
}

func (j *judgement) refuse(faults ...catalogue.Fault) {
	j.Faults = append(j.Faults, faults...)
	j.Kind = Refused
}

func (j *judgement) refuseFor(field, value, key string, params map[string]any) {
	if params == nil {
		params = map[string]any{}
	}
	params["value"] = value
	j.refuse(catalogue.Fault{Field: field, Value: value, Key: key, Params: params})
}
