package gate

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

// Dossier is the file of one nominee.
func (h Handlers) Dossier(ctx context.Context, in *NomineePath) (*Answer[Dossier], error) {
	d, err := h.gate.Dossier(ctx, h.caller(ctx).Account, in.Round, in.Cadre)
	if err != nil {
		return nil, err
	}
	item := func(value string) Choice { return Choice{value, h.caller(ctx).Words("policy.item."+value, nil)} }
	return answering(Dossier{
		Nominee: h.nomineeWords(ctx)(d.Nomination), Failed: listed(d.Standing.Failed), Open: listed(d.Standing.Open),
		Obstacles: h.obstacles(ctx, d.Obstacles), Bodies: mapped(d.Bodies, item), Judgements: mapped(d.Judgements, judgementOf),
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

// RunChecks holds nominees against the rules, with what the registry says now.
func (h Handlers) RunChecks(ctx context.Context, in *checksInput) (*Answer[ChecksSummary], error) {
	sum, err := h.gate.RunChecks(ctx, h.caller(ctx).Account, in.Round, in.Body.Cadres, in.Body.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(ChecksSummary(sum)), nil
}

type judgementInput struct {
	NomineePath
	Body JudgementEntry
}

// Judge keeps a person's word on a check that needs one.
func (h Handlers) Judge(ctx context.Context, in *judgementInput) (*struct{}, error) {
	verdict := selection.Verdict{Pass: in.Body.Pass, Reason: in.Body.Reason}
	return done(h.gate.Judge(ctx, h.caller(ctx).Account, in.Round, in.Cadre, in.Body.Rule, verdict, in.Body.permit()))
}

type clearanceInput struct {
	NomineePath
	Body ClearanceEntry
}

// Clear keeps a body's step.
func (h Handlers) Clear(ctx context.Context, in *clearanceInput) (*Answer[NomineeClearance], error) {
	b := in.Body
	c, err := h.gate.Clear(ctx, h.caller(ctx).Account, domain.Clearance{
		Round: in.Round, Cadre: in.Cadre, Body: b.Body, Outcome: b.Outcome, FileNumber: b.FileNumber, Note: b.Note, Version: b.Version,
	}, b.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(clearanceOf(c, h.caller(ctx).Words("policy.item."+c.Body, nil))), nil
}

type interviewInput struct {
	NomineePath
	Body InterviewEntry
}

// AddInterview keeps the note of a talk.
func (h Handlers) AddInterview(ctx context.Context, in *interviewInput) (*Answer[NomineeInterview], error) {
	b := in.Body
	i, err := h.gate.AddInterview(ctx, h.caller(ctx).Account, domain.Interview{
		Round: in.Round, Cadre: in.Cadre, Day: b.Day, Interviewers: b.Interviewers, Note: b.Note, Score: b.Score,
	}, b.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(interviewOf(i)), nil
}
