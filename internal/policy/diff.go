package policy

import (
	"slices"

	"jieli/internal/domain"
)

// Turn says which way a key went from one object to another.
type Turn string

// The turns. A key without an order that differs has changed.
const (
	TurnStricter Turn = "stricter"
	TurnLooser   Turn = "looser"
	TurnChanged  Turn = "changed"
	TurnText     Turn = "text" // the same demand on another source, or free where it was not
)

// Difference is one key in which two objects differ. A side that does not set the key has the default, and Set false.
type Difference struct {
	RuleKey
	Old, New       domain.PolicyValue
	OldSet, NewSet bool
	Turn           Turn
}

// ShareDifference is one share in which two objects differ; −1 percent is no such share.
type ShareDifference struct {
	Level     domain.UnitLevel
	Attribute string
	Skill     string
	Old, New  int64
	Turn      Turn
}

// Diff is all in which two objects differ, keys in the order of RuleKeys.
type Diff struct {
	Before, After string // ids
	Keys          []Difference
	Shares        []ShareDifference
}

// Compare finds all in which two objects differ in what they ask for.
func Compare(before, after domain.PolicyObject) Diff {
	d := Diff{Before: before.ID, After: after.ID}
	for _, key := range RuleKeys() {
		was, wasSet := before.Values[key.Name]
		is, isSet := after.Values[key.Name]
		if !wasSet && !isSet {
			continue
		}
		one := Difference{RuleKey: key, Old: key.DefaultValue(), New: key.DefaultValue(), OldSet: wasSet, NewSet: isSet}
		if wasSet {
			one.Old = was
		}
		if isSet {
			one.New = is
		}
		if one.Turn = key.turn(one); one.Turn != "" {
			d.Keys = append(d.Keys, one)
		}
	}
	d.Shares = compareShares(before.Shares, after.Shares)
	return d
}

// turn is empty where nothing differs.
func (k RuleKey) turn(d Difference) Turn {
	switch {
	case k.Same(d.Old, d.New) && d.OldSet == d.NewSet && d.Old.Free == d.New.Free && d.Old.Source == d.New.Source:
		return ""
	case k.Same(d.Old, d.New):
		return TurnText
	case k.AtLeast(d.New, d.Old):
		return TurnStricter
	case k.AtLeast(d.Old, d.New):
		return TurnLooser
	}
	return TurnChanged
}

func compareShares(before, after []domain.Share) []ShareDifference {
	var all []ShareDifference
	for _, s := range append(slices.Clone(before), after...) {
		one := ShareDifference{Level: s.Level, Attribute: s.Attribute, Skill: s.Skill, Old: percentOf(before, s), New: percentOf(after, s)}
		if one.Turn = TurnStricter; one.New < one.Old {
			one.Turn = TurnLooser
		}
		if one.Old != one.New && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

func percentOf(shares []domain.Share, like domain.Share) int64 {
	for _, s := range shares {
		if s.Level == like.Level && s.Attribute == like.Attribute && s.Skill == like.Skill {
			return s.Percent
		}
	}
	return -1
}
