package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/httpapi"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// wantLedger holds how many entries of an action there are, and that the chain is whole.
func (w *world) wantLedger(action string, count int) {
	w.t.Helper()
	seen := 0
	err := w.store.Read(w.t.Context(), func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 1, 1000)
		for _, e := range entries {
			if e.Action == action {
				seen++
			}
		}
		return err
	})
	if err != nil || seen != count {
		w.t.Errorf("%d entries of %s, %v", seen, action, err)
	}
	if found, err := ledger.Verify(w.t.Context(), w.store); err != nil || found.Broken != 0 {
		w.t.Errorf("ledger %+v, %v", found, err)
	}
}

const cadreChanges = "/api/registry/cadre/changes"

func change(c *caller, body string) httpapi.RegistryVerdict {
	c.t.Helper()
	return posted[httpapi.RegistryVerdict](c, "changeRecords", cadreChanges, body, "Accept-Language", "en")
}

func position(c *caller, key string) (string, int64) {
	c.t.Helper()
	r := want[httpapi.RegistryDetail](c, "/api/registry/cadre/records/"+key).Record
	return r.Values["position"], r.Version
}

const newcomer = `{"values":{"unit":"U2","name":"钱七","sex":"1","birth_date":"1990.3.7","politics":"01","position":"科员"}}`

func TestAFormIsTriedWrittenAndTakenBack(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	dry := change(c, `{"records":[`+newcomer+`],"dry_run":true}`)
	if dry.ChangeSet != nil || dry.Counts != (httpapi.RegistryCounts{Added: 1}) {
		t.Fatalf("%+v", dry)
	}
	w.wantLedger("registry.apply", 0)
	got := change(c, `{"records":[`+newcomer+`],"reason":"新调入"}`)
	if got.ChangeSet == nil || got.ChangeSet.Origin != "form" || got.ChangeSet.By != "名county" || !got.ChangeSet.Own || got.ChangeSet.Added != 1 || got.Outcomes[0].Key == "" {
		t.Fatalf("%+v", got)
	}
	record := want[httpapi.RegistryDetail](c, "/api/registry/cadre/records/"+got.Outcomes[0].Key)
	if record.Record.Values["birth_date"] != "1990-03-07" || record.History[0].Set.Reason != "新调入" {
		t.Errorf("%+v", record)
	}
	undone := posted[httpapi.RegistryChangeSet](c, "undoChangeSet", "/api/change-sets/"+got.ChangeSet.ID+"/undo", "")
	if undone.Undoes != got.ChangeSet.ID || undone.Removed != 1 {
		t.Errorf("%+v", undone)
	}
	again := c.do(http.MethodPost, "/api/change-sets/"+got.ChangeSet.ID+"/undo", "")
	if p := again.problem(t); again.StatusCode != http.StatusConflict || p.Code != "registry.undone_already" {
		t.Errorf("%+v", p)
	}
	sets := want[httpapi.RegistryChangeSetList](c, cadreChanges)
	if len(sets.Sets) != 3 || sets.Sets[0].ID != undone.ID || sets.Sets[1].Undone != undone.ID {
		t.Errorf("%+v", sets)
	}
	detail := want[httpapi.RegistryChangeSetDetail](c, "/api/change-sets/"+got.ChangeSet.ID)
	if detail.Total != 1 || detail.Records[0].Kind != "added" || len(detail.Records[0].Fields) < 6 {
		t.Errorf("%+v", detail)
	}
	w.wantLedger("registry.apply", 1)
	w.wantLedger("registry.undo", 1)
}

func TestOneRefusedChangeRefusesAll(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	_, version := position(c, "C3")
	body := fmt.Sprintf(`{"records":[{"key":"C3","version":%d,"values":{"position":"主任"}},{"key":"C4","version":99,"values":{"sex":"7"}}]`, version)
	got := change(c, body+"}")
	if got.ChangeSet != nil || got.Counts != (httpapi.RegistryCounts{Changed: 1, Refused: 1}) {
		t.Fatalf("%+v", got)
	}
	faults := got.Outcomes[1].Faults
	if len(faults) == 0 || faults[0].Message == "" || faults[0].Message == faults[0].Code {
		t.Errorf("%+v", faults)
	}
	if now, _ := position(c, "C3"); now != "科长" {
		t.Errorf("written: %s", now)
	}
	got = change(c, body+`,"good_only":true}`)
	if got.ChangeSet == nil || got.ChangeSet.Origin != "bulk" || got.ChangeSet.Changed != 1 {
		t.Fatalf("%+v", got)
	}
	if now, _ := position(c, "C3"); now != "主任" {
		t.Errorf("not written: %s", now)
	}
	stale := change(c, body+`,"good_only":true}`)
	if stale.ChangeSet != nil || stale.Counts.Refused != 2 {
		t.Errorf("a stale version: %+v", stale)
	}
}

func TestAllThatMatchAreChangedAtOnce(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	const ask = `{"query":{"filters":[{"field":"unit","op":"eq","values":["U2"]}]},"values":{"position":"主任"},"count":`
	conflict := c.do(http.MethodPost, cadreChanges, ask+"3}")
	if p := conflict.problem(t); conflict.StatusCode != http.StatusConflict || p.Code != "registry.count_changed" {
		t.Errorf("%+v", p)
	}
	if dry := change(c, ask+`2,"dry_run":true}`); dry.Counts.Changed != 2 || dry.ChangeSet != nil || len(dry.Outcomes) != 0 {
		t.Errorf("%+v", dry)
	}
	got := change(c, ask+"2}")
	if got.ChangeSet == nil || got.ChangeSet.Changed != 2 || got.ChangeSet.Origin != "bulk" {
		t.Fatalf("%+v", got)
	}
	for _, key := range []string{"C3", "C4"} {
		if now, _ := position(c, key); now != "主任" {
			t.Errorf("%s: %s", key, now)
		}
	}
	if same := change(c, ask+"2}"); same.ChangeSet != nil || same.Counts.Same != 2 {
		t.Errorf("%+v", same)
	}
	refused := change(c, strings.Replace(ask, `"position":"主任"`, `"sex":"7"`, 1)+"2}")
	if refused.Counts.Refused != 2 || len(refused.Outcomes) != 2 || refused.Outcomes[0].Faults[0].Expected == "" {
		t.Errorf("%+v", refused)
	}
}

func TestNobodyChangesWhatTheyMayNot(t *testing.T) {
	w := newWorld(t)
	body := `{"records":[{"key":"C3","version":2,"values":{"position":"主任"}}]}`
	for who, refusedAs := range map[string]string{"sister": "refused", "township": "refused", "foreign": "refused", "unit": "changed"} {
		if got := change(w.as(who), strings.TrimSuffix(body, "}")+`,"dry_run":true}`); got.Outcomes[0].Kind != refusedAs {
			t.Errorf("%s: %+v", who, got)
		}
	}
	if got := w.as("province").do(http.MethodPost, "/api/registry/region/changes", body); got.StatusCode != http.StatusForbidden {
		t.Errorf("divisions: %s", got.body)
	}
	for _, who := range []string{"sister", "foreign", "unit"} {
		for _, path := range []string{"/api/change-sets/s1", "/api/change-sets/s1/undo"} {
			method := http.MethodGet
			if strings.HasSuffix(path, "undo") {
				method = http.MethodPost
			}
			if got := w.as(who).do(method, path, ""); got.StatusCode != http.StatusNotFound || got.problem(t).Code != "change_set.not_found" {
				t.Errorf("%s at %s: %d %s", who, path, got.StatusCode, got.body)
			}
		}
	}
}

func TestChangesThatMakeNoSense(t *testing.T) {
	c := newWorld(t).as("county")
	for body, code := range map[string]string{
		`{}`: "request.required", `{"query":{},"count":2}`: "registry.query_and_records", `{"records":[{"values":{}}],"query":{},"values":{"name":"a"}}`: "registry.query_and_records",
		`{"query":{"columns":["hobby"]},"values":{"name":"a"},"count":9}`: "registry.count_changed", `{"query":{"filters":[{"field":"hobby","op":"eq","values":["1"]}]},"values":{"name":"a"}}`: "registry.unknown_field",
		`{"records":{}}`: "request.invalid",
	} {
		if p := c.do(http.MethodPost, cadreChanges, body).problem(t); p.Code != code || p.Detail == p.Code {
			t.Errorf("%s: %+v", body, p)
		}
	}
	many := `{"records":[` + strings.Repeat(newcomer+",", 500) + newcomer + `]}`
	if p := c.do(http.MethodPost, cadreChanges, many).problem(t); p.Code != "request.invalid" || p.Errors[0].Code != "request.too_many" {
		t.Errorf("%+v", p)
	}
	full := strings.Repeat(strings.Replace(newcomer, "钱七", strings.Repeat("钱", 1000), 1)+",", 499)
	if got := c.do(http.MethodPost, cadreChanges, `{"dry_run":true,"records":[`+full+newcomer+`]}`); got.StatusCode != http.StatusOK {
		t.Errorf("500 large records: %d %.200s", got.StatusCode, got.body)
	}
}
