package demo

import (
	"fmt"
	"slices"

	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
	"jieli/internal/spelling"
)

// wish is what the draw of a person must give where it is set. The zero value leaves all to chance.
type wish struct {
	leads                    bool // has the rank of a leader
	under40, division, rural *bool
	born                     [2]int        // first and last year of birth; zero: by chance
	notFrom                  []domain.Code // townships that must not be home
}

// people draws cadres. Ids count up.
type people struct {
	*registry
	spell *spelling.Speller
	all   []domain.Candidate
}

// farming is the position of the speciality that counts as a rural background, and ruralYears and ruralSkill are the
// bars for it (dispatch contract §1, shares.csv).
const (
	farming    = 1
	ruralYears = 2
	ruralSkill = 60
	youngBelow = 40
	division   = 6
	maxAge     = 57 // the default of the policy key max_age
)

// youngest is the age from which on a grade is held; index 0 is no grade.
var youngest = [...]int{0, 23, 24, 27, 29, 32, 34, 38}

// draw adds a cadre of the unit as it is in the year, and gives its position.
func (p *people) draw(d dice, u int, year int, w wish) int {
	own := p.units[u]
	c := domain.Candidate{Fit: true}
	c.ID = fmt.Sprintf("C%06d", len(p.all)+1)
	c.Unit = own.ID
	c.Grade, c.MidLevel = rankOf(d, own.Level, w)
	c.BirthYear = year - ageOf(d, c.Grade, year, w)
	p.identity(d, own, &c, w)
	c.Politics = politics(d, year-c.BirthYear, w.leads)
	c.Position = pick(d, p.tables.titles[titleKey{groups[own.Kind], own.Level, c.Grade, c.MidLevel}])
	c.YoungPool = year-c.BirthYear < youngBelow && d.chance(0.33)
	p.background(d, own, &c, w)
	p.all = append(p.all, c)
	return len(p.all) - 1
}

// rankOf draws grade and middle-level post. Leaders of the province's teams are of division rank, those of others hold a
// middle-level post.
func rankOf(d dice, level domain.UnitLevel, w wish) (grade int, middle bool) {
	switch level {
	case domain.UnitProvince:
		if w.leads && w.born != [2]int{} { // the report calls them young
			return division, true
		}
		if w.leads || w.division != nil && *w.division || w.division == nil && d.chance(0.12) {
			return division + d.weighted(80, 20), d.chance(0.7)
		}
		return 2 + d.weighted(5, 20, 35, 40), false
	case domain.UnitCity:
		if w.leads || d.chance(0.2) {
			return 4 + d.weighted(50, 42, 8), true
		}
		return 2 + d.weighted(15, 32, 33, 18, 2), false
	case domain.UnitCounty:
		if w.leads || d.chance(0.15) {
			return 2 + d.weighted(12, 60, 24, 4), true
		}
	}
	return 1 + d.weighted(12, 45, 30, 10, 3), false
}

func ageOf(d dice, grade, year int, w wish) int {
	low, high := youngest[grade], maxAge
	if w.leads {
		low = max(low, 28)
	}
	switch {
	case w.born != [2]int{}:
		low, high = year-w.born[1], year-w.born[0]
	case w.under40 != nil && *w.under40:
		high = youngBelow - 1
	case w.under40 != nil:
		low = max(low, youngBelow)
	}
	low = min(low, high)
	return min(d.between(low, high), d.between(low, high+3), high)
}

// identity draws who the person is: sex, name, home township.
func (p *people) identity(d dice, own unit, c *domain.Candidate, w wish) {
	c.Sex = male
	if d.chance(0.3) {
		c.Sex = female
	}
	if d.chance(0.7) {
		c.Native = p.nativeOf(d, own, w.notFrom)
	}
	origin := own.Home
	if c.Native != "" {
		origin = c.Native
	}
	c.Name = p.tables.personName(d, c.Sex, c.BirthYear, slices.Contains(westernCities, origin.At(domain.LevelCity)))
	c.Pinyin, c.Initials = p.spell.Person(c.Name)
}

// nativeOf draws a home township: mostly in the unit's own county or city, and none of those that are barred.
func (p *people) nativeOf(d dice, own unit, barred []domain.Code) domain.Code {
	home := own.Home
	if own.Level == domain.UnitCounty && d.chance(0.25) {
		home = home.At(domain.LevelCity)
	}
	if own.Level == domain.UnitCity && d.chance(0.2) {
		home = Province
	}
	scope := home.Scope()
	from := slices.IndexFunc(p.land.counties, func(c divisions.County) bool { return scope.Holds(c.Code) })
	to := from
	for to < len(p.land.counties) && scope.Holds(p.land.counties[to].Code) {
		to++
	}
	native := pick(d, p.land.homes[d.between(from, to-1)])
	if slices.Contains(barred, native) {
		return ""
	}
	return native
}

func politics(d dice, age int, leads bool) string {
	switch {
	case leads || d.chance(0.82):
		return "party_member"
	case age < 28 && d.chance(0.6):
		return "league_member"
	case d.chance(0.1):
		return "other_party"
	}
	return "masses"
}

// background draws what the person can do: skills near those of the unit, years of grassroots work.
func (p *people) background(d dice, own unit, c *domain.Candidate, w wish) {
	c.Skills = make(domain.Skills, len(own.skills))
	for i, s := range own.skills {
		c.Skills[i] = min(100, max(0, s*2/3+d.between(-15, 40)))
	}
	switch {
	case w.rural == nil:
		if d.chance(0.3) {
			c.RuralYears = d.between(1, 12)
		}
	case *w.rural:
		if c.Skills[farming] < ruralSkill || d.chance(0.5) {
			c.RuralYears = d.between(ruralYears, 12)
		}
	default:
		c.RuralYears = d.weighted(80, 20)
		c.Skills[farming] = min(c.Skills[farming], ruralSkill-1-d.between(0, 20))
		c.Skills[farming] = max(c.Skills[farming], 0)
	}
	if d.chance(0.1) {
		c.Terms = 1
	}
}
