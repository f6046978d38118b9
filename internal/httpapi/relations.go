package httpapi

import (
	"context"

	"jieli/internal/domain"
)

// relations lists the declared ties of a cadre.
func (s *server) relations(ctx context.Context, in *CadrePath) (*answer[RelationList], error) {
	found, err := s.gate().Relations(ctx, granted(ctx).account, in.Cadre)
	if err != nil {
		return nil, err
	}
	return answering(RelationList{Relations: mapped(found, func(r domain.Relation) DeclaredRelation { return DeclaredRelation(r) })}), nil
}

type declareInput struct {
	CadrePath
	Body RelationEntry
}

// declare keeps a tie between two cadres.
func (s *server) declare(ctx context.Context, in *declareInput) (*struct{}, error) {
	return done(s.gate().Declare(ctx, granted(ctx).account, domain.Relation{Cadre: in.Cadre, Relative: in.Body.Relative, Kind: in.Body.Kind}))
}

type undeclareInput struct {
	CadrePath
	Relative string `path:"relative" maxLength:"64"`
}

// undeclare takes a tie back.
func (s *server) undeclare(ctx context.Context, in *undeclareInput) (*struct{}, error) {
	return nil, s.gate().Undeclare(ctx, granted(ctx).account, in.Cadre, in.Relative)
}

type linkInput struct {
	Account string `path:"account" maxLength:"64"`
	Body    struct {
		Cadre string `json:"cadre" maxLength:"64" doc:"Who is behind the account; empty: nobody who is known"`
	}
}

// link says who is behind an account, so that nobody decides on their own case.
func (s *server) link(ctx context.Context, in *linkInput) (*struct{}, error) {
	return done(s.gate().Link(ctx, granted(ctx).account, domain.AccountLink{Account: in.Account, Cadre: in.Body.Cadre}))
}
