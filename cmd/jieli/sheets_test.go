package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// withOffice makes a database with one province and its office, hunan.
func withOffice(t *testing.T) (dsn string) {
	t.Helper()
	dsn = withProvince(t)
	code, _, told := jieli(t, "a long password\n", "user", "add", "--username", "hunan", "--name", "省驻村办", "--role", "province_office", "--region", "43", "--database", dsn)
	if code != exitOK {
		t.Fatal(told)
	}
	return dsn
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSheetsGoInAndOutAtTheMachine(t *testing.T) {
	dsn, dir := withOffice(t), t.TempDir()
	good := writeFile(t, "id,name,level,kind,home\nU1,省财政厅,province,government,43\n")
	mixed := writeFile(t, "id,name,level,kind,home\nU1,湖南省财政厅,province,government,43\nU2,省某厅,nowhere,government,43\n")
	for _, step := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"import", "--as", "hunan", "--table", "unit", good}, exitOK, "1 rows: 1 added, 0 changed, 0 as they were, 0 refused"},
		{[]string{"import", "--as", "hunan", "--table", "unit", good, "--write"}, exitOK, "1 added"},
		{[]string{"import", "--as", "hunan", "--table", "unit", good}, exitOK, "1 as they were"},
		{[]string{"import", "--as", "hunan", "--table", "unit", mixed, "--write", "--result", filepath.Join(dir, "result.xlsx")}, exitFailed, "row 3 C"},
		{[]string{"import", "--as", "hunan", "--table", "unit", good}, exitOK, "1 as they were"},
		{[]string{"import", "--as", "hunan", "--table", "unit", mixed, "--write", "--good-only"}, exitFailed, "1 changed, 0 as they were, 1 refused"},
		{[]string{"export", "--as", "hunan", "--table", "unit", filepath.Join(dir, "units.csv"), "--columns", "id,name"}, exitOK, "units.csv"},
		{[]string{"export", "--as", "hunan", "--table", "unit", filepath.Join(dir, "units.csv")}, exitInput, "exists"},
		{[]string{"export", "--as", "hunan", "--table", "cadre", filepath.Join(dir, "template.xlsx"), "--template"}, exitOK, "template.xlsx"},
		{[]string{"export", "--as", "hunan", "--table", "ghost", filepath.Join(dir, "ghost.xlsx")}, exitFailed, ""},
		{[]string{"import", "--as", "nobody", "--table", "unit", good}, exitFailed, "nobody"},
		{[]string{"import", "--as", "hunan", "--table", "unit", filepath.Join(dir, "missing.csv")}, exitInput, "missing.csv"},
		{[]string{"import", "--as", "hunan", "--table", "unit", writeFile(t, "<html>")}, exitInput, "neither"},
		{[]string{"import", "--as", "hunan", good}, exitInput, "--table"},
		{[]string{"import", "--table", "unit", good}, exitInput, "--as"},
	} {
		code, out, told := jieli(t, "", append(step.args, "--database", dsn)...)
		if code != step.code || !strings.Contains(out+told, step.says) {
			t.Errorf("%v: exit %d, want %d and %q:\n%s%s", step.args, code, step.code, step.says, out, told)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "units.csv"))
	if err != nil || !strings.Contains(string(text), "U1,湖南省财政厅,2\r\n") {
		t.Errorf("exported %q (%v)", text, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "result.xlsx")); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("the result file: %v (%v)", info, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "ghost.xlsx")); !os.IsNotExist(err) {
		t.Errorf("an empty file was left: %v", err)
	}
}
