package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/divisions"
)

type regionChangeInput struct{ Body RegionChangeRequest }

// changeRegions changes divisions, or says what a change would do.
func (s *server) changeRegions(ctx context.Context, in *regionChangeInput) (*answer[RegionChangeVerdict], error) {
	actor, request := granted(ctx).account, in.Body.request()
	if in.Body.DryRun {
		effect, err := s.options.Registry.PreviewRegionChange(ctx, actor, request)
		if err != nil {
			return nil, inBody(err)
		}
		return answering(RegionChangeVerdict{Effect: effectOf(effect, len(effect.Moves))}), nil
	}
	made, err := s.options.Registry.ChangeRegion(ctx, actor, request, in.Body.Reason)
	if err != nil {
		return nil, inBody(err)
	}
	told := regionChangeOf(made, actor.Name)
	return answering(RegionChangeVerdict{told.RegionEffect, &told}), nil
}

func (r RegionChangeRequest) request() registry.RegionRequest {
	codes := make(map[domain.Code]domain.Code, len(r.Codes))
	for from, to := range r.Codes {
		codes[domain.Code(from)] = domain.Code(to)
	}
	return registry.RegionRequest{
		Kind: divisions.Kind(r.Kind), Day: r.Day, From: r.From, Into: r.Into, Name: r.Name, As: domain.RegionKind(r.As), Parts: r.Parts, Codes: codes,
	}
}

// undoRegionChange takes a change of divisions back.
func (s *server) undoRegionChange(ctx context.Context, in *RegionChangePath) (*answer[RegionChange], error) {
	undone, err := s.options.Registry.UndoRegionChange(ctx, granted(ctx).account, in.Change)
	if err != nil {
		return nil, err
	}
	who, err := s.authors(ctx, []string{undone.Actor})
	if err != nil {
		return nil, err
	}
	return answering(regionChangeOf(undone, who.names[undone.Actor])), nil
}

type regionChangesInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// regionChanges gives the newest changes of divisions.
func (s *server) regionChanges(ctx context.Context, in *regionChangesInput) (*answer[RegionChangeList], error) {
	changes, err := s.options.Registry.RegionChanges(ctx, granted(ctx).account, in.Limit)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(changes))
	for i, c := range changes {
		ids[i] = c.Actor
	}
	who, err := s.authors(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := RegionChangeList{Changes: make([]RegionChange, len(changes))}
	for i, c := range changes {
		out.Changes[i] = regionChangeOf(c, who.names[c.Actor])
	}
	return answering(out), nil
}

func regionChangeOf(c registry.RegionChange, by string) RegionChange {
	return RegionChange{
		RegionEffect: effectOf(c.RegionEffect, c.Divisions), Change: c.Seq, Kind: c.Kind, Day: c.Day, Reason: c.Reason, By: by, At: c.At, Undone: c.UndoneBy != "",
	}
}

// mostMoves is how many moves of a change are told.
const mostMoves = 500

func effectOf(e registry.RegionEffect, all int) RegionEffect {
	out := RegionEffect{Region: e.Region, Divisions: all, Moves: []RegionMove{}, Followers: []RegionFollowers{}}
	for _, m := range e.Moves[:min(len(e.Moves), mostMoves)] {
		out.Moves = append(out.Moves, RegionMove(m))
	}
	for _, f := range e.Followers {
		out.Followers = append(out.Followers, RegionFollowers{What: f.Table, Count: f.Count, Names: f.Names})
	}
	return out
}
