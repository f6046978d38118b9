package problem_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

func TestRoundToFilesAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawRound(t)
		p, faults := problem.FromRound(in)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		again, faults := folderOf(p.Files()).decode()
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if !reflect.DeepEqual(p.Files(), again.Files()) || !reflect.DeepEqual(p.Policy, again.Policy) {
			t.Fatal("the files differ")
		}
		sameRound(t, in, again)
	})
}

// sameRound compares what the files carry.
func sameRound(t *rapid.T, in domain.RoundInput, p *problem.Problem) {
	if p.Policy["headcount"] != in.Round.Headcount || p.Policy["year"] != int64(in.Round.FromYear) {
		t.Fatalf("policy %v", p.Policy)
	}
	for name, value := range in.Policy.Values {
		if p.Policy[name] != value {
			t.Fatalf("%s is %d", name, p.Policy[name])
		}
	}
	if len(p.Villages) != len(in.Villages) || len(p.Units) != len(in.Units) || len(p.Cadres) != len(in.Candidates) {
		t.Fatal("something is missing")
	}
	for i := range in.Villages {
		if !reflect.DeepEqual(p.Villages[i], in.Villages[i]) {
			t.Fatalf("got  %+v\nwant %+v", p.Villages[i], in.Villages[i])
		}
	}
	for i := range in.Units {
		if !reflect.DeepEqual(p.Units[i], in.Units[i]) {
			t.Fatalf("got  %+v\nwant %+v", p.Units[i], in.Units[i])
		}
	}
	for i := range in.Candidates {
		if !reflect.DeepEqual(p.Cadres[i], in.Candidates[i]) {
			t.Fatalf("got  %+v\nwant %+v", p.Cadres[i], in.Candidates[i])
		}
	}
	if !sameElements(p.Shares, in.Policy.Shares) || !sameElements(p.Pins, in.Pins) {
		t.Fatal("shares or pins differ")
	}
}

func sameElements[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func roundOfSmall(t testing.TB) domain.RoundInput {
	p := small(t).problem(t)
	return domain.RoundInput{
		Round:  domain.Round{ID: "2021", FromYear: 2021, Headcount: 18, Specialities: p.Specialities},
		Policy: domain.PolicyVersion{Shares: p.Shares}, Villages: p.Villages, Units: p.Units, Candidates: p.Cadres, Pins: p.Pins,
	}
}

func TestAUnitThatTakesNoPartHasNoPriorVillage(t *testing.T) {
	in := roundOfSmall(t)
	in.Villages[0].PriorUnit = "gone"
	p, faults := problem.FromRound(in)
	if len(faults) > 0 || p.Villages[0].PriorUnit != "" || p.Villages[2].PriorUnit != "K1" {
		t.Errorf("%v %+v", faults, p)
	}
	if in.Villages[0].PriorUnit != "gone" {
		t.Error("the caller's round was changed")
	}
}

func TestARoundIsHeldToTheSameChecks(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(in *domain.RoundInput)
		want problem.Fault
	}{
		"unknown key":  {func(in *domain.RoundInput) { in.Policy.Values = map[string]int64{"w": 1} }, problem.Fault{File: "policy.csv", Key: "problem.unknown_key"}},
		"value":        {func(in *domain.RoundInput) { in.Policy.Values = map[string]int64{"cluster_max": 0} }, problem.Fault{File: "policy.csv", Line: 16, Column: 2, Key: "problem.out_of_range"}},
		"skills":       {func(in *domain.RoundInput) { in.Candidates[3].Skills = domain.Skills{1} }, problem.Fault{File: "cadres.csv", Line: 5, Key: "problem.field_count"}},
		"neighbour":    {func(in *domain.RoundInput) { in.Villages[0].Neighbours = []domain.Code{"430102002201"} }, problem.Fault{File: "villages.csv", Line: 2, Column: 8, Key: "problem.one_sided"}},
		"region":       {func(in *domain.RoundInput) { in.Units[4].Region = "430000000000" }, problem.Fault{File: "units.csv", Line: 6, Column: 4, Key: "problem.not_a_code"}},
		"no UTF-8":     {func(in *domain.RoundInput) { in.Units[4].Name = "\xff" }, problem.Fault{File: "units.csv", Line: 6, Column: 2, Key: "problem.not_utf8"}},
		"pinned twice": {func(in *domain.RoundInput) { in.Pins = append(in.Pins, in.Pins[0]) }, problem.Fault{File: "pins.csv", Line: 6, Column: 2, Key: "problem.duplicate"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := roundOfSmall(t)
			c.edit(&in)
			p, faults := problem.FromRound(in)
			if p != nil || len(faults) == 0 {
				t.Fatalf("%v %v", p, faults)
			}
			got := faults[0]
			got.ColumnName, got.Params = "", nil
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}
