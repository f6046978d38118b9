package selection

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/selection/calendar"
	"jieli/internal/selection/checks"
	"jieli/internal/store"
)

// CheckSummary counts nominees by what their checks came to: nothing bars them, something does, a person is needed.
type CheckSummary struct{ Checked, Passed, Failed, Open int }

// checkBatch is how many nominees are checked in one transaction, so that others may write in between.
const checkBatch = 500

// onRegister is the built-in check for nominees whom the registry no longer has, or has in another unit.
const onRegister = "on_register"

// RunChecks reads anew what the registry says of nominees in the account's reach and holds it against the rules; no cadres are all.
// A person's word on a check that comes out otherwise than before no longer counts. Nominees are done in batches; an
// error leaves those before as they came out.
func (s Service) RunChecks(ctx context.Context, actor domain.Account, round string, cadres []string, permit Permit) (CheckSummary, error) {
	var sum CheckSummary
	if len(cadres) == 0 {
		err := s.look(ctx, actor, round, access.AssessNominees, func(g *gate) error {
			all, err := g.dossiers()
			for _, d := range all {
				cadres = append(cadres, d.Cadre)
			}
			return err
		})
		if err != nil {
			return sum, err
		}
	}
	for batch := range slices.Chunk(cadres, checkBatch) {
		err := s.change(ctx, actor, round, act{access.AssessNominees, []domain.Phase{domain.PhaseChecks}, permit}, func(g *gate) error {
			part, err := g.checkAll(batch)
			if err != nil {
				return err
			}
			sum.Checked, sum.Passed, sum.Failed, sum.Open = sum.Checked+part.Checked, sum.Passed+part.Passed, sum.Failed+part.Failed, sum.Open+part.Open
			return g.record("check", "", g.actor.Region, map[string]any{"nominees": batch, "passed": part.Passed, "failed": part.Failed, "open": part.Open})
		})
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (g *gate) checkAll(cadres []string) (CheckSummary, error) {
	var sum CheckSummary
	subjects, err := g.subjects(g.who.Scope, cadres)
	if err != nil {
		return sum, err
	}
	for _, one := range subjects {
		standing, err := g.keepChecks(one)
		if err != nil {
			return sum, err
		}
		sum.Checked++
		switch {
		case len(standing.Failed) > 0:
			sum.Failed++
		case len(standing.Open) > 0:
			sum.Open++
		default:
			sum.Passed++
		}
	}
	return sum, nil
}

// checked is a nomination with facts and checks of today, and people's words.
type checked struct {
	was, is domain.Nomination
	words   []domain.Judgement
}

// subjects are nominations of units at home in the scope, checked anew in memory; those that were withdrawn are left out,
// and an unknown one is nominee.not_found.
func (g *gate) subjects(scope domain.Scope, cadres []string) ([]checked, error) {
	found, _, err := store.Nominations(g.tx, scope, store.NominationFilter{Round: g.sel.Round, Cadres: cadres})
	if err != nil {
		return nil, err
	}
	for _, cadre := range cadres {
		if !slices.ContainsFunc(found, func(n domain.Nomination) bool { return n.Cadre == cadre }) {
			return nil, domain.NotFound("nominee", cadre)
		}
	}
	facts, err := store.NomineeFacts(g.tx, everywhere, "", g.sel.Day, cadres, g.round.Specialities)
	if err != nil {
		return nil, err
	}
	spouses, err := g.spouses()
	if err != nil {
		return nil, err
	}
	words, err := store.Judgements(g.tx, g.sel.Round, cadres...)
	if err != nil {
		return nil, err
	}
	said := byCadre(words, func(j domain.Judgement) string { return j.Cadre })
	var all []checked
	for _, n := range found {
		if n.Outcome == domain.OutcomeWithdrawn {
			continue
		}
		rules, err := g.rulesFor(n.Home)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(facts, func(f domain.Nomination) bool { return f.Cadre == n.Cadre })
		is := g.checkOne(n, i, facts, spouses[n.Cadre], rules)
		all = append(all, checked{n, is, said[n.Cadre]})
	}
	return all, nil
}

// checkOne holds the nominee against the rules. i is the place of the facts, −1 where the registry has none on the day.
func (g *gate) checkOne(n domain.Nomination, i int, facts []domain.Nomination, spouses int, rules policy.Effective) domain.Nomination {
	var gone []domain.Check
	switch {
	case i < 0:
		gone = []domain.Check{{Rule: onRegister, Outcome: domain.CheckFail, Reason: "check.not_on_register"}}
	case facts[i].Unit != n.Unit:
		gone = []domain.Check{{Rule: onRegister, Outcome: domain.CheckFail, Reason: "check.other_unit", Params: map[string]any{"unit": facts[i].Unit}}}
	default:
		n.Facts, n.Name = facts[i].Facts, facts[i].Name
	}
	n.Checks = slices.Concat(gone, checks.Run(checks.Subject{Facts: n.Facts, Leader: n.Leader, Year: g.round.FromYear, Day: g.sel.Day, Spouses: spouses}, rules))
	return n
}

// spouses counts for each nominee the declared spouses who are nominated too and were not withdrawn.
func (g *gate) spouses() (map[string]int, error) {
	relations, err := store.RelationsIn(g.tx, g.sel.Round)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, r := range relations {
		if r.Kind != domain.RelationSpouse {
			continue
		}
		for _, pair := range [][2]string{{r.Cadre, r.Relative}, {r.Relative, r.Cadre}} {
			other, err := store.NominationOf(g.tx, everywhere, g.sel.Round, pair[1])
			if err != nil {
				return nil, err
			}
			if other.Outcome != domain.OutcomeWithdrawn {
				counts[pair[0]]++
			}
		}
	}
	return counts, nil
}

// keepChecks writes the checks, and takes back words on those that changed.
func (g *gate) keepChecks(one checked) (checks.Standing, error) {
	stale := checks.Changed(one.was.Checks, one.is.Checks)
	for _, rule := range stale {
		if err := store.DeleteJudgement(g.tx, g.sel.Round, one.is.Cadre, rule); err != nil {
			return checks.Standing{}, err
		}
	}
	one.is.Version++
	one.is.CheckedBy, one.is.CheckedAt = g.actor.ID, g.tx.Now()
	return one.standing(), store.UpdateNomination(g.tx, one.is)
}

// standing settles the checks with the words that still count.
func (c checked) standing() checks.Standing {
	stale := checks.Changed(c.was.Checks, c.is.Checks)
	words := slices.DeleteFunc(slices.Clone(c.words), func(j domain.Judgement) bool { return slices.Contains(stale, j.Rule) })
	return checks.Settle(c.is.Checks, words)
}

// Verdict is a person's word.
type Verdict struct {
	Pass   bool
	Reason string
}

// Judge keeps a person's word on a check that needs one, in place of an earlier one. Errors: nominee.not_found,
// selection.nothing_to_judge (KindConflict), selection.reason_needed, selection.own_case, selection.relatives_case.
func (s Service) Judge(ctx context.Context, actor domain.Account, round, cadre, rule string, v Verdict, permit Permit) error {
	return s.assess(ctx, actor, round, cadre, []domain.Phase{domain.PhaseChecks}, permit, func(g *gate, n domain.Nomination) error {
		asked := slices.ContainsFunc(n.Checks, func(c domain.Check) bool { return c.Rule == rule && c.Outcome == domain.CheckNeedsPerson })
		switch {
		case !asked:
			return conflict("selection.nothing_to_judge")
		case v.Reason == "":
			return invalid("selection.reason_needed", "reason", nil)
		}
		err := store.PutJudgement(g.tx, domain.Judgement{Round: round, Cadre: cadre, Rule: rule, Pass: v.Pass, Reason: v.Reason, By: g.actor.ID, At: g.tx.Now()})
		if err != nil {
			return err
		}
		return g.record("judge", about(cadre), n.Home, map[string]any{"rule": rule, "pass": v.Pass})
	})
}

// assess runs a decision about one nominee, by somebody who is neither the nominee nor a relative.
func (s Service) assess(ctx context.Context, actor domain.Account, round, cadre string, phases []domain.Phase, permit Permit, f func(*gate, domain.Nomination) error) error {
	return s.change(ctx, actor, round, act{access.AssessNominees, phases, permit}, func(g *gate) error {
		n, err := g.nominee(access.AssessNominees, cadre)
		if err != nil {
			return err
		}
		if err := g.mayDecide(cadre); err != nil {
			return err
		}
		if n.Outcome == domain.OutcomeWithdrawn {
			return conflict("selection.withdrawn_already")
		}
		return f(g, n)
	})
}

// Clear keeps a body's step; Version 0 is the first. Errors: nominee.not_found; selection.unknown_body,
// selection.bad_clearance, selection.file_number_needed (a word has one), selection.reason_needed (an objection has a
// note); selection.changed, store.duplicate; selection.own_case, selection.relatives_case.
func (s Service) Clear(ctx context.Context, actor domain.Account, c domain.Clearance, permit Permit) (domain.Clearance, error) {
	err := s.assess(ctx, actor, c.Round, c.Cadre, []domain.Phase{domain.PhaseClearance}, permit, func(g *gate, n domain.Nomination) error {
		if err := checkClearance(c); err != nil {
			return err
		}
		c.Version, c.By, c.At = c.Version+1, g.actor.ID, g.tx.Now()
		write := store.UpdateClearance
		if c.Version == 1 {
			write = store.InsertClearance
		}
		if err := write(g.tx, c); err != nil {
			return err
		}
		return g.record("clear", about(c.Cadre), n.Home, map[string]any{"body": c.Body, "outcome": c.Outcome, "file_number": c.FileNumber})
	})
	return c, err
}

func checkClearance(c domain.Clearance) error {
	bodies, _ := policy.LookupRule("clearance_bodies")
	said := c.Outcome == domain.ClearanceClear || c.Outcome == domain.ClearanceObjects
	switch {
	case !slices.Contains(bodies.Items, c.Body):
		return invalid("selection.unknown_body", "body", domain.Params{"body": c.Body})
	case !said && c.Outcome != domain.ClearancePending:
		return invalid("selection.bad_clearance", "outcome", nil)
	case said && c.FileNumber == "":
		return invalid("selection.file_number_needed", "file_number", nil)
	case c.Outcome == domain.ClearanceObjects && c.Note == "":
		return invalid("selection.reason_needed", "note", nil)
	}
	return nil
}

// AddInterview keeps the note of a talk; ID, By and At are filled in. Errors: nominee.not_found, selection.bad_interview (a day that is
// past or today, interviewers, a note, a score of 0..100 or −1), selection.own_case, selection.relatives_case.
func (s Service) AddInterview(ctx context.Context, actor domain.Account, i domain.Interview, permit Permit) (domain.Interview, error) {
	err := s.assess(ctx, actor, i.Round, i.Cadre, []domain.Phase{domain.PhaseInterview}, permit, func(g *gate, n domain.Nomination) error {
		if !calendar.IsDay(i.Day) || i.Day > g.today || i.Interviewers == "" || i.Note == "" || i.Score < -1 || i.Score > 100 {
			return invalid("selection.bad_interview", "interview", nil)
		}
		i.ID, i.By, i.At = uuid.NewString(), g.actor.ID, g.tx.Now()
		if err := store.InsertInterview(g.tx, i); err != nil {
			return err
		}
		return g.record("interview", about(i.Cadre), n.Home, map[string]any{"interview": i.ID, "scored": i.Score >= 0})
	})
	return i, err
}
