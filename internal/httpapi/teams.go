package httpapi

import (
	"context"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/store"
)

type teamsInput struct {
	PlanPath
	RegionQuery
	Query     string           `query:"q" maxLength:"64" doc:"Part of a village's, unit's or leader's name, pinyin or its initials, start of a village code, or a team id"`
	Category  domain.Category  `query:"category" enum:"key,weak,demonstration,consolidated"`
	UnitLevel domain.UnitLevel `query:"unit_level" enum:"province,city,county"`
	Sort      string           `query:"sort" enum:"id,villages,unit,category,size,score,match,leader" default:"id"`
	Desc      bool             `query:"desc"`
	Page
}

// teams lists the teams that serve a village of the region.
func (s *server) teams(ctx context.Context, in *teamsInput) (*answer[TeamList], error) {
	g := granted(ctx)
	list := TeamList{Rows: []TeamRow{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		rows, total, err := store.ListTeams(tx, g.scope, store.TeamFilter{
			Plan: in.Plan, Region: g.region, Query: strings.TrimSpace(in.Query), Category: in.Category, UnitLevel: in.UnitLevel,
			Sort: in.Sort, Desc: in.Desc, Offset: in.Offset, Limit: in.Limit,
		})
		list.Total = total
		for _, r := range rows {
			list.Rows = append(list.Rows, teamRowOf(r))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(list), nil
}

func teamRowOf(r store.TeamRow) TeamRow {
	row := TeamRow{
		ID: r.ID, County: NamedCode{r.County, r.CountyName}, Township: r.TownshipName, Villages: []NamedCode{}, Elsewhere: r.Elsewhere,
		Unit: UnitRef{r.UnitID, r.UnitName, r.UnitLevel}, Category: r.Category, Size: r.Size, Leader: r.LeaderName,
		Score: r.Score, UnitMatch: r.UnitMatch, MemberMatch: r.MemberMatch,
	}
	for _, v := range r.Villages {
		row.Villages = append(row.Villages, NamedCode(v))
	}
	return row
}
