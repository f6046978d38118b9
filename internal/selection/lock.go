package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// Lock makes those chosen the round's candidates, for good: the list's hash goes into the ledger and dispatch plans from
// it. Everybody on it is checked once more against the registry of this moment. Errors, all KindConflict but selection.unfit:
// selection.changed; publicity.not_found; selection.publicity_running; selection.list_changed where the list is not the one
// that was published; selection.undecided where somebody has no outcome yet; selection.own_case, selection.relatives_case.
func (s Service) Lock(ctx context.Context, actor domain.Account, round string, version int64, permit Permit) (domain.Selection, error) {
	var sel domain.Selection
	err := s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhaseLock}, permit}, func(g *gate) error {
		if err := g.runs(access.ManageSelection); err != nil {
			return err
		}
		list, err := g.finalList()
		if err != nil {
			return err
		}
		if err := g.feed(list); err != nil {
			return err
		}
		g.sel.Status, g.sel.Version, g.sel.ListHash = domain.SelectionLocked, version+1, listHash(list)
		g.sel.LockedBy, g.sel.LockedAt = g.actor.ID, g.tx.Now()
		if err := store.UpdateSelection(g.tx, g.sel); err != nil {
			return err
		}
		sel = g.sel
		return g.record("lock", "", sel.Region, map[string]any{"list_sha256": sel.ListHash, "chosen": len(list)})
	})
	return sel, err
}

// finalList is the published list, if all that has to come before the lock has come.
func (g *gate) finalList() ([]domain.Nomination, error) {
	p, err := g.newestPublicity()
	if err != nil {
		return nil, err
	}
	if g.running(p) {
		return nil, &domain.Error{Kind: domain.KindConflict, Key: "selection.publicity_running", Params: domain.Params{"to": p.To}}
	}
	list, err := g.chosen()
	if err != nil {
		return nil, err
	}
	if listHash(list) != p.ListHash {
		return nil, conflict("selection.list_changed")
	}
	counts, err := store.OutcomeCounts(g.tx, everywhere, "", g.sel.Round)
	if err != nil {
		return nil, err
	}
	if open := counts[domain.OutcomeOpen]; open > 0 {
		return nil, &domain.Error{Kind: domain.KindConflict, Key: "selection.undecided", Params: domain.Params{"count": open}}
	}
	for _, n := range list {
		if err := g.mayDecide(n.Cadre); err != nil {
			return nil, err
		}
	}
	return g.checkedAgain(list)
}

// checkedAgain are those on the list with the facts of this moment, if still nothing bars them.
func (g *gate) checkedAgain(list []domain.Nomination) ([]domain.Nomination, error) {
	var fresh []domain.Nomination
	for batch := range slices.Chunk(cadresOf(list), checkBatch) {
		subjects, err := g.subjects(everywhere, batch)
		if err != nil {
			return nil, err
		}
		for _, one := range subjects {
			if _, err := g.keepChecks(one); err != nil {
				return nil, err
			}
			one.is.Version++
			fresh = append(fresh, one.is)
		}
	}
	return byID(fresh), g.allFit(fresh)
}

// feed writes the round's candidates, and leaves of its villages' neighbours those that dispatch can use: in the round,
// and neighbours of each other.
func (g *gate) feed(list []domain.Nomination) error {
	villages, err := store.RoundVillagesIn(g.tx, everywhere, g.sel.Round)
	if err != nil {
		return err
	}
	if err := store.PutRoundVillages(g.tx, g.sel.Round, mutualNeighbours(villages)); err != nil {
		return err
	}
	candidates := make([]domain.Candidate, len(list))
	for i, n := range list {
		f := n.Facts
		candidates[i] = domain.Candidate{Cadre: domain.Cadre{ID: n.Cadre}, Grade: max(1, f.Grade), MidLevel: f.MidLevel, Fit: true, YoungPool: f.YoungPool,
			RuralYears: f.RuralYears, Terms: f.Terms, Native: f.Native, Skills: f.Skills}
	}
	return store.ReplaceCandidates(g.tx, g.sel.Round, candidates)
}

// mutualNeighbours are the villages whose neighbours had to change.
func mutualNeighbours(villages []domain.RoundVillage) []domain.RoundVillage {
	names := map[[2]domain.Code]bool{}
	for _, v := range villages {
		for _, code := range v.Neighbours {
			names[[2]domain.Code{v.Code, code}] = true
		}
	}
	var changed []domain.RoundVillage
	for _, v := range villages {
		kept := []domain.Code{}
		for _, code := range v.Neighbours {
			if code != v.Code && names[[2]domain.Code{code, v.Code}] && !slices.Contains(kept, code) {
				kept = append(kept, code)
			}
		}
		if len(kept) != len(v.Neighbours) {
			v.Neighbours = kept
			changed = append(changed, v)
		}
	}
	return changed
}
