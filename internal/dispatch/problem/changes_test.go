package problem_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/i18n"
)

// seats says for each candidate at which first village they serve, and for each village unit, cluster and leader.
func seats(teams []problem.FormerTeam) (at map[string]domain.Code, village map[domain.Code]string) {
	at, village = map[string]domain.Code{}, map[domain.Code]string{}
	for _, t := range teams {
		for _, id := range t.Members {
			at[id] = t.Villages[0]
		}
		for _, code := range t.Villages {
			further := slices.Sorted(slices.Values(t.Villages[1:]))
			village[code] = fmt.Sprint(t.Unit, " ", t.Villages[0], further)
		}
	}
	return at, village
}

// TestEveryChangeIsListedAndNothingElse counts the differences of two plans in another way.
func TestEveryChangeIsListedAndNothingElse(t *testing.T) {
	words := bothLanguages(t)
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m := p.Model()
		holdChanges(t, p, p.Former(drawPlan(t, m)), drawPlan(t, m), words)
	})
}

// TestEveryKindOfChangeIsListed changes the good plan of the small problem in each way that there is.
func TestEveryKindOfChangeIsListed(t *testing.T) {
	p := small(t).problem(t)
	old, now := p.Former(goodPlan(t, p)), goodPlan(t, p)
	now[0].Members = now[0].Members[:2]                                     // A04 left
	now[1] = team(t, p, "T2", "C1", "430102001202", "B02;B01;B04")          // B02 leads, B04 came
	now[2] = team(t, p, "T3", "K1", "430102002201;430102002202", "D01;D03") // another cluster
	now[3] = team(t, p, "T4", "C1", "430102002204", "B06;B05")              // another unit
	now[4] = team(t, p, "T5", "C2", "430103001202", "C01;C02;C03")          // 430103001201 is left, 430103001202 is new
	kinds := map[changes.Kind]bool{}
	for _, c := range holdChanges(t, p, old, now, bothLanguages(t)) {
		kinds[c.Kind] = true
	}
	for _, kind := range []changes.Kind{changes.NoLongerServed, changes.NewlyServed, changes.OtherUnit, changes.ClusterChanged,
		changes.LeaderChanged, changes.MemberLeft, changes.MemberCame} {
		if !kinds[kind] {
			t.Errorf("%s is not listed", kind)
		}
	}
}

func bothLanguages(t *testing.T) map[string]problem.Words {
	t.Helper()
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]problem.Words{}
	for _, language := range []string{"zh-CN", "en"} {
		words[language] = catalog.Printer(language).Text
	}
	return words
}

// holdChanges holds the list of changes against the differences found in another way, and gives it.
func holdChanges(t rapid.TB, p *problem.Problem, old []problem.FormerTeam, now []problem.Team, words map[string]problem.Words) []changes.Change {
	t.Helper()
	if again := changes.List(p, p.Former(now), now); len(again) > 0 {
		t.Fatalf("nothing changed, yet %v", again)
	}
	list := changes.List(p, old, now)
	wanted := differences(old, p.Former(now))
	got := map[string]bool{}
	for _, c := range list {
		row := fmt.Sprint(c.Kind, " ", c.Village, " ", c.Subject)
		if got[row] {
			t.Fatalf("%s is listed twice", row)
		}
		got[row] = true
		if !wanted[row] {
			t.Fatalf("%s is listed and did not happen: %v, %v", row, old, p.Former(now))
		}
		for language, in := range words {
			if text := c.Cause.Text(in); text == c.Cause.Key || strings.Contains(text, "no value") {
				t.Fatalf("%s: no words for %+v: %q", language, c.Cause, text)
			}
		}
	}
	for row := range wanted {
		if !got[row] {
			t.Fatalf("%s is not listed", row)
		}
	}
	return list
}

// differences are all changes between the plans, village by village and candidate by candidate.
func differences(old, now []problem.FormerTeam) map[string]bool {
	out := map[string]bool{}
	add := func(kind changes.Kind, village domain.Code, subject string) {
		out[fmt.Sprint(kind, " ", village, " ", subject)] = true
	}
	teamOf := func(teams []problem.FormerTeam, code domain.Code) *problem.FormerTeam {
		for i := range teams {
			if slices.Contains(teams[i].Villages, code) {
				return &teams[i]
			}
		}
		return nil
	}
	atOld, placeOld := seats(old)
	atNow, placeNow := seats(now)
	for code := range placeOld {
		if placeNow[code] == "" {
			add(changes.NoLongerServed, code, teamOf(old, code).Unit)
		}
	}
	for code := range placeNow {
		before, after := teamOf(old, code), teamOf(now, code)
		if before == nil {
			add(changes.NewlyServed, code, after.Unit)
			continue
		}
		if before.Unit != after.Unit {
			add(changes.OtherUnit, code, after.Unit)
		}
		if strings.TrimPrefix(placeOld[code], before.Unit) != strings.TrimPrefix(placeNow[code], after.Unit) {
			names := make([]string, len(after.Villages))
			for i, v := range after.Villages {
				names[i] = string(v)
			}
			add(changes.ClusterChanged, code, strings.Join(names, ";"))
		}
		if before.Villages[0] == code && after.Villages[0] == code && before.Members[0] != after.Members[0] {
			add(changes.LeaderChanged, code, after.Members[0])
		}
	}
	for id, code := range atOld {
		if atNow[id] != code {
			add(changes.MemberLeft, code, id)
		}
	}
	for id, code := range atNow {
		if atOld[id] != code {
			add(changes.MemberCame, code, id)
		}
	}
	return out
}
