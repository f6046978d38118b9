package sample_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/demo/sample"
	"jieli/internal/domain"
)

// The whole of a round is the round itself, its pins too; any part is without pins.
func TestTheWholeIsNoPart(t *testing.T) {
	in := rapid.Custom(round).Example(7)
	in.Pins = []domain.Pin{{Kind: "not_unit", Subject: "U0", Village: in.Villages[0].Code}}
	for _, share := range []float64{1, 1.5} {
		if !reflect.DeepEqual(sample.Part(in, share, 1), in) {
			t.Errorf("%g of a round is another round", share)
		}
	}
	if out := sample.Part(in, 0.999, 1); out.Pins != nil {
		t.Errorf("pins %v", out.Pins)
	}
}

// Ten counties of ten villages, half of them: 50 villages, half of the headcount, and of the counties' own units those of
// the counties that stay.
func TestHalfOfARound(t *testing.T) {
	in := domain.RoundInput{Round: domain.Round{ID: "r", Headcount: 301}, Policy: domain.PolicyVersion{ID: "p"}}
	for county := range 10 {
		digits := fmt.Sprintf("4301%02d", 21+county)
		for i := range 10 {
			in.Villages = append(in.Villages, domain.RoundVillage{Code: domain.Code(fmt.Sprintf("%s001%03d", digits, 200+i)), Category: "weak"})
		}
		id := fmt.Sprint("U", county)
		in.Units = append(in.Units, domain.RoundUnit{Unit: domain.Unit{ID: id, Level: domain.UnitCounty}, Region: domain.Code(digits + "000000"), MaxTeams: 3},
			domain.RoundUnit{Unit: domain.Unit{ID: id + "j", Level: domain.UnitCounty}, Region: domain.Code(digits + "000000"), LeadUnit: id})
		in.Candidates = append(in.Candidates, domain.Candidate{Cadre: domain.Cadre{ID: "C" + id, Unit: id}}, domain.Candidate{Cadre: domain.Cadre{ID: "J" + id, Unit: id + "j"}})
	}
	for seed := range uint64(20) {
		out := sample.Part(in, 0.5, seed)
		if len(out.Villages) != 50 || out.Round.Headcount != 150 || len(out.Units) != 10 || len(out.Candidates) != 10 {
			t.Fatalf("seed %d: %d villages, headcount %d, %d units, %d people", seed, len(out.Villages), out.Round.Headcount, len(out.Units), len(out.Candidates))
		}
		for _, u := range out.Units {
			served := 0
			for _, v := range out.Villages {
				if u.Region.Scope().Holds(v.Code) {
					served++
				}
			}
			if served != 10 {
				t.Errorf("seed %d: %s stays for %d villages", seed, u.ID, served)
			}
		}
	}
	if reflect.DeepEqual(sample.Part(in, 0.5, 1).Villages, sample.Part(in, 0.5, 2).Villages) {
		t.Error("two seeds draw the same counties")
	}
}

// A province's names are its own: codes keep all but their first two digits, ids get a mark before them, nobody stays nobody.
func TestProvincesRenameWhatTheyHold(t *testing.T) {
	one := domain.RoundInput{
		Round:      domain.Round{ID: "r", Headcount: 5},
		Villages:   []domain.RoundVillage{{Code: "430121100201", PriorUnit: "U1", Neighbours: []domain.Code{"430121100202"}, X: 10}, {Code: "430121100202"}},
		Units:      []domain.RoundUnit{{Unit: domain.Unit{ID: "U1"}, Region: "430121000000", X: 20}, {Unit: domain.Unit{ID: "U2"}, Region: "430121000000", LeadUnit: "U1"}},
		Candidates: []domain.Candidate{{Cadre: domain.Cadre{ID: "C1", Unit: "U2"}, Native: "430121100000"}, {Cadre: domain.Cadre{ID: "C2", Unit: "U1"}}},
		Pins:       []domain.Pin{{Kind: "unit", Subject: "U1", Village: "430121100201"}},
	}
	out := sample.Provinces([]domain.RoundInput{one, one})
	v, u, c := out.Villages[2], out.Units[3], out.Candidates[2]
	if v.Code != "120121100201" || v.PriorUnit != "02-U1" || v.Neighbours[0] != "120121100202" || v.X != 3_000_010 || out.Villages[3].PriorUnit != "" {
		t.Errorf("%+v", v)
	}
	if u.ID != "02-U2" || u.LeadUnit != "02-U1" || u.Region != "120121000000" || out.Units[2].LeadUnit != "" {
		t.Errorf("%+v", u)
	}
	if c.ID != "02-C1" || c.Unit != "02-U2" || c.Native != "120121100000" || out.Candidates[3].Native != "" || out.Pins != nil || out.Round.Headcount != 10 {
		t.Errorf("%+v", c)
	}
	if one.Villages[0].Neighbours[0] != "430121100202" || out.Villages[0].Code != "110121100201" {
		t.Error("the round was changed, or the first province not renamed")
	}
}

// A tight round takes a team only from units that may lead more than they must.
func TestATightRoundLeavesEachUnitWhatItMust(t *testing.T) {
	in := domain.RoundInput{}
	for i := range 40 {
		in.Units = append(in.Units, domain.RoundUnit{Unit: domain.Unit{ID: fmt.Sprint("U", i)}, MinTeams: int64(i % 3), MaxTeams: int64(i%3 + i%2)})
	}
	fewer := 0
	for i, u := range sample.Vary(in, sample.Tight, 1).Units {
		was := in.Units[i]
		if u.MaxTeams < was.MaxTeams {
			fewer++
		}
		if u.MaxTeams < u.MinTeams || u.MaxTeams < was.MaxTeams-1 || was.MaxTeams == 1 && u.MaxTeams != 1 {
			t.Errorf("%+v, was %+v", u, was)
		}
	}
	if fewer == 0 {
		t.Error("nobody leads fewer teams")
	}
	if !reflect.DeepEqual(sample.Vary(in, sample.Normal, 1), in) {
		t.Error("a normal round is another one")
	}
}
