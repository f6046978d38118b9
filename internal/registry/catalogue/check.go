package catalogue

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// Check makes canonical text of what a person wrote: full-width digits, 是 and 否, 2021.3.5, labels of options. It looks
// only at the fields that raw holds: read-only ones are left out of the answer, unknown ones are faults
// (registry.unknown_field). What stays wrong is a fault, in the order of the catalogue, and is not in the answer. The masked text of a
// secret, as an export shows it, is let through: it asks to leave the secret as it is. Whether the values fit together is [Spec.Together]'s, and whether all required ones are there [Spec.Missing]'s.
func (s Spec) Check(raw map[string]string, labels Labels) (map[string]string, []Fault) {
	values := make(map[string]string, len(raw))
	var faults []Fault
	for _, f := range s.Fields {
		written, given := raw[f.Key]
		if !given || f.ReadOnly {
			continue
		}
		value, fault := s.value(f, written, labels)
		if fault != nil {
			faults = append(faults, *fault)
			continue
		}
		values[f.Key] = value
	}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		if _, known := s.Field(key); !known {
			faults = append(faults, Fault{Field: key, Key: "registry.unknown_field", Params: map[string]any{"field": key}})
		}
	}
	return values, faults
}

// value is the canonical text of one field.
func (s Spec) value(f Field, written string, labels Labels) (string, *Fault) {
	if written = clipped(written); prose(written) == "" {
		if f.Required {
			return "", fault(f, "", "registry.required", nil)
		}
		return "", nil
	}
	read := readers[f.Type]
	value, bad := read(reading{s.Entity, f, labels}, written)
	switch {
	case bad != nil:
		return "", bad
	case f.MaxLen > 0 && utf8.RuneCountInString(value) > f.MaxLen:
		return "", fault(f, written, "registry.too_long", map[string]any{"max": f.MaxLen})
	}
	if f.Masked && Masks(value) {
		return value, nil
	}
	if special, ok := specials[f.Key]; ok {
		return special(f, value)
	}
	return value, nil
}

// longestWritten bounds what is looked at, in bytes; every field is far shorter.
const longestWritten = 1 << 16

func clipped(s string) string {
	if len(s) <= longestWritten {
		return s
	}
	return s[:longestWritten]
}

// longestQuoted is how much of a wrong value a fault repeats, in runes.
const longestQuoted = 60

// fault tells what is wrong with a value. A masked value is never repeated.
func fault(f Field, written, key string, params map[string]any) *Fault {
	if params == nil {
		params = map[string]any{}
	}
	shown := []rune(written)
	if len(shown) > longestQuoted {
		shown = append(shown[:longestQuoted:longestQuoted], '…')
	}
	if f.Masked {
		shown = nil
	}
	params["value"] = string(shown)
	return &Fault{Field: f.Key, Value: string(shown), Key: key, Params: params}
}

// Missing are the faults of the required fields that a whole record leaves empty.
func (s Spec) Missing(values map[string]string) []Fault {
	var faults []Fault
	for _, f := range s.Fields {
		if f.Required && !f.ReadOnly && f.Key != s.Key && values[f.Key] == "" {
			faults = append(faults, *fault(f, "", "registry.required", nil))
		}
	}
	return faults
}
