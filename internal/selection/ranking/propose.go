package ranking

import "jieli/internal/domain"

// Room is how many people may be chosen: in all (0 is no limit), and of each unit that has a quota.
type Room struct {
	Posts          int64
	Units          map[string]int64
	ReservePercent int64
}

// Proposal is what the ranking says for a nominee. Undecided are those whose tie the ranking cannot break: people must.
type Proposal struct {
	Row
	Outcome   domain.Outcome // chosen, reserve, or open: no room, or undecided
	Undecided bool
	Reserve   int64 // place in the reserve, 1…
}

// Propose goes down the ranking place by place and chooses as long as there is room in the unit's quota and in the posts.
// Where a place is shared by more people than there is room for, all of them are left undecided, and nobody behind them
// is chosen before they are. Whoever finds no room comes into the reserve, in the ranking's order, up to ReservePercent of
// the posts (of those chosen where posts are unlimited), rounded up.
func Propose(rows []Row, room Room) []Proposal {
	p := proposer{room: room, left: map[string]int64{}, blocked: map[string]bool{}}
	for unit, places := range room.Units {
		p.left[unit] = places
	}
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to].Place == rows[from].Place {
			to++
		}
		p.place(rows[from:to])
		from = to
	}
	p.reserve()
	return p.all
}

type proposer struct {
	room    Room
	left    map[string]int64
	chosen  int64
	stopped bool            // somebody before is undecided about the posts
	blocked map[string]bool // somebody of the unit is undecided about its quota
	all     []Proposal
}

// place decides on all who share a place.
func (p *proposer) place(group []Row) {
	perUnit := map[string]int64{}
	for _, r := range group {
		perUnit[r.Unit]++
	}
	var fitting int64
	for _, r := range group {
		if p.fits(r.Unit, perUnit) {
			fitting++
		}
	}
	full := p.room.Posts > 0 && p.chosen >= p.room.Posts
	overfull := !full && p.room.Posts > 0 && p.chosen+fitting > p.room.Posts
	for _, r := range group {
		one := Proposal{Row: r, Outcome: domain.OutcomeOpen}
		fits := p.fits(r.Unit, perUnit)
		tied := !fits && p.left[r.Unit] > 0 // about the unit's last places
		switch {
		case full:
		case tied, p.blocked[r.Unit], fits && (p.stopped || overfull):
			one.Undecided = true
		case fits:
			one.Outcome = domain.OutcomeChosen
		}
		p.all = append(p.all, one)
	}
	p.settle(p.all[len(p.all)-len(group):])
	p.stopped = p.stopped || overfull
}

// fits says whether the unit has room for all of its people who share the place.
func (p *proposer) fits(unit string, perUnit map[string]int64) bool {
	left, limited := p.left[unit]
	return !limited || left >= perUnit[unit]
}

// settle takes the room of those chosen, and blocks a unit where somebody is undecided: nobody behind them comes first.
func (p *proposer) settle(group []Proposal) {
	for _, one := range group {
		_, limited := p.left[one.Unit]
		switch {
		case one.Outcome == domain.OutcomeChosen:
			p.chosen++
			if limited {
				p.left[one.Unit]--
			}
		case one.Undecided && limited:
			p.blocked[one.Unit] = true
		}
	}
}

func (p *proposer) reserve() {
	base := p.room.Posts
	if base == 0 {
		base = p.chosen
	}
	places := (base*p.room.ReservePercent + 99) / 100
	next := int64(0)
	for i := range p.all {
		if p.all[i].Outcome == domain.OutcomeOpen && !p.all[i].Undecided && next < places {
			next++
			p.all[i].Outcome, p.all[i].Reserve = domain.OutcomeReserve, next
		}
	}
}
