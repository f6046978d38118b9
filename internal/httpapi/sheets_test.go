package httpapi_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/internal/httpapi"
	"jieli/internal/jobs"
)

// workbook reads a file that came for download.
func workbook(t *testing.T, got reply) *excelize.File {
	t.Helper()
	if got.StatusCode != http.StatusOK || !strings.Contains(got.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(got.Header.Get("Content-Type"), "spreadsheetml") {
		t.Fatalf("%d %v %.200s", got.StatusCode, got.Header, got.body)
	}
	book, err := excelize.OpenReader(bytes.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func holds(t *testing.T, book *excelize.File, word string) bool {
	t.Helper()
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(fmt.Sprint(rows), word) {
			return true
		}
	}
	return false
}

func TestTemplatesAndExportsAreWhatTheCallerMaySee(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	template := c.get("/api/registry/cadre/template.xlsx")
	if book := workbook(t, template); !holds(t, book, "U2") || holds(t, book, "U1") || !strings.Contains(template.Header.Get("Content-Disposition"), url.PathEscape("干部导入模板")) {
		t.Errorf("%v", template.Header)
	}
	book := workbook(t, c.get("/api/registry/cadre/export.xlsx?columns=name,unit,id_number&sort=name"))
	if !holds(t, book, "王三") || !holds(t, book, "县局") || !holds(t, book, maskOfC3) || holds(t, book, "张一") || holds(t, book, idOfC3) {
		t.Error("the export holds what it should not, or lacks what it should")
	}
	csv := c.get("/api/registry/cadre/export.csv?q=%E7%8E%8B&columns=name")
	if text := string(csv.body); !strings.Contains(text, "王三") || strings.Contains(text, "赵四") || !strings.HasPrefix(csv.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("%v %s", csv.Header, text)
	}
	w.wantLedger("registry.export", 2)
	for path, status := range map[string]int{
		"region/template.xlsx": 403, "ghost/template.xlsx": 404, "ghost/export.csv": 404, "ghost/roster": 404, "cadre/export.xlsx?columns=hobby": 422,
		"cadre/export.csv?filter=id_number:eq:1": 422, "cadre/roster.xlsx?filter=name": 422,
	} {
		if got := c.get("/api/registry/" + path); got.StatusCode != status || got.problem(t).Detail == got.problem(t).Code {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
}

func TestPapersAreForPrintAndForExcel(t *testing.T) {
	w := newWorld(t)
	c := w.as("province")
	const form = "?title=%E8%8A%B1%E5%90%8D%E5%86%8C%E4%B8%80&maker=%E7%8E%8B&filter=unit:eq:U2&columns=name,unit"
	roster := want[httpapi.Paper](c, "/api/registry/cadre/roster"+form)
	if roster.Title != "花名册一" || roster.Maker != "王" || roster.Columns != 3 || len(roster.Rows) != 2 || roster.Rows[0].Cells[2].Text != "U2 县局" || !roster.Rows[0].Cells[0].Number || roster.Date == "" {
		t.Errorf("%+v", roster)
	}
	if plain := want[httpapi.Paper](c, "/api/registry/cadre/roster"); plain.Title != "干部花名册" || plain.Columns < 5 || len(plain.Rows) != 5 {
		t.Errorf("%+v", plain)
	}
	if book := workbook(t, c.get("/api/registry/cadre/roster.xlsx"+form)); !holds(t, book, "花名册一") || !holds(t, book, "王三") || holds(t, book, "张一") {
		t.Error("the workbook is not the roster")
	}
	table := want[httpapi.Paper](c, "/api/papers/statistics?day=2026-03-01")
	if total := table.Rows[0]; !total.Sum || total.Cells[len(table.Rows[0].Cells)-1].Text == "" || !strings.Contains(fmt.Sprint(total), "{5 true}") {
		t.Errorf("%+v", total)
	}
	hidden := want[httpapi.Paper](c, "/api/papers/statistics?small=20")
	if !strings.Contains(fmt.Sprint(hidden.Rows), "{* true}") {
		t.Errorf("%+v", hidden.Rows)
	}
	if book := workbook(t, c.get("/api/papers/statistics.xlsx")); !holds(t, book, "统计表") {
		t.Error("the workbook is not the table")
	}
	if p := c.get("/api/papers/statistics?day=gestern").problem(t); p.Code != "request.not_day" || p.Errors[0].Location != "query.day" {
		t.Errorf("%+v", p)
	}
	if county := want[httpapi.Paper](w.as("county"), "/api/papers/statistics"); !strings.Contains(fmt.Sprint(county.Rows[0]), "{2 true}") {
		t.Errorf("%+v", county.Rows[0])
	}
}

// working does jobs until the test ends.
func working(o *httpapi.Options) func(*world) {
	runner := jobs.NewRunner(jobs.Options{
		Store: o.Store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Kinds: []jobs.Kind{o.Desk.Kind()}, Pace: jobs.Pace{Poll: 2 * time.Millisecond, Beat: 2 * time.Millisecond},
	})
	return func(w *world) {
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- runner.Run(ctx) }()
		w.t.Cleanup(func() {
			stop()
			if err := <-done; err != nil {
				w.t.Error(err)
			}
		})
	}
}

// withJobs is a world whose imports are worked on.
func withJobs(t *testing.T) *world {
	var start func(*world)
	w := newWorld(t, func(o *httpapi.Options) { withRegistry(o); start = working(o) })
	start(w)
	return w
}

func (c *caller) bring(query string, file []byte) reply {
	c.t.Helper()
	return c.do(http.MethodPost, "/api/imports?"+query, string(file), "Content-Type", "application/octet-stream")
}

// until asks for an import until it is in one of the states.
func until(c *caller, id string, states ...string) httpapi.SheetImport {
	c.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		i := want[httpapi.SheetImport](c, "/api/imports/"+id)
		for _, s := range states {
			if i.Status == s {
				return i
			}
		}
	}
	c.t.Fatalf("%s never came to be %v", id, states)
	return httpapi.SheetImport{}
}

func TestASheetIsBroughtTriedMendedAndWritten(t *testing.T) {
	w := withJobs(t)
	for _, who := range []string{"county", "unit"} {
		c := w.as(who)
		file := strings.NewReplacer("钱七", "钱"+who, "吴八", "吴"+who).Replace(importCSV)
		var brought httpapi.SheetImport
		c.bring("entity=cadre&file_name=%E5%90%8D%E5%86%8C.csv", []byte(file)).into(t, &brought)
		if brought.Status != "trying" || brought.FileName != "名册.csv" || brought.Job == "" {
			t.Fatalf("%+v", brought)
		}
		tried := until(c, brought.ID, "tried", "failed")
		if tried.Counts != (httpapi.SheetCounts{Total: 2, Added: 1, Refused: 1}) {
			t.Fatalf("%+v", tried)
		}
		report := want[httpapi.SheetReport](c, "/api/imports/"+brought.ID+"/report?kind=refused")
		if report.Total != 1 || report.Rows[0].Row != 3 || report.Rows[0].Faults[0].Column != "D" || report.Rows[0].Faults[0].Value != "去年" || report.Rows[0].Faults[0].Expected == "" {
			t.Errorf("%+v", report)
		}
		refused := c.do(http.MethodPost, "/api/imports/"+brought.ID+"/accept", `{}`)
		if p := refused.problem(t); refused.StatusCode != http.StatusConflict || p.Code != "sheet.import.refused" {
			t.Errorf("%+v", p)
		}
		if book := workbook(t, c.get("/api/imports/"+brought.ID+"/result.xlsx")); !holds(t, book, "吴"+who) {
			t.Error("the result lacks the row")
		}
		posted[httpapi.SheetImport](c, "acceptImport", "/api/imports/"+brought.ID+"/accept", `{"good_only":true,"reason":"年度更新"}`)
		written := until(c, brought.ID, "written", "failed")
		if written.ChangeSet == "" || !written.GoodOnly || written.Reason != "年度更新" {
			t.Fatalf("%+v", written)
		}
		set := want[httpapi.RegistryChangeSetDetail](c, "/api/change-sets/"+written.ChangeSet)
		if set.Set.Origin != "import" || set.Set.Added != 1 || set.Records[0].Kind != "added" {
			t.Errorf("%+v", set)
		}
		if list := want[httpapi.SheetImportList](c, "/api/imports"); list.Imports[0].ID != brought.ID {
			t.Errorf("%+v", list)
		}
	}
	if strings.Contains(w.log.String(), "钱") {
		t.Error("the log tells names")
	}
}

func TestReportsAreCut(t *testing.T) {
	c := newWorld(t).as("county")
	page := want[httpapi.SheetReport](c, "/api/imports/i1/report?offset=1&limit=1")
	if page.Total != 2 || len(page.Rows) != 1 || page.Rows[0].Row != 3 || page.Counts.Added != 1 {
		t.Errorf("%+v", page)
	}
	if p := c.get("/api/imports/i1/report?kind=odd").problem(t); p.Code != "request.invalid" {
		t.Errorf("%+v", p)
	}
}

func TestImportsAreTheirOwnersAlone(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"province", "city", "sister", "unit"} {
		c := w.as(who)
		for _, path := range []string{"GET ", "GET /report", "GET /result.xlsx", "POST /accept", "POST /cancel"} {
			method, rest, _ := strings.Cut(path, " ")
			body := ""
			if rest == "/accept" {
				body = "{}"
			}
			if got := c.do(method, "/api/imports/i1"+rest, body); got.StatusCode != http.StatusNotFound || got.problem(t).Code != "sheet_import.not_found" {
				t.Errorf("%s at %s: %d %s", who, path, got.StatusCode, got.body)
			}
		}
	}
	var cancelled httpapi.SheetImport
	c := w.as("county")
	c.bring("entity=cadre", []byte(importCSV)).into(t, &cancelled)
	if cancelled = posted[httpapi.SheetImport](c, "cancelImport", "/api/imports/"+cancelled.ID+"/cancel", ""); cancelled.Status != "cancelled" {
		t.Errorf("%+v", cancelled)
	}
}

func TestUploadsThatAreNotTaken(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	for query, want := range map[string]struct {
		file   string
		status int
		code   string
	}{
		"entity=cadre":             {"<html>", 422, "sheet.not_workbook"},
		"entity=cadre&sheet=":      {" ", 422, "sheet.empty"},
		"entity=region":            {importCSV, 403, "access.role_forbids"},
		"entity=ghost":             {importCSV, 404, "registry.unknown_entity"},
		"file_name=a":              {importCSV, 422, "request.invalid"},
		"entity=cadre&file_name=b": {strings.Repeat("x", 20<<20+1), 413, "request.body_too_large"},
	} {
		got := c.bring(query, []byte(want.file))
		if p := got.problem(t); got.StatusCode != want.status || p.Code != want.code || p.Detail == p.Code {
			t.Errorf("%s: %d %+v", query, got.StatusCode, p)
		}
	}
	if got := w.nobody().bring("entity=cadre", []byte(importCSV)); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("nobody: %d", got.StatusCode)
	}
	if list := want[httpapi.SheetImportList](c, "/api/imports"); len(list.Imports) != 1 {
		t.Errorf("%d kept", len(list.Imports))
	}
	// Other routes take no more than before.
	if got := c.do(http.MethodPost, "/api/registry/cadre/search", `{"search":"`+strings.Repeat("x", 70<<10)+`"}`); got.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a large search: %d", got.StatusCode)
	}
}
