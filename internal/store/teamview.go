package store

import "jieli/internal/domain"

// TeamView is everything that a team's page tells. Needs and skills are in the order of Specialities.
type TeamView struct {
	ID, Plan, Round string
	FromYear        int // of the round: a member's age is FromYear − BirthYear
	Specialities    []string
	County          domain.Code
	CountyName      string
	Category        domain.Category
	Parts           domain.ScoreParts
	Villages        []TeamVillageView // those in the scope, the first one first
	Elsewhere       int               // villages of the team outside the scope
	Unit            TeamUnitView
	Members         []TeamMemberView // the leader first
}

// TeamVillageView is a village on a team's page. Path names the divisions from the province down to the township.
type TeamVillageView struct {
	domain.TeamVillage
	Name       string
	First      bool // the village that the score parts are about
	Difficulty int
	Needs      domain.Skills
	X, Y       int64
	Path       []string
}

// TeamUnitView is the lead unit on a team's page.
type TeamUnitView struct {
	ID, Name string
	Level    domain.UnitLevel
	Kind     string
	Strength int
	Skills   domain.Skills
	Home     domain.Code
	HomeName string
	X, Y     int64
}

// TeamMemberView is a member on a team's page. Unit is the member's own unit, which may have joined the lead unit.
type TeamMemberView struct {
	domain.TeamMember
	Name       string
	Sex        domain.Sex
	BirthYear  int
	Position   string
	UnitName   string
	Grade      int
	MidLevel   bool
	RuralYears int
	YoungPool  bool
	Skills     domain.Skills
}

// TeamByID gives a team's page; team.not_found where no village of the team is in the scope.
func TeamByID(tx *Tx, scope domain.Scope, plan, id string) (TeamView, error) {
	return TeamView{}, errSkeleton
}
