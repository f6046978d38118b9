package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/httpapi"
)

const replans = "/api/plans/p1/replans"

// posted sends a body that is answered with 200, and reads the answer, which has to be what the contract says.
func posted[T any](c *caller, id, path, body string, headers ...string) T {
	c.t.Helper()
	got := c.do(http.MethodPost, path, body, headers...)
	var loose any
	if err := json.Unmarshal(got.body, &loose); err != nil || got.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s", path, got.StatusCode, got.body)
	}
	if faults := httpapi.Fits(id, got.StatusCode, loose); len(faults) > 0 {
		c.t.Errorf("%s: %v in %s", path, faults, got.body)
	}
	var v T
	got.into(c.t, &v)
	return v
}

// TestAWithdrawalIsMendedAndKept withdraws C4, the only member of T3: C3 leads the other team of the unit, so that the
// village goes without.
func TestAWithdrawalIsMendedAndKept(t *testing.T) {
	w := newWorld(t)
	c := w.as("province")
	const gone = `{"cadres":["C4"],"name":"第二稿"`
	told := posted[httpapi.Replan](c, "replan", replans, gone+`,"preview":true}`, "Accept-Language", "en")
	if told.Plan != "" || told.Parent != "p1" || told.Teams != 3 || told.Members != 4 || told.Unserved != 2 || told.KeptTeams != 3 || told.Bound < told.Score {
		t.Errorf("%+v", told)
	}
	if len(told.Changes) != 2 || told.Changes[0].Kind != "member_left" || told.Changes[0].Text != "candidate C4 is not in the problem any more" {
		t.Errorf("%+v", told.Changes)
	}
	if plans := want[httpapi.PlanList](c, "/api/rounds/2023/plans"); len(plans.Plans) != 1 {
		t.Errorf("a preview was kept: %+v", plans)
	}
	kept := posted[httpapi.Replan](c, "replan", replans, gone+"}", "Accept-Language", "zh-CN")
	if kept.Plan != "2023-2" || kept.Score != told.Score || kept.Bound != told.Bound || len(kept.Changes) != 2 || !strings.HasPrefix(kept.Changes[0].Text, "人选") {
		t.Errorf("%+v", kept)
	}
	plan := want[httpapi.Plan](c, "/api/plans/2023-2")
	if plan.Name != "第二稿" || plan.Score != kept.Score || plan.Bound != kept.Bound || plan.Teams != 3 {
		t.Errorf("%+v", plan)
	}
	if rounds := want[httpapi.RoundList](c, "/api/rounds"); rounds.Rounds[0].PlanID != "p1" {
		t.Errorf("the draft counts: %+v", rounds)
	}
	list := want[httpapi.PlanChanges](c, "/api/plans/2023-2/changes")
	if list.Parent != "p1" || len(list.Cadres) != 1 || list.Cadres[0] != "C4" || len(list.Changes) != 2 || list.Changes[0] != kept.Changes[0] {
		t.Errorf("%+v", list)
	}
	if none := want[httpapi.PlanChanges](c, "/api/plans/p1/changes"); none.Parent != "" || len(none.Changes) > 0 {
		t.Errorf("%+v", none)
	}
}

// TestOnlyWhoSeesTheWholePlanMendsIt asks as every account; the province's answer tells that the request itself is good.
func TestOnlyWhoSeesTheWholePlanMendsIt(t *testing.T) {
	w := newWorld(t)
	for who, status := range map[string]int{"province": 200, "city": 404, "county": 404, "sister": 404, "foreign": 404, "township": 403, "stranger": 403} {
		c := w.nobody()
		c.signIn(who, secret)
		got := c.do(http.MethodPost, replans, `{"units":["U2"],"preview":true}`)
		if got.StatusCode != status {
			t.Errorf("%s: %d %s", who, got.StatusCode, got.body)
		}
		if status != http.StatusOK && (strings.Contains(string(got.body), "43010") || strings.Contains(string(got.body), "changes")) {
			t.Errorf("%s reads %s", who, got.body)
		}
	}
	for _, who := range []string{"city", "county", "township"} {
		if got := w.as(who).get("/api/plans/p1/changes"); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d %s", who, got.StatusCode, got.body)
		}
	}
}

func TestWithdrawalsThatMakeNoSense(t *testing.T) {
	c := newWorld(t).as("province")
	for body, want := range map[string][2]string{
		`{}`:                              {"dispatch.nothing_withdrawn", ""},
		`{"villages":["430101001299"]}`:   {"problem.unknown_village", "body.villages"},
		`{"units":["U9"]}`:                {"problem.unknown_unit", "body.units"},
		`{"cadres":["C1","C9"]}`:          {"problem.unknown_cadre", "body.cadres"},
		`{"cadres":[7]}`:                  {"request.invalid", "body.cadres[0]"},
		`{"people":["C1"]}`:               {"request.invalid", "body.people"},
		`{"units":["U1"],"preview":"ja"}`: {"request.invalid", "body.preview"},
	} {
		got := c.do(http.MethodPost, replans, body)
		p := got.problem(t)
		if got.StatusCode != http.StatusUnprocessableEntity || p.Code != want[0] || p.Detail == p.Code || want[1] != "" && (len(p.Errors) == 0 || p.Errors[0].Location != want[1]) {
			t.Errorf("%s: %d %+v", body, got.StatusCode, p)
		}
	}
	if got := c.do(http.MethodPost, "/api/plans/no/replans", `{"units":["U1"]}`); got.problem(t).Code != "plan.not_found" {
		t.Errorf("%s", got.body)
	}
}

func TestExplanations(t *testing.T) {
	w := newWorld(t)
	province, sister := w.as("province"), w.as("sister")
	const path = "/api/plans/p1/explanations"
	if a := want[httpapi.Explanation](province, path); a.Plan == nil || a.Plan.Score == 0 || a.Village != nil || len(a.Texts) > 0 {
		t.Errorf("%+v", a)
	}
	if a := want[httpapi.Explanation](province, path+"?team=T2"); a.Village == nil || a.Village.Team == nil || a.Village.Team.Unit != "U2" {
		t.Errorf("%+v", a)
	}
	unserved := want[httpapi.Explanation](province, path+"?village=430201001202")
	if unserved.Village.Unserved == nil || len(unserved.Texts) != 1 || unserved.Texts[0] == unserved.Village.Unserved.Reason.Key {
		t.Errorf("%+v", unserved)
	}
	barred := want[httpapi.Explanation](province, path+"?team=T4&unit=U2")
	if barred.Wish == nil || len(barred.Texts) == 0 || len(barred.Texts) != len(barred.Wish.Bars) {
		t.Errorf("%+v", barred)
	}
	if a := want[httpapi.Explanation](sister, path+"?team=T3"); a.Village.Village != "430102001201" || a.Village.Team.Team != "T3" {
		t.Errorf("%+v", a)
	}
	for query, code := range map[string]string{
		"": "plan.not_found", "?team=T1": "team.not_found", "?village=430101001201": "dispatch.village.not_found",
		"?team=T3&cadre=C1": "dispatch.cadre.not_found", "?unit=U1": "dispatch.one_question",
	} {
		got := sister.get(path + query)
		if p := got.problem(t); p.Code != code || got.StatusCode != http.StatusNotFound && code != "dispatch.one_question" {
			t.Errorf("%s: %d %+v", query, got.StatusCode, p)
		}
	}
}
