package selection

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/selection/calendar"
	"jieli/internal/store"
)

// chosen are all who are chosen, wherever they are from, by cadre.
func (g *gate) chosen() ([]domain.Nomination, error) {
	all, _, err := store.Nominations(g.tx, everywhere, store.NominationFilter{Round: g.sel.Round, Outcome: domain.OutcomeChosen})
	return byID(all), err
}

// byID sorts by cadre.
func byID(all []domain.Nomination) []domain.Nomination {
	slices.SortFunc(all, func(a, b domain.Nomination) int { return cmp.Compare(a.Cadre, b.Cadre) })
	return all
}

func cadresOf(all []domain.Nomination) []string {
	ids := make([]string, len(all))
	for i, n := range all {
		ids[i] = n.Cadre
	}
	return ids
}

// listHash fixes a list: SHA-256, in hex, over a line "cadre,unit,leader" for each, by cadre, where leader is true or
// false; each line ends with a newline.
func listHash(list []domain.Nomination) string {
	h := sha256.New()
	for _, n := range list {
		h.Write([]byte(n.Cadre + "," + n.Unit + "," + strconv.FormatBool(n.Leader) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Publish publishes all who are chosen (公示), from today for as many days as the policy asks. A changed list is published
// again. Errors: selection.nobody_chosen (KindConflict), selection.unfit.
func (s Service) Publish(ctx context.Context, actor domain.Account, round string, permit Permit) (domain.Publicity, error) {
	var p domain.Publicity
	err := s.change(ctx, actor, round, act{access.ManageSelection, []domain.Phase{domain.PhasePublicity}, permit}, func(g *gate) error {
		if err := g.runs(access.ManageSelection); err != nil {
			return err
		}
		list, err := g.chosen()
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return conflict("selection.nobody_chosen")
		}
		if err := g.allFit(list); err != nil {
			return err
		}
		earlier, err := store.Publicities(g.tx, round)
		if err != nil {
			return err
		}
		rules := g.rules()
		p = domain.Publicity{Round: round, Number: int64(len(earlier) + 1), From: g.today, Cadres: cadresOf(list), ListHash: listHash(list), By: g.actor.ID, At: g.tx.Now(),
			To: calendar.PublicityEnd(g.sel.Calendar, g.today, rules.Number("publicity_days"), rules.Number("publicity_working_days") == 1)}
		if err := store.InsertPublicity(g.tx, p); err != nil {
			return err
		}
		return g.record("publish", "", g.sel.Region, map[string]any{"number": p.Number, "from": p.From, "to": p.To, "list_sha256": p.ListHash, "chosen": len(list)})
	})
	return p, err
}

// allFit says whether nothing bars anybody on the list.
func (g *gate) allFit(list []domain.Nomination) error {
	f, err := g.filesOf("")
	if err != nil {
		return err
	}
	for _, n := range list {
		d, err := g.dossier(n, f)
		if err != nil {
			return err
		}
		if len(d.Obstacles) > 0 {
			return unfit(n.Cadre, d.Obstacles)
		}
	}
	return nil
}

// PublicRow is what a publication says of one person, and no more.
type PublicRow struct {
	Cadre, Name, UnitName, Position string
	Leader                          bool
}

// Published is the newest publication with its list as it stands; Running says whether objections are taken.
type Published struct {
	domain.Publicity
	Rows    []PublicRow
	Running bool
}

// PublicList is the newest publication; publicity.not_found where there is none. It is public: every office and unit that
// the selection concerns sees all of it.
func (s Service) PublicList(ctx context.Context, actor domain.Account, round string) (Published, error) {
	var list Published
	err := s.look(ctx, actor, round, access.ReadSelection, func(g *gate) error {
		p, err := g.newestPublicity()
		if err != nil {
			return err
		}
		found, _, err := store.Nominations(g.tx, everywhere, store.NominationFilter{Round: round, Cadres: p.Cadres})
		list = Published{Publicity: p, Running: g.running(p)}
		for _, n := range byID(found) {
			list.Rows = append(list.Rows, PublicRow{n.Cadre, n.Name, n.Facts.UnitName, n.Facts.Position, n.Leader})
		}
		return err
	})
	return list, err
}

func (g *gate) newestPublicity() (domain.Publicity, error) {
	all, err := store.Publicities(g.tx, g.sel.Round)
	if err != nil {
		return domain.Publicity{}, err
	}
	if len(all) == 0 {
		return domain.Publicity{}, domain.NotFound("publicity", g.sel.Round)
	}
	return all[len(all)-1], nil
}

// running says whether objections to the publication are taken today: from its day to its end.
func (g *gate) running(p domain.Publicity) bool { return p.From <= g.today && g.today < p.To }

// Object records an objection to somebody on the published list; recording decides nothing. ID, status and times are
// filled in. Errors: nominee.not_found, publicity.not_found; selection.not_published, selection.publicity_over
// (KindConflict) unless overridden; selection.bad_objection, selection.objector_needed (KindInvalid).
func (s Service) Object(ctx context.Context, actor domain.Account, o domain.Objection, permit Permit) (domain.Objection, error) {
	err := s.change(ctx, actor, o.Round, act{access.AssessNominees, []domain.Phase{domain.PhasePublicity, domain.PhaseLock}, permit}, func(g *gate) error {
		n, err := g.nominee(access.AssessNominees, o.Cadre)
		if err != nil {
			return err
		}
		if err := g.checkObjection(o); err != nil {
			return err
		}
		o.ID, o.Status, o.Version, o.Decision, o.DecidedBy = uuid.NewString(), domain.ObjectionOpen, 1, "", ""
		o.RecordedBy, o.RecordedAt = g.actor.ID, g.tx.Now()
		if err := store.InsertObjection(g.tx, o); err != nil {
			return err
		}
		return g.record("object", about(o.Cadre), n.Home, map[string]any{"objection": o.ID, "named": o.From != ""})
	})
	return o, err
}

func (g *gate) checkObjection(o domain.Objection) error {
	p, err := g.newestPublicity()
	if err != nil {
		return err
	}
	switch {
	case !calendar.IsDay(o.Day) || o.Day > g.today || o.Text == "":
		return invalid("selection.bad_objection", "text", nil)
	case o.From == "" && g.rules().Number("objection_named") == 1:
		return invalid("selection.objector_needed", "from", nil)
	case !slices.Contains(p.Cadres, o.Cadre):
		return conflict("selection.not_published")
	case (o.Day < p.From || o.Day >= p.To) && g.permit.Override == "":
		return conflict("selection.publicity_over")
	}
	return nil
}

// Decision is what becomes of an objection; upheld, it bars the nominee.
type Decision struct {
	Round, ID string
	Version   int64
	Uphold    bool
	Reason    string
}

// DecideObjection decides an open objection, with a reason. Errors: objection.not_found, nominee.not_found,
// selection.reason_needed, selection.objection_decided, selection.changed, selection.own_case, selection.relatives_case.
func (s Service) DecideObjection(ctx context.Context, actor domain.Account, d Decision, permit Permit) (domain.Objection, error) {
	var o domain.Objection
	err := s.change(ctx, actor, d.Round, act{access.AssessNominees, []domain.Phase{domain.PhasePublicity, domain.PhaseLock}, permit}, func(g *gate) (err error) {
		if o, err = store.ObjectionByID(g.tx, d.ID); err != nil {
			return err
		}
		if o.Round != d.Round {
			return domain.NotFound("objection", d.ID)
		}
		n, err := g.nominee(access.AssessNominees, o.Cadre)
		if err != nil {
			return err
		}
		if err := g.mayDecide(o.Cadre); err != nil {
			return err
		}
		switch {
		case d.Reason == "":
			return invalid("selection.reason_needed", "reason", nil)
		case o.Status != domain.ObjectionOpen:
			return conflict("selection.objection_decided")
		}
		o.Status, o.Decision, o.Version = domain.ObjectionDismissed, d.Reason, d.Version+1
		if d.Uphold {
			o.Status = domain.ObjectionUpheld
		}
		o.DecidedBy, o.DecidedAt = g.actor.ID, g.tx.Now()
		if err := store.UpdateObjection(g.tx, o); err != nil {
			return err
		}
		return g.record("decide_objection", about(o.Cadre), n.Home, map[string]any{"objection": o.ID, "status": o.Status})
	})
	return o, err
}
