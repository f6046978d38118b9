package httpapi

import (
	"slices"

	"jieli/internal/access"
	"jieli/internal/sheet/reading"
)

// routes is the whole HTTP surface. A test holds that nothing is served that does not stand here, and that every line
// has an action and a rule for its scope.
func (s *server) routes() []route {
	return slices.Concat([]route{
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
		{"GET /api/regions/changes", "listRegionChanges", access.ReadRegions, own(), typed(s.regionChanges)},
		{"POST /api/regions/changes", "changeRegions", access.ChangeRegions, own(), typed(s.changeRegions)},
		{"POST /api/regions/changes/{change}/undo", "undoRegionChange", access.ChangeRegions, own(), typed(s.undoRegionChange)},
		{"GET /api/outlines/{code}", "readOutlines", access.ReadOutlines, inPath(), typed(s.outlines)},

		{"GET /api/registry", "readRegistry", access.ReadRegistry, own(), typed(s.registryTables)},
		{"GET /api/registry/{entity}", "listRecords", access.ReadRegistry, own(), typed(s.records)},
		{"POST /api/registry/{entity}/search", "searchRecords", access.ReadRegistry, own(), typed(s.searchRecords)},
		{"GET /api/registry/{entity}/records/{key}", "readRecord", access.ReadRegistry, own(), typed(s.record)},
		{"POST /api/registry/{entity}/records/{key}/reveal", "revealSecret", access.RevealSecrets, own(), typed(s.reveal)},
		{"POST /api/registry/{entity}/changes", "changeRecords", access.EditRegistry, own(), typed(s.changeRecords).upTo(maxChanges)},
		{"GET /api/registry/{entity}/changes", "listChangeSets", access.ReadRegistry, own(), typed(s.changeSets)},
		{"GET /api/change-sets/{set}", "readChangeSet", access.ReadRegistry, own(), typed(s.changeSet)},
		{"POST /api/change-sets/{set}/undo", "undoChangeSet", access.EditRegistry, own(), typed(s.undoChanges)},
		{"GET /api/registry/{entity}/views", "listViews", access.ReadRegistry, own(), typed(s.views)},
		{"PUT /api/registry/{entity}/views", "saveView", access.ReadRegistry, own(), typed(s.saveView)},
		{"DELETE /api/registry/{entity}/views/{view}", "deleteView", access.ReadRegistry, own(), typed(s.deleteView)},

		{"GET /api/registry/{entity}/template.xlsx", "downloadTemplate", access.ImportRegistry, own(), file(workbookType, s.template)},
		{"GET /api/registry/{entity}/export.xlsx", "exportWorkbook", access.ExportRegistry, own(), file(workbookType, s.exportTo(reading.XLSX, ".xlsx"))},
		{"GET /api/registry/{entity}/export.csv", "exportCSV", access.ExportRegistry, own(), file(csvType, s.exportTo(reading.CSV, ".csv"))},
		{"GET /api/registry/{entity}/roster", "readRoster", access.ExportRegistry, own(), shown(s.roster)},
		{"GET /api/registry/{entity}/roster.xlsx", "downloadRoster", access.ExportRegistry, own(), workbook(s.roster)},
		{"GET /api/papers/statistics", "readStatistics", access.ExportRegistry, own(), shown(s.statistics)},
		{"GET /api/papers/statistics.xlsx", "downloadStatistics", access.ExportRegistry, own(), workbook(s.statistics)},

		{"POST /api/imports", "uploadSheet", access.ImportRegistry, own(), typed(s.upload).upTo(maxUpload).within(uploadTime)},
		{"GET /api/imports", "listImports", access.ImportRegistry, own(), typed(s.imports)},
		{"GET /api/imports/{import}", "readImport", access.ImportRegistry, own(), typed(s.sheetImport)},
		{"GET /api/imports/{import}/report", "readImportReport", access.ImportRegistry, own(), typed(s.importReport)},
		{"GET /api/imports/{import}/result.xlsx", "downloadImportResult", access.ImportRegistry, own(), file(workbookType, s.importResult)},
		{"POST /api/imports/{import}/accept", "acceptImport", access.ImportRegistry, own(), typed(s.acceptImport)},
		{"POST /api/imports/{import}/cancel", "cancelImport", access.ImportRegistry, own(), typed(s.cancelImport)},

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
	}, s.policyRoutes(), s.selectionRoutes())
}
