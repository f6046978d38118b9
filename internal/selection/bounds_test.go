package selection_test

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

func TestWhatANeedListMayHold(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-05")
	item := domain.NeedItem{Head: "party", Text: "建强组织", Speciality: "party", Weight: 50}
	many := func(n int) (all []domain.NeedItem) { return append(all, slices.Repeat([]domain.NeedItem{item}, n)...) }
	edited := func(edit func(*domain.NeedItem)) []domain.NeedItem {
		one := item
		edit(&one)
		return []domain.NeedItem{item, one}
	}
	for what, c := range map[string]struct {
		items []domain.NeedItem
		key   string
	}{
		"sixty items":           {many(60), ""},
		"sixty-one":             {many(61), "need.bad_item"},
		"no items in a draft":   {nil, ""},
		"no text":               {edited(func(i *domain.NeedItem) { i.Text = "" }), "need.bad_item"},
		"two thousand letters":  {edited(func(i *domain.NeedItem) { i.Text = strings.Repeat("村", 2000) }), ""},
		"a letter more":         {edited(func(i *domain.NeedItem) { i.Text = strings.Repeat("村", 2001) }), "need.bad_item"},
		"an unknown head":       {edited(func(i *domain.NeedItem) { i.Head = "" }), "need.bad_item"},
		"an unknown speciality": {edited(func(i *domain.NeedItem) { i.Speciality = "flying" }), "need.bad_item"},
		"no speciality":         {edited(func(i *domain.NeedItem) { i.Speciality = "" }), ""},
		"the greatest weight":   {edited(func(i *domain.NeedItem) { i.Weight = 100 }), ""},
		"too heavy":             {edited(func(i *domain.NeedItem) { i.Weight = 101 }), "need.bad_item"},
		"too light":             {edited(func(i *domain.NeedItem) { i.Weight = -1 }), "need.bad_item"},
	} {
		must(t, h.DropVillages(t.Context(), province, round, []domain.Code{villages[0]}, selection.Permit{}))
		must(t, h.FixVillages(t.Context(), province, round, choicesOf(villages[0]), selection.Permit{}))
		list, err := h.WriteNeeds(t.Context(), township, round, villages[0], selection.NeedDraft{Items: c.items}, selection.Permit{})
		if errorKey(err) != c.key || err == nil && (list.Status != domain.NeedDraft || list.Version != 1 || list.WrittenBy != township.ID) {
			t.Errorf("%s: %+v, %v", what, list.Status, err)
		}
	}
	for _, head := range domain.NeedHeads() {
		one := item
		one.Head = head
		must(t, h.DropVillages(t.Context(), province, round, []domain.Code{villages[0]}, selection.Permit{}))
		must(t, h.FixVillages(t.Context(), province, round, choicesOf(villages[0]), selection.Permit{}))
		_, err := h.WriteNeeds(t.Context(), township, round, villages[0], selection.NeedDraft{Items: []domain.NeedItem{one}}, selection.Permit{})
		must(t, err)
	}
}

// accepted writes, submits and accepts a village's list.
func (h *gateHouse) accepted(t *testing.T, village domain.Code, items ...domain.NeedItem) domain.NeedList {
	t.Helper()
	list := got[domain.NeedList](t)(h.WriteNeeds(t.Context(), province, round, village, selection.NeedDraft{Items: items, Submit: true}, selection.Permit{}))
	if list.Status != domain.NeedSubmitted {
		t.Errorf("%+v", list)
	}
	return got[domain.NeedList](t)(h.ReviewNeeds(t.Context(), province, round, village, selection.NeedReview{Version: list.Version, Accept: true, Note: "同意"}, selection.Permit{}))
}

// An accepted list sets the village's needs in the round: of each speciality the heaviest. One that names none leaves them.
func TestAnAcceptedListSetsTheNeeds(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.upTo(t, "2023-05-05")
		need := func(speciality string, weight int) domain.NeedItem {
			return domain.NeedItem{Head: "industry", Text: "需求", Speciality: speciality, Weight: weight}
		}
		h.accepted(t, villages[0], need("farming", 20), need("party", 10), need("farming", 70), need("", 100))
		h.accepted(t, villages[1], need("", 90))
		list := h.accepted(t, villages[2], need("party", 0))
		want := []domain.Skills{{10, 70}, {30, 80}, {0, 0}, {30, 80}}
		for i, v := range got[[]domain.RoundVillage](t)(h.Villages(t.Context(), province, round)) {
			if !slices.Equal(v.Needs, want[i]) {
				t.Errorf("%s needs %v, want %v", v.Code, v.Needs, want[i])
			}
		}
		if list.ReviewNote != "同意" || list.ReviewedBy != province.ID || list.Version != 2 {
			t.Errorf("%+v", list)
		}
		refused(t, "an edit of what was accepted", err2(h.WriteNeeds(t.Context(), province, round, villages[2], selection.NeedDraft{Version: list.Version}, selection.Permit{})), "need.under_review")
		refused(t, "a second review", err2(h.ReviewNeeds(t.Context(), province, round, villages[2], selection.NeedReview{Version: list.Version, Note: "再看"}, selection.Permit{})), "need.not_submitted")
		refused(t, "a second list", err2(h.WriteNeeds(t.Context(), province, round, villages[2], selection.NeedDraft{}, selection.Permit{})), "store.duplicate")

		// A village that is dropped takes its list along; fixed again it begins with what the registry says.
		must(t, h.DropVillages(t.Context(), province, round, villages[:1], selection.Permit{}))
		if _, total, err := h.NeedLists(t.Context(), province, round, "", "", 0, 10); err != nil || total != 2 {
			t.Errorf("%d lists, %v", total, err)
		}
		must(t, h.FixVillages(t.Context(), province, round, choicesOf(villages[0]), selection.Permit{}))
		if v := got[[]domain.RoundVillage](t)(h.Villages(t.Context(), township, round))[0]; !slices.Equal(v.Needs, domain.Skills{30, 80}) {
			t.Errorf("%+v", v)
		}
		// A new category leaves the needs of an accepted list alone.
		must(t, h.FixVillages(t.Context(), here, round, []selection.VillageChoice{{Code: villages[2], Category: domain.CategoryWeak, Difficulty: -1}}, selection.Permit{}))
		if v := got[[]domain.RoundVillage](t)(h.Villages(t.Context(), township, round))[2]; v.Category != domain.CategoryWeak || v.Difficulty != 60 || !slices.Equal(v.Needs, domain.Skills{0, 0}) {
			t.Errorf("%+v", v)
		}
	})
}

// A page of need lists, narrowed by place and by state.
func TestNeedListsByPlaceAndState(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-05")
	h.accepted(t, villages[0], domain.NeedItem{Head: "party", Text: "x"})
	for _, v := range []domain.Code{villages[1], villages[3]} {
		_, err := h.WriteNeeds(t.Context(), province, round, v, selection.NeedDraft{Note: "村民会议", Items: []domain.NeedItem{{Head: "party", Text: "x"}}}, selection.Permit{})
		must(t, err)
	}
	for what, c := range map[string]struct {
		who           domain.Account
		region        domain.Code
		status        domain.NeedStatus
		offset, limit int
		page, total   int
	}{
		"all":               {province, "", "", 0, 10, 3, 3},
		"a county's":        {province, home, "", 0, 10, 2, 2},
		"drafts":            {province, "", domain.NeedDraft, 0, 10, 2, 2},
		"a county's drafts": {province, away, domain.NeedDraft, 0, 10, 1, 1},
		"returned ones":     {province, "", domain.NeedReturned, 0, 10, 0, 0},
		"the second page":   {province, "", "", 2, 2, 1, 3},
		"a county sees own": {there, "", "", 0, 10, 1, 1},
		"nothing of others": {there, home, "", 0, 10, 0, 0},
		"a unit in between": {unitUK, "", domain.NeedAccepted, 0, 10, 1, 1},
	} {
		page, total, err := h.NeedLists(t.Context(), c.who, round, c.region, c.status, c.offset, c.limit)
		if err != nil || len(page) != c.page || total != c.total {
			t.Errorf("%s: %d of %d, %v", what, len(page), total, err)
		}
	}
}

// Giving a quota makes the unit part of the round, and the one that it joins; the teams are the quota's.
func TestAQuotaMakesAUnitPartOfTheRound(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		ctx := t.Context()
		h.upTo(t, "2023-05-08")
		units := func() map[string]domain.RoundUnit {
			found := map[string]domain.RoundUnit{}
			must(t, h.Store.Read(ctx, func(tx *store.Tx) error {
				in, err := store.RoundInput(tx, round)
				for _, u := range in.Units {
					found[u.ID] = u
				}
				return err
			}))
			return found
		}
		must(t, h.SetQuotas(ctx, here, round, []domain.Quota{{Unit: "US", Places: 1}}, selection.Permit{}))
		if u := units(); len(u) != 2 || u["US"].LeadUnit != "UK" || u["UK"].MaxTeams != 0 {
			t.Errorf("%+v", u)
		}
		must(t, h.SetQuotas(ctx, here, round, []domain.Quota{{Unit: "UK", Places: 5, MinTeams: 1, MaxTeams: 4}}, selection.Permit{}))
		must(t, h.SetQuotas(ctx, here, round, []domain.Quota{{Unit: "US", Places: 2, Version: 1}}, selection.Permit{}))
		if u := units(); len(u) != 2 || u["UK"].MinTeams != 1 || u["UK"].MaxTeams != 4 {
			t.Errorf("%+v", u)
		}
		refused(t, "a second first quota", h.SetQuotas(ctx, here, round, []domain.Quota{{Unit: "UK", Places: 1, MaxTeams: 1}}, selection.Permit{}), "store.duplicate")
		over := got[selection.Overview](t)(h.Overview(ctx, here, round))
		if over.Units != 2 || over.Places != 7 {
			t.Errorf("%d units, %d places", over.Units, over.Places)
		}
		if beside := got[selection.Overview](t)(h.Overview(ctx, there, round)); beside.Units != 0 || beside.Villages != 1 {
			t.Errorf("a county beside counts %+v", beside)
		}
		// One bad quota, and none of those with it holds.
		err := h.SetQuotas(ctx, province, round, []domain.Quota{{Unit: "UP", Places: 3, MaxTeams: 3}, {Unit: "UX", Places: 1}}, selection.Permit{})
		refused(t, "one of two", err, "unit.not_found")
		if u := units(); len(u) != 2 {
			t.Errorf("%+v", u)
		}
	})
}

// A quota of the very number of nominees can be kept, one less cannot; whoever is withdrawn frees a place.
func TestTheQuotaCountsWhoIsStillNominated(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-05-13")
	set := func(places, version int64) error {
		return h.SetQuotas(t.Context(), here, round, []domain.Quota{{Unit: "UK", Places: places, MaxTeams: 4, Version: version}}, selection.Permit{})
	}
	refused(t, "three places for four", set(3, 1), "selection.below_nominated")
	must(t, set(4, 1))
	refused(t, "a fifth", err2(h.Nominate(t.Context(), unitUK, round, nominees("K4"), selection.Permit{})), "selection.quota_full")
	_, err := h.Withdraw(t.Context(), unitUK, round, "K0", h.nominee(t, "K0").Version, "病了", selection.Permit{})
	must(t, err)
	_, err = h.Nominate(t.Context(), unitUK, round, nominees("K4"), selection.Permit{})
	must(t, err)
	state := got[[]store.QuotaState](t)(h.Quotas(t.Context(), unitUK, round))[0]
	if state.Places != 4 || state.Nominated != 4 || state.Version != 2 || state.Chosen != 0 {
		t.Errorf("%+v", state)
	}
	refused(t, "back, with no place left", err2(h.Nominate(t.Context(), unitUK, round, nominees("K0"), selection.Permit{})), "selection.quota_full")
}

func TestFactsOfTheDayAreKeptWithTheNomination(t *testing.T) {
	onBoth(t, func(t *testing.T, h *gateHouse) {
		h.upTo(t, "2023-05-13")
		h.edit(t, "K0", map[string]string{"rural_years": "9", "health": "limited"})
		kept := h.nominee(t, "K0").Facts
		if kept.RuralYears != 0 || kept.Health != "fit" || kept.BirthYear != 1985 || kept.UnitName != "单位UK" || kept.UnitLevel != domain.UnitCounty || !slices.Equal(kept.Skills, domain.Skills{40, 70}) {
			t.Errorf("%+v", kept)
		}
		sum := got[selection.CheckSummary](t)(h.RunChecks(t.Context(), here, round, []string{"K0"}, selection.Permit{}))
		if d := h.nominee(t, "K0"); d.Facts.RuralYears != 9 || d.CheckedBy != here.ID || sum.Open != 1 || keysOf(d)[0] != "needs_person health_fit" {
			t.Errorf("%+v, %q", d.Facts, keysOf(d))
		}
	})
}

func TestNominationsByUnitNameAndOutcome(t *testing.T) {
	h := onSQLite(t)
	h.upTo(t, "2023-06-02")
	for what, c := range map[string]struct {
		q           selection.NominationQuery
		page, total int
		first       string
	}{
		"all":              {selection.NominationQuery{Limit: 100}, 6, 6, "P0"},
		"a unit's":         {selection.NominationQuery{Unit: "UK", Limit: 100}, 4, 4, "K0"},
		"chosen":           {selection.NominationQuery{Outcome: domain.OutcomeChosen, Limit: 100}, 4, 4, "P0"},
		"in reserve":       {selection.NominationQuery{Outcome: domain.OutcomeReserve, Limit: 100}, 2, 2, "K0"},
		"by a name's part": {selection.NominationQuery{Name: "K3", Limit: 100}, 1, 1, "K3"},
		"a page":           {selection.NominationQuery{Offset: 2, Limit: 3}, 3, 6, "K0"},
		"no limit is one":  {selection.NominationQuery{}, 1, 6, "P0"},
		"nobody":           {selection.NominationQuery{Name: "%", Limit: 100}, 0, 0, ""},
	} {
		c.q.Round = round
		page, total, err := h.Nominations(t.Context(), province, c.q)
		if err != nil || len(page) != c.page || total != c.total || c.page > 0 && page[0].Cadre != c.first {
			t.Errorf("%s: %d of %d, %v %+v", what, len(page), total, err, page)
		}
	}
}
