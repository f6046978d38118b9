package dispatch_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jieli/internal/dispatch"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/solver"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

var day = time.Date(2021, 5, 21, 8, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) { pgtest.Main(m) }

func openStore(t *testing.T) *store.Store {
	t.Helper()
	return openAt(t, "sqlite:"+filepath.Join(t.TempDir(), "jieli.db"))
}

func openAt(t *testing.T, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn, Clock: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func smallRound(t *testing.T) domain.RoundInput {
	t.Helper()
	p, faults := problem.Load("problem/testdata/small")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return domain.RoundInput{
		Round: domain.Round{ID: "2021", Name: "2021—2023年轮次", FromYear: 2021, ToYear: 2023, Status: domain.RoundPlanning,
			Headcount: 18, Specialities: p.Specialities, Policy: "2021"},
		Policy:   domain.PolicyVersion{ID: "2021", Name: "选派办法", Region: "430000000000", ValidFrom: "2021-05-01", Shares: p.Shares},
		Villages: p.Villages, Units: p.Units, Candidates: p.Cadres, Pins: p.Pins,
	}
}

// keepRound puts the round in the store, with the divisions and the registry that it refers to.
func keepRound(t *testing.T, s *store.Store, in domain.RoundInput) {
	t.Helper()
	regions := map[domain.Code]bool{}
	units := make([]domain.Unit, 0, len(in.Units))
	cadres := make([]domain.Cadre, 0, len(in.Candidates))
	var rows []domain.Region
	for _, v := range in.Villages {
		for _, level := range []domain.Level{domain.LevelProvince, domain.LevelCity, domain.LevelCounty, domain.LevelTownship, domain.LevelVillage} {
			code := v.Code.At(level)
			if !regions[code] {
				regions[code] = true
				rows = append(rows, domain.Region{ID: int64(len(rows) + 1), Code: code, Level: level, Name: v.Name, Kind: domain.KindVillageCommittee, ValidFrom: day})
			}
		}
	}
	for _, u := range in.Units {
		units = append(units, u.Unit)
	}
	for _, c := range in.Candidates {
		c.Name, c.Sex, c.Politics = "某人", "1", "party_member"
		cadres = append(cadres, c.Cadre)
	}
	write(t, s, func(tx *store.Tx) error {
		return errors.Join(store.InsertRegions(tx, rows), store.InsertUnits(tx, units), store.InsertCadres(tx, cadres),
			store.InsertPolicy(tx, in.Policy), store.InsertRound(tx, in))
	})
}

func write(t *testing.T, s *store.Store, f func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s *store.Store, f func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestAPlanIsKeptWithAllThatExplainsIt(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { planIsKept(t, openStore(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { planIsKept(t, openAt(t, pgtest.Database(t))) })
}

func planIsKept(t *testing.T, s *store.Store) {
	in := smallRound(t)
	keepRound(t, s, in)
	phases := 0
	plan, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", "2021", dispatch.Settings{
		Seed: 7, TimeLimit: 20 * time.Second, Progress: func(solver.Progress) { phases++ }})
	if err != nil {
		t.Fatal(err)
	}
	if plan.ID != "2021-1" || plan.Name != in.Round.Name || plan.Origin != domain.PlanSolved || plan.Policy != "2021" ||
		plan.CreatedBy != "office" || !plan.CreatedAt.Equal(day) || plan.Bound < plan.Score || phases == 0 {
		t.Errorf("%+v after %d phases", plan, phases)
	}
	read(t, s, func(tx *store.Tx) error {
		kept, err := store.PlanByID(tx, plan.ID)
		if err != nil || kept.Score != plan.Score || kept.Teams != plan.Teams {
			t.Errorf("%+v %v", kept, err)
		}
		round, err := store.RoundByID(tx, "2021")
		if err != nil || round.Plan != plan.ID {
			t.Errorf("%+v %v", round, err)
		}
		checkTeams(t, tx, plan)
		checkArchives(t, tx, plan)
		return nil
	})
	checkLedger(t, s, plan)
}

// checkTeams adds up the kept teams' parts and the unserved villages' penalties: with the shares, of which the small
// round misses none, that is the score.
func checkTeams(t *testing.T, tx *store.Tx, plan domain.Plan) {
	everywhere := domain.Scope{From: "0", To: "9"}
	teams, total, err := store.ListTeams(tx, everywhere, store.TeamFilter{Plan: plan.ID, Limit: 100})
	if err != nil || int64(total) != plan.Teams {
		t.Fatalf("%d teams, %v", total, err)
	}
	members := int64(0)
	for _, row := range teams {
		view, err := store.TeamByID(tx, everywhere, plan.ID, row.ID)
		if err != nil || view.Parts.Total() != row.Score || row.Score == 0 {
			t.Errorf("%+v %v", view, err)
		}
		members += int64(row.Size)
	}
	_, unserved, err := store.ListUnserved(tx, everywhere, plan.ID, "430000000000", 0, 100)
	if err != nil || members != plan.Members || int64(unserved) != plan.Unserved {
		t.Errorf("%d members, %d unserved, %v of %+v", members, unserved, err, plan)
	}
}

// checkArchives reads the archives back and verifies the plan from them alone.
func checkArchives(t *testing.T, tx *store.Tx, plan domain.Plan) {
	packed, certificate, err := store.PlanArchives(tx, plan.ID)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != plan.ProblemDigest {
		t.Error("the digest is of something else")
	}
	p, faults := problem.Decode(unpack(t, packed))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	folder, faults := p.ReadPlan(unpack(t, certificate))
	if len(faults) > 0 || len(folder.Wrong) > 0 {
		t.Fatal(faults, folder)
	}
	found := p.Found(folder)
	if found.Score != plan.Score || found.Bound != plan.Bound || found.TightBound != plan.TightBound || plan.TightBound == 0 ||
		len(p.Check(folder.Teams)) > 0 || len(p.CheckClaims(folder, found)) > 0 {
		t.Errorf("%+v of %+v", found, plan)
	}
}

func checkLedger(t *testing.T, s *store.Store, plan domain.Plan) {
	report, err := ledger.Verify(t.Context(), s)
	if err != nil || report.Entries != 1 || report.Broken != 0 {
		t.Errorf("%+v %v", report, err)
	}
	read(t, s, func(tx *store.Tx) error {
		entry, _, err := store.LastLedger(tx)
		var told struct{ Score, Bound int64 }
		if err := errors.Join(err, json.Unmarshal([]byte(entry.Detail), &told)); err != nil {
			t.Fatal(err)
		}
		if entry.Action != "plan.create" || entry.Subject != "plan/"+plan.ID || entry.Actor != "office" || entry.Policy != "2021" ||
			entry.Region != "430000000000" || told.Score != plan.Score || told.Bound != plan.Bound {
			t.Errorf("%+v", entry)
		}
		return nil
	})
}

func unpack(t *testing.T, archive []byte) problem.Opener {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	var files []problem.File
	for pack := tar.NewReader(zip); ; {
		head, err := pack.Next()
		if errors.Is(err, io.EOF) {
			return problem.InMemory(files)
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(pack)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, problem.File{Name: head.Name, Data: data})
	}
}

func TestPlansOfARoundAreNumberedAndTheNewestCounts(t *testing.T) {
	s := openStore(t)
	keepRound(t, s, smallRound(t))
	const plans = 2
	ids, digests := make([]string, 0, plans), make([]string, 0, plans)
	for range plans {
		plan, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", "2021", dispatch.Settings{Name: "方案", TimeLimit: 20 * time.Second})
		if err != nil || plan.Name != "方案" {
			t.Fatal(plan, err)
		}
		ids, digests = append(ids, plan.ID), append(digests, plan.ProblemDigest)
	}
	if !slices.Equal(ids, []string{"2021-1", "2021-2"}) || digests[0] != digests[1] {
		t.Errorf("%q %q", ids, digests)
	}
	read(t, s, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, "2021")
		if round.Plan != "2021-2" {
			t.Errorf("%+v", round)
		}
		return err
	})
}

func TestARoundInForceKeepsItsPlan(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	in.Round.Status = domain.RoundInForce
	keepRound(t, s, in)
	if _, err := (dispatch.Service{Store: s}).PlanRound(t.Context(), "office", "2021", dispatch.Settings{TimeLimit: 20 * time.Second}); err != nil {
		t.Fatal(err)
	}
	read(t, s, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, "2021")
		if round.Plan != "" {
			t.Errorf("%+v", round)
		}
		return err
	})
}

func TestFailuresKeepNothing(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	in.Villages[6].Neighbours = []domain.Code{"430103001202"}
	keepRound(t, s, in)
	for round, want := range map[string]string{"1999": "round.not_found", "2021": "dispatch.round_faulty"} {
		_, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", round, dispatch.Settings{})
		var known *domain.Error
		if !errors.As(err, &known) || known.Key != want {
			t.Errorf("%s: %v", round, err)
		}
	}
	read(t, s, func(tx *store.Tx) error {
		plans, err := store.PlansOfRound(tx, "2021")
		_, entries, ledgerErr := store.LastLedger(tx)
		if len(plans) > 0 || entries {
			t.Errorf("%+v, ledger %v", plans, entries)
		}
		return errors.Join(err, ledgerErr)
	})
}

func TestAFaultyRoundNamesTheFirstFault(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	in.Villages[6].Neighbours = []domain.Code{"430103001202"}
	keepRound(t, s, in)
	_, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", "2021", dispatch.Settings{})
	var known, cause *domain.Error
	if !errors.As(err, &known) || !errors.As(known.Cause, &cause) {
		t.Fatal(err)
	}
	if known.Params["file"] != "villages.csv" || known.Params["line"] != 8 || known.Params["count"] != 1 || cause.Key != "problem.one_sided" {
		t.Errorf("%+v, %+v", known, cause)
	}
}

// TestACallOffWhileTheSolverWorksKeepsNothing ends the context from the solver's own progress.
func TestACallOffWhileTheSolverWorksKeepsNothing(t *testing.T) {
	s := openStore(t)
	keepRound(t, s, smallRound(t))
	ctx, end := context.WithCancel(t.Context())
	defer end()
	_, err := dispatch.Service{Store: s}.PlanRound(ctx, "office", "2021", dispatch.Settings{Progress: func(solver.Progress) { end() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	read(t, s, func(tx *store.Tx) error {
		plans, err := store.PlansOfRound(tx, "2021")
		if len(plans) > 0 {
			t.Errorf("%+v", plans)
		}
		return err
	})
}
