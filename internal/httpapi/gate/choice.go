package gate

import (
	"context"
	"errors"

	"jieli/internal/domain"
	"jieli/internal/selection"
	"jieli/internal/selection/composition"
	"jieli/internal/selection/ranking"
)

type rankingInput struct {
	SelectionPath
	Page
}

// Ranking puts the nominees in the caller's reach in order.
func (h Handlers) Ranking(ctx context.Context, in *rankingInput) (*Answer[NomineeRanking], error) {
	found, err := h.gate.Ranking(ctx, h.caller(ctx).Account, in.Round)
	if err != nil {
		return nil, err
	}
	words := h.caller(ctx).Words
	part := func(p ranking.Part) RankPart {
		return RankPart{
			Key: p.Key, Label: words("policy.selection."+p.Key, nil), Figure: p.Figure, Weight: p.Weight, Points: p.Points, Known: p.Known, Source: p.Source,
		}
	}
	rows := mapped(cut(found, in.Page), func(r selection.Ranked) RankedNominee {
		return RankedNominee{
			Cadre: r.Cadre, Name: r.Name, Unit: r.Unit, UnitName: r.Facts.UnitName, Level: r.Level, Place: r.Place, Tied: r.Tied, Total: r.Total,
			Parts: mapped(r.Parts, part), Outcome: r.Outcome, ReservePlace: r.ReservePlace, Version: r.Version,
			Obstacles: h.obstacles(ctx, r.Obstacles),
		}
	})
	return answering(NomineeRanking{Total: len(found), Rows: rows}), nil
}

// Proposal is what the ranking says, within quotas and posts.
func (h Handlers) Proposal(ctx context.Context, in *SelectionPath) (*Answer[ChoiceProposal], error) {
	found, err := h.gate.Propose(ctx, h.caller(ctx).Account, in.Round)
	if err != nil {
		return nil, err
	}
	return answering(ChoiceProposal{Choices: mapped(found, func(c selection.Choice) NomineeChoice { return NomineeChoice(c) })}), nil
}

func choiceFrom(c NomineeChoice) selection.Choice { return selection.Choice(c) }

type trialInput struct {
	SelectionPath
	Body ChoiceTrial
}

// Composition holds the choice, as it would be with these changes, against the goals. It saves nothing.
func (h Handlers) Composition(ctx context.Context, in *trialInput) (*Answer[Composition], error) {
	r, err := h.gate.Composition(ctx, h.caller(ctx).Account, in.Round, mapped(in.Body.Choices, choiceFrom))
	if err != nil {
		return nil, inBody(err)
	}
	return answering(Composition{
		Members: r.Members, Goals: mapped(r.Goals, goalOf), StillShort: r.StillShort,
		Swaps: mapped(r.Swaps, func(x composition.Swap) CompositionSwap { return CompositionSwap(x) }),
	}), nil
}

func goalOf(g composition.Standing) CompositionGoal {
	return CompositionGoal{
		Level: g.Level, Attribute: g.Attribute, Skill: g.Skill, Percent: g.Percent, Members: g.Members, Having: g.Having, Needed: g.Needed, Short: g.Short,
	}
}

// plain has labels in place of names of rules and bodies where an error's cause is an obstacle.
func (h Handlers) plain(ctx context.Context, err error) error {
	var told, cause *domain.Error
	if !errors.As(err, &told) || !errors.As(told.Cause, &cause) {
		return err
	}
	whole, why := *told, *cause
	why.Params = h.labelled(ctx, why.Params)
	whole.Cause = &why
	return &whole
}
