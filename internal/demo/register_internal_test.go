package demo

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// The drawn register has to pass the very checks that an import has to pass.
func TestTheDrawnRegisterPassesTheChecks(t *testing.T) {
	examples, err := divisions.Read(os.DirFS("../../examples/hunan"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := Draw(examples, 1, func(plain string, _ []byte) string { return plain })
	if err != nil {
		t.Fatal(err)
	}
	r := newRegister(data)
	if len(r.cadres) != len(data.Cadres) || len(r.units) != len(data.Units) || len(r.villages) < 10_000 || len(r.terms) < 500 {
		t.Fatalf("%d cadres, %d units, %d villages, %d terms", len(r.cadres), len(r.units), len(r.villages), len(r.terms))
	}
	for entity, records := range map[catalogue.Entity][]catalogue.Record{catalogue.Unit: r.units, catalogue.Cadre: r.cadres, catalogue.Village: r.villages} {
		spec, _ := catalogue.Of(entity)
		for _, record := range records {
			values, faults := spec.Check(fieldsOf(spec, record), nil)
			faults = append(faults, append(spec.Missing(values), spec.Together(values)...)...)
			if len(faults) > 0 {
				t.Fatalf("%s %s: %+v", entity, record.Key, faults)
			}
		}
	}
	numbers := map[string]bool{}
	for _, c := range r.cadres {
		number := c.Values["id_number"]
		if numbers[number] || !strings.HasPrefix(number, unissued) {
			t.Fatalf("%s: a number twice, or one that could be somebody's", c.Key)
		}
		numbers[number] = true
	}
	sameRanks(t, data, r)
}

// fieldsOf leaves the columns that are no field.
func fieldsOf(spec catalogue.Spec, r catalogue.Record) map[string]string {
	fields := map[string]string{}
	for key, value := range r.Values {
		if _, ok := spec.Field(key); ok {
			fields[key] = value
		}
	}
	return fields
}

// sameRanks: the register tells of everybody what the rounds tell, as dispatch counts it.
func sameRanks(t *testing.T, data Data, r register) {
	t.Helper()
	newest := map[string]domain.Candidate{}
	for _, round := range data.Rounds {
		for _, c := range round.Candidates {
			newest[c.ID] = c
		}
	}
	for i, c := range data.Cadres {
		v, want := r.cadres[i].Values, newest[c.ID]
		if v[catalogue.ColumnParty] != c.Politics || v[catalogue.ColumnBirthYear] != strconv.Itoa(c.BirthYear) || (v["health"] == "fit") != want.Fit ||
			v[catalogue.ColumnGrade] != strconv.Itoa(want.Grade) || v["rural_years"] != strconv.Itoa(want.RuralYears) {
			t.Fatalf("%+v\n%+v", v, want)
		}
	}
}
