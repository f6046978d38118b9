package policy

import (
	"slices"

	"jieli/internal/domain"
)

// Direction says which way a key gets stricter.
type Direction string

// The directions. Where a key has none, a lower level may differ only if the upper one left the key alone or free.
const (
	StricterLower  Direction = "lower"
	StricterHigher Direction = "higher"
	StricterMore   Direction = "more" // a list: whatever holds all of it and more
	Unordered      Direction = "none"
)

// UnitList is the unit of keys whose value is a list, PolicyValue.Items.
const UnitList Unit = "list"

// The gates that keys belong to.
const (
	GateDispatch  = "dispatch"
	GateSelection = "selection"
)

// RuleKey is a key of a policy object: what Key says, and how levels may differ in it. Of a list, Items are what it may
// hold and DefaultItems what it holds where nobody sets it.
type RuleKey struct {
	Key
	Gate         string
	Stricter     Direction
	ZeroIsNone   bool // 0 is no limit: the least strict, whatever the direction
	Items        []string
	DefaultItems []string
}

// directions are those of the dispatch keys; all others, the weights and penalties, are unordered.
var directions = map[string]Direction{
	"max_age": StricterLower, "max_terms": StricterLower, "avoid_native": StricterHigher, "leader_min_grade_province": StricterHigher,
	"strong_min": StricterHigher, "cluster_max": StricterLower, "headcount": StricterLower,
}

// RuleKeys is the catalogue of policy objects: the dispatch keys, then those of selection and of management.
func RuleKeys() []RuleKey {
	dispatch := DispatchKeys()
	keys := make([]RuleKey, 0, len(dispatch))
	for _, k := range dispatch {
		rule := RuleKey{Key: k, Gate: GateDispatch, Stricter: Unordered, ZeroIsNone: k.Name == "headcount"}
		if d, ordered := directions[k.Name]; ordered {
			rule.Stricter = d
		}
		keys = append(keys, rule)
	}
	for _, c := range categories {
		for i := range keys {
			switch keys[i].Name {
			case SizeMinKey(c):
				keys[i].Stricter = StricterHigher
			case SizeMaxKey(c):
				keys[i].Stricter = StricterLower
			}
		}
	}
	return slices.Concat(keys, SelectionKeys(), ManagementKeys())
}

// LookupRule finds a key of RuleKeys by its name.
func LookupRule(name string) (RuleKey, bool) {
	keys := RuleKeys()
	if i := slices.IndexFunc(keys, func(k RuleKey) bool { return k.Name == name }); i >= 0 {
		return keys[i], true
	}
	return RuleKey{}, false
}

// DefaultValue is what holds where nobody sets the key.
func (k RuleKey) DefaultValue() domain.PolicyValue {
	return domain.PolicyValue{Number: k.Default, Items: slices.Clone(k.DefaultItems)}
}

// IsList says whether the value is Items rather than Number.
func (k RuleKey) IsList() bool { return k.Unit == UnitList }

// Same says whether two values ask for the same.
func (k RuleKey) Same(a, b domain.PolicyValue) bool {
	if k.IsList() {
		return slices.Equal(tidy(a.Items), tidy(b.Items))
	}
	return a.Number == b.Number
}

// AtLeast says whether a is as strict as b or stricter. It is reflexive and transitive; an unordered key is at least as
// strict as the same value only.
func (k RuleKey) AtLeast(a, b domain.PolicyValue) bool {
	switch {
	case k.Same(a, b):
		return true
	case k.Stricter == StricterMore:
		return !slices.ContainsFunc(b.Items, func(i string) bool { return !slices.Contains(a.Items, i) })
	case k.ZeroIsNone && b.Number == 0:
		return k.Stricter != Unordered
	case k.ZeroIsNone && a.Number == 0:
		return false
	case k.Stricter == StricterLower:
		return a.Number < b.Number
	case k.Stricter == StricterHigher:
		return a.Number > b.Number
	}
	return false
}

// Strictest is the least strict value that is at least as strict as both: of lists all that stands in either. Of an
// unordered key it is upper.
func (k RuleKey) Strictest(upper, lower domain.PolicyValue) domain.PolicyValue {
	switch {
	case k.Stricter == StricterMore:
		upper.Items = tidy(append(slices.Clone(upper.Items), lower.Items...))
		return upper
	case k.AtLeast(lower, upper):
		return lower
	}
	return upper
}

// tidy sorts a list and leaves each item once.
func tidy(items []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(items)))
}
