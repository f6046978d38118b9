package intake_test

import (
	"bytes"
	"fmt"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// province fills the registry with as many cadres as a province sends, each with all that is known of one.
func (b *bench) province(cadres int) {
	for i := range cadres {
		id := fmt.Sprintf("C%05d", i)
		values := map[string]string{
			"id": id, "unit": "U1", "name": fmt.Sprintf("人%d", i), "sex": "1", "birth_date": "1990-03-07", "politics": "01", "position": "四级调研员", "native": "430102001000",
			"education": "21", "degree": "4", "work_date": "2012-07-01", "party_date": "2011-05-04", "ladder": catalogue.LadderCivil, "position_rank": "142", "grade_rank": "counsel_4",
			"mid_level": "1", "young_pool": "0", "rural_years": "3", "terms": "1", "health": "fit", "ethnicity": "01", "valid_from": "2020-01-01",
		}
		for _, s := range catalogue.Specialities() {
			values[catalogue.SkillPrefix+s] = fmt.Sprint(i % 101)
		}
		b.registry.records[id] = catalogue.Record{Key: id, Version: 1, Values: values}
	}
}

func (b *bench) exported() []byte {
	b.t.Helper()
	var keys []string
	for _, f := range b.registry.spec.Fields {
		keys = append(keys, f.Key)
	}
	var out bytes.Buffer
	if err := sheet.Export(&out, b.registry.spec, b.words, keys, b.registry.all); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkTry30000 is the dry run without the registry's own part: reading, checking, reporting.
func BenchmarkTry30000(b *testing.B) {
	n := newBench(b, catalogue.Cadre)
	n.province(30_000)
	file := n.exported()
	b.ReportMetric(float64(len(file))/1e6, "MB")
	b.ReportAllocs()
	for b.Loop() {
		report, err := n.im.Try(b.Context(), domain.Account{}, n.upload(file), nil)
		if err != nil || report.Counts.Same != 30_000 {
			b.Fatalf("%v %+v", err, report.Counts)
		}
	}
}

// BenchmarkExport30000 writes the same file.
func BenchmarkExport30000(b *testing.B) {
	n := newBench(b, catalogue.Cadre)
	n.province(30_000)
	b.ReportAllocs()
	for b.Loop() {
		n.exported()
	}
}
