package problem

import (
	"slices"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// FromRound makes the problem of a round in the store; faults name the files and lines that Files would give. The
// round's first year and headcount hold whatever the policy says. A unit that served a village last time and takes no
// part in this round is left out: nobody can be given credit for it.
func FromRound(in domain.RoundInput) (*Problem, []Fault) {
	values := DefaultPolicy()
	for name, value := range in.Policy.Values {
		if _, known := policy.Lookup(name); !known {
			return nil, []Fault{{File: policyFile, Key: "problem.unknown_key", Params: domain.Params{"value": clip(name)}}}
		}
		values[name] = value
	}
	values["year"], values["headcount"] = int64(in.Round.FromYear), in.Round.Headcount
	draft := Problem{
		Specialities: in.Round.Specialities, Villages: withKnownPrior(in.Villages, in.Units), Units: in.Units,
		Cadres: in.Candidates, Policy: values, Shares: in.Policy.Shares, Pins: in.Pins,
	}
	return Decode(InMemory(draft.Files()))
}

func withKnownPrior(villages []domain.RoundVillage, units []domain.RoundUnit) []domain.RoundVillage {
	known := map[string]bool{}
	for _, u := range units {
		known[u.ID] = true
	}
	out := slices.Clone(villages)
	for i := range out {
		if !known[out[i].PriorUnit] {
			out[i].PriorUnit = ""
		}
	}
	return out
}
