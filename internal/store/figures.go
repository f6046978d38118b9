package store

import (
	"jieli/internal/domain"
)

// Figures sum up a plan in an area. UnitMatch is the mean over its teams of the unit's fit to the first village and
// MemberMatch the mean over its members, 0..100; 0 where there is none.
type Figures struct {
	Villages, Served, Unserved, Teams, Members, Score int64
	UnitMatch, MemberMatch                            float64
	ByCategory                                        map[domain.Category]CategoryFigures
}

// CategoryFigures count the villages of one category.
type CategoryFigures struct{ Villages, Served int64 }

// FiguresByChild sums up the plan in parent and in each of parent's children, as far as the scope goes. A team whose
// villages lie in several children counts in each of them, and once in the total. Children without villages are left
// out; a village has no children.
func FiguresByChild(tx *Tx, scope domain.Scope, plan string, parent domain.Code) (total Figures, children map[domain.Code]Figures, err error) {
	p, err := PlanByID(tx, plan)
	if err != nil {
		return Figures{}, nil, err
	}
	if parent == "" || !parent.Valid() {
		return Figures{}, nil, domain.NotFound("region", string(parent))
	}
	a := areaOf(within(scope, parent))
	sums := figureSums{children: map[domain.Code]*figureSum{}}
	args := figureArgs{planArgs{p.Round, plan}, a, parent.Level().Below().Digits()}
	err = inOrder(
		func() error { return sums.addVillages(tx, args) },
		func() error { return sums.addServed(tx, args) },
		func() error { return sums.addTeams(tx, args) },
	)
	if err != nil {
		return Figures{}, nil, err
	}
	children = map[domain.Code]Figures{}
	if parent.Level() != domain.LevelVillage {
		for code, sum := range sums.children {
			children[code] = sum.figures()
		}
	}
	return sums.total.figures(), children, nil
}

type figureArgs struct {
	planArgs
	area
	Digits int // that name a child
}

// teamSum adds up teams.
type teamSum struct{ Teams, Members, Score, UnitFits, MemberFits int64 }

func (s *teamSum) add(t teamSum) {
	s.Teams += t.Teams
	s.Members += t.Members
	s.Score += t.Score
	s.UnitFits += t.UnitFits
	s.MemberFits += t.MemberFits
}

type figureSum struct {
	teamSum
	categories map[domain.Category]CategoryFigures
}

func (s *figureSum) addCategory(category domain.Category, villages, served int64) {
	if s.categories == nil {
		s.categories = map[domain.Category]CategoryFigures{}
	}
	c := s.categories[category]
	s.categories[category] = CategoryFigures{c.Villages + villages, c.Served + served}
}

func (s *figureSum) figures() Figures {
	f := Figures{Teams: s.Teams, Members: s.Members, Score: s.Score, UnitMatch: mean(s.UnitFits, s.Teams),
		MemberMatch: mean(s.MemberFits, s.Members), ByCategory: map[domain.Category]CategoryFigures{}}
	for category, c := range s.categories {
		f.ByCategory[category] = c
		f.Villages += c.Villages
		f.Served += c.Served
	}
	f.Unserved = f.Villages - f.Served
	return f
}

func mean(sum, count int64) float64 {
	if count == 0 {
		return 0
	}
	return float64(sum) / float64(count)
}

// figureSums are the sums of the parent and of each child, by the digits that name it.
type figureSums struct {
	total    figureSum
	children map[domain.Code]*figureSum
}

func (s *figureSums) child(digits string) *figureSum {
	code, err := domain.ParseCode(digits)
	if err != nil { // the schema lets no such code in
		code = domain.Code(digits)
	}
	if s.children[code] == nil {
		s.children[code] = &figureSum{}
	}
	return s.children[code]
}

type categoryCount struct {
	Child    string
	Category domain.Category
	Villages int64
}

func (s *figureSums) addVillages(tx *Tx, args figureArgs) error {
	rows, err := all[categoryCount](tx, `SELECT substr(code, 1, ?digits) AS child, category, count(*) AS villages FROM round_village
		WHERE round = ?round AND code >= ?from AND code < ?to GROUP BY 1, 2`, args)
	for _, r := range rows {
		s.total.addCategory(r.Category, r.Villages, 0)
		s.child(r.Child).addCategory(r.Category, r.Villages, 0)
	}
	return err
}

func (s *figureSums) addServed(tx *Tx, args figureArgs) error {
	rows, err := all[categoryCount](tx, `SELECT substr(code, 1, ?digits) AS child, category, count(*) AS villages FROM team_village
		WHERE plan = ?plan AND code >= ?from AND code < ?to GROUP BY 1, 2`, args)
	for _, r := range rows {
		s.total.addCategory(r.Category, 0, r.Villages)
		s.child(r.Child).addCategory(r.Category, 0, r.Villages)
	}
	return err
}

// addTeams takes the short way where no team can lie in two children: a team's villages are of one county.
func (s *figureSums) addTeams(tx *Tx, args figureArgs) error {
	if args.Digits > domain.LevelCounty.Digits() || !args.wholeCounties() {
		return s.addTeamsByVillage(tx, args)
	}
	type row struct {
		Child string
		teamSum
	}
	rows, err := all[row](tx, `SELECT substr(county, 1, ?digits) AS child, count(*) AS teams, sum(size) AS members, sum(score) AS score,
		sum(unit_fit) AS unit_fits, sum(member_fits) AS member_fits FROM team
		WHERE plan = ?plan AND county >= ?county_from AND county < ?to GROUP BY 1`, args)
	for _, r := range rows {
		s.total.add(r.teamSum)
		s.child(r.Child).add(r.teamSum)
	}
	return err
}

// addTeamsByVillage looks at each village, and counts a team once in a child and once in all.
func (s *figureSums) addTeamsByVillage(tx *Tx, args figureArgs) error {
	type row struct {
		Child, Team string
		teamSum
	}
	rows, err := all[row](tx, `SELECT DISTINCT substr(v.code, 1, ?digits) AS child, t.id AS team, 1 AS teams, t.size AS members, t.score,
		t.unit_fit AS unit_fits, t.member_fits
		FROM team_village v JOIN team t ON t.county = v.county AND t.plan = v.plan AND t.id = v.team
		WHERE v.plan = ?plan AND v.code >= ?from AND v.code < ?to`, args)
	counted := map[string]bool{}
	for _, r := range rows {
		s.child(r.Child).add(r.teamSum)
		if !counted[r.Team] {
			counted[r.Team] = true
			s.total.add(r.teamSum)
		}
	}
	return err
}
