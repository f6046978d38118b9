package selection_test

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// edit writes a cadre of UK anew in the registry.
func (h *gateHouse) edit(t *testing.T, cadre string, values map[string]string) {
	t.Helper()
	h.write(t, func(tx *store.Tx) error {
		whole, err := store.WholeRecords(tx, catalogue.Cadre, []string{cadre})
		if err != nil {
			return err
		}
		record := cadreRecord(cadre, "UK", values)
		record.Version = whole[cadre].Version + 1
		return store.PutRecords(tx, catalogue.Cadre, []catalogue.Record{record})
	})
}

func keysOf(d selection.Dossier) []string {
	var keys []string
	for _, o := range d.Obstacles {
		key := strings.TrimPrefix(o.Key, "obstacle.")
		for _, name := range []string{"rule", "body"} {
			if v, named := o.Params[name]; named {
				key += " " + v.(string)
			}
		}
		keys = append(keys, key)
	}
	return keys
}

func TestChecksAndWhatPeopleSay(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-12")
		_, err := h.Nominate(ctx, here, round, nominees("OLD", "ILL", "K0", "K1", "TEACHER"), selection.Permit{})
		must(t, err)
		must(t, h.Declare(ctx, here, domain.Relation{Cadre: "K0", Relative: "K1", Kind: domain.RelationSpouse}))
		if bare := keysOf(h.nominee(t, "K0")); !slices.Contains(bare, "unchecked") {
			t.Errorf("%v", bare)
		}
		sum := got[selection.CheckSummary](t)(h.RunChecks(ctx, here, round, nil, selection.Permit{}))
		if sum != (selection.CheckSummary{Checked: 5, Failed: 2, Open: 3}) {
			t.Errorf("%+v", sum)
		}
		for cadre, want := range map[string][]string{
			"OLD": {"failed max_age", "needs_person judge.style"}, "ILL": {"failed health_fit", "needs_person judge.style"},
			"TEACHER": {"needs_person barred_positions", "needs_person judge.style"}, "K0": {"needs_person spouses_apart", "needs_person judge.style"},
		} {
			d := h.nominee(t, cadre)
			if keys := keysOf(d); !slices.Equal(keys[:2], want) || !slices.Equal(keys[2:], []string{"not_cleared discipline", "not_cleared organisation"}) {
				t.Errorf("%s: %q", cadre, keys)
			}
			if i := slices.IndexFunc(d.Checks, func(c domain.Check) bool { return c.Rule == "max_age" }); d.Checks[i].Policy != "43-p1" || d.Checks[i].Source.Place != "第三条" {
				t.Errorf("%+v", d.Checks[i])
			}
		}
		yes := selection.Verdict{Pass: true, Reason: "已核实"}
		refused(t, "a word on a fail", h.Judge(ctx, here, round, "OLD", "max_age", yes, selection.Permit{}), "selection.nothing_to_judge")
		refused(t, "a word without a reason", h.Judge(ctx, here, round, "K0", "spouses_apart", selection.Verdict{Pass: true}, selection.Permit{}), "selection.reason_needed")
		must(t, h.Judge(ctx, here, round, "K0", "spouses_apart", yes, selection.Permit{}))
		must(t, h.Judge(ctx, here, round, "K0", "judge.style", selection.Verdict{Reason: "群众反映不好"}, selection.Permit{}))
		if keys := keysOf(h.nominee(t, "K0")); keys[0] != "failed judge.style" {
			t.Errorf("%q", keys)
		}

		// The spouse leaves: the check comes out otherwise, and the word on it no longer counts.
		_, err = h.Withdraw(ctx, here, round, "K1", h.nominee(t, "K1").Version, "家庭原因", selection.Permit{})
		must(t, err)
		h.edit(t, "ILL", map[string]string{"health": "fit"})
		sum = got[selection.CheckSummary](t)(h.RunChecks(ctx, here, round, []string{"K0", "K1", "ILL"}, selection.Permit{}))
		if sum != (selection.CheckSummary{Checked: 2, Failed: 1, Open: 1}) {
			t.Errorf("%+v", sum)
		}
		if d := h.nominee(t, "K0"); len(d.Judgements) != 1 || d.Judgements[0].Rule != "judge.style" {
			t.Errorf("%+v", d.Judgements)
		}
		h.edit(t, "ILL", map[string]string{"valid_to": "2023-01-01"})
		h.edit(t, "K0", map[string]string{"unit": "UP"})
		got[selection.CheckSummary](t)(h.RunChecks(ctx, province, round, []string{"K0", "ILL"}, selection.Permit{}))
		for _, cadre := range []string{"K0", "ILL"} {
			if keys := keysOf(h.nominee(t, cadre)); keys[0] != "failed on_register" {
				t.Errorf("%s: %q", cadre, keys)
			}
		}
		_, err = h.RunChecks(ctx, there, round, []string{"K0"}, selection.Permit{})
		refused(t, "nominees elsewhere", err, "nominee.not_found")
	})
}

func TestALocalRuleHoldsForLocalNominees(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.write(t, func(tx *store.Tx) error {
			return store.InsertPolicyObject(tx, domain.PolicyObject{ID: "431222-p1", Region: home, Name: "县办法", Status: domain.PolicyInForce, Version: 1, ValidFrom: "2023-02-01",
				Source: domain.PolicySource{Document: "县办法"}, Values: map[string]domain.PolicyValue{"max_age": {Number: 30}, "clearance_bodies": {Items: []string{"discipline", "organisation", "police"}}}})
		})
		h.upTo(t, "2023-05-20")
		local, other := h.nominee(t, "K0"), h.nominee(t, "P0")
		if !slices.Equal(local.Standing.Failed, []string{"max_age"}) || local.Checks[0].Policy != "431222-p1" || !slices.Contains(local.Bodies, "police") {
			t.Errorf("%+v %v", local.Checks[0], local.Bodies)
		}
		if len(other.Standing.Failed) > 0 || other.Checks[0].Policy != "43-p1" || slices.Contains(other.Bodies, "police") {
			t.Errorf("%+v %v", other.Checks[0], other.Bodies)
		}
	})
}

func TestClearance(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-20")
		step := domain.Clearance{Round: round, Cadre: "K0", Body: "discipline", Outcome: domain.ClearancePending}
		clear := func(c domain.Clearance) error { _, err := h.Clear(ctx, here, c, selection.Permit{}); return err }
		for key, spoil := range map[string]func(*domain.Clearance){
			"selection.unknown_body":       func(c *domain.Clearance) { c.Body = "us" },
			"selection.bad_clearance":      func(c *domain.Clearance) { c.Outcome = "maybe" },
			"selection.file_number_needed": func(c *domain.Clearance) { c.Outcome = domain.ClearanceClear },
			"selection.reason_needed":      func(c *domain.Clearance) { c.Outcome, c.FileNumber = domain.ClearanceObjects, "函2号" },
			"nominee.not_found":            func(c *domain.Clearance) { c.Cadre = "nobody" },
			"selection.changed":            func(c *domain.Clearance) { c.Version = 4 },
		} {
			c := step
			spoil(&c)
			refused(t, key, clear(c), key)
		}
		must(t, clear(step))
		if keys := keysOf(h.nominee(t, "K0")); !slices.Contains(keys, "not_cleared discipline") {
			t.Errorf("asked, not answered: %q", keys)
		}
		step.Version, step.Outcome, step.FileNumber, step.Note = 1, domain.ClearanceObjects, "函2号", "正在核查"
		must(t, clear(step))
		police := domain.Clearance{Round: round, Cadre: "K1", Body: "police", Outcome: domain.ClearanceObjects, FileNumber: "函3号", Note: "另案"}
		must(t, clear(police))
		if d := h.nominee(t, "K0"); !slices.Contains(keysOf(d), "body_objects discipline") || d.Clearances[0].By != here.ID {
			t.Errorf("%q", keysOf(d))
		}
		if keys := keysOf(h.nominee(t, "K1")); !slices.Contains(keys, "body_objects police") {
			t.Errorf("a body that was not asked for: %q", keys)
		}
		step.Version, step.Outcome = 2, domain.ClearanceClear
		must(t, clear(step))
		if keys := keysOf(h.nominee(t, "K0")); slices.ContainsFunc(keys, func(k string) bool { return strings.HasSuffix(k, "discipline") }) {
			t.Errorf("cleared: %q", keys)
		}
		for what, i := range map[string]domain.Interview{
			"a day to come": {Day: "2023-05-21", Interviewers: "甲", Note: "好", Score: -1}, "no day": {Interviewers: "甲", Note: "好"}, "nobody": {Day: "2023-05-20", Note: "好"},
			"no note": {Day: "2023-05-20", Interviewers: "甲"}, "a score too high": {Day: "2023-05-20", Interviewers: "甲", Note: "好", Score: 101},
		} {
			i.Round, i.Cadre = round, "K0"
			_, err := h.AddInterview(ctx, here, i, selection.Permit{})
			refused(t, what, err, "selection.bad_interview")
		}
	})
}
