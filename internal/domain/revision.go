package domain

// PlanRevision says how a plan came out of an earlier one: what dropped out of its problem, and all that changed for it.
type PlanRevision struct {
	Plan     string
	Parent   string // id of the earlier plan
	Villages []Code // merged or no longer to be served
	Units    []string
	Cadres   []string
	Changes  []PlanChange // by kind, village and subject
}

// PlanChange is one difference to the earlier plan (dispatch contract §7, changes.csv). Cause is a message key with its
// params as JSON.
type PlanChange struct {
	Kind    string
	Village Code
	Team    string // of the later plan, empty where none serves the village
	Subject string // a unit, a candidate, or villages
	Cause   string
}
