package storetest

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func roundTrips(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 1)
	for name, f := range map[string]func(*testing.T, *store.Tx, *World) error{
		"regions": regionsComeOut, "policies": policiesComeOut, "rounds": roundsComeOut, "plans": plansComeOut,
		"teams": teamsComeOut, "accounts": accountsComeOut, "shares": sharesAreCounted,
	} {
		t.Run(name, func(t *testing.T) { read(t, s, func(tx *store.Tx) error { return f(t, tx, w) }) })
	}
	t.Run("regions have dates", func(t *testing.T) { datedRegions(t, open(t)) })
	t.Run("order of input does not matter", func(t *testing.T) { shuffledRound(t, open(t)) })
	t.Run("notes", func(t *testing.T) { notes(t, open(t)) })
	t.Run("the plan that counts", func(t *testing.T) { planThatCounts(t, s) })
}

func regionsComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, want := range w.Regions {
		got, err := store.RegionByCode(tx, want.Code.Scope(), want.Code)
		equal(t, "region", got, want)
		if err != nil {
			return err
		}
	}
	last := w.Regions[len(w.Regions)-1]
	path, err := store.RegionPath(tx, last.Code)
	equal(t, "path", codes(path), []domain.Code{last.Code.At(domain.LevelProvince), last.Code.At(domain.LevelCity), last.Code.At(domain.LevelCounty),
		last.Code.At(domain.LevelTownship), last.Code})
	if err != nil {
		return err
	}
	got, err := store.OutlinesUnder(tx, domain.ScopeOfPrefix("43"), w.Outlines[0].Code)
	equal(t, "outline of a county without outlines below", got, w.Outlines[:1])
	return err
}

func codes(regions []domain.Region) []domain.Code {
	all := make([]domain.Code, len(regions))
	for i, r := range regions {
		all[i] = r.Code
	}
	return all
}

func policiesComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, want := range w.Policies {
		got, err := store.PolicyByID(tx, want.ID)
		equal(t, "policy", got, want)
		if err != nil {
			return err
		}
	}
	return nil
}

func roundsComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, want := range w.Rounds {
		got, err := store.RoundInput(tx, want.Round.ID)
		if err != nil {
			return err
		}
		equal(t, "round input", got, want)
		round, err := store.RoundByID(tx, want.Round.ID)
		equal(t, "round", round, want.Round)
		if err != nil {
			return err
		}
	}
	all, err := store.Rounds(tx)
	equal(t, "rounds, newest first", all, []domain.Round{w.Rounds[1].Round, w.Rounds[0].Round})
	return err
}

func plansComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, want := range w.Plans {
		got, err := store.PlanByID(tx, want.ID)
		equal(t, "plan", got, want.Plan)
		if err != nil {
			return err
		}
		problem, certificate, err := store.PlanArchives(tx, want.ID)
		equal(t, "archives", [][]byte{problem, certificate}, [][]byte{want.Problem, want.Certificate})
		if err != nil {
			return err
		}
	}
	got, err := store.PlansOfRound(tx, "2023")
	equal(t, "plans, newest first", got, []domain.Plan{w.Plans[2].Plan, w.Plans[1].Plan})
	return err
}

func teamsComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, p := range w.Plans {
		o := newOracle(w, p.ID)
		for _, team := range p.Teams {
			got, err := store.TeamByID(tx, domain.ScopeOfPrefix("43"), p.ID, team.ID)
			if err != nil {
				return err
			}
			want, _ := o.view(domain.ScopeOfPrefix("43"), team)
			equal(t, "team "+team.ID, got, want)
		}
	}
	return nil
}

func accountsComeOut(t *testing.T, tx *store.Tx, w *World) error {
	for _, want := range w.Accounts {
		byName, err := store.AccountByUsername(tx, want.Username)
		byID, err2 := store.AccountByID(tx, want.ID)
		equal(t, "account", []domain.Account{byName, byID}, []domain.Account{want, want})
		if err := errors.Join(err, err2); err != nil {
			return err
		}
	}
	got, err := store.DemoAccounts(tx)
	equal(t, "demo accounts", got, w.Accounts[:2])
	return err
}

func sharesAreCounted(t *testing.T, tx *store.Tx, w *World) error {
	for _, p := range w.Plans {
		got, err := store.PlanShares(tx, p.ID)
		if err != nil {
			return err
		}
		equal(t, "shares of "+p.ID, got, newOracle(w, p.ID).shares())
	}
	return nil
}

// datedRegions puts a place in the store that was renamed the day before today and will be merged tomorrow.
func datedRegions(t *testing.T, s *store.Store) {
	now := time.Now().UTC().Truncate(time.Second)
	region := func(id int64, name string, from, to time.Time) domain.Region {
		return domain.Region{ID: id, Code: "430121000000", Parent: "430100000000", Level: domain.LevelCounty, Name: name, ValidFrom: from, ValidTo: to}
	}
	old := region(1, "旧县", Day, now.AddDate(0, 0, -1))
	current := region(2, "今县", old.ValidTo, now.AddDate(0, 0, 1))
	next := region(3, "新县", current.ValidTo, time.Time{})
	write(t, s, func(tx *store.Tx) error { return store.InsertRegions(tx, []domain.Region{next, current, old}) })
	read(t, s, func(tx *store.Tx) error {
		got, err := store.RegionByCode(tx, current.Code.Scope(), current.Code)
		equal(t, "the one that is valid today", got, current)
		if err != nil {
			return err
		}
		children, err := store.ChildRegions(tx, current.Code.Scope(), current.Parent)
		equal(t, "the only child", children, []domain.Region{current})
		return err
	})
}

// shuffledRound inserts a round in any order; it comes out sorted.
func shuffledRound(t *testing.T, s *store.Store) {
	w := Draw(7, Small)
	want := w.Rounds[0]
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // any order will do
	shuffle := func(n int, swap func(i, j int)) { r.Shuffle(n, swap) }
	in := want
	in.Villages = append([]domain.RoundVillage{}, want.Villages...)
	in.Units = append([]domain.RoundUnit{}, want.Units...)
	in.Candidates = append([]domain.Candidate{}, want.Candidates...)
	in.Pins = append([]domain.Pin{}, want.Pins...)
	shuffle(len(in.Villages), func(i, j int) { in.Villages[i], in.Villages[j] = in.Villages[j], in.Villages[i] })
	shuffle(len(in.Units), func(i, j int) { in.Units[i], in.Units[j] = in.Units[j], in.Units[i] })
	shuffle(len(in.Candidates), func(i, j int) { in.Candidates[i], in.Candidates[j] = in.Candidates[j], in.Candidates[i] })
	shuffle(len(in.Pins), func(i, j int) { in.Pins[i], in.Pins[j] = in.Pins[j], in.Pins[i] })
	w.Rounds, w.Plans = []domain.RoundInput{in}, nil
	Load(t, s, w)
	read(t, s, func(tx *store.Tx) error {
		got, err := store.RoundInput(tx, want.Round.ID)
		equal(t, "round input", got, want)
		return err
	})
}

func notes(t *testing.T, s *store.Store) {
	for _, value := range []string{"first", "", "'; DROP TABLE meta; --"} {
		write(t, s, func(tx *store.Tx) error { return store.SetMeta(tx, "k", value) })
		read(t, s, func(tx *store.Tx) error {
			got, ok, err := store.GetMeta(tx, "k")
			equal(t, "note", []any{got, ok}, []any{value, true})
			_, ok, err2 := store.GetMeta(tx, "K")
			equal(t, "unknown key", ok, false)
			return errors.Join(err, err2)
		})
	}
}

func planThatCounts(t *testing.T, s *store.Store) {
	write(t, s, func(tx *store.Tx) error { return store.SetRoundPlan(tx, "2023", "p3") })
	read(t, s, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, "2023")
		equal(t, "plan of the round", round.Plan, "p3")
		return err
	})
}
