package httpapi

import (
	"context"
	"maps"

	"jieli/internal/domain"
	"jieli/internal/selection"
)

type nomineesInput struct {
	SelectionPath
	Unit    string         `query:"unit" maxLength:"64"`
	Name    string         `query:"q" maxLength:"64" doc:"Part of a name"`
	Outcome domain.Outcome `query:"outcome" enum:"open,chosen,reserve,not_chosen,withdrawn"`
	Page
}

// nominees lists the nominations in the caller's reach, by the unit's home and cadre.
func (s *server) nominees(ctx context.Context, in *nomineesInput) (*answer[NomineeList], error) {
	found, total, err := s.gate().Nominations(ctx, granted(ctx).account, selection.NominationQuery{
		Round: in.Round, Unit: in.Unit, Name: in.Name, Outcome: in.Outcome, Offset: in.Offset, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return answering(NomineeList{Total: total, Nominees: mapped(found, s.nomineeWords(ctx))}), nil
}

type nominateInput struct {
	SelectionPath
	Body NewNominees
}

// nominate puts people on the list.
func (s *server) nominate(ctx context.Context, in *nominateInput) (*answer[NomineesChanged], error) {
	wanted := mapped(in.Body.Nominees, func(n NewNominee) selection.Nominee { return selection.Nominee(n) })
	return s.nomineesAnswer(ctx)(s.gate().Nominate(ctx, granted(ctx).account, in.Round, wanted, in.Body.permit()))
}

type withdrawInput struct {
	NomineePath
	Body NomineeWithdrawal
}

// withdraw takes a nomination back.
func (s *server) withdraw(ctx context.Context, in *withdrawInput) (*answer[Nominee], error) {
	n, err := s.gate().Withdraw(ctx, granted(ctx).account, in.Round, in.Cadre, in.Body.Version, in.Body.Reason, in.Body.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(s.nomineeWords(ctx)(n)), nil
}

type choiceInput struct {
	SelectionPath
	Body ChoiceEntry
}

// choose keeps decisions about nominees.
func (s *server) choose(ctx context.Context, in *choiceInput) (*answer[NomineesChanged], error) {
	choices := mapped(in.Body.Choices, choiceFrom)
	return s.nomineesAnswer(ctx)(s.gate().Choose(ctx, granted(ctx).account, in.Round, choices, in.Body.permit()))
}

// nomineesAnswer answers with nominations, or with an error whose field is one of the body.
func (s *server) nomineesAnswer(ctx context.Context) func([]domain.Nomination, error) (*answer[NomineesChanged], error) {
	return func(list []domain.Nomination, err error) (*answer[NomineesChanged], error) {
		if err != nil {
			return nil, inBody(s.plain(ctx, err))
		}
		return answering(NomineesChanged{Nominees: mapped(list, s.nomineeWords(ctx))}), nil
	}
}

// nomineeWords puts nominations in the caller's words.
func (s *server) nomineeWords(ctx context.Context) func(domain.Nomination) Nominee {
	words := s.of(ctx).printer.Text
	return func(n domain.Nomination) Nominee {
		n.Facts.Skills = listed(n.Facts.Skills)
		return Nominee{
			Cadre: n.Cadre, Name: n.Name, Unit: n.Unit, Home: n.Home, Leader: n.Leader, Reason: n.Reason, Facts: n.Facts,
			Checks: mapped(n.Checks, func(c domain.Check) NomineeCheck {
				return NomineeCheck{
					Rule: c.Rule, Label: words("rule."+c.Rule, nil), Outcome: c.Outcome, Reason: c.Reason, Text: words(c.Reason, c.Params),
					Source: c.Source, Policy: c.Policy,
				}
			}),
			Outcome: n.Outcome, OutcomeWhy: n.OutcomeWhy, ReservePlace: n.ReservePlace, Version: n.Version,
			NominatedBy: n.NominatedBy, NominatedAt: n.NominatedAt, CheckedBy: n.CheckedBy, CheckedAt: momentOf(n.CheckedAt),
			DecidedBy: n.DecidedBy, DecidedAt: momentOf(n.DecidedAt),
		}
	}
}

// obstacles puts what keeps a nominee from being chosen in the caller's words.
func (s *server) obstacles(ctx context.Context, all []selection.Obstacle) []NomineeObstacle {
	words := s.of(ctx).printer.Text
	return mapped(all, func(o selection.Obstacle) NomineeObstacle {
		return NomineeObstacle{Code: o.Key, Text: words(o.Key, s.labelled(ctx, o.Params))}
	})
}

// labelled has labels in place of the names of rules and bodies.
func (s *server) labelled(ctx context.Context, params domain.Params) domain.Params {
	words, told := s.of(ctx).printer.Text, maps.Clone(params)
	for name, prefix := range map[string]string{"rule": "rule.", "body": "policy.item."} {
		if value, ok := params[name].(string); ok {
			told[name] = words(prefix+value, nil)
		}
	}
	return told
}
