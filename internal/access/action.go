package access

// Action is one kind of thing that a request does.
type Action string

// The actions of the host line's offices and of machines.
const (
	SignIn       Action = "session.sign_in"
	SignOut      Action = "session.sign_out"
	ReadSelf     Action = "session.read"
	ReadRounds   Action = "round.read"
	ReadPlans    Action = "plan.read"    // summaries and figures
	ReadTeams    Action = "team.read"    // with names and skills of the people
	ExplainPlans Action = "plan.explain" // why a team is as it is, with ids of the people
	ReplanPlans  Action = "plan.replan"  // mend a plan after a withdrawal, as a draft; needs the plan's whole area
	ReadRegions  Action = "region.read"  // names and codes of divisions
	ReadOutlines Action = "outline.read" // borders
	ReadContract Action = "contract.read"
	ReadJobs     Action = "job.read" // background work of the own area
	CancelJobs   Action = "job.cancel"
	ReadHealth   Action = "health.read"
	ReadMetrics  Action = "metrics.read"
	ReadPages    Action = "page.read" // the front end's own files

	ReadPolicies      Action = "policy.read"
	EditPolicies      Action = "policy.edit"        // drafts of the own division
	EnforcePolicies   Action = "policy.enforce"     // draft → in force
	ReadSelection     Action = "selection.read"     // calendar, villages, need lists, figures
	ManageSelection   Action = "selection.manage"   // open, calendar, villages, quotas, choice, publication, lock
	OverrideSelection Action = "selection.override" // act outside the calendar, with a reason
	WriteNeeds        Action = "need.write"
	ReviewNeeds       Action = "need.review"
	ReadNominees      Action = "nominee.read" // with names and facts
	Nominate          Action = "nominee.nominate"
	AssessNominees    Action = "nominee.assess"   // checks, judgement, clearance, interview, objections
	DeclareRelations  Action = "relation.declare" // who is related to whom, and who is behind an account

	ReadRegistry   Action = "registry.read" // units, cadres, villages, with names and facts; never what is sealed
	EditRegistry   Action = "registry.edit" // forms, bulk edit, undo
	ImportRegistry Action = "registry.import"
	ExportRegistry Action = "registry.export"
	RevealSecrets  Action = "registry.reveal" // one sealed value at a time, with a reason
	ChangeRegions  Action = "region.change"   // rename, recode, merge, split
)

// Actions are all actions.
func Actions() []Action {
	return []Action{
		SignIn, SignOut, ReadSelf, ReadRounds, ReadPlans, ReadTeams, ReadRegions, ReadOutlines,
		ReadContract, ReadJobs, CancelJobs, ReadHealth, ReadMetrics, ReadPages,
		ReadPolicies, EditPolicies, EnforcePolicies, ReadSelection, ManageSelection, OverrideSelection, WriteNeeds, ReviewNeeds,
		ReadNominees, Nominate, AssessNominees, DeclareRelations,
		ExplainPlans, ReplanPlans,
		ReadRegistry, EditRegistry, ImportRegistry, ExportRegistry, RevealSecrets, ChangeRegions,
	}
}

// Placeless says that the action touches no division and no data of one, so that no scope can bound it.
func (a Action) Placeless() bool {
	switch a {
	case SignIn, SignOut, ReadSelf, ReadContract, ReadHealth, ReadMetrics, ReadPages:
		return true
	default:
		return false
	}
}
