package storetest

import (
	"slices"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

const gateRound = "2023"

func selections(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 21)
	kept := domain.Selection{Round: gateRound, Region: "430000000000", Policy: "2023", Day: "2023-05-01", Status: domain.SelectionOpen, Posts: 12,
		Calendar:  domain.Calendar{Phases: []domain.PhaseDates{{Phase: domain.PhaseNeeds, From: "2023-05-01", To: "2023-05-09"}}, Holidays: []string{"2023-05-03"}},
		Preferred: []string{"特长1"}, Version: 1, CreatedBy: "a1", CreatedAt: Day}
	write(t, s, func(tx *store.Tx) error { return store.InsertSelection(tx, kept) })
	kept.Version, kept.Status, kept.ListHash, kept.LockedAt, kept.LockedBy, kept.Preferred = 2, domain.SelectionLocked, "ab", Day.Add(time.Hour), "a2", []string{}
	write(t, s, func(tx *store.Tx) error { return store.UpdateSelection(tx, kept) })
	read(t, s, func(tx *store.Tx) error {
		got, err := store.SelectionByRound(tx, gateRound)
		equal(t, "selection", got, kept)
		every, second := store.Selections(tx)
		equal(t, "selections", every, []domain.Selection{kept})
		refusedBy(t, "an unknown one", domain.KindNotFound, "selection.not_found", func() error { _, err := store.SelectionByRound(tx, "2021"); return err })
		return firstError(err, second)
	})
	refused(t, "an old version", s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateSelection(tx, kept) }), domain.KindConflict, "selection.changed")
	refused(t, "of no round", s.Write(t.Context(), func(tx *store.Tx) error {
		return store.InsertSelection(tx, domain.Selection{Round: "1999", Region: kept.Region, Policy: "2023", Day: "2023-05-01", Status: "open", Version: 1})
	}), domain.KindInvalid, "store.unknown_reference")
	t.Run("need lists", func(t *testing.T) { needLists(t, s, w) })
	t.Run("nominations", func(t *testing.T) { nominations(t, s, w) })
	t.Run("quotas", func(t *testing.T) { quotas(t, s, w) })
	t.Run("relations", func(t *testing.T) { relations(t, s, w) })
	t.Run("what feeds the round", func(t *testing.T) { feedsRound(t, s, w) })
}

func needLists(t *testing.T, s *store.Store, w *World) {
	villages := w.Rounds[1].Villages[:3]
	var kept []domain.NeedList
	for i, v := range villages {
		kept = append(kept, domain.NeedList{Round: gateRound, Village: v.Code, Status: domain.NeedSubmitted, Version: 1, WrittenBy: "a1", WrittenAt: Day,
			Items: []domain.NeedItem{{Head: "industry", Text: "修路", Speciality: "特长0", Weight: i}}, Note: "村民会议"})
	}
	write(t, s, func(tx *store.Tx) error {
		for _, n := range kept {
			if err := store.InsertNeedList(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	kept[1].Version, kept[1].Status, kept[1].ReviewedBy, kept[1].ReviewedAt = 2, domain.NeedAccepted, "a2", Day
	write(t, s, func(tx *store.Tx) error { return store.UpdateNeedList(tx, kept[1]) })
	refused(t, "an old version", s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateNeedList(tx, kept[1]) }), domain.KindConflict, "selection.changed")
	province := domain.ScopeOfPrefix("43")
	read(t, s, func(tx *store.Tx) error {
		got, err := store.NeedListOf(tx, province, gateRound, kept[1].Village)
		equal(t, "list", got, kept[1])
		page, total, second := store.NeedLists(tx, province, store.NeedFilter{Round: gateRound, Offset: 1, Limit: 1})
		equal(t, "a page", []any{page, total}, []any{kept[1:2], 3})
		accepted, total, third := store.NeedLists(tx, province, store.NeedFilter{Round: gateRound, Region: kept[1].Village, Status: domain.NeedAccepted, Limit: 9})
		equal(t, "accepted ones", []any{accepted, total}, []any{kept[1:2], 1})
		for what, scope := range map[string]domain.Scope{"outside": domain.ScopeOfPrefix("44"), "nowhere": {}} {
			refusedBy(t, what, domain.KindNotFound, "need.not_found", func() error { _, err := store.NeedListOf(tx, scope, gateRound, kept[1].Village); return err })
			_, total, err := store.NeedLists(tx, scope, store.NeedFilter{Round: gateRound, Limit: 9})
			equal(t, what, []any{total, err}, []any{0, nil})
		}
		refusedBy(t, "no code", domain.KindNotFound, "need.not_found", func() error { _, err := store.NeedListOf(tx, province, gateRound, "x"); return err })
		refusedBy(t, "a page that is none", domain.KindInvalid, "store.page_malformed", func() error { _, _, err := store.NeedLists(tx, province, store.NeedFilter{Offset: -1}); return err })
		return firstError(err, second, third)
	})
}

// nominee is a nomination of a cadre of the drawn country.
func nominee(w *World, i int) domain.Nomination {
	c := w.Cadres[i]
	home := domain.Code("")
	for _, u := range w.Units {
		if u.ID == c.Unit {
			home = u.Home
		}
	}
	return domain.Nomination{Round: gateRound, Cadre: c.ID, Unit: c.Unit, Home: home, Name: c.Name, Leader: i%2 == 0, Reason: "年轻有为", Outcome: domain.OutcomeOpen,
		Version: 1, NominatedBy: "a1", NominatedAt: Day, Checks: []domain.Check{},
		Facts: domain.Facts{Unit: c.Unit, UnitLevel: domain.UnitCity, BirthYear: 1980, BirthDate: "1980-02-29", Grade: 6, YoungPool: true, Skills: domain.Skills{1, 2}}}
}

func nominations(t *testing.T, s *store.Store, w *World) {
	var kept []domain.Nomination
	for i := range 6 {
		kept = append(kept, nominee(w, i))
	}
	write(t, s, func(tx *store.Tx) error { return store.InsertNominations(tx, kept) })
	refused(t, "twice", s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertNominations(tx, kept[:1]) }), domain.KindConflict, "store.duplicate")
	changed := kept[0]
	changed.Version, changed.Outcome, changed.CheckedAt, changed.CheckedBy = 2, domain.OutcomeChosen, Day, "a2"
	changed.Checks = []domain.Check{{Rule: "max_age", Outcome: domain.CheckFail, Reason: "check.max_age", Params: map[string]any{"age": "58"}, Source: domain.PolicySource{Place: "第一条"}, Policy: "p"}}
	write(t, s, func(tx *store.Tx) error { return store.UpdateNomination(tx, changed) })
	refused(t, "an old version", s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateNomination(tx, changed) }), domain.KindConflict, "selection.changed")
	all := domain.ScopeOfPrefix("43")
	read(t, s, func(tx *store.Tx) error {
		got, err := store.NominationOf(tx, all, gateRound, changed.Cadre)
		equal(t, "nomination", got, changed)
		for what, f := range map[string]store.NominationFilter{
			"all": {}, "of a unit": {Unit: kept[2].Unit}, "chosen": {Outcome: domain.OutcomeChosen}, "two": {Cadres: []string{kept[3].Cadre, kept[4].Cadre}},
			"none": {Cadres: []string{}}, "by name": {Query: kept[5].Name}, "by no name": {Query: "\x00"},
		} {
			f.Round = gateRound
			want := 0
			for _, n := range append([]domain.Nomination{changed}, kept[1:]...) {
				if (f.Unit == "" || n.Unit == f.Unit) && (f.Outcome == "" || n.Outcome == f.Outcome) && (f.Query == "" || n.Name == f.Query) &&
					(f.Cadres == nil || len(f.Cadres) > 0 && (n.Cadre == kept[3].Cadre || n.Cadre == kept[4].Cadre)) {
					want++
				}
			}
			rows, total, err := store.Nominations(tx, all, f)
			equal(t, what, []any{len(rows), total, err}, []any{want, want, nil})
		}
		page, total, second := store.Nominations(tx, all, store.NominationFilter{Round: gateRound, Offset: 4, Limit: 4})
		equal(t, "a page", []any{len(page), total}, []any{2, 6})
		_, hidden, third := store.Nominations(tx, domain.Scope{}, store.NominationFilter{Round: gateRound})
		equal(t, "an empty scope", hidden, 0)
		refusedBy(t, "outside", domain.KindNotFound, "nominee.not_found", func() error {
			_, err := store.NominationOf(tx, domain.ScopeOfPrefix("44"), gateRound, changed.Cadre)
			return err
		})
		counts, fourth := store.OutcomeCounts(tx, all, "", gateRound)
		equal(t, "outcomes", counts, map[domain.Outcome]int64{domain.OutcomeChosen: 1, domain.OutcomeOpen: 5})
		return firstError(err, second, third, fourth)
	})
	nominationParts(t, s, kept[0].Cadre)
}

func nominationParts(t *testing.T, s *store.Store, cadre string) {
	j := domain.Judgement{Round: gateRound, Cadre: cadre, Rule: "style", Pass: true, Reason: "谈话了解", By: "a1", At: Day}
	c := domain.Clearance{Round: gateRound, Cadre: cadre, Body: "discipline", Outcome: domain.ClearancePending, FileNumber: "纪函1号", Version: 1, By: "a1", At: Day}
	i := domain.Interview{ID: "i1", Round: gateRound, Cadre: cadre, Day: "2023-05-04", Interviewers: "甲、乙", Note: "踏实", Score: 88, By: "a1", At: Day}
	o := domain.Objection{ID: "o1", Round: gateRound, Cadre: cadre, Day: "2023-05-20", From: "某人", Text: "不妥", Status: domain.ObjectionOpen, Version: 1, RecordedBy: "a1", RecordedAt: Day}
	p := domain.Publicity{Round: gateRound, Number: 1, From: "2023-05-18", To: "2023-05-26", Cadres: []string{cadre}, ListHash: "ab", By: "a1", At: Day}
	write(t, s, func(tx *store.Tx) error {
		old := j
		old.Pass = false
		return firstError(store.PutJudgement(tx, old), store.PutJudgement(tx, j), store.InsertClearance(tx, c), store.InsertInterview(tx, i),
			store.InsertObjection(tx, o), store.InsertPublicity(tx, p))
	})
	c.Version, c.Outcome, o.Version, o.Status, o.DecidedAt = 2, domain.ClearanceClear, 2, domain.ObjectionDismissed, Day
	write(t, s, func(tx *store.Tx) error {
		return firstError(store.UpdateClearance(tx, c), store.UpdateObjection(tx, o))
	})
	for what, f := range map[string]func(tx *store.Tx) error{
		"an old step": func(tx *store.Tx) error { return store.UpdateClearance(tx, c) }, "an old objection": func(tx *store.Tx) error { return store.UpdateObjection(tx, o) },
	} {
		refused(t, what, s.Write(t.Context(), f), domain.KindConflict, "selection.changed")
	}
	for _, of := range []string{"", cadre} {
		read(t, s, func(tx *store.Tx) error {
			js, err1 := store.Judgements(tx, gateRound, slices.DeleteFunc([]string{of}, func(c string) bool { return c == "" })...)
			cs, err2 := store.Clearances(tx, gateRound, of)
			is, err3 := store.Interviews(tx, gateRound, of)
			os, err4 := store.Objections(tx, gateRound, of)
			ps, err5 := store.Publicities(tx, gateRound)
			equal(t, "parts", []any{js, cs, is, os, ps}, []any{[]domain.Judgement{j}, []domain.Clearance{c}, []domain.Interview{i}, []domain.Objection{o}, []domain.Publicity{p}})
			again, err6 := store.ObjectionByID(tx, "o1")
			equal(t, "objection", again, o)
			refusedBy(t, "no objection", domain.KindNotFound, "objection.not_found", func() error { _, err := store.ObjectionByID(tx, "x"); return err })
			none, err7 := store.Judgements(tx, gateRound, "nobody")
			equal(t, "of nobody", len(none), 0)
			return firstError(err1, err2, err3, err4, err5, err6, err7)
		})
	}
	refused(t, "a note on nobody", s.Write(t.Context(), func(tx *store.Tx) error {
		i.ID, i.Cadre = "i2", "nobody"
		return store.InsertInterview(tx, i)
	}), domain.KindInvalid, "store.unknown_reference")
}

func quotas(t *testing.T, s *store.Store, w *World) {
	unit := w.Cadres[0].Unit
	q := domain.Quota{Round: gateRound, Unit: unit, Places: 7, MinTeams: 1, MaxTeams: 3, Version: 1}
	write(t, s, func(tx *store.Tx) error { return store.InsertQuota(tx, q) })
	q.Version, q.Places = 2, 8
	write(t, s, func(tx *store.Tx) error { return store.UpdateQuota(tx, q) })
	refused(t, "an old version", s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateQuota(tx, q) }), domain.KindConflict, "selection.changed")
	read(t, s, func(tx *store.Tx) error {
		states, err := store.QuotaStates(tx, domain.ScopeOfPrefix("43"), "", gateRound)
		if len(states) != 1 || states[0].Quota != q || states[0].Nominated == 0 || states[0].Chosen != 1 || states[0].Name == "" {
			t.Errorf("%+v", states)
		}
		hidden, second := store.QuotaStates(tx, domain.ScopeOfPrefix("44"), "", gateRound)
		others, third := store.QuotaStates(tx, domain.ScopeOfPrefix("43"), "other", gateRound)
		equal(t, "out of sight", len(hidden)+len(others), 0)
		return firstError(err, second, third)
	})
}

func relations(t *testing.T, s *store.Store, w *World) {
	a, b, c := w.Cadres[0].ID, w.Cadres[1].ID, w.Cadres[200].ID
	first := domain.Relation{Cadre: a, Relative: b, Kind: domain.RelationSpouse, DeclaredBy: "a1", DeclaredAt: Day}
	second := domain.Relation{Cadre: a, Relative: c, Kind: domain.RelationKin, DeclaredBy: "a1", DeclaredAt: Day}
	turned := second
	turned.Cadre, turned.Relative = c, a
	write(t, s, func(tx *store.Tx) error {
		return firstError(store.InsertRelation(tx, first), store.InsertRelation(tx, turned), store.PutAccountLink(tx, domain.AccountLink{Account: "a2", Cadre: b}),
			store.PutAccountLink(tx, domain.AccountLink{Account: "a2", Cadre: c}))
	})
	refused(t, "a tie twice", s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertRelation(tx, turned) }), domain.KindConflict, "store.duplicate")
	read(t, s, func(tx *store.Tx) error {
		of, err1 := store.RelationsOf(tx, a)
		equal(t, "ties", of, []domain.Relation{first, second})
		none, err2 := store.RelationsOf(tx)
		equal(t, "ties of nobody", len(none), 0)
		in, err3 := store.RelationsIn(tx, gateRound)
		equal(t, "ties between nominees", in, []domain.Relation{first})
		behind, err4 := store.CadreBehind(tx, "a2")
		nobody, err5 := store.CadreBehind(tx, "a1")
		equal(t, "who is behind", []string{behind, nobody}, []string{c, ""})
		return firstError(err1, err2, err3, err4, err5)
	})
	write(t, s, func(tx *store.Tx) error {
		return firstError(store.DeleteRelation(tx, c, a), store.PutAccountLink(tx, domain.AccountLink{Account: "a2"}))
	})
	refused(t, "an unknown tie", s.Write(t.Context(), func(tx *store.Tx) error { return store.DeleteRelation(tx, a, c) }), domain.KindNotFound, "relation.not_found")
}

func feedsRound(t *testing.T, s *store.Store, w *World) {
	in := w.Rounds[1]
	all, v := domain.ScopeOfPrefix("43"), in.Villages[0]
	cadre := w.Cadres[3]
	write(t, s, func(tx *store.Tx) error {
		facts, err := store.NomineeFacts(tx, all, "", "2023-05-01", []string{cadre.ID, "nobody"}, []string{"farming", "特长9'"})
		if len(facts) != 1 || facts[0].Cadre != cadre.ID || facts[0].Facts.BirthYear != cadre.BirthYear || len(facts[0].Facts.Skills) != 2 || facts[0].Home == "" {
			t.Errorf("%+v", facts)
		}
		other, second := store.NomineeFacts(tx, all, "other", "2023-05-01", []string{cadre.ID}, nil)
		outside, third := store.NomineeFacts(tx, domain.ScopeOfPrefix("44"), "", "2023-05-01", []string{cadre.ID}, nil)
		equal(t, "facts out of reach", len(other)+len(outside), 0)
		v.Difficulty, v.Neighbours = 77, nil
		v.Needs = domain.Skills{9, 9, 9, 9}
		candidate := domain.Candidate{Cadre: cadre, Grade: 7, Fit: true, Native: "430121101000", Skills: domain.Skills{1, 2, 3, 4}}
		unit, fourth := store.UnitFromRegistry(tx, all, cadre.Unit, []string{"farming"})
		unit.MaxTeams = 5
		return firstError(err, second, third, fourth, store.PutRoundVillages(tx, gateRound, []domain.RoundVillage{v}),
			store.ReplaceCandidates(tx, gateRound, []domain.Candidate{candidate}), store.PutRoundUnit(tx, gateRound, unit),
			store.SetRoundPolicy(tx, gateRound, "2021"), store.DropRoundVillages(tx, all, gateRound, []domain.Code{in.Villages[5].Code, "430101001001"}),
			store.DropRoundVillages(tx, domain.ScopeOfPrefix("44"), gateRound, []domain.Code{in.Villages[6].Code}))
	})
	read(t, s, func(tx *store.Tx) error {
		got, err := store.RoundInput(tx, gateRound)
		equal(t, "policy, villages, candidates", []any{got.Policy.ID, len(got.Villages), len(got.Candidates), got.Candidates[0].Grade},
			[]any{"2021", len(in.Villages) - 1, 1, 7})
		count, fifth := store.CountRoundVillages(tx, all, gateRound)
		equal(t, "how many villages", count, int64(len(in.Villages)-1))
		inside, second := store.RoundVillagesIn(tx, v.Code.Scope(), gateRound)
		if len(inside) != 1 || inside[0].Difficulty != 77 || len(inside[0].Neighbours) != 0 || inside[0].X != v.X {
			t.Errorf("%+v", inside)
		}
		home, third := store.CadreHome(tx, all, cadre.ID)
		unitHome, fourth := store.UnitHome(tx, all, cadre.Unit)
		equal(t, "home", home, unitHome)
		refusedBy(t, "a unit outside", domain.KindNotFound, "unit.not_found", func() error { _, err := store.UnitHome(tx, domain.ScopeOfPrefix("44"), cadre.Unit); return err })
		refusedBy(t, "a cadre outside", domain.KindNotFound, "cadre.not_found", func() error { _, err := store.CadreHome(tx, domain.Scope{}, cadre.ID); return err })
		return firstError(err, second, third, fourth, fifth)
	})
	refused(t, "a pinned village", s.Write(t.Context(), func(tx *store.Tx) error {
		return store.DropRoundVillages(tx, all, gateRound, []domain.Code{in.Pins[0].Village})
	}), domain.KindInvalid, "store.unknown_reference")
}
