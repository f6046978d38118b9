package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

// dossier is the file of one nominee.
func (s *server) dossier(ctx context.Context, in *NomineePath) (*answer[Dossier], error) {
	d, err := s.gate().Dossier(ctx, granted(ctx).account, in.Round, in.Cadre)
	if err != nil {
		return nil, err
	}
	item := func(value string) Choice { return Choice{value, s.of(ctx).printer.Text("policy.item."+value, nil)} }
	return answering(Dossier{
		Nominee: s.nomineeWords(ctx)(d.Nomination), Failed: listed(d.Standing.Failed), Open: listed(d.Standing.Open),
		Obstacles: s.obstacles(ctx, d.Obstacles), Bodies: mapped(d.Bodies, item), Judgements: mapped(d.Judgements, judgementOf),
		Clearances: mapped(d.Clearances, func(c domain.Clearance) NomineeClearance { return clearanceOf(c, item(c.Body).Label) }),
		Interviews: mapped(d.Interviews, interviewOf), Objections: mapped(d.Objections, objectionOf),
	}), nil
}

func judgementOf(j domain.Judgement) NomineeJudgement {
	return NomineeJudgement{Rule: j.Rule, Pass: j.Pass, Reason: j.Reason, By: j.By, At: j.At}
}

func clearanceOf(c domain.Clearance, label string) NomineeClearance {
	return NomineeClearance{Body: c.Body, Label: label, Outcome: c.Outcome, FileNumber: c.FileNumber, Note: c.Note, Version: c.Version, By: c.By, At: c.At}
}

func interviewOf(i domain.Interview) NomineeInterview {
	return NomineeInterview{ID: i.ID, Day: i.Day, Interviewers: i.Interviewers, Note: i.Note, Score: i.Score, By: i.By, At: i.At}
}

type checksInput struct {
	SelectionPath
	Body ChecksRun
}

// runChecks holds nominees against the rules, with what the registry says now.
func (s *server) runChecks(ctx context.Context, in *checksInput) (*answer[ChecksSummary], error) {
	sum, err := s.gate().RunChecks(ctx, granted(ctx).account, in.Round, in.Body.Cadres, in.Body.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(ChecksSummary(sum)), nil
}

type judgementInput struct {
	NomineePath
	Body JudgementEntry
}

// judge keeps a person's word on a check that needs one.
func (s *server) judge(ctx context.Context, in *judgementInput) (*struct{}, error) {
	verdict := selection.Verdict{Pass: in.Body.Pass, Reason: in.Body.Reason}
	return done(s.gate().Judge(ctx, granted(ctx).account, in.Round, in.Cadre, in.Body.Rule, verdict, in.Body.permit()))
}

type clearanceInput struct {
	NomineePath
	Body ClearanceEntry
}

// clear keeps a body's step.
func (s *server) clear(ctx context.Context, in *clearanceInput) (*answer[NomineeClearance], error) {
	b := in.Body
	c, err := s.gate().Clear(ctx, granted(ctx).account, domain.Clearance{
		Round: in.Round, Cadre: in.Cadre, Body: b.Body, Outcome: b.Outcome, FileNumber: b.FileNumber, Note: b.Note, Version: b.Version,
	}, b.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(clearanceOf(c, s.of(ctx).printer.Text("policy.item."+c.Body, nil))), nil
}

type interviewInput struct {
	NomineePath
	Body InterviewEntry
}

// addInterview keeps the note of a talk.
func (s *server) addInterview(ctx context.Context, in *interviewInput) (*answer[NomineeInterview], error) {
	b := in.Body
	i, err := s.gate().AddInterview(ctx, granted(ctx).account, domain.Interview{
		Round: in.Round, Cadre: in.Cadre, Day: b.Day, Interviewers: b.Interviewers, Note: b.Note, Score: b.Score,
	}, b.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(interviewOf(i)), nil
}
