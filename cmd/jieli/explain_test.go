package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
)

// handmade is a plan for the small problem with prices in round numbers, so that the words can be held against it.
func handmade(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"teams.csv":       "team,unit,villages\nT1,P1,430102001201\nT2,C1,430102001202\nT3,K1,430102002202;430102002201;430102002203\nT4,K2,430102002204\nT5,K4,430103001201\n",
		"members.csv":     "team,cadre,role\nT1,A01,leader\nT1,A02,member\nT1,A04,member\nT2,B01,leader\nT2,B02,member\nT2,B03,member\nT3,D01,leader\nT3,D03,member\nT4,E01,leader\nT4,F01,member\nT5,G01,leader\n",
		"certificate.csv": "kind,id,price\nheadcount,0,42000\nunit_max,P1,9000\nshare,1,70\nvillage,430102001201,-5000\ncadre,B04,1234567\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestExplainInWords(t *testing.T) {
	dir := handmade(t)
	for name, c := range map[string]struct {
		language string
		args     []string
		says     []string
	}{
		"the plan": {"en", nil, []string{"key villages without a team: 1, which costs 4,000,000 points", "headcount: 11 of 18 used; one more head is worth 42,000 points",
			"the 44% share of members under 40 in teams of province units: 2 of 3; the shortfall costs 0 points, one percent of the floor costs 210, one more such member is worth 7,000",
			"village 430102001201 清水村 takes 5,000 points from the others", "one more team of unit P1 省农业农村厅 is worth 9,000 points",
			"candidate B04 is worth 1,234,567 points to the plan", "fairness: "}},
		"in Chinese":          {"zh-CN", nil, []string{"再多一人值 42,000 分", "1 个重点村没有队伍，扣 4,000,000 分", "省级单位队伍中40 岁以下的人占 44%", "公平："}},
		"a team":              {"en", []string{"--team", "T1"}, []string{"team T1: unit P1 省农业农村厅 at 430102001201", "rival C1 市委组织部", "rival K1 县农业农村局", "leader A01: ", "more points for it would turn the prices"}},
		"a team in Chinese":   {"zh-CN", []string{"--team", "T1"}, []string{"队伍 T1：单位 P1 省农业农村厅", "可替换单位 C1", "队长 A01：", "本单位没有其他人能任此职"}},
		"a village":           {"en", []string{"--village", "430102002203"}, []string{"village 430102002203 竹山村: demonstration village, difficulty 30", "team T3: "}},
		"an unserved village": {"en", []string{"--village", "430103001202"}, []string{"no team serves it: ", "county 430103000000: 1 of 2 villages without a team"}},
		"barred":              {"en", []string{"--village", "430102002204", "--why-not-unit", "P1"}, []string{"rule 3: province unit P1 of strength 90", "pin: candidate E01 must serve"}},
		"barred by age":       {"zh-CN", []string{"--team", "T2", "--why-not-cadre", "B05"}, []string{"规则 4：人选 B05 年龄 58 岁，上限 57 岁"}},
		"already":             {"en", []string{"--village", "430102001201", "--why-not-unit", "P1"}, []string{"P1 is at village 430102001201 in this plan"}},
		"a wish":              {"en", []string{"--village", "430102001201", "--why-not-unit", "K1"}, []string{"with K1 at village 430102001201 the plan would lose ", "more points for K1 there would turn the prices"}},
		"a wish that is tried": {"en", []string{"--village", "430102001201", "--why-not-cadre", "B01", "--solve"},
			[]string{"with B01 at village 430102001201 the plan would lose ", "B01 now serves at 430102001202", ", at most "}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, told := planning(t.Context(), c.language, append([]string{"explain", "--in", smallProblem, "--plan", dir}, c.args...)...)
			if code != exitOK {
				t.Fatalf("%d %s", code, told)
			}
			for _, want := range c.says {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			if strings.Contains(out, "explain.") || strings.Contains(out, "bar.") || strings.Contains(out, "no value") {
				t.Errorf("words are missing:\n%s", out)
			}
		})
	}
}

func TestExplainInJSON(t *testing.T) {
	dir := handmade(t)
	decode := func(into any, args ...string) {
		code, out, told := planning(t.Context(), "en", append([]string{"explain", "--in", smallProblem, "--plan", dir, "--json"}, args...)...)
		if err := json.Unmarshal([]byte(out), into); code != exitOK || err != nil {
			t.Fatalf("%d %v %s", code, err, told)
		}
	}
	var plan problem.PlanAnswer
	if decode(&plan); plan.Headcount == nil || plan.Headcount.Price != 42_000 || len(plan.Penalties) == 0 || plan.Fairness.Weakest == "" {
		t.Errorf("%+v", plan)
	}
	var village problem.VillageAnswer
	if decode(&village, "--village", "430102001201"); village.Team == nil || village.Team.Unit != "P1" || village.Price != -5000 {
		t.Errorf("%+v", village)
	}
	var wish problem.WhyNotAnswer
	if decode(&wish, "--village", "430102002204", "--why-not-unit", "K1"); len(wish.Bars) != 2 || wish.Bars[0].Key != "bar.unit_not" || wish.Loss != nil {
		t.Errorf("%+v", wish)
	}
}

func TestWrongQuestions(t *testing.T) {
	dir := handmade(t)
	ask := []string{"explain", "--in", smallProblem, "--plan", dir}
	for says, args := range map[string][]string{
		"--village or --team, not both":  {"--village", "430102001201", "--team", "T1"},
		"not both":                       {"--village", "430102001201", "--why-not-unit", "K1", "--why-not-cadre", "A01"},
		"--village or --team is missing": {"--why-not-unit", "K1"},
		"--solve needs":                  {"--solve"},
		"\"T9\" is not in teams.csv":     {"--team", "T9"},
		"\"1\" is not in villages.csv":   {"--village", "1"},
		"\"K9\" is not in units.csv":     {"--team", "T1", "--why-not-unit", "K9"},
		"\"Z1\" is not in cadres.csv":    {"--team", "T1", "--why-not-cadre", "Z1"},
		"--time-limit must not be":       {"--time-limit", "-1s"},
	} {
		if code, out, told := planning(t.Context(), "en", append(ask, args...)...); code != exitInput || out != "" || !strings.Contains(told, says) {
			t.Errorf("%v: %d %q %q", args, code, out, told)
		}
	}
	for says, args := range map[string][]string{
		"--in is missing":   {"explain", "--plan", dir},
		"--plan is missing": {"explain", "--in", smallProblem},
	} {
		if code, _, told := planning(t.Context(), "en", args...); code != exitInput || !strings.Contains(told, says) {
			t.Errorf("%v: %d %q", args, code, told)
		}
	}
	edit(t, filepath.Join(dir, "members.csv"), func(s string) string { return strings.Replace(s, "T5,G01", "T5,A03", 1) })
	if code, out, told := planning(t.Context(), "en", ask...); code != exitInput || out != "" || !strings.Contains(told, "breaks rule 4") {
		t.Errorf("a plan that breaks a rule is explained: %d %q %q", code, out, told)
	}
}
