package catalogue

// Entity names a table of the registry.
type Entity string

// The tables of the registry.
const (
	Region  Entity = "region"
	Unit    Entity = "unit"
	Cadre   Entity = "cadre"
	Village Entity = "village"
)

// Type says how a field is written, compared and edited.
type Type string

// The types of fields, with their canonical text. A region is 12 digits; several values are sorted and joined by ";".
const (
	Text     Type = "text"
	Integer  Type = "integer" // "12"
	Boolean  Type = "boolean" // "1" or "0"
	Date     Type = "date"    // "2006-01-02"
	Choice   Type = "choice"  // value of one option
	Choices  Type = "choices" // values of several options
	RegionAt Type = "region"  // code of a division
	UnitID   Type = "unit"    // id of a unit
	UnitIDs  Type = "units"
	Villages Type = "villages" // codes of villages
	Secret   Type = "secret"   // sealed at rest; the canonical text is what was written, never what is shown
)

// Option is one value of a choice, shown by the message option.<entity>.<field>.<value>; it is the code of the field's
// standard where there is one.
type Option struct{ Value string }

// Field is one column of a table. Key is stable: the name in JSON, in filters and in the undo log, and part of the
// message keys field.<entity>.<key> and field.<entity>.<key>.note.
type Field struct {
	Key      string
	Type     Type
	Required bool
	ReadOnly bool     // identity or computed: shown and exported, ignored on import
	Options  []Option // of a choice, in the order in which they are offered
	Min, Max int64    // of an integer, both inclusive; of a date: its year, 0 none
	MaxLen   int      // in runes; 0 is for types that have their own length
	Standard string   // such as "GB/T 2261.1-2003"
	Masked   bool     // sealed at rest, shown masked, never in a log; found by equality only
	Sortable bool
	// Filterable fields take the operators of their type.
	Filterable bool
	// MonthOnly dates may be written to the month, as personnel files do; they are kept as its first day.
	MonthOnly bool
	// Default fields are the columns where nobody has chosen any.
	Default bool
}

// Spec is the table of one entity. Key names the field that identifies a row in a sheet.
type Spec struct {
	Entity Entity
	Key    string
	Fields []Field
}

// Record is one row in canonical text by field; a field without a value may be missing or empty. Version counts its
// changes from 1. A masked field holds its masked text, such as "****************34".
type Record struct {
	Key     string
	Version int64
	Values  map[string]string
}

// Fault says what is wrong with one value: Key is a message key, and Params fill it. Field is empty for a fault of the
// whole row. Value is what was written, empty for a masked field.
type Fault struct {
	Field  string
	Value  string
	Key    string
	Params map[string]any
}

// Labels finds the option that a person wrote by its label in any language. The catalogue itself takes option values
// only; nil finds nothing more.
type Labels func(e Entity, f Field, label string) (value string, ok bool)
