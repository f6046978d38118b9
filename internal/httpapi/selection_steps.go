package httpapi

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

// roundVillages lists the villages to be served in the region.
func (s *server) roundVillages(ctx context.Context, in *roundVillagesInput) (*answer[SelectionVillageList], error) {
	g := granted(ctx)
	found, err := s.gate().Villages(ctx, g.account, in.Round)
	if err != nil {
		return nil, err
	}
	var inside []domain.RoundVillage
	for _, v := range found {
		if g.scope.Holds(v.Code) {
			inside = append(inside, v)
		}
	}
	return answering(SelectionVillageList{Total: len(inside), Villages: mapped(cut(inside, in.Page), roundVillageOf)}), nil
}

func roundVillageOf(v domain.RoundVillage) SelectionVillage {
	return SelectionVillage{Code: v.Code, Name: v.Name, Category: v.Category, Difficulty: v.Difficulty, Needs: listed(v.Needs), Neighbours: listed(v.Neighbours)}
}

// cut is the page of a list.
func cut[T any](list []T, p Page) []T {
	from := min(p.Offset, len(list))
	return list[from:min(from+p.Limit, len(list))]
}

type fixVillagesInput struct {
	SelectionPath
	Body VillageChoices
}

// fixVillages makes villages part of the round, or changes them.
func (s *server) fixVillages(ctx context.Context, in *fixVillagesInput) (*struct{}, error) {
	choices := mapped(in.Body.Villages, func(v VillageChoice) selection.VillageChoice { return selection.VillageChoice(v) })
	return done(s.gate().FixVillages(ctx, granted(ctx).account, in.Round, choices, in.Body.permit()))
}

type dropVillagesInput struct {
	SelectionPath
	Body VillageDrop
}

// dropVillages takes villages out of the round, with their need lists.
func (s *server) dropVillages(ctx context.Context, in *dropVillagesInput) (*struct{}, error) {
	return done(s.gate().DropVillages(ctx, granted(ctx).account, in.Round, in.Body.Codes, in.Body.permit()))
}

type needsInput struct {
	SelectionPath
	RegionQuery
	Status domain.NeedStatus `query:"status" enum:"draft,submitted,returned,accepted"`
	Page
}

// needs lists the need lists of villages in the region.
func (s *server) needs(ctx context.Context, in *needsInput) (*answer[NeedListPage], error) {
	g := granted(ctx)
	found, total, err := s.gate().NeedLists(ctx, g.account, in.Round, g.region, in.Status, in.Offset, in.Limit)
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

// writeNeeds keeps a village's need list.
func (s *server) writeNeeds(ctx context.Context, in *writeNeedsInput) (*answer[NeedListOf], error) {
	g, b := granted(ctx), in.Body
	draft := selection.NeedDraft{Version: b.Version, Items: b.Items, Note: b.Note, Submit: b.Submit}
	return needListAnswer(s.gate().WriteNeeds(ctx, g.account, in.Round, g.region, draft, b.permit()))
}

type reviewNeedsInput struct {
	VillageOfRound
	Body NeedListReview
}

// reviewNeeds accepts or returns a need list.
func (s *server) reviewNeeds(ctx context.Context, in *reviewNeedsInput) (*answer[NeedListOf], error) {
	g, b := granted(ctx), in.Body
	word := selection.NeedReview{Version: b.Version, Accept: b.Accept, Note: b.Note}
	return needListAnswer(s.gate().ReviewNeeds(ctx, g.account, in.Round, g.region, word, b.permit()))
}

func needListAnswer(n domain.NeedList, err error) (*answer[NeedListOf], error) {
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

// quotas lists the quotas of the units in the caller's reach.
func (s *server) quotas(ctx context.Context, in *SelectionPath) (*answer[QuotaList], error) {
	found, err := s.gate().Quotas(ctx, granted(ctx).account, in.Round)
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

// setQuotas gives units their quotas.
func (s *server) setQuotas(ctx context.Context, in *quotasInput) (*struct{}, error) {
	quotas := mapped(in.Body.Quotas, func(q QuotaChange) domain.Quota {
		return domain.Quota{Unit: q.Unit, Places: q.Places, MinTeams: q.MinTeams, MaxTeams: q.MaxTeams, Version: q.Version}
	})
	return done(s.gate().SetQuotas(ctx, granted(ctx).account, in.Round, quotas, in.Body.permit()))
}
