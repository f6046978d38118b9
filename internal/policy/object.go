package policy

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"jieli/internal/domain"
)

// CheckObject finds everything that is wrong with a policy object by itself: name, division, dates, source, unknown keys,
// values out of range or not in a list's items, contradicting team sizes, malformed shares. Errors are KindInvalid with the
// place in Field. Whether it is looser than what binds it is told by Looser.
func CheckObject(o domain.PolicyObject) []error {
	var faults []error
	if o.Name == "" {
		faults = append(faults, fault("policy.no_name", "name", nil))
	}
	switch o.Region.Level() {
	case domain.LevelProvince, domain.LevelCity, domain.LevelCounty:
	default:
		faults = append(faults, fault("policy.bad_region", "region", domain.Params{"code": o.Region}))
	}
	if o.Source.Document == "" {
		faults = append(faults, fault("policy.no_source", "source", nil))
	}
	faults = append(faults, checkDates(o)...)
	for _, name := range slices.Sorted(maps.Keys(o.Values)) {
		if err := checkValue(name, o.Values[name]); err != nil {
			faults = append(faults, err)
		}
	}
	return append(faults, checkVersionParts(o)...)
}

func checkDates(o domain.PolicyObject) []error {
	var faults []error
	for field, day := range map[string]string{"valid_from": o.ValidFrom, "valid_to": o.ValidTo} {
		if day == "" && field == "valid_to" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			faults = append(faults, fault("policy.bad_date", field, domain.Params{"value": day}))
		}
	}
	if len(faults) == 0 && o.ValidTo != "" && o.ValidTo <= o.ValidFrom {
		faults = append(faults, fault("policy.ends_before", "valid_to", domain.Params{"from": o.ValidFrom, "to": o.ValidTo}))
	}
	return faults
}

func checkValue(name string, value domain.PolicyValue) error {
	key, known := LookupRule(name)
	switch {
	case !known:
		return fault("policy.unknown_key", name, domain.Params{"key": name})
	case key.IsList():
		for _, item := range value.Items {
			if !slices.Contains(key.Items, item) {
				return fault("policy.unknown_item", name, domain.Params{"key": name, "item": item})
			}
		}
		return nil
	case value.Number < key.Min || value.Number > key.Max:
		return fault("policy.out_of_range", name, domain.Params{"key": name, "value": value.Number, "min": key.Min, "max": key.Max})
	}
	return nil
}

// checkVersionParts holds the parts that a policy version has too, sizes and shares, against its rules.
func checkVersionParts(o domain.PolicyObject) []error {
	faults := checkSizes(Values(domain.PolicyVersion{Values: numbers(o.Values)}))
	for i, share := range o.Shares {
		if !goodShare(share) {
			faults = append(faults, fault("policy.bad_share", fmt.Sprintf("shares.%d", i+1), nil))
		}
	}
	return faults
}

// Contradictions are the team sizes that nobody could meet if the object held together with what binds it from above, such
// as a province's least size above a county's greatest. Errors are policy.sizes_contradict (KindInvalid). Above are as for
// Looser.
func Contradictions(o domain.PolicyObject, above []domain.PolicyObject) []error {
	together := Merge(o.Region, o.ValidFrom, append(slices.Clone(above), o))
	return checkSizes(Values(together.Version()))
}

// numbers are the values of dispatch keys.
func numbers(values map[string]domain.PolicyValue) map[string]int64 {
	all := map[string]int64{}
	for name, value := range values {
		if _, known := Lookup(name); known {
			all[name] = value.Number
		}
	}
	return all
}

// Tidy sorts lists, leaves each item once and gives numbers no items and lists no number, so that equal objects look equal.
func Tidy(o domain.PolicyObject) domain.PolicyObject {
	values := map[string]domain.PolicyValue{}
	for name, value := range o.Values {
		if key, known := LookupRule(name); known && key.IsList() {
			value.Items, value.Number = tidy(value.Items), 0
		} else {
			value.Items = nil
		}
		values[name] = value
	}
	o.Values = values
	return o
}

// Version is the effective policy as dispatch knows it: the dispatch keys that some level sets, and the shares. Its id is
// the basis.
func (e Effective) Version() domain.PolicyVersion {
	v := domain.PolicyVersion{ID: e.Basis(), Region: e.Region, Values: map[string]int64{}, Shares: e.Shares}
	for _, o := range e.Objects {
		v.Name, v.ValidFrom = o.Name, max(v.ValidFrom, o.ValidFrom)
		if v.Source != "" {
			v.Source += "；"
		}
		v.Source += o.Source.Document
		if o.Source.Number != "" {
			v.Source += "（" + o.Source.Number + "）"
		}
	}
	for _, rule := range e.Rules {
		if rule.By != "" && rule.Gate == GateDispatch {
			v.Values[rule.Name] = rule.Value.Number
		}
	}
	return v
}

// FromVersion is a policy version that came without an object, as an object in force: rounds from before policy objects
// are explained by it.
func FromVersion(v domain.PolicyVersion) domain.PolicyObject {
	o := domain.PolicyObject{ID: v.ID, Region: v.Region, Name: v.Name, Status: domain.PolicyInForce, Version: 1,
		ValidFrom: v.ValidFrom, Source: domain.PolicySource{Document: v.Source}, Values: map[string]domain.PolicyValue{}, Shares: v.Shares}
	for name, value := range v.Values {
		o.Values[name] = domain.PolicyValue{Number: value}
	}
	return o
}
