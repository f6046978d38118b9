package problem_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

func goodPrices(p *problem.Problem) solver.Prices {
	prices := p.NoPrices()
	prices.Site[0], prices.Site[3], prices.Item[2], prices.Limit = -40, 50, 60, 70
	prices.Max[1], prices.Min[1], prices.Quota[2] = 80, 90, 100
	return prices
}

// tightPrices have a cadre's price too, which the unit-wise bound does not look at.
func tightPrices(p *problem.Problem) solver.Prices {
	prices := p.NoPrices()
	prices.Site[1], prices.Site[6], prices.Item[3], prices.Limit, prices.Quota[0] = 30, -20, 5, 90, 40
	return prices
}

func planFolder(t testing.TB, p *problem.Problem) folder {
	t.Helper()
	plan := problem.Plan{Teams: goodPlan(t, p), Prices: goodPrices(p), Tight: tightPrices(p), Status: solver.StatusStalled, Seconds: 1.23456}
	plan.Score, plan.Bound, plan.TightBound = p.Score(plan.Teams).Total(), p.Bound(plan.Prices), solver.AgentBound(p.Model(), plan.Tight)
	files, err := p.PlanFiles(plan, problem.PlainWords)
	if err != nil {
		t.Fatal(err)
	}
	return folderOf(files)
}

func TestPlanFilesAreSortedAndComplete(t *testing.T) {
	f := planFolder(t, small(t).problem(t))
	for name, want := range map[string]string{
		"teams.csv": "team,unit,villages\nT1,P1,430102001201\nT2,C1,430102001202\nT3,K1,430102002202;430102002201;430102002203\n" +
			"T4,K2,430102002204\nT5,K4,430103001201\n",
		"members.csv": "team,cadre,role\nT1,A01,leader\nT1,A02,member\nT1,A04,member\nT2,B01,leader\nT2,B02,member\nT2,B03,member\n" +
			"T3,D01,leader\nT3,D03,member\nT4,E01,leader\nT4,F01,member\nT5,G01,leader\n",
		"certificate.csv": "kind,id,price\ncadre,A03,60\nheadcount,0,70\nshare,3,100\nunit_max,C1,80\nunit_min,C1,90\n" +
			"village,430102001201,-40\nvillage,430102002202,50\n",
		"tight.csv":    "kind,id,price\nheadcount,0,90\nshare,1,40\nvillage,430102001202,30\nvillage,430103001201,-20\n",
		"unserved.csv": "village,reason\n430103001202,dispatch.unserved.no_team leaders=2 penalty=4000000 size=3 units=2\n",
	} {
		if f[name] != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, f[name], want)
		}
	}
	var summary problem.Summary
	if err := json.Unmarshal([]byte(f["summary.json"]), &summary); err != nil {
		t.Fatal(err)
	}
	if summary.Teams != 5 || summary.Members != 11 || summary.Unserved != 1 || summary.Seconds != 1.235 || summary.Gap <= 0 || summary.Status != "stalled" {
		t.Errorf("%+v", summary)
	}
}

func TestPlanFilesReadBack(t *testing.T) {
	p := small(t).problem(t)
	folder, faults := p.ReadPlan(planFolder(t, p).open())
	if len(faults) > 0 || len(folder.Wrong) > 0 {
		t.Fatal(faults, folder.Wrong)
	}
	tight := tightPrices(p)
	tight.Item[3] = 0
	if !reflect.DeepEqual(folder.Teams, goodPlan(t, p)) || !reflect.DeepEqual(folder.Prices, goodPrices(p)) || !reflect.DeepEqual(folder.Tight, tight) {
		t.Errorf("%+v", folder.Plan)
	}
	found := p.Found(folder)
	if found.Score != p.Score(folder.Teams).Total() || found.Bound != p.Bound(folder.Prices) || found.TightBound != solver.AgentBound(p.Model(), tight) {
		t.Errorf("%+v", found)
	}
	if faults := p.CheckClaims(folder, found); len(faults) > 0 {
		t.Error(faults)
	}
	found.Score, found.Bound = found.Bound, found.Score
	if faults := p.CheckClaims(folder, found); !slices.Contains(keysOf(faults), "bound_below_score") {
		t.Error(faults)
	}
}

func TestSolvedPlansReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		plan := problem.Plan{Teams: drawPlan(t, m), Prices: p.NoPrices()}
		files, err := p.PlanFiles(plan, problem.PlainWords)
		if err != nil {
			t.Fatal(err)
		}
		folder, faults := p.ReadPlan(problem.InMemory(files))
		if len(faults) > 0 || len(folder.Wrong) > 0 {
			t.Fatal(faults, folder.Wrong)
		}
		if p.Score(folder.Teams) != p.Score(plan.Teams) || len(p.Check(folder.Teams)) > 0 {
			t.Fatalf("%+v", folder.Teams)
		}
	})
}

// badPlans has what may be wrong with a plan folder: hard faults end the reading, wrongs are told beside broken rules.
var badPlans = []struct {
	name         string
	edit         func(t testing.TB, f folder) folder
	hard, wrongs []string
}{
	{"no teams.csv", func(_ testing.TB, f folder) folder { return f.without("teams.csv") }, []string{"teams.csv:0:0 file_missing"}, nil},
	{"no members.csv", func(_ testing.TB, f folder) folder { return f.without("members.csv") }, []string{"members.csv:0:0 file_missing"}, nil},
	{"no certificate.csv", func(_ testing.TB, f folder) folder { return f.without("certificate.csv") }, []string{"certificate.csv:0:0 file_missing"}, nil},
	{"no unserved.csv and no summary", func(_ testing.TB, f folder) folder { return f.without("unserved.csv").without("summary.json") }, nil, nil},
	{"a missing column", func(t testing.TB, f folder) folder { return f.replace(t, "members.csv", "role", "part") },
		[]string{"members.csv:1:0 column_missing"}, nil},
	{"an unknown role", func(_ testing.TB, f folder) folder { return f.add("members.csv", "T1,A03,head") },
		[]string{"members.csv:13:3 not_one_of"}, nil},
	{"a price that is no number", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "cadre,A01,1.5") },
		[]string{"certificate.csv:9:3 not_a_number"}, nil},
	{"an unknown kind of price", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "cadres,A01,1") },
		[]string{"certificate.csv:9:1 not_one_of"}, nil},
	{"a broken summary", func(_ testing.TB, f folder) folder { f["summary.json"] = `{"score":`; return f },
		[]string{"summary.json:0:0 file_unreadable"}, nil},
	{"unknown names", func(_ testing.TB, f folder) folder {
		return f.add("teams.csv", "T6,K9,430103001202", "T7,C2,430103001209", ",K1,430103001202").
			add("members.csv", "T8,A03,member", "T1,A99,member").add("unserved.csv", "430103001209,why")
	}, nil, []string{"teams.csv:0:0 team_incomplete", "teams.csv:7:2 unknown_unit", "teams.csv:8:3 unknown_village", "teams.csv:9:1 empty",
		"members.csv:13:1 unknown_team", "members.csv:14:2 unknown_cadre", "unserved.csv:3:1 unknown_village"}},
	{"a team twice", func(_ testing.TB, f folder) folder { return f.add("teams.csv", "T1,K4,430103001202") },
		nil, []string{"teams.csv:7:1 duplicate_team"}},
	{"two leaders", func(_ testing.TB, f folder) folder { return f.add("members.csv", "T1,A03,leader") },
		nil, []string{"members.csv:13:3 two_leaders"}},
	{"no leader", func(t testing.TB, f folder) folder { return f.replace(t, "members.csv", "G01,leader", "G01,member") },
		nil, []string{"teams.csv:0:0 team_incomplete"}},
	{"a negative price of a cadre", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "cadre,A01,-1") },
		nil, []string{"certificate.csv:9:3 out_of_range"}},
	{"a price above the penalty of missing teams", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "unit_min,K1,500001") },
		nil, []string{"certificate.csv:9:3 out_of_range"}},
	{"a price above the penalty of shares", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "share,1,2001") },
		nil, []string{"certificate.csv:9:3 out_of_range"}},
	{"unknown ids of prices", func(_ testing.TB, f folder) folder {
		return f.add("certificate.csv", "share,4,1", "share,0,1", "headcount,1,1", "unit_max,K9,1", "village,1,1", "cadre,,1")
	}, nil, []string{"certificate.csv:9:2 unknown_price", "certificate.csv:10:2 unknown_price", "certificate.csv:11:2 unknown_price",
		"certificate.csv:12:2 unknown_price", "certificate.csv:13:2 unknown_price", "certificate.csv:14:2 unknown_price"}},
	{"a price twice", func(_ testing.TB, f folder) folder { return f.add("certificate.csv", "village,430102001201,5") },
		nil, []string{"certificate.csv:9:2 duplicate"}},
	{"a price beyond all points", func(_ testing.TB, f folder) folder {
		return f.add("certificate.csv", "village,430102001202,9000000000000000000")
	},
		nil, []string{"certificate.csv:9:3 out_of_range"}},
}

func TestBadPlansAreLocated(t *testing.T) {
	located := func(faults []problem.Fault) []string {
		out := make([]string, 0, len(faults))
		for _, f := range faults {
			out = append(out, fmt.Sprintf("%s:%d:%d %s", f.File, f.Line, f.Column, strings.TrimPrefix(f.Key, "problem.")))
		}
		return out
	}
	p := small(t).problem(t)
	for _, c := range badPlans {
		t.Run(c.name, func(t *testing.T) {
			folder, faults := p.ReadPlan(c.edit(t, planFolder(t, p)).open())
			if got := located(faults); !slices.Equal(got, c.hard) {
				t.Errorf("faults %q, want %q", got, c.hard)
			}
			if (folder == nil) != (len(c.hard) > 0) {
				t.Fatalf("plan %v", folder)
			}
			if folder == nil {
				return
			}
			if got := located(folder.Wrong); !slices.Equal(got, c.wrongs) {
				t.Errorf("wrongs %q, want %q", got, c.wrongs)
			}
		})
	}
}

func TestWithoutAHeadcountItHasNoPrice(t *testing.T) {
	f := small(t)
	p := f.replace(t, "policy.csv", "headcount,18", "headcount,0").problem(t)
	folder, faults := p.ReadPlan(planFolder(t, small(t).problem(t)).open())
	if len(faults) > 0 || !slices.Equal(keysOf(folder.Wrong), []string{"out_of_range", "out_of_range"}) ||
		folder.Prices.Limit != 0 || folder.Tight.Limit != 0 {
		t.Errorf("%v %+v", faults, folder)
	}
}

func TestFalseClaimsAreTold(t *testing.T) {
	p := small(t).problem(t)
	f := planFolder(t, p).replace(t, "summary.json", `"teams": 5`, `"teams": 6`).replace(t, "summary.json", `"members": 11`, `"members": 12`).
		replace(t, "unserved.csv", "430103001202", "430103001201")
	folder, faults := p.ReadPlan(f.open())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	got := keysOf(p.CheckClaims(folder, p.Found(folder)))
	if want := []string{"unserved_untold", "unserved_served", "summary_differs", "summary_differs"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestAStartMayComeFromAnotherProblem reads a plan whose village, unit and candidate are gone, without certificate.
func TestAStartMayComeFromAnotherProblem(t *testing.T) {
	old := planFolder(t, small(t).problem(t)).without("certificate.csv").without("summary.json")
	f := small(t)
	f["villages.csv"] = replaceOnce(f["villages.csv"], "430103001201", "430103001299")
	f["cadres.csv"] = replaceOnce(f["cadres.csv"], "A04,", "A44,")
	f["pins.csv"] = ""
	p := f.problem(t)
	start, faults := p.ReadStart(old.open())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if len(start.Teams) != 4 || len(start.Teams[0].Members) != 2 || start.Prices.Site != nil {
		t.Errorf("%+v", start.Plan)
	}
	start, faults = p.ReadStart(planFolder(t, small(t).problem(t)).open())
	if len(faults) > 0 || len(start.Prices.Site) != 8 || start.Prices.Item[2] != 60 {
		t.Errorf("%v %+v", faults, start)
	}
}

// TestABoundCountsUnitsThatMayLeadNoTeam: dispatch contract §5 leaves rule 7 out of best(c).
func TestABoundCountsUnitsThatMayLeadNoTeam(t *testing.T) {
	f := small(t).without("pins.csv").without("shares.csv").policy("cluster_max", 1)
	for _, u := range []string{"P1", "C1", "C2", "K1", "K2", "K4"} {
		f.set(t, "units.csv", u, "min_teams", "0").set(t, "units.csv", u, "max_teams", "0")
	}
	p := f.problem(t)
	var best int64 // of village 430103001201 by K4, the only unit there beside the city's
	for _, m := range []string{"C01;C02"} {
		best = p.Parts(team(t, p, "T", "C2", "430103001201", m)).Total()
	}
	prices := p.NoPrices()
	for v := range prices.Site {
		prices.Site[v] = 100_000_000 // no team is worth as much
	}
	prices.Site[6] = 0
	for u := range prices.Max {
		prices.Max[u] = 100_000_000
	}
	unserved := int64(700_000_000)
	if got := p.Bound(prices); got != unserved {
		t.Errorf("all dear: %d", got)
	}
	prices.Max[2] = 0
	if got := p.Bound(prices); got != unserved+best {
		t.Errorf("one free: %d, not %d", got, unserved+best)
	}
}

func TestUnitsOfNoTeamArePricedOut(t *testing.T) {
	f := small(t).set(t, "units.csv", "C2", "min_teams", "0").set(t, "units.csv", "C2", "max_teams", "0")
	p := f.problem(t)
	plan, err := p.Solve(t.Context(), problem.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if bound := p.Bound(plan.Prices); bound != plan.Bound {
		t.Errorf("bound %d told, %d found", plan.Bound, bound)
	}
	if d := p.Solved(plan); d.Origin != domain.PlanSolved || d.Score != plan.Score || d.Bound != plan.Bound || d.Plan.Unserved != int64(len(d.Unserved)) {
		t.Errorf("%+v", d.Plan)
	}
}
