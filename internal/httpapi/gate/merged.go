package gate

import (
	"context"

	"jieli/internal/policy"
)

// PolicyKeys lists all that a policy may set, in the caller's words.
func (h Handlers) PolicyKeys(ctx context.Context, _ *struct{}) (*Answer[PolicyKeyList], error) {
	word := func(key string) string { return h.caller(ctx).Words(key, nil) }
	return answering(PolicyKeyList{Keys: mapped(policy.RuleKeys(), func(k policy.RuleKey) PolicyKey {
		return PolicyKey{
			Name: k.Name, Gate: k.Gate, Label: word(k.Meaning), Unit: string(k.Unit), UnitLabel: word("policy.unit." + string(k.Unit)),
			Stricter: string(k.Stricter), ZeroIsNone: k.ZeroIsNone, Min: k.Min, Max: k.Max, Default: k.Default,
			Items:        mapped(k.Items, func(item string) Choice { return Choice{Value: item, Label: word("policy.item." + item)} }),
			DefaultItems: listed(k.DefaultItems),
		}
	})}), nil
}

type effectiveInput struct {
	RegionQuery
	Day string `query:"day" maxLength:"10" doc:"YYYY-MM-DD; today where it is left out"`
}

// EffectivePolicy is what all levels together say for the region on the day.
func (h Handlers) EffectivePolicy(ctx context.Context, in *effectiveInput) (*Answer[EffectivePolicy], error) {
	g := h.caller(ctx)
	e, err := h.rulebook.Effective(ctx, g.Account, g.Region, in.Day)
	if err != nil {
		return nil, err
	}
	return answering(effectiveOf(e)), nil
}

func effectiveOf(e policy.Effective) EffectivePolicy {
	return EffectivePolicy{
		Region: e.Region, Day: e.Day, Basis: e.Basis(), Objects: mapped(e.Objects, policyOf),
		Rules: mapped(e.Rules, effectiveRuleOf), Shares: mapped(e.Shares, policyShareOf),
	}
}

func effectiveRuleOf(r policy.EffectiveRule) EffectiveRule {
	return EffectiveRule{Key: r.Name, Value: r.Value, By: r.By, Overruled: mapped(r.Overruled, func(said policy.Said) PolicySaid {
		return PolicySaid{Policy: said.Object, Region: said.Region, Value: said.Value}
	})}
}

type diffInput struct {
	PolicyPath
	Before string `query:"before" required:"true" maxLength:"64" doc:"Id of the object to compare with"`
}

// DiffPolicies tells what changes from the object of the query to that of the path.
func (h Handlers) DiffPolicies(ctx context.Context, in *diffInput) (*Answer[PolicyDiff], error) {
	d, err := h.rulebook.Diff(ctx, h.caller(ctx).Account, in.Before, in.Policy)
	if err != nil {
		return nil, err
	}
	return answering(PolicyDiff{
		Before: d.Before, After: d.After, Keys: mapped(d.Keys, differenceOf),
		Shares: mapped(d.Shares, func(x policy.ShareDifference) PolicyShareDifference {
			return PolicyShareDifference{Level: x.Level, Attribute: x.Attribute, Skill: x.Skill, Old: x.Old, New: x.New, Turn: string(x.Turn)}
		}),
	}), nil
}

func differenceOf(d policy.Difference) PolicyDifference {
	return PolicyDifference{Key: d.Name, Old: d.Old, New: d.New, OldSet: d.OldSet, NewSet: d.NewSet, Turn: string(d.Turn)}
}
