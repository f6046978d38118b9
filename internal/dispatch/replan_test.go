package dispatch_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"jieli/internal/dispatch"
	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

// everywhere is the scope of who sees all.
var everywhere = domain.Scope{From: "0", To: "9"}

// plannedRound keeps the small round with a plan.
func plannedRound(t *testing.T, s *store.Store) domain.Plan {
	t.Helper()
	keepRound(t, s, smallRound(t))
	plan, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", "2021", dispatch.Settings{TimeLimit: 20 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func onBoth(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Run("SQLite", func(t *testing.T) { f(t, openStore(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, openAt(t, pgtest.Database(t))) })
}

// TestAMendedPlanIsKeptAsADraft withdraws a unit, verifies the draft from its archives alone, and reads its changes back.
func TestAMendedPlanIsKeptAsADraft(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		first := plannedRound(t, s)
		warm := dispatch.NewWarm(s, 1<<20)
		gone := problem.Withdrawal{Units: []string{"K4"}, Cadres: []string{"A01"}}
		out, err := warm.Replan(t.Context(), "another", first.ID, gone, dispatch.ReplanSettings{Name: "退出后"})
		if err != nil {
			t.Fatal(err)
		}
		if out.Plan.ID != "2021-2" || out.Parent != first.ID || out.Plan.Name != "退出后" || out.Plan.CreatedBy != "another" || len(out.Changes) == 0 ||
			out.Plan.Bound < out.Plan.Score || out.Plan.TightBound < out.Plan.Score || out.Plan.ProblemDigest == first.ProblemDigest {
			t.Errorf("%+v", out)
		}
		checkDraft(t, s, out)
		checkRevision(t, s, out, gone)
	})
}

// checkDraft verifies the draft from its archives, and holds that the round kept its own plan.
func checkDraft(t *testing.T, s *store.Store, out dispatch.Replanned) {
	t.Helper()
	read(t, s, func(tx *store.Tx) error {
		round, err := store.RoundByID(tx, "2021")
		if err != nil || round.Plan != out.Parent {
			t.Errorf("the round's plan is %s: %v", round.Plan, err)
		}
		packed, certificate, err := store.PlanArchives(tx, out.Plan.ID)
		if err != nil {
			return err
		}
		p, faults := problem.Decode(unpack(t, packed))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		read, faults := p.ReadPlan(unpack(t, certificate))
		if len(faults) > 0 || len(read.Wrong) > 0 || len(p.Check(read.Teams)) > 0 {
			t.Fatal(faults, read)
		}
		// mending told a bound from the difference: the prices prove one that is no higher
		if found := p.Found(read); found.Score != out.Plan.Score || found.Bound > out.Plan.Bound || found.TightBound > out.Plan.TightBound {
			t.Errorf("%+v of %+v", found, out.Plan)
		}
		if _, known := p.UnitAt("K4"); known {
			t.Error("the unit is still there")
		}
		return nil
	})
}

func checkRevision(t *testing.T, s *store.Store, out dispatch.Replanned, gone problem.Withdrawal) {
	t.Helper()
	revision, list, err := dispatch.Service{Store: s}.Changes(t.Context(), everywhere, out.Plan.ID)
	if err != nil || revision.Parent != out.Parent || !slices.Equal(revision.Units, gone.Units) || !slices.Equal(revision.Cadres, gone.Cadres) || len(revision.Villages) > 0 {
		t.Errorf("%+v %v", revision, err)
	}
	told := func(list []changes.Change) []string {
		words := make([]string, len(list))
		for i, c := range list {
			words[i] = string(c.Kind) + string(c.Village) + c.Team + c.Subject + c.Cause.Text(problem.PlainWords)
		}
		return words
	}
	if !slices.Equal(told(list), told(out.Changes)) {
		t.Errorf("%q\n%q", told(list), told(out.Changes))
	}
	county := domain.Code("430103000000").Scope()
	_, some, err := dispatch.Service{Store: s}.Changes(t.Context(), county, out.Plan.ID)
	if err != nil || len(some) == 0 || len(some) >= len(list) || slices.ContainsFunc(some, func(c changes.Change) bool { return !county.Holds(c.Village) }) {
		t.Errorf("%+v of %+v: %v", some, list, err)
	}
	report, err := ledger.Verify(t.Context(), s)
	if err != nil || report.Entries != 2 || report.Broken != 0 {
		t.Errorf("%+v %v", report, err)
	}
	read(t, s, func(tx *store.Tx) error {
		entry, _, err := store.LastLedger(tx)
		var detail struct {
			Parent  string
			Units   []string
			Changes int
		}
		if err := errors.Join(err, json.Unmarshal([]byte(entry.Detail), &detail)); err != nil {
			return err
		}
		if entry.Action != "plan.create" || entry.Subject != "plan/"+out.Plan.ID || entry.Actor != "another" || entry.Region != "430000000000" ||
			detail.Parent != out.Parent || !slices.Equal(detail.Units, gone.Units) || detail.Changes != len(list) {
			t.Errorf("%+v", entry)
		}
		return nil
	})
}

func TestAPreviewKeepsNothing(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 0)
	gone := problem.Withdrawal{Villages: []domain.Code{"430102001201"}}
	told, err := warm.Replan(t.Context(), "office", first.ID, gone, dispatch.ReplanSettings{Preview: true})
	if err != nil || told.Plan.ID != "" || told.Plan.Round != "2021" || len(told.Changes) == 0 {
		t.Fatalf("%+v %v", told, err)
	}
	read(t, s, func(tx *store.Tx) error {
		plans, err := store.PlansOfRound(tx, "2021")
		if len(plans) != 1 {
			t.Errorf("%d plans", len(plans))
		}
		return err
	})
	kept, err := warm.Replan(t.Context(), "office", first.ID, gone, dispatch.ReplanSettings{})
	if err != nil || kept.Plan.Name != first.Name || kept.Plan.Score != told.Plan.Score || kept.Plan.Bound != told.Plan.Bound ||
		!reflect.DeepEqual(kept.Changes, told.Changes) || kept.Kept != told.Kept {
		t.Errorf("%+v, told was %+v: %v", kept, told, err)
	}
}

// TestAMendedPlanCanBeMendedAgain goes on from a draft that was just made, and from the same draft loaded anew.
func TestAMendedPlanCanBeMendedAgain(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	second, err := warm.Replan(t.Context(), "office", first.ID, problem.Withdrawal{Cadres: []string{"A01"}}, dispatch.ReplanSettings{})
	if err != nil {
		t.Fatal(err)
	}
	again := problem.Withdrawal{Units: []string{"C1"}}
	hot, err := warm.Replan(t.Context(), "office", second.Plan.ID, again, dispatch.ReplanSettings{Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	cold, err := dispatch.NewWarm(s, 1<<20).Replan(t.Context(), "office", second.Plan.ID, again, dispatch.ReplanSettings{Preview: true})
	cold.Plan.Seconds, hot.Plan.Seconds, cold.Took, hot.Took = 0, 0, 0, 0
	if err != nil || !reflect.DeepEqual(hot, cold) {
		t.Errorf("%+v\n%+v\n%v", hot, cold, err)
	}
}

func TestWithdrawalsThatMakeNoSense(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	for _, c := range []struct {
		plan       string
		gone       problem.Withdrawal
		key, field string
	}{
		{first.ID, problem.Withdrawal{}, "dispatch.nothing_withdrawn", ""},
		{first.ID, problem.Withdrawal{Villages: []domain.Code{"430102001201", "430102001299"}}, "problem.unknown_village", "villages"},
		{first.ID, problem.Withdrawal{Units: []string{"K9"}}, "problem.unknown_unit", "units"},
		{first.ID, problem.Withdrawal{Cadres: []string{""}}, "problem.unknown_cadre", "cadres"},
		{"none", problem.Withdrawal{Units: []string{"K4"}}, "plan.not_found", ""},
	} {
		_, err := warm.Replan(t.Context(), "office", c.plan, c.gone, dispatch.ReplanSettings{})
		var known *domain.Error
		if !errors.As(err, &known) || known.Key != c.key || known.Field != c.field {
			t.Errorf("%+v: %v", c.gone, err)
		}
	}
	if _, _, err := (dispatch.Service{Store: s}).Changes(t.Context(), everywhere, "none"); key(err) != "plan.not_found" {
		t.Error(err)
	}
	if revision, list, err := (dispatch.Service{Store: s}).Changes(t.Context(), everywhere, first.ID); err != nil || revision.Parent != "" || len(list) > 0 {
		t.Errorf("%+v %+v %v", revision, list, err)
	}
}

// bare keeps a plan without archives.
func bare(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error {
		return store.InsertPlan(tx, domain.PlanDetail{Plan: domain.Plan{ID: "bare", Round: "2021", Name: "旧", Origin: domain.PlanRecorded,
			Policy: "2021", Status: "recorded", CreatedBy: "office", CreatedAt: day}})
	})
}

func TestAPlanWithoutFilesCannotBeMended(t *testing.T) {
	s := openStore(t)
	keepRound(t, s, smallRound(t))
	bare(t, s)
	_, err := dispatch.NewWarm(s, 1).Replan(t.Context(), "office", "bare", problem.Withdrawal{Units: []string{"K4"}}, dispatch.ReplanSettings{})
	if key(err) != "dispatch.plan_without_files" {
		t.Error(err)
	}
}

// TestALoadedPlanCountsOnlyAsLongAsTheKeptOneIsTheSame puts another problem and plan under the id of one that is loaded.
func TestALoadedPlanCountsOnlyAsLongAsTheKeptOneIsTheSame(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	gone := problem.Withdrawal{Cadres: []string{"A02"}}
	before, err := warm.Replan(t.Context(), "office", first.ID, gone, dispatch.ReplanSettings{Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	other := openAt(t, "sqlite:"+t.TempDir()+"/other.db")
	in := smallRound(t)
	in.Policy.Values = map[string]int64{"w_unit_match": 90}
	keepRound(t, other, in)
	if _, err := (dispatch.Service{Store: other}).PlanRound(t.Context(), "office", "2021", dispatch.Settings{TimeLimit: 20 * time.Second}); err != nil {
		t.Fatal(err)
	}
	dispatch.MoveTo(warm, other)
	after, err := warm.Replan(t.Context(), "office", first.ID, gone, dispatch.ReplanSettings{Preview: true})
	if err != nil || after.Plan.Score == before.Plan.Score {
		t.Errorf("score %d still: %v", after.Plan.Score, err)
	}
}

// TestOnlyWhatFitsStaysLoaded asks about three plans in turn.
func TestOnlyWhatFitsStaysLoaded(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	for _, cadre := range []string{"A01", "A02"} { // two drafts
		gone := problem.Withdrawal{Cadres: []string{cadre}}
		if _, err := dispatch.NewWarm(s, 0).Replan(t.Context(), "office", first.ID, gone, dispatch.ReplanSettings{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		most int64 // the small problem counts as 39,000 bytes
		want []string
	}{{0, []string{first.ID}}, {80_000, []string{first.ID, "2021-2"}}, {120_000, []string{first.ID, "2021-2", "2021-3"}}} {
		warm := dispatch.NewWarm(s, c.most)
		for _, id := range []string{first.ID, "2021-3", "2021-2", first.ID} {
			if _, err := warm.Explain(t.Context(), whole, dispatch.Question{Plan: id}); err != nil {
				t.Fatal(err)
			}
		}
		if got := dispatch.Loaded(warm); !slices.Equal(got, c.want) {
			t.Errorf("%d bytes: %q", c.most, got)
		}
	}
}

// TestManyAskAtOnce mends and explains one plan from many goroutines; it is loaded once.
func TestManyAskAtOnce(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	const callers = 12
	failed := make(chan error, callers)
	for i := range callers {
		go func() {
			var err error
			if i%2 == 0 {
				_, err = warm.Replan(t.Context(), "office", first.ID, problem.Withdrawal{Cadres: []string{"A01"}}, dispatch.ReplanSettings{Preview: true})
			} else {
				_, err = warm.Explain(t.Context(), whole, dispatch.Question{Plan: first.ID, Village: "430102001201"})
			}
			failed <- err
		}()
	}
	for range callers {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if got := dispatch.Loaded(warm); !slices.Equal(got, []string{first.ID}) {
		t.Errorf("%q", got)
	}
}

// TestTheArchivesOfADraftAreItsFiles holds that the archive of a draft is what the file writer makes.
func TestTheArchivesOfADraftAreItsFiles(t *testing.T) {
	s := openStore(t)
	first := plannedRound(t, s)
	out, err := dispatch.NewWarm(s, 1<<20).Replan(t.Context(), "office", first.ID, problem.Withdrawal{Villages: []domain.Code{"430102002203"}}, dispatch.ReplanSettings{})
	if err != nil {
		t.Fatal(err)
	}
	read(t, s, func(tx *store.Tx) error {
		packed, _, err := store.PlanArchives(tx, out.Plan.ID)
		if err != nil {
			return err
		}
		files, err := folder.Unpack(packed)
		p, faults := problem.Decode(problem.InMemory(files))
		if err != nil || len(faults) > 0 || !reflect.DeepEqual(p.Files(), files) {
			t.Errorf("%v %v", err, faults)
		}
		return nil
	})
}
