package storetest

import (
	"errors"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func refusals(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 6)
	t.Run("unknown ids", func(t *testing.T) {
		for _, id := range append([]string{"nothing", ""}, hostile...) {
			read(t, s, func(tx *store.Tx) error { unknownIDs(t, tx, id); return nil })
		}
	})
	t.Run("an unknown place in a known one", func(t *testing.T) {
		read(t, s, func(tx *store.Tx) error {
			_, err := store.RegionPath(tx, "430121100999")
			refused(t, "path", err, domain.KindNotFound, "region.not_found")
			_, err = store.RegionByCode(tx, domain.ScopeOfPrefix("43"), "430121100999")
			refused(t, "region", err, domain.KindNotFound, "region.not_found")
			return nil
		})
	})
	t.Run("rows that break a rule of the schema", func(t *testing.T) { brokenRows(t, s, w) })
	t.Run("rounds", func(t *testing.T) { brokenRounds(t, s, w) })
	t.Run("plans", func(t *testing.T) { brokenPlans(t, s, w) })
	t.Run("a round and a plan that name each other", func(t *testing.T) { mutualReference(t, s, w) })
	t.Run("names with odd characters are names", func(t *testing.T) { oddNames(t, s) })
}

func unknownIDs(t *testing.T, tx *store.Tx, id string) {
	all := domain.ScopeOfPrefix("43")
	code := domain.Code(id)
	for key, run := range map[string][]func() error{
		"region.not_found": {
			func() error { _, err := store.RegionByCode(tx, all, code); return err },
			func() error { _, err := store.RegionPath(tx, code); return err },
			func() error { _, _, err := store.FiguresByChild(tx, all, "p1", code); return err },
		},
		"policy.not_found": {func() error { _, err := store.PolicyByID(tx, id); return err }},
		"round.not_found": {
			func() error { _, err := store.RoundByID(tx, id); return err },
			func() error { _, err := store.RoundInput(tx, id); return err },
		},
		"plan.not_found": {
			func() error { _, err := store.PlanByID(tx, id); return err },
			func() error { _, _, err := store.PlanArchives(tx, id); return err },
			func() error { _, err := store.PlanShares(tx, id); return err },
			func() error { _, _, err := store.FiguresByChild(tx, all, id, "430000000000"); return err },
			func() error { _, err := store.VillagePoints(tx, all, id, "430000000000"); return err },
			func() error { _, _, err := store.ListTeams(tx, all, store.TeamFilter{Plan: id}); return err },
			func() error { _, err := store.TeamByID(tx, all, id, "T90000"); return err },
			func() error { _, _, err := store.ListUnserved(tx, all, id, "", 0, 5); return err },
		},
		"team.not_found": {func() error { _, err := store.TeamByID(tx, all, "p1", id); return err }},
		"account.not_found": {
			func() error { _, err := store.AccountByID(tx, id); return err },
			func() error { _, err := store.AccountByUsername(tx, id); return err },
		},
	} {
		for _, f := range run {
			refused(t, key+" for "+id, f(), domain.KindNotFound, key)
		}
	}
}

func brokenRows(t *testing.T, s *store.Store, w *World) {
	region, unit, cadre, account, policy := w.Regions[0], w.Units[0], w.Cadres[0], w.Accounts[0], w.Policies[0]
	for _, c := range []struct {
		what string
		kind domain.Kind
		key  string
		run  func(tx *store.Tx) error
	}{
		{"a region twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error { return store.InsertRegions(tx, []domain.Region{region}) }},
		{"a region of another id twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error {
			region.ID = 1e9
			return store.InsertRegions(tx, []domain.Region{region})
		}},
		{"a short code", domain.KindInvalid, "store.value_refused", func(tx *store.Tx) error {
			return store.InsertRegions(tx, []domain.Region{{ID: 1e9, Code: "43", Level: domain.LevelProvince, Name: "省", ValidFrom: Day}})
		}},
		{"a unit twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error { return store.InsertUnits(tx, []domain.Unit{unit}) }},
		{"a unit without an id", domain.KindInvalid, "store.value_refused", func(tx *store.Tx) error {
			return store.InsertUnits(tx, []domain.Unit{{Name: "局", Level: domain.UnitCity}})
		}},
		{"a unit of no level", domain.KindInvalid, "store.value_refused", func(tx *store.Tx) error {
			return store.InsertUnits(tx, []domain.Unit{{ID: "x", Name: "局"}})
		}},
		{"a cadre twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error { return store.InsertCadres(tx, []domain.Cadre{cadre}) }},
		{"a cadre of an unknown unit", domain.KindInvalid, "store.unknown_reference", func(tx *store.Tx) error {
			return store.InsertCadres(tx, []domain.Cadre{{ID: "x", Name: "人", Unit: "nothing"}})
		}},
		{"a policy twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error { return store.InsertPolicy(tx, policy) }},
		{"a username twice", domain.KindConflict, "account.taken", func(tx *store.Tx) error {
			account.ID = "other"
			return store.InsertAccounts(tx, []domain.Account{account})
		}},
		{"an outline twice", domain.KindConflict, "store.duplicate", func(tx *store.Tx) error { return store.InsertOutlines(tx, w.Outlines[:1]) }},
	} {
		refused(t, c.what, s.Write(t.Context(), c.run), c.kind, c.key)
	}
}

func brokenRounds(t *testing.T, s *store.Store, w *World) {
	for _, c := range []struct {
		what string
		kind domain.Kind
		key  string
		edit func(in *domain.RoundInput)
	}{
		{"twice", domain.KindConflict, "store.duplicate", func(in *domain.RoundInput) { in.Round.ID = "2021" }},
		{"an unknown policy", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Round.Policy = "nothing" }},
		{"an end before its beginning", domain.KindInvalid, "store.value_refused", func(in *domain.RoundInput) { in.Round.ToYear = 1999 }},
		{"an unknown plan", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Round.Plan = "nothing" }},
		{"a plan of another round", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Round.Plan = "p1" }},
		{"an unknown village", domain.KindInvalid, "round.village_unknown", func(in *domain.RoundInput) { in.Villages[3].Code = "430101001001" }},
		{"a township as village", domain.KindInvalid, "round.village_unknown", func(in *domain.RoundInput) { in.Villages[3].Code = in.Villages[3].Code.At(domain.LevelTownship) }},
		{"a village that is no code", domain.KindInvalid, "round.village_unknown", func(in *domain.RoundInput) { in.Villages[3].Code = "4" }},
		{"a village twice", domain.KindConflict, "store.duplicate", func(in *domain.RoundInput) { in.Villages[3] = in.Villages[2] }},
		{"a village of no category", domain.KindInvalid, "store.value_refused", func(in *domain.RoundInput) { in.Villages[3].Category = "" }},
		{"too difficult a village", domain.KindInvalid, "store.value_refused", func(in *domain.RoundInput) { in.Villages[3].Difficulty = 101 }},
		{"an unknown unit", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Units[3].ID = "nothing" }},
		{"an unknown candidate", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Candidates[3].ID = "nothing" }},
		{"a pin of a village outside", domain.KindInvalid, "store.unknown_reference", func(in *domain.RoundInput) { in.Pins[0].Village = "430101001001" }},
		{"a pin of what is no code", domain.KindInvalid, "round.village_unknown", func(in *domain.RoundInput) { in.Pins[0].Village = "x" }},
		{"a pin of no kind", domain.KindInvalid, "store.value_refused", func(in *domain.RoundInput) { in.Pins[0].Kind = "maybe" }},
	} {
		in := Draw(6, Small).Rounds[1]
		in.Round.ID, in.Round.Policy = "2025", w.Policies[1].ID
		c.edit(&in)
		refused(t, c.what, s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertRound(tx, in) }), c.kind, c.key)
	}
	refused(t, "a plan for an unknown round", s.Write(t.Context(), func(tx *store.Tx) error { return store.SetRoundPlan(tx, "1999", "p1") }), domain.KindNotFound, "round.not_found")
	for _, plan := range []string{"nothing", "p1"} {
		refused(t, "plan "+plan, s.Write(t.Context(), func(tx *store.Tx) error { return store.SetRoundPlan(tx, "2023", plan) }), domain.KindNotFound, "plan.not_found")
	}
}

func brokenPlans(t *testing.T, s *store.Store, w *World) {
	outside := domain.Code("430101001001")
	for _, c := range []struct {
		what string
		kind domain.Kind
		key  string
		edit func(p *domain.PlanDetail)
	}{
		{"twice", domain.KindConflict, "store.duplicate", func(p *domain.PlanDetail) { p.ID = "p1" }},
		{"an unknown round", domain.KindInvalid, "store.unknown_reference", func(p *domain.PlanDetail) { p.Round, p.Teams, p.Unserved = "1999", nil, nil }},
		{"an unknown unit", domain.KindInvalid, "store.unknown_reference", func(p *domain.PlanDetail) { p.Teams[0].Unit = "nothing" }},
		{"a village outside the round", domain.KindInvalid, "plan.village_unknown", func(p *domain.PlanDetail) { p.Teams[0].Villages[0].Code = outside }},
		{"an unserved village outside the round", domain.KindInvalid, "plan.village_unknown", func(p *domain.PlanDetail) { p.Unserved[0].Village = outside }},
		{"a village in two teams", domain.KindInvalid, "plan.twice", func(p *domain.PlanDetail) { p.Teams[1].Villages = p.Teams[0].Villages }},
		{"a village served and unserved", domain.KindInvalid, "plan.twice", func(p *domain.PlanDetail) { p.Unserved[0].Village = p.Teams[0].Villages[0].Code }},
		{"a cadre in two teams", domain.KindInvalid, "plan.twice", func(p *domain.PlanDetail) { p.Teams[1].Members[0].Cadre = p.Teams[0].Members[0].Cadre }},
		{"a team id in two counties", domain.KindInvalid, "plan.twice", func(p *domain.PlanDetail) { p.Teams[0].ID = p.Teams[len(p.Teams)-1].ID }},
		{"a team without villages", domain.KindInvalid, "plan.team_malformed", func(p *domain.PlanDetail) { p.Teams[0].Villages = nil }},
		{"a team without members", domain.KindInvalid, "plan.team_malformed", func(p *domain.PlanDetail) { p.Teams[0].Members = nil }},
		{"a team without a leader", domain.KindInvalid, "plan.team_malformed", func(p *domain.PlanDetail) { p.Teams[0].Members[0].Role = domain.RoleMember }},
		{"a team of another county", domain.KindInvalid, "plan.team_malformed", func(p *domain.PlanDetail) { p.Teams[0].County = "430199000000" }},
		{"a match beyond 100", domain.KindInvalid, "store.value_refused", func(p *domain.PlanDetail) { p.Teams[0].Villages[0].Match = 101 }},
	} {
		p := Draw(6, Small).Plans[1]
		p.ID = "new"
		c.edit(&p)
		refused(t, c.what, s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertPlan(tx, p) }), c.kind, c.key)
	}
	equal(t, "plans", len(w.Plans), 3)
}

// mutualReference inserts a round that names its plan before the plan is there, in one transaction.
func mutualReference(t *testing.T, s *store.Store, w *World) {
	in, p := w.Rounds[1], w.Plans[1]
	in.Round.ID, in.Round.Plan, p.Round, p.ID = "2027", "p9", "2027", "p9"
	write(t, s, func(tx *store.Tx) error {
		return errors.Join(store.InsertRound(tx, in), store.InsertPlan(tx, p))
	})
	read(t, s, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, "2027")
		equal(t, "round", round, in.Round)
		return err
	})
}

// oddNames keeps every odd text as it is, but for what cannot be text at all.
func oddNames(t *testing.T, s *store.Store) {
	for _, text := range append(append([]string{}, hostile...), oddities...) {
		want := text
		switch text {
		case "\x00", "a\x00b", "\xff\xfe":
			want = map[string]string{"\x00": "\ufffd", "a\x00b": "a\ufffdb", "\xff\xfe": "\ufffd\ufffd"}[text]
		}
		write(t, s, func(tx *store.Tx) error { return store.SetMeta(tx, "odd", text) })
		equal(t, "note", note(t, s, "odd"), want)
	}
}
