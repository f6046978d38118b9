package policy_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

var chain = []domain.Code{"430000000000", "431200000000", "431222000000"}

func drawValue(t *rapid.T, k policy.RuleKey) domain.PolicyValue {
	v := domain.PolicyValue{Free: rapid.IntRange(0, 3).Draw(t, "free "+k.Name) == 0}
	if k.IsList() {
		for _, item := range k.Items {
			if rapid.Bool().Draw(t, item) {
				v.Items = append(v.Items, item)
			}
		}
		slices.Sort(v.Items)
		return v
	}
	v.Number = rapid.Int64Range(k.Min, k.Max).Draw(t, k.Name)
	return v
}

// drawChain draws objects of province, city and county that say something about the key, or nothing.
func drawChain(t *rapid.T, k policy.RuleKey) []domain.PolicyObject {
	var all []domain.PolicyObject
	for i, region := range chain {
		o := domain.PolicyObject{ID: string(region.Level()), Region: chain[i], Values: map[string]domain.PolicyValue{}}
		if rapid.IntRange(0, 4).Draw(t, "says") > 0 {
			o.Values[k.Name] = drawValue(t, k)
		}
		all = append(all, o)
	}
	return all
}

func drawKey(t *rapid.T) policy.RuleKey {
	return rapid.SampledFrom(policy.RuleKeys()).Draw(t, "key")
}

// However lower levels word it, what holds is at least as strict as every demand above that was not declared free, unless
// a free one stood above that.
func TestNoLevelLoosensWhatBindsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		objects := drawChain(t, key)
		for n := 1; n <= len(objects); n++ {
			rule := policy.Merge(chain[n-1], "2024-01-01", objects[:n]).Rule(key.Name)
			first := true // an unordered key binds from the first level that says something and does not leave it free
			for _, o := range objects[:n] {
				v, said := o.Values[key.Name]
				if !said || v.Free {
					continue
				}
				if (key.Stricter != policy.Unordered || first) && !key.AtLeast(rule.Value, v) {
					t.Fatalf("%s: %+v holds, %s said %+v", key.Name, rule.Value, o.ID, v)
				}
				first = false
			}
		}
	})
}

// A further level may only make things stricter, as long as what stands above is not free.
func TestAFurtherLevelIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		objects := drawChain(t, key)
		for _, o := range objects {
			if v, said := o.Values[key.Name]; said {
				v.Free = false
				o.Values[key.Name] = v
			}
		}
		before := policy.Merge(chain[1], "2024-01-01", objects[:2]).Rule(key.Name)
		after := policy.Merge(chain[2], "2024-01-01", objects).Rule(key.Name)
		if before.By != "" && !key.AtLeast(after.Value, before.Value) {
			t.Fatalf("%s went from %+v to %+v", key.Name, before.Value, after.Value)
		}
	})
}

// What Looser lets through holds as it was said.
func TestWhatMayBeEnforcedHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		objects := drawChain(t, key)
		last := objects[2]
		rule := policy.Merge(chain[2], "2024-01-01", objects).Rule(key.Name)
		value, said := last.Values[key.Name]
		refused := len(policy.Looser(last, objects[:2])) > 0
		if refused == slices.ContainsFunc(rule.Overruled, func(s policy.Said) bool { return s.Object == last.ID }) &&
			(refused || !said || key.Same(rule.Value, value)) {
			return
		}
		t.Fatalf("%s: refused %v, holds %+v of %+v, overruled %+v", key.Name, refused, rule.Value, value, rule.Overruled)
	})
}

func TestStrictnessIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		a, b, c := drawValue(t, key), drawValue(t, key), drawValue(t, key)
		both := key.Strictest(a, b)
		switch {
		case !key.AtLeast(a, a):
			t.Fatalf("%s: %v is not as strict as itself", key.Name, a)
		case key.AtLeast(a, b) && key.AtLeast(b, c) && !key.AtLeast(a, c):
			t.Fatalf("%s: %v %v %v", key.Name, a, b, c)
		case key.AtLeast(a, b) && key.AtLeast(b, a) && !key.Same(a, b):
			t.Fatalf("%s: %v and %v", key.Name, a, b)
		case key.Stricter != policy.Unordered && (!key.AtLeast(both, a) || !key.AtLeast(both, b)):
			t.Fatalf("%s: %v of %v and %v", key.Name, both, a, b)
		}
	})
}

func object(region domain.Code, values map[string]domain.PolicyValue) domain.PolicyObject {
	return domain.PolicyObject{ID: string(region[:6]), Region: region, Name: "办法", ValidFrom: "2023-01-01", Status: domain.PolicyInForce,
		Source: domain.PolicySource{Document: "办法", Number: "〔2023〕1号"}, Values: values}
}

func TestMergeDownTheLevels(t *testing.T) {
	set := func(n int64, free bool) domain.PolicyValue { return domain.PolicyValue{Number: n, Free: free} }
	items := func(s ...string) domain.PolicyValue { return domain.PolicyValue{Items: s} }
	for what, c := range map[string]struct {
		key       string
		said      [3]*domain.PolicyValue
		want      domain.PolicyValue
		by        string
		overruled int
	}{
		"nobody":                          {"max_age", [3]*domain.PolicyValue{}, set(57, false), "", 0},
		"a stricter county":               {"max_age", [3]*domain.PolicyValue{ptr(set(57, false)), nil, ptr(set(50, false))}, set(50, false), "431222", 0},
		"a looser county":                 {"max_age", [3]*domain.PolicyValue{ptr(set(50, false)), nil, ptr(set(55, false))}, set(50, false), "430000", 1},
		"looser where free":               {"max_age", [3]*domain.PolicyValue{ptr(set(50, true)), nil, ptr(set(55, false))}, set(55, false), "431222", 0},
		"free, but the province binds":    {"max_age", [3]*domain.PolicyValue{ptr(set(50, false)), ptr(set(45, true)), ptr(set(48, false))}, set(48, false), "431222", 0},
		"no headcount is looser than any": {"headcount", [3]*domain.PolicyValue{ptr(set(900, false)), ptr(set(0, false)), nil}, set(900, false), "430000", 1},
		"a weight is not the county's":    {"s_young", [3]*domain.PolicyValue{ptr(set(5, false)), nil, ptr(set(9, false))}, set(5, false), "430000", 1},
		"lists add up":                    {"clearance_bodies", [3]*domain.PolicyValue{ptr(items("discipline")), ptr(items("police")), nil}, items("discipline", "police"), "431200", 1},
	} {
		var objects []domain.PolicyObject
		for i, v := range c.said {
			values := map[string]domain.PolicyValue{}
			if v != nil {
				values[c.key] = *v
			}
			objects = append(objects, object(chain[i], values))
		}
		slices.Reverse(objects) // Merge sorts by level
		got := policy.Merge(chain[2], "2024-01-01", objects).Rule(c.key)
		if !got.Same(got.Value, c.want) || got.By != c.by || len(got.Overruled) != c.overruled {
			t.Errorf("%s: %+v by %q, overruled %+v", what, got.Value, got.By, got.Overruled)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestTheEffectivePolicyAsAVersion(t *testing.T) {
	upper := object(chain[0], map[string]domain.PolicyValue{"max_age": {Number: 57}, "clearance_bodies": {Items: []string{"health"}}})
	upper.Shares = []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 40}}
	lower := object(chain[2], map[string]domain.PolicyValue{"max_age": {Number: 50}})
	lower.Shares = []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 30}, {Level: domain.UnitCounty, Attribute: "rural", Percent: 20}}
	e := policy.Merge(chain[2], "2024-01-01", []domain.PolicyObject{upper, lower})
	v := e.Version()
	if v.ID != "430000+431222" || !slices.Equal(policy.ObjectsOf(v.ID), []string{"430000", "431222"}) || policy.ObjectsOf("") != nil {
		t.Errorf("basis %q", v.ID)
	}
	if len(v.Values) != 1 || v.Values["max_age"] != 50 || e.Number("max_age") != 50 || !slices.Equal(e.Items("clearance_bodies"), []string{"health"}) {
		t.Errorf("%+v", v.Values)
	}
	if len(v.Shares) != 2 || v.Shares[0].Percent != 40 || v.Source != "办法（〔2023〕1号）；办法（〔2023〕1号）" {
		t.Errorf("%+v", v)
	}
	if faults := policy.Check(v); len(faults) > 0 {
		t.Error(faults)
	}
	back := policy.FromVersion(v)
	if back.ID != v.ID || back.Values["max_age"].Number != 50 || !back.HoldsOn("2024-01-01") {
		t.Errorf("%+v", back)
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown key has a rule")
		}
	}()
	e.Rule("nothing")
}
