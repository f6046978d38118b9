package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Choose keeps decisions about nominees in the account's reach. Only whom nothing bars can be chosen or kept in reserve.
// Errors: nominee.not_found; selection.unfit (KindInvalid, with the first obstacle), selection.bad_outcome,
// selection.reason_needed, selection.bad_reserve_place; selection.quota_full, selection.posts_full,
// selection.reserve_place_taken, selection.changed (KindConflict); selection.own_case, selection.relatives_case.
func (s Service) Choose(ctx context.Context, actor domain.Account, round string, choices []Choice, permit Permit) ([]domain.Nomination, error) {
	var kept []domain.Nomination
	err := s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhaseChoice}, permit}, func(g *gate) error {
		f, err := g.filesOf("")
		if err != nil {
			return err
		}
		for _, c := range choices {
			n, err := g.choose(c, f)
			if err != nil {
				return err
			}
			kept = append(kept, n)
			if err := g.record("choose", about(n.Cadre), n.Home, map[string]any{"outcome": n.Outcome, "reserve_place": n.ReservePlace}); err != nil {
				return err
			}
		}
		return g.withinRoom(kept)
	})
	return kept, err
}

func (g *gate) choose(c Choice, f files) (domain.Nomination, error) {
	n, err := g.nominee(access.ManageSelection, c.Cadre)
	if err != nil {
		return n, err
	}
	if err := g.mayDecide(c.Cadre); err != nil {
		return n, err
	}
	d, err := g.dossier(n, f)
	if err != nil {
		return n, err
	}
	if err := checkChoice(c, d); err != nil {
		return n, err
	}
	n.Outcome, n.OutcomeWhy, n.ReservePlace, n.Version = c.Outcome, c.Reason, c.ReservePlace, c.Version+1
	n.DecidedBy, n.DecidedAt = g.actor.ID, g.tx.Now()
	return n, store.UpdateNomination(g.tx, n)
}

func checkChoice(c Choice, d Dossier) error {
	params := domain.Params{"cadre": c.Cadre}
	wanted := c.Outcome == domain.OutcomeChosen || c.Outcome == domain.OutcomeReserve
	switch {
	case d.Outcome == domain.OutcomeWithdrawn:
		return conflict("selection.withdrawn_already")
	case !slices.Contains([]domain.Outcome{domain.OutcomeOpen, domain.OutcomeChosen, domain.OutcomeReserve, domain.OutcomeNotChosen}, c.Outcome):
		return invalid("selection.bad_outcome", "outcome", params)
	case wanted && len(d.Obstacles) > 0:
		return unfit(c.Cadre, d.Obstacles)
	case c.Outcome == domain.OutcomeNotChosen && c.Reason == "":
		return invalid("selection.reason_needed", "reason", params)
	case (c.Outcome == domain.OutcomeReserve) != (c.ReservePlace > 0):
		return invalid("selection.bad_reserve_place", "reserve_place", params)
	}
	return nil
}

// unfit names the nominee and the first obstacle, which is the error's cause.
func unfit(cadre string, obstacles []Obstacle) error {
	first := obstacles[0]
	return &domain.Error{Kind: domain.KindInvalid, Key: "selection.unfit", Field: "cadre", Params: domain.Params{"cadre": cadre, "count": len(obstacles)},
		Cause: &domain.Error{Kind: domain.KindInvalid, Key: first.Key, Params: first.Params}}
}

// withinRoom holds the whole choice against quotas, posts and the places in the reserve.
func (g *gate) withinRoom(kept []domain.Nomination) error {
	quotas, err := store.QuotaStates(g.tx, everywhere, "", g.sel.Round)
	if err != nil {
		return err
	}
	for _, q := range quotas {
		touched := slices.ContainsFunc(kept, func(n domain.Nomination) bool { return n.Unit == q.Unit })
		if touched && q.Chosen > q.Places {
			return &domain.Error{Kind: domain.KindConflict, Key: "selection.quota_full", Params: domain.Params{"unit": q.Unit, "places": q.Places, "nominated": q.Chosen}}
		}
	}
	counts, err := store.OutcomeCounts(g.tx, everywhere, "", g.sel.Round)
	if err != nil {
		return err
	}
	if chosen := counts[domain.OutcomeChosen]; g.sel.Posts > 0 && chosen > g.sel.Posts {
		return &domain.Error{Kind: domain.KindConflict, Key: "selection.posts_full", Params: domain.Params{"posts": g.sel.Posts, "chosen": chosen}}
	}
	return g.reservePlaces()
}

func (g *gate) reservePlaces() error {
	reserve, _, err := store.Nominations(g.tx, everywhere, store.NominationFilter{Round: g.sel.Round, Outcome: domain.OutcomeReserve})
	taken := map[int64]bool{}
	for _, n := range reserve {
		if taken[n.ReservePlace] {
			return &domain.Error{Kind: domain.KindConflict, Key: "selection.reserve_place_taken", Params: domain.Params{"place": n.ReservePlace}}
		}
		taken[n.ReservePlace] = true
	}
	return err
}
