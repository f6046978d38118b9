package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/httpapi/gate"
	"jieli/internal/store"
)

// gateWrite is a change that the province's office may make, or would but for its version, and how others are refused.
type gateWrite struct {
	id, path string
	body     string // empty: the route takes none
	stale    string // told where the version is one that never was; empty: the change is made from none
	beside   string // told to the county's neighbour
	phased   bool   // has days in the calendar
	own      bool   // nobody does it in their own case
}

const nomineeK1 = gateRound + "/nominees/K1"

// gateWrites are all writing routes about policies and the first gate. {policy} is a draft of the county's, {objection} one to K1.
var gateWrites = []gateWrite{
	{id: "draftPolicy", path: "/api/policies", body: `{"region":"430101000000","name":"又一稿","valid_from":"2025-03-01","source":{"document":"办法"},"values":{}}`, beside: "policy.object_not_found"},
	{id: "changePolicy", path: "/api/policies/{policy}", body: `{"version":99,"region":"430101000000","name":"改","valid_from":"2025-03-01","source":{"document":"办法"},"values":{}}`,
		stale: "policy.changed", beside: "policy.object_not_found"},
	{id: "dropPolicy", path: "/api/policies/{policy}?version=99", stale: "policy.changed", beside: "policy.object_not_found"},
	{id: "enforcePolicy", path: "/api/policies/{policy}/enforce", body: `{"version":99}`, stale: "policy.changed", beside: "policy.object_not_found"},
	{id: "importPolicySample", path: "/api/policy-samples/hunan-2021/import", body: `{"region":"430101000000"}`, beside: "policy.object_not_found"},
	{id: "openSelection", path: "/api/selections", body: strings.ReplaceAll(opening, `"2025",`, `"2026",`), beside: "access.outside_scope"},
	{id: "setCalendar", path: gateRound + "/calendar", body: `{"version":99,"calendar":{"phases":[]}}`, stale: "selection.changed", beside: "access.outside_scope"},
	{id: "setAims", path: gateRound + "/aims", body: `{"version":99,"posts":9,"preferred":[]}`, stale: "selection.changed", beside: "access.outside_scope"},
	{id: "lockSelection", path: gateRound + "/lock", body: `{"version":99}`, stale: "selection.changed", beside: "access.outside_scope", phased: true},
	{id: "fixVillages", path: gateRound + "/villages", body: `{"villages":[{"code":"430101001202","category":"weak","difficulty":10}]}`, beside: "selection.village_unknown", phased: true},
	{id: "dropVillages", path: gateRound + "/villages/drop", body: `{"codes":["430101001201"]}`, phased: true}, // what lies outside is left, see below
	{id: "writeNeeds", path: gateRound + "/needs/430201001201", body: `{"version":99,"items":[]}`, stale: "selection.changed", beside: "region.not_found", phased: true},
	{id: "reviewNeeds", path: gateRound + "/needs/430101001201/review", body: `{"version":99,"accept":true}`, stale: "selection.changed", beside: "region.not_found", phased: true},
	{id: "setQuotas", path: gateRound + "/quotas", body: `{"quotas":[{"unit":"U2","places":9,"max_teams":2,"version":99}]}`, stale: "selection.changed", beside: "unit.not_found", phased: true},
	{id: "nominate", path: gateRound + "/nominees", body: `{"nominees":[{"cadre":"K1"}]}`, beside: "selection.nominee_unknown", phased: true, own: true},
	{id: "withdrawNominee", path: nomineeK1 + "/withdraw", body: `{"version":99,"reason":"调离"}`, stale: "selection.changed", beside: "nominee.not_found", own: true},
	{id: "runChecks", path: gateRound + "/checks", body: `{"cadres":["K1"]}`, beside: "nominee.not_found", phased: true},
	{id: "judgeNominee", path: nomineeK1 + "/judgements", body: `{"rule":"judge.style","pass":false,"reason":"再谈"}`, beside: "nominee.not_found", phased: true, own: true},
	{id: "clearNominee", path: nomineeK1 + "/clearances", body: `{"version":99,"body":"discipline","outcome":"clear","file_number":"函9号"}`,
		stale: "selection.changed", beside: "nominee.not_found", phased: true, own: true},
	{id: "addInterview", path: nomineeK1 + "/interviews", body: `{"day":"2025-05-03","interviewers":"丙","note":"稳重","score":80}`, beside: "nominee.not_found", phased: true, own: true},
	{id: "chooseNominees", path: gateRound + "/choices", body: `{"choices":[{"cadre":"K1","version":99,"outcome":"open"}]}`, stale: "selection.changed", beside: "nominee.not_found", phased: true, own: true},
	{id: "publishList", path: gateRound + "/publicity", body: `{}`, beside: "access.outside_scope", phased: true},
	{id: "recordObjection", path: nomineeK1 + "/objections", body: `{"day":"2025-06-01","text":"有异议"}`, beside: "nominee.not_found", phased: true},
	{id: "decideObjection", path: gateRound + "/objections/{objection}/decision", body: `{"version":99,"uphold":true,"reason":"属实"}`, stale: "selection.changed", beside: "nominee.not_found", phased: true, own: true},
	{id: "declareRelation", path: "/api/cadres/K1/relations", body: `{"relative":"OLD","kind":"kin"}`, beside: "cadre.not_found"},
	{id: "takeRelationBack", path: "/api/cadres/K1/relations/K2", beside: "cadre.not_found", own: true},
	{id: "linkAccount", path: "/api/accounts/a-county/cadre", body: `{"cadre":"K2"}`, beside: "account.not_found", own: true},
}

// line is the write's line of the route table.
func (g gateWrite) line(t *testing.T) (httpapi.Line, string) {
	t.Helper()
	lines := httpapi.Table()
	i := slices.IndexFunc(lines, func(l httpapi.Line) bool { return l.ID == g.id })
	if i < 0 {
		t.Fatalf("no route %s", g.id)
	}
	method, _, _ := strings.Cut(lines[i].Pattern, " ")
	return lines[i], method
}

// refusals is a world whose gate is open on all days, with a list published, needs handed in, an objection to K1, and a draft
// of the county's policy. K1 is behind the county's account and related to K2.
type refusals struct {
	*world
	ids       *strings.Replacer
	before    string
	callers   map[string]*caller
	selection int64
}

func calendarOf(to string) string {
	days := make([]string, 0, len(domain.Phases()))
	for _, p := range domain.Phases() {
		days = append(days, fmt.Sprintf(`{"phase":%q,"from":"2020-01-01","to":%q}`, p, to))
	}
	return `{"phases":[` + strings.Join(days, ",") + `]}`
}

func newRefusals(t *testing.T) *refusals {
	t.Helper()
	w := newGate(t)
	w.clock.Advance(-9 * 24 * time.Hour)
	w.nominated()
	r := &refusals{world: w, callers: map[string]*caller{}, selection: 1}
	r.calendar("2100-01-01")
	w.chosen()
	p := r.who("province")
	for _, code := range []string{"430101001201", "430201001201"} {
		got := p.do(http.MethodPut, gateRound+"/needs/"+code, fmt.Sprintf(`{"items":[{"head":"industry","text":"油茶","weight":9}],"submit":%v}`, code[:4] == "4301"))
		if got.StatusCode != http.StatusOK {
			t.Fatal(string(got.body))
		}
	}
	objection := posted[gate.Objection](p, "recordObjection", nomineeK1+"/objections", `{"day":"2025-06-01","text":"有异议","override":"公示前收到"}`)
	draft := posted[gate.Policy](r.who("county"), "draftPolicy", "/api/policies", gateWrites[0].body)
	sent(p, http.MethodPost, "/api/cadres/K1/relations", `{"relative":"K2","kind":"kin"}`)
	sent(p, http.MethodPut, "/api/accounts/a-county/cadre", `{"cadre":"K1"}`)
	r.ids = strings.NewReplacer("{policy}", draft.ID, "{objection}", objection.ID)
	r.before = r.told()
	return r
}

func (r *refusals) who(name string) *caller {
	if r.callers[name] == nil {
		r.callers[name] = r.as(name)
	}
	return r.callers[name]
}

// calendar has all phases end on a day.
func (r *refusals) calendar(to string) {
	r.t.Helper()
	got := r.who("province").do(http.MethodPut, gateRound+"/calendar", fmt.Sprintf(`{"version":%d,"calendar":%s}`, r.selection, calendarOf(to)))
	if r.selection++; got.StatusCode != http.StatusOK {
		r.t.Fatal(string(got.body))
	}
}

// told is all that the province reads about policies and the gate, and how long the ledger is but for who signed in.
func (r *refusals) told() string {
	r.t.Helper()
	var all strings.Builder
	for _, line := range httpapi.Table() {
		if !ofGate(line) || !strings.HasPrefix(line.Pattern, "GET ") {
			continue
		}
		for _, path := range gateAsks(line) {
			if got := r.who("province").get(path); got.StatusCode == http.StatusOK {
				all.Write(got.body)
			}
		}
	}
	err := r.store.Read(r.t.Context(), func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 1, 1000)
		entries = slices.DeleteFunc(entries, func(e domain.LedgerEntry) bool { return strings.HasPrefix(e.Action, "session.") })
		fmt.Fprintf(&all, "%d entries", len(entries))
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return all.String()
}

// unchanged holds that nothing has come of all that was refused.
func (r *refusals) unchanged() {
	r.t.Helper()
	before, now := strings.Split(r.before, "\n"), strings.Split(r.told(), "\n")
	for i := range max(len(before), len(now)) {
		if i >= len(before) || i >= len(now) || before[i] != now[i] {
			r.t.Fatalf("a refused change left a trace:\n%s\n%s", before[min(i, len(before)-1)], now[min(i, len(now)-1)])
		}
	}
}

// refuses makes the change in an account's name and holds that it is refused with the key.
func (r *refusals) refuses(who string, g gateWrite, body, key string) httpapi.Problem {
	r.t.Helper()
	_, method := g.line(r.t.(*testing.T))
	p := r.who(who).do(method, r.ids.Replace(g.path), body, "Accept-Language", "en").problem(r.t)
	if p.Code != key || p.Detail == key || p.Detail == "" {
		r.t.Errorf("%s as %s: %+v, want %s", g.id, who, p, key)
	}
	return p
}

// overridden is a body with a reason for acting outside the calendar.
func overridden(body string) string {
	return strings.Replace(strings.TrimSuffix(body, "}")+`,"override":"赶时间"}`, "{,", "{", 1)
}

func TestEveryWriteAtTheGateHasItsRefusals(t *testing.T) {
	for _, line := range httpapi.Table() {
		known := slices.ContainsFunc(gateWrites, func(g gateWrite) bool { return g.id == line.ID })
		wanted := ofGate(line) && !strings.HasPrefix(line.Pattern, "GET ") && line.ID != "tryComposition" // it keeps nothing
		if known != wanted {
			t.Errorf("%s: refusals are tested: %v", line.Pattern, known)
		}
	}
}

func TestStaleVersionsAndBodiesThatAreNoneAreRefused(t *testing.T) {
	r := newRefusals(t)
	for _, g := range gateWrites {
		if g.stale != "" && g.id != "lockSelection" { // the list is still public, see below
			if p := r.refuses("province", g, g.body, g.stale); p.Status != http.StatusConflict {
				t.Errorf("%s: %+v", g.id, p)
			}
		}
		if (g.stale != "") != strings.Contains(g.body+g.path, "99") {
			t.Errorf("%s: a stale version is not tried", g.id)
		}
		if g.body == "" {
			continue
		}
		r.refuses("province", g, `{"version`, "request.malformed")
		r.refuses("province", g, "", "request.malformed")
		told := r.refuses("province", g, `[]`, "request.invalid")
		if len(told.Errors) == 0 || told.Errors[0].Code != "request.not_object" {
			t.Errorf("%s: %+v", g.id, told)
		}
		told = r.refuses("province", g, `{"nobody":1}`, "request.invalid")
		if !slices.ContainsFunc(told.Errors, func(l httpapi.Located) bool { return l.Code == "request.unknown_field" && l.Location == "body.nobody" }) {
			t.Errorf("%s: %+v", g.id, told)
		}
	}
	r.refuses("province", gateWrite{id: "dropPolicy", path: "/api/policies/{policy}"}, "", "request.invalid")
	r.unchanged()
}

func TestOfficesOutsideAndRolesThatMayNotAreRefused(t *testing.T) {
	r := newRefusals(t)
	roles := map[string]domain.AccountRole{"township": domain.RoleTownshipOffice, "speaker": domain.RoleUnitOffice}
	for _, g := range gateWrites {
		line, _ := g.line(t)
		for who, role := range roles {
			if !access.Decide(access.Actor{ID: "a", Role: role, Scope: county.Scope()}, line.Action, county.Scope()).Allow {
				if p := r.refuses(who, g, g.body, access.RoleForbids); p.Status != http.StatusForbidden {
					t.Errorf("%s as %s: %+v", g.id, who, p)
				}
			}
		}
		key := g.beside
		if key != "" {
			r.refuses("sister", g, g.body, key)
		}
		if line.OfRound { // another province is not told that there is such a round
			key = "round.not_found"
			if strings.Contains(g.path, "/needs/") {
				key = "region.not_found"
			}
		}
		r.refuses("foreign", g, g.body, key)
	}
	r.unchanged()
}

func TestVillagesOutsideAreNotDropped(t *testing.T) {
	r := newRefusals(t)
	sent(r.who("sister"), http.MethodPost, gateRound+"/villages/drop", `{"codes":["430101001201","430201001201"]}`)
	villages := want[gate.SelectionVillageList](r.who("province"), gateRound+"/villages").Villages
	needs := want[gate.NeedListPage](r.who("province"), gateRound+"/needs")
	if len(villages) != 2 || needs.Total != 2 {
		t.Errorf("%+v %+v", villages, needs)
	}
}

func TestNobodyDecidesInTheirOwnCase(t *testing.T) {
	r := newRefusals(t)
	for _, g := range gateWrites {
		if !g.own {
			continue
		}
		if p := r.refuses("county", g, g.body, "selection.own_case"); p.Status != http.StatusForbidden {
			t.Errorf("%s: %+v", g.id, p)
		}
		if strings.HasPrefix(g.path, nomineeK1) || strings.Contains(g.body, `"K1"`) {
			other := gateWrite{id: g.id, path: strings.Replace(g.path, "K1", "K2", 1)}
			r.refuses("county", other, strings.Replace(g.body, "K1", "K2", 1), "selection.relatives_case")
		}
	}
	r.unchanged()
}

// Outside its days a change needs a reason, and the reason of an office that runs the selection.
func TestChangesOutsideTheirDaysAreRefused(t *testing.T) {
	r := newRefusals(t)
	r.calendar("2020-02-01")
	r.before = r.told()
	for _, g := range gateWrites {
		if !g.phased {
			continue
		}
		if p := r.refuses("province", g, g.body, "selection.outside_phase"); p.Status != http.StatusConflict || !strings.Contains(p.Detail, "2020-02-01") {
			t.Errorf("%s: %+v", g.id, p)
		}
		g.path = strings.Replace(g.path, "430201001201", "430101001201", 1) // in the county
		if p := r.refuses("county", g, overridden(g.body), access.OutsideScope); p.Status != http.StatusForbidden {
			t.Errorf("%s: %+v", g.id, p)
		}
	}
	r.unchanged()
}

// Who is on the list does not lock it; and after the lock nothing changes any more.
func TestALockedListIsLocked(t *testing.T) {
	r := newRefusals(t)
	path := r.ids.Replace(gateRound + "/objections/{objection}/decision")
	posted[gate.Objection](r.who("province"), "decideObjection", path, `{"version":1,"uphold":false,"reason":"不属实"}`)
	r.clock.Advance(9 * 24 * time.Hour)
	r.callers = map[string]*caller{}
	lock := gateWrites[slices.IndexFunc(gateWrites, func(g gateWrite) bool { return g.id == "lockSelection" })]
	r.before = r.told()
	r.refuses("province", lock, lock.body, lock.stale)
	r.behind("a-province", "P1")
	r.refuses("province", lock, `{"version":2}`, "selection.own_case")
	r.behind("a-province", "")
	r.unchanged()
	if sel := posted[gate.Selection](r.who("province"), lock.id, lock.path, `{"version":2}`); sel.Status != "locked" {
		t.Fatalf("%+v", sel)
	}
	r.before = r.told()
	for _, g := range gateWrites {
		if strings.HasPrefix(g.path, gateRound) {
			r.refuses("province", g, g.body, "selection.locked")
			if g.phased {
				r.refuses("province", g, overridden(g.body), "selection.locked")
			}
		}
	}
	r.unchanged()
}

// behind says in the store who is behind an account: nobody may say it of their own.
func (r *refusals) behind(account, cadre string) {
	r.t.Helper()
	err := r.store.Write(r.t.Context(), func(tx *store.Tx) error {
		return store.PutAccountLink(tx, domain.AccountLink{Account: account, Cadre: cadre})
	})
	if err != nil {
		r.t.Fatal(err)
	}
}
