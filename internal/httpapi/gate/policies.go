package gate

import (
	"context"
	"errors"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// Policies lists the policy objects that concern the region.
func (h Handlers) Policies(ctx context.Context, _ *RegionQuery) (*Answer[PolicyList], error) {
	g := h.caller(ctx)
	found, err := h.rulebook.Objects(ctx, g.Account, g.Region)
	if err != nil {
		return nil, err
	}
	return answering(PolicyList{Policies: mapped(found, policyOf)}), nil
}

// Policy gives one policy object.
func (h Handlers) Policy(ctx context.Context, in *PolicyPath) (*Answer[Policy], error) {
	return policyAnswer(h.rulebook.Object(ctx, h.caller(ctx).Account, in.Policy))
}

type draftInput struct{ Body PolicyDraft }

// DraftPolicy keeps a new draft.
func (h Handlers) DraftPolicy(ctx context.Context, in *draftInput) (*Answer[Policy], error) {
	return policyAnswer(h.rulebook.SaveDraft(ctx, h.caller(ctx).Account, in.Body.object("")))
}

type redraftInput struct {
	PolicyPath
	Body PolicyDraft
}

// ChangePolicy keeps a draft in place of the version that it was made from.
func (h Handlers) ChangePolicy(ctx context.Context, in *redraftInput) (*Answer[Policy], error) {
	return policyAnswer(h.rulebook.SaveDraft(ctx, h.caller(ctx).Account, in.Body.object(in.Policy)))
}

type dropPolicyInput struct {
	PolicyPath
	Version int64 `query:"version" required:"true" minimum:"1"`
}

// DropPolicy removes a draft.
func (h Handlers) DropPolicy(ctx context.Context, in *dropPolicyInput) (*struct{}, error) {
	return nil, h.rulebook.DropDraft(ctx, h.caller(ctx).Account, in.Policy, in.Version)
}

// PolicyFaults tells why a draft cannot be put in force yet.
func (h Handlers) PolicyFaults(ctx context.Context, in *PolicyPath) (*Answer[PolicyFaults], error) {
	found, err := h.rulebook.Faults(ctx, h.caller(ctx).Account, in.Policy)
	if err != nil {
		return nil, err
	}
	return answering(PolicyFaults{Faults: h.faults(ctx, found)}), nil
}

// faults are errors that may be told, in the caller's words.
func (h Handlers) faults(ctx context.Context, found []error) []PolicyFault {
	words := h.caller(ctx).Words
	all := []PolicyFault{}
	for _, one := range found {
		var told *domain.Error
		if errors.As(one, &told) {
			all = append(all, PolicyFault{Code: told.Key, Detail: words(told.Key, told.Params), Location: told.Field})
		}
	}
	return all
}

type enforceInput struct {
	PolicyPath
	Body Versioned
}

// EnforcePolicy puts a draft in force, in place of the division's former one.
func (h Handlers) EnforcePolicy(ctx context.Context, in *enforceInput) (*Answer[Policy], error) {
	o, err := h.rulebook.Enforce(ctx, h.caller(ctx).Account, in.Policy, in.Body.Version)
	if err != nil { // faults of the draft, not of the body
		return nil, err
	}
	return answering(policyOf(o)), nil
}

type importSampleInput struct {
	Sample string `path:"sample" maxLength:"64"`
	Body   struct {
		Region domain.Code `json:"region" maxLength:"12" doc:"Division for which the draft is made"`
	}
}

// ImportSample makes a draft of a sample.
func (h Handlers) ImportSample(ctx context.Context, in *importSampleInput) (*Answer[Policy], error) {
	return policyAnswer(h.rulebook.ImportSample(ctx, h.caller(ctx).Account, in.Sample, in.Body.Region))
}

// policyAnswer answers with a policy object, or with an error whose field is one of the body.
func policyAnswer(o domain.PolicyObject, err error) (*Answer[Policy], error) {
	if err != nil {
		return nil, inBody(err)
	}
	return answering(policyOf(o)), nil
}

// object is the draft as the rulebook takes it.
func (d PolicyDraft) object(id string) domain.PolicyObject {
	o := domain.PolicyObject{ID: id, Region: d.Region, Name: d.Name, Version: d.Version, ValidFrom: d.ValidFrom, Source: d.Source, Values: d.Values}
	for _, share := range d.Shares {
		o.Shares = append(o.Shares, domain.Share{Level: share.Level, Attribute: share.Attribute, Percent: share.Percent, Skill: share.Skill})
	}
	return o
}

func policyOf(o domain.PolicyObject) Policy {
	return Policy{
		ID: o.ID, Region: o.Region, Name: o.Name, Status: o.Status, Version: o.Version, ValidFrom: o.ValidFrom, ValidTo: o.ValidTo, Source: o.Source,
		Values: ruleValues(o.Values), Shares: mapped(o.Shares, policyShareOf), Replaces: o.Replaces, Sample: o.Sample,
		CreatedBy: o.CreatedBy, CreatedAt: o.CreatedAt, EnforcedBy: o.EnforcedBy, EnforcedAt: momentOf(o.EnforcedAt),
	}
}

func policyShareOf(s domain.Share) PolicyShare {
	return PolicyShare{Level: s.Level, Attribute: s.Attribute, Percent: s.Percent, Skill: s.Skill}
}

func ruleValues(values map[string]domain.PolicyValue) map[string]domain.PolicyValue {
	if values == nil {
		return map[string]domain.PolicyValue{}
	}
	return values
}

// Samples lists the policies that come with the product.
func (h Handlers) Samples(ctx context.Context, _ *struct{}) (*Answer[PolicySampleList], error) {
	found, err := h.rulebook.Samples(ctx, h.caller(ctx).Account)
	if err != nil {
		return nil, err
	}
	return answering(PolicySampleList{Samples: mapped(found, sampleOf)}), nil
}

func sampleOf(p policy.Sample) PolicySample {
	return PolicySample{
		Name: p.Name, Title: p.Title, Level: p.Level, Place: p.Place, Notice: p.Notice, ValidFrom: p.Object.ValidFrom, Source: p.Object.Source,
		Values: ruleValues(p.Object.Values), Shares: mapped(p.Object.Shares, policyShareOf),
	}
}
