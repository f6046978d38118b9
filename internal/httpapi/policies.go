package httpapi

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/rulebook"
)

func (s *server) rulebook() rulebook.Service { return rulebook.Service{Store: s.store} }

// policies lists the policy objects that concern the region.
func (s *server) policies(ctx context.Context, _ *RegionInput) (*answer[PolicyList], error) {
	g := granted(ctx)
	found, err := s.rulebook().Objects(ctx, g.account, g.region)
	if err != nil {
		return nil, err
	}
	return answering(PolicyList{Policies: mapped(found, policyOf)}), nil
}

// policy gives one policy object.
func (s *server) policy(ctx context.Context, in *PolicyPath) (*answer[Policy], error) {
	return policyAnswer(s.rulebook().Object(ctx, granted(ctx).account, in.Policy))
}

type draftInput struct{ Body PolicyDraft }

// draftPolicy keeps a new draft.
func (s *server) draftPolicy(ctx context.Context, in *draftInput) (*answer[Policy], error) {
	return policyAnswer(s.rulebook().SaveDraft(ctx, granted(ctx).account, in.Body.object("")))
}

type redraftInput struct {
	PolicyPath
	Body PolicyDraft
}

// changePolicy keeps a draft in place of the version that it was made from.
func (s *server) changePolicy(ctx context.Context, in *redraftInput) (*answer[Policy], error) {
	return policyAnswer(s.rulebook().SaveDraft(ctx, granted(ctx).account, in.Body.object(in.Policy)))
}

type dropPolicyInput struct {
	PolicyPath
	Version int64 `query:"version" required:"true" minimum:"1"`
}

// dropPolicy removes a draft.
func (s *server) dropPolicy(ctx context.Context, in *dropPolicyInput) (*struct{}, error) {
	return nil, s.rulebook().DropDraft(ctx, granted(ctx).account, in.Policy, in.Version)
}

// policyFaults tells why a draft cannot be put in force yet.
func (s *server) policyFaults(ctx context.Context, in *PolicyPath) (*answer[PolicyFaults], error) {
	found, err := s.rulebook().Faults(ctx, granted(ctx).account, in.Policy)
	if err != nil {
		return nil, err
	}
	return answering(PolicyFaults{Faults: s.faults(ctx, found)}), nil
}

// faults are errors that may be told, in the caller's words.
func (s *server) faults(ctx context.Context, found []error) []Located {
	words := s.of(ctx).printer.Text
	all := []Located{}
	for _, one := range found {
		told, _ := known(one)
		all = append(all, Located{Code: told.Key, Detail: words(told.Key, told.Params), Location: told.Field})
	}
	return all
}

type enforceInput struct {
	PolicyPath
	Body Versioned
}

// enforcePolicy puts a draft in force, in place of the division's former one.
func (s *server) enforcePolicy(ctx context.Context, in *enforceInput) (*answer[Policy], error) {
	o, err := s.rulebook().Enforce(ctx, granted(ctx).account, in.Policy, in.Body.Version)
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

// importSample makes a draft of a sample.
func (s *server) importSample(ctx context.Context, in *importSampleInput) (*answer[Policy], error) {
	return policyAnswer(s.rulebook().ImportSample(ctx, granted(ctx).account, in.Sample, in.Body.Region))
}

// policyAnswer answers with a policy object, or with an error whose field is one of the body.
func policyAnswer(o domain.PolicyObject, err error) (*answer[Policy], error) {
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

// samples lists the policies that come with the product.
func (s *server) samples(ctx context.Context, _ *noInput) (*answer[PolicySampleList], error) {
	found, err := s.rulebook().Samples(ctx, granted(ctx).account)
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

// mapped makes one of each, never nil.
func mapped[I, O any](list []I, f func(I) O) []O {
	out := make([]O, len(list))
	for i, one := range list {
		out[i] = f(one)
	}
	return out
}
