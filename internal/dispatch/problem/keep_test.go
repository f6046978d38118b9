package problem_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
)

// TestPointsForKeepingNeverTouchTheScore makes plans anew from drawn ones, whose units and people may be half gone.
func TestPointsForKeepingNeverTouchTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawRound(t)
		in.Policy.Values["keep"] = rapid.SampledFrom([]int64{0, 60_000, 5_000_000}).Draw(t, "keep")
		p, faults := problem.FromRound(in)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		old := drawPlan(t, p.Model())
		former := p.Former(old)
		for i := range former {
			if rapid.IntRange(0, 3).Draw(t, "rename") == 0 {
				former[i].Unit = "gone"
			}
			former[i].Members[rapid.IntRange(0, len(former[i].Members)-1).Draw(t, "who")] = "nobody"
		}
		plan, err := p.Solve(t.Context(), problem.Settings{Workers: 1, From: &problem.Plan{Teams: old}, Former: former})
		if err != nil {
			t.Fatal(err)
		}
		kept := p.Kept(former, plan.Teams)
		switch {
		case plan.Score != p.Score(plan.Teams).Total() || plan.Bound != p.Bound(plan.Prices) || plan.Bound < plan.Score:
			t.Fatalf("score %d and bound %d told, %d and %d found", plan.Score, plan.Bound, p.Score(plan.Teams).Total(), p.Bound(plan.Prices))
		case plan.Kept.Bonus != in.Policy.Values["keep"]*int64(kept.Teams+kept.Members) || plan.Kept.Objective != plan.Score+plan.Kept.Bonus:
			t.Fatalf("%+v, score %d", plan.Kept, plan.Score)
		case plan.Kept.Bound < plan.Kept.Objective:
			t.Fatalf("objective %d beyond its bound %d", plan.Kept.Objective, plan.Kept.Bound)
		case in.Policy.Values["keep"] == 0 && plan.Kept.Bound != plan.Bound:
			t.Fatalf("nothing is paid, and the bounds are %d and %d", plan.Kept.Bound, plan.Bound)
		}
	})
}

// TestAPlanThatIsStillGoodIsNeverMadeWorse: unchanged, it has all the points for keeping, so another has to score more.
func TestAPlanThatIsStillGoodIsNeverMadeWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		old := drawPlan(t, p.Model())
		plan, err := p.Solve(t.Context(), problem.Settings{Workers: 1, From: &problem.Plan{Teams: old}})
		if err != nil {
			t.Fatal(err)
		}
		if before := p.Score(old).Total(); plan.Score < before {
			t.Fatalf("score %d, %d before", plan.Score, before)
		}
	})
}

// remade solves the folder, then the changed one from that plan, and tells the changes as "kind village subject cause".
func remade(t *testing.T, before, after folder) (*problem.Problem, problem.Plan, []string) {
	t.Helper()
	p := before.problem(t)
	first, err := p.Solve(t.Context(), problem.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := p.PlanFiles(first, problem.PlainWords)
	if err != nil {
		t.Fatal(err)
	}
	next := after.problem(t)
	start, faults := next.ReadStart(folderOf(files).open())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	plan, err := next.Solve(t.Context(), problem.Settings{From: &start.Plan, Former: start.Former})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range changes.List(next, start.Former, plan.Teams) {
		told = append(told, strings.Join([]string{string(c.Kind), string(c.Village)[6:], c.Subject, c.Cause.Text(problem.PlainWords)}, " "))
	}
	return next, plan, told
}

// drop removes the lines that begin with any of the ids.
func (f folder) drop(file string, ids ...string) folder {
	lines := slices.DeleteFunc(strings.Split(f[file], "\n"), func(line string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(line, id+",") })
	})
	f[file] = strings.Join(lines, "\n")
	return f
}

func has(list []string, prefix string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, prefix) })
}

// steady is the small problem with points for keeping above all others, so that only what is forced changes.
func steady(t *testing.T) folder { return small(t).policy("keep", 100_000_000) }

func TestNothingChangesWhereNothingIsForced(t *testing.T) {
	_, plan, told := remade(t, small(t), steady(t))
	if len(told) > 0 || plan.Kept.Teams != len(plan.Teams) || plan.Kept.Members != plan.Members() {
		t.Errorf("%v %+v", told, plan.Kept)
	}
}

func TestAWithdrawnCandidateIsReplaced(t *testing.T) {
	_, plan, told := remade(t, small(t), steady(t).drop("cadres.csv", "D03"))
	if !has(told, "member_left 002201 D03 change.cadre_gone cadre=D03") || has(told, "other_unit") || has(told, "cluster_changed") {
		t.Errorf("%v", told)
	}
	if plan.Kept.Teams != len(plan.Teams) {
		t.Errorf("%+v", plan.Kept)
	}
}

func TestAWithdrawnLeaderIsFollowedByAnother(t *testing.T) {
	home := func(f folder) folder { return f.policy("avoid_native", 0) }
	_, plan, told := remade(t, home(small(t)), home(steady(t)).drop("cadres.csv", "A01"))
	for _, want := range []string{"leader_changed 001201 A02 change.leader_left cadre=A01", "member_left 001201 A01 change.cadre_gone"} {
		if !has(told, want) {
			t.Errorf("%q is not in %v", want, told)
		}
	}
	if has(told, "other_unit") || plan.Kept.Teams != len(plan.Teams) {
		t.Errorf("%v", told)
	}
}

func TestAWithdrawnUnitIsReplacedOrMissed(t *testing.T) {
	f := steady(t).drop("units.csv", "P1").drop("cadres.csv", "A01", "A02", "A03", "A04").drop("pins.csv", "not_cadre")
	f = f.replace(t, "villages.csv", "80,P1,", "80,,")
	_, _, told := remade(t, small(t), f)
	if !has(told, "other_unit 001201 C1 change.unit_gone unit=P1") && !has(told, "other_unit 001201 K1 change.unit_gone unit=P1") &&
		!has(told, "no_longer_served 001201 P1 change.unit_gone unit=P1") {
		t.Errorf("%v", told)
	}
	if !has(told, "member_left 001201 A01 change.cadre_gone") {
		t.Errorf("%v", told)
	}
}

func TestAMergedVillageLeavesItsCluster(t *testing.T) {
	f := steady(t).drop("villages.csv", "430102002202")
	f = f.replace(t, "villages.csv", "430102002202;430102002203", "430102002203").replace(t, "villages.csv", "430102002201;430102002202", "430102002201")
	p, plan, told := remade(t, small(t), f)
	for _, want := range []string{"no_longer_served 002202 K1 change.village_gone village=430102002202",
		"cluster_changed 002201 430102002201;430102002203 change.village_gone village=430102002202"} {
		if !has(told, want) {
			t.Errorf("%q is not in %v", want, told)
		}
	}
	if has(told, "member_left") || len(p.Check(plan.Teams)) > 0 {
		t.Errorf("the others of the cluster's team should go on: %v", told)
	}
}

func TestNewRulesAndPinsAreNamed(t *testing.T) {
	home := func(f folder) folder { return f.policy("avoid_native", 0) }
	for want, change := range map[string]func(f folder) folder{
		"member_left 001201 A01 bar.cadre_age age=71 cadre=A01 max=57": func(f folder) folder { return f.set(t, "cadres.csv", "A01", "birth_year", "1950") },
		"change.size count=3 max=2":                                    func(f folder) folder { return f.policy("size_max_consolidated", 2) },
		"B04 change.cadre_pinned cadre=B04 village=430103001202":       func(f folder) folder { return f.add("pins.csv", "cadre,B04,430103001202") },
		"cluster_changed 002201 430102002201 change.no_cluster max=1":  func(f folder) folder { return f.policy("cluster_max", 1) },
		"leader_changed 002201 D02 bar.leader cadre=D01 grade=4":       func(f folder) folder { return f.set(t, "cadres.csv", "D01", "mid_level", "0") },
		"001201 P1 change.lost_cadre cadre=A01": func(f folder) folder {
			return f.drop("cadres.csv", "A01", "A02")
		},
		"001201 P1 bar.unit_not unit=P1 village=430102001201": func(f folder) folder { return f.add("pins.csv", "not_unit,P1,430102001201") },
		"change.unit_max before=2 max=1 unit=C1":              func(f folder) folder { return f.set(t, "units.csv", "C1", "max_teams", "1") },
	} {
		_, _, told := remade(t, home(small(t)), change(home(steady(t))))
		if !slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%q is not in\n%s", want, strings.Join(told, "\n"))
		}
	}
}
