package demo_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jieli/internal/demo"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/seal"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t *testing.T, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func ring(t *testing.T) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(seal.SM, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openSQLite(t *testing.T) *store.Store {
	t.Helper()
	return open(t, "sqlite:"+filepath.Join(t.TempDir(), "demo.db"))
}

func TestLoadIntoSQLite(t *testing.T)   { checkLoad(t, openSQLite(t)) }
func TestLoadIntoPostgres(t *testing.T) { checkLoad(t, open(t, pgtest.Database(t))) }

// checkLoad loads the demo and finds it again as it was drawn.
func checkLoad(t *testing.T, s *store.Store) {
	t.Helper()
	data := oneCounty(t)
	if used, _, err := demo.InUse(t.Context(), s); used || err != nil {
		t.Fatalf("a new database is in use: %v", err)
	}
	var steps []int
	if err := demo.Load(t.Context(), s, ring(t), data, func(_ string, done, _ int) { steps = append(steps, done) }); err != nil {
		t.Fatal(err)
	}
	if len(steps) != 12 || steps[0] != 0 || steps[11] != 11 {
		t.Errorf("steps told: %v", steps)
	}
	if used, seed, err := demo.InUse(t.Context(), s); !used || seed != "1" || err != nil {
		t.Errorf("in use %v with seed %q: %v", used, seed, err)
	}
	if wants, err := demo.WantsPlan(t.Context(), s); !wants || err != nil {
		t.Errorf("the next round wants a plan: %v, %v", wants, err)
	}
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		return errors.Join(checkRounds(t, tx, data), checkRecorded(t, tx, data), checkRecord(t, tx))
	})
	if err != nil {
		t.Error(err)
	}
}

func checkRounds(t *testing.T, tx *store.Tx, data demo.Data) error {
	t.Helper()
	for _, want := range data.Rounds {
		got, err := store.RoundInput(tx, want.Round.ID)
		if err != nil {
			return err
		}
		got.Round.Plan = ""
		if digest(t, demo.Data{Rounds: []domain.RoundInput{got}}) != digest(t, demo.Data{Rounds: []domain.RoundInput{want}}) {
			t.Errorf("round %s came back changed: %d villages, %d units, %d candidates; want %d, %d, %d", want.Round.ID,
				len(got.Villages), len(got.Units), len(got.Candidates), len(want.Villages), len(want.Units), len(want.Candidates))
		}
	}
	return nil
}

func checkRecorded(t *testing.T, tx *store.Tx, data demo.Data) error {
	t.Helper()
	plan, err := store.PlanByID(tx, demo.RecordedPlan)
	if err != nil {
		return err
	}
	people := 0
	for _, r := range data.Recorded {
		people += len(r.Members)
	}
	if plan.Teams != int64(len(data.Recorded)) || plan.Members != int64(people) || plan.Unserved != 0 || plan.Score <= 0 || plan.Origin != domain.PlanRecorded {
		t.Errorf("recorded plan %+v", plan)
	}
	round, err := store.RoundByID(tx, demo.RoundInForce)
	if round.Plan != demo.RecordedPlan || err != nil {
		t.Errorf("plan %q counts in the round in force: %v", round.Plan, err)
	}
	for _, r := range data.Recorded {
		team, err := store.TeamByID(tx, demo.Province.Scope(), demo.RecordedPlan, r.ID)
		if err != nil {
			return err
		}
		if team.Parts.Total() == 0 || len(team.Members) != len(r.Members) || len(team.Villages) != len(r.Villages) {
			t.Errorf("team %+v, recorded %+v", team, r)
		}
	}
	total, _, err := store.FiguresByChild(tx, demo.Province.Scope(), demo.RecordedPlan, demo.Province)
	if total.Members != plan.Members || total.Teams != plan.Teams || total.Served != int64(len(data.Rounds[0].Villages)) || total.Unserved != 0 {
		t.Errorf("figures %+v", total)
	}
	return err
}

func checkRecord(t *testing.T, tx *store.Tx) error {
	t.Helper()
	last, found, err := store.LastLedger(tx)
	if !found || last.Action != "demo.load" {
		t.Errorf("ledger entry %+v", last)
	}
	passwords, _, metaErr := store.GetMeta(tx, demo.MetaPasswords)
	if want := demo.Credentials(1)[0].Password; len(passwords) < 100 || !strings.Contains(passwords, want) {
		t.Errorf("passwords kept: %s", passwords)
	}
	accounts, listErr := store.DemoAccounts(tx)
	if len(accounts) != len(demo.Credentials(1)) {
		t.Errorf("%d accounts", len(accounts))
	}
	return errors.Join(err, metaErr, listErr)
}

func TestLoadRefusesADatabaseInUse(t *testing.T) {
	s := openSQLite(t)
	data := oneCounty(t)
	other := domain.RoundInput{Round: data.Rounds[0].Round, Policy: data.Policies[0]}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(store.InsertRegions(tx, data.Regions[:1]), store.InsertPolicy(tx, data.Policies[0]), store.InsertRound(tx, other),
			ledger.Record(tx, domain.LedgerEntry{Actor: "system", Action: "test", Subject: "test"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if told := asError(demo.Load(t.Context(), s, ring(t), data, nil)); told == nil || told.Kind != domain.KindConflict || told.Key != "demo.in_use" {
		t.Errorf("got %v", told)
	}
	if used, seed, err := demo.InUse(t.Context(), s); !used || seed != "" || err != nil {
		t.Errorf("in use %v with seed %q: %v", used, seed, err)
	}
	if wants, err := demo.WantsPlan(t.Context(), s); wants || err != nil {
		t.Errorf("other data want the demo's plan: %v", err)
	}
}

// A load that is stopped before a middle or its last step leaves nothing, and can be done again.
func TestAStoppedLoadLeavesNothing(t *testing.T) {
	s := openSQLite(t)
	data := oneCounty(t)
	for _, stop := range []int{5, 9} {
		ctx, cancel := context.WithCancel(t.Context())
		err := demo.Load(ctx, s, ring(t), data, func(_ string, done, _ int) {
			if done == stop {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped before step %d: %v", stop, err)
		}
		if used, _, err := demo.InUse(t.Context(), s); used || err != nil {
			t.Fatalf("stopped before step %d, in use: %v, %v", stop, used, err)
		}
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			_, err := store.RegionByCode(tx, demo.Province.Scope(), demo.Province)
			return err
		})
		if told := asError(err); told == nil || told.Kind != domain.KindNotFound {
			t.Fatalf("stopped before step %d, the province is there: %v", stop, err)
		}
	}
	if err := demo.Load(t.Context(), s, ring(t), data, nil); err != nil {
		t.Errorf("after all: %v", err)
	}
}

// A demo whose next round has a plan wants no other.
func TestAPlanIsWantedOnce(t *testing.T) {
	s := openSQLite(t)
	data := oneCounty(t)
	if err := demo.Load(t.Context(), s, ring(t), data, nil); err != nil {
		t.Fatal(err)
	}
	empty := domain.PlanDetail{Plan: domain.Plan{
		ID: "2023-1", Round: demo.RoundNext, Policy: demo.PolicyNext, Name: "空", Origin: domain.PlanSolved, Status: "stopped", CreatedBy: "system",
	}}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(store.InsertPlan(tx, empty), store.SetRoundPlan(tx, demo.RoundNext, empty.ID))
	})
	if err != nil {
		t.Fatal(err)
	}
	if wants, err := demo.WantsPlan(t.Context(), s); wants || err != nil {
		t.Errorf("wants a plan: %v, %v", wants, err)
	}
}
