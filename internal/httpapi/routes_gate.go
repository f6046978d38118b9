package httpapi

import "jieli/internal/access"

// policyRoutes is the part of the table about policies.
func (s *server) policyRoutes() []route {
	return []route{
		{"GET /api/policies", "listPolicies", access.ReadPolicies, inQuery(), typed(s.policies)},
		{"POST /api/policies", "draftPolicy", access.EditPolicies, own(), typed(s.draftPolicy)},
		{"GET /api/policies/{policy}", "readPolicy", access.ReadPolicies, own(), typed(s.policy)},
		{"PUT /api/policies/{policy}", "changePolicy", access.EditPolicies, own(), typed(s.changePolicy)},
		{"DELETE /api/policies/{policy}", "dropPolicy", access.EditPolicies, own(), typed(s.dropPolicy)},
		{"GET /api/policies/{policy}/faults", "listPolicyFaults", access.ReadPolicies, own(), typed(s.policyFaults)},
		{"GET /api/policies/{policy}/diff", "diffPolicies", access.ReadPolicies, own(), typed(s.diffPolicies)},
		{"POST /api/policies/{policy}/enforce", "enforcePolicy", access.EnforcePolicies, own(), typed(s.enforcePolicy)},
		{"GET /api/policy-keys", "listPolicyKeys", access.ReadPolicies, own(), typed(s.policyKeys)},
		{"GET /api/policy-effective", "readEffectivePolicy", access.ReadPolicies, inQuery(), typed(s.effectivePolicy)},
		{"GET /api/policy-samples", "listPolicySamples", access.ReadPolicies, own(), typed(s.samples)},
		{"POST /api/policy-samples/{sample}/import", "importPolicySample", access.EditPolicies, own(), typed(s.importSample)},
	}
}

// selectionRoutes is the part of the table about the first gate.
func (s *server) selectionRoutes() []route {
	return []route{
		{"GET /api/selections", "listSelections", access.ReadSelection, own(), typed(s.selections)},
		{"POST /api/selections", "openSelection", access.ManageSelection, own(), typed(s.openSelection)},
		{"GET /api/selections/{round}", "readSelection", access.ReadSelection, own().ofRound(), typed(s.selection)},
		{"PUT /api/selections/{round}/calendar", "setCalendar", access.ManageSelection, own().ofRound(), typed(s.setCalendar)},
		{"PUT /api/selections/{round}/aims", "setAims", access.ManageSelection, own().ofRound(), typed(s.setAims)},
		{"POST /api/selections/{round}/lock", "lockSelection", access.ManageSelection, own().ofRound(), typed(s.lockSelection)},

		{"GET /api/selections/{round}/villages", "listSelectionVillages", access.ReadSelection, inQuery().ofRound(), typed(s.roundVillages)},
		{"POST /api/selections/{round}/villages", "fixVillages", access.ManageSelection, own().ofRound(), typed(s.fixVillages)},
		{"POST /api/selections/{round}/villages/drop", "dropVillages", access.ManageSelection, own().ofRound(), typed(s.dropVillages)},
		{"GET /api/selections/{round}/needs", "listNeeds", access.ReadSelection, inQuery().ofRound(), typed(s.needs)},
		{"PUT /api/selections/{round}/needs/{code}", "writeNeeds", access.WriteNeeds, inPath().ofRound(), typed(s.writeNeeds)},
		{"POST /api/selections/{round}/needs/{code}/review", "reviewNeeds", access.ReviewNeeds, inPath().ofRound(), typed(s.reviewNeeds)},
		{"GET /api/selections/{round}/quotas", "listQuotas", access.ReadSelection, own().ofRound(), typed(s.quotas)},
		{"PUT /api/selections/{round}/quotas", "setQuotas", access.ManageSelection, own().ofRound(), typed(s.setQuotas)},

		{"GET /api/selections/{round}/nominees", "listNominees", access.ReadNominees, own().ofRound(), typed(s.nominees)},
		{"POST /api/selections/{round}/nominees", "nominate", access.Nominate, own().ofRound(), typed(s.nominate)},
		{"GET /api/selections/{round}/nominees/{cadre}", "readDossier", access.ReadNominees, own().ofRound(), typed(s.dossier)},
		{"POST /api/selections/{round}/nominees/{cadre}/withdraw", "withdrawNominee", access.Nominate, own().ofRound(), typed(s.withdraw)},
		{"POST /api/selections/{round}/checks", "runChecks", access.AssessNominees, own().ofRound(), typed(s.runChecks)},
		{"POST /api/selections/{round}/nominees/{cadre}/judgements", "judgeNominee", access.AssessNominees, own().ofRound(), typed(s.judge)},
		{"POST /api/selections/{round}/nominees/{cadre}/clearances", "clearNominee", access.AssessNominees, own().ofRound(), typed(s.clear)},
		{"POST /api/selections/{round}/nominees/{cadre}/interviews", "addInterview", access.AssessNominees, own().ofRound(), typed(s.addInterview)},

		{"GET /api/selections/{round}/ranking", "rankNominees", access.AssessNominees, own().ofRound(), typed(s.ranking)},
		{"GET /api/selections/{round}/proposal", "proposeChoice", access.ManageSelection, own().ofRound(), typed(s.proposal)},
		{"POST /api/selections/{round}/composition", "tryComposition", access.AssessNominees, own().ofRound(), typed(s.composition)},
		{"POST /api/selections/{round}/choices", "chooseNominees", access.ManageSelection, own().ofRound(), typed(s.choose)},
		{"GET /api/selections/{round}/publicity", "readPublicList", access.ReadSelection, own().ofRound(), typed(s.publicList)},
		{"POST /api/selections/{round}/publicity", "publishList", access.ManageSelection, own().ofRound(), typed(s.publish)},
		{"POST /api/selections/{round}/nominees/{cadre}/objections", "recordObjection", access.AssessNominees, own().ofRound(), typed(s.object)},
		{"POST /api/selections/{round}/objections/{objection}/decision", "decideObjection", access.AssessNominees, own().ofRound(), typed(s.decideObjection)},

		{"GET /api/cadres/{cadre}/relations", "listRelations", access.DeclareRelations, own(), typed(s.relations)},
		{"POST /api/cadres/{cadre}/relations", "declareRelation", access.DeclareRelations, own(), typed(s.declare)},
		{"DELETE /api/cadres/{cadre}/relations/{relative}", "takeRelationBack", access.DeclareRelations, own(), typed(s.undeclare)},
		{"PUT /api/accounts/{account}/cadre", "linkAccount", access.DeclareRelations, own(), typed(s.link)},
	}
}
