package httpapi

import (
	"context"

	"jieli/internal/access"
	"jieli/internal/httpapi/gate"
)

// gate answers about policies and the first gate in the name of whoever the guard let through.
func (s *server) gate() gate.Handlers {
	return gate.New(s.store, func(ctx context.Context) gate.Caller {
		g := granted(ctx)
		return gate.Caller{Account: g.account, Actor: g.actor, Scope: g.scope, Region: g.region, Words: s.of(ctx).printer.Text}
	})
}

// policyRoutes is the part of the table about policies.
func (s *server) policyRoutes() []route {
	h := s.gate()
	return []route{
		{"GET /api/policies", "listPolicies", access.ReadPolicies, inQuery(), typed(h.Policies)},
		{"POST /api/policies", "draftPolicy", access.EditPolicies, own(), typed(h.DraftPolicy)},
		{"GET /api/policies/{policy}", "readPolicy", access.ReadPolicies, own(), typed(h.Policy)},
		{"PUT /api/policies/{policy}", "changePolicy", access.EditPolicies, own(), typed(h.ChangePolicy)},
		{"DELETE /api/policies/{policy}", "dropPolicy", access.EditPolicies, own(), typed(h.DropPolicy)},
		{"GET /api/policies/{policy}/faults", "listPolicyFaults", access.ReadPolicies, own(), typed(h.PolicyFaults)},
		{"GET /api/policies/{policy}/diff", "diffPolicies", access.ReadPolicies, own(), typed(h.DiffPolicies)},
		{"POST /api/policies/{policy}/enforce", "enforcePolicy", access.EnforcePolicies, own(), typed(h.EnforcePolicy)},
		{"GET /api/policy-keys", "listPolicyKeys", access.ReadPolicies, own(), typed(h.PolicyKeys)},
		{"GET /api/policy-effective", "readEffectivePolicy", access.ReadPolicies, inQuery(), typed(h.EffectivePolicy)},
		{"GET /api/policy-samples", "listPolicySamples", access.ReadPolicies, own(), typed(h.Samples)},
		{"POST /api/policy-samples/{sample}/import", "importPolicySample", access.EditPolicies, own(), typed(h.ImportSample)},
	}
}

// selectionRoutes is the part of the table about the first gate.
func (s *server) selectionRoutes() []route {
	h := s.gate()
	return []route{
		{"GET /api/selections", "listSelections", access.ReadSelection, own(), typed(h.Selections)},
		{"POST /api/selections", "openSelection", access.ManageSelection, own(), typed(h.OpenSelection)},
		{"GET /api/selections/{round}", "readSelection", access.ReadSelection, own().ofRound(), typed(h.Selection)},
		{"PUT /api/selections/{round}/calendar", "setCalendar", access.ManageSelection, own().ofRound(), typed(h.SetCalendar)},
		{"PUT /api/selections/{round}/aims", "setAims", access.ManageSelection, own().ofRound(), typed(h.SetAims)},
		{"POST /api/selections/{round}/lock", "lockSelection", access.ManageSelection, own().ofRound(), typed(h.LockSelection)},

		{"GET /api/selections/{round}/villages", "listSelectionVillages", access.ReadSelection, inQuery().ofRound(), typed(h.RoundVillages)},
		{"POST /api/selections/{round}/villages", "fixVillages", access.ManageSelection, own().ofRound(), typed(h.FixVillages)},
		{"POST /api/selections/{round}/villages/drop", "dropVillages", access.ManageSelection, own().ofRound(), typed(h.DropVillages)},
		{"GET /api/selections/{round}/needs", "listNeeds", access.ReadSelection, inQuery().ofRound(), typed(h.Needs)},
		{"PUT /api/selections/{round}/needs/{code}", "writeNeeds", access.WriteNeeds, inPath().ofRound(), typed(h.WriteNeeds)},
		{"POST /api/selections/{round}/needs/{code}/review", "reviewNeeds", access.ReviewNeeds, inPath().ofRound(), typed(h.ReviewNeeds)},
		{"GET /api/selections/{round}/quotas", "listQuotas", access.ReadNominees, own().ofRound(), typed(h.Quotas)},
		{"PUT /api/selections/{round}/quotas", "setQuotas", access.ManageSelection, own().ofRound(), typed(h.SetQuotas)},

		{"GET /api/selections/{round}/nominees", "listNominees", access.ReadNominees, own().ofRound(), typed(h.Nominees)},
		{"POST /api/selections/{round}/nominees", "nominate", access.Nominate, own().ofRound(), typed(h.Nominate)},
		{"GET /api/selections/{round}/nominees/{cadre}", "readDossier", access.ReadNominees, own().ofRound(), typed(h.Dossier)},
		{"POST /api/selections/{round}/nominees/{cadre}/withdraw", "withdrawNominee", access.Nominate, own().ofRound(), typed(h.Withdraw)},
		{"POST /api/selections/{round}/checks", "runChecks", access.AssessNominees, own().ofRound(), typed(h.RunChecks)},
		{"POST /api/selections/{round}/nominees/{cadre}/judgements", "judgeNominee", access.AssessNominees, own().ofRound(), typed(h.Judge)},
		{"POST /api/selections/{round}/nominees/{cadre}/clearances", "clearNominee", access.AssessNominees, own().ofRound(), typed(h.Clear)},
		{"POST /api/selections/{round}/nominees/{cadre}/interviews", "addInterview", access.AssessNominees, own().ofRound(), typed(h.AddInterview)},

		{"GET /api/selections/{round}/ranking", "rankNominees", access.AssessNominees, own().ofRound(), typed(h.Ranking)},
		{"GET /api/selections/{round}/proposal", "proposeChoice", access.ManageSelection, own().ofRound(), typed(h.Proposal)},
		{"POST /api/selections/{round}/composition", "tryComposition", access.AssessNominees, own().ofRound(), typed(h.Composition)},
		{"POST /api/selections/{round}/choices", "chooseNominees", access.ManageSelection, own().ofRound(), typed(h.Choose)},
		{"GET /api/selections/{round}/publicity", "readPublicList", access.ReadSelection, own().ofRound(), typed(h.PublicList)},
		{"POST /api/selections/{round}/publicity", "publishList", access.ManageSelection, own().ofRound(), typed(h.Publish)},
		{"POST /api/selections/{round}/nominees/{cadre}/objections", "recordObjection", access.AssessNominees, own().ofRound(), typed(h.Object)},
		{"POST /api/selections/{round}/objections/{objection}/decision", "decideObjection", access.AssessNominees, own().ofRound(), typed(h.DecideObjection)},

		{"GET /api/cadres/{cadre}/relations", "listRelations", access.DeclareRelations, own(), typed(h.Relations)},
		{"POST /api/cadres/{cadre}/relations", "declareRelation", access.DeclareRelations, own(), typed(h.Declare)},
		{"DELETE /api/cadres/{cadre}/relations/{relative}", "takeRelationBack", access.DeclareRelations, own(), typed(h.Undeclare)},
		{"PUT /api/accounts/{account}/cadre", "linkAccount", access.DeclareRelations, own(), typed(h.Link)},
	}
}
