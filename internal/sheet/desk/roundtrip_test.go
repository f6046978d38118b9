package desk_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/reading"
)

// staff brings three newcomers in and gives the query for them, with the columns that the tests edit.
func (o *office) staff() registry.Query {
	o.t.Helper()
	i := o.until(o.upload([]byte(header+csvRow("新人一", 1)+csvRow("新人二", 2)+csvRow("新人三", 3))).ID, desk.Tried, desk.Failed)
	if _, err := o.Accept(o.t.Context(), province, i.ID, "", false); err != nil {
		o.t.Fatal(err)
	}
	o.until(i.ID, desk.Written, desk.Failed)
	return registry.Query{Entity: catalogue.Cadre, Columns: []string{"unit", "name", "position", "id_number", "terms"}, Sort: []registry.Order{{Field: "name"}},
		Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{"U100"}}}}
}

func (o *office) export(q registry.Query, format reading.Format) []byte {
	o.t.Helper()
	var file bytes.Buffer
	if err := o.Export(o.t.Context(), province, q, format, "zh-CN", &file); err != nil {
		o.t.Fatal(err)
	}
	return file.Bytes()
}

// bring uploads a file and waits for its dry run.
func (o *office) bring(file []byte) desk.Import {
	o.t.Helper()
	return o.until(o.upload(file).ID, desk.Tried, desk.Failed)
}

// byName are the newcomers of the registry.
func (o *office) byName(q registry.Query) map[string]catalogue.Record {
	o.t.Helper()
	found := map[string]catalogue.Record{}
	if err := o.registry.Each(o.t.Context(), province, q, func(r catalogue.Record) error { found[r.Values["name"]] = r; return nil }); err != nil {
		o.t.Fatal(err)
	}
	return found
}

// edited sets cells of a workbook.
func edited(t *testing.T, file []byte, cells map[string]any) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range cells {
		if err := book.SetCellValue(book.GetSheetName(0), cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// An export that was edited changes what was edited: one field, one value taken away, nobody doubled, no number lost.
func TestAnEditedExportComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.work()
		q := o.staff()
		before := o.byName(q)
		file := o.export(q, reading.XLSX)
		if i := o.bring(file); i.RowsSame != 3 || i.RowsTotal != 3 {
			t.Fatalf("unchanged, it came back as %+v", i)
		}
		i := o.bring(edited(t, file, map[string]any{"C3": "副科长", "E4": 2}))
		if i.RowsChanged != 2 || i.RowsSame != 1 || i.RowsRefused != 0 {
			t.Fatalf("edited, it came back as %+v", i)
		}
		if _, err := o.Accept(t.Context(), province, i.ID, "年度核对", false); err != nil {
			t.Fatal(err)
		}
		o.until(i.ID, desk.Written, desk.Failed)
		changed := 0
		for name, now := range o.byName(q) {
			was := before[name]
			if now.Key != was.Key || now.Values["id_number"] != was.Values["id_number"] || now.Values["id_number"] == "" {
				t.Errorf("%s: %+v, was %+v", name, now, was)
			}
			if now.Version != was.Version {
				changed++
			}
		}
		if changed != 2 || len(before) != 3 {
			t.Errorf("%d of %d changed", changed, len(before))
		}
		// The same file again was made before the change that it made itself.
		if again := o.bring(edited(t, file, map[string]any{"C3": "科长", "E4": 2})); again.RowsRefused != 2 || again.RowsSame != 1 {
			t.Errorf("a stale export came back as %+v", again)
		}
	})
}

// A number that is masked says nothing of somebody new: the row is refused, not written without its number.
func TestAMaskedNumberOfSomebodyNewIsRefused(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.bring([]byte(header + strings.Replace(csvRow("新人一", 1), idNumber(1), "****************34", 1) + csvRow("新人二", 2)))
	if i.RowsRefused != 1 || i.RowsAdded != 1 {
		t.Errorf("it came as %+v", i)
	}
	report, err := o.Report(t.Context(), province, i.ID)
	if err != nil {
		t.Fatal(err)
	}
	if faults := report.Rows[0].Faults; len(faults) != 1 || faults[0].Key != "registry.mask_is_no_value" || faults[0].Column != "G" || faults[0].Value != "" {
		t.Errorf("told as %+v", faults)
	}
}

// An export holds what the page shows: its filters, its order and its columns, in both formats.
func TestAnExportIsWhatThePageShows(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	q := o.staff()
	q.Filters = append(q.Filters, registry.Filter{Field: "name", Op: "ne", Values: []string{"新人二"}})
	for desc, want := range map[bool]string{false: "新人三 新人一", true: "新人一 新人三"} { // san, yi
		q.Sort[0].Desc = desc
		for _, format := range []reading.Format{reading.XLSX, reading.CSV} {
			written := o.export(q, format)
			file, err := reading.Open(t.Context(), bytes.NewReader(written), int64(len(written)), reading.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			table, err := file.Table(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			err = table.Each(t.Context(), func(r reading.Row) error {
				if strings.HasPrefix(r.Cell(1).Text, "新人") {
					names = append(names, r.Cell(1).Text)
				}
				return nil
			})
			if got := strings.Join(names, " "); err != nil || got != want {
				t.Errorf("%s, descending %v: %s, want %s (%v)", format, desc, got, want, err)
			}
		}
	}
}

// A unit's account brings its own people in, and nobody else's; its template offers its own unit alone.
func TestAUnitsAccountBringsItsOwnPeople(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	if _, _, err := o.registry.Apply(t.Context(), province, catalogue.Unit, []registry.Change{{Key: "U200", Values: map[string]string{
		"name": "省第二局", "level": "province", "kind": "government", "home": "430000000000"}}}, registry.ApplyOptions{Origin: registry.OriginForm}); err != nil {
		t.Fatal(err)
	}
	account := domain.Account{ID: "unit-1", Username: "yiju", Name: "一局", Role: domain.RoleUnitOffice, Region: "430000000000", Unit: "U100"}
	var template bytes.Buffer
	if err := o.Template(t.Context(), account, catalogue.Cadre, "zh-CN", &template); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&template)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"U100 省第一局": 1, "U200 省第二局": 0} {
		if found, err := book.SearchSheet("_options", name); err != nil || len(found) != want {
			t.Errorf("%s is offered in %v (%v)", name, found, err)
		}
	}
	for _, e := range []catalogue.Entity{catalogue.Unit, catalogue.Village} {
		_, err := o.Upload(t.Context(), account, desk.Upload{Entity: e, File: []byte("id,name\n")})
		wantError(t, string(e), err, domain.KindForbidden, "access.role_forbids")
	}
	var file bytes.Buffer
	if err := o.Export(t.Context(), account, registry.Query{Entity: catalogue.Unit, Columns: []string{"id", "name"}}, reading.CSV, "zh-CN", &file); err != nil {
		t.Fatal(err)
	}
	if !contains(file.Bytes(), "省第一局") || contains(file.Bytes(), "省第二局") {
		t.Errorf("exported %s", file.String())
	}
}
