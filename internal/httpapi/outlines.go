package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/store"
)

type outlinesInput struct {
	Code domain.Code `path:"code" maxLength:"12" doc:"Division code of 2, 4, 6, 9 or 12 digits"`
}

// outlines gives the borders of a division's children, or its own where they have none.
func (s *server) outlines(ctx context.Context, _ *outlinesInput) (*answer[Outlines], error) {
	g := granted(ctx)
	var found []domain.Outline
	names := map[domain.Code]string{}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		region, err := store.RegionByCode(tx, g.scope, g.region)
		if err != nil {
			return err
		}
		children, err := store.ChildRegions(tx, g.scope, g.region)
		if err != nil {
			return err
		}
		for _, r := range append(children, region) {
			names[r.Code] = r.Name
		}
		found, err = store.OutlinesUnder(tx, g.scope, g.region)
		return err
	})
	if err != nil {
		return nil, err
	}
	collection, err := collectionOf(found, names)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		collection.Notice = s.of(ctx).printer.Text("outline.notice", nil)
	}
	return answering(collection), nil
}

func collectionOf(found []domain.Outline, names map[domain.Code]string) (Outlines, error) {
	collection := Outlines{Type: "FeatureCollection", Features: []Outline{}}
	var sources []string
	for _, o := range found {
		feature := Outline{Type: "Feature", Properties: OutlineProperties{o.Code, names[o.Code], o.Inner[:]}}
		if err := json.Unmarshal(o.Geometry, &feature.Geometry); err != nil {
			return Outlines{}, fmt.Errorf("outline of %s: %w", o.Code, err)
		}
		collection.Features = append(collection.Features, feature)
		if !slices.Contains(sources, o.Source) {
			sources = append(sources, o.Source)
		}
	}
	collection.Source = strings.Join(sources, "; ")
	return collection, nil
}
