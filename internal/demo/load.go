package demo

import (
	"context"
	"encoding/json"
	"strconv"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// The rows of the store's meta table that a demo leaves: its seed, and the passwords of its accounts as a JSON object by
// username.
const (
	MetaSeed      = "demo.seed"
	MetaPasswords = "demo.passwords" //nolint:gosec // the name of a row, not a password
)

// Progress is told before each step: a message key, how many steps are done and how many there are.
type Progress func(step string, done, total int)

// InUse says whether the database holds rounds already, and the seed of the demo that is in it, empty for other data.
func InUse(ctx context.Context, s *store.Store) (used bool, seed string, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		used, seed, err = inUse(tx)
		return err
	})
	return used, seed, err
}

func inUse(tx *store.Tx) (bool, string, error) {
	seed, drawn, err := store.GetMeta(tx, MetaSeed)
	if err != nil || drawn {
		return drawn, seed, err
	}
	rounds, err := store.Rounds(tx)
	return len(rounds) > 0, "", err
}

// Load puts the demo into a migrated, empty store, all of it or nothing. A store that holds rounds already is
// KindConflict, demo.in_use. The sealer keeps the drawn identity and
// telephone numbers. Progress may be nil.
func Load(ctx context.Context, s *store.Store, sealer catalogue.Sealer, data Data, progress Progress) error {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	plan, err := recordedPlan(data)
	if err != nil {
		return err
	}
	r := newRegister(data)
	if err := r.seal(sealer); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *store.Tx) error {
		if used, _, err := inUse(tx); err != nil || used {
			return orInUse(err)
		}
		all := steps(data, r, plan)
		for i, step := range all {
			progress(step.key, i, len(all))
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := step.run(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func orInUse(err error) error {
	if err != nil {
		return err
	}
	return &domain.Error{Kind: domain.KindConflict, Key: "demo.in_use"}
}

// step is one part of loading; key names its message.
type step struct {
	key string
	run func(*store.Tx) error
}

func steps(data Data, r register, plan domain.PlanDetail) []step {
	return []step{
		{"demo.step.regions", func(tx *store.Tx) error { return store.InsertRegions(tx, data.Regions) }},
		{"demo.step.outlines", func(tx *store.Tx) error { return store.InsertOutlines(tx, data.Outlines) }},
		{"demo.step.units", func(tx *store.Tx) error { return store.PutRecords(tx, catalogue.Unit, r.units) }},
		{"demo.step.cadres", func(tx *store.Tx) error { return store.PutRecords(tx, catalogue.Cadre, r.cadres) }},
		{"demo.step.villages", func(tx *store.Tx) error { return store.PutRecords(tx, catalogue.Village, r.villages) }},
		{"demo.step.terms", func(tx *store.Tx) error { return store.InsertPastPostings(tx, r.terms) }},
		{"demo.step.policies", func(tx *store.Tx) error { return insertPolicies(tx, data.Policies) }},
		{"demo.step.round_in_force", func(tx *store.Tx) error { return store.InsertRound(tx, data.Rounds[0]) }},
		{"demo.step.plan", func(tx *store.Tx) error { return insertPlan(tx, plan) }},
		{"demo.step.round_next", func(tx *store.Tx) error { return store.InsertRound(tx, data.Rounds[1]) }},
		{"demo.step.accounts", func(tx *store.Tx) error { return insertAccounts(tx, data) }},
		{"demo.step.record", func(tx *store.Tx) error { return note(tx, data) }},
	}
}

func insertPolicies(tx *store.Tx, policies []domain.PolicyVersion) error {
	for _, p := range policies {
		if err := store.InsertPolicy(tx, p); err != nil {
			return err
		}
	}
	return nil
}

// insertPlan adds the recorded plan and makes it the one in force.
func insertPlan(tx *store.Tx, plan domain.PlanDetail) error {
	if err := store.InsertPlan(tx, plan); err != nil {
		return err
	}
	return store.SetRoundPlan(tx, plan.Round, plan.ID)
}

// insertAccounts adds the accounts and keeps their passwords where the server finds them to print.
func insertAccounts(tx *store.Tx, data Data) error {
	passwords := map[string]string{}
	for _, c := range Credentials(data.Seed) {
		passwords[c.Username] = c.Password
	}
	text, err := json.Marshal(passwords)
	if err != nil {
		return err
	}
	if err := store.InsertAccounts(tx, data.Accounts); err != nil {
		return err
	}
	return store.SetMeta(tx, MetaPasswords, string(text))
}

// note leaves the seed and an entry in the ledger.
func note(tx *store.Tx, data Data) error {
	seed := strconv.FormatUint(data.Seed, 10)
	if err := store.SetMeta(tx, MetaSeed, seed); err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{
		"seed": seed, "regions": len(data.Regions), "units": len(data.Units), "cadres": len(data.Cadres), "teams": len(data.Recorded),
	})
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{
		Actor: "system", Action: "demo.load", Subject: "demo/" + seed, Region: Province, Detail: string(detail),
	})
}

// WantsPlan says whether the store holds a demo whose next round has no plan yet.
func WantsPlan(ctx context.Context, s *store.Store) (bool, error) {
	wants := false
	err := s.Read(ctx, func(tx *store.Tx) error {
		_, drawn, err := store.GetMeta(tx, MetaSeed)
		if err != nil || !drawn {
			return err
		}
		round, err := store.RoundByID(tx, RoundNext)
		wants = round.Plan == ""
		return err
	})
	return wants, err
}
