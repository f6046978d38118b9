package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"jieli/internal/httpapi"
)

func keysOf(page httpapi.RegistryPage) string {
	var keys []string
	for _, r := range page.Records {
		keys = append(keys, r.Key)
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

func TestTheCatalogueSpeaksTheCallersLanguageAndKnowsTheirRights(t *testing.T) {
	w := newWorld(t)
	for who, want := range map[string]struct {
		entities string
		reveal   bool
	}{
		"province": {"region unit cadre village", true}, "township": {"region unit cadre village", false}, "unit": {"unit cadre", true},
	} {
		got := spoken[httpapi.Registry](w.as(who), "/api/registry", "Accept-Language", "en")
		var entities []string
		for _, e := range got.Entities {
			entities = append(entities, e.Entity)
			if e.Entity != "cadre" {
				continue
			}
			if e.Key != "id" || !e.May.Edit || !e.May.Import || !e.May.Export || e.May.Reveal != want.reveal {
				t.Errorf("%s: %+v", who, e.May)
			}
			i := slices.IndexFunc(e.Fields, func(f httpapi.RegistryField) bool { return f.Key == "sex" })
			if f := e.Fields[i]; f.Label != "Sex" || f.Type != "choice" || !f.Required || f.Standard == "" || len(f.Options) < 2 || f.Options[0].Label == "" {
				t.Errorf("%+v", f)
			}
		}
		slices.Sort(entities)
		wanted := strings.Fields(want.entities)
		slices.Sort(wanted)
		if !slices.Equal(entities, wanted) {
			t.Errorf("%s sees %v", who, entities)
		}
	}
}

func spoken[T any](c *caller, path string, headers ...string) T {
	c.t.Helper()
	got := c.get(path, headers...)
	var v T
	got.into(c.t, &v)
	return v
}

func TestListsAreSearchedFilteredSortedAndCut(t *testing.T) {
	c := newWorld(t).as("province")
	for query, keys := range map[string]string{
		"":                            "C1 C2 C3 C4 C5",
		"?q=王":                        "C3",
		"?filter=unit:eq:U2":          "C3 C4",
		"?filter=id:in:C1%3BC4":       "C1 C4",
		"?filter=unit:contains:局&q=赵": "C4",
		"?filter=position:eq:科长&filter=unit:ne:U1":     "C3 C4",
		"?filter=id_number:filled":                     "C3",
		"?sort=-name&columns=name,id_number&limit=500": "C1 C2 C3 C4 C5",
		"?offset=5": "",
	} {
		page := want[httpapi.RegistryPage](c, "/api/registry/cadre"+strings.ReplaceAll(query, "王", "%E7%8E%8B"))
		if got := keysOf(page); got != keys {
			t.Errorf("%s: %s", query, got)
		}
	}
	one := want[httpapi.RegistryPage](c, "/api/registry/cadre?sort=-id&limit=2&offset=1&columns=unit,name,id_number")
	if one.Total != 5 || len(one.Records) != 2 || one.Records[0].Key != "C4" || one.Records[1].Values["id_number"] != maskOfC3 || one.Names["U2"] != "县局" {
		t.Errorf("%+v", one)
	}
	if one.Records[0].Version < 1 || one.Records[0].Values["sex"] != "" {
		t.Errorf("%+v", one.Records[0])
	}
}

func TestListsRefuseWhatTheyDoNotKnow(t *testing.T) {
	c := newWorld(t).as("province")
	for query, code := range map[string]string{
		"cadre?sort=hobby": "registry.unknown_field", "cadre?columns=hobby": "registry.unknown_field", "cadre?filter=hobby:eq:1": "registry.unknown_field",
		"cadre?filter=name": "registry.filter_malformed", "cadre?filter=name:like:a": "registry.filter_malformed", "cadre?limit=501": "request.invalid",
		"cadre?filter=id_number:eq:" + idOfC3: "registry.secret_in_address", "ghost": "registry.unknown_entity",
	} {
		got := c.get("/api/registry/" + query)
		if p := got.problem(t); p.Code != code || p.Detail == p.Code {
			t.Errorf("%s: %d %+v", query, got.StatusCode, p)
		}
		if strings.Contains(string(got.body), idOfC3) {
			t.Errorf("%s repeats the secret", query)
		}
	}
}

func TestASecretIsFoundByABody(t *testing.T) {
	w := newWorld(t)
	search := func(c *caller, number string) httpapi.RegistryPage {
		return posted[httpapi.RegistryPage](c, "searchRecords", "/api/registry/cadre/search", `{"filters":[{"field":"id_number","op":"eq","values":["`+number+`"]}],"columns":["name"],"limit":10}`)
	}
	for who, keys := range map[string]string{"county": "C3", "unit": "C3", "sister": "", "foreign": ""} {
		if got := keysOf(search(w.as(who), idOfC3)); got != keys {
			t.Errorf("%s finds %q", who, got)
		}
	}
	for _, other := range []string{rightNumber("43010119850101003"), "430101", "王"} {
		if got := search(w.as("county"), other); got.Total != 0 {
			t.Errorf("%s finds %+v", other, got)
		}
	}
	if strings.Contains(w.log.String(), idOfC3) {
		t.Error("the log tells the number")
	}
}

func TestARecordComesWithItsHistory(t *testing.T) {
	w := newWorld(t)
	got := want[httpapi.RegistryDetail](w.as("county"), "/api/registry/cadre/records/C3")
	if got.Record.Values["name"] != "王三" || got.Names["U2"] != "县局" || len(got.History) != 1 {
		t.Fatalf("%+v", got)
	}
	e := got.History[0]
	if e.Set.ID != "s1" || !e.Set.Own || e.Set.By != "名county" || e.Set.Reason != "县局的事" || len(e.Fields) != 1 || e.Fields[0] != (httpapi.RegistryDelta{Field: "position", Before: "副科长", After: "科长"}) {
		t.Errorf("%+v", e)
	}
	above := want[httpapi.RegistryDetail](w.as("county"), "/api/registry/cadre/records/C4").History[0].Set
	if above.ID != "s2" || above.By != "" || above.Own {
		t.Errorf("the county learns who of the province it was: %+v", above)
	}
	for who, key := range map[string]string{"county": "C1", "sister": "C3", "township": "C3", "unit": "C1", "foreign": "C3", "province": "E1"} {
		if got := w.as(who).get("/api/registry/cadre/records/" + key); got.StatusCode != http.StatusNotFound || got.problem(t).Code != "cadre.not_found" {
			t.Errorf("%s at %s: %d %s", who, key, got.StatusCode, got.body)
		}
	}
}

func TestASecretIsRevealedWithAReasonAndLeavesAnEntry(t *testing.T) {
	w := newWorld(t)
	const path = "/api/registry/cadre/records/C3/reveal"
	got := posted[httpapi.RegistrySecret](w.as("county"), "revealSecret", path, `{"field":"id_number","reason":"核对身份"}`)
	if got.Value != idOfC3 {
		t.Errorf("%+v", got)
	}
	for who, want := range map[string]int{"unit": 200, "township": 403, "sister": 404, "stranger": 403} {
		c := w.nobody()
		c.signIn(who, secret)
		if got := c.do(http.MethodPost, path, `{"field":"id_number","reason":"核对身份"}`); got.StatusCode != want {
			t.Errorf("%s: %d %s", who, got.StatusCode, got.body)
		}
	}
	for body, code := range map[string]string{`{"field":"id_number","reason":""}`: "request.invalid", `{"field":"id_number","reason":" "}`: "registry.reason_missing", `{"field":"name","reason":"a"}`: "registry.unknown_field"} {
		if p := w.as("county").do(http.MethodPost, path, body).problem(t); p.Code != code {
			t.Errorf("%s: %+v", body, p)
		}
	}
	w.wantLedger("registry.reveal", 2)
}

func TestViewsAreKeptByName(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	const path = "/api/registry/cadre/views"
	if got := want[httpapi.RegistryViewList](c, path); len(got.Views) != 1 || got.Views[0].Name != "科级" || got.Views[0].Search != "王" || !got.Views[0].Sort[0].Desc {
		t.Errorf("%+v", got)
	}
	put := func(body string) reply { return c.do(http.MethodPut, path, body) }
	for range 2 {
		got := put(`{"name":"青年","filters":[{"field":"young_pool","op":"eq","values":["1"]}],"columns":["name","unit"]}`)
		var list httpapi.RegistryViewList
		got.into(t, &list)
		var loose any
		if err := json.Unmarshal(got.body, &loose); err != nil || len(list.Views) != 2 || len(httpapi.Fits("saveView", got.StatusCode, loose)) > 0 {
			t.Fatalf("%s", got.body)
		}
	}
	for body, code := range map[string]string{
		`{"name":"a","filters":[{"field":"id_number","op":"eq","values":["` + idOfC3 + `"]}]}`: "registry.view_of_secret",
		`{"name":"a","filters":[{"field":"name","op":"like","values":["a"]}]}`:                 "request.invalid",
		`{"name":"a","columns":["hobby"]}`:                                                     "registry.unknown_field", `{"name":" "}`: "registry.view_name",
	} {
		if p := put(body).problem(t); p.Code != code {
			t.Errorf("%s: %+v", body, p)
		}
	}
	if got := w.as("sister").do(http.MethodDelete, path+"/v1", ""); got.problem(t).Code != "saved_view.not_found" {
		t.Errorf("another's view: %s", got.body)
	}
	if got := c.do(http.MethodDelete, path+"/v1", ""); got.StatusCode != http.StatusOK || strings.Contains(string(got.body), "科级") {
		t.Errorf("%s", got.body)
	}
	if got := want[httpapi.RegistryViewList](w.as("city"), path); len(got.Views) != 0 {
		t.Errorf("another account sees %+v", got)
	}
}

func TestAFilterInAnAddressIsReadAsWritten(t *testing.T) {
	c := newWorld(t).as("province")
	for _, text := range []string{"name:eq:a:b", "name:eq:a;b", "name:contains:%", "name:starts:,"} {
		if got := c.get("/api/registry/cadre?filter=" + url.QueryEscape(text)); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", text, got.body)
		}
	}
}
