package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/domain/geo"
	"jieli/internal/store"
)

type pointsInput struct {
	PlanPath
	Region domain.Code `query:"region" required:"true" maxLength:"12" doc:"Code of a county or a township"`
}

// points gives the villages of a county or township for the map.
func (s *server) points(ctx context.Context, in *pointsInput) (*answer[PointList], error) {
	g := granted(ctx)
	if level := g.region.Level(); level != domain.LevelCounty && level != domain.LevelTownship {
		return nil, &domain.Error{
			Kind: domain.KindInvalid, Key: "points.region_level", Field: "query.region", Params: domain.Params{"code": g.region},
		}
	}
	list := PointList{Points: []Point{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		if _, err := store.RegionByCode(tx, g.scope, g.region); err != nil {
			return err
		}
		found, err := store.VillagePoints(tx, g.scope, in.Plan, g.region)
		for _, p := range found {
			list.Points = append(list.Points, pointOf(p))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(list), nil
}

func pointOf(p store.VillagePoint) Point {
	lon, lat := geo.ToLonLat(p.X, p.Y)
	return Point{
		Code: p.Code, Name: p.Name, Category: p.Category, X: p.X, Y: p.Y, Lon: lon, Lat: lat, Team: p.Team, UnitMatch: p.UnitMatch,
	}
}
