package store

import (
	"slices"

	"jieli/internal/domain"
)

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

// TeamUnitView is the lead unit on a team's page. Strength, Skills, X and Y are zero where the round's list of units does
// not name it.
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

// TeamMemberView is a member on a team's page. UnitName is the member's own unit, which may have joined the lead unit.
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
	missing := domain.NotFound("team", id)
	p, err := PlanByID(tx, plan)
	if err != nil {
		return TeamView{}, err
	}
	round, err := RoundByID(tx, p.Round)
	if err != nil {
		return TeamView{}, err
	}
	t, err := one[teamRow](tx, missing, `SELECT * FROM team WHERE plan = ?plan AND id = ?team`, teamViewArgs{planArgs: planArgs{Plan: plan}, Team: id})
	if err != nil {
		return TeamView{}, err
	}
	args := teamViewArgs{planArgs{round.ID, plan}, areaOf(scope), id, t.County, t.Unit}
	view := TeamView{ID: t.ID, Plan: plan, Round: round.ID, FromYear: round.FromYear, Specialities: round.Specialities,
		County: t.County, Category: t.Category, Parts: t.ScoreParts}
	if view.Villages, err = teamVillages(tx, args); err != nil {
		return TeamView{}, err
	}
	if len(view.Villages) == 0 {
		return TeamView{}, missing
	}
	view.Elsewhere = t.Villages - len(view.Villages)
	if view.Unit, err = teamUnit(tx, args); err != nil {
		return TeamView{}, err
	}
	if view.Members, err = teamMembers(tx, args); err != nil {
		return TeamView{}, err
	}
	return view, nameTeamView(tx, &view)
}

type teamViewArgs struct {
	planArgs
	area
	Team   string
	County domain.Code
	Unit   string
}

func teamVillages(tx *Tx, args teamViewArgs) ([]TeamVillageView, error) {
	return all[TeamVillageView](tx, `SELECT v.code, v.category, v.fit AS "match", r.name, v.place = 0 AS first, r.difficulty, r.needs, r.x, r.y
		FROM team_village v JOIN round_village r ON r.county = v.county AND r.round = ?round AND r.code = v.code
		WHERE v.county = ?county AND v.plan = ?plan AND v.team = ?team AND v.code >= ?from AND v.code < ?to ORDER BY v.place`, args)
}

func teamUnit(tx *Tx, args teamViewArgs) (TeamUnitView, error) {
	return one[TeamUnitView](tx, domain.NotFound("unit", args.Unit), `SELECT u.id, u.name, u.level, u.kind, u.home,
		coalesce(r.strength, 0) AS strength, r.skills, coalesce(r.x, 0) AS x, coalesce(r.y, 0) AS y
		FROM unit u LEFT JOIN round_unit r ON r.round = ?round AND r.unit = u.id WHERE u.id = ?unit`, args)
}

// teamMembers takes what the rules ask about from the round's list of candidates; it is zero for who is not on it.
func teamMembers(tx *Tx, args teamViewArgs) ([]TeamMemberView, error) {
	return all[TeamMemberView](tx, `SELECT m.cadre, m.role, m.fit AS "match", c.name, c.sex, c.birth_year, c.position, u.name AS unit_name,
		coalesce(r.grade, 0) AS grade, coalesce(r.mid_level, FALSE) AS mid_level, coalesce(r.rural_years, 0) AS rural_years,
		coalesce(r.young_pool, FALSE) AS young_pool, r.skills
		FROM team_member m JOIN cadre c ON c.id = m.cadre JOIN unit u ON u.id = c.unit
		LEFT JOIN round_candidate r ON r.round = ?round AND r.cadre = m.cadre
		WHERE m.county = ?county AND m.plan = ?plan AND m.team = ?team ORDER BY m.place`, args)
}

func nameTeamView(tx *Tx, view *TeamView) error {
	places := make([][]domain.Code, 0, 1+len(view.Villages))
	places = append(places, []domain.Code{view.County, view.Unit.Home})
	for _, v := range view.Villages {
		places = append(places, ancestors(v.Code))
	}
	names, err := regionNames(tx, slices.Concat(places...))
	if err != nil {
		return err
	}
	view.CountyName, view.Unit.HomeName = names[view.County], names[view.Unit.Home]
	for i, v := range view.Villages {
		path := ancestors(v.Code)
		for _, code := range path[:len(path)-1] {
			view.Villages[i].Path = append(view.Villages[i].Path, names[code])
		}
	}
	return nil
}
