package selection_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// onSQLite is a gate house on the database that comes with the product, for what the state has no part in.
func onSQLite(t *testing.T) *gateHouse {
	t.Helper()
	return newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "jieli.db"))
}

// timedAct is something that the calendar binds, done so that it comes to nothing: what counts is whether the calendar refuses it.
type timedAct struct {
	phases []domain.Phase
	do     func(h *gateHouse, t *testing.T, p selection.Permit) error
}

func err2[T any](_ T, err error) error { return err }

// timedActs are all acts that the calendar binds, with the phases that the document gives them.
var timedActs = map[string]timedAct{
	"fix villages": {[]domain.Phase{domain.PhaseVillages}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return h.FixVillages(t.Context(), province, round, choicesOf("431222114299"), p)
	}},
	"drop villages": {[]domain.Phase{domain.PhaseVillages}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return h.DropVillages(t.Context(), province, round, nil, p)
	}},
	"write needs": {[]domain.Phase{domain.PhaseNeeds}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.WriteNeeds(t.Context(), province, round, "431222114299", selection.NeedDraft{}, p))
	}},
	"review needs": {[]domain.Phase{domain.PhaseNeeds}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.ReviewNeeds(t.Context(), province, round, "431222114299", selection.NeedReview{}, p))
	}},
	"set quotas": {[]domain.Phase{domain.PhaseQuotas}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return h.SetQuotas(t.Context(), province, round, []domain.Quota{{Unit: "UX"}}, p)
	}},
	"nominate": {[]domain.Phase{domain.PhaseNomination}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Nominate(t.Context(), province, round, nominees("nobody"), p))
	}},
	"check": {[]domain.Phase{domain.PhaseChecks}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.RunChecks(t.Context(), province, round, []string{"nobody"}, p))
	}},
	"judge": {[]domain.Phase{domain.PhaseChecks}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return h.Judge(t.Context(), province, round, "nobody", "judge.style", selection.Verdict{}, p)
	}},
	"clear": {[]domain.Phase{domain.PhaseClearance}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Clear(t.Context(), province, domain.Clearance{Round: round, Cadre: "nobody"}, p))
	}},
	"interview": {[]domain.Phase{domain.PhaseInterview}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.AddInterview(t.Context(), province, domain.Interview{Round: round, Cadre: "nobody"}, p))
	}},
	"choose": {[]domain.Phase{domain.PhaseChoice}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Choose(t.Context(), province, round, []selection.Choice{{Cadre: "nobody"}}, p))
	}},
	"publish": {[]domain.Phase{domain.PhasePublicity}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Publish(t.Context(), province, round, p))
	}},
	"object": {[]domain.Phase{domain.PhasePublicity, domain.PhaseLock}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Object(t.Context(), province, domain.Objection{Round: round, Cadre: "nobody"}, p))
	}},
	"decide an objection": {[]domain.Phase{domain.PhasePublicity, domain.PhaseLock}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.DecideObjection(t.Context(), province, selection.Decision{Round: round, ID: "nothing"}, p))
	}},
	"lock": {[]domain.Phase{domain.PhaseLock}, func(h *gateHouse, t *testing.T, p selection.Permit) error {
		return err2(h.Lock(t.Context(), province, round, 99, p))
	}},
}

// errorKey is the message key of an error, and empty where there is none.
func errorKey(err error) string {
	var told *domain.Error
	if errors.As(err, &told) {
		return told.Key
	}
	return ""
}

// Each phase on a day of its own: on it the acts of the phase can be done, and no others.
func TestEveryActHasItsPhase(t *testing.T) {
	h := onSQLite(t)
	o := opening()
	day := time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)
	o.Calendar = domain.Calendar{}
	for _, p := range domain.Phases() {
		next := day.AddDate(0, 0, 1)
		o.Calendar.Phases = append(o.Calendar.Phases, domain.PhaseDates{Phase: p, From: day.Format(time.DateOnly), To: next.Format(time.DateOnly)})
		day = next
	}
	_, err := h.Open(t.Context(), province, o)
	must(t, err)
	for _, dates := range o.Calendar.Phases {
		h.on(dates.From)
		if over := got[selection.Overview](t)(h.Overview(t.Context(), province, round)); !slices.Equal(over.Open, []domain.Phase{dates.Phase}) || over.Today != dates.From {
			t.Errorf("on %s open are %v", over.Today, over.Open)
		}
		for what, act := range timedActs {
			key := errorKey(act.do(h, t, selection.Permit{}))
			if refused := key == "selection.outside_phase"; refused == slices.Contains(act.phases, dates.Phase) {
				t.Errorf("%s in the phase %s: %q", what, dates.Phase, key)
			}
		}
	}
	for _, outside := range []string{"2023-04-30", "2023-05-11"} {
		h.on(outside)
		for what, act := range timedActs {
			refused(t, what+" on "+outside, act.do(h, t, selection.Permit{}), "selection.outside_phase")
			if key := errorKey(act.do(h, t, late)); key == "selection.outside_phase" || key == "access.outside_scope" {
				t.Errorf("%s with a reason: %s", what, key)
			}
		}
	}
}

// The days are China's: a phase begins at midnight there, eight hours before it does by UTC.
func TestPhasesBeginAtMidnightInChina(t *testing.T) {
	h := onSQLite(t)
	_, err := h.Open(t.Context(), province, opening())
	must(t, err)
	drop := func(at string) string {
		h.clock = got[time.Time](t)(time.Parse(time.RFC3339, at))
		return errorKey(timedActs["drop villages"].do(h, t, selection.Permit{}))
	}
	for at, want := range map[string]string{
		"2023-04-30T15:59:59Z": "selection.outside_phase", "2023-04-30T16:00:00Z": "", "2023-05-07T15:59:59Z": "", "2023-05-07T16:00:00Z": "selection.outside_phase",
	} {
		if key := drop(at); key != want {
			t.Errorf("at %s: %q", at, key)
		}
	}
}

func TestARefusalNamesThePhaseAndItsDays(t *testing.T) {
	h := onSQLite(t)
	_, err := h.Open(t.Context(), province, opening())
	must(t, err)
	h.on("2023-05-09")
	var told *domain.Error
	err = timedActs["object"].do(h, t, selection.Permit{})
	if !errors.As(err, &told) || told.Kind != domain.KindConflict || told.Params["phase"] != "publicity" || told.Params["from"] != "2023-06-05" || told.Params["to"] != "2023-06-20" || told.Params["today"] != "2023-05-09" {
		t.Errorf("%+v", told)
	}
}

// After the lock nothing changes, with whatever reason, by whomever; everything can still be read.
func TestAfterTheLockNothingChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-13")
		locked := got[domain.Selection](t)(h.Lock(ctx, province, round, 1, selection.Permit{}))
		before := h.ledgerLength(t)
		for what, act := range timedActs {
			refused(t, what, act.do(h, t, selection.Permit{}), "selection.locked")
			refused(t, what+" with a reason", act.do(h, t, late), "selection.locked")
		}
		for what, err := range map[string]error{
			"the calendar": err2(h.SetCalendar(ctx, province, round, locked.Version, domain.Calendar{})),
			"the aims":     err2(h.SetAims(ctx, province, round, locked.Version, selection.Aims{})),
			"a withdrawal": err2(h.Withdraw(ctx, province, round, "K3", 5, "病了", late)),
		} {
			refused(t, what, err, "selection.locked")
		}
		if after := h.ledgerLength(t); after != before {
			t.Errorf("what was refused left %d entries", after-before)
		}
		over := got[selection.Overview](t)(h.Overview(ctx, province, round))
		if over.Status != domain.SelectionLocked || over.Version != 2 || over.ListHash != locked.ListHash || over.Outcomes[domain.OutcomeChosen] != 4 || over.Outcomes[domain.OutcomeReserve] != 2 {
			t.Errorf("%+v", over)
		}
		if list := got[selection.Published](t)(h.PublicList(ctx, township, round)); len(list.Rows) != 4 {
			t.Errorf("%+v", list)
		}
	})
}

// entries are the ledger's.
func (h *gateHouse) entries(t *testing.T) (all []domain.LedgerEntry) {
	t.Helper()
	must(t, h.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		all, err = store.LedgerFrom(tx, 1, 1000)
		return err
	}))
	return all
}

func (h *gateHouse) ledgerLength(t *testing.T) int { return len(h.entries(t)) }

// Every step of the gate leaves its entry, with the policy's basis and without anybody's name or what was said of them.
func TestTheLedgerOfTheGate(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.upTo(t, "2023-06-13")
		_, err := h.Lock(t.Context(), province, round, 1, selection.Permit{})
		must(t, err)
		counts := map[string]int{}
		for _, e := range h.entries(t) {
			counts[e.Action]++
			if e.Policy != "43-p1" || !strings.HasPrefix(e.Subject, "round/"+round) || e.Actor == "" {
				t.Errorf("%+v", e)
			}
			for _, private := range []string{"人K", "人P", "踏实", "谈话了解", "甲、乙", "熟悉农村", "名额已满"} {
				if strings.Contains(e.Detail+e.Subject, private) {
					t.Errorf("the ledger tells %q: %s", private, e.Detail)
				}
			}
		}
		for action, want := range map[string]int{"open": 1, "fix_villages": 1, "set_quotas": 2, "nominate": 6, "check": 1, "judge": 6, "clear": 12, "interview": 6, "choose": 6, "publish": 1, "lock": 1} {
			if got := counts["selection."+action]; got != want {
				t.Errorf("%d entries of %s, want %d", got, action, want)
			}
		}
	})
}

// The reason for acting outside the calendar stands in the ledger, and nowhere where none was needed.
func TestTheLedgerKeepsTheReason(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-12")
	must(t, h.FixVillages(t.Context(), province, round, choicesOf(villages[0]), late))
	all := h.entries(t)
	for i, e := range all {
		if told := strings.Contains(e.Detail, late.Override); told != (i == len(all)-1) {
			t.Errorf("%s: %s", e.Action, e.Detail)
		}
	}
}
