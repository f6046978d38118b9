package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// NeedDraft is a village's need list as it is written; Submit hands it to the township. Version 0 is a new list.
type NeedDraft struct {
	Version int64
	Items   []domain.NeedItem
	Note    string
	Submit  bool
}

// mostNeeds and longest bound a list to what people can read.
const (
	mostNeeds   = 60
	longestText = 2000 // runes
)

// WriteNeeds keeps a village's need list while it is a draft or was returned. Errors: need.village_unknown (KindNotFound),
// need.bad_item, need.empty (KindInvalid), need.under_review, selection.changed (KindConflict).
func (s Service) WriteNeeds(ctx context.Context, actor domain.Account, round string, village domain.Code, d NeedDraft, permit Permit) (domain.NeedList, error) {
	var list domain.NeedList
	err := s.change(ctx, actor, round, act{access.WriteNeeds, []domain.Phase{domain.PhaseNeeds}, permit}, func(g *gate) (err error) {
		if err := g.inRound(access.WriteNeeds, village); err != nil {
			return err
		}
		if err := g.checkNeeds(d); err != nil {
			return err
		}
		list, err = g.writeNeeds(village, d)
		if err != nil {
			return err
		}
		return g.record("write_needs", "/village/"+string(village), village, map[string]any{"items": len(list.Items), "status": list.Status})
	})
	return list, err
}

// inRound says whether the village is in the round and the account may take the action there.
func (g *gate) inRound(action access.Action, village domain.Code) error {
	missing := &domain.Error{Kind: domain.KindNotFound, Key: "need.village_unknown", Params: domain.Params{"id": string(village)}}
	if err := g.allow(action, village, missing); err != nil {
		return err
	}
	found, err := store.RoundVillagesIn(g.tx, village.Scope(), g.sel.Round)
	if err == nil && (len(found) != 1 || found[0].Code != village) {
		err = missing
	}
	return err
}

func (g *gate) checkNeeds(d NeedDraft) error {
	if d.Submit && len(d.Items) == 0 {
		return invalid("need.empty", "items", nil)
	}
	for i, item := range d.Items {
		known := item.Speciality == "" || slices.Contains(g.round.Specialities, item.Speciality)
		if i >= mostNeeds || !known || item.Text == "" || len([]rune(item.Text)) > longestText || item.Weight < 0 || item.Weight > 100 || !slices.Contains(domain.NeedHeads(), item.Head) {
			return invalid("need.bad_item", "items", domain.Params{"number": i + 1})
		}
	}
	return nil
}

func (g *gate) writeNeeds(village domain.Code, d NeedDraft) (domain.NeedList, error) {
	list := domain.NeedList{Round: g.sel.Round, Village: village}
	if d.Version > 0 {
		kept, err := store.NeedListOf(g.tx, g.who.Scope, g.sel.Round, village)
		if err != nil {
			return kept, err
		}
		if kept.Status == domain.NeedSubmitted || kept.Status == domain.NeedAccepted {
			return kept, conflict("need.under_review")
		}
		list = kept
	}
	list.Items, list.Note, list.Status, list.Version = d.Items, d.Note, domain.NeedDraft, d.Version+1
	if d.Submit {
		list.Status = domain.NeedSubmitted
	}
	list.WrittenBy, list.WrittenAt = g.actor.ID, g.tx.Now()
	if d.Version == 0 {
		return list, store.InsertNeedList(g.tx, list)
	}
	return list, store.UpdateNeedList(g.tx, list)
}

// NeedReview is the township's word on a need list; a returned one needs a note.
type NeedReview struct {
	Version int64
	Accept  bool
	Note    string
}

// ReviewNeeds accepts or returns a submitted list. What an accepted list says of specialities becomes the village's
// needs in the round: of each speciality the heaviest weight. Errors: need.not_found, need.not_submitted,
// need.note_needed, selection.changed.
func (s Service) ReviewNeeds(ctx context.Context, actor domain.Account, round string, village domain.Code, r NeedReview, permit Permit) (domain.NeedList, error) {
	var list domain.NeedList
	err := s.change(ctx, actor, round, act{access.ReviewNeeds, []domain.Phase{domain.PhaseNeeds}, permit}, func(g *gate) error {
		if err := g.inRound(access.ReviewNeeds, village); err != nil {
			return err
		}
		var err error
		if list, err = store.NeedListOf(g.tx, g.who.Scope, round, village); err != nil {
			return err
		}
		switch {
		case list.Status != domain.NeedSubmitted:
			return conflict("need.not_submitted")
		case !r.Accept && r.Note == "":
			return invalid("need.note_needed", "note", nil)
		}
		list.Status, list.ReviewNote, list.Version = domain.NeedReturned, r.Note, r.Version+1
		list.ReviewedBy, list.ReviewedAt = g.actor.ID, g.tx.Now()
		if r.Accept {
			list.Status = domain.NeedAccepted
			if err := g.adoptNeeds(list); err != nil {
				return err
			}
		}
		if err := store.UpdateNeedList(g.tx, list); err != nil {
			return err
		}
		return g.record("review_needs", "/village/"+string(village), village, map[string]any{"status": list.Status})
	})
	return list, err
}

// adoptNeeds writes what the list says of specialities into the round; a list that names none changes nothing.
func (g *gate) adoptNeeds(list domain.NeedList) error {
	found, err := store.RoundVillagesIn(g.tx, list.Village.Scope(), g.sel.Round)
	if err != nil {
		return err
	}
	needs, named := make(domain.Skills, len(g.round.Specialities)), false
	for _, item := range list.Items {
		if i := slices.Index(g.round.Specialities, item.Speciality); i >= 0 {
			needs[i], named = max(needs[i], item.Weight), true
		}
	}
	if !named || len(found) != 1 {
		return nil
	}
	found[0].Needs = needs
	return store.PutRoundVillages(g.tx, g.sel.Round, found)
}

// NeedLists are a page of the need lists of villages in the region (empty: the account's scope), and how many there are.
// An empty status is any.
func (s Service) NeedLists(ctx context.Context, actor domain.Account, round string, region domain.Code, status domain.NeedStatus, offset, limit int) ([]domain.NeedList, int, error) {
	var lists []domain.NeedList
	var total int
	err := s.look(ctx, actor, round, access.ReadSelection, func(g *gate) (err error) {
		lists, total, err = store.NeedLists(g.tx, g.who.Scope, store.NeedFilter{Round: round, Region: region, Status: status, Offset: offset, Limit: limit})
		return err
	})
	return lists, total, err
}
