package policy

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"jieli/internal/domain"
)

// The attributes that a share can ask for (dispatch contract §1, shares.csv).
var attributes = []string{"under40", "division", "rural"}

var levels = []domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}

// Check finds everything that is wrong with a policy version: unknown keys, values out of range, team sizes that contradict
// each other, malformed shares, and a missing date or source. Errors are KindInvalid with the place in Field; a version
// without faults gives none.
func Check(v domain.PolicyVersion) []error {
	var faults []error
	if v.Source == "" {
		faults = append(faults, fault("policy.no_source", "source", nil))
	}
	if _, err := time.Parse(time.DateOnly, v.ValidFrom); err != nil {
		faults = append(faults, fault("policy.bad_date", "valid_from", domain.Params{"value": v.ValidFrom}))
	}
	faults = append(faults, checkValues(v)...)
	for i, share := range v.Shares {
		if !goodShare(share) {
			faults = append(faults, fault("policy.bad_share", fmt.Sprintf("shares.%d", i+1), nil))
		}
	}
	return faults
}

func goodShare(s domain.Share) bool {
	return s.Percent >= 0 && s.Percent <= 100 && slices.Contains(levels, s.Level) && slices.Contains(attributes, s.Attribute)
}

func checkValues(v domain.PolicyVersion) []error {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(v.Values)) {
		key, known := Lookup(name)
		value := v.Values[name]
		switch {
		case !known:
			faults = append(faults, fault("policy.unknown_key", name, domain.Params{"key": name}))
		case value < key.Min || value > key.Max:
			faults = append(faults, fault("policy.out_of_range", name, domain.Params{"key": name, "value": value, "min": key.Min, "max": key.Max}))
		}
	}
	return append(faults, checkSizes(Values(v))...)
}

// checkSizes finds the categories whose least team size is above the greatest.
func checkSizes(values map[string]int64) []error {
	var faults []error
	for _, c := range categories {
		if low, high := values[SizeMinKey(c)], values[SizeMaxKey(c)]; low > high {
			faults = append(faults, fault("policy.sizes_contradict", SizeMinKey(c), domain.Params{"min": low, "max": high}))
		}
	}
	return faults
}

func fault(key, field string, params domain.Params) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: field, Params: params}
}

// Values are the values of all keys: those that the version sets, and the defaults of the others.
func Values(v domain.PolicyVersion) map[string]int64 {
	values := map[string]int64{}
	for _, k := range DispatchKeys() {
		values[k.Name] = k.Default
	}
	maps.Copy(values, v.Values)
	return values
}

// Rule is one number of a version, to be told to people. Set says that the version sets it, rather than the default.
type Rule struct {
	Key
	Value int64
	Set   bool
}

// Explain lists all numbers of a version in the order of the catalogue.
func Explain(v domain.PolicyVersion) []Rule {
	keys := DispatchKeys()
	rules := make([]Rule, len(keys))
	for i, k := range keys {
		value, set := v.Values[k.Name]
		if !set {
			value = k.Default
		}
		rules[i] = Rule{k, value, set}
	}
	return rules
}
