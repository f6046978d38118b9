package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	if code != exitOK || !strings.Contains(out, "10253 teams at work (seed 1)") || !strings.Contains(errOut, "10/10") {
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
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
