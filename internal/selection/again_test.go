package selection_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// Somebody who was withdrawn and is nominated again begins anew: facts of the day, no checks, no words on them; what the
// bodies said stays, with its file number.
func TestNominatedAgainAndJudgedAnew(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-12")
		one := func(who domain.Account, n selection.Nominee) domain.Nomination {
			return got[[]domain.Nomination](t)(h.Nominate(ctx, who, round, []selection.Nominee{n}, late))[0]
		}
		one(here, selection.Nominee{Cadre: "TEACHER", Reason: "懂农业"})
		check := func() {
			t.Helper()
			got[selection.CheckSummary](t)(h.RunChecks(ctx, here, round, []string{"TEACHER"}, late))
		}
		check()
		for _, rule := range []string{"barred_positions", "judge.style"} {
			must(t, h.Judge(ctx, here, round, "TEACHER", rule, selection.Verdict{Pass: true, Reason: "行政人员"}, late))
		}
		h.on("2023-05-20")
		_, err := h.Clear(ctx, here, domain.Clearance{Round: round, Cadre: "TEACHER", Body: "discipline", Outcome: domain.ClearanceClear, FileNumber: "函1号"}, selection.Permit{})
		must(t, err)
		gone := got[domain.Nomination](t)(h.Withdraw(ctx, here, round, "TEACHER", h.nominee(t, "TEACHER").Version, "家庭原因", selection.Permit{}))
		if keys := keysOf(h.nominee(t, "TEACHER")); keys[0] != "withdrawn" {
			t.Errorf("%q", keys)
		}
		for what, err := range map[string]error{
			"a word":      h.Judge(ctx, here, round, "TEACHER", "judge.style", selection.Verdict{Pass: true, Reason: "好"}, late),
			"a talk":      err2(h.AddInterview(ctx, here, domain.Interview{Round: round, Cadre: "TEACHER", Day: "2023-05-20", Interviewers: "甲", Note: "好", Score: -1}, late)),
			"a clearance": err2(h.Clear(ctx, here, domain.Clearance{Round: round, Cadre: "TEACHER", Body: "police", Outcome: domain.ClearancePending}, late)),
			"a choice":    err2(h.Choose(ctx, here, round, []selection.Choice{{Cadre: "TEACHER", Version: gone.Version, Outcome: domain.OutcomeOpen}}, late)),
		} {
			if key := errorKey(err); key != "selection.withdrawn_already" && key != "access.outside_scope" {
				t.Errorf("%s about somebody withdrawn: %v", what, err)
			}
		}
		back := one(province, selection.Nominee{Cadre: "TEACHER", Leader: true, Reason: "本人申请恢复"})
		if !back.Leader || back.Version != gone.Version+1 || back.NominatedBy != province.ID || back.DecidedBy != "" {
			t.Errorf("%+v", back)
		}
		if d := h.nominee(t, "TEACHER"); len(d.Judgements) != 0 || len(d.Checks) != 0 || len(d.Clearances) != 1 || !slices.Equal(keysOf(d), []string{"unchecked", "not_cleared organisation"}) {
			t.Errorf("%q, %+v", keysOf(d), d)
		}
		h.on("2023-05-12")
		check()
		if keys := keysOf(h.nominee(t, "TEACHER")); !slices.Equal(keys[:2], []string{"needs_person barred_positions", "needs_person judge.style"}) {
			t.Errorf("earlier words count again: %q", keys)
		}
	})
}

// The list's hash is over a line for each of the chosen, by cadre id, leader as true or false; whoever comes from the
// reserve stands on a list that is published again.
func TestFromTheReserveToTheLockedList(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-13")
		_, err := h.Withdraw(ctx, province, round, "K1", h.nominee(t, "K1").Version, "改为队员", selection.Permit{})
		must(t, err)
		_, err = h.Nominate(ctx, here, round, []selection.Nominee{{Cadre: "K1", Reason: "队员"}}, selection.Permit{})
		must(t, err)
		_, err = h.RunChecks(ctx, here, round, []string{"K1"}, selection.Permit{})
		must(t, err)
		h.on("2023-05-20")
		h.assess(t)
		h.on("2023-06-01")
		h.choose(t)
		h.on("2023-06-05")
		h.publish(t)
		first := got[selection.Published](t)(h.PublicList(ctx, province, round))
		if spare := h.nominee(t, "K1"); spare.Outcome != domain.OutcomeReserve || spare.ReservePlace != 1 || spare.Leader {
			t.Fatalf("%+v", spare.Nomination)
		}
		h.on("2023-06-07")
		left := got[domain.Nomination](t)(h.Withdraw(ctx, here, round, "K2", h.nominee(t, "K2").Version, "病了", selection.Permit{}))
		if left.ReservePlace != 0 || left.Outcome != domain.OutcomeWithdrawn {
			t.Errorf("%+v", left)
		}
		h.on("2023-06-13")
		refused(t, "a list that somebody left", err2(h.Lock(ctx, province, round, 1, selection.Permit{})), "selection.list_changed")
		_, err = h.Choose(ctx, province, round, []selection.Choice{{Cadre: "K1", Version: h.nominee(t, "K1").Version, Outcome: domain.OutcomeChosen}}, late)
		must(t, err)
		h.on("2023-06-14") // a Wednesday: 15, 16, 19, 20, 21 June
		second := got[domain.Publicity](t)(h.Publish(ctx, province, round, selection.Permit{}))
		if second.Number != 2 || second.To != "2023-06-22" || !slices.Equal(second.Cadres, []string{"K1", "K3", "P0", "P1"}) || second.ListHash == first.ListHash {
			t.Errorf("%+v", second)
		}
		h.on("2023-06-21")
		refused(t, "on the last day of the publication", err2(h.Lock(ctx, province, round, 1, selection.Permit{})), "selection.publicity_running")
		h.on("2023-06-22")
		locked := got[domain.Selection](t)(h.Lock(ctx, province, round, 1, selection.Permit{}))
		sum := sha256.Sum256([]byte("K1,UK,false\nK3,UK,true\nP0,UP,true\nP1,UP,true\n"))
		if want := hex.EncodeToString(sum[:]); locked.ListHash != want || second.ListHash != want {
			t.Errorf("%s was locked, %s published, want %s", locked.ListHash, second.ListHash, want)
		}
		over := got[selection.Overview](t)(h.Overview(ctx, province, round))
		if len(over.Publications) != 2 || over.Outcomes[domain.OutcomeWithdrawn] != 1 || over.Outcomes[domain.OutcomeChosen] != 4 {
			t.Errorf("%+v", over)
		}
	})
}

// amend writes the province's policy anew before anything rests on it.
func (h *gateHouse) amend(t *testing.T, values map[string]domain.PolicyValue) {
	t.Helper()
	h.write(t, func(tx *store.Tx) error {
		o := provincePolicy()
		for key, v := range values {
			o.Values[key] = v
		}
		o.Version++
		return store.UpdatePolicyObject(tx, o)
	})
}

// How long a list is published is the policy's to say, and the calendar's holidays move it.
func TestThePolicySaysHowLongAListIsPublished(t *testing.T) {
	for what, c := range map[string]struct {
		days, working      int64
		holidays, workdays []string
		to                 string
	}{
		"five working days": {5, 1, nil, nil, "2023-06-13"},
		"five days":         {5, 0, nil, nil, "2023-06-11"},
		"over a holiday":    {5, 1, []string{"2023-06-08", "2023-06-09"}, nil, "2023-06-15"},
		"a Saturday worked": {5, 1, nil, []string{"2023-06-10"}, "2023-06-11"},
		"days off count":    {7, 0, []string{"2023-06-08"}, nil, "2023-06-13"},
		"a single day":      {1, 1, nil, nil, "2023-06-07"},
	} {
		t.Run(what, func(t *testing.T) {
			h := onSQLite(t)
			h.amend(t, map[string]domain.PolicyValue{"publicity_days": {Number: c.days}, "publicity_working_days": {Number: c.working}})
			h.upTo(t, "2023-06-05")
			calendar := calendarOf2023
			calendar.Holidays, calendar.Workdays = c.holidays, c.workdays
			_, err := h.SetCalendar(t.Context(), province, round, 1, calendar)
			must(t, err)
			h.publish(t)
			p := got[selection.Published](t)(h.PublicList(t.Context(), here, round))
			if p.From != "2023-06-05" || p.To != c.to || !p.Running {
				t.Errorf("from %s to %s, want %s", p.From, p.To, c.to)
			}
			h.on(c.to)
			if p := got[selection.Published](t)(h.PublicList(t.Context(), here, round)); p.Running {
				t.Errorf("objections are still taken on %s", c.to)
			}
		})
	}
}

// Whether an objection needs a name is the policy's to say.
func TestObjectionsWithAName(t *testing.T) {
	for named, want := range map[int64]string{0: "", 1: "selection.objector_needed"} {
		h := onSQLite(t)
		h.amend(t, map[string]domain.PolicyValue{"objection_named": {Number: named}})
		h.upTo(t, "2023-06-06")
		object := func(from string) error {
			return err2(h.Object(t.Context(), here, domain.Objection{Round: round, Cadre: "K3", Day: "2023-06-06", From: from, Text: "经商"}, selection.Permit{}))
		}
		if key := errorKey(object("")); key != want {
			t.Errorf("objection_named %d: without a name %q", named, key)
		}
		must(t, object("村民王某"))
		last := h.entries(t)[h.ledgerLength(t)-1]
		if last.Action != "selection.object" || !strings.Contains(last.Detail, `"named":true`) || strings.Contains(last.Detail, "王") || strings.Contains(last.Detail, "经商") {
			t.Errorf("%+v", last)
		}
	}
}

// A late objection is taken up where the office that runs the selection gives a reason, and bars until it is decided.
func TestALateObjection(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-06-13")
	o := domain.Objection{Round: round, Cadre: "P0", Day: "2023-06-13", Text: "迟到的反映"}
	refused(t, "after the end", err2(h.Object(t.Context(), province, o, selection.Permit{})), "selection.publicity_over")
	kept := got[domain.Objection](t)(h.Object(t.Context(), province, o, late))
	refused(t, "a lock with it", err2(h.Lock(t.Context(), province, round, 1, selection.Permit{})), "selection.unfit")
	decided := got[domain.Objection](t)(h.DecideObjection(t.Context(), province, selection.Decision{Round: round, ID: kept.ID, Version: 1, Reason: "经查不实"}, selection.Permit{}))
	if decided.Status != domain.ObjectionDismissed || decided.Decision != "经查不实" || decided.DecidedBy != province.ID || decided.Version != 2 {
		t.Errorf("%+v", decided)
	}
	_, err := h.Lock(t.Context(), province, round, 1, selection.Permit{})
	must(t, err)
}

// The ranking takes the mean of the talks that have a score; a talk without one says nothing.
func TestTalksInTheRanking(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-20")
	for _, score := range []int{70, -1, 81} {
		_, err := h.AddInterview(t.Context(), here, domain.Interview{Round: round, Cadre: "K0", Day: "2023-05-20", Interviewers: "甲", Note: "好", Score: score}, selection.Permit{})
		must(t, err)
	}
	_, err := h.AddInterview(t.Context(), here, domain.Interview{Round: round, Cadre: "K1", Day: "2023-05-20", Interviewers: "甲", Note: "好", Score: -1}, selection.Permit{})
	must(t, err)
	for _, r := range got[[]selection.Ranked](t)(h.Ranking(t.Context(), here, round)) {
		for _, p := range r.Parts {
			if p.Key != "s_interview" {
				continue
			}
			if want := map[string]int64{"K0": 76}[r.Cadre]; p.Figure != want || p.Known != (r.Cadre == "K0") || p.Points != want*4 {
				t.Errorf("%s: %+v", r.Cadre, p)
			}
		}
	}
}
