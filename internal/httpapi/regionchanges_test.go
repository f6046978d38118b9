package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
)

const regionChanges = "/api/regions/changes"

func changeRegions(c *caller, body string) httpapi.RegionChangeVerdict {
	c.t.Helper()
	return posted[httpapi.RegionChangeVerdict](c, "changeRegions", regionChanges, body)
}

const upgradeOfCounty = `{"kind":"upgrade","day":"2024-05-01","from":["430101000000"],"into":"430181000000","name":"子市","as":"county_city","reason":"湘政函〔2024〕1号"`

func TestDivisionsAreTriedChangedAndTakenBack(t *testing.T) {
	w := newWorld(t)
	c, who := w.as("city"), w.as("county")
	dry := changeRegions(c, upgradeOfCounty+`,"dry_run":true}`)
	if dry.Change != nil || dry.Effect.Divisions != 6 || dry.Effect.Moves[0] != (httpapi.RegionMove{From: county, FromName: "子县", To: "430181000000", ToName: "子市"}) {
		t.Fatalf("%+v", dry)
	}
	follow := map[string]httpapi.RegionFollowers{}
	for _, f := range dry.Effect.Followers {
		follow[f.What] = f
	}
	if u := follow["unit"]; u.Count != 1 || u.Names[0] != "县局" {
		t.Errorf("%+v", follow)
	}
	if r := follow["round_village"]; r.Count != 3 || r.Names[0] != "二〇二三年轮次" {
		t.Errorf("%+v", follow)
	}
	w.wantLedger("region.change", 0)
	got := changeRegions(c, upgradeOfCounty+`}`)
	if got.Change == nil || got.Change.By != "名city" || got.Change.Kind != "upgrade" || got.Change.Reason == "" || got.Change.Undone || got.Change.Divisions != 6 {
		t.Fatalf("%+v", got.Change)
	}
	w.wantLedger("region.change", 1)
	if own := want[httpapi.Me](who, "/api/session"); own.Region.Code != "430181000000" || own.Region.Name != "子市" {
		t.Errorf("the county's office is at %+v", own.Region)
	}
	list := want[httpapi.RegionChangeList](c, regionChanges)
	if len(list.Changes) != 1 || list.Changes[0].Change != got.Change.Change || list.Changes[0].Moves[0] != dry.Effect.Moves[0] {
		t.Errorf("%+v", list)
	}
	undone := posted[httpapi.RegionChange](c, "undoRegionChange", regionChanges+"/1/undo", "")
	if !undone.Undone || undone.Change != 1 {
		t.Errorf("%+v", undone)
	}
	w.wantLedger("region.undo", 1)
	if own := want[httpapi.Me](who, "/api/session"); own.Region.Code != county {
		t.Errorf("the county's office is at %+v", own.Region)
	}
	again := c.do(http.MethodPost, regionChanges+"/1/undo", "")
	if p := again.problem(t); again.StatusCode != http.StatusConflict || p.Code != "region_change.undone_already" {
		t.Errorf("%+v", p)
	}
}

func TestARefusedUndoNamesTheLaterChange(t *testing.T) {
	c := newWorld(t).as("city")
	changeRegions(c, `{"kind":"rename","day":"2024-05-01","from":["430101000000"],"name":"早县"}`)
	changeRegions(c, `{"kind":"rename","day":"2024-05-02","from":["430101001000"],"name":"晚乡"}`)
	got := c.do(http.MethodPost, regionChanges+"/1/undo", "")
	if p := got.problem(t); got.StatusCode != http.StatusConflict || p.Code != "region_change.not_last" || !strings.Contains(p.Detail, "晚乡") {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsWrongWithAChangeOfDivisionsIsToldAtItsField(t *testing.T) {
	c := newWorld(t).as("city")
	for body, wanted := range map[string]string{
		`{"kind":"rename","day":"2999-01-01","from":["430101000000"],"name":"新县"}`:                                 "region_change.day",
		`{"kind":"merge","day":"2024-05-01","from":["430101000000"],"into":"430101000000"}`:                        "region_change.too_few",
		`{"kind":"upgrade","day":"2024-05-01","from":["430101000000"],"into":"430102000000"}`:                      "region_change.code_taken",
		`{"kind":"merge","day":"2024-05-01","from":["430101001201","430101001202"],"into":"430101001201"}`:         "region_change.served_twice",
		`{"kind":"split","day":"2024-05-01","from":["430101000000"],"into":"430177000000","name":"新县","parts":[]}`: "region_change.nothing",
		`{"kind":"abolish","day":"2024-05-01","from":["430101000000"]}`:                                            "request.malformed",
	} {
		for _, dry := range []string{"", `,"dry_run":true`} {
			got := c.do(http.MethodPost, regionChanges, strings.TrimSuffix(body, "}")+dry+"}")
			p := got.problem(t)
			if wanted == "request.malformed" && got.StatusCode == http.StatusUnprocessableEntity {
				continue
			}
			if p.Code != wanted || got.StatusCode < 400 || got.StatusCode > 422 {
				t.Errorf("%s: %d %+v", body, got.StatusCode, p)
			}
		}
	}
}

// Nobody learns of divisions beyond the own one, and none that is there and out of reach differs from one that is not.
func TestNoChangeOfDivisionsReachesBeyondTheOwnOne(t *testing.T) {
	w := newWorld(t)
	changeRegions(w.as("foreign"), `{"kind":"rename","day":"2024-05-01","from":["420101000000"],"name":"远县"}`)
	rename := func(code domain.Code) string {
		return `{"kind":"rename","day":"2024-05-01","from":["` + string(code) + `"],"name":"新名"`
	}
	for _, account := range fixtureAccounts[:5] {
		c := w.as(account.username)
		for _, code := range allCodes() {
			if within(code, account.region) {
				continue
			}
			for _, dry := range []string{"}", `,"dry_run":true}`} {
				got := c.do(http.MethodPost, regionChanges, rename(code)+dry)
				p := got.problem(t)
				if account.role == domain.RoleTownshipOffice {
					if got.StatusCode != http.StatusForbidden {
						t.Errorf("%s: %d", account.username, got.StatusCode)
					}
				} else if got.StatusCode != http.StatusNotFound || p.Code != "region.not_found" {
					t.Errorf("%s at %s: %d %s", account.username, code, got.StatusCode, got.body)
				}
				if words := leaks(regionChanges, got.body, account.region); len(words) > 0 {
					t.Errorf("%s reads %v", account.username, words)
				}
			}
		}
		if list := c.get(regionChanges); strings.Contains(string(list.body), "远县") {
			t.Errorf("%s: %s", account.username, list.body)
		}
		undo := c.do(http.MethodPost, regionChanges+"/1/undo", "")
		if account.role != domain.RoleTownshipOffice && undo.StatusCode != http.StatusNotFound {
			t.Errorf("%s takes it back: %d", account.username, undo.StatusCode)
		}
	}
	unit := w.as("unit")
	for _, got := range []reply{unit.get(regionChanges), unit.do(http.MethodPost, regionChanges, rename(county)+"}"), unit.do(http.MethodPost, regionChanges+"/1/undo", "")} {
		if got.StatusCode != http.StatusForbidden {
			t.Errorf("a unit's account gets %d", got.StatusCode)
		}
	}
}
