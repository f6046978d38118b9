package gate

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/store"
)

type roundVillagesInput struct {
	SelectionPath
	RegionQuery
	Page
}

// RoundVillages lists the villages to be served in the region.
func (h Handlers) RoundVillages(ctx context.Context, in *roundVillagesInput) (*Answer[SelectionVillageList], error) {
	g := h.caller(ctx)
	found, err := h.gate.Villages(ctx, g.Account, in.Round)
	if err != nil {
		return nil, err
	}
	var inside []domain.RoundVillage
	for _, v := range found {
		if g.Scope.Holds(v.Code) {
			inside = append(inside, v)
		}
	}
	return answering(SelectionVillageList{Total: len(inside), Villages: mapped(cut(inside, in.Page), roundVillageOf)}), nil
}

func roundVillageOf(v domain.RoundVillage) SelectionVillage {
	return SelectionVillage{Code: v.Code, Name: v.Name, Category: v.Category, Difficulty: v.Difficulty, Needs: listed(v.Needs), Neighbours: listed(v.Neighbours)}
}

type fixVillagesInput struct {
	SelectionPath
	Body VillageChoices
}

// FixVillages makes villages part of the round, or changes them.
func (h Handlers) FixVillages(ctx context.Context, in *fixVillagesInput) (*struct{}, error) {
	choices := mapped(in.Body.Villages, func(v VillageChoice) selection.VillageChoice { return selection.VillageChoice(v) })
	return done(h.gate.FixVillages(ctx, h.caller(ctx).Account, in.Round, choices, in.Body.permit()))
}

type dropVillagesInput struct {
	SelectionPath
	Body VillageDrop
}

// DropVillages takes villages out of the round, with their need lists.
func (h Handlers) DropVillages(ctx context.Context, in *dropVillagesInput) (*struct{}, error) {
	return done(h.gate.DropVillages(ctx, h.caller(ctx).Account, in.Round, in.Body.Codes, in.Body.permit()))
}

type needsInput struct {
	SelectionPath
	RegionQuery
	Status domain.NeedStatus `query:"status" enum:"draft,submitted,returned,accepted"`
	Page
}

// Needs lists the need lists of villages in the region.
func (h Handlers) Needs(ctx context.Context, in *needsInput) (*Answer[NeedListPage], error) {
	g := h.caller(ctx)
	found, total, err := h.gate.NeedLists(ctx, g.Account, in.Round, g.Region, in.Status, in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	return answering(NeedListPage{Total: total, Lists: mapped(found, needListOf)}), nil
}

// VillageOfRound names a village of a selection; the guard reads the code too and has the last word.
type VillageOfRound struct {
	SelectionPath
	Code domain.Code `path:"code" maxLength:"12"`
}

type writeNeedsInput struct {
	VillageOfRound
	Body NeedListDraft
}

// WriteNeeds keeps a village's need list.
func (h Handlers) WriteNeeds(ctx context.Context, in *writeNeedsInput) (*Answer[NeedListOf], error) {
	g, b := h.caller(ctx), in.Body
	draft := selection.NeedDraft{Version: b.Version, Items: b.Items, Note: b.Note, Submit: b.Submit}
	return needListAnswer(h.gate.WriteNeeds(ctx, g.Account, in.Round, g.Region, draft, b.permit()))
}

type reviewNeedsInput struct {
	VillageOfRound
	Body NeedListReview
}

// ReviewNeeds accepts or returns a need list.
func (h Handlers) ReviewNeeds(ctx context.Context, in *reviewNeedsInput) (*Answer[NeedListOf], error) {
	g, b := h.caller(ctx), in.Body
	word := selection.NeedReview{Version: b.Version, Accept: b.Accept, Note: b.Note}
	return needListAnswer(h.gate.ReviewNeeds(ctx, g.Account, in.Round, g.Region, word, b.permit()))
}

func needListAnswer(n domain.NeedList, err error) (*Answer[NeedListOf], error) {
	if err != nil {
		return nil, inBody(err)
	}
	return answering(needListOf(n)), nil
}

func needListOf(n domain.NeedList) NeedListOf {
	return NeedListOf{
		Village: n.Village, Status: n.Status, Items: listed(n.Items), Note: n.Note, ReviewNote: n.ReviewNote, Version: n.Version,
		WrittenBy: n.WrittenBy, WrittenAt: n.WrittenAt, ReviewedBy: n.ReviewedBy, ReviewedAt: momentOf(n.ReviewedAt),
	}
}

// Quotas lists the quotas of the units in the caller's reach.
func (h Handlers) Quotas(ctx context.Context, in *SelectionPath) (*Answer[QuotaList], error) {
	found, err := h.gate.Quotas(ctx, h.caller(ctx).Account, in.Round)
	if err != nil {
		return nil, err
	}
	return answering(QuotaList{Quotas: mapped(found, quotaOf)}), nil
}

func quotaOf(q store.QuotaState) Quota {
	return Quota{
		Unit: q.Unit, Name: q.Name, Level: q.Level, Home: q.Home, Places: q.Places, MinTeams: q.MinTeams, MaxTeams: q.MaxTeams,
		Nominated: q.Nominated, Chosen: q.Chosen, Reserve: q.Reserve, Version: q.Version,
	}
}

type quotasInput struct {
	SelectionPath
	Body QuotaChanges
}

// SetQuotas gives units their quotas.
func (h Handlers) SetQuotas(ctx context.Context, in *quotasInput) (*struct{}, error) {
	quotas := mapped(in.Body.Quotas, func(q QuotaChange) domain.Quota {
		return domain.Quota{Unit: q.Unit, Places: q.Places, MinTeams: q.MinTeams, MaxTeams: q.MaxTeams, Version: q.Version}
	})
	return done(h.gate.SetQuotas(ctx, h.caller(ctx).Account, in.Round, quotas, in.Body.permit()))
}
