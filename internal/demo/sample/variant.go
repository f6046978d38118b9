package sample

import (
	"slices"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Variant is a way in which a round is hard.
type Variant string

// The variants.
const (
	Normal Variant = "normal" // as it is
	Tight  Variant = "tight"  // hardly more teams and people than are needed
	Pins   Variant = "pins"   // much is decided already
)

// Variants are all of them.
func Variants() []Variant { return []Variant{Normal, Tight, Pins} }

// Vary makes a variant of the round. The round itself is left as it is.
func Vary(in domain.RoundInput, v Variant, seed uint64) domain.RoundInput {
	switch v {
	case Tight:
		return tighten(in, seed)
	case Pins:
		return pin(in, seed)
	case Normal:
	}
	return in
}

// tighten takes a team from every other unit that may lead more than it must, and one in four candidates.
func tighten(in domain.RoundInput, seed uint64) domain.RoundInput {
	r := source(seed, 2)
	in.Units = slices.Clone(in.Units)
	for i := range in.Units {
		if u := &in.Units[i]; u.MaxTeams > max(1, u.MinTeams) && r.IntN(2) == 0 {
			u.MaxTeams--
		}
	}
	in.Candidates = slices.DeleteFunc(slices.Clone(in.Candidates), func(domain.Candidate) bool { return r.IntN(4) == 0 })
	return in
}

// pinned is one in how many villages gets a pin.
const pinned = 20

// pin decides about a village in twenty: that the unit that served it comes again, or may not; that somebody of a unit
// that serves the county comes, or may not. Pins that no rule allows are not made.
func pin(in domain.RoundInput, seed uint64) domain.RoundInput {
	r := source(seed, 3)
	in.Pins = nil
	local := map[domain.Code][]string{} // candidates by the county that their unit serves
	region := map[string]domain.Code{}
	for _, u := range in.Units {
		region[u.ID] = u.Region
	}
	for _, c := range in.Candidates {
		local[region[c.Unit]] = append(local[region[c.Unit]], c.ID)
	}
	for _, v := range in.Villages {
		if r.IntN(pinned) > 0 {
			continue
		}
		people := local[v.Code.At(domain.LevelCounty)]
		kind := []string{"unit", "not_unit", "cadre", "not_cadre"}[r.IntN(4)]
		subject := v.PriorUnit
		if kind == "cadre" || kind == "not_cadre" {
			subject = ""
			if len(people) > 0 {
				subject = people[r.IntN(len(people))]
			}
		}
		if subject != "" {
			in.Pins = append(in.Pins, domain.Pin{Kind: kind, Subject: subject, Village: v.Code})
		}
	}
	return allowed(in)
}

// allowed leaves out the pins that no rule allows. Line 2 of pins.csv is the first pin.
func allowed(in domain.RoundInput) domain.RoundInput {
	for {
		wrong := map[int]bool{}
		_, faults := problem.FromRound(in)
		for _, f := range faults {
			if f.File == "pins.csv" {
				wrong[f.Line-2] = true
			}
		}
		if len(wrong) == 0 {
			return in
		}
		var kept []domain.Pin
		for i, p := range in.Pins {
			if !wrong[i] {
				kept = append(kept, p)
			}
		}
		in.Pins = kept
	}
}
