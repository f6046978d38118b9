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
	ReadRegions  Action = "region.read"  // names and codes of divisions
	ReadOutlines Action = "outline.read" // borders
	ReadContract Action = "contract.read"
	ReadHealth   Action = "health.read"
	ReadMetrics  Action = "metrics.read"
	ReadPages    Action = "page.read" // the front end's own files
)

// Actions are all actions.
func Actions() []Action {
	return []Action{
		SignIn, SignOut, ReadSelf, ReadRounds, ReadPlans, ReadTeams, ReadRegions, ReadOutlines,
		ReadContract, ReadHealth, ReadMetrics, ReadPages,
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
