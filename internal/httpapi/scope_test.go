package httpapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
)

func jsonLoosely(text []byte, v any) error { return json.Unmarshal(text, v) }

// within is the test's own idea of what lies in a division, told by digits alone.
func within(code, division domain.Code) bool {
	digits := string(division)
	for _, n := range []int{12, 9, 6, 4, 2} {
		if strings.Trim(digits[n:], "0") == "" && (n == 2 || strings.Trim(digits[previous(n):n], "0") != "") {
			return strings.HasPrefix(string(code), digits[:n])
		}
	}
	return false
}

func previous(n int) int { return map[int]int{12: 9, 9: 6, 6: 4, 4: 2}[n] }

// secrets are words that only those may read in whose region the village lies.
var secrets = map[domain.Code][]string{
	"430101001201": {"第一村", "张一", "孙五"}, "430101001202": {"第二村"}, "430101002201": {"第三村"}, "430102001201": {"第四村", "赵四"},
	"430201001201": {"第五村", "李二"}, "430201001202": {"第六村"}, "420101001201": {"远村", "周六"},
}

func leaks(path string, body []byte, region domain.Code) []string {
	var found []string
	places := secrets
	if isRecord(path) {
		places = recordSecrets
	}
	for village, words := range places {
		for _, word := range words {
			if !within(village, region) && strings.Contains(string(body), word) {
				found = append(found, word)
			}
		}
	}
	return found
}

func allCodes() []domain.Code {
	var codes []domain.Code
	for _, r := range fixtureRegions {
		codes = append(codes, r.code)
	}
	for _, v := range fixtureVillages {
		codes = append(codes, v.code)
	}
	return append(codes, "440000000000", "430199000000", "430000000001")
}

// expand fills the placeholders of a pattern with all ids that there are, of every region.
func expand(path string) []string {
	paths := []string{path}
	for name, values := range map[string][]string{
		"{plan}": {"p1", "e1", "no"}, "{round}": {"2023", "e2023"}, "{team}": {"T1", "T2", "T3", "T4", "E1"}, "{job}": {"j1", "e-j1", "no"}, "{code}": codeTexts(),
		"{entity}": {"region", "unit", "cadre", "village", "no"}, "{key}": recordKeys, "{set}": {"s1", "s2", "e-s1"}, "{import}": {"i1", "e-i1"},
	} {
		var next []string
		for _, p := range paths {
			if !strings.Contains(p, name) {
				next = append(next, p)
				continue
			}
			for _, v := range values {
				next = append(next, strings.Replace(p, name, v, 1))
			}
		}
		paths = next
	}
	return paths
}

func codeTexts() []string {
	var texts []string
	for _, c := range allCodes() {
		texts = append(texts, string(c))
	}
	return texts
}

// asks are the requests that a line of the table can be asked with, each with the region that it names.
func asks(line httpapi.Line) []string {
	if ofGate(line) {
		return nil // asked in a world that has policies and a selection, see gateAsks
	}
	_, path, _ := strings.Cut(line.Pattern, " ")
	paths := expand(path)
	all := slices.Clone(paths)
	if line.ID == "explainPlan" {
		all = append(all, questions(paths)...)
	}
	if line.Rule != "query" {
		return all
	}
	for _, p := range paths {
		for _, c := range codeTexts() {
			all = append(all, p+"?region="+c)
		}
	}
	return all
}

// questions asks each plan about every team and place, and there about units and people.
func questions(paths []string) []string {
	var all []string
	for _, p := range paths {
		for _, code := range codeTexts() {
			all = append(all, p+"?village="+code)
		}
		for _, wish := range []string{"&unit=U1", "&cadre=C2", "&cadre=C3"} {
			for _, v := range fixtureVillages[:5] {
				all = append(all, p+"?village="+string(v.code)+wish)
			}
		}
		for _, team := range []string{"T1", "T2", "T3", "T4", "E1"} {
			all = append(all, p+"?team="+team)
		}
	}
	return all
}

// TestNoRoleReadsBeyondItsRegion asks every route of the contract, as every account, with every id that there is: of the
// caller's own division, its parents, children and siblings, and of another province.
func TestNoRoleReadsBeyondItsRegion(t *testing.T) {
	w := newWorld(t)
	asked := 0
	for _, account := range fixtureAccounts[:6] {
		c := w.as(account.username)
		for _, line := range httpapi.Table() {
			if !strings.HasPrefix(line.Pattern, "GET /api/") || line.Rule == "nowhere" {
				continue
			}
			for _, path := range asks(line) {
				got := c.get(path)
				asked++
				if words := leaks(path, got.body, account.region); len(words) > 0 {
					t.Errorf("%s reads %v at %s", account.username, words, path)
				}
				checkStatus(t, account.username, account.region, path, got)
			}
		}
	}
	if asked < 2000 {
		t.Errorf("only %d requests", asked)
	}
}

// checkStatus holds that a region outside of the caller's is not found, like a plan of another province.
func checkStatus(t *testing.T, who string, own domain.Code, path string, got reply) {
	t.Helper()
	foreign := strings.HasPrefix(string(own), "42")
	outside := (strings.Contains(path, "/p1") || strings.Contains(path, "/2023")) && foreign ||
		(strings.Contains(path, "/e1") || strings.Contains(path, "/e2023")) && !foreign || strings.Contains(path, "/no")
	for _, code := range allCodes() {
		if strings.HasSuffix(path, "="+string(code)) || strings.Contains(path, "="+string(code)+"&") || strings.HasSuffix(path, "/"+string(code)) {
			outside = outside || !within(code, own)
		}
	}
	if strings.HasSuffix(path, "/points") {
		return // has to name a region, in whichever plan
	}
	if strings.HasSuffix(path, "/region/template.xlsx") {
		return // nobody may import divisions
	}
	if outside && got.StatusCode != http.StatusNotFound {
		t.Errorf("%s gets %d at %s: %s", who, got.StatusCode, path, got.body)
	}
	if got.StatusCode >= http.StatusInternalServerError || got.StatusCode == http.StatusForbidden {
		t.Errorf("%s gets %d at %s: %s", who, got.StatusCode, path, got.body)
	}
}

func TestOwnRegionIsReadable(t *testing.T) {
	w := newWorld(t)
	for _, account := range fixtureAccounts[:6] {
		c := w.as(account.username)
		plan := "p1"
		if account.username == "foreign" {
			plan = "e1"
		}
		for _, path := range []string{
			"/api/rounds", "/api/plans/" + plan, "/api/plans/" + plan + "/regions/" + string(account.region),
			"/api/plans/" + plan + "/teams", "/api/plans/" + plan + "/teams?region=" + string(account.region),
			"/api/plans/" + plan + "/unserved", "/api/outlines/" + string(account.region), "/api/regions?q=" + string(account.region[:2]),
		} {
			if got := c.get(path); got.StatusCode != http.StatusOK {
				t.Errorf("%s: %s: %d %s", account.username, path, got.StatusCode, got.body)
			}
		}
	}
}

// A parent is named in the path and its figures are out of reach.
func TestParentsAreNamedAndNothingMore(t *testing.T) {
	c := newWorld(t).as("county")
	page := want[httpapi.RegionPage](c, "/api/plans/p1/regions/"+string(county))
	if len(page.Path) != 3 || page.Path[0].Name != "湘省" {
		t.Errorf("path %+v", page.Path)
	}
	for _, parent := range []domain.Code{province, city} {
		if got := c.get("/api/plans/p1/regions/" + string(parent)); got.problem(t).Code != "region.not_found" {
			t.Errorf("%s: %s", parent, got.body)
		}
	}
}

func TestEverythingElseNeedsASession(t *testing.T) {
	w := newWorld(t)
	open := []string{"POST /api/session", "/api/", "GET /healthz", "GET /readyz", "/", "GET /metrics"} // metrics: for this machine
	for _, line := range httpapi.Table() {
		if slices.Contains(open, line.Pattern) {
			continue
		}
		method, path, _ := strings.Cut(line.Pattern, " ")
		got := w.nobody().do(method, strings.NewReplacer("{plan}", "p1", "{round}", "2023", "{team}", "T1", "{code}", "43").Replace(path), "")
		if p := got.problem(t); got.StatusCode != http.StatusUnauthorized || p.Code != "access.signed_out" {
			t.Errorf("%s: %d %s", line.Pattern, got.StatusCode, got.body)
		}
	}
}

func TestARoleThatTheTableDoesNotKnowMayDoNothing(t *testing.T) {
	w := newWorld(t)
	c := w.nobody()
	c.signIn("stranger", secret)
	for _, path := range []string{"/api/rounds", "/api/session", "/api/plans/p1", "/api/openapi.json", "/metrics"} {
		if got := c.get(path); got.StatusCode != http.StatusForbidden || got.problem(t).Code != "access.role_forbids" {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
}

func TestMetricsAreForThisMachineAndTheProvinceOffice(t *testing.T) {
	w := newWorld(t)
	w.as("county").get("/api/plans/p1?x=%31")
	text := string(w.nobody().get("/metrics").body)
	for _, line := range []string{
		`jieli_http_requests_total{route="GET /api/plans/{plan}",status="422"} 1`, `jieli_build_info{go="go1.`,
		`jieli_http_request_duration_seconds_count{route="POST /api/session"} 1`,
		`jieli_store_connections{pool="writer"} 1`, `jieli_store_connections_in_use{pool="reader"} 0`, `jieli_store_waits_total{pool="writer"}`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s", line)
		}
	}
	for who, status := range map[string]int{"": 401, "province": 200, "county": 403} {
		c := w.nobody()
		if who != "" {
			c = w.as(who)
		}
		if got := c.get("/metrics", "X-Forwarded-For", "192.0.2.1"); got.StatusCode != status {
			t.Errorf("%q through a proxy: %d", who, got.StatusCode)
		}
	}
}

func TestChangedRightsApplyAtOnce(t *testing.T) {
	w := newWorld(t)
	c := w.as("city")
	if got := c.get("/api/plans/p1/regions/430102"); got.StatusCode != http.StatusOK {
		t.Fatal(string(got.body))
	}
	w.change("city", func(a *domain.Account) { a.Region, a.Role = county, domain.RoleCountyOffice })
	if got := c.get("/api/plans/p1/regions/430102"); got.StatusCode != http.StatusNotFound {
		t.Errorf("moved to another region: %d", got.StatusCode)
	}
	w.change("city", func(a *domain.Account) { a.Disabled = true })
	if got := c.get("/api/plans/p1/regions/430101"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("disabled: %d", got.StatusCode)
	}
	w.change("city", func(a *domain.Account) { a.Disabled = false })
	if got := c.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("the old session lives again: %d", got.StatusCode)
	}
}
