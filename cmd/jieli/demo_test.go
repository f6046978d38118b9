package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/i18n"
	"jieli/internal/store"
)

const examplesFolder = "../../examples/hunan"

// jieliDemo runs `jieli demo` in English.
func jieliDemo(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	getenv := func(name string) string {
		if name == "JIELI_LANG" {
			return "en"
		}
		return ""
	}
	code = run(context.Background(), append([]string{"demo"}, args...), strings.NewReader(""), &stdout, &stderr, getenv)
	return code, stdout.String(), stderr.String()
}

func TestDemoLoadsOnceAndThenKeeps(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "demo.db")
	args := []string{"--database", database, "--examples", examplesFolder, "--no-plan"}
	code, out, errOut := jieliDemo(t, args...)
	if code != exitOK || !strings.Contains(out, "10253 teams at work (seed 1)") || !strings.Contains(errOut, "12/12") {
		t.Fatalf("exit %d\n%s%s", code, out, errOut)
	}
	if code, _, errOut := jieliDemo(t, args...); code != exitFailed || !strings.Contains(errOut, "holds data already") {
		t.Errorf("a second time: exit %d\n%s", code, errOut)
	}
	if code, out, errOut := jieliDemo(t, append(args, "--keep")...); code != exitOK || out != "" || !strings.Contains(errOut, "are kept") {
		t.Errorf("with --keep: exit %d\n%s%s", code, out, errOut)
	}
}

func TestDemoFilesAreTheSameForTheSameSeed(t *testing.T) {
	folder := t.TempDir()
	var first map[string]string
	for _, name := range []string{"a", "b"} {
		dir := filepath.Join(folder, name)
		if code, out, errOut := jieliDemo(t, "--files", dir, "--examples", examplesFolder, "--seed", "7"); code != exitOK || !strings.Contains(out, "9 files") {
			t.Fatalf("exit %d\n%s%s", code, out, errOut)
		}
		files := contents(t, dir)
		if first == nil {
			first = files
		}
		for file, text := range files {
			if first[file] != text {
				t.Errorf("%s differs", file)
			}
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A broken example file is told with its place, ends with 2, and leaves neither database nor folder.
func TestDemoRefusesBrokenExamples(t *testing.T) {
	for name, breakFile := range map[string]func(t *testing.T, dir string){
		"missing": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "hunan-divisions.csv.gz")) },
		"not gzip": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "hunan-divisions.csv.gz"), "code,name")
		},
		"bad row": func(t *testing.T, dir string) {
			path := filepath.Join(dir, "hunan-county-lists.csv")
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			write(t, path, strings.Replace(string(text), "430103,", "4301O3,", 1))
		},
	} {
		examples := copyExamples(t)
		breakFile(t, examples)
		target := t.TempDir()
		for _, args := range [][]string{{"--database", "sqlite:" + filepath.Join(target, "demo.db")}, {"--files", filepath.Join(target, "files")}} {
			code, out, errOut := jieliDemo(t, append(args, "--examples", examples)...)
			if code != exitInput || out != "" || !strings.Contains(errOut, "hunan-") {
				t.Errorf("%s: exit %d\n%s%s", name, code, out, errOut)
			}
			if name == "bad row" && !strings.Contains(errOut, "hunan-county-lists.csv, line 3, column 1: expected the code of a county") {
				t.Errorf("told: %s", errOut)
			}
		}
		if left, _ := os.ReadDir(target); len(left) > 0 {
			t.Errorf("%s: %s was left", name, left[0].Name())
		}
	}
}

func copyExamples(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "examples")
	if err := os.CopyFS(dir, os.DirFS(examplesFolder)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil { //nolint:gosec // a path of the test's own
		t.Fatal(err)
	}
}

// Whatever is wrong with an example file is told in words, never by its key, in both languages.
func TestDemoErrorsAreInWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"column", "csv_row", "code", "name", "level_of_code", "parent_of_code", "kind", "code_once", "parent_before", "county_code", "yes_or_no",
		"feature_collection", "feature", "border", "inner_point", "outline_of_known_county", "outline_of_every_county", "county_of_divisions",
	} {
		for _, language := range []string{"zh-CN", "en"} {
			told := catalog.Printer(language).Text("demo.expect."+key, map[string]any{"file": "F", "line": 3, "column": 4, "got": "G", "want": "W", "columns": "C"})
			if strings.Contains(told, "demo.expect") || strings.Contains(told, "<no value>") || !strings.Contains(told, "F") || !strings.Contains(told, "G") {
				t.Errorf("%s in %s: %q", key, language, told)
			}
		}
	}
}

func TestDemoRefusesAFolderThatIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "taken")
	write(t, path, "mine")
	code, out, errOut := jieliDemo(t, "--files", path, "--examples", examplesFolder)
	if code != exitInput || out != "" || !strings.Contains(errOut, path) {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "mine" {
		t.Errorf("the file now holds %q: %v", text, err)
	}
}

func TestDemoRefusesAFolderThatIsMissing(t *testing.T) {
	for name, args := range map[string][]string{
		"examples": {"--examples", filepath.Join(t.TempDir(), "none"), "--database", "sqlite:" + filepath.Join(t.TempDir(), "a.db")},
		"database": {"--examples", examplesFolder, "--database", "sqlite:" + filepath.Join(t.TempDir(), "none", "a.db")},
		"unknown":  {"--examples", examplesFolder, "--database", "paper:a.db"},
		"argument": {"now"},
		"seed":     {"--seed", "one"},
	} {
		if code, out, errOut := jieliDemo(t, args...); code != exitInput || out != "" || errOut == "" {
			t.Errorf("%s: exit %d\n%s%s", name, code, out, errOut)
		}
	}
}

// An interruption ends the command before anything is kept.
func TestDemoInterrupted(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "demo.db")
	ctx, cancel := context.WithCancel(context.Background())
	var out bytes.Buffer
	stop := &stopper{at: "2/12", cancel: cancel}
	code := run(ctx, []string{"demo", "--no-plan", "--database", database, "--examples", examplesFolder}, strings.NewReader(""), &out, stop,
		func(name string) string { return map[string]string{"JIELI_LANG": "en"}[name] })
	if code != exitFailed || out.Len() > 0 || !strings.Contains(stop.String(), "interrupted") {
		t.Fatalf("exit %d\n%s%s", code, out.String(), stop)
	}
	s, err := store.Open(t.Context(), store.Options{DSN: database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if used, _, err := demo.InUse(t.Context(), s); used || err != nil {
		t.Errorf("in use %v: %v", used, err)
	}
}

// stopper is standard error that cancels when it is told a certain step.
type stopper struct {
	bytes.Buffer
	at     string
	cancel context.CancelFunc
}

func (s *stopper) Write(p []byte) (int, error) {
	if strings.Contains(string(p), s.at) {
		s.cancel()
	}
	return s.Buffer.Write(p)
}
