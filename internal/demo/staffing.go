package demo

import "jieli/internal/domain"

// sizes of teams by category: the least and the greatest (dispatch contract §1, policy.csv), and how often each size
// from the least on is drawn.
var sizes = map[domain.Category]struct {
	least, most int
	weights     []int
}{
	domain.CategoryKey:           {3, 5, []int{75, 20, 5}},
	domain.CategoryWeak:          {2, 4, []int{75, 20, 5}},
	domain.CategoryDemonstration: {2, 4, []int{65, 28, 7}},
	domain.CategoryConsolidated:  {1, 3, []int{30, 48, 22}},
}

// drawSizes gives each team its size, so that the province's teams and all teams have the report's totals of people.
func drawSizes(d dice, teams []team, level []domain.UnitLevel) {
	var province, others []int
	for i := range teams {
		s := sizes[teams[i].category]
		teams[i].size = s.least + d.weighted(s.weights...)
		switch {
		case level[i] != domain.UnitProvince:
			others = append(others, i)
		case teams[i].tellsAges():
			teams[i].size = 3 // "三名85后"
		default:
			teams[i].size = s.least
			province = append(province, i)
		}
	}
	provincial := func(i int) bool { return level[i] == domain.UnitProvince }
	adjust(d, teams, province, reportProvincialPeople-headcount(teams, provincial))
	adjust(d, teams, others, reportPeople-headcount(teams, func(int) bool { return true }))
}

// tellsAges says whether the report tells how old the team's people are.
func (t team) tellsAges() bool { return t.fixed != nil && t.fixed.leaderBorn != [2]int{} }

func headcount(teams []team, counts func(int) bool) int {
	sum := 0
	for i, t := range teams {
		if counts(i) {
			sum += t.size
		}
	}
	return sum
}

// adjust adds that many people to the teams, or takes them away, one to a team at a time and within the bounds.
func adjust(d dice, teams []team, which []int, difference int) {
	for moved := true; difference != 0 && moved; {
		moved = false
		for _, i := range shuffle(d, which) {
			s := sizes[teams[i].category]
			switch {
			case difference > 0 && teams[i].size < s.most:
				teams[i].size++
				difference--
				moved = true
			case difference < 0 && teams[i].size > s.least:
				teams[i].size--
				difference++
				moved = true
			}
		}
	}
}

// staff draws the people of all teams of the round in force.
func (p *people) staff(d dice, teams []team, level []domain.UnitLevel) {
	wishes := provincialWishes(d, teams, level)
	for i := range teams {
		t := &teams[i]
		for seat := range t.size {
			w := wish{leads: seat == 0}
			if wished := wishes[i]; wished != nil {
				w = wished[seat]
			}
			for _, v := range t.places {
				w.notFrom = append(w.notFrom, p.land.places[v].code.At(domain.LevelTownship))
			}
			u := p.senderOf(t.unit, seat)
			c := p.draw(d, u, 2021, w)
			p.units[u].staff = append(p.units[u].staff, c)
			t.members = append(t.members, c)
		}
	}
}

// senderOf is the unit that sends the person on a seat: the lead unit the leader, the units that joined it one each.
func (p *people) senderOf(lead, seat int) int {
	if joined := p.units[lead].joined; seat > 0 && seat <= len(joined) {
		return joined[seat-1]
	}
	return lead
}

// wishList are the wishes for the provincial people, sorted by what is known of them beforehand.
type wishList struct{ all, leaders, members, told []*wish }

// provincialWishes says who of the provincial people is under 40, of division rank and of rural background, so that there
// are as many of each as in the report. It is nil for other teams.
func provincialWishes(d dice, teams []team, level []domain.UnitLevel) [][]wish {
	wishes := make([][]wish, len(teams))
	var list wishList
	for i, t := range teams {
		if level[i] == domain.UnitProvince {
			wishes[i] = make([]wish, t.size)
			list.add(t, wishes[i])
		}
	}
	under40 := func(w *wish) *bool { return w.under40 }
	rank := func(w *wish) *bool { return w.division }
	grant(list.leaders, len(list.leaders), rank)
	grant(shuffle(d, list.members), reportDivision-granted(list.all, rank), rank)
	grant(list.told, len(list.told), under40)
	grant(shuffle(d, list.leaders), len(list.leaders)*18/100, under40)
	grant(shuffle(d, list.members), reportUnder40-granted(list.all, under40), under40)
	grant(shuffle(d, list.all), reportRural, func(w *wish) *bool { return w.rural })
	return wishes
}

// add puts the wishes for a team's seats into the list.
func (l *wishList) add(t team, seats []wish) {
	for seat := range seats {
		w := &seats[seat]
		*w = wish{leads: seat == 0, under40: new(bool), division: new(bool), rural: new(bool)}
		l.all = append(l.all, w)
		switch {
		case t.tellsAges() && seat == 0:
			w.born, *w.division = t.fixed.leaderBorn, true
			l.told = append(l.told, w)
		case t.tellsAges():
			w.born = t.fixed.membersBorn
			l.told = append(l.told, w)
		case seat == 0:
			l.leaders = append(l.leaders, w)
		default:
			l.members = append(l.members, w)
		}
	}
}

// grant sets the field for the first n wishes.
func grant(wishes []*wish, n int, field func(*wish) *bool) {
	for _, w := range wishes[:min(max(n, 0), len(wishes))] {
		*field(w) = true
	}
}

func granted(wishes []*wish, field func(*wish) *bool) int {
	n := 0
	for _, w := range wishes {
		if *field(w) {
			n++
		}
	}
	return n
}
