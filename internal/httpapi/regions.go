package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/store"
)

type planRegionInput struct {
	PlanPath
	Code domain.Code `path:"code" maxLength:"12" doc:"Division code of 2, 4, 6, 9 or 12 digits"`
}

type searchInput struct {
	Query string `query:"q" maxLength:"64" doc:"Part of a name, pinyin or its initials, or the start of a code"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
}

// planRegion shows a plan at one division: its figures and those of its children.
func (s *server) planRegion(ctx context.Context, in *planRegionInput) (*answer[RegionPage], error) {
	g := granted(ctx)
	var page RegionPage
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		region, err := store.RegionByCode(tx, g.scope, g.region)
		if err != nil {
			return err
		}
		path, err := store.RegionPath(tx, region.Code)
		if err != nil {
			return err
		}
		children, err := store.ChildRegions(tx, g.scope, region.Code)
		if err != nil {
			return err
		}
		total, byChild, err := store.FiguresByChild(tx, g.scope, in.Plan, region.Code)
		if err != nil {
			return err
		}
		page = RegionPage{Region: refOf(region), Path: refsOf(path), Figures: figuresOf(total), Children: childrenOf(children, byChild)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answering(page), nil
}

// childrenOf pairs the divisions with their figures; one without villages in the round has none and is left out.
func childrenOf(regions []domain.Region, figures map[domain.Code]store.Figures) []ChildFigures {
	children := make([]ChildFigures, 0, len(figures))
	for _, r := range regions {
		if f, ok := figures[r.Code]; ok {
			children = append(children, ChildFigures{refOf(r), figuresOf(f)})
		}
	}
	return children
}

// searchRegions finds divisions in the caller's region.
func (s *server) searchRegions(ctx context.Context, in *searchInput) (*answer[RegionHits], error) {
	hits := RegionHits{Regions: []RegionHit{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		found, err := store.SearchRegions(tx, granted(ctx).scope, in.Query, in.Limit)
		if err != nil {
			return err
		}
		for _, r := range found {
			path, err := store.RegionPath(tx, r.Code)
			if err != nil {
				return err
			}
			hits.Regions = append(hits.Regions, hitOf(r, path))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answering(hits), nil
}

func hitOf(r domain.Region, path []domain.Region) RegionHit {
	hit := RegionHit{RegionRef: refOf(r), Path: []string{}}
	for _, p := range path {
		if p.Code != r.Code {
			hit.Path = append(hit.Path, p.Name)
		}
	}
	return hit
}

func refOf(r domain.Region) RegionRef { return RegionRef{Code: r.Code, Name: r.Name, Level: r.Level} }

func refsOf(rs []domain.Region) []RegionRef {
	refs := make([]RegionRef, len(rs))
	for i, r := range rs {
		refs[i] = refOf(r)
	}
	return refs
}

// categories are in the order in which they are shown.
var categories = []domain.Category{
	domain.CategoryKey, domain.CategoryWeak, domain.CategoryDemonstration, domain.CategoryConsolidated,
}

func figuresOf(f store.Figures) Figures {
	out := Figures{
		Villages: f.Villages, Served: f.Served, Unserved: f.Unserved, Teams: f.Teams, Members: f.Members, Score: f.Score,
		UnitMatch: f.UnitMatch, MemberMatch: f.MemberMatch, ByCategory: []CategoryFigures{},
	}
	if f.Villages > 0 {
		out.Coverage = float64(f.Served) / float64(f.Villages)
	}
	for _, c := range categories {
		if n, ok := f.ByCategory[c]; ok {
			out.ByCategory = append(out.ByCategory, CategoryFigures{c, n.Villages, n.Served})
		}
	}
	return out
}
