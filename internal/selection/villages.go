package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// VillageChoice makes a village one to be served. Difficulty 0..100, −1 leaves it as the registry has it.
type VillageChoice struct {
	Code       domain.Code
	Category   domain.Category
	Difficulty int
}

var categories = []domain.Category{domain.CategoryKey, domain.CategoryWeak, domain.CategoryDemonstration, domain.CategoryConsolidated}

// FixVillages makes villages in the account's scope part of the round, or gives those that are new category and
// difficulty; the rest comes from the registry. Errors: selection.village_unknown, selection.bad_category,
// selection.bad_difficulty (KindInvalid).
func (s Service) FixVillages(ctx context.Context, actor domain.Account, round string, choices []VillageChoice, permit Permit) error {
	return s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhaseVillages}, permit}, func(g *gate) error {
		known, err := g.villagesOf(choices)
		if err != nil {
			return err
		}
		var rows []domain.RoundVillage
		for _, c := range choices {
			v, found := known[c.Code]
			switch {
			case !found || g.allow(access.ManageSelection, c.Code, errOutside) != nil:
				return invalid("selection.village_unknown", "code", domain.Params{"code": c.Code})
			case !slices.Contains(categories, c.Category):
				return invalid("selection.bad_category", "category", domain.Params{"code": c.Code})
			case c.Difficulty < -1 || c.Difficulty > 100:
				return invalid("selection.bad_difficulty", "difficulty", domain.Params{"code": c.Code})
			case c.Difficulty >= 0:
				v.Difficulty = c.Difficulty
			}
			v.Category = c.Category
			rows = append(rows, v)
		}
		if err := store.PutRoundVillages(g.tx, round, rows); err != nil {
			return err
		}
		return g.record("fix_villages", "", g.actor.Region, map[string]any{"villages": choices})
	})
}

// villagesOf are the villages as the round has them, or as the registry does.
func (g *gate) villagesOf(choices []VillageChoice) (map[domain.Code]domain.RoundVillage, error) {
	codes := make([]domain.Code, len(choices))
	for i, c := range choices {
		codes[i] = c.Code
	}
	fresh, err := store.VillagesFromRegistry(g.tx, g.who.Scope, codes, g.round.Specialities)
	if err != nil {
		return nil, err
	}
	kept, err := store.RoundVillagesIn(g.tx, g.who.Scope, g.sel.Round)
	known := map[domain.Code]domain.RoundVillage{}
	for _, v := range append(fresh, kept...) {
		known[v.Code] = v
	}
	return known, err
}

var errOutside = &domain.Error{Kind: domain.KindForbidden, Key: access.OutsideScope}

// DropVillages takes villages out of the round, with their need lists; codes that are not in it, or outside the scope, are left.
func (s Service) DropVillages(ctx context.Context, actor domain.Account, round string, codes []domain.Code, permit Permit) error {
	return s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhaseVillages}, permit}, func(g *gate) error {
		if err := store.DropRoundVillages(g.tx, g.who.Scope, round, codes); err != nil {
			return err
		}
		return g.record("drop_villages", "", g.actor.Region, map[string]any{"villages": codes})
	})
}

// Villages are those of the round in the account's scope, by code.
func (s Service) Villages(ctx context.Context, actor domain.Account, round string) ([]domain.RoundVillage, error) {
	var villages []domain.RoundVillage
	err := s.look(ctx, actor, round, access.ReadSelection, func(g *gate) (err error) {
		villages, err = store.RoundVillagesIn(g.tx, g.who.Scope, round)
		return err
	})
	return villages, err
}

// needVillages refuses what comes before the villages are fixed.
func (g *gate) needVillages() error {
	villages, err := store.CountRoundVillages(g.tx, everywhere, g.sel.Round)
	if err == nil && villages == 0 {
		err = conflict("selection.no_villages")
	}
	return err
}
