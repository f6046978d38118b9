package access

import (
	"slices"

	"jieli/internal/domain"
)

// The roles of those who hold no account.
const (
	RoleNobody  domain.AccountRole = ""        // not signed in
	RoleMachine domain.AccountRole = "machine" // a process on this very machine, such as a collector of metrics
)

// Actor is who asks. The zero value is somebody who is not signed in.
type Actor struct {
	ID    string // account id, empty for none
	Role  domain.AccountRole
	Scope domain.Scope
}

// Of makes the actor that an account is; a disabled account is nobody.
func Of(a domain.Account) Actor {
	if a.Disabled || !a.Region.Valid() {
		return Actor{}
	}
	return Actor{ID: a.ID, Role: a.Role, Scope: a.Region.Scope()}
}

// The reasons that a decision gives: message keys.
const (
	Granted      = "access.granted"
	SignedOut    = "access.signed_out"
	RoleForbids  = "access.role_forbids"
	OutsideScope = "access.outside_scope"
)

// Decision says whether the action may go on, and why.
type Decision struct {
	Allow  bool
	Reason string
}

// Decide says whether the actor may take the action on the target. Unless the action is placeless, the target has to
// hold something and to lie wholly in the actor's scope; so a parent of the actor's own division is out of reach, and a
// target that came out empty is denied.
func Decide(actor Actor, action Action, target domain.Scope) Decision {
	switch {
	case !slices.Contains(allowed(actor.Role), action):
		return denied(actor)
	case !action.Placeless() && !actor.Scope.Covers(target):
		return Decision{Reason: OutsideScope}
	}
	return Decision{Allow: true, Reason: Granted}
}

func denied(actor Actor) Decision {
	if actor.Role == RoleNobody {
		return Decision{Reason: SignedOut}
	}
	return Decision{Reason: RoleForbids}
}

// allowed is the table of roles and actions. A role that it does not name may do nothing.
func allowed(role domain.AccountRole) []Action {
	anybody := []Action{SignIn, ReadHealth, ReadPages}
	office := append([]Action{
		SignOut, ReadSelf, ReadRounds, ReadPlans, ReadTeams, ReadRegions, ReadOutlines, ReadContract, ReadJobs, CancelJobs,
		ExplainPlans,
	}, anybody...)
	field := append([]Action{ReadPolicies, ReadSelection, WriteNeeds, ReviewNeeds,
		ReadRegistry, EditRegistry, ImportRegistry, ExportRegistry}, office...)
	gate := append([]Action{
		EditPolicies, EnforcePolicies, ManageSelection, OverrideSelection, ReadNominees, Nominate, AssessNominees, DeclareRelations,
		ReplanPlans,
		RevealSecrets, ChangeRegions,
	}, field...)
	switch role {
	case RoleNobody:
		return anybody
	case RoleMachine:
		return append([]Action{ReadMetrics}, anybody...)
	case domain.RoleProvinceOffice:
		return append([]Action{ReadMetrics}, gate...)
	case domain.RoleCityOffice, domain.RoleCountyOffice:
		return gate
	case domain.RoleTownshipOffice:
		return field
	case domain.RoleUnitOffice: // sees what is its own: use cases narrow it by the account's link
		return append([]Action{SignOut, ReadSelf, ReadContract, ReadPolicies, ReadSelection, ReadNominees, Nominate,
			ReadRegistry, EditRegistry, ImportRegistry, ExportRegistry, RevealSecrets}, anybody...)
	}
	return nil
}
