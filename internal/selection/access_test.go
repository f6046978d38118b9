package selection_test

import (
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

var late = selection.Permit{Override: "领导小组同意补办"}

func TestOutsideItsPhaseNothingHappensWithoutAReason(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-12")
		acts := map[string]func(who domain.Account, p selection.Permit) error{
			"fix villages": func(who domain.Account, p selection.Permit) error {
				return h.FixVillages(ctx, who, round, choicesOf(villages[0]), p)
			},
			"drop villages": func(who domain.Account, p selection.Permit) error { return h.DropVillages(ctx, who, round, nil, p) },
			"write needs": func(who domain.Account, p selection.Permit) error {
				_, err := h.WriteNeeds(ctx, who, round, villages[0], selection.NeedDraft{}, p)
				return err
			},
			"clear": func(who domain.Account, p selection.Permit) error {
				_, err := h.Clear(ctx, who, domain.Clearance{Round: round, Cadre: "nobody"}, p)
				return err
			},
			"choose": func(who domain.Account, p selection.Permit) error {
				_, err := h.Choose(ctx, who, round, nil, p)
				return err
			},
			"publish": func(who domain.Account, p selection.Permit) error {
				_, err := h.Publish(ctx, who, round, p)
				return err
			},
			"lock": func(who domain.Account, p selection.Permit) error {
				_, err := h.Lock(ctx, who, round, 1, p)
				return err
			},
			"object": func(who domain.Account, p selection.Permit) error {
				_, err := h.Object(ctx, who, domain.Objection{Round: round, Cadre: "nobody"}, p)
				return err
			},
		}
		for what, do := range acts {
			refused(t, what, do(province, selection.Permit{}), "selection.outside_phase")
			refused(t, what+" by the county", do(here, late), "access.outside_scope")
		}
		must(t, acts["fix villages"](province, late))
		must(t, acts["write needs"](province, late))
		refused(t, "with a reason, but nobody is there", acts["clear"](province, late), "nominee.not_found")
		refused(t, "with a reason, but nobody is chosen", acts["publish"](province, late), "selection.nobody_chosen")
	})
}

func TestWhoSeesWhom(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-20")
		_, err := h.Nominate(ctx, there, round, nominees("O1"), late)
		refused(t, "an override by a county", err, "access.outside_scope")
		for who, want := range map[*domain.Account]int{&province: 6, &ownCity: 4, &here: 4, &there: 0, &unitUK: 4} {
			page, total, err := h.Nominations(ctx, *who, selection.NominationQuery{Round: round, Limit: 100})
			if err != nil || total != want || len(page) != want {
				t.Errorf("%s sees %d, %v", who.ID, total, err)
			}
		}
		if _, total, err := h.Nominations(ctx, unitUK, selection.NominationQuery{Round: round, Unit: "UP"}); err != nil || total != 0 {
			t.Errorf("a unit sees another's: %d, %v", total, err)
		}
		for what, f := range map[string]func() error{
			"a county above":  func() error { _, err := h.Dossier(ctx, here, round, "P0"); return err },
			"a county beside": func() error { _, err := h.Dossier(ctx, there, round, "K0"); return err },
			"a unit":          func() error { _, err := h.Dossier(ctx, unitUK, round, "P0"); return err },
			"judging beside": func() error {
				return h.Judge(ctx, there, round, "K0", "judge.style", selection.Verdict{Pass: true, Reason: "x"}, selection.Permit{})
			},
			"clearing above": func() error {
				_, err := h.Clear(ctx, here, domain.Clearance{Round: round, Cadre: "P0", Body: "police"}, selection.Permit{})
				return err
			},
			"withdrawing else": func() error { _, err := h.Withdraw(ctx, there, round, "K0", 2, "x", selection.Permit{}); return err },
		} {
			refused(t, what, f(), "nominee.not_found")
		}
		for what, f := range map[string]func() error{
			"a township's nominees": func() error {
				_, _, err := h.Nominations(ctx, township, selection.NominationQuery{Round: round})
				return err
			},
			"a unit's ranking":     func() error { _, err := h.Ranking(ctx, unitUK, round); return err },
			"a unit's choice":      func() error { _, err := h.Choose(ctx, unitUK, round, nil, selection.Permit{}); return err },
			"a unit's checks":      func() error { _, err := h.RunChecks(ctx, unitUK, round, nil, selection.Permit{}); return err },
			"a unit's proposal":    func() error { _, err := h.Propose(ctx, unitUK, round); return err },
			"a unit's composition": func() error { _, err := h.Composition(ctx, unitUK, round, nil); return err },
			"a unit without a unit": func() error {
				_, err := h.Dossier(ctx, account("x", domain.RoleUnitOffice, home, ""), round, "K0")
				return err
			},
		} {
			refused(t, what, f(), "access.role_forbids")
		}
		_, err = h.Dossier(ctx, domain.Account{}, round, "K0")
		refused(t, "somebody not signed in", err, "access.signed_out")
		h.assess(t)
		full, bare := h.nominee(t, "K0"), got[selection.Dossier](t)(h.Dossier(ctx, unitUK, round, "K0"))
		if len(full.Interviews) != 1 || len(full.Clearances) != 2 || len(full.Judgements) != 1 || len(bare.Interviews)+len(bare.Clearances)+len(bare.Judgements) > 0 || len(bare.Checks) == 0 {
			t.Errorf("the unit is told %+v", bare)
		}
		outside := account("y", domain.RoleProvinceOffice, "440000000000", "")
		_, err = h.Overview(ctx, outside, round)
		refused(t, "another province", err, "selection.not_found")
		if seen, err := h.Selections(ctx, outside); err != nil || len(seen) != 0 {
			t.Errorf("%v, %v", seen, err)
		}
		if seen, err := h.Selections(ctx, township); err != nil || len(seen) != 1 {
			t.Errorf("%v, %v", seen, err)
		}
	})
}

// Nobody decides on themselves or on somebody tied to them, whatever the decision.
func TestNobodyDecidesOnTheirOwnCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-20")
		must(t, h.Link(ctx, province, domain.AccountLink{Account: here.ID, Cadre: "K0"}))
		must(t, h.Link(ctx, province, domain.AccountLink{Account: unitUK.ID, Cadre: "K4"}))
		must(t, h.Declare(ctx, here, domain.Relation{Cadre: "K1", Relative: "K0", Kind: domain.RelationKin}))
		version := func(cadre string) int64 { return h.nominee(t, cadre).Version }
		decisions := map[string]func(who domain.Account, cadre string) error{
			"judge": func(who domain.Account, cadre string) error {
				return h.Judge(ctx, who, round, cadre, "judge.style", selection.Verdict{Pass: true, Reason: "好"}, selection.Permit{})
			},
			"clear": func(who domain.Account, cadre string) error {
				_, err := h.Clear(ctx, who, domain.Clearance{Round: round, Cadre: cadre, Body: "health", Outcome: domain.ClearancePending}, selection.Permit{})
				return err
			},
			"interview": func(who domain.Account, cadre string) error {
				_, err := h.AddInterview(ctx, who, domain.Interview{Round: round, Cadre: cadre, Day: "2023-05-20", Interviewers: "甲", Note: "好", Score: 90}, selection.Permit{})
				return err
			},
			"withdraw": func(who domain.Account, cadre string) error {
				_, err := h.Withdraw(ctx, who, round, cadre, version(cadre), "不去了", selection.Permit{})
				return err
			},
		}
		for _, what := range []string{"judge", "clear", "interview", "withdraw"} {
			decide := decisions[what]
			refused(t, what+" oneself", decide(here, "K0"), "selection.own_case")
			refused(t, what+" a relative", decide(here, "K1"), "selection.relatives_case")
			must(t, decide(here, "K2"))
		}
		h.on("2023-05-19")
		_, err := h.Nominate(ctx, unitUK, round, nominees("K4"), selection.Permit{})
		refused(t, "nominating oneself", err, "selection.own_case")
		h.on("2023-06-02")
		for cadre, key := range map[string]string{"K0": "selection.own_case", "K1": "selection.relatives_case"} {
			_, err := h.Choose(ctx, here, round, []selection.Choice{{Cadre: cadre, Version: version(cadre), Outcome: domain.OutcomeNotChosen, Reason: "x"}}, selection.Permit{})
			refused(t, "choosing "+cadre, err, key)
		}
		refused(t, "taking the own tie back", h.Undeclare(ctx, here, "K0", "K1"), "selection.own_case")
		refused(t, "changing the own link", h.Link(ctx, here, domain.AccountLink{Account: here.ID}), "selection.own_case")
		must(t, h.Undeclare(ctx, province, "K0", "K1"))
		refused(t, "a tie that is gone", h.Undeclare(ctx, province, "K0", "K1"), "relation.not_found")
	})
}

func TestTheOwnCaseAtTheEndOfTheGate(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-06-12")
		must(t, h.Store.Write(ctx, link(province.ID, "K3")))
		o := got[domain.Objection](t)(h.Object(ctx, province, domain.Objection{Round: round, Cadre: "K3", Day: "2023-06-12", Text: "反映"}, selection.Permit{}))
		_, err := h.DecideObjection(ctx, province, selection.Decision{Round: round, ID: o.ID, Version: 1, Reason: "不实"}, selection.Permit{})
		refused(t, "the objection to oneself", err, "selection.own_case")
		_, err = h.DecideObjection(ctx, here, selection.Decision{Round: round, ID: o.ID, Version: 1, Reason: "不实"}, selection.Permit{})
		must(t, err)
		h.on("2023-06-13")
		_, err = h.Lock(ctx, province, round, 1, selection.Permit{})
		refused(t, "locking a list that one is on", err, "selection.own_case")
		must(t, h.Store.Write(ctx, link(province.ID, "")))
		_, err = h.Lock(ctx, province, round, 1, selection.Permit{})
		must(t, err)
	})
}

func TestTiesAndLinks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		good := domain.Relation{Cadre: "K0", Relative: "O1", Kind: domain.RelationInLaw}
		must(t, h.Declare(ctx, here, good))
		for what, c := range map[string]struct {
			err error
			key string
		}{
			"with oneself":     {h.Declare(ctx, here, domain.Relation{Cadre: "K0", Relative: "K0", Kind: domain.RelationKin}), "relation.bad"},
			"of no kind":       {h.Declare(ctx, here, domain.Relation{Cadre: "K0", Relative: "K1", Kind: "friends"}), "relation.bad"},
			"twice":            {h.Declare(ctx, there, domain.Relation{Cadre: "O1", Relative: "K0", Kind: domain.RelationKin}), "store.duplicate"},
			"of others":        {h.Declare(ctx, there, domain.Relation{Cadre: "K0", Relative: "K1", Kind: domain.RelationKin}), "cadre.not_found"},
			"with nobody":      {h.Declare(ctx, here, domain.Relation{Cadre: "K0", Relative: "nobody", Kind: domain.RelationKin}), "store.unknown_reference"},
			"by a township":    {h.Declare(ctx, township, good), "access.role_forbids"},
			"back by a unit":   {h.Undeclare(ctx, unitUK, "K0", "O1"), "access.role_forbids"},
			"a link elsewhere": {h.Link(ctx, there, domain.AccountLink{Account: here.ID, Cadre: "K0"}), "account.not_found"},
			"a link of nobody": {h.Link(ctx, province, domain.AccountLink{Account: "nobody", Cadre: "K0"}), "account.not_found"},
			"a link to nobody": {h.Link(ctx, province, domain.AccountLink{Account: here.ID, Cadre: "nobody"}), "store.unknown_reference"},
			"a unit's link":    {h.Link(ctx, unitUK, domain.AccountLink{Account: here.ID, Cadre: "K0"}), "access.role_forbids"},
		} {
			refused(t, what, c.err, c.key)
		}
		found, err := h.Relations(ctx, there, "O1")
		if err != nil || len(found) != 1 || found[0].Kind != domain.RelationInLaw || found[0].DeclaredBy != here.ID {
			t.Errorf("%+v, %v", found, err)
		}
		_, err = h.Relations(ctx, there, "K0")
		refused(t, "ties elsewhere", err, "cadre.not_found")
		_, err = h.Relations(ctx, unitUK, "K0")
		refused(t, "a unit's look", err, "access.role_forbids")
	})
}
