package problem_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/policy"
)

func TestTheHandbookListsEveryKeyWithDefaultAndRange(t *testing.T) {
	page, err := os.ReadFile("../../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range policy.DispatchKeys() {
		if row := fmt.Sprintf("| `%s` | %d | %d..%d |", k.Name, k.Default, k.Min, k.Max); !strings.Contains(string(page), row) {
			t.Errorf("docs/policy.md lacks %q", row)
		}
	}
}

// TestEveryKeyDoesSomething changes each key of the small problem and looks whether anything follows from it: a plan's
// score, what the rules forbid, or how a village is left.
func TestEveryKeyDoesSomething(t *testing.T) {
	other := map[string]int{"max_age": 40, "max_terms": 1, "avoid_native": 0, "leader_min_grade_province": 8, "strong_min": 70, "cluster_max": 2,
		"size_min_key": 4, "size_max_key": 3, "size_min_weak": 4, "size_max_weak": 2, "size_min_demonstration": 3, "size_max_demonstration": 2,
		"size_min_consolidated": 2, "size_max_consolidated": 1, "headcount": 9, "year": 2025, "penalty_share": 1}
	shares := "level,attribute,percent,skill\nprovince,under40,100,\n"
	for _, k := range policy.DispatchKeys() {
		f := small(t)
		f["policy.csv"], f["shares.csv"], f["pins.csv"] = "key,value\n", shares, ""
		before := told(t, f)
		value, ok := other[k.Name]
		if !ok {
			value = int(k.Default) + 100
		}
		if after := told(t, f.policy(k.Name, value)); after == before {
			t.Errorf("%s: nothing changes", k.Name)
		}
	}
}

// told is what can be said about two plans: score, broken rules, reasons.
func told(t *testing.T, f folder) string {
	p := f.problem(t)
	plan := goodPlan(t, p)
	plan[0] = team(t, p, "T1", "K1", "430102001201", "D01;D03;D04")
	plan[2] = team(t, p, "T3", "C1", "430102002202;430102002201;430102002203", "B01;B02;B06")
	plan[3].Members = plan[3].Members[:1]
	plan = append(plan, team(t, p, "T6", "P1", "430103001202", "A01;A02;A03;A04"), team(t, p, "T7", "C2", "430103001201", "C01;C03"))
	return fmt.Sprint(p.Score(plan), p.Score(nil), keysOf(p.Check(plan)), keysOf(p.Check(goodPlan(t, p))), p.Unserved(plan[:1]), problem.DefaultPolicy()["year"],
		p.Kept(p.Former(plan), plan).Bonus)
}
