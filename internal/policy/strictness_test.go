package policy_test

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// stricter has, for each key that knows a direction, a value and one that asks for more.
var stricter = map[string][2]int64{
	"max_age": {57, 56}, "max_terms": {2, 1}, "avoid_native": {0, 1}, "leader_min_grade_province": {6, 7}, "strong_min": {60, 61}, "cluster_max": {3, 2},
	"headcount": {0, 900}, "size_min_key": {3, 4}, "size_max_key": {5, 4}, "size_min_consolidated": {1, 2}, "size_max_consolidated": {3, 2},
	"size_min_weak": {2, 3}, "size_max_weak": {4, 3}, "size_min_demonstration": {2, 3}, "size_max_demonstration": {4, 3},
	"min_age": {18, 25}, "health_fit": {0, 1}, "min_rural_years": {0, 2}, "min_work_years": {2, 3}, "leader_party_member": {0, 1}, "leader_min_party_years": {0, 1},
	"leader_min_work_years": {1, 2}, "spouses_apart": {0, 1}, "publicity_days": {5, 7}, "publicity_working_days": {0, 1}, "reserve_percent": {20, 30},
	"goal_young_pool": {10, 20}, "goal_women": {20, 30}, "term_years": {2, 3}, "presence_days_year": {200, 220}, "presence_days_quarter": {50, 60},
	"presence_days_month": {20, 22}, "presence_nights_month": {10, 15}, "leave_township_days": {5, 3}, "leave_recall_days": {0, 30},
}

func TestWhichWayEachKeyIsStricter(t *testing.T) {
	for _, k := range policy.RuleKeys() {
		pair, ordered := stricter[k.Name]
		if ordered == (k.Stricter == policy.Unordered || k.IsList()) {
			t.Errorf("%s is stricter %s, the test says %v", k.Name, k.Stricter, ordered)
		}
		if !ordered {
			continue
		}
		loose, strict := domain.PolicyValue{Number: pair[0]}, domain.PolicyValue{Number: pair[1]}
		if !k.AtLeast(strict, loose) || k.AtLeast(loose, strict) {
			t.Errorf("%s: %d is not stricter than %d", k.Name, pair[1], pair[0])
		}
		if a, b := k.Strictest(loose, strict), k.Strictest(strict, loose); a.Number != pair[1] || b.Number != pair[1] {
			t.Errorf("%s: of %v the stricter is %d or %d", k.Name, pair, a.Number, b.Number)
		}
	}
}

// A county may say the stricter of two values below a province that says the other, and not the other way round, key by key.
func TestACountyBelowAProvinceKeyByKey(t *testing.T) {
	for name, pair := range stricter {
		value := func(region domain.Code, n int64) domain.PolicyObject {
			return object(region, map[string]domain.PolicyValue{name: {Number: n}})
		}
		above, below := value(chain[0], pair[0]), value(chain[2], pair[1])
		if faults := policy.Looser(below, []domain.PolicyObject{above}); len(faults) != 0 {
			t.Errorf("%s: %d below %d is refused", name, pair[1], pair[0])
		}
		if rule := policy.Merge(chain[2], "2024-01-01", []domain.PolicyObject{above, below}).Rule(name); rule.Value.Number != pair[1] || rule.By != below.ID {
			t.Errorf("%s: %+v by %s holds in the county", name, rule.Value, rule.By)
		}
		above, below = value(chain[0], pair[1]), value(chain[2], pair[0])
		faults := policy.Looser(below, []domain.PolicyObject{above})
		if len(faults) != 1 || faults[0].Name != name || faults[0].Value.Number != pair[1] || faults[0].By != above.ID {
			t.Errorf("%s: %d below %d gives %+v", name, pair[0], pair[1], faults)
		}
		rule := policy.Merge(chain[2], "2024-01-01", []domain.PolicyObject{above, below}).Rule(name)
		if rule.Value.Number != pair[1] || rule.By != above.ID || len(rule.Overruled) != 1 || rule.Overruled[0].Value.Number != pair[0] {
			t.Errorf("%s: %+v by %s, overruled %+v", name, rule.Value, rule.By, rule.Overruled)
		}
		above.Values[name] = domain.PolicyValue{Number: pair[1], Free: true}
		if faults := policy.Looser(below, []domain.PolicyObject{above}); len(faults) != 0 {
			t.Errorf("%s was declared free, yet %+v", name, faults)
		}
	}
}

// Where a key has no order the upper level decides, and the same value is no trespass.
func TestKeysWithoutAnOrderAreTheUpperLevels(t *testing.T) {
	checked := 0
	for _, k := range policy.RuleKeys() {
		if k.Stricter != policy.Unordered {
			continue
		}
		checked++
		above := object(chain[0], map[string]domain.PolicyValue{k.Name: {Number: k.Min}})
		for n, want := range map[int64]int{k.Min: 0, k.Max: 1} {
			below := object(chain[1], map[string]domain.PolicyValue{k.Name: {Number: n}})
			if got := policy.Looser(below, []domain.PolicyObject{above}); len(got) != want {
				t.Errorf("%s: %d below %d: %+v", k.Name, n, k.Min, got)
			}
			if got := policy.Merge(chain[1], "2024-01-01", []domain.PolicyObject{above, below}).Number(k.Name); got != k.Min {
				t.Errorf("%s: %d holds", k.Name, got)
			}
			if got := policy.Merge(chain[1], "2024-01-01", []domain.PolicyObject{below}).Number(k.Name); got != n {
				t.Errorf("%s: %d holds where nobody above says anything", k.Name, got)
			}
		}
	}
	if want := len(policy.RuleKeys()) - len(stricter) - 3; checked != want {
		t.Errorf("%d keys, want %d", checked, want)
	}
}

// A list may be longer below, never shorter; what is asked for at either level is asked for.
func TestListsGrowDownwards(t *testing.T) {
	say := func(region domain.Code, name string, items ...string) domain.PolicyObject {
		return object(region, map[string]domain.PolicyValue{name: {Items: items}})
	}
	for what, c := range map[string]struct {
		name         string
		above, below []string
		looser       bool
		holds, by    string
	}{
		"more":       {"clearance_bodies", []string{"discipline"}, []string{"discipline", "police"}, false, "discipline police", "431222"},
		"the same":   {"clearance_bodies", []string{"police", "discipline"}, []string{"discipline", "police"}, false, "discipline police", "431222"},
		"fewer":      {"clearance_bodies", []string{"discipline", "police"}, []string{"police"}, true, "discipline police", "430000"},
		"others":     {"judgement_items", []string{"style"}, []string{"family"}, true, "family style", "431222"},
		"none":       {"barred_positions", []string{"teacher"}, nil, true, "teacher", "430000"},
		"of its own": {"barred_positions", nil, []string{"medical"}, false, "medical", "431222"},
	} {
		above, below := say(chain[0], c.name, c.above...), say(chain[2], c.name, c.below...)
		if got := len(policy.Looser(below, []domain.PolicyObject{above})) > 0; got != c.looser {
			t.Errorf("%s: looser is %v", what, got)
		}
		rule := policy.Merge(chain[2], "2024-01-01", []domain.PolicyObject{above, below}).Rule(c.name)
		items := slices.Sorted(slices.Values(rule.Value.Items))
		if got := strings.Join(items, " "); got != c.holds || rule.By != c.by {
			t.Errorf("%s: %q by %s holds", what, got, rule.By)
		}
	}
}

func TestZeroIsNoLimitWhereItIsSaid(t *testing.T) {
	for _, k := range policy.RuleKeys() {
		want := k.Name == "headcount" || k.Name == "leave_recall_days"
		if k.ZeroIsNone != want {
			t.Errorf("%s: 0 is no limit: %v", k.Name, k.ZeroIsNone)
		}
	}
	recall, _ := policy.LookupRule("leave_recall_days")
	terms, _ := policy.LookupRule("max_terms")
	none, some := domain.PolicyValue{}, domain.PolicyValue{Number: 30}
	if !recall.AtLeast(some, none) || recall.AtLeast(none, some) {
		t.Error("no recall at all is as strict as one")
	}
	if one := (domain.PolicyValue{Number: 1}); !terms.AtLeast(none, one) || terms.AtLeast(one, none) {
		t.Error("0 terms bar everybody, and nothing is stricter")
	}
}

func TestSharesTakeTheHigherFloor(t *testing.T) {
	share := func(level domain.UnitLevel, attribute, skill string, percent int64) domain.Share {
		return domain.Share{Level: level, Attribute: attribute, Skill: skill, Percent: percent}
	}
	objects := []domain.PolicyObject{object(chain[0], nil), object(chain[1], nil), object(chain[2], nil)}
	objects[0].Shares = []domain.Share{share(domain.UnitCounty, "rural", "", 20), share(domain.UnitCity, "under40", "", 50)}
	objects[1].Shares = []domain.Share{share(domain.UnitCounty, "rural", "", 30), share(domain.UnitCity, "under40", "", 10)}
	objects[2].Shares = []domain.Share{share(domain.UnitCounty, "rural", "farming", 5), share(domain.UnitCounty, "rural", "", 25)}
	want := []domain.Share{share(domain.UnitCounty, "rural", "", 30), share(domain.UnitCity, "under40", "", 50), share(domain.UnitCounty, "rural", "farming", 5)}
	if got := policy.Merge(chain[2], "2024-01-01", objects).Shares; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if objects[0].Shares[0].Percent != 20 {
		t.Error("merging changed an object")
	}
}
