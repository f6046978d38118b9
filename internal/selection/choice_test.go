package selection_test

import (
	"fmt"
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

func TestRankingShowsItsParts(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.upTo(t, "2023-06-01")
		rows := got[[]selection.Ranked](t)(h.Ranking(t.Context(), province, round))
		if len(rows) != 6 {
			t.Fatalf("%d rows", len(rows))
		}
		var told []string
		for _, r := range rows {
			sum := int64(0)
			for _, p := range r.Parts {
				sum += p.Points
			}
			if sum != r.Total || len(r.Obstacles) > 0 {
				t.Errorf("%+v", r)
			}
			told = append(told, fmt.Sprint(r.Cadre, r.Total))
		}
		// rural years × 30 (K0–K3: 0–3, P: 3), farming 70 × 3, the interview (60 to 65) × 4, party 100, the young pool 200 (P1)
		if want := []string{"P1860", "P0656", "K3652", "K2618", "K1584", "K0550"}; !slices.Equal(told, want) {
			t.Errorf("%v", told)
		}
		if below := got[[]selection.Ranked](t)(h.Ranking(t.Context(), here, round)); len(below) != 4 || below[0].Cadre != "K3" || below[0].Place != 1 {
			t.Errorf("%+v", below)
		}
	})
}

func TestProposalAndChoice(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-01")
		told := func(choices []selection.Choice) (said []string) {
			for _, c := range choices {
				said = append(said, fmt.Sprint(c.Cadre, " ", c.Outcome, c.ReservePlace))
			}
			return said
		}
		proposed := got[[]selection.Choice](t)(h.Propose(ctx, province, round))
		if want := []string{"P1 chosen0", "P0 chosen0", "K3 chosen0", "K2 chosen0", "K1 reserve1", "K0 reserve2"}; !slices.Equal(told(proposed), want) {
			t.Errorf("%q", told(proposed))
		}
		if own := told(got[[]selection.Choice](t)(h.Propose(ctx, here, round))); !slices.Equal(own, []string{"K3 chosen0", "K2 chosen0", "K1 chosen0", "K0 chosen0"}) {
			t.Errorf("the county's: %q", own)
		}
		choose := func(who domain.Account, cs ...selection.Choice) error {
			for i := range cs {
				cs[i].Version = h.nominee(t, cs[i].Cadre).Version
			}
			_, err := h.Choose(ctx, who, round, cs, selection.Permit{})
			return err
		}
		chosen := func(cadres ...string) (cs []selection.Choice) {
			for _, c := range cadres {
				cs = append(cs, selection.Choice{Cadre: c, Outcome: domain.OutcomeChosen})
			}
			return cs
		}
		for what, c := range map[string]struct {
			err error
			key string
		}{
			"more than posts":        {choose(province, chosen("K0", "K1", "K2", "K3", "P0")...), "selection.posts_full"},
			"no such outcome":        {choose(province, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeWithdrawn}), "selection.bad_outcome"},
			"no reason":              {choose(province, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeNotChosen}), "selection.reason_needed"},
			"a reserve of no place":  {choose(province, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeReserve}), "selection.bad_reserve_place"},
			"a place of no reserve":  {choose(province, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeChosen, ReservePlace: 1}), "selection.bad_reserve_place"},
			"two in one place":       {choose(province, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeReserve, ReservePlace: 1}, selection.Choice{Cadre: "K1", Outcome: domain.OutcomeReserve, ReservePlace: 1}), "selection.reserve_place_taken"},
			"somebody out of sight":  {choose(here, chosen("P0")...), "nominee.not_found"},
			"somebody out of reach":  {choose(there, chosen("K0")...), "nominee.not_found"},
			"a choice by a township": {choose(township, chosen("K0")...), "access.role_forbids"},
		} {
			refused(t, what, c.err, c.key)
		}
		_, err := h.Choose(ctx, province, round, []selection.Choice{{Cadre: "K0", Version: 1, Outcome: domain.OutcomeChosen}}, selection.Permit{})
		refused(t, "an old version", err, "selection.changed")
		must(t, choose(here, chosen("K0")...))
		must(t, choose(here, selection.Choice{Cadre: "K0", Outcome: domain.OutcomeNotChosen, Reason: "名额已满"}))
		if d := h.nominee(t, "K0"); d.Outcome != domain.OutcomeNotChosen || d.OutcomeWhy != "名额已满" || d.DecidedBy != here.ID {
			t.Errorf("%+v", d.Nomination)
		}
		quotas := got[[]domain.Quota](t)([]domain.Quota{{Unit: "UP", Places: 2, MaxTeams: 3, Version: 1}}, nil)
		must(t, h.SetQuotas(ctx, province, round, quotas, late))
		_, err = h.Clear(ctx, province, domain.Clearance{Round: round, Cadre: "K1", Body: "police", Outcome: domain.ClearanceObjects, FileNumber: "函9号", Note: "在查"}, late)
		must(t, err)
		refused(t, "somebody whom a body objects to", choose(province, chosen("K1")...), "selection.unfit")
		refused(t, "in reserve too", choose(province, selection.Choice{Cadre: "K1", Outcome: domain.OutcomeReserve, ReservePlace: 1}), "selection.unfit")
	})
}

func TestCompositionIsLive(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-01")
		// Of those chosen from county units 60 % are to have two rural years: K2 and K3 have them.
		choices := []selection.Choice{{Cadre: "K0", Outcome: domain.OutcomeChosen}, {Cadre: "K1", Outcome: domain.OutcomeChosen}, {Cadre: "P0", Outcome: domain.OutcomeChosen}}
		report, err := h.Composition(ctx, province, round, choices)
		if err != nil || report.Members != 3 || len(report.Goals) != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		if g := report.Goals[0]; g.Members != 2 || g.Needed != 2 || g.Having != 0 || g.Short != 2 || len(report.Swaps) != 2 || report.StillShort != 0 || report.Swaps[0].In != "K3" || report.Swaps[0].Out != "K0" {
			t.Errorf("%+v", report)
		}
		choices[0].Cadre, choices[1].Cadre = "K2", "K3"
		if report, err = h.Composition(ctx, province, round, choices); err != nil || report.Goals[0].Short != 0 || len(report.Swaps) != 0 {
			t.Errorf("%+v, %v", report, err)
		}
		h.choose(t)
		if report, err = h.Composition(ctx, province, round, nil); err != nil || report.Members != 4 || report.Goals[0].Having != 2 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

func TestPublicationAndObjections(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-06")
		p := got[selection.Published](t)(h.PublicList(ctx, unitUK, round))
		if !p.Running || p.From != "2023-06-05" || p.To != "2023-06-13" || p.Number != 1 || !slices.Equal(p.Cadres, []string{"K2", "K3", "P0", "P1"}) {
			t.Errorf("%+v", p)
		}
		_, err := h.Publish(ctx, here, round, selection.Permit{})
		refused(t, "by an office below", err, "access.outside_scope")
		for what, c := range map[string]struct {
			o   domain.Objection
			key string
		}{
			"of nothing":     {domain.Objection{Cadre: "K2", Day: "2023-06-06"}, "selection.bad_objection"},
			"from tomorrow":  {domain.Objection{Cadre: "K2", Day: "2023-06-07", Text: "x"}, "selection.bad_objection"},
			"from before":    {domain.Objection{Cadre: "K2", Day: "2023-06-04", Text: "x"}, "selection.publicity_over"},
			"to the reserve": {domain.Objection{Cadre: "K1", Day: "2023-06-06", Text: "x"}, "selection.not_published"},
			"to nobody":      {domain.Objection{Cadre: "nobody", Day: "2023-06-06", Text: "x"}, "nominee.not_found"},
		} {
			c.o.Round = round
			_, err := h.Object(ctx, province, c.o, selection.Permit{})
			refused(t, what, err, c.key)
		}
		o := got[domain.Objection](t)(h.Object(ctx, here, domain.Objection{Round: round, Cadre: "K2", Day: "2023-06-06", From: "村民", Text: "经商", Status: domain.ObjectionDismissed}, selection.Permit{}))
		if o.Status != domain.ObjectionOpen || o.RecordedBy != here.ID {
			t.Errorf("%+v", o)
		}
		_, err = h.DecideObjection(ctx, there, selection.Decision{Round: round, ID: o.ID, Version: 1, Reason: "x"}, selection.Permit{})
		refused(t, "decided beside", err, "nominee.not_found")
		_, err = h.DecideObjection(ctx, here, selection.Decision{Round: round, ID: "nothing", Version: 1, Reason: "x"}, selection.Permit{})
		refused(t, "nothing to decide", err, "objection.not_found")
		_, err = h.DecideObjection(ctx, here, selection.Decision{Round: round, ID: o.ID, Version: 1, Uphold: true, Reason: "属实"}, selection.Permit{})
		must(t, err)
		if keys := keysOf(h.nominee(t, "K2")); !slices.Equal(keys, []string{"objection_upheld"}) {
			t.Errorf("%q", keys)
		}
		_, err = h.Publish(ctx, province, round, selection.Permit{})
		refused(t, "publishing somebody who is barred", err, "selection.unfit")
		change := func(cadre string, outcome domain.Outcome, reason string) {
			t.Helper()
			_, err := h.Choose(ctx, province, round, []selection.Choice{{Cadre: cadre, Version: h.nominee(t, cadre).Version, Outcome: outcome, Reason: reason}}, late)
			must(t, err)
		}
		change("K2", domain.OutcomeNotChosen, "异议成立")
		change("K1", domain.OutcomeChosen, "")
		again := got[domain.Publicity](t)(h.Publish(ctx, province, round, selection.Permit{}))
		if again.Number != 2 || again.From != "2023-06-06" || again.To != "2023-06-14" || again.ListHash == p.ListHash {
			t.Errorf("%+v", again)
		}
	})
}
