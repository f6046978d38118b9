package selection

import (
	"context"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// SetQuotas gives units in the account's scope their quotas, and makes the units part of the round. Version 0 is a new
// quota. Errors: selection.no_villages (KindConflict) before villages are fixed; unit.not_found; selection.bad_quota;
// selection.joined_leads where a unit that joins another one is to lead teams; selection.below_nominated where more are
// nominated already; selection.changed.
func (s Service) SetQuotas(ctx context.Context, actor domain.Account, round string, quotas []domain.Quota, permit Permit) error {
	return s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhaseQuotas}, permit}, func(g *gate) error {
		if err := g.needVillages(); err != nil {
			return err
		}
		for _, q := range quotas {
			if err := g.setQuota(q); err != nil {
				return err
			}
		}
		return g.record("set_quotas", "", g.actor.Region, map[string]any{"quotas": quotas})
	})
}

func (g *gate) setQuota(q domain.Quota) error {
	q.Round = g.sel.Round
	unit, err := store.UnitFromRegistry(g.tx, g.who.Scope, q.Unit, g.round.Specialities)
	if err != nil {
		return err
	}
	if err := g.allow(access.ManageSelection, unit.Home, domain.NotFound("unit", q.Unit)); err != nil {
		return err
	}
	params := domain.Params{"unit": q.Unit}
	switch {
	case q.Places < 0 || q.MinTeams < 0 || q.MaxTeams < q.MinTeams:
		return invalid("selection.bad_quota", "places", params)
	case unit.LeadUnit != "" && q.MaxTeams > 0:
		return invalid("selection.joined_leads", "max_teams", params)
	}
	if err := g.keepQuota(q); err != nil {
		return err
	}
	unit.MinTeams, unit.MaxTeams = q.MinTeams, q.MaxTeams
	if err := store.PutRoundUnit(g.tx, q.Round, unit); err != nil || unit.LeadUnit == "" {
		return err
	}
	return g.bringLead(unit.LeadUnit)
}

func (g *gate) keepQuota(q domain.Quota) error {
	q.Version++
	if q.Version == 1 {
		return store.InsertQuota(g.tx, q)
	}
	states, err := store.QuotaStates(g.tx, everywhere, q.Unit, q.Round)
	if err != nil {
		return err
	}
	for _, state := range states {
		if state.Nominated > q.Places {
			return invalid("selection.below_nominated", "places", domain.Params{"unit": q.Unit, "count": state.Nominated})
		}
	}
	return store.UpdateQuota(g.tx, q)
}

// bringLead makes the unit that another one joins part of the round, without teams of its own until it has a quota.
func (g *gate) bringLead(unit string) error {
	quotas, err := store.QuotaStates(g.tx, everywhere, unit, g.sel.Round)
	if err != nil || len(quotas) > 0 {
		return err
	}
	lead, err := store.UnitFromRegistry(g.tx, everywhere, unit, g.round.Specialities)
	if err != nil {
		return err
	}
	return store.PutRoundUnit(g.tx, g.sel.Round, lead)
}

// Quotas are the quotas of units in the account's reach, with what has become of them.
func (s Service) Quotas(ctx context.Context, actor domain.Account, round string) ([]store.QuotaState, error) {
	var states []store.QuotaState
	err := s.look(ctx, actor, round, access.ReadNominees, func(g *gate) (err error) {
		scope, unit := g.reach()
		states, err = store.QuotaStates(g.tx, scope, unit, round)
		return err
	})
	return states, err
}
