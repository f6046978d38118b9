package problem

import "jieli/internal/domain"

// FromRound makes the problem of a round in the store.
func FromRound(in domain.RoundInput) (*Problem, []Fault) {
	p := &Problem{
		Specialities: in.Round.Specialities, Villages: in.Villages, Units: in.Units, Cadres: in.Candidates,
		Policy: DefaultPolicy(), Shares: in.Policy.Shares, Pins: in.Pins,
	}
	for key, value := range in.Policy.Values {
		p.Policy[key] = value
	}
	p.Policy["year"] = int64(in.Round.FromYear)
	p.Policy["headcount"] = in.Round.Headcount
	p.build()
	return p, nil
}
