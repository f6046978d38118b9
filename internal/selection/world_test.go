package selection_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/selection"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// gateHouse is a province with two counties, four units and their people, and a clock that can be set.
type gateHouse struct {
	selection.Service
	clock time.Time
}

const (
	home   = domain.Code("431222000000") // the county of most
	away   = domain.Code("433124000000")
	round  = "2023"
	county = "431222114"
)

var (
	province = account("province", domain.RoleProvinceOffice, "430000000000", "")
	ownCity  = account("city", domain.RoleCityOffice, "431200000000", "")
	here     = account("here", domain.RoleCountyOffice, home, "")
	there    = account("there", domain.RoleCountyOffice, away, "")
	township = account("township", domain.RoleTownshipOffice, "431222114000", "")
	unitUK   = account("unit", domain.RoleUnitOffice, home, "UK")
	accounts = []domain.Account{province, ownCity, here, there, township, unitUK}

	villages = []domain.Code{"431222114201", "431222114202", "431222114203", "433124101201"}
	skills   = []string{"party", "farming"}
)

func account(id string, role domain.AccountRole, region domain.Code, unit string) domain.Account {
	return domain.Account{ID: id, Username: id, Name: id, Role: role, Region: region, Unit: unit, PasswordHash: "x", CreatedAt: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// calendar of the tests' selection; the phases overlap as in life.
var calendarOf2023 = domain.Calendar{Phases: []domain.PhaseDates{
	{Phase: domain.PhaseVillages, From: "2023-05-01", To: "2023-05-08"}, {Phase: domain.PhaseNeeds, From: "2023-05-04", To: "2023-05-12"},
	{Phase: domain.PhaseQuotas, From: "2023-05-08", To: "2023-05-15"}, {Phase: domain.PhaseNomination, From: "2023-05-10", To: "2023-05-20"},
	{Phase: domain.PhaseChecks, From: "2023-05-12", To: "2023-05-26"}, {Phase: domain.PhaseClearance, From: "2023-05-20", To: "2023-06-01"},
	{Phase: domain.PhaseInterview, From: "2023-05-20", To: "2023-06-01"}, {Phase: domain.PhaseChoice, From: "2023-06-01", To: "2023-06-05"},
	{Phase: domain.PhasePublicity, From: "2023-06-05", To: "2023-06-20"}, {Phase: domain.PhaseLock, From: "2023-06-12", To: "2023-06-30"},
}}

// on sets the clock to nine in the morning in China.
func (h *gateHouse) on(day string) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	h.clock = at.Add(time.Hour)
}

// onBoth runs a test on both databases, each with the gate house in it.
func onBoth(t *testing.T, test func(t *testing.T, h *gateHouse)) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "jieli.db") },
		"postgres": func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(name, func(t *testing.T) { test(t, newHouse(t, dsn(t))) })
	}
}

func newHouse(t testing.TB, dsn string) *gateHouse {
	t.Helper()
	h := &gateHouse{}
	h.on("2023-05-01")
	s, err := store.Open(t.Context(), store.Options{DSN: dsn, Clock: func() time.Time { return h.clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Store = s
	h.write(t, load)
	return h
}

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func (h *gateHouse) write(t tester, f func(*store.Tx) error) {
	t.Helper()
	if err := h.Store.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func load(tx *store.Tx) error {
	var regions []domain.Region
	for i, code := range []domain.Code{"430000000000", "431200000000", home, "431222114000", villages[0], villages[1], villages[2], "433100000000", away, "433124101000", villages[3]} {
		parent := domain.Code("")
		for _, r := range regions {
			if r.Code.Scope().Holds(code) {
				parent = r.Code
			}
		}
		regions = append(regions, domain.Region{ID: int64(i + 1), Code: code, Parent: parent, Level: code.Level(), Kind: domain.KindVillageCommittee, Name: "地" + string(code), ValidFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	steps := []error{
		store.InsertRegions(tx, regions),
		store.InsertOutlines(tx, []domain.Outline{{Code: home, Inner: [2]float64{110.4, 28.5}, Geometry: []byte("{}"), Source: "drawn"}}),
		store.InsertAccounts(tx, accounts),
		store.PutRecords(tx, catalogue.Unit, units()),
		store.PutRecords(tx, catalogue.Cadre, cadres()),
		store.PutRecords(tx, catalogue.Village, villageRecords()),
		store.InsertPolicyObject(tx, provincePolicy()),
	}
	return errors.Join(steps...)
}

func units() []catalogue.Record {
	unit := func(id, level, kind string, home domain.Code, joins string) catalogue.Record {
		return catalogue.Record{Key: id, Version: 1, Values: map[string]string{"id": id, "name": "单位" + id, "level": level, "kind": kind, "home": string(home),
			"joins": joins, "strength": "70", "skill_party": "50", "skill_farming": "60", "valid_from": "2020-01-01"}}
	}
	return []catalogue.Record{unit("UP", "province", "government", "430000000000", ""), unit("UK", "county", "government", home, ""),
		unit("US", "county", "school", home, "UK"), unit("UO", "county", "government", away, "")}
}

// cadreRecord is somebody whom no rule bars.
func cadreRecord(id, unit string, edit map[string]string) catalogue.Record {
	values := map[string]string{"id": id, "unit": unit, "name": "人" + id, "sex": "1", "birth_date": "1985-03-01", "birth_year": "1985", "politics": "01", "party": "party_member",
		"party_date": "2008-07-01", "work_date": "2007-07-01", "position": "科长", "ladder": "civil", "grade": "6", "mid_level": "1", "young_pool": "0", "rural_years": "3", "terms": "0",
		"health": "fit", "native": "433124101000", "skill_party": "40", "skill_farming": "70", "valid_from": "2020-01-01"}
	for key, value := range edit {
		values[key] = value
	}
	return catalogue.Record{Key: id, Version: 1, Values: values}
}

func cadres() []catalogue.Record {
	var all []catalogue.Record
	for i := range 8 {
		all = append(all, cadreRecord(fmt.Sprintf("K%d", i), "UK", map[string]string{"rural_years": fmt.Sprint(i), "sex": fmt.Sprint(1 + i%2)}),
			cadreRecord(fmt.Sprintf("P%d", i), "UP", map[string]string{"young_pool": fmt.Sprint(i % 2)}), cadreRecord(fmt.Sprintf("O%d", i), "UO", nil))
	}
	return append(all, cadreRecord("OLD", "UK", map[string]string{"birth_date": "1960-01-01", "birth_year": "1960"}), cadreRecord("ILL", "UK", map[string]string{"health": "unfit"}),
		cadreRecord("TEACHER", "US", map[string]string{"ladder": "institution"}), cadreRecord("GONE", "UK", map[string]string{"valid_to": "2022-01-01"}))
}

func villageRecords() []catalogue.Record {
	var all []catalogue.Record
	for i, code := range villages {
		all = append(all, catalogue.Record{Key: string(code), Version: 1, Values: map[string]string{"code": string(code), "name": fmt.Sprint("村", i), "categories": "key", "difficulty": "60",
			"need_party": "30", "need_farming": "80", "neighbours": "431222114202;431222114203", "lon": "110.41", "lat": "28.52"}})
	}
	return all
}

func provincePolicy() domain.PolicyObject {
	from := func(place string, v domain.PolicyValue) domain.PolicyValue {
		v.Source = domain.PolicySource{Document: "省选派办法", Place: place}
		return v
	}
	return domain.PolicyObject{ID: "43-p1", Region: "430000000000", Name: "省选派办法", Status: domain.PolicyInForce, Version: 1, ValidFrom: "2023-01-01",
		Source: domain.PolicySource{Document: "省选派办法", Number: "〔2023〕1号"}, Shares: []domain.Share{{Level: domain.UnitCounty, Attribute: "rural", Percent: 60}},
		Values: map[string]domain.PolicyValue{"max_age": from("第三条", domain.PolicyValue{Number: 55}), "clearance_bodies": from("第五条", domain.PolicyValue{Items: []string{"discipline", "organisation"}}),
			"judgement_items": from("第四条", domain.PolicyValue{Items: []string{"style"}}), "size_min_key": from("第二条", domain.PolicyValue{Number: 1}), "spouses_apart": from("第六条", domain.PolicyValue{Number: 1}),
			"barred_positions": from("第七条", domain.PolicyValue{Items: []string{"teacher"}}), "reserve_percent": from("第八条", domain.PolicyValue{Number: 50})}}
}

func opening() selection.Opening {
	return selection.Opening{Round: round, Name: "2023年轮次", FromYear: 2023, ToYear: 2025, Headcount: 0, Specialities: skills, Region: "430000000000", Day: "2023-05-01",
		Posts: 4, Preferred: []string{"farming"}, Calendar: calendarOf2023}
}

// must ends the test where something fails.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func got[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func refused(t testing.TB, what string, err error, key string) {
	t.Helper()
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// upTo takes the selection to the day, doing on the way all that has to come before it, for nominees K0–K3 and P0–P1.
func (h *gateHouse) upTo(t *testing.T, day string) {
	t.Helper()
	steps := []struct {
		day string
		do  func(*testing.T)
	}{{"2023-05-01", h.openAndFix}, {"2023-05-08", h.quotas}, {"2023-05-12", h.nominate}, {"2023-05-20", h.assess}, {"2023-06-01", h.choose}, {"2023-06-05", h.publish}}
	for _, step := range steps {
		if step.day >= day {
			break
		}
		h.on(step.day)
		step.do(t)
	}
	h.on(day)
}

func (h *gateHouse) openAndFix(t *testing.T) {
	t.Helper()
	_, err := h.Open(t.Context(), province, opening())
	must(t, err)
	must(t, h.FixVillages(t.Context(), province, round, choicesOf(villages...), selection.Permit{}))
}

func choicesOf(codes ...domain.Code) []selection.VillageChoice {
	var all []selection.VillageChoice
	for _, code := range codes {
		all = append(all, selection.VillageChoice{Code: code, Category: domain.CategoryKey, Difficulty: -1})
	}
	return all
}

func (h *gateHouse) quotas(t *testing.T) {
	t.Helper()
	must(t, h.SetQuotas(t.Context(), province, round, []domain.Quota{{Unit: "UP", Places: 3, MaxTeams: 3}, {Unit: "UO", Places: 2, MaxTeams: 2}}, selection.Permit{}))
	must(t, h.SetQuotas(t.Context(), here, round, []domain.Quota{{Unit: "UK", Places: 5, MinTeams: 0, MaxTeams: 4}, {Unit: "US", Places: 1}}, selection.Permit{}))
}

func nominees(cadres ...string) []selection.Nominee {
	var all []selection.Nominee
	for _, c := range cadres {
		all = append(all, selection.Nominee{Cadre: c, Leader: true, Reason: "熟悉农村"})
	}
	return all
}

func (h *gateHouse) nominate(t *testing.T) {
	t.Helper()
	_, err := h.Nominate(t.Context(), unitUK, round, nominees("K0", "K1", "K2", "K3"), selection.Permit{})
	must(t, err)
	_, err = h.Nominate(t.Context(), province, round, nominees("P0", "P1"), selection.Permit{})
	must(t, err)
	_, err = h.RunChecks(t.Context(), province, round, nil, selection.Permit{})
	must(t, err)
}

var listed = []string{"K0", "K1", "K2", "K3", "P0", "P1"}

func (h *gateHouse) assess(t *testing.T) {
	t.Helper()
	for i, cadre := range listed {
		must(t, h.Judge(t.Context(), province, round, cadre, "judge.style", selection.Verdict{Pass: true, Reason: "谈话了解"}, selection.Permit{}))
		h.clear(t, cadre)
		_, err := h.AddInterview(t.Context(), province, domain.Interview{Round: round, Cadre: cadre, Day: "2023-05-20", Interviewers: "甲、乙", Note: "踏实", Score: 60 + i}, selection.Permit{})
		must(t, err)
	}
}

func (h *gateHouse) clear(t *testing.T, cadre string) {
	t.Helper()
	for _, body := range []string{"discipline", "organisation"} {
		_, err := h.Clear(t.Context(), province, domain.Clearance{Round: round, Cadre: cadre, Body: body, Outcome: domain.ClearanceClear, FileNumber: "函1号"}, selection.Permit{})
		must(t, err)
	}
}

// choose takes the proposal; who is left over is not chosen.
func (h *gateHouse) choose(t *testing.T) {
	t.Helper()
	choices, err := h.Propose(t.Context(), province, round)
	must(t, err)
	for i := range choices {
		if choices[i].Outcome == domain.OutcomeOpen {
			choices[i].Outcome, choices[i].Reason = domain.OutcomeNotChosen, "名额已满"
		}
	}
	_, err = h.Choose(t.Context(), province, round, choices, selection.Permit{})
	must(t, err)
}

func (h *gateHouse) publish(t *testing.T) {
	t.Helper()
	_, err := h.Publish(t.Context(), province, round, selection.Permit{})
	must(t, err)
}

// nominee is the nomination as the province sees it.
func (h *gateHouse) nominee(t *testing.T, cadre string) selection.Dossier {
	t.Helper()
	return got[selection.Dossier](t)(h.Dossier(t.Context(), province, round, cadre))
}
