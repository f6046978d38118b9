package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/app"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// sheetsOf opens the sheets of a database with a province and its office.
func sheetsOf(t *testing.T, language string) (*app.Sheets, *store.Store, string) {
	t.Helper()
	dsn := database(t)
	a := accounts(t, dsn)
	if err := a.Add(t.Context(), app.NewAccount{Username: "sheng", Name: "省驻村办", Role: domain.RoleProvinceOffice, Region: "430000000000", Password: "a long password"}); err != nil {
		t.Fatal(err)
	}
	kept, keys := opened(t, dsn), filepath.Join(t.TempDir(), "keys")
	s, err := app.OpenSheets(t.Context(), kept, keys, "sheng", language)
	if err != nil {
		t.Fatal(err)
	}
	return s, kept, keys
}

const unitsList = "id,name,level,kind,home\nU1,省财政厅,province,government,43\n"

func file(text string) app.ImportFile {
	return app.ImportFile{Entity: catalogue.Unit, File: strings.NewReader(text), Size: int64(len(text))}
}

func exported(t *testing.T, s *app.Sheets) string {
	t.Helper()
	var out bytes.Buffer
	if err := s.Export(t.Context(), catalogue.Unit, []string{"id", "name"}, reading.CSV, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A file is only tried unless writing is asked for; a refused row stops all, or is left out and marked in the result.
func TestSheetsAreTriedBeforeTheyAreWritten(t *testing.T) {
	s, _, _ := sheetsOf(t, "zh-CN")
	report, err := s.Import(t.Context(), file(unitsList), nil)
	if err != nil || report.Counts != (intake.Counts{Total: 1, Added: 1}) || strings.Contains(exported(t, s), "U1") {
		t.Fatalf("tried: %v %+v %s", err, report, exported(t, s))
	}
	mixed := file(unitsList + "U2,省某厅,nowhere,government,43\n")
	mixed.Write, mixed.Reason = true, "机构改革"
	var result bytes.Buffer
	mixed.Result = &result
	report, err = s.Import(t.Context(), mixed, nil)
	wantKey(t, err, "sheet.import.refused")
	if report == nil || report.Counts.Refused != 1 || result.Len() == 0 || strings.Contains(exported(t, s), "U1") {
		t.Fatalf("all or nothing: %+v, result of %d bytes", report, result.Len())
	}
	mixed.GoodOnly, mixed.Result = true, nil
	if report, err = s.Import(t.Context(), mixed, nil); err != nil || report.Counts.Added != 1 || report.Counts.Refused != 1 {
		t.Fatalf("the good ones: %v %+v", err, report)
	}
	if got := exported(t, s); !strings.Contains(got, "U1,省财政厅") || strings.Contains(got, "U2") {
		t.Errorf("exported %q", got)
	}
}

// Sheets act within the rights of the account, and with the keys that the database was used with.
func TestSheetsActInTheNameOfAnAccount(t *testing.T) {
	_, kept, keys := sheetsOf(t, "en")
	_, err := app.OpenSheets(t.Context(), kept, keys, "nobody", "en")
	wantKey(t, err, "account.not_found")
	if err := os.Remove(keys); err != nil {
		t.Fatal(err)
	}
	_, err = app.OpenSheets(t.Context(), kept, keys, "sheng", "en")
	wantKey(t, err, "app.keys_lost")
}

// The template is in the language of the caller and can be brought back as it is: it holds no row.
func TestATemplateComesBackEmpty(t *testing.T) {
	for language, heading := range map[string]string{"zh-CN": "单位", "en": "nit"} {
		s, _, _ := sheetsOf(t, language)
		var out bytes.Buffer
		if err := s.Template(t.Context(), catalogue.Unit, &out); err != nil {
			t.Fatal(err)
		}
		opened, err := reading.Open(t.Context(), bytes.NewReader(out.Bytes()), int64(out.Len()), reading.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		table, err := opened.Table(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		err = table.Each(t.Context(), func(r reading.Row) error {
			for _, c := range r.Cells {
				found = found || r.Number == 2 && strings.Contains(c.Text, heading)
			}
			return nil
		})
		if err != nil || !found {
			t.Errorf("%s: no heading with %q (%v)", language, heading, err)
		}
		report, err := s.Import(t.Context(), app.ImportFile{Entity: catalogue.Unit, File: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}, nil)
		if err != nil || len(report.Heads) != 0 || report.Counts != (intake.Counts{}) {
			t.Errorf("%s: %v %+v", language, err, report)
		}
	}
}

func TestAHostileFileIsRefusedAtTheMachineToo(t *testing.T) {
	s, _, _ := sheetsOf(t, "en")
	for text, key := range map[string]string{"": "sheet.empty", "<html>": "sheet.not_workbook", "a,b\n\xff\xfe,\x81\n": "sheet.encoding"} {
		f := file(text)
		f.Write = true
		_, err := s.Import(t.Context(), f, nil)
		wantKey(t, err, key)
	}
	f := file(unitsList)
	f.Entity = catalogue.Region
	_, err := s.Import(t.Context(), f, nil)
	wantKey(t, err, "sheet.import.not_here")
}
