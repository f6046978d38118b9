package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// Declare keeps a tie between two cadres, at least one of whom is of a unit in the account's scope. Errors:
// cadre.not_found, relation.bad (KindInvalid), store.duplicate, store.unknown_reference.
func (s Service) Declare(ctx context.Context, actor domain.Account, r domain.Relation) error {
	kinds := []string{domain.RelationSpouse, domain.RelationKin, domain.RelationInLaw, domain.RelationInterest}
	if r.Cadre == r.Relative || !slices.Contains(kinds, r.Kind) {
		return invalid("relation.bad", "relative", nil)
	}
	return s.tie(ctx, actor, r.Cadre, r.Relative, "declare", func(tx *store.Tx) error {
		r.DeclaredBy, r.DeclaredAt = actor.ID, tx.Now()
		return store.InsertRelation(tx, r)
	})
}

// Undeclare takes a tie back, which nobody can do with their own. Errors: cadre.not_found, relation.not_found,
// selection.own_case.
func (s Service) Undeclare(ctx context.Context, actor domain.Account, cadre, relative string) error {
	return s.tie(ctx, actor, cadre, relative, "undeclare", func(tx *store.Tx) error {
		self, err := store.CadreBehind(tx, actor.ID)
		if err != nil {
			return err
		}
		if self != "" && (self == cadre || self == relative) {
			return &domain.Error{Kind: domain.KindForbidden, Key: "selection.own_case"}
		}
		return store.DeleteRelation(tx, cadre, relative)
	})
}

// tie changes a relation, for an account that covers one of the two.
func (s Service) tie(ctx context.Context, actor domain.Account, cadre, relative, what string, f func(*store.Tx) error) error {
	who := access.Of(actor)
	if err := decide(who, access.DeclareRelations, who.Scope); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		home, err := store.CadreHome(tx, who.Scope, cadre)
		if err != nil {
			if home, err = store.CadreHome(tx, who.Scope, relative); err != nil {
				return err
			}
		}
		if err := f(tx); err != nil {
			return err
		}
		return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: "relation." + what, Subject: "relation/" + min(cadre, relative) + "/" + max(cadre, relative), Region: home})
	})
}

// Relations are the ties of a cadre of a unit in the account's scope, or cadre.not_found.
func (s Service) Relations(ctx context.Context, actor domain.Account, cadre string) ([]domain.Relation, error) {
	who := access.Of(actor)
	if err := decide(who, access.DeclareRelations, who.Scope); err != nil {
		return nil, err
	}
	var found []domain.Relation
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		if _, err := store.CadreHome(tx, who.Scope, cadre); err != nil {
			return err
		}
		var err error
		found, err = store.RelationsOf(tx, cadre)
		return err
	})
	return found, err
}

// Link says which cadre is behind an account in the actor's area, so that nobody decides on their own case; an empty cadre
// is nobody. Nobody changes their own link. Errors: account.not_found, selection.own_case, store.unknown_reference.
func (s Service) Link(ctx context.Context, actor domain.Account, l domain.AccountLink) error {
	who := access.Of(actor)
	if err := decide(who, access.DeclareRelations, who.Scope); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		account, err := store.AccountByID(tx, l.Account)
		switch {
		case err != nil:
			return err
		case !account.Region.Valid() || !who.Scope.Covers(account.Region.Scope()):
			return domain.NotFound("account", l.Account)
		case l.Account == actor.ID:
			return &domain.Error{Kind: domain.KindForbidden, Key: "selection.own_case"}
		}
		if err := store.PutAccountLink(tx, l); err != nil {
			return err
		}
		return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: "account.link", Subject: "account/" + l.Account, Region: account.Region})
	})
}
