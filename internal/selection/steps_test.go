package selection_test

import (
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

func link(account, cadre string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return store.PutAccountLink(tx, domain.AccountLink{Account: account, Cadre: cadre})
	}
}

func TestOpening(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		for key, spoil := range map[string]func(*selection.Opening){
			"selection.bad_day":          func(o *selection.Opening) { o.Day = "5月" },
			"selection.bad_posts":        func(o *selection.Opening) { o.Posts = -1 },
			"selection.not_a_speciality": func(o *selection.Opening) { o.Preferred = []string{"flying"} },
			"selection.round_malformed":  func(o *selection.Opening) { o.ToYear = 2000 },
			"selection.no_policy":        func(o *selection.Opening) { o.Day = "2022-12-31" },
			"calendar.out_of_order": func(o *selection.Opening) {
				o.Calendar.Phases = []domain.PhaseDates{calendarOf2023.Phases[3], calendarOf2023.Phases[0]}
			},
			"access.outside_scope": func(o *selection.Opening) { o.Region = "440000000000" },
		} {
			o := opening()
			spoil(&o)
			_, err := h.Open(ctx, province, o)
			refused(t, key, err, key)
		}
		sel, err := h.Open(ctx, province, opening())
		if err != nil || sel.Policy != "43-p1" || sel.Version != 1 || sel.Status != domain.SelectionOpen {
			t.Fatalf("%+v, %v", sel, err)
		}
		_, err = h.Open(ctx, province, opening())
		refused(t, "twice", err, "selection.exists")
		_, err = h.SetAims(ctx, here, round, 1, selection.Aims{Posts: 9})
		refused(t, "aims by an office below", err, "access.outside_scope")
		sel, err = h.SetAims(ctx, province, round, 1, selection.Aims{Posts: 9, Preferred: []string{"party"}})
		if err != nil || sel.Posts != 9 || sel.Version != 2 {
			t.Errorf("%+v, %v", sel, err)
		}
		for key, aims := range map[string]selection.Aims{"selection.bad_posts": {Posts: -1}, "selection.not_a_speciality": {Preferred: []string{"x"}}} {
			_, err = h.SetAims(ctx, province, round, 2, aims)
			refused(t, key, err, key)
		}
		_, err = h.SetCalendar(ctx, province, round, 1, calendarOf2023)
		refused(t, "an old version", err, "selection.changed")
		if sel, err = h.SetCalendar(ctx, province, round, 2, domain.Calendar{}); err != nil || len(sel.Calendar.Phases) != 0 {
			t.Errorf("%+v, %v", sel, err)
		}
		refused(t, "with an empty calendar nothing is open", h.DropVillages(ctx, province, round, nil, selection.Permit{}), "selection.outside_phase")
	})
}

// A round that is there already keeps its data, and its policy where the division has no policy objects.
func TestOpeningOnARound(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.write(t, func(tx *store.Tx) error {
			if err := store.InsertPolicy(tx, domain.PolicyVersion{ID: "old", Name: "旧办法", Region: "440000000000", Source: "旧", ValidFrom: "2023-01-01", Values: map[string]int64{"max_age": 40}}); err != nil {
				return err
			}
			for id, status := range map[string]domain.RoundStatus{"planned": domain.RoundPlanning, "planned2": domain.RoundPlanning, "running": domain.RoundInForce} {
				r := domain.Round{ID: id, Name: id, FromYear: 2023, ToYear: 2025, Status: status, Specialities: skills, Policy: "old"}
				if err := store.InsertRound(tx, domain.RoundInput{Round: r}); err != nil {
					return err
				}
			}
			return nil
		})
		o := opening()
		o.Round, o.Specialities, o.Name = "planned", nil, ""
		sel, err := h.Open(ctx, province, o)
		if err != nil || sel.Policy != "43-p1" {
			t.Errorf("%+v, %v", sel, err)
		}
		o.Round, o.Region = "planned2", "440000000000"
		guangdong := account("gd", domain.RoleProvinceOffice, o.Region, "")
		if sel, err = h.Open(ctx, guangdong, o); err != nil || sel.Policy != "old" {
			t.Errorf("%+v, %v", sel, err)
		}
		over, err := h.Overview(ctx, guangdong, "planned2")
		if err != nil || over.Rules.Number("max_age") != 40 || over.Feeds.ID != "planned2" {
			t.Errorf("%d, %v", over.Rules.Number("max_age"), err)
		}
		o.Round = "running"
		_, err = h.Open(ctx, guangdong, o)
		refused(t, "a running round", err, "selection.round_not_planned")
	})
}

func TestVillagesAreFixedFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		_, err := h.Open(ctx, province, opening())
		must(t, err)
		fix := func(who domain.Account, c selection.VillageChoice) error {
			return h.FixVillages(ctx, who, round, []selection.VillageChoice{c}, selection.Permit{})
		}
		good := selection.VillageChoice{Code: villages[0], Category: domain.CategoryWeak, Difficulty: 77}
		for key, spoil := range map[string]func(*selection.VillageChoice){
			"selection.village_unknown": func(c *selection.VillageChoice) { c.Code = "431222114299" },
			"selection.bad_category":    func(c *selection.VillageChoice) { c.Category = "nice" },
			"selection.bad_difficulty":  func(c *selection.VillageChoice) { c.Difficulty = 101 },
		} {
			c := good
			spoil(&c)
			refused(t, key, fix(here, c), key)
		}
		refused(t, "a village elsewhere", fix(there, good), "selection.village_unknown")
		must(t, fix(here, good))
		must(t, fix(there, selection.VillageChoice{Code: villages[3], Category: domain.CategoryKey, Difficulty: -1}))
		got1 := got[[]domain.RoundVillage](t)(h.Villages(ctx, here, round))
		if len(got1) != 1 || got1[0].Difficulty != 77 || !slices.Equal(got1[0].Needs, domain.Skills{30, 80}) || got1[0].X == 0 || len(got1[0].Neighbours) != 2 {
			t.Errorf("%+v", got1)
		}
		must(t, h.DropVillages(ctx, here, round, []domain.Code{villages[0], villages[3]}, selection.Permit{}))
		if all := got[[]domain.RoundVillage](t)(h.Villages(ctx, province, round)); len(all) != 1 || all[0].Code != villages[3] || all[0].Difficulty != 60 {
			t.Errorf("%+v", all)
		}
	})
}

func TestNeedListsAreWrittenReturnedAndAccepted(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-05")
		v := villages[0]
		item := domain.NeedItem{Head: "industry", Text: "发展茶叶", Speciality: "farming", Weight: 90}
		write := func(d selection.NeedDraft) (domain.NeedList, error) {
			return h.WriteNeeds(ctx, township, round, v, d, selection.Permit{})
		}
		review := func(r selection.NeedReview) (domain.NeedList, error) {
			return h.ReviewNeeds(ctx, township, round, v, r, selection.Permit{})
		}
		for key, d := range map[string]selection.NeedDraft{
			"need.empty":    {Submit: true},
			"need.bad_item": {Items: []domain.NeedItem{{Head: "fun", Text: "x"}}},
		} {
			_, err := write(d)
			refused(t, key, err, key)
		}
		_, err := h.WriteNeeds(ctx, township, round, villages[3], selection.NeedDraft{}, selection.Permit{})
		refused(t, "a village elsewhere", err, "need.village_unknown")
		_, err = h.WriteNeeds(ctx, here, round, "431222114299", selection.NeedDraft{}, selection.Permit{})
		refused(t, "a village outside the round", err, "need.village_unknown")
		_, err = h.WriteNeeds(ctx, unitUK, round, v, selection.NeedDraft{}, selection.Permit{})
		refused(t, "a unit's list", err, "access.role_forbids")
		_, err = review(selection.NeedReview{})
		refused(t, "a review of nothing", err, "need.not_found")

		list, err := write(selection.NeedDraft{Items: []domain.NeedItem{item}})
		must(t, err)
		_, err = review(selection.NeedReview{Version: list.Version, Accept: true})
		refused(t, "a review of a draft", err, "need.not_submitted")
		list, err = write(selection.NeedDraft{Version: list.Version, Items: []domain.NeedItem{item}, Submit: true})
		must(t, err)
		_, err = write(selection.NeedDraft{Version: list.Version})
		refused(t, "an edit under review", err, "need.under_review")
		_, err = review(selection.NeedReview{Version: list.Version})
		refused(t, "a return without a note", err, "need.note_needed")
		list, err = review(selection.NeedReview{Version: list.Version, Note: "请开村民会议"})
		must(t, err)
		lighter := item
		lighter.Weight = 20
		list, err = write(selection.NeedDraft{Version: list.Version, Items: []domain.NeedItem{lighter, item}, Submit: true})
		must(t, err)
		_, err = review(selection.NeedReview{Version: 1, Accept: true})
		refused(t, "an old version", err, "selection.changed")
		if list, err = review(selection.NeedReview{Version: list.Version, Accept: true}); err != nil || list.Status != domain.NeedAccepted || list.ReviewNote != "" {
			t.Errorf("%+v, %v", list, err)
		}
		if needs := got[[]domain.RoundVillage](t)(h.Villages(ctx, here, round))[0].Needs; !slices.Equal(needs, domain.Skills{0, 90}) {
			t.Errorf("the round has %v", needs)
		}
		for who, want := range map[*domain.Account]int{&township: 1, &there: 0, &province: 1} {
			if _, total, err := h.NeedLists(ctx, *who, round, "", domain.NeedAccepted, 0, 10); err != nil || total != want {
				t.Errorf("%s sees %d lists, %v", who.ID, total, err)
			}
		}
		if over := got[selection.Overview](t)(h.Overview(ctx, here, round)); over.Needs[domain.NeedAccepted] != 1 || over.Villages != 3 || !slices.Equal(over.Open, []domain.Phase{domain.PhaseVillages, domain.PhaseNeeds}) {
			t.Errorf("%+v", over)
		}
	})
}

func TestQuotasAndNominations(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-12")
		set := func(who domain.Account, q domain.Quota) error {
			return h.SetQuotas(ctx, who, round, []domain.Quota{q}, selection.Permit{})
		}
		for what, c := range map[string]struct {
			who domain.Account
			q   domain.Quota
			key string
		}{
			"no places":    {province, domain.Quota{Unit: "UO", Places: -1, Version: 1}, "selection.bad_quota"},
			"teams":        {province, domain.Quota{Unit: "UO", MinTeams: 2, MaxTeams: 1, Version: 1}, "selection.bad_quota"},
			"a joined one": {here, domain.Quota{Unit: "US", Places: 1, MaxTeams: 1, Version: 1}, "selection.joined_leads"},
			"elsewhere":    {here, domain.Quota{Unit: "UO", Places: 1, Version: 1}, "unit.not_found"},
			"nothing":      {here, domain.Quota{Unit: "UX", Places: 1}, "unit.not_found"},
			"old":          {here, domain.Quota{Unit: "UK", Places: 9, Version: 7}, "selection.changed"},
		} {
			refused(t, what, set(c.who, c.q), c.key)
		}
		h.nominate(t)
		refused(t, "fewer places than nominees", set(here, domain.Quota{Unit: "UK", Places: 3, Version: 1}), "selection.below_nominated")
		for what, c := range map[string]struct {
			who    domain.Account
			cadres []string
			key    string
		}{
			"one too many":         {unitUK, []string{"K4", "K5"}, "selection.quota_full"},
			"twice":                {unitUK, []string{"K0"}, "selection.nominated_already"},
			"another unit's":       {unitUK, []string{"P2"}, "selection.nominee_unknown"},
			"another county's":     {here, []string{"O1"}, "selection.nominee_unknown"},
			"somebody who left":    {unitUK, []string{"GONE"}, "selection.nominee_unknown"},
			"nobody":               {unitUK, []string{"nobody"}, "selection.nominee_unknown"},
			"one good and one bad": {unitUK, []string{"K4", "nobody"}, "selection.nominee_unknown"},
		} {
			_, err := h.Nominate(ctx, c.who, round, nominees(c.cadres...), selection.Permit{})
			refused(t, what, err, c.key)
		}
		n := h.nominee(t, "K1")
		_, err := h.Withdraw(ctx, unitUK, round, "K1", n.Version, "", selection.Permit{})
		refused(t, "without a reason", err, "selection.reason_needed")
		_, err = h.Withdraw(ctx, unitUK, round, "K1", 99, "病了", selection.Permit{})
		refused(t, "an old version", err, "selection.changed")
		gone, err := h.Withdraw(ctx, unitUK, round, "K1", n.Version, "病了", selection.Permit{})
		if err != nil || gone.Outcome != domain.OutcomeWithdrawn || gone.OutcomeWhy != "病了" {
			t.Errorf("%+v, %v", gone, err)
		}
		_, err = h.Withdraw(ctx, unitUK, round, "K1", gone.Version, "又病了", selection.Permit{})
		refused(t, "twice", err, "selection.withdrawn_already")
		back, err := h.Nominate(ctx, unitUK, round, nominees("K1"), selection.Permit{})
		if err != nil || back[0].Version != gone.Version+1 || back[0].Outcome != domain.OutcomeOpen || h.nominee(t, "K1").OutcomeWhy != "" {
			t.Errorf("%+v, %v", back, err)
		}
		states := got[[]store.QuotaState](t)(h.Quotas(ctx, unitUK, round))
		if len(states) != 1 || states[0].Unit != "UK" || states[0].Nominated != 4 || states[0].Places != 5 {
			t.Errorf("%+v", states)
		}
	})
}
