package httpapi

import (
	"context"

	"jieli/internal/dispatch"
	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

type replanInput struct {
	PlanPath
	Body Withdrawal
}

// replan mends a plan after a withdrawal, at once, and keeps the new one as a draft unless it is a preview.
func (s *server) replan(ctx context.Context, in *replanInput) (*answer[Replan], error) {
	gone := problem.Withdrawal{Villages: in.Body.Villages, Units: in.Body.Units, Cadres: in.Body.Cadres}
	how := dispatch.ReplanSettings{Name: in.Body.Name, Preview: in.Body.Preview}
	out, err := s.warm.Replan(ctx, granted(ctx).account.ID, in.Plan, gone, how)
	if err != nil {
		return nil, inBody(err)
	}
	return answering(Replan{
		Plan: out.Plan.ID, Parent: out.Parent, Score: out.Plan.Score, Bound: out.Plan.Bound, TightBound: out.Plan.TightBound, Gap: out.Plan.Gap(),
		Teams: out.Plan.Teams, Members: out.Plan.Members, Unserved: out.Plan.Unserved, KeptTeams: out.Kept.Teams, KeptMembers: out.Kept.Members,
		Seconds: out.Took.Seconds(), Changes: s.changesOf(ctx, out.Changes),
	}), nil
}

// changes tells how a plan came out of an earlier one.
func (s *server) changes(ctx context.Context, in *PlanPath) (*answer[PlanChanges], error) {
	revision, list, err := dispatch.Service{Store: s.store}.Changes(ctx, granted(ctx).scope, in.Plan)
	if err != nil {
		return nil, err
	}
	return answering(PlanChanges{
		Plan: in.Plan, Parent: revision.Parent, Villages: listed(revision.Villages), Units: listed(revision.Units),
		Cadres: listed(revision.Cadres), Changes: s.changesOf(ctx, list),
	}), nil
}

func (s *server) changesOf(ctx context.Context, list []changes.Change) []PlanChange {
	words := s.of(ctx).printer.Text
	out := make([]PlanChange, len(list))
	for i, c := range list {
		out[i] = PlanChange{Kind: string(c.Kind), Village: c.Village, Team: c.Team, Subject: c.Subject, Cause: c.Cause.Key, Text: c.Cause.Text(words)}
	}
	return out
}

// listed is the list, never nil.
func listed[T any](list []T) []T { return append([]T{}, list...) }

// inBody says that the field of an error is one of the body.
func inBody(err error) error {
	if told, _ := known(err); told.Field != "" {
		return located(err, "body."+told.Field)
	}
	return err
}

type explainInput struct {
	PlanPath
	Team    string      `query:"team" maxLength:"64" doc:"Id of the team to explain"`
	Village domain.Code `query:"village" maxLength:"12" doc:"Code of the village to explain"`
	Unit    string      `query:"unit" maxLength:"64" doc:"Why does this unit not lead there"`
	Cadre   string      `query:"cadre" maxLength:"64" doc:"Why does this candidate not serve there"`
}

// explain says why a plan, or a team in it, is as it is, or why somebody is not there.
func (s *server) explain(ctx context.Context, in *explainInput) (*answer[Explanation], error) {
	g := granted(ctx)
	out, err := s.warm.Explain(ctx, dispatch.Viewer{Scope: g.scope, Whole: g.whole},
		dispatch.Question{Plan: in.Plan, Team: in.Team, Village: in.Village, Unit: in.Unit, Cadre: in.Cadre})
	if err != nil {
		return nil, err
	}
	words := s.of(ctx).printer.Text
	told := Explanation{Plan: out.Plan, Village: out.Village, Wish: out.Wish, Texts: []string{}}
	if out.Village != nil && out.Village.Unserved != nil {
		told.Texts = append(told.Texts, out.Village.Unserved.Reason.Text(words))
	}
	if out.Wish != nil {
		for _, bar := range out.Wish.Bars {
			told.Texts = append(told.Texts, bar.Text(words))
		}
	}
	return answering(told), nil
}
