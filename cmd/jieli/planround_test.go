package main

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// smallRoundIn keeps the small problem as round 2021 of a new database and gives its address.
func smallRoundIn(t *testing.T) string {
	t.Helper()
	p, faults := problem.Load(smallProblem)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	in := domain.RoundInput{
		Round: domain.Round{ID: "2021", Name: "2021—2023年轮次", FromYear: 2021, ToYear: 2023, Status: domain.RoundPlanning,
			Headcount: 18, Specialities: p.Specialities, Policy: "2021"},
		Policy:   domain.PolicyVersion{ID: "2021", Name: "选派办法", Region: "430000000000", ValidFrom: "2021-05-01", Shares: p.Shares},
		Villages: p.Villages, Units: p.Units, Candidates: p.Cadres, Pins: p.Pins,
	}
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")
	inStore(t, dsn, func(s *store.Store) error { return s.Migrate(t.Context()) })
	inStore(t, dsn, func(s *store.Store) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return insertRound(tx, in) })
	})
	return dsn
}

func inStore(t *testing.T, dsn string, f func(*store.Store) error) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f(s), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// insertRound keeps the round with the divisions, units and cadres that it refers to.
func insertRound(tx *store.Tx, in domain.RoundInput) error {
	known := map[domain.Code]bool{}
	var regions []domain.Region
	for _, v := range in.Villages {
		for _, level := range []domain.Level{domain.LevelProvince, domain.LevelCity, domain.LevelCounty, domain.LevelTownship, domain.LevelVillage} {
			if code := v.Code.At(level); !known[code] {
				known[code] = true
				regions = append(regions, domain.Region{ID: int64(len(regions) + 1), Code: code, Level: level, Name: v.Name,
					Kind: domain.KindVillageCommittee, ValidFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
			}
		}
	}
	units := make([]domain.Unit, len(in.Units))
	for i, u := range in.Units {
		units[i] = u.Unit
	}
	cadres := make([]domain.Cadre, len(in.Candidates))
	for i, c := range in.Candidates {
		cadres[i] = c.Cadre
		cadres[i].Name, cadres[i].Sex, cadres[i].Politics = "某人", "1", "party_member"
	}
	return errors.Join(store.InsertRegions(tx, regions), store.InsertUnits(tx, units), store.InsertCadres(tx, cadres),
		store.InsertPolicy(tx, in.Policy), store.InsertRound(tx, in))
}

func TestARoundOfTheDatabaseIsPlannedThere(t *testing.T) {
	dsn := smallRoundIn(t)
	code, out, told := on(t, map[string]string{"JIELI_DATABASE": dsn}, "plan", "--round", "2021", "--time-limit", "20s")
	if code != exitOK || !regexp.MustCompile(`^plan 2021-1 of round 2021: [1-9]\d* teams, \d+ members, \d+ villages unserved, gap \d+\.\d{4}%\n$`).MatchString(out) {
		t.Fatalf("%d %s %s", code, out, told)
	}
	inStore(t, dsn, func(s *store.Store) error {
		return s.Read(t.Context(), func(tx *store.Tx) error {
			round, err := store.RoundByID(tx, "2021")
			if err == nil && round.Plan != "2021-1" {
				t.Errorf("%+v", round)
			}
			return err
		})
	})
	code, out, told = on(t, nil, "plan", "--database", dsn, "--round", "2021", "--from", "2021-1", "--time-limit", "20s")
	if code != exitOK || !strings.HasPrefix(out, "plan 2021-2 of round 2021: ") {
		t.Errorf("from an earlier plan: %d %s %s", code, out, told)
	}
}

func TestPlanningARoundSaysWhatIsWrong(t *testing.T) {
	dsn := smallRoundIn(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--round", "2021", "--out", t.TempDir()}, exitInput, "give one or the other"},
		{[]string{"--round", "2021", "--in", smallProblem}, exitInput, "give one or the other"},
		{[]string{"--round", "2021", "--workers", "-1"}, exitInput, "--workers must not be negative"},
		{[]string{"--round", "1999"}, exitFailed, "1999"},
		{[]string{"--round", "2021", "--from", "none"}, exitFailed, "none"},
	} {
		code, out, told := on(t, nil, append([]string{"plan", "--database", dsn}, c.args...)...)
		if code != c.code || out != "" || !strings.Contains(told, c.says) {
			t.Errorf("%v: %d %s %s", c.args, code, out, told)
		}
	}
	empty := "sqlite:" + filepath.Join(t.TempDir(), "empty.db")
	if code, _, told := on(t, nil, "plan", "--database", empty, "--round", "2021"); code != exitFailed || !strings.Contains(told, "jieli migrate") {
		t.Errorf("%d %s", code, told)
	}
}
