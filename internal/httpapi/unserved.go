package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/store"
)

type unservedInput struct {
	PlanPath
	RegionQuery
	Page
}

// unserved lists the villages that the plan leaves without a team, and why.
func (s *server) unserved(ctx context.Context, in *unservedInput) (*answer[UnservedList], error) {
	g := granted(ctx)
	list := UnservedList{Rows: []UnservedRow{}}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		rows, total, err := store.ListUnserved(tx, g.scope, in.Plan, g.region, in.Offset, in.Limit)
		list.Total = total
		for _, r := range rows {
			list.Rows = append(list.Rows, unservedOf(r, s.of(ctx).printer))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return answering(list), nil
}

func unservedOf(r store.UnservedRow, printer *i18n.Printer) UnservedRow {
	params := domain.Params{}
	numbers := map[string]int64{}
	for name, value := range r.Params {
		params[name], numbers[name] = value, value
	}
	return UnservedRow{
		Village: r.Village, Name: r.Name, Township: r.TownshipName, County: r.CountyName, Category: r.Category,
		Reason: r.Reason, Params: numbers, Text: printer.Text(r.Reason, params),
	}
}
