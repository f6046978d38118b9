package problem_test

import (
	"maps"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/i18n"
)

// reasons has one reason a row: what is done to the small problem, which of its good plan's teams are left, and the
// reason told for one village.
var reasons = []struct {
	name    string
	edit    func(t testing.TB, f folder)
	teams   func(t testing.TB, p *problem.Problem) []problem.Team
	village domain.Code
	reason  string
	params  map[string]int64
}{
	{"only a province unit is near a consolidated village", func(t testing.TB, f folder) {
		f.set(t, "units.csv", "C1", "region", "4302").set(t, "units.csv", "C2", "region", "430202").set(t, "units.csv", "K4", "region", "430202")
		f["pins.csv"] = ""
	}, nil, "430103001201", problem.ReasonNoUnit, map[string]int64{"near": 1}},
	{"pins bar all units", func(_ testing.TB, f folder) {
		f.add("pins.csv", "not_unit,C1,430103001201", "not_unit,C2,430103001201", "not_unit,K4,430103001201")
	}, nil, "430103001201", problem.ReasonPinned, map[string]int64{"units": 3}},
	{"all units lead all their teams", func(t testing.TB, f folder) {
		f.set(t, "units.csv", "C1", "max_teams", "1").set(t, "units.csv", "C2", "region", "430202").set(t, "units.csv", "K4", "region", "430202")
	}, nil, "430103001201", problem.ReasonUnitsFull, map[string]int64{"units": 1, "teams": 1}},
	{"no leader is left", func(t testing.TB, f folder) {
		f.set(t, "units.csv", "C1", "max_teams", "1").set(t, "cadres.csv", "C01", "fit", "0").set(t, "units.csv", "K4", "max_teams", "1")
	}, nil, "430103001202", problem.ReasonNoLeader, map[string]int64{"units": 1, "leaders": 0, "size": 3, "penalty": 4_000_000}},
	{"leaders without enough members", func(t testing.TB, f folder) { f.set(t, "units.csv", "C1", "max_teams", "1") },
		nil, "430103001202", problem.ReasonNoTeam, map[string]int64{"units": 1, "leaders": 1, "size": 3, "penalty": 4_000_000}},
	{"a pinned candidate is in another team", func(_ testing.TB, f folder) { f.policy("penalty_min_teams", 0) },
		func(t testing.TB, p *problem.Problem) []problem.Team {
			return []problem.Team{team(t, p, "T", "K2", "430102002201", "E01;F01")}
		}, "430102002204", problem.ReasonUnitsFull, map[string]int64{"units": 1, "teams": 1}},
	{"a pinned candidate is in another team of the unit", func(t testing.TB, f folder) { f.set(t, "units.csv", "K2", "max_teams", "2") },
		func(t testing.TB, p *problem.Problem) []problem.Team {
			return []problem.Team{team(t, p, "T", "K2", "430102002201", "E01;F01")}
		}, "430102002204", problem.ReasonNoLeader, map[string]int64{"units": 1, "leaders": 0, "size": 1, "penalty": 2_000_000}},
	{"the headcount is used up", func(t testing.TB, f folder) {
		f.replace(t, "policy.csv", "headcount,18", "headcount,10")
	}, nil, "430103001201", problem.ReasonHeadcount, map[string]int64{"units": 3, "leaders": 3, "size": 1, "penalty": 2_000_000, "members": 10, "headcount": 10}},
	{"the headcount just does", func(t testing.TB, f folder) {
		f.replace(t, "policy.csv", "headcount,18", "headcount,11")
	}, nil, "430103001201", problem.ReasonPossible, map[string]int64{"units": 3, "leaders": 3, "size": 1, "penalty": 2_000_000, "gain": 2_730_450}},
	// G01, of grade 3, would make the share of division rank a head shorter, 200,000 points: C2 sends C01 for
	// 30·2600 + 900·55·35/100 − 150·48 + 10·3400 + 3000·6 + 8000·4.
	{"a member makes a share shorter", func(_ testing.TB, f folder) {
		f["shares.csv"] = "level,attribute,percent,skill\ncounty,division,100,\n"
	}, nil, "430103001201", problem.ReasonPossible, map[string]int64{"units": 3, "leaders": 3, "size": 1, "penalty": 2_000_000, "gain": 2_672_125}},
	// C1 sends B04: 30·6200 + 900·70·35/100 − 48 km + 10·6000 + 3000·4 + 8000·5, and 2,000,000 are spared; C2 does worse.
	{"any team costs more than the village", func(t testing.TB, f folder) {
		f.set(t, "units.csv", "K4", "region", "430202").policy("w_unit_distance", 1_000_000).policy("penalty_min_teams", 0)
	}, nil, "430103001201", problem.ReasonCost, map[string]int64{"units": 2, "leaders": 2, "size": 1, "penalty": 2_000_000, "loss": 45_679_950}},
	// K4 sends G01: 30·4200 + 900·30·35/100 + 10·5000 + 3000·7 + 8000·3, and 2,500,000 are spared.
	{"a team would do good", nil, nil, "430103001201", problem.ReasonPossible, map[string]int64{"units": 3, "leaders": 3, "size": 1, "penalty": 2_000_000, "gain": 2_730_450}},
}

func TestReasonsOfUnservedVillages(t *testing.T) {
	for _, c := range reasons {
		t.Run(c.name, func(t *testing.T) {
			f := small(t)
			if c.edit != nil {
				c.edit(t, f)
			}
			p := f.problem(t)
			teams := goodPlan(t, p)[:4]
			if c.teams != nil {
				teams = c.teams(t, p)
			}
			for _, u := range p.Unserved(teams) {
				if u.Village != c.village {
					continue
				}
				if u.Reason != c.reason || !maps.Equal(u.Params, c.params) {
					t.Errorf("got %s %v, want %s %v", u.Reason, u.Params, c.reason, c.params)
				}
				return
			}
			t.Error("the village is not told")
		})
	}
}

func TestReasonsHaveWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh-CN", "en"} {
		for _, c := range reasons {
			params := map[string]any{}
			for name, n := range c.params {
				params[name] = n
			}
			said := catalog.Printer(language).Text(c.reason, params)
			if strings.Contains(said, "<no value>") || said == c.reason {
				t.Errorf("%s %s: %s", language, c.reason, said)
			}
		}
	}
}

func TestAVillageOfTheGoodPlanIsServed(t *testing.T) {
	p := small(t).problem(t)
	unserved := p.Unserved(goodPlan(t, p))
	if len(unserved) != 1 || unserved[0].Village != "430103001202" || unserved[0].Category != domain.CategoryKey {
		t.Errorf("%+v", unserved)
	}
}
