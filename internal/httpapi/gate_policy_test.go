package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"

	"jieli/internal/httpapi/gate"
)

// A county drafts, is told what is looser than its province, mends it and puts it in force.
func TestAPolicyGoesFromDraftToForce(t *testing.T) {
	w := newGate(t)
	c := w.as("county")
	const draft = `{"region":"430101000000","name":"县里的规矩","valid_from":"2025-03-01","source":{"document":"县办法","number":"〔2025〕3号"},"version":%d,
		"values":{"max_age":{"number":%d,"source":{"place":"第三条"}}}}`
	made := posted[gate.Policy](c, "draftPolicy", "/api/policies", fmt.Sprintf(draft, 0, 55))
	path := "/api/policies/" + made.ID
	faults := want[gate.PolicyFaults](c, path+"/faults").Faults
	if len(faults) != 1 || faults[0].Code != "policy.looser" || faults[0].Detail == faults[0].Code {
		t.Errorf("%+v", faults)
	}
	refusedWith(c, http.MethodPost, path+"/enforce", `{"version":1}`, "policy.looser")
	if got := c.do(http.MethodPut, path, fmt.Sprintf(draft, 1, 45)); got.StatusCode != http.StatusOK {
		t.Fatal(string(got.body))
	}
	refusedWith(c, http.MethodPost, path+"/enforce", `{"version":1}`, "policy.changed")
	if told := posted[gate.Policy](c, "enforcePolicy", path+"/enforce", `{"version":2}`); told.Status != "in_force" || told.EnforcedAt == nil {
		t.Errorf("%+v", told)
	}
	refusedWith(c, http.MethodDelete, path+"?version=3", "", "policy.not_draft")
	e := want[gate.EffectivePolicy](c, "/api/policy-effective?region=430101&day=2025-04-01")
	for _, r := range e.Rules {
		if r.Key == "max_age" && (r.Value.Number != 45 || r.By != made.ID) {
			t.Errorf("%+v", r)
		}
	}
	if len(e.Objects) != 2 || e.Basis != "43-p1+"+made.ID {
		t.Errorf("%+v", e)
	}
	d := want[gate.PolicyDiff](c, path+"/diff?before=43-p1")
	turns := map[string]string{}
	for _, k := range d.Keys {
		turns[k.Key] = k.Turn
	}
	if turns["max_age"] != "stricter" || turns["publicity_days"] == "" {
		t.Errorf("%+v", turns)
	}
}

func TestASampleBecomesADraftThatCanBeDropped(t *testing.T) {
	w := newGate(t)
	c := w.as("province")
	samples := want[gate.PolicySampleList](c, "/api/policy-samples").Samples
	if len(samples) < 3 || samples[0].Source.Document == "" {
		t.Fatalf("%+v", samples)
	}
	made := posted[gate.Policy](c, "importPolicySample", "/api/policy-samples/"+samples[0].Name+"/import", `{"region":"430000000000"}`)
	if made.Status != "draft" || made.Sample != samples[0].Name || len(want[gate.PolicyList](c, "/api/policies").Policies) != 2 {
		t.Errorf("%+v", made)
	}
	sent(c, http.MethodDelete, "/api/policies/"+made.ID+"?version=1", "")
	if got := c.get("/api/policies/" + made.ID); got.StatusCode != http.StatusNotFound {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	refusedWith(c, http.MethodPost, "/api/policy-samples/none/import", `{"region":"430000000000"}`, "policy.sample_not_found")
	for _, k := range want[gate.PolicyKeyList](c, "/api/policy-keys").Keys {
		if k.Label == "" || k.UnitLabel == "policy.unit."+k.Unit || (k.Unit == "list") != (len(k.Items) > 0) {
			t.Errorf("%+v", k)
		}
	}
}
