package problem_test

import (
	"slices"
	"testing"

	"jieli/internal/dispatch/problem"
)

// goodPlan is a plan of the small problem that keeps every rule.
func goodPlan(t testing.TB, p *problem.Problem) []problem.Team {
	return []problem.Team{
		team(t, p, "T1", "P1", "430102001201", "A01;A02;A04"),
		team(t, p, "T2", "C1", "430102001202", "B01;B02;B03"),
		team(t, p, "T3", "K1", "430102002202;430102002201;430102002203", "D01;D03"),
		team(t, p, "T4", "K2", "430102002204", "E01;F01"),
		team(t, p, "T5", "K4", "430103001201", "G01"),
	}
}

// brokenRules has one broken rule a row: what is done to the small problem and its good plan, and the faults told.
var brokenRules = []struct {
	name   string
	input  func(t testing.TB, f folder)
	change func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team
	want   []string
}{
	{"nothing", nil, nil, nil},
	{"rule 1: two villages that are not adjacent", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[4] = team(t, p, "T5", "K4", "430103001201;430103001202", "G01")
		return plan
	}, []string{"rule1_cluster", "rule3"}},
	{"rule 1: a first village that touches only one of the others", func(t testing.TB, f folder) {
		f.set(t, "villages.csv", "430102002201", "neighbours", "430102002202").set(t, "villages.csv", "430102002203", "neighbours", "430102002202")
	}, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[2] = team(t, p, "T3", "K1", "430102002201;430102002202;430102002203", "D01;D03")
		return plan
	}, []string{"rule1_cluster"}},
	{"rule 1: a first village that touches both others", func(t testing.TB, f folder) {
		f.set(t, "villages.csv", "430102002201", "neighbours", "430102002202").set(t, "villages.csv", "430102002203", "neighbours", "430102002202")
	}, nil, nil},
	{"rule 1: more villages than cluster_max", func(_ testing.TB, f folder) { f.policy("cluster_max", 2) }, nil, []string{"rule1_cluster"}},
	{"rule 1: clusters switched off", func(_ testing.TB, f folder) { f.policy("cluster_max", 1) }, nil, []string{"rule1_cluster"}},
	{"rule 1: a village that is no demonstration village", func(t testing.TB, f folder) {
		f.set(t, "villages.csv", "430102002203", "category", "consolidated")
	}, nil, []string{"rule1_cluster"}},
	{"rule 1: the same village twice in a team", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[2] = team(t, p, "T3", "K1", "430102002202;430102002201;430102002201", "D01;D03")
		return plan
	}, []string{"rule1_cluster", "rule1_twice"}},
	{"rule 1: adjacent demonstration villages of two counties", func(t testing.TB, f folder) {
		f.set(t, "villages.csv", "430103001201", "category", "demonstration").set(t, "villages.csv", "430103001201", "neighbours", "430102002203")
		f.set(t, "villages.csv", "430102002203", "neighbours", "430102002201;430102002202;430103001201")
	}, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		return append(plan[:2], team(t, p, "T3", "C1", "430102002203;430103001201", "B04;B06"))
	}, []string{"rule1_cluster"}},
	{"rule 1: a village in two teams", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		return append(plan, team(t, p, "T6", "C2", "430103001201", "C01"))
	}, []string{"rule1_twice"}},
	{"rule 2: a unit that joins another", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		return append(plan[:3], team(t, p, "T4", "K3", "430102002204", "E01;F01"))
	}, []string{"rule2_joined", "rule4_unit", "rule4_unit", "rule6", "rule7"}},
	{"rule 2: a village out of the region", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[4] = team(t, p, "T5", "K1", "430103001201", "D04;D02")
		return plan
	}, []string{"rule2_region", "rule6"}},
	{"rule 2: a village before the region", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		return append(plan[:2], team(t, p, "T3", "C2", "430102002201", "C01;C02"))
	}, []string{"rule2_region"}},
	{"rule 3: a weak county unit for a key village", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[4] = team(t, p, "T5", "K4", "430103001202", "G01;G02;G03")
		return plan
	}, []string{"rule3", "rule4_home"}},
	{"rule 3: a strong county unit for a key village", func(_ testing.TB, f folder) { f.policy("strong_min", 30).policy("avoid_native", 0) },
		func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
			plan[4] = team(t, p, "T5", "K4", "430103001202", "G01;G02;G03")
			return plan
		}, nil},
	{"rule 3: a province unit for a consolidated village", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[0] = team(t, p, "T1", "P1", "430103001201", "A01;A02")
		return plan[:4]
	}, []string{"rule3"}},
	{"rule 4: a member of another unit", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[4] = team(t, p, "T5", "K4", "430103001201", "G01;C01")
		return plan
	}, []string{"rule4_unit"}},
	{"rule 4: too old, unfit, too many terms", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[1] = team(t, p, "T2", "C1", "430102001202", "B01;B05")
		plan[3] = team(t, p, "T4", "K2", "430102002204", "E01;E02")
		plan[4] = team(t, p, "T5", "C2", "430103001201", "C01;C03")
		return plan
	}, []string{"rule4_eligible", "rule4_eligible", "rule4_eligible"}},
	{"rule 4: just not too old, one term short", func(t testing.TB, f folder) {
		f.set(t, "cadres.csv", "G01", "birth_year", "1964").set(t, "cadres.csv", "G01", "terms", "1")
	}, nil, nil},
	{"rule 4: sent to the home township, of any village of the cluster", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[2] = team(t, p, "T3", "K1", "430102002202;430102002201;430102002203", "D01;D02")
		return plan
	}, []string{"rule4_home"}},
	{"rule 4: sent home where the policy allows it", func(_ testing.TB, f folder) { f.policy("avoid_native", 0) },
		func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
			plan[2] = team(t, p, "T3", "K1", "430102002202;430102002201;430102002203", "D01;D02")
			return plan
		}, nil},
	{"rule 4: in two teams", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		return append(plan, team(t, p, "T6", "C1", "430103001202", "B04;B06;B03"))
	}, []string{"rule4_twice"}},
	{"rule 5: too few and too many", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[0] = team(t, p, "T1", "P1", "430102001201", "A01;A02")
		plan[3] = team(t, p, "T4", "K2", "430102002204", "E01;F01;F02;E02")
		return plan
	}, []string{"rule5", "rule5", "rule4_eligible"}},
	{"rule 6: a leader of too low a grade", func(_ testing.TB, f folder) { f.policy("leader_min_grade_province", 8) }, nil, []string{"rule6"}},
	{"rule 6: a leader of just the grade", func(_ testing.TB, f folder) { f.policy("leader_min_grade_province", 7) }, nil, nil},
	{"rule 6: a leader who is not at middle level", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[4] = team(t, p, "T5", "K4", "430103001201", "G03")
		return plan
	}, []string{"rule6"}},
	{"rule 6: a leader of a unit that joins the lead unit", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[3] = team(t, p, "T4", "K2", "430102002204", "F01;E01")
		return plan
	}, []string{"rule6"}},
	{"rule 7: more teams than max_teams", func(t testing.TB, f folder) { f.set(t, "units.csv", "K4", "max_teams", "1") },
		func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
			return append(plan[:3:3], team(t, p, "T4", "K4", "430103001201", "G01"), team(t, p, "T5", "K4", "430103001202", "G02"))
		}, []string{"rule3", "rule5", "rule4_home", "rule7"}},
	{"rule 9: the headcount", func(t testing.TB, f folder) { f.replace(t, "policy.csv", "headcount,18", "headcount,10") }, nil, []string{"rule9"}},
	{"rule 9: no limit", func(t testing.TB, f folder) { f.replace(t, "policy.csv", "headcount,18", "headcount,0") }, nil, nil},
	{"pin: another unit is pinned, the unit is barred", func(_ testing.TB, f folder) {
		f.add("pins.csv", "unit,C2,430103001201", "not_unit,P1,430102001201")
	}, nil, []string{"pin_unit_broken", "pin_unit_broken"}},
	{"pin: a candidate is barred", func(_ testing.TB, f folder) { f.add("pins.csv", "not_cadre,D03,430102002203") }, nil, []string{"pin_cadre_broken"}},
	{"pin: a pinned candidate is not in the team", nil, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[3] = team(t, p, "T4", "C1", "430102002204", "B04")
		return plan
	}, []string{"pin_cadre_missing"}},
	{"pin: a pinned candidate serves elsewhere", func(_ testing.TB, f folder) { f.add("pins.csv", "cadre,D03,430102001201") },
		nil, []string{"pin_cadre_missing", "pin_cadre_broken"}},
	{"pin: a candidate pinned to two villages serves a cluster of both", func(_ testing.TB, f folder) {
		f.add("pins.csv", "cadre,D03,430102002201", "cadre,D03,430102002203")
	}, nil, nil},
	{"pin: a candidate pinned to two villages serves one of them", func(_ testing.TB, f folder) {
		f.add("pins.csv", "cadre,D03,430102002201", "cadre,D03,430102002203")
	}, func(t testing.TB, p *problem.Problem, plan []problem.Team) []problem.Team {
		plan[2] = team(t, p, "T3", "K1", "430102002202;430102002201", "D01;D03")
		return plan
	}, []string{"pin_cadre_broken"}},
}

func TestEveryBrokenRuleIsTold(t *testing.T) {
	for _, c := range brokenRules {
		t.Run(c.name, func(t *testing.T) {
			f := small(t)
			if c.input != nil {
				c.input(t, f)
			}
			p := f.problem(t)
			plan := goodPlan(t, p)
			if c.change != nil {
				plan = c.change(t, p, plan)
			}
			if got := keysOf(p.Check(plan)); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestNoMoreThanAHundredBrokenRulesAreTold(t *testing.T) {
	p := small(t).problem(t)
	plan := slices.Repeat([]problem.Team{team(t, p, "T", "K4", "430102001201", "A03")}, 300)
	if n := len(p.Check(plan)); n != problem.MaxFaults {
		t.Errorf("%d faults", n)
	}
}
