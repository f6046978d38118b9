package access_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/access"
	"jieli/internal/domain"
)

var (
	nobody = []access.Action{access.SignIn, access.ReadHealth, access.ReadPages}
	office = append([]access.Action{access.SignOut, access.ReadSelf, access.ReadRounds, access.ReadPlans, access.ReadTeams, access.ReadRegions, access.ReadOutlines, access.ReadContract,
		access.ReadJobs, access.CancelJobs, access.ExplainPlans}, nobody...)
	field = append([]access.Action{access.ReadPolicies, access.ReadSelection, access.WriteNeeds, access.ReviewNeeds,
		access.ReadRegistry, access.EditRegistry, access.ImportRegistry, access.ExportRegistry}, office...)
	gate = append([]access.Action{access.ReplanPlans, access.EditPolicies, access.EnforcePolicies, access.ManageSelection, access.OverrideSelection,
		access.ReadNominees, access.Nominate, access.AssessNominees, access.DeclareRelations,
		access.RevealSecrets, access.ChangeRegions}, field...)
	unit = append([]access.Action{access.SignOut, access.ReadSelf, access.ReadContract, access.ReadPolicies, access.ReadSelection,
		access.ReadNominees, access.Nominate,
		access.ReadRegistry, access.EditRegistry, access.ImportRegistry, access.ExportRegistry, access.RevealSecrets}, nobody...)
	expects = map[domain.AccountRole][]access.Action{
		access.RoleNobody: nobody, access.RoleMachine: append([]access.Action{access.ReadMetrics}, nobody...),
		domain.RoleProvinceOffice: append([]access.Action{access.ReadMetrics}, gate...),
		domain.RoleCityOffice:     gate, domain.RoleCountyOffice: gate, domain.RoleTownshipOffice: field, domain.RoleUnitOffice: unit,
		"made_up": nil, "PROVINCE_OFFICE": nil,
	}
)

const county = domain.Code("430101000000")

// Each role may do in its own region what the list says, and nothing else: an action that nobody listed is denied to all.
func TestTheTableOfRolesAndActions(t *testing.T) {
	for role, may := range expects {
		for _, action := range append(access.Actions(), "plan.delete", "") {
			actor := access.Actor{ID: "a", Role: role, Scope: county.Scope()}
			got := access.Decide(actor, action, county.Scope())
			if got.Allow != slices.Contains(may, action) {
				t.Errorf("%q %s: %+v", role, action, got)
			}
			reason := access.Granted
			if !got.Allow {
				reason = access.RoleForbids
				if role == access.RoleNobody {
					reason = access.SignedOut
				}
			}
			if got.Reason != reason {
				t.Errorf("%q %s: %+v", role, action, got)
			}
		}
	}
}

func code(t *rapid.T, name string) domain.Code {
	digits := rapid.StringMatching(`4[23]0[12](0[12](00[12](20[12])?)?)?`).Draw(t, name)
	c, err := domain.ParseCode(digits)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// An office reads a target exactly where every code of the target lies in its own division.
func TestOnlyWhatLiesWhollyInTheScopeIsAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own, asked := code(t, "own"), code(t, "asked")
		actor := access.Of(domain.Account{ID: "a", Role: domain.RoleCountyOffice, Region: own})
		got := access.Decide(actor, access.ReadTeams, asked.Scope())
		inside := len(asked.Prefix()) >= len(own.Prefix()) && asked.Prefix()[:len(own.Prefix())] == own.Prefix()
		if got.Allow != inside || (got.Reason == access.OutsideScope) == inside {
			t.Fatalf("%s asks for %s: %+v", own, asked, got)
		}
	})
}

func TestAnEmptyTargetOrScopeIsDenied(t *testing.T) {
	actor := access.Actor{ID: "a", Role: domain.RoleProvinceOffice, Scope: county.Scope()}
	for _, target := range []domain.Scope{{}, {From: county, To: county}, {From: "9", To: "1"}} {
		if got := access.Decide(actor, access.ReadPlans, target); got.Allow {
			t.Errorf("%+v: %+v", target, got)
		}
	}
	actor.Scope = domain.Scope{}
	if got := access.Decide(actor, access.ReadPlans, county.Scope()); got.Allow || got.Reason != access.OutsideScope {
		t.Errorf("without a scope: %+v", got)
	}
	if got := access.Decide(actor, access.ReadSelf, domain.Scope{}); !got.Allow {
		t.Errorf("a placeless action needs no scope: %+v", got)
	}
}

func TestADisabledOrPlacelessAccountIsNobody(t *testing.T) {
	whole := domain.Account{ID: "a", Role: domain.RoleProvinceOffice, Region: county}
	if got := access.Of(whole); got.Scope != county.Scope() || got.ID != "a" || got.Role != whole.Role {
		t.Errorf("%+v", got)
	}
	disabled, nowhere, malformed := whole, whole, whole
	disabled.Disabled, nowhere.Region, malformed.Region = true, "", "43"
	for _, a := range []domain.Account{disabled, nowhere, malformed} {
		if got := access.Of(a); got != (access.Actor{}) {
			t.Errorf("%+v is %+v", a, got)
		}
	}
}

func TestOnlyActionsWithoutDataArePlaceless(t *testing.T) {
	for _, a := range []access.Action{access.ReadRounds, access.ReadPlans, access.ReadTeams, access.ExplainPlans, access.ReplanPlans, access.ReadRegions, access.ReadOutlines, "made.up"} {
		if a.Placeless() {
			t.Errorf("%s is placeless", a)
		}
	}
}
