package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

// publicList is the newest publication with its list as it stands.
func (s *server) publicList(ctx context.Context, in *SelectionPath) (*answer[PublicList], error) {
	p, err := s.gate().PublicList(ctx, granted(ctx).account, in.Round)
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

// publish publishes all who are chosen.
func (s *server) publish(ctx context.Context, in *publishInput) (*answer[Publication], error) {
	p, err := s.gate().Publish(ctx, granted(ctx).account, in.Round, in.Body.permit())
	if err != nil {
		return nil, inBody(s.plain(ctx, err))
	}
	return answering(publicationOf(p)), nil
}

type objectInput struct {
	NomineePath
	Body ObjectionEntry
}

// object records an objection to somebody on the published list.
func (s *server) object(ctx context.Context, in *objectInput) (*answer[Objection], error) {
	b := in.Body
	return objectionAnswer(s.gate().Object(ctx, granted(ctx).account,
		domain.Objection{Round: in.Round, Cadre: in.Cadre, Day: b.Day, From: b.From, Text: b.Text}, b.permit()))
}

type decideInput struct {
	SelectionPath
	Objection string `path:"objection" maxLength:"64"`
	Body      ObjectionDecision
}

// decideObjection decides an open objection.
func (s *server) decideObjection(ctx context.Context, in *decideInput) (*answer[Objection], error) {
	b := in.Body
	return objectionAnswer(s.gate().DecideObjection(ctx, granted(ctx).account,
		selection.Decision{Round: in.Round, ID: in.Objection, Version: b.Version, Uphold: b.Uphold, Reason: b.Reason}, b.permit()))
}

func objectionAnswer(o domain.Objection, err error) (*answer[Objection], error) {
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
