package selection_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"jieli/internal/dispatch"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// The whole gate, from the villages to a plan that dispatch makes of the final list.
func TestTheWholePath(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-13")
		p := got[selection.Published](t)(h.PublicList(ctx, township, round))
		if p.To != "2023-06-13" || p.Running || len(p.Rows) != 4 || p.Rows[0].Name == "" || p.Rows[0].UnitName == "" || p.Rows[0].Position == "" {
			t.Fatalf("%+v", p)
		}
		before := got[selection.Overview](t)(h.Overview(ctx, province, round))
		locked, err := h.Lock(ctx, province, round, before.Version, selection.Permit{})
		if err != nil {
			t.Fatal(err)
		}
		lines := &strings.Builder{}
		for _, r := range p.Rows {
			fmt.Fprintf(lines, "%s,%s,true\n", r.Cadre, map[byte]string{'K': "UK", 'P': "UP"}[r.Cadre[0]])
		}
		sum := sha256.Sum256([]byte(lines.String()))
		if locked.Status != domain.SelectionLocked || locked.ListHash != hex.EncodeToString(sum[:]) || locked.LockedBy != province.ID {
			t.Errorf("%+v\n%s", locked, lines)
		}
		_, err = h.Withdraw(ctx, province, round, "K3", 1, "晚了", selection.Permit{Override: "补办"})
		refused(t, "a change after the lock", err, "selection.locked")
		h.holdsInTheStore(t, locked, p.Cadres)

		plan, err := dispatch.Service{Store: h.Store}.PlanRound(ctx, "province", round, dispatch.Settings{Workers: 1, Seed: 1})
		if err != nil || plan.Members != 4 || plan.Policy != "43-p1" || plan.Teams == 0 {
			t.Errorf("%+v, %v", plan, err)
		}
	})
}

// holdsInTheStore holds the round's candidates and the ledger against the locked list.
func (h *gateHouse) holdsInTheStore(t *testing.T, locked domain.Selection, cadres []string) {
	t.Helper()
	must(t, h.Store.Read(t.Context(), func(tx *store.Tx) error {
		in, err := store.RoundInput(tx, round)
		if err != nil {
			return err
		}
		if len(in.Candidates) != len(cadres) || in.Policy.ID != locked.Policy || in.Policy.Values["max_age"] != 55 {
			t.Errorf("%d candidates under %+v", len(in.Candidates), in.Policy)
		}
		for i, c := range in.Candidates {
			if c.ID != cadres[i] || !c.Fit || c.Grade != 6 || len(c.Skills) != len(skills) {
				t.Errorf("%+v", c)
			}
		}
		last, _, err := store.LastLedger(tx)
		if last.Action != "selection.lock" || last.Policy != locked.Policy || !strings.Contains(last.Detail, locked.ListHash) {
			t.Errorf("%+v", last)
		}
		return err
	}))
	report, err := ledger.Verify(t.Context(), h.Store)
	if err != nil || report.Entries < 20 {
		t.Errorf("%+v, %v", report, err)
	}
}

// What has to come first is asked for by name.
func TestTheOrderOfTheGate(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		_, err := h.Open(ctx, province, opening())
		must(t, err)
		h.on("2023-05-10")
		refused(t, "quotas before villages", h.SetQuotas(ctx, province, round, nil, selection.Permit{}), "selection.no_villages")
		_, err = h.Nominate(ctx, province, round, nominees("P0"), selection.Permit{})
		refused(t, "nominees before villages", err, "selection.no_villages")
		h.on("2023-05-01")
		must(t, h.FixVillages(ctx, province, round, choicesOf(villages...), selection.Permit{}))
		h.on("2023-05-12")
		_, err = h.Nominate(ctx, province, round, nominees("P0"), selection.Permit{})
		refused(t, "nominees before a quota", err, "selection.no_quota")
		h.on("2023-06-13")
		_, err = h.PublicList(ctx, province, round)
		refused(t, "no list yet", err, "publicity.not_found")
		_, err = h.Lock(ctx, province, round, 1, selection.Permit{})
		refused(t, "a lock before publication", err, "publicity.not_found")
		_, err = h.Publish(ctx, province, round, selection.Permit{})
		refused(t, "publishing nobody", err, "selection.nobody_chosen")
	})
}

func TestWhatStandsInTheWayOfTheLock(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-12")
		version := got[selection.Overview](t)(h.Overview(ctx, province, round)).Version
		lock := func() error { _, err := h.Lock(ctx, province, round, version, selection.Permit{}); return err }
		refused(t, "while the list is published", lock(), "selection.publicity_running")
		refused(t, "by an office below", func() error { _, err := h.Lock(ctx, here, round, version, selection.Permit{}); return err }(), "access.outside_scope")

		o := got[domain.Objection](t)(h.Object(ctx, province, domain.Objection{Round: round, Cadre: "K3", Day: "2023-06-12", Text: "反映作风问题"}, selection.Permit{}))
		h.on("2023-06-13")
		refused(t, "an open objection", lock(), "selection.unfit")
		dismissed := selection.Decision{Round: round, ID: o.ID, Version: o.Version, Reason: "经查不实"}
		_, err := h.DecideObjection(ctx, province, selection.Decision{Round: round, ID: o.ID, Version: o.Version}, selection.Permit{})
		refused(t, "without a reason", err, "selection.reason_needed")
		_, err = h.DecideObjection(ctx, province, dismissed, selection.Permit{})
		must(t, err)
		_, err = h.DecideObjection(ctx, province, dismissed, selection.Permit{})
		refused(t, "twice", err, "selection.objection_decided")
		late := domain.Objection{Round: round, Cadre: "K3", Day: "2023-06-13", Text: "又反映"}
		_, err = h.Object(ctx, province, late, selection.Permit{})
		refused(t, "an objection after the end", err, "selection.publicity_over")

		n := h.nominee(t, "K3")
		_, err = h.Choose(ctx, province, round, []selection.Choice{{Cadre: "K3", Version: n.Version, Outcome: domain.OutcomeOpen}}, selection.Permit{Override: "复核"})
		must(t, err)
		refused(t, "another list than was published", lock(), "selection.list_changed")
		_, err = h.Choose(ctx, province, round, []selection.Choice{{Cadre: "K3", Version: n.Version + 1, Outcome: domain.OutcomeChosen}}, selection.Permit{Override: "复核"})
		must(t, err)
		spare := h.nominee(t, "K0")
		_, err = h.Choose(ctx, province, round, []selection.Choice{{Cadre: "K0", Version: spare.Version, Outcome: domain.OutcomeOpen}}, selection.Permit{Override: "复核"})
		must(t, err)
		refused(t, "somebody undecided", lock(), "selection.undecided")
		_, err = h.Withdraw(ctx, province, round, "K0", spare.Version+1, "本人申请", selection.Permit{})
		must(t, err)
		version--
		refused(t, "an old version", lock(), "selection.changed")
		version++

		h.edit(t, "K3", map[string]string{"health": "unfit"})
		refused(t, "somebody whom the registry now has as unfit", lock(), "selection.unfit")
		h.edit(t, "K3", nil)
		must(t, lock())
	})
}
