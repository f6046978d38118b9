package checks_test

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/policy"
	"jieli/internal/selection/checks"
)

func rules(values map[string]domain.PolicyValue) policy.Effective {
	for key, v := range values {
		v.Source = domain.PolicySource{Document: "办法", Place: key}
		values[key] = v
	}
	o := domain.PolicyObject{ID: "p", Region: "430000000000", Status: domain.PolicyInForce, Values: values}
	return policy.Merge(o.Region, "2023-05-01", []domain.PolicyObject{o})
}

func n(v int64) domain.PolicyValue         { return domain.PolicyValue{Number: v} }
func items(s ...string) domain.PolicyValue { return domain.PolicyValue{Items: s} }

const (
	pass  = domain.CheckPass
	fail  = domain.CheckFail
	human = domain.CheckNeedsPerson
	none  = domain.CheckOutcome("")
)

func TestEveryRule(t *testing.T) {
	leader := func(f domain.Facts) checks.Subject { return checks.Subject{Facts: f, Leader: true} }
	member := func(f domain.Facts) checks.Subject { return checks.Subject{Facts: f} }
	for _, c := range []struct {
		rule, key string
		value     domain.PolicyValue
		subject   checks.Subject
		want      domain.CheckOutcome
		reason    string
	}{
		{"max_age", "max_age", n(45), member(domain.Facts{BirthYear: 1978}), pass, "check.max_age"},
		{"max_age", "max_age", n(45), member(domain.Facts{BirthYear: 1977}), fail, "check.max_age"},
		{"max_age", "max_age", n(45), member(domain.Facts{}), human, "check.birth_unknown"},
		{"min_age", "min_age", n(25), member(domain.Facts{BirthYear: 1998}), pass, "check.min_age"},
		{"min_age", "min_age", n(25), member(domain.Facts{BirthYear: 1999}), fail, "check.min_age"},
		{"health_fit", "health_fit", n(1), member(domain.Facts{Health: "fit"}), pass, "check.health_fit"},
		{"health_fit", "health_fit", n(1), member(domain.Facts{Health: "unfit"}), fail, "check.health_unfit"},
		{"health_fit", "health_fit", n(1), member(domain.Facts{Health: "limited"}), human, "check.health_limited"},
		{"health_fit", "health_fit", n(1), member(domain.Facts{}), human, "check.health_unknown"},
		{"health_fit", "health_fit", n(0), member(domain.Facts{Health: "unfit"}), none, ""},
		{"max_terms", "max_terms", n(2), member(domain.Facts{Terms: 1}), pass, "check.max_terms"},
		{"max_terms", "max_terms", n(2), member(domain.Facts{Terms: 2}), fail, "check.max_terms"},
		{"max_terms", "max_terms", n(0), member(domain.Facts{}), fail, "check.max_terms"},
		{"min_rural_years", "min_rural_years", n(2), member(domain.Facts{RuralYears: 2}), pass, "check.min_rural_years"},
		{"min_rural_years", "min_rural_years", n(2), member(domain.Facts{RuralYears: 1}), fail, "check.min_rural_years"},
		{"min_rural_years", "min_rural_years", n(0), member(domain.Facts{}), none, ""},
		{"min_work_years", "min_work_years", n(2), member(domain.Facts{WorkDate: "2021-05-01"}), pass, "check.min_work_years"},
		{"min_work_years", "min_work_years", n(2), member(domain.Facts{WorkDate: "2021-05-02"}), fail, "check.min_work_years"},
		{"min_work_years", "min_work_years", n(2), member(domain.Facts{WorkDate: "2021"}), human, "check.work_date_unknown"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitProvince, Grade: 6}), pass, "check.leader_grade"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitProvince, Grade: 5, MidLevel: true}), fail, "check.leader_grade"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitProvince}), human, "check.grade_unknown"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitCounty, Grade: 9}), fail, "check.leader_mid_level"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitCity, MidLevel: true}), pass, "check.leader_mid_level"},
		{"leader_rank", "leader_min_grade_province", n(6), member(domain.Facts{UnitLevel: domain.UnitProvince}), none, ""},
		{"leader_party_member", "leader_party_member", n(1), leader(domain.Facts{Politics: "01"}), pass, "check.leader_party_member"},
		{"leader_party_member", "leader_party_member", n(1), leader(domain.Facts{Politics: "02"}), fail, "check.leader_party_member"},
		{"leader_party_member", "leader_party_member", n(1), leader(domain.Facts{}), human, "check.politics_unknown"},
		{"leader_party_member", "leader_party_member", n(1), member(domain.Facts{Politics: "13"}), none, ""},
		{"leader_min_party_years", "leader_min_party_years", n(1), leader(domain.Facts{PartyDate: "2022-05-01"}), pass, "check.leader_min_party_years"},
		{"leader_min_party_years", "leader_min_party_years", n(1), leader(domain.Facts{PartyDate: "2022-07-01"}), fail, "check.leader_min_party_years"},
		{"leader_min_party_years", "leader_min_party_years", n(1), leader(domain.Facts{}), human, "check.party_date_unknown"},
		{"leader_min_work_years", "leader_min_work_years", n(2), leader(domain.Facts{WorkDate: "2022-01-01"}), fail, "check.min_work_years"},
		{"avoid_native", "avoid_native", n(1), member(domain.Facts{Native: "430121101000"}), pass, "check.native_known"},
		{"avoid_native", "avoid_native", n(1), member(domain.Facts{}), human, "check.native_unknown"},
		{"avoid_native", "avoid_native", n(0), member(domain.Facts{}), none, ""},
		{"spouses_apart", "spouses_apart", n(1), checks.Subject{Spouses: 1}, human, "check.spouse_nominated"},
		{"spouses_apart", "spouses_apart", n(1), member(domain.Facts{}), pass, "check.no_spouse_nominated"},
		{"barred_positions", "barred_positions", items("teacher"), member(domain.Facts{UnitKind: "school"}), human, "check.position_suspect"},
		{"barred_positions", "barred_positions", items("medical"), member(domain.Facts{UnitKind: "school"}), pass, "check.position_clear"},
		{"barred_positions", "barred_positions", items("medical"), member(domain.Facts{UnitKind: "hospital"}), human, "check.position_suspect"},
		{"barred_positions", "barred_positions", items("worker", "temporary"), member(domain.Facts{Ladder: "civil"}), pass, "check.position_clear"},
		{"barred_positions", "barred_positions", items("worker"), member(domain.Facts{Ladder: "firm"}), human, "check.position_suspect"},
		{"barred_positions", "barred_positions", items(), member(domain.Facts{UnitKind: "school"}), none, ""},
		{"judge.style", "judgement_items", items("style"), member(domain.Facts{}), human, "check.judgement"},
	} {
		c.subject.Year, c.subject.Day = 2023, "2023-05-01"
		got := domain.Check{}
		for _, one := range checks.Run(c.subject, rules(map[string]domain.PolicyValue{c.key: c.value})) {
			if one.Rule == c.rule {
				got = one
			}
		}
		if got.Outcome != c.want || got.Reason != c.reason || c.want != none && (got.Policy != "p" || got.Source.Place != c.key) {
			t.Errorf("%s of %+v: %+v, want %s %s", c.rule, c.subject, got, c.want, c.reason)
		}
	}
}

// Every reason that the table can give has words, with figures for all that the words name.
func TestEveryReasonHasWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	strict := map[string]domain.PolicyValue{}
	for _, k := range policy.SelectionKeys() {
		strict[k.Name] = domain.PolicyValue{Number: k.Max, Items: k.Items}
	}
	facts := []domain.Facts{{}, {BirthYear: 1980, Health: "fit", WorkDate: "2020-01-01", PartyDate: "2020-01-01", Politics: "01", Native: "430121101000", UnitLevel: domain.UnitProvince, Grade: 5, Ladder: "civil"},
		{Health: "unfit", UnitLevel: domain.UnitProvince}, {Health: "limited", UnitKind: "school"}}
	for _, f := range facts {
		for _, spouses := range []int{0, 1} {
			for _, c := range checks.Run(checks.Subject{Facts: f, Leader: true, Year: 2023, Day: "2023-05-01", Spouses: spouses}, rules(strict)) {
				for _, language := range []string{"zh", "en"} {
					text := catalog.Printer(language).Text(c.Reason, c.Params)
					if text == c.Reason || slices.Contains([]string{"", "<no value>"}, text) {
						t.Errorf("%s: %q", c.Reason, text)
					}
					if name := catalog.Printer(language).Text("rule."+c.Rule, nil); name == "rule."+c.Rule {
						t.Errorf("no name for %s", c.Rule)
					}
				}
			}
		}
	}
}

func TestSettle(t *testing.T) {
	word := func(rule string, pass bool) domain.Judgement { return domain.Judgement{Rule: rule, Pass: pass} }
	all := []domain.Check{{Rule: "a", Outcome: pass}, {Rule: "b", Outcome: fail}, {Rule: "c", Outcome: human}, {Rule: "d", Outcome: human}, {Rule: "e", Outcome: human}}
	s := checks.Settle(all, []domain.Judgement{word("a", false), word("b", true), word("c", true), word("d", false), word("gone", false)})
	if !slices.Equal(s.Failed, []string{"b", "d"}) || !slices.Equal(s.Open, []string{"e"}) || s.Passes() {
		t.Errorf("%+v", s)
	}
	if !checks.Settle(all[:1], nil).Passes() || !checks.Settle(all[2:3], []domain.Judgement{word("c", true)}).Passes() {
		t.Error("what nothing bars does not pass")
	}
}

func TestChangedSeesThroughJSON(t *testing.T) {
	f := domain.Facts{BirthYear: 1980, UnitKind: "school"}
	e := rules(map[string]domain.PolicyValue{"barred_positions": items("teacher", "medical")})
	before := checks.Run(checks.Subject{Facts: f, Year: 2023, Day: "2023-05-01"}, e)
	text, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var kept []domain.Check
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	if rules := checks.Changed(kept, before); len(rules) > 0 {
		t.Errorf("nothing changed, yet %v", rules)
	}
	f.UnitKind, f.BirthYear, f.Health = "hospital", 1981, "fit"
	after := checks.Run(checks.Subject{Facts: f, Year: 2023, Day: "2023-05-01"}, e)
	if rules := checks.Changed(kept, after); !slices.Equal(rules, []string{"max_age", "min_age", "health_fit", "barred_positions"}) {
		t.Errorf("%v", rules)
	}
	if rules := checks.Changed(nil, after); len(rules) > 0 {
		t.Errorf("at first: %v", rules)
	}
}

// A stricter number never helps a nominee, whichever rule it is.
func TestStricterNeverHelps(t *testing.T) {
	worse := map[domain.CheckOutcome]int{pass: 0, human: 1, fail: 2}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom(append(policy.SelectionKeys()[:8], mustKey("max_age"), mustKey("max_terms"), mustKey("leader_min_grade_province"))).Draw(t, "key")
		a, b := n(rapid.Int64Range(key.Min, key.Max).Draw(t, "a")), n(rapid.Int64Range(key.Min, key.Max).Draw(t, "b"))
		if !key.AtLeast(a, b) {
			a, b = b, a
		}
		s := checks.Subject{Leader: true, Year: 2023, Day: "2023-05-01", Spouses: rapid.IntRange(0, 1).Draw(t, "spouses"), Facts: domain.Facts{
			BirthYear: rapid.IntRange(1950, 2005).Draw(t, "born"), RuralYears: rapid.IntRange(0, 9).Draw(t, "rural"), Terms: rapid.IntRange(0, 3).Draw(t, "terms"),
			Grade: rapid.IntRange(1, 12).Draw(t, "grade"), UnitLevel: domain.UnitProvince, Health: rapid.SampledFrom([]string{"", "fit", "limited", "unfit"}).Draw(t, "health"),
			WorkDate: "2010-01-01", PartyDate: "2015-01-01", Politics: rapid.SampledFrom([]string{"01", "02", ""}).Draw(t, "politics")}}
		strict, loose := worst(checks.Run(s, rules(map[string]domain.PolicyValue{key.Name: a})), worse), worst(checks.Run(s, rules(map[string]domain.PolicyValue{key.Name: b})), worse)
		if strict < loose {
			t.Fatalf("%s: %d helps where %d does not", key.Name, a.Number, b.Number)
		}
	})
}

func mustKey(name string) policy.RuleKey {
	k, _ := policy.LookupRule(name)
	return k
}

func worst(all []domain.Check, order map[domain.CheckOutcome]int) int {
	highest := 0
	for _, c := range all {
		highest = max(highest, order[c.Outcome])
	}
	return highest
}
