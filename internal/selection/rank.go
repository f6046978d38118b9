package selection

import (
	"context"
	"slices"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/selection/composition"
	"jieli/internal/selection/ranking"
	"jieli/internal/store"
)

// Ranked is a nominee in the ranking, with where the nomination stands and what keeps the nominee from being chosen.
type Ranked struct {
	ranking.Row
	Outcome      domain.Outcome
	ReservePlace int64
	Version      int64
	Obstacles    []Obstacle
}

// Ranking is the ranking of all nominees in an office's reach who were not withdrawn, with its parts. The weights are those
// of the selection's basis.
func (s Service) Ranking(ctx context.Context, actor domain.Account, round string) ([]Ranked, error) {
	var rows []Ranked
	err := s.look(ctx, actor, round, access.AssessNominees, func(g *gate) (err error) {
		rows, _, err = g.ranked()
		return err
	})
	return rows, err
}

// ranked are the ranking and the dossiers by cadre.
func (g *gate) ranked() ([]Ranked, map[string]Dossier, error) {
	all, err := g.dossiers()
	if err != nil {
		return nil, nil, err
	}
	known := map[string]Dossier{}
	entries := make([]ranking.Entry, len(all))
	for i, d := range all {
		known[d.Cadre] = d
		entries[i] = ranking.Entry{Cadre: d.Cadre, Name: d.Name, Unit: d.Unit, Level: d.Facts.UnitLevel, Facts: d.Facts}
		for _, talk := range d.Interviews {
			if talk.Score >= 0 {
				entries[i].Scores = append(entries[i].Scores, talk.Score)
			}
		}
	}
	rows := make([]Ranked, len(all))
	for i, r := range ranking.Rank(entries, g.preferred(), g.rules()) {
		d := known[r.Cadre]
		rows[i] = Ranked{r, d.Outcome, d.ReservePlace, d.Version, d.Obstacles}
	}
	return rows, known, nil
}

// preferred are the places of the preferred specialities among the round's.
func (g *gate) preferred() []int {
	var places []int
	for _, p := range g.sel.Preferred {
		if i := slices.Index(g.round.Specialities, p); i >= 0 {
			places = append(places, i)
		}
	}
	return places
}

// Choice is what is decided about a nominee: open, chosen, reserve (with a place from 1) or not chosen (with a reason).
// Undecided is set by Propose where a tie is for people to break.
type Choice struct {
	Cadre        string
	Version      int64
	Outcome      domain.Outcome
	ReservePlace int64
	Reason       string
	Undecided    bool
}

// Propose is what the ranking says, within the units' quotas and the posts, for nominees whom nothing bars; see
// ranking.Propose. It saves nothing and decides nothing. Posts bind the office that runs the selection; an office below it
// has its units' quotas only.
func (s Service) Propose(ctx context.Context, actor domain.Account, round string) ([]Choice, error) {
	var choices []Choice
	err := s.look(ctx, actor, round, access.ManageSelection, func(g *gate) error {
		rows, _, err := g.ranked()
		if err != nil {
			return err
		}
		room := ranking.Room{Units: map[string]int64{}, ReservePercent: g.rules().Number("reserve_percent")}
		if g.who.Scope.Covers(g.sel.Region.Scope()) {
			room.Posts = g.sel.Posts
		}
		quotas, err := store.QuotaStates(g.tx, g.who.Scope, "", round)
		if err != nil {
			return err
		}
		for _, q := range quotas {
			room.Units[q.Unit] = q.Places
		}
		choices = propose(rows, room)
		return nil
	})
	return choices, err
}

func propose(rows []Ranked, room ranking.Room) []Choice {
	versions := map[string]int64{}
	var fit []ranking.Row
	for _, r := range rows {
		versions[r.Cadre] = r.Version
		if len(r.Obstacles) == 0 {
			fit = append(fit, r.Row)
		}
	}
	proposed := ranking.Propose(fit, room)
	choices := make([]Choice, 0, len(proposed))
	for _, p := range proposed {
		choices = append(choices, Choice{Cadre: p.Cadre, Version: versions[p.Cadre], Outcome: p.Outcome, ReservePlace: p.Reserve, Undecided: p.Undecided})
	}
	return choices
}

// Composition holds the choice in the office's reach against the goals, as it would be with these changes, and names swaps.
func (s Service) Composition(ctx context.Context, actor domain.Account, round string, changes []Choice) (composition.Report, error) {
	var report composition.Report
	err := s.look(ctx, actor, round, access.AssessNominees, func(g *gate) error {
		rows, known, err := g.ranked()
		if err != nil {
			return err
		}
		outcomes := map[string]domain.Outcome{}
		for _, c := range changes {
			outcomes[c.Cadre] = c.Outcome
		}
		in := composition.Input{Goals: composition.Goals(g.rules()), Room: map[string]int64{}, Year: g.round.FromYear, Specialities: g.round.Specialities}
		quotas, err := store.QuotaStates(g.tx, g.who.Scope, "", round)
		if err != nil {
			return err
		}
		for _, q := range quotas {
			in.Room[q.Unit] = q.Places
		}
		for _, r := range rows {
			outcome, changed := outcomes[r.Cadre]
			if !changed {
				outcome = r.Outcome
			}
			person := composition.Person{Cadre: r.Cadre, Unit: r.Unit, Level: r.Level, Facts: known[r.Cadre].Facts, Total: r.Total}
			switch {
			case outcome == domain.OutcomeChosen:
				in.Chosen = append(in.Chosen, person)
				in.Room[r.Unit]--
			case len(r.Obstacles) == 0:
				in.Available = append(in.Available, person)
			}
		}
		report = composition.Make(in)
		return nil
	})
	return report, err
}
