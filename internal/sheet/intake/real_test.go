package intake_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

var today = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

var province = domain.Account{ID: "a1", Username: "hunan", Role: domain.RoleProvinceOffice, Region: "430000000000"}

// real is a registry in a database, with one unit.
type real struct {
	*registry.Service
	t     testing.TB
	store *store.Store
	im    *intake.Import
	words sheet.Words
}

func newReal(t testing.TB) *real {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: "sqlite:" + t.TempDir() + "/jieli.db", Clock: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	world := storetest.Draw(3, storetest.Small)
	world.Rounds, world.Plans = nil, nil
	storetest.Load(t, s, world)
	ring, err := seal.NewRing(seal.SM, today)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	service := registry.New(s, ring, nil)
	im := &intake.Import{Registry: service, Messages: messages, Limits: reading.DefaultLimits()}
	r := &real{service, t, s, im, sheet.Words{Printer: messages.Printer("zh-CN"), Entity: catalogue.Cadre}}
	_, outcomes, err := service.Apply(t.Context(), province, catalogue.Unit, []registry.Change{{Key: "U100", Values: map[string]string{
		"name": "省第一局", "level": "province", "kind": "government", "home": "430000000000"}}}, registry.ApplyOptions{Origin: registry.OriginForm})
	if err != nil {
		t.Fatalf("%v %+v", err, outcomes)
	}
	return r
}

// people are the rows of a sheet of cadres, each with an identity number.
func people(count int) []byte {
	var out bytes.Buffer
	out.WriteString("unit,name,sex,birth_date,id_number,phone,politics,position,ladder,position_rank,grade_rank,young_pool,rural_years,health,work_date")
	for _, s := range catalogue.Specialities() {
		out.WriteString("," + catalogue.SkillPrefix + s)
	}
	out.WriteString("\n")
	for i := range count {
		digits := fmt.Sprintf("43000019900307%03d", (2*i+1)%1000)
		area := fmt.Sprintf("43%04d", i/500)
		digits = area + digits[6:]
		fmt.Fprintf(&out, "省第一局,人%d,男,1990.3.7,%s,138%08d,01,科员,civil,142,clerk_1,是,2,fit,2012/7/1", i, digits+string(catalogue.IDCheck(digits)), i)
		for range catalogue.Specialities() {
			fmt.Fprintf(&out, ",%d", i%101)
		}
		out.WriteString("\n")
	}
	return out.Bytes()
}

func (r *real) upload(file []byte) intake.Upload {
	return intake.Upload{File: bytes.NewReader(file), Size: int64(len(file)), Entity: catalogue.Cadre, Language: "zh-CN"}
}

func (r *real) try(file []byte) *intake.Report {
	r.t.Helper()
	report, err := r.im.Try(r.t.Context(), province, r.upload(file), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	return report
}

func (r *real) accept(file []byte, goodOnly bool) (*intake.Report, registry.ChangeSet) {
	r.t.Helper()
	ready, err := r.im.Prepare(r.t.Context(), province, r.upload(file), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	var set registry.ChangeSet
	err = r.store.Write(r.t.Context(), func(tx *store.Tx) (err error) {
		set, err = ready.Write(tx, r.Service, "测试", goodOnly)
		return err
	})
	if err != nil {
		r.t.Fatalf("%v %+q", err, told(ready.Report)[:min(3, len(ready.Report.Rows))])
	}
	return ready.Report, set
}

// exported is the whole table as a workbook.
func (r *real) exported() []byte {
	r.t.Helper()
	spec, _ := catalogue.Of(catalogue.Cadre)
	var keys []string
	for _, f := range spec.Fields {
		keys = append(keys, f.Key)
	}
	var out bytes.Buffer
	err := sheet.Export(&out, spec, r.words, keys, func(each func(catalogue.Record) error) error {
		return r.Each(r.t.Context(), province, registry.Query{Entity: catalogue.Cadre, Columns: keys}, each)
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheRegistryTakesAnImportAndItsExportBack(t *testing.T) {
	r := newReal(t)
	before := r.try(r.exported()).Counts.Total
	report, set := r.accept(people(7), false)
	if report.Counts != (intake.Counts{Total: 7, Added: 7}) || set.ID == "" || set.Origin != registry.OriginImport {
		t.Fatalf("%+v %+v", report.Counts, set)
	}
	// The same people again are recognised by their identity numbers, and not doubled.
	if again := r.try(people(7)); again.Counts.Added != 0 || again.Counts.Refused != 7 {
		t.Errorf("the same file again: %+v %q", again.Counts, told(again)[:2])
	}
	if back := r.try(r.exported()); back.Counts != (intake.Counts{Total: before + 7, Same: before + 7}) {
		t.Errorf("the export comes back as %+v %q", back.Counts, told(back)[:3])
	}
	if _, err := r.Undo(t.Context(), province, set.ID); err != nil {
		t.Errorf("undo: %v", err)
	}
	if gone := r.try(people(7)); gone.Counts.Added != 7 {
		t.Errorf("after the undo: %+v", gone.Counts)
	}
}

func BenchmarkRealTry30000(b *testing.B) {
	r := newReal(b)
	file := people(30_000)
	for b.Loop() {
		if report := r.try(file); report.Counts.Added != 30_000 {
			b.Fatalf("%+v %q", report.Counts, told(report)[:3])
		}
	}
}

func BenchmarkRealTryExport30000(b *testing.B) {
	r := newReal(b)
	r.accept(people(30_000), false)
	file := r.exported()
	b.ReportMetric(float64(len(file))/1e6, "MB")
	for b.Loop() {
		if report := r.try(file); report.Counts.Same < 30_000 || report.Counts.Refused > 0 {
			b.Fatalf("%+v %q", report.Counts, told(report)[:3])
		}
	}
}
