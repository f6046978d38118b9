package gate

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

// Nominees lists the nominations in the caller's reach, by the unit's home and cadre.
func (h Handlers) Nominees(ctx context.Context, in *nomineesInput) (*Answer[NomineeList], error) {
	found, total, err := h.gate.Nominations(ctx, h.caller(ctx).Account, selection.NominationQuery{
		Round: in.Round, Unit: in.Unit, Name: in.Name, Outcome: in.Outcome, Offset: in.Offset, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return answering(NomineeList{Total: total, Nominees: mapped(found, h.nomineeWords(ctx))}), nil
}

type nominateInput struct {
	SelectionPath
	Body NewNominees
}

// Nominate puts people on the list.
func (h Handlers) Nominate(ctx context.Context, in *nominateInput) (*Answer[NomineesChanged], error) {
	wanted := mapped(in.Body.Nominees, func(n NewNominee) selection.Nominee { return selection.Nominee(n) })
	return h.nomineesAnswer(ctx)(h.gate.Nominate(ctx, h.caller(ctx).Account, in.Round, wanted, in.Body.permit()))
}

type withdrawInput struct {
	NomineePath
	Body NomineeWithdrawal
}

// Withdraw takes a nomination back.
func (h Handlers) Withdraw(ctx context.Context, in *withdrawInput) (*Answer[Nominee], error) {
	n, err := h.gate.Withdraw(ctx, h.caller(ctx).Account, in.Round, in.Cadre, in.Body.Version, in.Body.Reason, in.Body.permit())
	if err != nil {
		return nil, inBody(err)
	}
	return answering(h.nomineeWords(ctx)(n)), nil
}

type choiceInput struct {
	SelectionPath
	Body ChoiceEntry
}

// Choose keeps decisions about nominees.
func (h Handlers) Choose(ctx context.Context, in *choiceInput) (*Answer[NomineesChanged], error) {
	choices := mapped(in.Body.Choices, choiceFrom)
	return h.nomineesAnswer(ctx)(h.gate.Choose(ctx, h.caller(ctx).Account, in.Round, choices, in.Body.permit()))
}

// nomineesAnswer answers with nominations, or with an error whose field is one of the body.
func (h Handlers) nomineesAnswer(ctx context.Context) func([]domain.Nomination, error) (*Answer[NomineesChanged], error) {
	return func(list []domain.Nomination, err error) (*Answer[NomineesChanged], error) {
		if err != nil {
			return nil, inBody(h.plain(ctx, err))
		}
		return answering(NomineesChanged{Nominees: mapped(list, h.nomineeWords(ctx))}), nil
	}
}

// nomineeWords puts nominations in the caller's words.
func (h Handlers) nomineeWords(ctx context.Context) func(domain.Nomination) Nominee {
	words := h.caller(ctx).Words
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
func (h Handlers) obstacles(ctx context.Context, all []selection.Obstacle) []NomineeObstacle {
	words := h.caller(ctx).Words
	return mapped(all, func(o selection.Obstacle) NomineeObstacle {
		return NomineeObstacle{Code: o.Key, Text: words(o.Key, h.labelled(ctx, o.Params))}
	})
}

// labelled has labels in place of the names of rules and bodies.
func (h Handlers) labelled(ctx context.Context, params domain.Params) domain.Params {
	words, told := h.caller(ctx).Words, maps.Clone(params)
	for name, prefix := range map[string]string{"rule": "rule.", "body": "policy.item."} {
		if value, ok := params[name].(string); ok {
			told[name] = words(prefix+value, nil)
		}
	}
	return told
}
