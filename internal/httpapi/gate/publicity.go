package gate

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

// PublicList is the newest publication with its list as it stands.
func (h Handlers) PublicList(ctx context.Context, in *SelectionPath) (*Answer[PublicList], error) {
	p, err := h.gate.PublicList(ctx, h.caller(ctx).Account, in.Round)
	if err != nil {
		return nil, err
	}
	return answering(PublicList{
		Publication: publicationOf(p.Publicity), Running: p.Running,
		People: mapped(p.Rows, func(r selection.PublicRow) PublishedPerson {
			return PublishedPerson{Cadre: r.Cadre, Name: r.Name, Unit: r.UnitName, Position: r.Position, Leader: r.Leader}
		}),
	}), nil
}

func publicationOf(p domain.Publicity) Publication {
	return Publication{Number: p.Number, From: p.From, To: p.To, Count: len(p.Cadres), ListHash: p.ListHash, By: p.By, At: p.At}
}

type publishInput struct {
	SelectionPath
	Body Override
}

// Publish publishes all who are chosen.
func (h Handlers) Publish(ctx context.Context, in *publishInput) (*Answer[Publication], error) {
	p, err := h.gate.Publish(ctx, h.caller(ctx).Account, in.Round, in.Body.permit())
	if err != nil {
		return nil, inBody(h.plain(ctx, err))
	}
	return answering(publicationOf(p)), nil
}

type objectInput struct {
	NomineePath
	Body ObjectionEntry
}

// Object records an objection to somebody on the published list.
func (h Handlers) Object(ctx context.Context, in *objectInput) (*Answer[Objection], error) {
	b := in.Body
	return objectionAnswer(h.gate.Object(ctx, h.caller(ctx).Account,
		domain.Objection{Round: in.Round, Cadre: in.Cadre, Day: b.Day, From: b.From, Text: b.Text}, b.permit()))
}

type decideInput struct {
	SelectionPath
	Objection string `path:"objection" maxLength:"64"`
	Body      ObjectionDecision
}

// DecideObjection decides an open objection.
func (h Handlers) DecideObjection(ctx context.Context, in *decideInput) (*Answer[Objection], error) {
	b := in.Body
	return objectionAnswer(h.gate.DecideObjection(ctx, h.caller(ctx).Account,
		selection.Decision{Round: in.Round, ID: in.Objection, Version: b.Version, Uphold: b.Uphold, Reason: b.Reason}, b.permit()))
}

func objectionAnswer(o domain.Objection, err error) (*Answer[Objection], error) {
	if err != nil {
		return nil, inBody(err)
	}
	return answering(objectionOf(o)), nil
}

func objectionOf(o domain.Objection) Objection {
	return Objection{
		ID: o.ID, Cadre: o.Cadre, Day: o.Day, From: o.From, Text: o.Text, Status: o.Status, Decision: o.Decision, Version: o.Version,
		RecordedBy: o.RecordedBy, RecordedAt: o.RecordedAt, DecidedBy: o.DecidedBy, DecidedAt: momentOf(o.DecidedAt),
	}
}
