package policy_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// The defaults of the dispatch contract §1, policy.csv, written out again: who changes one changes every plan.
var contract = map[string]int64{
	"year": 2021, "max_age": 57, "max_terms": 2, "avoid_native": 1, "leader_min_grade_province": 6,
	"size_min_key": 3, "size_max_key": 5, "size_min_consolidated": 1, "size_max_consolidated": 3,
	"size_min_weak": 2, "size_max_weak": 4, "size_min_demonstration": 2, "size_max_demonstration": 4,
	"strong_min": 60, "cluster_max": 3, "w_unit_match": 30, "w_unit_prior": 120000, "w_unit_strength": 900, "w_unit_distance": 150,
	"w_cadre_match": 10, "w_cadre_rural": 3000, "w_cadre_young": 15000, "w_leader_grade": 8000, "w_cluster_percent": 60,
	"penalty_key": 4000000, "penalty_weak": 3000000, "penalty_demonstration": 2500000, "penalty_consolidated": 2000000,
	"penalty_min_teams": 500000, "headcount": 0, "penalty_share": 2000,
	policy.Keep: 60000, // this product's own: not in the contract
}

func TestTheCatalogueIsTheContracts(t *testing.T) {
	keys := policy.DispatchKeys()
	if len(keys) != len(contract) {
		t.Errorf("%d keys, the contract has %d", len(keys), len(contract))
	}
	for _, k := range keys {
		want, known := contract[k.Name]
		if !known || k.Default != want {
			t.Errorf("%s: default %d, want %d (known: %v)", k.Name, k.Default, want, known)
		}
		if k.Min > k.Default || k.Default > k.Max || k.Unit == "" || k.Meaning != "policy.dispatch."+k.Name {
			t.Errorf("%+v", k)
		}
		if value, known := policy.Default(k.Name); !known || value != want {
			t.Errorf("%s: Default gives %d, %v", k.Name, value, known)
		}
	}
	if _, known := policy.Default("w_unit"); known {
		t.Error("an unknown key has a default")
	}
}

func version() domain.PolicyVersion {
	return domain.PolicyVersion{
		ID: "p", Name: "办法", Source: "湘组发〔2021〕1号", ValidFrom: "2021-05-01", Values: map[string]int64{"max_age": 55, "headcount": 24021},
		Shares: []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 44}},
	}
}

func TestAGoodVersionHasNoFaults(t *testing.T) {
	if faults := policy.Check(version()); len(faults) != 0 {
		t.Errorf("%v", faults)
	}
	bare := domain.PolicyVersion{Source: "x", ValidFrom: "2023-01-01"}
	if faults := policy.Check(bare); len(faults) != 0 {
		t.Errorf("all defaults: %v", faults)
	}
}

func TestEveryFaultIsFoundAndPlaced(t *testing.T) {
	for place, c := range map[string]struct {
		key   string
		spoil func(*domain.PolicyVersion)
	}{
		"source":       {"policy.no_source", func(v *domain.PolicyVersion) { v.Source = "" }},
		"valid_from":   {"policy.bad_date", func(v *domain.PolicyVersion) { v.ValidFrom = "2021-5-1" }},
		"max_aeg":      {"policy.unknown_key", func(v *domain.PolicyVersion) { v.Values["max_aeg"] = 1 }},
		"max_age":      {"policy.out_of_range", func(v *domain.PolicyVersion) { v.Values["max_age"] = 17 }},
		"avoid_native": {"policy.out_of_range", func(v *domain.PolicyVersion) { v.Values["avoid_native"] = 2 }},
		"size_min_key": {"policy.sizes_contradict", func(v *domain.PolicyVersion) { v.Values["size_max_key"] = 2 }},
		"shares.2": {"policy.bad_share", func(v *domain.PolicyVersion) {
			v.Shares = append(v.Shares, domain.Share{Level: "town", Attribute: "rural", Percent: 1})
		}},
		"shares.1": {"policy.bad_share", func(v *domain.PolicyVersion) { v.Shares[0].Percent = 101 }},
	} {
		v := version()
		c.spoil(&v)
		faults := policy.Check(v)
		var told *domain.Error
		if len(faults) != 1 || !errors.As(faults[0], &told) || told.Kind != domain.KindInvalid || told.Key != c.key || told.Field != place {
			t.Errorf("%s: %v", place, faults)
		}
	}
	all := domain.PolicyVersion{Values: map[string]int64{"a": 1, "year": 0}, Shares: []domain.Share{{}}}
	if faults := policy.Check(all); len(faults) != 5 {
		t.Errorf("not all at once: %v", faults)
	}
}

func TestValuesAndExplanationAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := version()
		v.Values = map[string]int64{}
		for _, k := range policy.DispatchKeys() {
			if rapid.Bool().Draw(t, "set "+k.Name) {
				v.Values[k.Name] = rapid.Int64Range(k.Min, k.Max).Draw(t, k.Name)
			}
		}
		values := policy.Values(v)
		for _, r := range policy.Explain(v) {
			set, isSet := v.Values[r.Name]
			if r.Value != values[r.Name] || r.Set != isSet || (isSet && r.Value != set) || (!isSet && r.Value != r.Default) {
				t.Fatalf("%+v, %d", r, values[r.Name])
			}
		}
		for _, f := range policy.Check(v) {
			var told *domain.Error
			if !errors.As(f, &told) || !slices.Contains([]string{"policy.sizes_contradict"}, told.Key) {
				t.Fatalf("values in range: %v", f)
			}
		}
	})
}
