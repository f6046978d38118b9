package selection

import (
	"context"
	"errors"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Nominee is somebody whom a unit proposes. Leader: as leader and first secretary.
type Nominee struct {
	Cadre  string
	Leader bool
	Reason string
}

// Nominate puts cadres of units in the account's reach on the list, with what the registry says of them. Whoever was
// withdrawn may be nominated again, and is then judged anew. Errors: selection.no_villages, selection.no_quota, selection.quota_full,
// selection.nominated_already (KindConflict); selection.nominee_unknown (KindInvalid) for who is not on the register that
// day, or not in reach; selection.own_case, selection.relatives_case.
func (s Service) Nominate(ctx context.Context, actor domain.Account, round string, nominees []Nominee, permit Permit) ([]domain.Nomination, error) {
	var made []domain.Nomination
	err := s.change(ctx, actor, round, act{access.Nominate, []domain.Phase{domain.PhaseNomination}, permit}, func(g *gate) error {
		if err := g.needVillages(); err != nil {
			return err
		}
		facts, err := g.factsOf(nominees)
		if err != nil {
			return err
		}
		for _, wanted := range nominees {
			n, err := g.nominate(wanted, facts[wanted.Cadre])
			if err != nil {
				return err
			}
			made = append(made, n)
			if err := g.record("nominate", about(n.Cadre), n.Home, map[string]any{"unit": n.Unit, "leader": n.Leader}); err != nil {
				return err
			}
		}
		return g.withinQuotas(made)
	})
	return made, err
}

func (g *gate) factsOf(nominees []Nominee) (map[string]domain.Nomination, error) {
	ids := make([]string, len(nominees))
	for i, n := range nominees {
		ids[i] = n.Cadre
	}
	scope, unit := g.reach()
	found, err := store.NomineeFacts(g.tx, scope, unit, g.sel.Day, ids, g.round.Specialities)
	facts := map[string]domain.Nomination{}
	for _, f := range found {
		facts[f.Cadre] = f
	}
	return facts, err
}

func (g *gate) nominate(wanted Nominee, n domain.Nomination) (domain.Nomination, error) {
	unknown := invalid("selection.nominee_unknown", "cadre", domain.Params{"cadre": wanted.Cadre})
	if n.Cadre == "" {
		return n, unknown
	}
	if err := g.allow(access.Nominate, n.Home, unknown); err != nil {
		return n, err
	}
	if err := g.mayDecide(n.Cadre); err != nil {
		return n, err
	}
	n.Round, n.Leader, n.Reason, n.Outcome, n.Version = g.sel.Round, wanted.Leader, wanted.Reason, domain.OutcomeOpen, 1
	n.NominatedBy, n.NominatedAt = g.actor.ID, g.tx.Now()
	old, err := store.NominationOf(g.tx, everywhere, n.Round, n.Cadre)
	var known *domain.Error
	switch {
	case errors.As(err, &known) && known.Kind == domain.KindNotFound:
		return n, store.InsertNominations(g.tx, []domain.Nomination{n})
	case err != nil:
		return n, err
	case old.Outcome != domain.OutcomeWithdrawn:
		return n, &domain.Error{Kind: domain.KindConflict, Key: "selection.nominated_already", Params: domain.Params{"cadre": n.Cadre}}
	}
	n.Version = old.Version + 1
	if err := g.forgetJudgements(n.Cadre); err != nil {
		return n, err
	}
	return n, store.UpdateNomination(g.tx, n)
}

// forgetJudgements takes back what people said of an earlier nomination: with its checks gone nobody could tell whether
// the words still fit the new ones.
func (g *gate) forgetJudgements(cadre string) error {
	words, err := store.Judgements(g.tx, g.sel.Round, cadre)
	if err != nil {
		return err
	}
	for _, w := range words {
		if err := store.DeleteJudgement(g.tx, g.sel.Round, cadre, w.Rule); err != nil {
			return err
		}
	}
	return nil
}

// withinQuotas holds the units of the nominations against their quotas.
func (g *gate) withinQuotas(made []domain.Nomination) error {
	checked := map[string]bool{}
	for _, n := range made {
		if checked[n.Unit] {
			continue
		}
		checked[n.Unit] = true
		states, err := store.QuotaStates(g.tx, everywhere, n.Unit, g.sel.Round)
		if err != nil {
			return err
		}
		if len(states) == 0 {
			return &domain.Error{Kind: domain.KindConflict, Key: "selection.no_quota", Params: domain.Params{"unit": n.Unit}}
		}
		if q := states[0]; q.Nominated > q.Places {
			return &domain.Error{Kind: domain.KindConflict, Key: "selection.quota_full", Params: domain.Params{"unit": n.Unit, "places": q.Places, "nominated": q.Nominated}}
		}
	}
	return nil
}

// Withdraw takes a nomination back, with a reason, at any time before the lock. Errors: nominee.not_found,
// selection.reason_needed, selection.withdrawn_already, selection.changed, selection.own_case, selection.relatives_case.
func (s Service) Withdraw(ctx context.Context, actor domain.Account, round, cadre string, version int64, reason string, permit Permit) (domain.Nomination, error) {
	var n domain.Nomination
	err := s.change(ctx, actor, round, act{action: access.Nominate, permit: permit}, func(g *gate) (err error) {
		if n, err = g.nominee(access.Nominate, cadre); err != nil {
			return err
		}
		if err := g.mayDecide(cadre); err != nil {
			return err
		}
		switch {
		case reason == "":
			return invalid("selection.reason_needed", "reason", nil)
		case n.Outcome == domain.OutcomeWithdrawn:
			return conflict("selection.withdrawn_already")
		}
		n.Outcome, n.OutcomeWhy, n.ReservePlace, n.Version = domain.OutcomeWithdrawn, reason, 0, version+1
		n.DecidedBy, n.DecidedAt = g.actor.ID, g.tx.Now()
		if err := store.UpdateNomination(g.tx, n); err != nil {
			return err
		}
		return g.record("withdraw", about(cadre), n.Home, map[string]any{"version": n.Version})
	})
	return n, err
}

// NominationQuery picks nominations; empty fields narrow nothing. Name is a part of a name.
type NominationQuery struct {
	Round, Unit, Name string
	Outcome           domain.Outcome
	Offset, Limit     int // Limit 1..500
}

// Nominations are a page of the nominations in the account's reach, by the unit's home and cadre, and how many
// there are.
func (s Service) Nominations(ctx context.Context, actor domain.Account, q NominationQuery) ([]domain.Nomination, int, error) {
	var page []domain.Nomination
	var total int
	err := s.look(ctx, actor, q.Round, access.ReadNominees, func(g *gate) (err error) {
		scope, unit := g.reach()
		if unit != "" && q.Unit != "" && q.Unit != unit {
			return nil
		}
		if unit == "" {
			unit = q.Unit
		}
		page, total, err = store.Nominations(g.tx, scope, store.NominationFilter{Round: q.Round, Unit: unit, Outcome: q.Outcome, Query: q.Name,
			Offset: q.Offset, Limit: max(1, min(q.Limit, 500))})
		return err
	})
	return page, total, err
}
