package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/internal/httpapi"
	"jieli/internal/httpapi/gate"
)

// nominated takes the selection up to people who are checked, judged, cleared and talked to.
func (w *world) nominated() {
	w.t.Helper()
	p, speaker := w.as("province"), w.as("speaker")
	posted[gate.Selection](p, "openSelection", "/api/selections", opening)
	sent(p, http.MethodPost, gateRound+"/villages", `{"villages":[{"code":"430101001201","category":"key","difficulty":40},{"code":"430201001201","category":"weak","difficulty":30}]}`)
	sent(p, http.MethodPut, gateRound+"/quotas", `{"quotas":[{"unit":"U1","places":2,"max_teams":2},{"unit":"U2","places":3,"max_teams":2}]}`)
	posted[gate.NomineesChanged](speaker, "nominate", gateRound+"/nominees", `{"nominees":[{"cadre":"K1","leader":true,"reason":"熟悉农村"},{"cadre":"K2"},{"cadre":"OLD"}]}`)
	posted[gate.NomineesChanged](p, "nominate", gateRound+"/nominees", `{"nominees":[{"cadre":"P1","leader":true},{"cadre":"P2"}]}`)
	sum := posted[gate.ChecksSummary](p, "runChecks", gateRound+"/checks", `{}`)
	if sum.Checked != 5 || sum.Failed != 1 || sum.Open != 4 {
		w.t.Errorf("%+v", sum)
	}
	for i, cadre := range []string{"K1", "K2", "P1", "P2"} {
		path := gateRound + "/nominees/" + cadre
		sent(p, http.MethodPost, path+"/judgements", `{"rule":"judge.style","pass":true,"reason":"谈话了解"}`)
		posted[gate.NomineeClearance](p, "clearNominee", path+"/clearances", `{"body":"discipline","outcome":"clear","file_number":"函1号"}`)
		posted[gate.NomineeInterview](p, "addInterview", path+"/interviews",
			fmt.Sprintf(`{"day":"2025-05-02","interviewers":"甲、乙","note":"踏实","score":%d,"override":"补谈"}`, 60+i))
	}
}

// chosen chooses K1, P1 and P2, and publishes them.
func (w *world) chosen() {
	w.t.Helper()
	p := w.as("province")
	var choices []string
	for _, r := range want[gate.NomineeRanking](p, gateRound+"/ranking").Rows {
		outcome := map[string]string{"K1": `"chosen"`, "P1": `"chosen"`, "P2": `"chosen"`, "K2": `"reserve","reserve_place":1`, "OLD": `"not_chosen","reason":"超龄"`}[r.Cadre]
		choices = append(choices, fmt.Sprintf(`{"cadre":%q,"version":%d,"outcome":%s}`, r.Cadre, r.Version, outcome))
	}
	told := posted[gate.NomineesChanged](p, "chooseNominees", gateRound+"/choices", `{"choices":[`+strings.Join(choices, ",")+`]}`)
	if len(told.Nominees) != 5 {
		w.t.Errorf("%+v", told)
	}
	if list := posted[gate.Publication](p, "publishList", gateRound+"/publicity", `{}`); list.Count != 3 || list.Number != 1 {
		w.t.Errorf("%+v", list)
	}
}

// The whole gate over HTTP, to the list that dispatch plans from.
func TestTheGateFromVillagesToTheLock(t *testing.T) {
	w := newGate(t)
	w.clock.Advance(-9 * 24 * time.Hour) // sessions end by the machine's clock: so begin in the past
	w.nominated()
	w.chosen()
	p := w.as("province")
	list := want[gate.PublicList](w.as("township"), gateRound+"/publicity")
	if len(list.People) != 3 || list.People[0].Name != "吴县" || list.People[0].Unit != "县局" || list.Publication.Count != 3 {
		t.Errorf("%+v", list)
	}
	before := want[gate.SelectionOverview](p, gateRound)
	if !before.Runs || before.Outcomes.Chosen != 3 || before.Outcomes.Reserve != 1 || before.Villages != 2 || len(before.Publications) != 1 || len(before.Open) != 9 {
		t.Errorf("%+v", before)
	}
	lock := fmt.Sprintf(`{"version":%d}`, before.Selection.Version)
	refusedWith(p, http.MethodPost, gateRound+"/lock", lock, "selection.publicity_running")
	w.clock.Advance(9 * 24 * time.Hour)
	locked := posted[gate.Selection](w.as("province"), "lockSelection", gateRound+"/lock", lock)
	if locked.Status != "locked" || len(locked.ListHash) != 64 || locked.LockedAt == nil {
		t.Errorf("%+v", locked)
	}
	refusedWith(w.as("province"), http.MethodPost, gateRound+"/lock", lock, "selection.locked")
}

func TestNeedListsGoFromTheVillageToTheRound(t *testing.T) {
	w := newGate(t)
	w.nominated()
	c, need := w.as("township"), gateRound+"/needs/430101001201"
	got := c.do(http.MethodPut, need, `{"items":[{"head":"industry","text":"油茶","speciality":"farming","weight":90}],"note":"村民会议","submit":true}`)
	var list gate.NeedListOf
	if got.into(t, &list); list.Status != "submitted" || list.Version != 1 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	refusedWith(c, http.MethodPost, need+"/review", `{"version":1,"accept":false}`, "need.note_needed")
	posted[gate.NeedListOf](c, "reviewNeeds", need+"/review", `{"version":1,"accept":true}`)
	page := want[gate.NeedListPage](w.as("county"), gateRound+"/needs?status=accepted")
	village := want[gate.SelectionVillageList](w.as("county"), gateRound+"/villages?region=430101").Villages
	if page.Total != 1 || len(village) != 1 || village[0].Needs[1] != 90 {
		t.Errorf("%+v %+v", page, village)
	}
	if p := c.do(http.MethodPut, gateRound+"/needs/430201001201", `{"items":[]}`).problem(t); p.Status != http.StatusNotFound {
		t.Errorf("a village outside: %+v", p)
	}
}

// What a refusal says: why, in words, with each obstacle.
func TestRefusalsOfTheGateSayWhy(t *testing.T) {
	w := newGate(t)
	w.nominated()
	p := w.as("province")
	told := refusedWith(p, http.MethodPost, gateRound+"/choices", `{"choices":[{"cadre":"OLD","version":2,"outcome":"chosen"}]}`, "selection.unfit")
	if len(told.Errors) != 2 || told.Errors[0].Location != "body.cadre" || told.Errors[1].Detail != `Fails the rule "Greatest age"` {
		t.Errorf("%+v", told)
	}
	refusedWith(p, http.MethodPost, gateRound+"/nominees/K1/interviews", `{"day":"2025-05-02","interviewers":"甲","note":"好","score":1}`, "selection.outside_phase")
	d := want[gate.Dossier](p, gateRound+"/nominees/OLD")
	if len(d.Failed) != 1 || d.Failed[0] != "max_age" || len(d.Obstacles) != 3 || d.Bodies[0].Value != "discipline" || d.Bodies[0].Label == "discipline" {
		t.Errorf("%+v", d)
	}
	told = refusedWith(w.as("township"), http.MethodPost, gateRound+"/checks", `{}`, "access.role_forbids")
	if told.Status != http.StatusForbidden {
		t.Errorf("%+v", told)
	}
}

func TestNobodyDecidesOnThemselvesOrRelatives(t *testing.T) {
	w := newGate(t)
	w.nominated()
	p, c := w.as("province"), w.as("county")
	refusedWith(c, http.MethodPut, "/api/accounts/a-county/cadre", `{"cadre":"K1"}`, "selection.own_case")
	sent(p, http.MethodPut, "/api/accounts/a-county/cadre", `{"cadre":"K1"}`)
	sent(p, http.MethodPost, "/api/cadres/K1/relations", `{"relative":"K2","kind":"kin"}`)
	const word = `{"rule":"judge.style","pass":true,"reason":"好"}`
	for cadre, key := range map[string]string{"K1": "selection.own_case", "K2": "selection.relatives_case"} {
		if told := refusedWith(c, http.MethodPost, gateRound+"/nominees/"+cadre+"/judgements", word, key); told.Status != http.StatusForbidden {
			t.Errorf("%+v", told)
		}
	}
	if list := want[gate.RelationList](p, "/api/cadres/K2/relations"); len(list.Relations) != 1 || list.Relations[0].Kind != "kin" {
		t.Errorf("%+v", list)
	}
	sent(p, http.MethodDelete, "/api/cadres/K1/relations/K2", "")
	sent(c, http.MethodPost, gateRound+"/nominees/K2/judgements", word)
}

func TestObjectionsAreRecordedAndDecided(t *testing.T) {
	w := newGate(t)
	w.nominated()
	w.chosen()
	p := w.as("province")
	o := posted[gate.Objection](p, "recordObjection", gateRound+"/nominees/K1/objections", `{"day":"2025-06-01","from":"某人","text":"有异议","override":"公示前一天收到"}`)
	path := gateRound + "/objections/" + o.ID + "/decision"
	refusedWith(p, http.MethodPost, path, fmt.Sprintf(`{"version":%d,"uphold":true,"reason":""}`, o.Version), "selection.reason_needed")
	told := posted[gate.Objection](p, "decideObjection", path, fmt.Sprintf(`{"version":%d,"uphold":true,"reason":"属实"}`, o.Version))
	d := want[gate.Dossier](p, gateRound+"/nominees/K1")
	if told.Status != "upheld" || len(d.Objections) != 1 || len(d.Obstacles) != 1 || d.Obstacles[0].Code != "obstacle.objection_upheld" {
		t.Errorf("%+v %+v", told, d)
	}
}

// The ranking adds up, the proposal keeps to the posts, and the composition answers for choices that are not saved.
func TestTheChoiceIsToldBeforeItIsMade(t *testing.T) {
	w := newGate(t)
	w.nominated()
	p := w.as("province")
	for _, r := range want[gate.NomineeRanking](p, gateRound+"/ranking").Rows {
		var sum int64
		for _, part := range r.Parts {
			if sum += part.Points; part.Points != part.Figure*part.Weight || part.Label == "" {
				t.Errorf("%+v", part)
			}
		}
		if sum != r.Total {
			t.Errorf("%s: %d, parts are %d", r.Cadre, r.Total, sum)
		}
	}
	chosen := 0
	for _, c := range want[gate.ChoiceProposal](p, gateRound+"/proposal").Choices {
		if c.Outcome == "chosen" {
			chosen++
		}
	}
	mix := posted[gate.Composition](p, "tryComposition", gateRound+"/composition", `{"choices":[{"cadre":"K1","version":2,"outcome":"chosen"}]}`)
	saved := posted[gate.Composition](p, "tryComposition", gateRound+"/composition", `{"choices":[]}`)
	if chosen != 3 || mix.Members != 1 || len(mix.Goals) == 0 || saved.Members != 0 {
		t.Errorf("%d chosen, %+v, %+v", chosen, mix, saved)
	}
	var none httpapi.Problem
	if p.get(gateRound+"/publicity").into(t, &none); none.Code != "publicity.not_found" {
		t.Errorf("%+v", none)
	}
}
