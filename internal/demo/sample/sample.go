// Package sample makes rounds of other sizes out of drawn ones, to measure the planning by: a part of a province, or
// several provinces beside each other, and variants that are hard in ways of their own. All of it is pure, and the same
// seed gives the same round.
package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"jieli/internal/domain"
)

// source is a stream of random numbers for one purpose.
func source(seed uint64, purpose uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, purpose)) //nolint:gosec // drawn from a seed, so that the draw can be repeated
}

// Part keeps whole counties, drawn until they hold the share of the villages (0 < share ≤ 1; always at least one county),
// the county units that may serve there, as large a part of the units of higher levels as they have villages there, and
// the headcount in proportion. The round has no pins.
func Part(in domain.RoundInput, share float64, seed uint64) domain.RoundInput {
	if share >= 1 {
		return in
	}
	r := source(seed, 1)
	all := perCounty(in.Villages)
	kept := drawCounties(all, int(share*float64(len(in.Villages))), r)
	out := in
	out.Pins = nil
	out.Units = partOfUnits(in.Units, all, kept, r)
	stays := map[string]bool{}
	for _, u := range out.Units {
		stays[u.ID] = true
	}
	out.Villages = nil // who served a village last time may be gone: then it counts as nobody
	for _, v := range in.Villages {
		if kept[v.Code.At(domain.LevelCounty)] == 0 {
			continue
		}
		v.Neighbours = slices.DeleteFunc(slices.Clone(v.Neighbours), func(c domain.Code) bool { return kept[c.At(domain.LevelCounty)] == 0 })
		out.Villages = append(out.Villages, v)
	}
	out.Candidates = slices.DeleteFunc(slices.Clone(in.Candidates), func(c domain.Candidate) bool { return !stays[c.Unit] })
	out.Round.Headcount = in.Round.Headcount * int64(len(out.Villages)) / int64(max(1, len(in.Villages)))
	return out
}

// perCounty counts the villages of each county.
func perCounty(villages []domain.RoundVillage) map[domain.Code]int {
	n := map[domain.Code]int{}
	for _, v := range villages {
		n[v.Code.At(domain.LevelCounty)]++
	}
	return n
}

// drawCounties draws counties until they hold so many villages.
func drawCounties(all map[domain.Code]int, villages int, r *rand.Rand) map[domain.Code]int {
	codes := make([]domain.Code, 0, len(all))
	for code := range all {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	r.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	kept, n := map[domain.Code]int{}, 0
	for _, code := range codes {
		if n >= max(1, villages) {
			break
		}
		kept[code] = all[code]
		n += all[code]
	}
	return kept
}

// partOfUnits keeps each lead unit with the chance that a village of its region was kept, and those that join one with it.
func partOfUnits(units []domain.RoundUnit, all, kept map[domain.Code]int, r *rand.Rand) []domain.RoundUnit {
	stays := map[string]bool{}
	for _, u := range units {
		if u.LeadUnit != "" {
			continue
		}
		had, has := 0, 0
		for code, n := range all {
			if u.Region.Scope().Holds(code) {
				had, has = had+n, has+kept[code]
			}
		}
		stays[u.ID] = has > 0 && r.Float64()*float64(had) < float64(has)
	}
	return slices.DeleteFunc(slices.Clone(units), func(u domain.RoundUnit) bool { return !stays[u.ID] && !stays[u.LeadUnit] })
}

// apart is how far provinces lie from each other, in metres: beyond where distance counts.
const apart = 3_000_000

// Provinces puts rounds beside each other, each as a province with codes and ids of its own; at most 80. The first round
// gives the policy; the headcount is that of all.
func Provinces(rounds []domain.RoundInput) domain.RoundInput {
	out := rounds[0]
	out.Villages, out.Units, out.Candidates, out.Pins = nil, nil, nil, nil
	out.Round.Headcount = 0
	for i, in := range rounds {
		p := province{digits: fmt.Sprintf("%02d", 11+i), prefix: fmt.Sprintf("%02d-", i+1), x: int64(i) * apart}
		out.Round.Headcount += in.Round.Headcount
		for _, v := range in.Villages {
			out.Villages = append(out.Villages, p.village(v))
		}
		for _, u := range in.Units {
			u.ID, u.LeadUnit, u.Region, u.X = p.id(u.ID), p.id(u.LeadUnit), p.code(u.Region), u.X+p.x
			out.Units = append(out.Units, u)
		}
		for _, c := range in.Candidates {
			c.ID, c.Unit, c.Native = p.id(c.ID), p.id(c.Unit), p.code(c.Native)
			out.Candidates = append(out.Candidates, c)
		}
	}
	return out
}

// province gives the names of one province their own form.
type province struct {
	digits, prefix string
	x              int64
}

func (p province) code(c domain.Code) domain.Code {
	if c == "" {
		return ""
	}
	return domain.Code(p.digits) + c[2:]
}

func (p province) id(id string) string {
	if id == "" {
		return ""
	}
	return p.prefix + id
}

func (p province) village(v domain.RoundVillage) domain.RoundVillage {
	v.Code, v.PriorUnit, v.X = p.code(v.Code), p.id(v.PriorUnit), v.X+p.x
	v.Neighbours = slices.Clone(v.Neighbours)
	for i, c := range v.Neighbours {
		v.Neighbours[i] = p.code(c)
	}
	return v
}
