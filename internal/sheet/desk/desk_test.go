package desk_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/paper"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

func TestTheWholePathOfASheet(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.work()
		i := o.upload([]byte(header + csvRow("新人一", 1) + csvRow("新人二", 2)))
		if i.Status != desk.Trying || i.FileName != "花名册.csv" {
			t.Errorf("uploaded as %+v", i)
		}
		i = o.until(i.ID, desk.Tried, desk.Failed)
		if i.RowsTotal != 2 || i.RowsAdded != 2 || o.newcomers() != 0 {
			t.Fatalf("tried as %+v, %d written", i, o.newcomers())
		}
		if _, err := o.Accept(t.Context(), province, i.ID, "年度更新", false); err != nil {
			t.Fatal(err)
		}
		i = o.until(i.ID, desk.Written, desk.Failed)
		if i.ChangeSet == "" || i.RowsAdded != 2 || o.newcomers() != 2 {
			t.Fatalf("written as %+v, %d in the registry", i, o.newcomers())
		}
		report, err := o.Report(t.Context(), province, i.ID)
		if err != nil || report.Rows[1].Key == "" {
			t.Errorf("report %+v (%v)", report, err)
		}
		if _, err := o.Accept(t.Context(), province, i.ID, "", false); err == nil {
			t.Error("it was accepted twice")
		} else {
			wantError(t, "accepted twice", err, domain.KindConflict, "sheet_import.moved_on")
		}
		if _, err := o.registry.Undo(t.Context(), province, i.ChangeSet); err != nil || o.newcomers() != 0 {
			t.Errorf("undo: %v, %d left", err, o.newcomers())
		}
		if found, err := ledger.Verify(t.Context(), o.store); err != nil || found.Broken != 0 {
			t.Errorf("ledger %+v (%v)", found, err)
		}
		o.wantLedger("sheet_import.upload", "sheet_import.tried", "sheet_import.accept", "sheet_import.written", "registry.apply")
	})
}

func (o *office) wantLedger(actions ...string) {
	o.t.Helper()
	seen := map[string]bool{}
	err := o.store.Read(o.t.Context(), func(tx *store.Tx) error {
		entries, err := store.LedgerFrom(tx, 1, 1000)
		for _, e := range entries {
			seen[e.Action] = true
			if strings.Contains(e.Detail, "新人") {
				o.t.Errorf("the ledger tells a name: %s", e.Detail)
			}
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, action := range actions {
		if !seen[action] {
			o.t.Errorf("the ledger has no %s", action)
		}
	}
}

func TestRefusedRowsAreWrittenNever(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.work()
		i := o.upload([]byte(header + csvRow("新人一", 1) + strings.Replace(csvRow("新人二", 2), "1990-03-07", "去年", 1)))
		i = o.until(i.ID, desk.Tried, desk.Failed)
		_, err := o.Accept(t.Context(), province, i.ID, "", false)
		wantError(t, "all of them", err, domain.KindConflict, "sheet.import.refused")
		var result bytes.Buffer
		if err := o.Result(t.Context(), province, i.ID, &result); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&result)
		if err != nil {
			t.Fatal(err)
		}
		if comments, err := book.GetComments("Sheet1"); err != nil || len(comments) != 1 || comments[0].Cell != "D3" {
			t.Errorf("comments %+v (%v)", comments, err)
		}
		if _, err := o.Accept(t.Context(), province, i.ID, "", true); err != nil {
			t.Fatal(err)
		}
		if i = o.until(i.ID, desk.Written, desk.Failed); i.RowsAdded != 1 || i.RowsRefused != 1 || o.newcomers() != 1 {
			t.Errorf("written as %+v, %d in the registry", i, o.newcomers())
		}
	})
}

func TestWhatOthersWroteMeanwhileSendsAnImportBack(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		first := o.upload([]byte(header + csvRow("新人一", 1)))
		second := o.upload([]byte(header + csvRow("新人二", 1) + csvRow("新人三", 3))) // the same identity number
		o.work()
		for _, id := range []string{first.ID, second.ID} {
			if i := o.until(id, desk.Tried, desk.Failed); i.RowsRefused != 0 {
				t.Fatalf("tried as %+v", i)
			}
			if _, err := o.Accept(t.Context(), province, id, "", false); err != nil {
				t.Fatal(err)
			}
			o.until(id, desk.Written, desk.Tried, desk.Failed)
		}
		i := o.until(second.ID, desk.Tried)
		if i.Failure != "sheet.import.refused" || i.RowsRefused != 1 || o.newcomers() != 1 {
			t.Fatalf("sent back as %+v, %d in the registry", i, o.newcomers())
		}
		if _, err := o.Accept(t.Context(), province, second.ID, "", true); err != nil {
			t.Fatal(err)
		}
		if i = o.until(second.ID, desk.Written); i.Failure != "" || o.newcomers() != 2 {
			t.Errorf("the good ones: %+v, %d in the registry", i, o.newcomers())
		}
	})
}

func TestHostileFilesAreNeverKept(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	for key, file := range map[string]string{"sheet.empty": " ", "sheet.not_workbook": "<html>", "sheet.old_format": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"} {
		_, err := o.Upload(t.Context(), province, desk.Upload{Entity: catalogue.Cadre, File: []byte(file)})
		wantError(t, key, err, domain.KindInvalid, key)
	}
	if all, err := o.List(t.Context(), province); err != nil || len(all) != 0 {
		t.Errorf("%d kept (%v)", len(all), err)
	}
}

func TestImportsAreTheirOwnersAlone(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.upload([]byte(header + csvRow("新人一", 1)))
	o.until(i.ID, desk.Tried)
	calls := map[string]func(domain.Account) error{
		"get":    func(a domain.Account) error { _, err := o.Get(t.Context(), a, i.ID); return err },
		"report": func(a domain.Account) error { _, err := o.Report(t.Context(), a, i.ID); return err },
		"result": func(a domain.Account) error { return o.Result(t.Context(), a, i.ID, &bytes.Buffer{}) },
		"accept": func(a domain.Account) error { _, err := o.Accept(t.Context(), a, i.ID, "", false); return err },
		"cancel": func(a domain.Account) error { _, err := o.Cancel(t.Context(), a, i.ID); return err },
	}
	for what, call := range calls {
		wantError(t, what, call(another), domain.KindNotFound, "sheet_import.not_found")
		wantError(t, what, call(domain.Account{}), domain.KindForbidden, "access.signed_out")
	}
	if all, err := o.List(t.Context(), another); err != nil || len(all) != 0 {
		t.Errorf("another sees %d (%v)", len(all), err)
	}
	if all, err := o.List(t.Context(), province); err != nil || len(all) != 1 || all[0].Status != desk.Tried {
		t.Errorf("the owner sees %+v (%v)", all, err)
	}
	_, err := o.List(t.Context(), domain.Account{})
	wantError(t, "list", err, domain.KindForbidden, "access.signed_out")
	_, err = o.Upload(t.Context(), domain.Account{}, desk.Upload{Entity: catalogue.Cadre})
	wantError(t, "upload", err, domain.KindForbidden, "access.signed_out")
	_, err = o.Upload(t.Context(), province, desk.Upload{Entity: catalogue.Region, File: []byte("code\n1\n")})
	wantError(t, "divisions", err, domain.KindForbidden, "access.role_forbids")
}

func TestAnImportCanBeCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		i := o.upload([]byte(header + csvRow("新人一", 1)))
		_, err := o.Accept(t.Context(), province, i.ID, "", false)
		wantError(t, "too early", err, domain.KindConflict, "sheet_import.not_tried")
		if i, err = o.Cancel(t.Context(), province, i.ID); err != nil || i.Status != desk.Cancelled {
			t.Errorf("cancelled: %+v (%v)", i, err)
		}
		_, err = o.Accept(t.Context(), province, i.ID, "", false)
		wantError(t, "after the cancel", err, domain.KindConflict, "sheet_import.moved_on")
		_, err = o.Report(t.Context(), province, i.ID)
		wantError(t, "no report", err, domain.KindNotFound, "sheet_import.not_found")
	})
}

func TestAWritingThatWasCancelledCanBeAcceptedAgain(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	i := o.upload([]byte(header + csvRow("新人一", 1)))
	row := i.SheetImport
	row.State, row.RowsTotal, row.RowsAdded = store.ImportTried, 1, 1
	if err := o.store.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateSheetImport(tx, row, store.ImportTrying) }); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Accept(t.Context(), province, i.ID, "", false); err != nil {
		t.Fatal(err)
	}
	if i, err := o.Cancel(t.Context(), province, i.ID); err != nil || i.Status != desk.Tried || i.State != store.ImportWriting {
		t.Fatalf("cancelled: %+v (%v)", i, err)
	}
	if _, err := o.Accept(t.Context(), province, i.ID, "", false); err != nil {
		t.Fatal(err)
	}
	o.work()
	if o.until(i.ID, desk.Written, desk.Failed); o.newcomers() != 1 {
		t.Error("it was not written")
	}
}

func TestAnImportOfSomebodyWhoLeftFails(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	i := o.upload([]byte(header + csvRow("新人一", 1)))
	left := province
	left.Disabled = true
	if err := o.store.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateAccount(tx, left) }); err != nil {
		t.Fatal(err)
	}
	o.work()
	if i = o.until(i.ID, desk.Failed, desk.Tried); i.Status != desk.Failed || i.Failure != "access.signed_out" {
		t.Errorf("failed as %+v", i)
	}
}

func TestHeadsThatAreWrongCannotBeAccepted(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.upload([]byte("name,hobby\n张三,钓鱼\n"))
	if i = o.until(i.ID, desk.Tried, desk.Failed); i.Heads == 0 || i.RowsTotal != 0 {
		t.Errorf("tried as %+v", i)
	}
	_, err := o.Accept(t.Context(), province, i.ID, "", true)
	wantError(t, "accept", err, domain.KindConflict, "sheet.import.refused")
	i = o.until(o.upload([]byte(header)).ID, desk.Tried, desk.Failed)
	_, err = o.Accept(t.Context(), province, i.ID, "", true)
	wantError(t, "nothing to do", err, domain.KindConflict, "sheet_import.nothing")
}

func TestWhatIsKeptIsSealed(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.until(o.upload([]byte(header+csvRow("新人一", 1))).ID, desk.Tried)
	for _, part := range []string{store.ImportFile, store.ImportReport} {
		err := o.store.Read(t.Context(), func(tx *store.Tx) error {
			sealed, err := store.SheetImportContent(tx, province.ID, i.ID, part)
			if contains(sealed, "新人") || contains(sealed, idNumber(1)) || len(sealed) == 0 {
				t.Errorf("%s is kept open", part)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestUploadsGoWhenTheirTimeIsOver(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	old := o.upload([]byte(header))
	o.later.Store(int64(8 * 24 * time.Hour))
	fresh := o.upload([]byte(header))
	_, err := o.Get(t.Context(), province, old.ID)
	wantError(t, "the old one", err, domain.KindNotFound, "sheet_import.not_found")
	if _, err := o.Get(t.Context(), province, fresh.ID); err != nil {
		t.Error(err)
	}
	for range 49 {
		o.upload([]byte(header))
	}
	_, err = o.Upload(t.Context(), province, desk.Upload{Entity: catalogue.Cadre, File: []byte(header)})
	wantError(t, "one too many", err, domain.KindBusy, "sheet_import.too_many")
}

func TestTemplatesOfferTheUnits(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	var file bytes.Buffer
	if err := o.Template(t.Context(), province, catalogue.Cadre, "zh-CN", &file); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := book.SearchSheet("_options", "U100 省第一局"); err != nil || len(found) != 1 {
		t.Errorf("units %v (%v)", found, err)
	}
	wantError(t, "divisions", o.Template(t.Context(), province, catalogue.Region, "zh-CN", &file), domain.KindForbidden, "access.role_forbids")
}

func TestExportsNameWhatTheyReferTo(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.until(o.upload([]byte(header+csvRow("=新人", 1)+csvRow("新人二", 2))).ID, desk.Tried)
	if _, err := o.Accept(t.Context(), province, i.ID, "", false); err != nil {
		t.Fatal(err)
	}
	o.until(i.ID, desk.Written)
	q := registry.Query{Entity: catalogue.Cadre, Columns: []string{"unit", "name", "id_number"}, Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{"U100"}}},
		Sort: []registry.Order{{Field: "name"}}}
	for _, format := range []reading.Format{reading.XLSX, reading.CSV} {
		var file bytes.Buffer
		if err := o.Export(t.Context(), province, q, format, "zh-CN", &file); err != nil {
			t.Fatal(err)
		}
		opened, err := reading.Open(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len()), reading.DefaultLimits())
		if err != nil || opened.Format != format {
			t.Fatalf("%v, %v", opened, err)
		}
		table, err := opened.Table(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		err = table.Each(t.Context(), func(r reading.Row) error {
			if r.Cell(0).Text == "U100 省第一局" {
				names = append(names, sheet.Restore(r.Cell(1).Text))
				if strings.Contains(r.Cell(2).Text, idNumber(1)[:10]) || r.Cell(2).Text == "" {
					t.Errorf("the identity number is shown as %q", r.Cell(2).Text)
				}
			}
			return nil
		})
		if err != nil || len(names) != 2 || names[0] != "=新人" {
			t.Errorf("%s: %q (%v)", format, names, err)
		}
	}
	o.wantLedger("registry.export")
	wantError(t, "nobody", o.Export(t.Context(), domain.Account{}, q, reading.CSV, "en", &bytes.Buffer{}), domain.KindForbidden, "access.signed_out")
	wantError(t, "ghosts", o.Export(t.Context(), province, registry.Query{Entity: "ghost"}, reading.CSV, "en", &bytes.Buffer{}), domain.KindNotFound, "registry.not_found")
}

func TestPapersCountTheRegistersPeople(t *testing.T) {
	o := newOffice(t, databases["sqlite"](t))
	o.work()
	i := o.until(o.upload([]byte(header+csvRow("新人一", 1)+csvRow("新人二", 2))).ID, desk.Tried)
	if _, err := o.Accept(t.Context(), province, i.ID, "", false); err != nil {
		t.Fatal(err)
	}
	o.until(i.ID, desk.Written)
	q := registry.Query{Entity: catalogue.Cadre, Columns: []string{"name", "unit"}, Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{"U100"}}}}
	roster, err := o.Roster(t.Context(), province, paper.Form{Title: "花名册"}, q, "zh-CN")
	if err != nil || len(roster.Rows) != 2 || roster.Rows[0].Cells[2].Text != "U100 省第一局" {
		t.Errorf("roster %+v (%v)", roster, err)
	}
	for day, column := range map[string]int{"2026-03-06": 15, "2026-03-07": 16} { // 35 on the day before the birthday, then 36
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		table, err := o.Statistics(t.Context(), province, paper.Form{Title: "统计表"}, q, on, 0, "zh-CN")
		if err != nil || len(table.Rows) != 3 || table.Rows[0].Cells[2].Number != 2 || table.Rows[0].Cells[column].Number != 2 {
			t.Errorf("on %s: %s (%v)", day, fmt.Sprint(table.Rows), err)
		}
	}
}
