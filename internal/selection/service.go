package selection

import (
	"context"
	"encoding/json"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/policy"
	"jieli/internal/selection/calendar"
	"jieli/internal/store"
)

// Service runs selections.
type Service struct{ Store *store.Store }

// Permit goes with every change. Override, where it is not empty, is the reason for acting outside the calendar.
type Permit struct{ Override string }

// everywhere is the scope of what is counted over the whole selection, whoever asks; nothing that is read with it is shown.
var everywhere = domain.ScopeOfPrefix("")

// gate is one act on one selection in one transaction.
type gate struct {
	tx     *store.Tx
	actor  domain.Account
	who    access.Actor
	sel    domain.Selection
	round  domain.Round
	today  string
	basis  []domain.PolicyObject
	merged map[domain.Code]policy.Effective
	permit Permit
	self   string          // the cadre behind the account, empty for nobody known
	ties   map[string]bool // cadres tied to self
}

// act says what is done: the action that the account has to be allowed, and the phases in which it may be done; none is
// any time before the lock.
type act struct {
	action access.Action
	phases []domain.Phase
	permit Permit
}

// change runs f in a write on an open selection, after what holds for every act: role, lock, calendar.
func (s Service) change(ctx context.Context, actor domain.Account, round string, a act, f func(*gate) error) error {
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		g, err := enter(tx, actor, round, a.action)
		if err != nil {
			return err
		}
		if g.sel.Status == domain.SelectionLocked {
			return conflict("selection.locked")
		}
		g.permit = a.permit
		if err := g.inPhase(a.phases); err != nil {
			return err
		}
		if err := g.meet(); err != nil {
			return err
		}
		return f(g)
	})
}

// look runs f in a read.
func (s Service) look(ctx context.Context, actor domain.Account, round string, action access.Action, f func(*gate) error) error {
	return s.Store.Read(ctx, func(tx *store.Tx) error {
		g, err := enter(tx, actor, round, action)
		if err != nil {
			return err
		}
		return f(g)
	})
}

// enter loads the selection for an account that may take the action somewhere, if the selection concerns it: its area and
// the selection's overlap.
func enter(tx *store.Tx, actor domain.Account, round string, action access.Action) (*gate, error) {
	who := access.Of(actor)
	if err := decide(who, action, who.Scope); err != nil {
		return nil, err
	}
	if who.Role == domain.RoleUnitOffice && actor.Unit == "" {
		return nil, &domain.Error{Kind: domain.KindForbidden, Key: access.RoleForbids}
	}
	g := &gate{tx: tx, actor: actor, who: who, today: calendar.Day(tx.Now()), merged: map[domain.Code]policy.Effective{}}
	var err error
	if g.sel, err = store.SelectionByRound(tx, round); err != nil {
		return nil, err
	}
	if own := g.sel.Region.Scope(); !own.Covers(who.Scope) && !who.Scope.Covers(own) {
		return nil, domain.NotFound("selection", round)
	}
	if g.round, err = store.RoundByID(tx, round); err != nil {
		return nil, err
	}
	g.basis, err = basisObjects(tx, g.sel.Policy)
	return g, err
}

// decide is access.Decide as an error.
func decide(who access.Actor, action access.Action, target domain.Scope) error {
	d := access.Decide(who, action, target)
	if d.Allow {
		return nil
	}
	return &domain.Error{Kind: domain.KindForbidden, Key: d.Reason}
}

// allow asks whether the account may take the action on the place; missing is what it is told where the place lies outside.
func (g *gate) allow(action access.Action, place domain.Code, missing error) error {
	var target domain.Scope
	if place.Valid() {
		target = place.Scope()
	}
	d := access.Decide(g.who, action, target)
	if d.Reason == access.OutsideScope {
		return missing
	}
	return decide(g.who, action, target)
}

// runs asks whether the account may take the action on the whole selection: the office that runs it, or one above.
func (g *gate) runs(action access.Action) error {
	return g.allow(action, g.sel.Region, &domain.Error{Kind: domain.KindForbidden, Key: access.OutsideScope})
}

// reach is what the account sees: the nominees of units in the scope, and of the one unit unless it is empty.
func (g *gate) reach() (domain.Scope, string) {
	if g.who.Role == domain.RoleUnitOffice {
		return g.who.Scope, g.actor.Unit
	}
	return g.who.Scope, ""
}

// inPhase holds the act against the calendar. Outside of its days it needs a reason, and to be the office that runs the
// selection.
func (g *gate) inPhase(phases []domain.Phase) error {
	if len(phases) == 0 {
		return nil
	}
	for _, p := range phases {
		if calendar.Open(g.sel.Calendar, p, g.today) {
			return nil
		}
	}
	if g.permit.Override != "" {
		return g.runs(access.OverrideSelection)
	}
	dates, _ := calendar.Of(g.sel.Calendar, phases[0])
	return &domain.Error{Kind: domain.KindConflict, Key: "selection.outside_phase",
		Params: domain.Params{"phase": string(phases[0]), "from": dates.From, "to": dates.To, "today": g.today}}
}

// meet finds out who is behind the account.
func (g *gate) meet() error {
	var err error
	if g.self, err = store.CadreBehind(g.tx, g.actor.ID); err != nil || g.self == "" {
		return err
	}
	relations, err := store.RelationsOf(g.tx, g.self)
	g.ties = map[string]bool{}
	for _, r := range relations {
		g.ties[r.Cadre], g.ties[r.Relative] = true, true
	}
	return err
}

// mayDecide refuses a decision on oneself or on a declared relative.
func (g *gate) mayDecide(cadre string) error {
	switch {
	case g.self == "":
		return nil
	case g.self == cadre:
		return &domain.Error{Kind: domain.KindForbidden, Key: "selection.own_case"}
	case g.ties[cadre]:
		return &domain.Error{Kind: domain.KindForbidden, Key: "selection.relatives_case", Params: domain.Params{"cadre": cadre}}
	}
	return nil
}

// nominee is a nomination that the account may take the action on.
func (g *gate) nominee(action access.Action, cadre string) (domain.Nomination, error) {
	scope, unit := g.reach()
	n, err := store.NominationOf(g.tx, scope, g.sel.Round, cadre)
	if err != nil {
		return n, err
	}
	missing := domain.NotFound("nominee", cadre)
	if unit != "" && n.Unit != unit {
		return domain.Nomination{}, missing
	}
	return n, g.allow(action, n.Home, missing)
}

// record leaves the ledger entry of an act. Detail names ids and figures, never names or notes.
func (g *gate) record(action, subject string, region domain.Code, detail map[string]any) error {
	if g.permit.Override != "" {
		detail["override"] = g.permit.Override
	}
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	return ledger.Record(g.tx, domain.LedgerEntry{Actor: g.actor.ID, Action: "selection." + action, Subject: "round/" + g.sel.Round + subject,
		Region: region, Policy: g.sel.Policy, Detail: string(text)})
}

// about is the ledger's subject for a nominee.
func about(cadre string) string { return "/nominee/" + cadre }

func conflict(key string) error { return &domain.Error{Kind: domain.KindConflict, Key: key} }

func invalid(key, field string, params domain.Params) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: field, Params: params}
}
