package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/checks"
	"jieli/internal/store"
)

// Obstacle is something that keeps a nominee from being chosen: Key is a message key.
type Obstacle struct {
	Key    string
	Params domain.Params
}

// Dossier is all about one nominee. Bodies are those that have to clear; Obstacles is what keeps the nominee from being
// chosen as things stand, none: nothing does.
type Dossier struct {
	domain.Nomination
	Standing   checks.Standing
	Judgements []domain.Judgement
	Bodies     []string
	Clearances []domain.Clearance
	Interviews []domain.Interview
	Objections []domain.Objection
	Obstacles  []Obstacle
}

// files are the parts of nominations by cadre.
type files struct {
	judgements map[string][]domain.Judgement
	clearances map[string][]domain.Clearance
	interviews map[string][]domain.Interview
	objections map[string][]domain.Objection
}

func byCadre[T any](all []T, cadre func(T) string) map[string][]T {
	found := map[string][]T{}
	for _, one := range all {
		found[cadre(one)] = append(found[cadre(one)], one)
	}
	return found
}

// filesOf loads the parts of a nominee, or of all of the selection where cadre is empty.
func (g *gate) filesOf(cadre string) (files, error) {
	var f files
	var named []string
	if cadre != "" {
		named = []string{cadre}
	}
	words, err := store.Judgements(g.tx, g.sel.Round, named...)
	if err != nil {
		return f, err
	}
	steps, err := store.Clearances(g.tx, g.sel.Round, cadre)
	if err != nil {
		return f, err
	}
	talks, err := store.Interviews(g.tx, g.sel.Round, cadre)
	if err != nil {
		return f, err
	}
	objections, err := store.Objections(g.tx, g.sel.Round, cadre)
	f.judgements = byCadre(words, func(j domain.Judgement) string { return j.Cadre })
	f.clearances = byCadre(steps, func(c domain.Clearance) string { return c.Cadre })
	f.interviews = byCadre(talks, func(i domain.Interview) string { return i.Cadre })
	f.objections = byCadre(objections, func(o domain.Objection) string { return o.Cadre })
	return f, err
}

// dossier puts a nominee's file together.
func (g *gate) dossier(n domain.Nomination, f files) (Dossier, error) {
	rules, err := g.rulesFor(n.Home)
	d := Dossier{Nomination: n, Standing: checks.Settle(n.Checks, f.judgements[n.Cadre]), Judgements: f.judgements[n.Cadre], Bodies: rules.Items("clearance_bodies"),
		Clearances: f.clearances[n.Cadre], Interviews: f.interviews[n.Cadre], Objections: f.objections[n.Cadre]}
	d.Obstacles = d.obstacles(rules)
	return d, err
}

// obstacles are told in the order of the gate.
func (d Dossier) obstacles(rules policy.Effective) []Obstacle {
	var all []Obstacle
	tell := func(key string, params domain.Params) { all = append(all, Obstacle{"obstacle." + key, params}) }
	if d.Outcome == domain.OutcomeWithdrawn {
		tell("withdrawn", nil)
	}
	if len(d.Checks) == 0 {
		tell("unchecked", nil)
	}
	for _, rule := range d.Standing.Failed {
		tell("failed", domain.Params{"rule": rule})
	}
	for _, rule := range d.Standing.Open {
		tell("needs_person", domain.Params{"rule": rule})
	}
	for _, body := range rules.Items("clearance_bodies") {
		i := slices.IndexFunc(d.Clearances, func(c domain.Clearance) bool { return c.Body == body })
		if i < 0 || d.Clearances[i].Outcome == domain.ClearancePending {
			tell("not_cleared", domain.Params{"body": body})
		}
	}
	for _, c := range d.Clearances { // whoever objects bars, asked for or not
		if c.Outcome == domain.ClearanceObjects {
			tell("body_objects", domain.Params{"body": c.Body})
		}
	}
	for _, o := range d.Objections {
		switch o.Status {
		case domain.ObjectionOpen:
			tell("objection_open", domain.Params{"id": o.ID})
		case domain.ObjectionUpheld:
			tell("objection_upheld", domain.Params{"id": o.ID})
		case domain.ObjectionDismissed:
		}
	}
	return all
}

// Dossier is the file of one nominee in the account's reach. A sending unit's account is told what the checks say and what keeps the
// nominee from being chosen, not what others noted or who objects.
func (s Service) Dossier(ctx context.Context, actor domain.Account, round, cadre string) (Dossier, error) {
	var d Dossier
	err := s.look(ctx, actor, round, access.ReadNominees, func(g *gate) error {
		n, err := g.nominee(access.ReadNominees, cadre)
		if err != nil {
			return err
		}
		f, err := g.filesOf(cadre)
		if err != nil {
			return err
		}
		d, err = g.dossier(n, f)
		if g.who.Role == domain.RoleUnitOffice {
			d.Interviews, d.Objections, d.Clearances, d.Judgements = nil, nil, nil, nil
		}
		return err
	})
	return d, err
}

// dossiers are the files of all nominees in the account's reach who were not withdrawn.
func (g *gate) dossiers() ([]Dossier, error) {
	scope, unit := g.reach()
	found, _, err := store.Nominations(g.tx, scope, store.NominationFilter{Round: g.sel.Round, Unit: unit})
	if err != nil {
		return nil, err
	}
	f, err := g.filesOf("")
	if err != nil {
		return nil, err
	}
	all := make([]Dossier, 0, len(found))
	for _, n := range found {
		if n.Outcome == domain.OutcomeWithdrawn {
			continue
		}
		d, err := g.dossier(n, f)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}
