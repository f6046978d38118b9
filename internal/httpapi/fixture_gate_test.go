package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// gateRoutes begin the paths of policies and the first gate, which the tests of this fixture ask.
var gateRoutes = []string{"/api/policies", "/api/policy-", "/api/selections", "/api/cadres", "/api/accounts"}

func ofGate(line httpapi.Line) bool {
	_, path, _ := strings.Cut(line.Pattern, " ")
	for _, prefix := range gateRoutes {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// gateSecrets are names of nominees and words about them, by the home of their unit.
var gateSecrets = map[domain.Code][]string{province: {"钱省", "冯省"}, county: {"吴县", "郑县", "踏实"}, otherProvince: {"外省的规矩"}}

const (
	gateRound = "/api/selections/2025"
	opening   = `{"round":"2025","name":"2025年轮次","from_year":2025,"to_year":2027,"specialities":["party","farming"],"region":"430000000000",
		"day":"2025-05-01","posts":3,"preferred":["farming"],"calendar":{"phases":[` + phases + `]}}`
	phases = `{"phase":"villages","from":"2020-01-01","to":"2100-01-01"},{"phase":"needs","from":"2020-01-01","to":"2100-01-01"},
		{"phase":"quotas","from":"2020-01-01","to":"2100-01-01"},{"phase":"nomination","from":"2020-01-01","to":"2100-01-01"},
		{"phase":"checks","from":"2020-01-01","to":"2100-01-01"},{"phase":"clearance","from":"2020-01-01","to":"2100-01-01"},
		{"phase":"interview","from":"2020-01-01","to":"2020-02-01"},{"phase":"choice","from":"2020-01-01","to":"2100-01-01"},
		{"phase":"publicity","from":"2020-01-01","to":"2100-01-01"},{"phase":"lock","from":"2020-01-01","to":"2100-01-01"}`
)

// newGate is a world with policies in force, people on the register, and an account that speaks for the county's unit.
func newGate(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.fillGate(w.store)
	return w
}

func (w *world) fillGate(s *store.Store) {
	w.t.Helper()
	speaker := domain.Account{ID: "a-speaker", Username: "speaker", Name: "县局", Role: domain.RoleUnitOffice, Region: county, Unit: "U2", PasswordHash: secretHash, CreatedAt: gateDay}
	err := s.Write(w.t.Context(), func(tx *store.Tx) error {
		for _, step := range []func() error{
			func() error { return store.InsertAccounts(tx, []domain.Account{speaker}) },
			func() error { return store.PutRecords(tx, catalogue.Cadre, gateCadres()) },
			func() error { return store.InsertPolicyObject(tx, gatePolicy("43-p1", province, "省里的规矩")) },
			func() error {
				return store.InsertPolicyObject(tx, gatePolicy("42-p1", otherProvince, "外省的规矩"))
			},
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

var gateDay = time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC)

func gatePolicy(id string, region domain.Code, name string) domain.PolicyObject {
	source := domain.PolicySource{Document: name, Number: "〔2025〕1号"}
	value := func(v domain.PolicyValue) domain.PolicyValue { v.Source = source; return v }
	return domain.PolicyObject{
		ID: id, Region: region, Name: name, Status: domain.PolicyInForce, Version: 1, ValidFrom: "2025-01-01", Source: source,
		Values: map[string]domain.PolicyValue{
			"max_age": value(domain.PolicyValue{Number: 50}), "publicity_days": value(domain.PolicyValue{Number: 2}),
			"clearance_bodies": value(domain.PolicyValue{Items: []string{"discipline"}}), "judgement_items": value(domain.PolicyValue{Items: []string{"style"}}),
			"goal_women": value(domain.PolicyValue{Number: 30}),
		},
		CreatedBy: "a-province", CreatedAt: gateDay, EnforcedBy: "a-province", EnforcedAt: gateDay,
	}
}

// gateCadres are people whom no rule bars, but for OLD of the county, who is too old.
func gateCadres() []catalogue.Record {
	var all []catalogue.Record
	for _, c := range [][4]string{{"K1", "U2", "吴县", "1985"}, {"K2", "U2", "郑县", "1986"}, {"OLD", "U2", "老县", "1960"}, {"P1", "U1", "钱省", "1987"}, {"P2", "U1", "冯省", "1988"}} {
		all = append(all, catalogue.Record{Key: c[0], Version: 1, Values: map[string]string{
			"id": c[0], "unit": c[1], "name": c[2], "sex": "1", "birth_date": c[3] + "-03-01", "birth_year": c[3], "politics": "01", "party": "party_member",
			"party_date": "2010-07-01", "work_date": "2009-07-01", "position": "科长", "ladder": "civil", "grade": "6", "mid_level": "1", "young_pool": "0",
			"rural_years": "3", "terms": "0", "health": "fit", "native": "430201001000", "skill_party": "40", "skill_farming": c[3][2:], "valid_from": "2020-01-01"}})
	}
	return all
}

// sent sends a body that is answered with 204.
func sent(c *caller, method, path, body string) {
	c.t.Helper()
	if got := c.do(method, path, body); got.StatusCode != http.StatusNoContent {
		c.t.Fatalf("%s %s: %d %s", method, path, got.StatusCode, got.body)
	}
}

// refusedWith asks for a change that is refused, and gives the problem.
func refusedWith(c *caller, method, path, body, key string) httpapi.Problem {
	c.t.Helper()
	p := c.do(method, path, body, "Accept-Language", "en").problem(c.t)
	if p.Code != key || p.Detail == key || p.Detail == "" {
		c.t.Errorf("%s %s: %+v, want %s", method, path, p, key)
	}
	return p
}
