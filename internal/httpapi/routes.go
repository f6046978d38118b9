package httpapi

import "jieli/internal/access"

// routes is the whole HTTP surface. A test holds that nothing is served that does not stand here, and that every line
// has an action and a rule for its scope.
func (s *server) routes() []route {
	return []route{
		{"POST /api/session", "signIn", access.SignIn, nowhere("nobody is signed in yet"), typed(s.signIn)},
		{"GET /api/session", "readSession", access.ReadSelf, nowhere("tells callers about themselves only"), typed(s.session)},
		{"DELETE /api/session", "signOut", access.SignOut, nowhere("ends the caller's own session"), typed(s.signOut)},

		{"GET /api/rounds", "listRounds", access.ReadRounds, own(), typed(s.rounds)},
		{"GET /api/rounds/{round}/plans", "listPlans", access.ReadPlans, own().ofRound(), typed(s.plans)},

		{"GET /api/plans/{plan}", "readPlan", access.ReadPlans, own().ofPlan(), typed(s.plan)},
		{"GET /api/plans/{plan}/regions/{code}", "readPlanRegion", access.ReadPlans, inPath().ofPlan(), typed(s.planRegion)},
		{"GET /api/plans/{plan}/points", "listPlanPoints", access.ReadPlans, inQuery().needed().ofPlan(), typed(s.points)},
		{"GET /api/plans/{plan}/teams", "listTeams", access.ReadTeams, inQuery().ofPlan(), typed(s.teams)},
		{"GET /api/plans/{plan}/teams/{team}", "readTeam", access.ReadTeams, own().ofPlan(), typed(s.team)},
		{"GET /api/plans/{plan}/unserved", "listUnserved", access.ReadPlans, inQuery().ofPlan(), typed(s.unserved)},

		{"GET /api/plans/{plan}/explanations", "explainPlan", access.ExplainPlans, own().ofPlan(), typed(s.explain)},
		{"GET /api/plans/{plan}/changes", "listPlanChanges", access.ReadPlans, own().ofPlan().wholly(), typed(s.changes)},
		{"POST /api/plans/{plan}/replans", "replan", access.ReplanPlans, own().ofPlan().wholly(), typed(s.replan)},

		{"GET /api/regions", "searchRegions", access.ReadRegions, own(), typed(s.searchRegions)},
		{"GET /api/outlines/{code}", "readOutlines", access.ReadOutlines, inPath(), typed(s.outlines)},

		{"GET /api/jobs/{job}", "readJob", access.ReadJobs, own(), typed(s.job)},
		{"POST /api/jobs/{job}/cancel", "cancelJob", access.CancelJobs, own(), typed(s.cancelJob)},
		{"GET /api/jobs/{job}/events", "watchJob", access.ReadJobs, own(), events(s.watchJob)},

		{"GET /api/openapi.json", "", access.ReadContract, nowhere("the contract is the same for all"), plain(s.contractJSON)},
		{"GET /api/openapi.yaml", "", access.ReadContract, nowhere("the contract is the same for all"), plain(s.contractYAML)},
		{"/api/", "", access.ReadPages, nowhere("answers that there is no such route"), plain(s.noRoute)},
		{"GET /healthz", "", access.ReadHealth, nowhere("says that the process lives"), plain(s.healthy)},
		{"GET /readyz", "", access.ReadHealth, nowhere("says that the store answers"), plain(s.ready)},
		{"GET /metrics", "", access.ReadMetrics, nowhere("counts requests, of no region"), plain(s.metrics)},
		{"/", "", access.ReadPages, nowhere("the front end holds no data"), plain(s.pages)},
	}
}
