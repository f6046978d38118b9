package selection

import (
	"context"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/calendar"
	"jieli/internal/store"
)

// Overview is where a selection stands, as far as the account may see. Feeds is the round that it
// feeds; Open are the phases that are open today; Needs
// counts need lists by status, Outcomes nominations by outcome, Places the quotas' places.
type Overview struct {
	domain.Selection
	Feeds        domain.Round
	Today        string
	Open         []domain.Phase
	Villages     int64
	Needs        map[domain.NeedStatus]int64
	Units        int64
	Places       int64
	Outcomes     map[domain.Outcome]int64
	Publications []domain.Publicity
	Rules        policy.Effective
}

// Overview tells where a selection stands; selection.not_found where it does not concern the account.
func (s Service) Overview(ctx context.Context, actor domain.Account, round string) (Overview, error) {
	var o Overview
	err := s.look(ctx, actor, round, access.ReadSelection, func(g *gate) error {
		o = Overview{Selection: g.sel, Feeds: g.round, Today: g.today, Needs: map[domain.NeedStatus]int64{}, Rules: g.rules()}
		for _, p := range domain.Phases() {
			if calendar.Open(g.sel.Calendar, p, g.today) {
				o.Open = append(o.Open, p)
			}
		}
		return g.count(&o)
	})
	return o, err
}

func (g *gate) count(o *Overview) error {
	var err error
	if o.Villages, err = store.CountRoundVillages(g.tx, g.who.Scope, g.sel.Round); err != nil {
		return err
	}
	for _, status := range []domain.NeedStatus{domain.NeedDraft, domain.NeedSubmitted, domain.NeedReturned, domain.NeedAccepted} {
		_, total, err := store.NeedLists(g.tx, g.who.Scope, store.NeedFilter{Round: g.sel.Round, Status: status})
		if err != nil {
			return err
		}
		o.Needs[status] = int64(total)
	}
	scope, unit := g.reach()
	quotas, err := store.QuotaStates(g.tx, scope, unit, g.sel.Round)
	if err != nil {
		return err
	}
	for _, q := range quotas {
		o.Units++
		o.Places += q.Places
	}
	if o.Outcomes, err = store.OutcomeCounts(g.tx, scope, unit, g.sel.Round); err != nil {
		return err
	}
	o.Publications, err = store.Publicities(g.tx, g.sel.Round)
	return err
}
