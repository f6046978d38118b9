package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// memory is a registry that keeps records in a map. It knows the unit U1, 省财政厅, and refuses other units.
type memory struct {
	spec    catalogue.Spec
	records map[string]catalogue.Record
	judged  int
	broken  error
}

func newMemory(t testing.TB, e catalogue.Entity) *memory {
	t.Helper()
	spec, ok := catalogue.Of(e)
	if !ok {
		t.Fatal(e)
	}
	return &memory{spec: spec, records: map[string]catalogue.Record{}}
}

func (m *memory) List(_ context.Context, _ domain.Account, q registry.Query) (registry.Page, error) {
	all := []catalogue.Record{unit("U1", "省财政厅"), unit("U2", "同名局"), unit("U3", "同名局")}
	page := registry.Page{Total: len(all)}
	if q.Entity == catalogue.Unit && q.Offset < len(all) {
		page.Records = all[q.Offset : q.Offset+1] // a page shorter than asked for is read on
	}
	return page, m.broken
}

func unit(id, name string) catalogue.Record {
	return catalogue.Record{Key: id, Version: 1, Values: map[string]string{"id": id, "name": name}}
}

func (m *memory) Lookup(_ context.Context, _ domain.Account, _ catalogue.Entity, keys []string) (map[string]catalogue.Record, error) {
	found := map[string]catalogue.Record{}
	for _, key := range keys {
		if r, ok := m.records[key]; ok {
			found[key] = r
		}
	}
	return found, m.broken
}

func (m *memory) Judge(_ context.Context, _ domain.Account, _ catalogue.Entity, changes []registry.Change) ([]registry.Outcome, error) {
	outcomes := make([]registry.Outcome, len(changes))
	for i, c := range changes {
		m.judged++
		outcomes[i] = m.judge(c)
	}
	return outcomes, m.broken
}

func (m *memory) judge(c registry.Change) registry.Outcome {
	old, known := m.records[c.Key]
	merged := maps.Clone(c.Values)
	for key, value := range old.Values {
		if _, given := merged[key]; !given {
			merged[key] = value
		}
	}
	faults := m.spec.Together(merged)
	if unit := c.Values["unit"]; unit != "" && unit != "U1" {
		faults = append(faults, catalogue.Fault{Field: "unit", Value: unit, Key: "registry.unknown_unit"})
	}
	same := known
	for key, value := range c.Values {
		same = same && old.Values[key] == value
	}
	switch {
	case c.Version != old.Version:
		return registry.Outcome{Key: c.Key, Kind: "refused", Faults: []catalogue.Fault{{Key: "registry.stale"}}}
	case len(faults) > 0:
		return registry.Outcome{Key: c.Key, Kind: "refused", Faults: faults}
	case !known:
		if faults := m.spec.Missing(merged); len(faults) > 0 {
			return registry.Outcome{Kind: "refused", Faults: faults}
		}
		return registry.Outcome{Key: c.Key, Kind: "added"}
	case same:
		return registry.Outcome{Key: c.Key, Kind: "same"}
	}
	return registry.Outcome{Key: c.Key, Kind: "changed"}
}

func (m *memory) ApplyIn(_ *store.Tx, _ domain.Account, _ catalogue.Entity, changes []registry.Change, o registry.ApplyOptions) (registry.ChangeSet, []registry.Outcome, error) {
	outcomes := make([]registry.Outcome, len(changes))
	bad := 0
	for i, c := range changes {
		if outcomes[i] = m.judge(c); outcomes[i].Kind == "refused" {
			bad++
		}
	}
	if bad > 0 && !o.GoodOnly {
		return registry.ChangeSet{}, outcomes, &domain.Error{Kind: domain.KindInvalid, Key: "registry.refused"}
	}
	for i, c := range changes {
		if outcomes[i].Kind == "refused" {
			continue
		}
		if c.Key == "" {
			c.Key = fmt.Sprintf("C%d", len(m.records)+1)
			outcomes[i].Key = c.Key
		}
		values := maps.Clone(m.records[c.Key].Values)
		if values == nil {
			values = map[string]string{m.spec.Key: c.Key}
		}
		maps.Copy(values, c.Values)
		m.records[c.Key] = catalogue.Record{Key: c.Key, Version: c.Version + 1, Values: values}
	}
	return registry.ChangeSet{ID: "set-1", Reason: o.Reason, Origin: o.Origin}, outcomes, m.broken
}

func (m *memory) all(each func(catalogue.Record) error) error {
	for _, key := range slices.Sorted(maps.Keys(m.records)) {
		if err := each(m.records[key]); err != nil {
			return err
		}
	}
	return nil
}

// bench is what a test has at hand.
type bench struct {
	t        testing.TB
	registry *memory
	im       *intake.Import
	words    sheet.Words
}

func newBench(t testing.TB, e catalogue.Entity) *bench {
	t.Helper()
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory(t, e)
	return &bench{t, m, &intake.Import{Registry: m, Messages: messages, Limits: reading.DefaultLimits()}, sheet.Words{Printer: messages.Printer("zh-CN"), Entity: e}}
}

func (b *bench) upload(file []byte) intake.Upload {
	return intake.Upload{File: bytes.NewReader(file), Size: int64(len(file)), Entity: b.registry.spec.Entity, Language: "zh-CN"}
}

func (b *bench) try(file []byte) *intake.Report {
	b.t.Helper()
	report, err := b.im.Try(b.t.Context(), domain.Account{}, b.upload(file), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

// accept prepares a file and writes it.
func (b *bench) accept(file []byte, goodOnly bool) (*intake.Report, registry.ChangeSet, error) {
	b.t.Helper()
	ready, err := b.im.Prepare(b.t.Context(), domain.Account{}, b.upload(file), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	set, err := ready.Write(nil, b.im.Registry, "年度更新", goodOnly)
	return ready.Report, set, err
}

// heading is the field's heading in the user's language.
func (b *bench) heading(key string) string {
	f, ok := b.registry.spec.Field(key)
	if !ok {
		b.t.Fatal(key)
	}
	return b.words.Heading(f)
}

// sheetOf is a workbook with the headings of the fields and the rows below.
func (b *bench) sheetOf(fields []string, rows ...[]any) []byte {
	b.t.Helper()
	head := make([]any, len(fields))
	for i, key := range fields {
		head[i] = key
		if _, ok := b.registry.spec.Field(key); ok {
			head[i] = b.heading(key)
		}
	}
	return workbook(b.t, append([][]any{head}, rows...)...)
}

func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		for j, value := range row {
			if value == nil {
				continue
			}
			if err := book.SetCellValue("Sheet1", reading.CellName(j, i+1), value); err != nil {
				t.Fatal(err)
			}
		}
	}
	return packed(t, book)
}

func packed(t testing.TB, book *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// told is a report as text: "2 added", "3 refused: B registry.not_option 妖".
func told(r *intake.Report) []string {
	var lines []string
	for _, h := range r.Heads {
		lines = append(lines, h.Cell+" "+h.Key)
	}
	for _, row := range r.Rows {
		line := fmt.Sprintf("%d %s", row.Row, row.Kind)
		for _, f := range row.Faults {
			line += fmt.Sprintf(": %s %s %s", f.Column, f.Key, f.Value)
		}
		lines = append(lines, line)
	}
	return lines
}

func same(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
