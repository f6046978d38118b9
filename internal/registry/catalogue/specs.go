package catalogue

import "slices"

// All are the tables of the registry, in the order in which they are filled.
func All() []Spec { return []Spec{regionSpec(), unitSpec(), cadreSpec(), villageSpec()} }

// Of is the table of an entity.
func Of(e Entity) (Spec, bool) {
	all := All()
	i := slices.IndexFunc(all, func(s Spec) bool { return s.Entity == e })
	if i < 0 {
		return Spec{}, false
	}
	return all[i], true
}

// Field finds a field by its key.
func (s Spec) Field(key string) (Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return s.Fields[i], true
}

// Specialities are what villages need and units and cadres are good at, in the order of every domain.Skills of the
// registry. A round may use some of them only.
func Specialities() []string {
	return []string{"party", "farming", "industry", "tourism", "health", "education", "infrastructure", "governance", "ecology"}
}

// The prefixes of the fields that hold one speciality each, 0..100: skill_farming, need_farming.
const (
	SkillPrefix = "skill_"
	NeedPrefix  = "need_"
)

const percent = 100

func specialities(prefix string) []Field {
	fields := make([]Field, 0, len(Specialities()))
	for _, name := range Specialities() {
		fields = append(fields, Field{Key: prefix + name, Type: Integer, Max: percent, Sortable: true, Filterable: true})
	}
	return fields
}

// The fields that most tables share.
func text(key string, most int) Field {
	return Field{Key: key, Type: Text, MaxLen: most, Sortable: true, Filterable: true}
}

// number is a count from 0.
func number(key string, most int64) Field {
	return Field{Key: key, Type: Integer, Max: most, Sortable: true, Filterable: true}
}

func choice(key string, values ...string) Field {
	return Field{Key: key, Type: Choice, Options: options(values...), Sortable: true, Filterable: true}
}

func date(key string, firstYear, lastYear int64) Field {
	return Field{Key: key, Type: Date, Min: firstYear, Max: lastYear, Sortable: true, Filterable: true}
}

func plain(key string, t Type) Field {
	return Field{Key: key, Type: t, Sortable: true, Filterable: true}
}

func options(values ...string) []Option {
	all := make([]Option, len(values))
	for i, v := range values {
		all[i] = Option{v}
	}
	return all
}

func required(f Field) Field { f.Required = true; return f }
func readOnly(f Field) Field { f.ReadOnly = true; return f }
func shown(f Field) Field    { f.Default = true; return f }

func month(f Field) Field { f.MonthOnly = true; return f }

func standard(f Field, name string) Field { f.Standard = name; return f }

// validity are the dates between which a record holds, half-open: from is the first day and to the first day after.
func validity() []Field {
	return []Field{date("valid_from", firstYear, lastYear), date("valid_to", firstYear, lastYear)}
}

const (
	firstYear = 1900
	lastYear  = 2200
)
