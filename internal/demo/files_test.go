package demo_test

import (
	"bytes"
	"encoding/csv"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/dispatch/problem"
)

func TestFilesAreAProblemAndTheRegistry(t *testing.T) {
	data := draw(t, 1)
	files, err := demo.Files(data)
	if err != nil {
		t.Fatal(err)
	}
	p, faults := problem.Decode(problem.InMemory(files))
	if len(faults) > 0 || len(p.Villages) != len(data.Rounds[1].Villages) || len(p.Cadres) != len(data.Rounds[1].Candidates) {
		t.Fatalf("the files read as %d villages with faults %v", len(p.Villages), faults)
	}
	again, err := demo.Files(data)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for i, f := range files {
		if !bytes.Equal(f.Data, again[i].Data) {
			t.Errorf("%s differs the second time", f.Name)
		}
		all, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		rows[f.Name] = len(all) - 1
	}
	for name, want := range map[string]int{
		"registry-regions.csv": len(data.Regions), "registry-units.csv": len(data.Units), "registry-cadres.csv": len(data.Cadres),
		"units.csv": len(data.Rounds[1].Units), "shares.csv": 3, "pins.csv": 0,
	} {
		if rows[name] != want {
			t.Errorf("%s has %d rows, want %d", name, rows[name], want)
		}
	}
}

// The contract's own checker finds no fault with the recorded teams.
func TestRecordedTeamsPassTheContract(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		p, faults := problem.FromRound(data.Rounds[0])
		if len(faults) > 0 {
			t.Fatal(faults[0])
		}
		if broken := p.Check(teamsOf(p, data)); len(broken) > 0 {
			t.Errorf("%d rules are broken, the first: %+v", len(broken), broken[0])
		}
	})
}
