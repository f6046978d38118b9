package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/httpapi"
)

// gateAsks are the requests that a reading line about policies or the first gate can be asked with.
func gateAsks(line httpapi.Line) []string {
	_, path, _ := strings.Cut(line.Pattern, " ")
	paths := []string{path}
	for name, values := range map[string][]string{
		"{round}": {"2025", "2023", "e2023", "no"}, "{cadre}": {"K1", "P1", "E1", "no"}, "{policy}": {"43-p1", "42-p1", "no"},
	} {
		var next []string
		for _, p := range paths {
			for _, v := range values {
				next = append(next, strings.Replace(p, name, v, 1))
			}
			if !strings.Contains(p, name) {
				next = next[:len(next)-len(values)+1]
			}
		}
		paths = next
	}
	if strings.HasSuffix(path, "/diff") {
		return []string{"/api/policies/43-p1/diff?before=43-p1", "/api/policies/43-p1/diff?before=42-p1", "/api/policies/42-p1/diff?before=42-p1"}
	}
	return paths
}

// TestNobodyReadsBeyondTheirPartOfTheGate asks every reading route of policies and the first gate as every account: names
// and notes of nominees stay with their unit's area, each body is what the contract says, and only a role is a reason for 403.
func TestNobodyReadsBeyondTheirPartOfTheGate(t *testing.T) {
	w := newGate(t)
	w.nominated()
	good := map[string]bool{}
	for username, who := range map[string]domain.Account{
		"province": {Role: domain.RoleProvinceOffice, Region: province}, "county": {Role: domain.RoleCountyOffice, Region: county},
		"sister": {Role: domain.RoleCountyOffice, Region: sisterCounty}, "township": {Role: domain.RoleTownshipOffice, Region: township},
		"foreign": {Role: domain.RoleProvinceOffice, Region: otherProvince}, "speaker": {Role: domain.RoleUnitOffice, Region: county},
	} {
		c := w.as(username)
		actor := access.Actor{ID: "a", Role: who.Role, Scope: who.Region.Scope()}
		for _, line := range httpapi.Table() {
			if !ofGate(line) || !strings.HasPrefix(line.Pattern, "GET ") {
				continue
			}
			may := access.Decide(actor, line.Action, actor.Scope).Allow
			for _, path := range gateAsks(line) {
				got := c.get(path)
				w.holdsGate(username, who.Region, line, path, got, may)
				good[line.ID] = good[line.ID] || got.StatusCode == http.StatusOK
			}
		}
	}
	for _, line := range httpapi.Table() {
		if ofGate(line) && strings.HasPrefix(line.Pattern, "GET ") && !good[line.ID] && line.ID != "readPublicList" {
			t.Errorf("%s was never answered", line.ID)
		}
	}
}

func (w *world) holdsGate(who string, region domain.Code, line httpapi.Line, path string, got reply, may bool) {
	w.t.Helper()
	for home, words := range gateSecrets {
		for _, word := range words {
			upper := home == otherProvince && within(region, home)
			if !within(home, region) && !upper && strings.Contains(string(got.body), word) {
				w.t.Errorf("%s reads %s at %s", who, word, path)
			}
		}
	}
	if who == "speaker" && strings.Contains(string(got.body), "踏实") {
		w.t.Errorf("a unit reads what others noted at %s", path)
	}
	var body any
	if err := json.Unmarshal(got.body, &body); err != nil {
		w.t.Fatalf("%s: %v", path, err)
	}
	if faults := httpapi.Fits(line.ID, got.StatusCode, body); len(faults) > 0 {
		w.t.Errorf("%s: %d %v", path, got.StatusCode, faults)
	}
	if (got.StatusCode == http.StatusForbidden) == may || got.StatusCode >= http.StatusInternalServerError {
		w.t.Errorf("%s gets %d at %s: %s", who, got.StatusCode, path, got.body)
	}
	if who == "foreign" && may && (strings.Contains(path, "/2025") || strings.Contains(path, "/43-p1") || strings.Contains(path, "/K1")) && got.StatusCode != http.StatusNotFound {
		w.t.Errorf("%s gets %d at %s", who, got.StatusCode, path)
	}
}
