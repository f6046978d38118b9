package demo

import (
	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
)

// place is a village that a team may be sent to, with all about it that is the same in every round.
type place struct {
	code       domain.Code
	name       string
	county     int // position in the counties
	x, y       int64
	near       []int // positions of the adjacent places, ascending
	needs      domain.Skills
	difficulty int // before the category raises or lowers it: 0..40
}

// land is the real ground that the draw stands on.
type land struct {
	counties []divisions.County
	names    map[domain.Code]string
	places   []place  // by code
	first    []int    // of each county, the position of its first place; one more at the end
	homes    [][]home // of each county, its real townships
}

// home is a township that people come from.
type home = domain.Code

// survey lists the places: village committees of real counties and townships. Statistical zones, farms and parks,
// residents' committees and virtual communities are none, nor are the rows that became urban communities.
func survey(examples divisions.Examples, seed uint64) land {
	l := land{counties: examples.Counties, names: map[domain.Code]string{}, homes: make([][]home, len(examples.Counties))}
	number := map[domain.Code]int{}
	for i, c := range examples.Counties {
		number[c.Code] = i
	}
	realTownship := map[domain.Code]bool{}
	for _, d := range examples.Divisions {
		county, known := number[d.Code[:6]+"000000"]
		switch {
		case d.Level == domain.LevelCity || d.Level == domain.LevelCounty || d.Level == domain.LevelProvince:
			l.names[d.Code] = d.Name
		case !known:
		case d.Level == domain.LevelTownship && d.Kind != domain.KindEnterpriseUnit:
			l.names[d.Code] = d.Name
			realTownship[d.Code] = true
			l.homes[county] = append(l.homes[county], d.Code)
		case d.Kind == domain.KindVillageCommittee && realTownship[d.Parent] && !divisions.CommunityName(d.Name):
			l.places = append(l.places, place{code: d.Code, name: divisions.VillageName(d.Name), county: county})
		}
	}
	l.index()
	for i := range l.counties {
		l.scatter(i, stream(seed, "places/"+string(l.counties[i].Code)))
		l.adjoin(i)
	}
	l.drawNeeds(stream(seed, "needs"))
	return l
}

// index notes where each county's places begin; places are ordered by code, and counties too.
func (l *land) index() {
	l.first = make([]int, len(l.counties)+1)
	for _, p := range l.places {
		l.first[p.county+1]++
	}
	for i := range l.counties {
		l.first[i+1] += l.first[i]
	}
}

// in gives the positions of the first place of the county and of the first one after it.
func (l *land) in(county int) (from, to int) { return l.first[county], l.first[county+1] }

func (l *land) city(county int) domain.Code { return l.counties[county].Code.At(domain.LevelCity) }

// drawNeeds gives each place two to four real needs and some slight ones.
func (l *land) drawNeeds(d dice) {
	for i := range l.places {
		p := &l.places[i]
		p.difficulty = d.between(0, 40)
		p.needs = make(domain.Skills, len(Specialities()))
		for range d.between(2, 4) {
			p.needs[d.weighted(9, 20, 16, 12, 8, 8, 15, 8, 9)] = d.between(30, 100)
		}
		for k := range p.needs {
			if p.needs[k] == 0 && d.chance(0.3) {
				p.needs[k] = d.between(1, 20)
			}
		}
	}
}
