package selection

import (
	"context"
	"errors"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/calendar"
	"jieli/internal/store"
)

// Opening is a new selection. Where there is a round with the id that is being planned, the selection feeds it, and Name,
// years, Headcount and Specialities are its own; else the round is made of them. Day is the day as on which people are
// judged.
type Opening struct {
	Round            string
	Name             string
	FromYear, ToYear int
	Headcount        int64
	Specialities     []string

	Region    domain.Code
	Day       string // YYYY-MM-DD
	Posts     int64  // how many people are to be chosen, 0 is no limit
	Preferred []string
	Calendar  domain.Calendar
}

// Open opens a selection for the account's own division or one in it. The policy objects that bind the division on Day are
// its basis for good. Errors: those of calendar.Check; selection.bad_day, selection.no_policy, selection.not_a_speciality,
// selection.round_malformed (KindInvalid); selection.exists, selection.round_not_planned (KindConflict).
func (s Service) Open(ctx context.Context, actor domain.Account, o Opening) (domain.Selection, error) {
	if err := checkOpening(actor, o); err != nil {
		return domain.Selection{}, err
	}
	sel := domain.Selection{Round: o.Round, Region: o.Region, Day: o.Day, Status: domain.SelectionOpen, Calendar: o.Calendar, Posts: o.Posts,
		Preferred: o.Preferred, Version: 1, CreatedBy: actor.ID}
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		sel.CreatedAt = tx.Now()
		round, err := roundFor(tx, o)
		if err != nil {
			return err
		}
		if err := checkPreferred(o.Preferred, round.Specialities); err != nil {
			return err
		}
		sel.Policy = round.Policy
		if err := insertSelection(tx, sel); err != nil {
			return err
		}
		g := &gate{tx: tx, actor: actor, sel: sel}
		return g.record("open", "", sel.Region, map[string]any{"day": sel.Day, "posts": sel.Posts})
	})
	return sel, err
}

func checkOpening(actor domain.Account, o Opening) error {
	var target domain.Scope
	if o.Region.Valid() {
		target = o.Region.Scope()
	}
	if err := decide(access.Of(actor), access.ManageSelection, target); err != nil {
		return err
	}
	if !calendar.IsDay(o.Day) {
		return invalid("selection.bad_day", "day", domain.Params{"day": o.Day})
	}
	if o.Posts < 0 {
		return invalid("selection.bad_posts", "posts", nil)
	}
	return calendar.Check(o.Calendar)
}

func checkPreferred(preferred, specialities []string) error {
	for _, p := range preferred {
		if !slices.Contains(specialities, p) {
			return invalid("selection.not_a_speciality", "preferred", domain.Params{"speciality": p})
		}
	}
	return nil
}

func insertSelection(tx *store.Tx, sel domain.Selection) error {
	if _, err := store.SelectionByRound(tx, sel.Round); err == nil {
		return conflict("selection.exists")
	}
	return store.InsertSelection(tx, sel)
}

// roundFor finds the round or makes it, and puts it under the policy that binds the division on the day. A round that
// came with a policy keeps it where the division has no policy objects.
func roundFor(tx *store.Tx, o Opening) (domain.Round, error) {
	objects, err := store.PolicyObjectsFor(tx, o.Region, o.Day)
	if err != nil {
		return domain.Round{}, err
	}
	version := policy.Merge(o.Region, o.Day, objects).Version()
	round, err := store.RoundByID(tx, o.Round)
	var known *domain.Error
	if made := errors.As(err, &known) && known.Kind == domain.KindNotFound; made {
		return makeRound(tx, o, version)
	}
	switch {
	case err != nil:
		return round, err
	case round.Status != domain.RoundPlanning:
		return round, conflict("selection.round_not_planned")
	case version.ID == "":
		return round, nil
	}
	round.Policy = version.ID
	if err := store.EnsurePolicy(tx, version); err != nil {
		return round, err
	}
	return round, store.SetRoundPolicy(tx, round.ID, version.ID)
}

func makeRound(tx *store.Tx, o Opening, version domain.PolicyVersion) (domain.Round, error) {
	round := domain.Round{ID: o.Round, Name: o.Name, FromYear: o.FromYear, ToYear: o.ToYear, Status: domain.RoundPlanning,
		Headcount: o.Headcount, Specialities: o.Specialities, Policy: version.ID}
	switch {
	case version.ID == "":
		return round, invalid("selection.no_policy", "region", domain.Params{"day": o.Day})
	case round.ID == "" || round.Name == "" || round.FromYear < 1949 || round.ToYear < round.FromYear || len(round.Specialities) == 0 || round.Headcount < 0:
		return round, invalid("selection.round_malformed", "round", nil)
	}
	if err := store.EnsurePolicy(tx, version); err != nil {
		return round, err
	}
	return round, store.InsertRound(tx, domain.RoundInput{Round: round})
}

// Selections are those that concern the account's area, the newest round first.
func (s Service) Selections(ctx context.Context, actor domain.Account) ([]domain.Selection, error) {
	who := access.Of(actor)
	if err := decide(who, access.ReadSelection, who.Scope); err != nil {
		return nil, err
	}
	var seen []domain.Selection
	err := s.Store.Read(ctx, func(tx *store.Tx) error {
		every, err := store.Selections(tx)
		seen = slices.DeleteFunc(every, func(sel domain.Selection) bool {
			own := sel.Region.Scope()
			return !own.Covers(who.Scope) && !who.Scope.Covers(own)
		})
		return err
	})
	return seen, err
}

// Aims are what a selection aims at.
type Aims struct {
	Posts     int64
	Preferred []string
}

// SetAims changes how many are to be chosen and which specialities are preferred. Errors: selection.changed,
// selection.bad_posts, selection.not_a_speciality.
func (s Service) SetAims(ctx context.Context, actor domain.Account, round string, version int64, aims Aims) (domain.Selection, error) {
	return s.edit(ctx, actor, round, version, "aims", func(g *gate) error {
		if aims.Posts < 0 {
			return invalid("selection.bad_posts", "posts", nil)
		}
		g.sel.Posts, g.sel.Preferred = aims.Posts, aims.Preferred
		return checkPreferred(aims.Preferred, g.round.Specialities)
	})
}

// SetCalendar changes the calendar. Errors: selection.changed, and those of calendar.Check.
func (s Service) SetCalendar(ctx context.Context, actor domain.Account, round string, version int64, c domain.Calendar) (domain.Selection, error) {
	return s.edit(ctx, actor, round, version, "calendar", func(g *gate) error {
		g.sel.Calendar = c
		return calendar.Check(c)
	})
}

// edit changes the selection itself, by the office that runs it.
func (s Service) edit(ctx context.Context, actor domain.Account, round string, version int64, what string, f func(*gate) error) (domain.Selection, error) {
	var sel domain.Selection
	err := s.change(ctx, actor, round, act{action: access.ManageSelection}, func(g *gate) error {
		if err := g.runs(access.ManageSelection); err != nil {
			return err
		}
		if err := f(g); err != nil {
			return err
		}
		g.sel.Version = version + 1
		if err := store.UpdateSelection(g.tx, g.sel); err != nil {
			return err
		}
		sel = g.sel
		return g.record(what, "", sel.Region, map[string]any{"posts": sel.Posts, "preferred": sel.Preferred, "calendar": sel.Calendar})
	})
	return sel, err
}
