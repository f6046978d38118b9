package gate

import (
	"context"

	"jieli/internal/domain"
)

// Relations lists the declared ties of a cadre.
func (h Handlers) Relations(ctx context.Context, in *CadrePath) (*Answer[RelationList], error) {
	found, err := h.gate.Relations(ctx, h.caller(ctx).Account, in.Cadre)
	if err != nil {
		return nil, err
	}
	return answering(RelationList{Relations: mapped(found, func(r domain.Relation) DeclaredRelation { return DeclaredRelation(r) })}), nil
}

type declareInput struct {
	CadrePath
	Body RelationEntry
}

// Declare keeps a tie between two cadres.
func (h Handlers) Declare(ctx context.Context, in *declareInput) (*struct{}, error) {
	return done(h.gate.Declare(ctx, h.caller(ctx).Account, domain.Relation{Cadre: in.Cadre, Relative: in.Body.Relative, Kind: in.Body.Kind}))
}

type undeclareInput struct {
	CadrePath
	Relative string `path:"relative" maxLength:"64"`
}

// Undeclare takes a tie back.
func (h Handlers) Undeclare(ctx context.Context, in *undeclareInput) (*struct{}, error) {
	return nil, h.gate.Undeclare(ctx, h.caller(ctx).Account, in.Cadre, in.Relative)
}

type linkInput struct {
	Account string `path:"account" maxLength:"64"`
	Body    struct {
		Cadre string `json:"cadre" maxLength:"64" doc:"Who is behind the account; empty: nobody who is known"`
	}
}

// Link says who is behind an account, so that nobody decides on their own case.
func (h Handlers) Link(ctx context.Context, in *linkInput) (*struct{}, error) {
	return done(h.gate.Link(ctx, h.caller(ctx).Account, domain.AccountLink{Account: in.Account, Cadre: in.Body.Cadre}))
}
