package solver

import (
	"cmp"
	"slices"
)

// trim takes items out of teams until the limit is kept: first, one by one, those beyond a team's least number that
// are worth least there, then whole teams from the last on.
func trim(p *Problem, teams []Team) []Team {
	over := -p.ItemLimit
	for k := range teams {
		over += int64(len(teams[k].Items))
	}
	if p.ItemLimit == 0 || over <= 0 {
		return teams
	}
	type spare struct {
		worth int64
		team  int
		item  int32
	}
	var spares []spare
	for k := range teams {
		slot := &p.Slots[teams[k].Slot]
		for _, i := range teams[k].Items[1:] {
			if !contains(slot.Forced, i) {
				w, _ := p.Worth(i, teams[k].Slot)
				spares = append(spares, spare{w, k, i})
			}
		}
	}
	slices.SortStableFunc(spares, func(x, y spare) int { return cmp.Compare(x.worth, y.worth) })
	for _, s := range spares {
		t := &teams[s.team]
		if over > 0 && len(t.Items) > p.Slots[t.Slot].MinSize {
			t.Items = slices.DeleteFunc(t.Items, func(i int32) bool { return i == s.item })
			over--
		}
	}
	for over > 0 {
		over -= int64(len(teams[len(teams)-1].Items))
		teams = teams[:len(teams)-1]
	}
	return teams
}
