package checks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/policy"
	"jieli/internal/selection/checks"
)

// run is the one check of the rule, if there is one.
func run(s checks.Subject, rule string, values map[string]domain.PolicyValue) domain.Check {
	if s.Year == 0 {
		s.Year, s.Day = 2023, "2023-05-01"
	}
	for _, one := range checks.Run(s, rules(values)) {
		if one.Rule == rule {
			return one
		}
	}
	return domain.Check{}
}

// Every check tells its figures in words: what the registry has, and what the rule asks for.
func TestChecksTellTheirFigures(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	leader := func(f domain.Facts) checks.Subject { return checks.Subject{Leader: true, Facts: f} }
	for _, c := range []struct {
		rule, key string
		value     domain.PolicyValue
		subject   checks.Subject
		params    string
		zh        string
	}{
		{"max_age", "max_age", n(45), leader(domain.Facts{BirthYear: 1977}), "map[age:46 limit:45]", "46 岁，规定不超过 45 岁"},
		{"min_age", "min_age", n(25), leader(domain.Facts{BirthYear: 1999}), "map[age:24 limit:25]", "24 岁，规定不低于 25 岁"},
		{"max_terms", "max_terms", n(2), leader(domain.Facts{Terms: 3}), "map[limit:2 terms:3]", "已连续 3 届，规定连续 2 届的不再选派"},
		{"min_rural_years", "min_rural_years", n(2), leader(domain.Facts{RuralYears: 1}), "map[limit:2 years:1]", "基层工作 1 年，规定不少于 2 年"},
		{"min_work_years", "min_work_years", n(3), leader(domain.Facts{WorkDate: "2021-05-01"}), "map[limit:3 years:2]", "工作 2 年，规定不少于 3 年"},
		{"leader_min_work_years", "leader_min_work_years", n(3), leader(domain.Facts{WorkDate: "2010-12-31"}), "map[limit:3 years:12]", "工作 12 年，规定不少于 3 年"},
		{"leader_min_party_years", "leader_min_party_years", n(1), leader(domain.Facts{PartyDate: "2022-05-02"}), "map[limit:1 years:0]", "党龄 0 年，规定不少于 1 年"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitProvince, Grade: 4}), "map[grade:4 limit:6]", "职级序 4，省派队长不低于 6"},
		{"leader_rank", "leader_min_grade_province", n(6), leader(domain.Facts{UnitLevel: domain.UnitCity, Grade: 4}), "map[]", "市县队长应为单位中层以上干部"},
		{"avoid_native", "avoid_native", n(1), leader(domain.Facts{Native: "431222114000"}), "map[code:431222114000]", "家乡在 431222114000，派驻时回避"},
		{"barred_positions", "barred_positions", items("teacher"), leader(domain.Facts{UnitKind: "university", Position: "讲师"}), "map[items:[teacher] position:讲师]", "可能属于不得选派的岗位（讲师），请核实"},
		{"judge.family", "judgement_items", items("family"), leader(domain.Facts{}), "map[item:family]", "须由人判断并写明理由"},
	} {
		got := run(c.subject, c.rule, map[string]domain.PolicyValue{c.key: c.value})
		if fmt.Sprint(got.Params) != c.params {
			t.Errorf("%s: figures %v, want %s", c.rule, got.Params, c.params)
		}
		if text := catalog.Printer("zh").Text(got.Reason, got.Params); text != c.zh {
			t.Errorf("%s is told as %q, want %q", c.rule, text, c.zh)
		}
		if text := catalog.Printer("en").Text(got.Reason, got.Params); text == got.Reason || strings.ContainsAny(text, "岁年届") {
			t.Errorf("%s is told in English as %q", c.rule, text)
		}
	}
}

// A check names the rule's own text and the object that set it; the built-in default has neither.
func TestAChecksSourceIsTheValuesOwn(t *testing.T) {
	upper := domain.PolicyObject{ID: "province", Region: "430000000000", Values: map[string]domain.PolicyValue{
		"max_age": {Number: 55, Source: domain.PolicySource{Document: "省办法", Place: "第三条"}}, "judgement_items": {Items: []string{"style"}, Source: domain.PolicySource{Document: "省办法", Place: "第四条"}}}}
	lower := domain.PolicyObject{ID: "county", Region: "431222000000", Values: map[string]domain.PolicyValue{
		"max_age": {Number: 50, Source: domain.PolicySource{Document: "县办法", Quote: "不超过50周岁"}}, "min_rural_years": {Number: 1, Source: domain.PolicySource{Document: "县办法"}}}}
	e := policy.Merge(lower.Region, "2023-05-01", []domain.PolicyObject{upper, lower})
	for _, c := range checks.Run(checks.Subject{Year: 2023, Day: "2023-05-01", Facts: domain.Facts{BirthYear: 1980}}, e) {
		want := map[string][2]string{"max_age": {"county", "县办法"}, "min_rural_years": {"county", "县办法"}, "judge.style": {"province", "省办法"}}[c.Rule]
		if c.Policy != want[0] || c.Source.Document != want[1] {
			t.Errorf("%s rests on %q, %+v", c.Rule, c.Policy, c.Source)
		}
	}
}

func TestChecksComeInTheirOrder(t *testing.T) {
	every := map[string]domain.PolicyValue{"judgement_items": items("willing", "style"), "barred_positions": items("worker")}
	for _, key := range []string{"min_rural_years", "min_work_years", "leader_party_member", "leader_min_party_years", "leader_min_work_years", "spouses_apart"} {
		every[key] = n(1)
	}
	order := []string{"max_age", "min_age", "health_fit", "max_terms", "min_rural_years", "min_work_years", "leader_rank", "leader_party_member", "leader_min_party_years",
		"leader_min_work_years", "avoid_native", "spouses_apart", "barred_positions", "judge.willing", "judge.style"}
	told := func(s checks.Subject, values map[string]domain.PolicyValue) (names []string) {
		s.Year, s.Day = 2023, "2023-05-01"
		for _, c := range checks.Run(s, rules(values)) {
			names = append(names, c.Rule)
		}
		return names
	}
	if got := told(checks.Subject{Leader: true}, every); !slices.Equal(got, order) {
		t.Errorf("of a leader: %v", got)
	}
	members := slices.DeleteFunc(slices.Clone(order), func(rule string) bool { return strings.HasPrefix(rule, "leader_") })
	if got := told(checks.Subject{}, every); !slices.Equal(got, members) {
		t.Errorf("of a member: %v", got)
	}
	if got := told(checks.Subject{}, nil); !slices.Equal(got, []string{"max_age", "min_age", "health_fit", "max_terms", "avoid_native"}) {
		t.Errorf("without any policy: %v", got)
	}
}

// Years of service are whole years on the selection's day, whatever the day of the month or the year.
func TestWholeYearsOnTheDay(t *testing.T) {
	for _, c := range []struct {
		since, day string
		years      int
	}{
		{"2020-05-01", "2023-05-01", 3}, {"2020-05-02", "2023-05-01", 2}, {"2020-04-30", "2023-05-01", 3}, {"2022-12-31", "2023-01-01", 0},
		{"2020-02-29", "2021-02-28", 0}, {"2020-02-29", "2021-03-01", 1}, {"2020-02-29", "2024-02-29", 4}, {"2023-05-01", "2023-05-01", 0},
	} {
		s := checks.Subject{Year: 2023, Day: c.day, Facts: domain.Facts{WorkDate: c.since}}
		got := run(s, "min_work_years", map[string]domain.PolicyValue{"min_work_years": n(3)})
		if fmt.Sprint(got.Params["years"]) != fmt.Sprint(c.years) || got.Outcome == pass != (c.years >= 3) {
			t.Errorf("from %s to %s: %+v, want %d", c.since, c.day, got, c.years)
		}
	}
	for _, since := range []string{"", "2020", "2020-13-01", "1 May"} {
		if got := run(checks.Subject{Facts: domain.Facts{WorkDate: since}}, "min_work_years", map[string]domain.PolicyValue{"min_work_years": n(1)}); got.Outcome != human {
			t.Errorf("since %q: %+v", since, got)
		}
	}
}

// Age is the round's first year less the year of birth: the day within the year is no matter.
func TestAgeIsCountedByYears(t *testing.T) {
	for _, c := range []struct {
		year, born int
		birthday   string
		want       domain.CheckOutcome
	}{
		{2023, 1966, "1966-01-01", pass}, {2023, 1966, "1966-12-31", pass}, {2023, 1965, "1965-12-31", fail}, {2022, 1965, "1965-01-01", pass}, {2024, 1966, "", fail},
	} {
		s := checks.Subject{Year: c.year, Day: "2023-05-01", Facts: domain.Facts{BirthYear: c.born, BirthDate: c.birthday}}
		if got := run(s, "max_age", nil); got.Outcome != c.want || got.Policy != "" {
			t.Errorf("born %d, in %d: %+v", c.born, c.year, got)
		}
	}
}

// A unit's kind and the ladder only raise the question: nobody fails by them, and only for what the policy bars.
func TestPositionsAreOnlyAsked(t *testing.T) {
	for what, c := range map[string]struct {
		facts  domain.Facts
		barred []string
		asked  []string
	}{
		"a school":            {domain.Facts{UnitKind: "school", Ladder: "civil"}, []string{"teacher", "medical", "worker", "temporary"}, []string{"teacher"}},
		"a university":        {domain.Facts{UnitKind: "university", Ladder: "civil"}, []string{"teacher"}, []string{"teacher"}},
		"a hospital's worker": {domain.Facts{UnitKind: "hospital", Ladder: "institution"}, []string{"teacher", "medical", "temporary"}, []string{"medical", "temporary"}},
		"an unknown ladder":   {domain.Facts{UnitKind: "government"}, []string{"worker"}, []string{"worker"}},
		"a civil servant":     {domain.Facts{UnitKind: "government", Ladder: "civil"}, []string{"teacher", "medical", "worker", "temporary"}, nil},
		"nothing is asked":    {domain.Facts{UnitKind: "firm", Ladder: "firm"}, []string{"teacher", "medical"}, nil},
	} {
		got := run(checks.Subject{Facts: c.facts}, "barred_positions", map[string]domain.PolicyValue{"barred_positions": items(c.barred...)})
		found, _ := got.Params["items"].([]string)
		slices.Sort(found)
		if got.Outcome == pass != (len(c.asked) == 0) || got.Outcome == fail || !slices.Equal(found, c.asked) {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

func TestFullMembers(t *testing.T) {
	for politics, want := range map[string]bool{"01": true, "party_member": true, "02": false, "03": false, "13": false, "": false, "1": false} {
		if checks.FullMember(politics) != want {
			t.Errorf("%q is a full member: %v", politics, !want)
		}
	}
}

func TestWhatCountsAsChanged(t *testing.T) {
	check := func(outcome domain.CheckOutcome, reason string, params map[string]any) []domain.Check {
		return []domain.Check{{Rule: "r", Outcome: outcome, Reason: reason, Params: params}}
	}
	figures := func(kv ...any) map[string]any { return map[string]any{kv[0].(string): kv[1]} }
	base := check(human, "why", figures("age", 40))
	for what, c := range map[string]struct {
		after []domain.Check
		want  bool
	}{
		"nothing":               {check(human, "why", figures("age", 40)), false},
		"the same, out of JSON": {check(human, "why", figures("age", 40.0)), false},
		"the same, as int64":    {check(human, "why", figures("age", int64(40))), false},
		"another figure":        {check(human, "why", figures("age", 41)), true},
		"another name":          {check(human, "why", figures("years", 40)), true},
		"one figure more":       {check(human, "why", map[string]any{"age": 40, "limit": 45}), true},
		"no figures":            {check(human, "why", nil), true},
		"another outcome":       {check(fail, "why", figures("age", 40)), true},
		"another reason":        {check(human, "because", figures("age", 40)), true},
		"another text only":     {[]domain.Check{{Rule: "r", Outcome: human, Reason: "why", Params: figures("age", 40), Policy: "p2"}}, false},
		"another rule":          {[]domain.Check{{Rule: "s", Outcome: fail}}, false},
	} {
		if got := len(checks.Changed(base, c.after)) > 0; got != c.want {
			t.Errorf("%s: changed is %v", what, got)
		}
	}
}
