package house

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the project.
type source struct {
	path  string
	lines int
	file  *ast.File
	set   *token.FileSet
}

func (s source) isTest() bool {
	return strings.HasSuffix(s.path, "_test.go") || strings.Contains(s.path, "storetest")
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, folder := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, text, parser.ParseComments)
			all = append(all, source{path, bytes.Count(text, []byte("\n")), file, set})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (s source) functions() []int {
	var lengths []int
	for _, declaration := range s.file.Decls {
		if f, ok := declaration.(*ast.FuncDecl); ok && f.Body != nil {
			lengths = append(lengths, s.set.Position(f.End()).Line-s.set.Position(f.Pos()).Line+1)
		}
	}
	return lengths
}

func percentile(values []int, percent int) int {
	slices.Sort(values)
	return values[min(len(values)-1, len(values)*percent/100)]
}

func atMost(t *testing.T, what string, got, limit int) {
	t.Helper()
	t.Logf("%s: %d (at most %d)", what, got, limit)
	if got > limit {
		t.Errorf("%s is %d, at most %d", what, got, limit)
	}
}

// ratchet is how many lines of code there may be for 90 lines of tests. The aim is 100; it may only go down.
const ratchet = 126

func TestSizesStaySmall(t *testing.T) {
	var files, functions []int
	perPackage := map[string]int{}
	code, tests := 0, 0
	for _, s := range sources(t) {
		if s.isTest() {
			tests += s.lines
			continue
		}
		code += s.lines
		files = append(files, s.lines)
		functions = append(functions, s.functions()...)
		perPackage[filepath.Dir(s.path)] += s.lines
		if s.lines > 900 {
			t.Errorf("%s has %d lines, at most 900", s.path, s.lines)
		}
	}
	atMost(t, "median of lines in a file", percentile(files, 50), 140)
	atMost(t, "95th percentile of lines in a file", percentile(files, 95), 500)
	atMost(t, "median of lines in a function", percentile(functions, 50), 12)
	atMost(t, "95th percentile of lines in a function", percentile(functions, 95), 60)
	for path, lines := range perPackage {
		if lines > 5000 {
			t.Errorf("package %s has %d lines, at most 5000", path, lines)
		}
	}
	atMost(t, "lines of code for 90 lines of tests", code*90/max(tests, 1), ratchet)
}

var statement = regexp.MustCompile(`(?is)^\s*(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(table|index)|alter\s+table|drop\s+table)\b`)

func TestNoSQLOutsideTheStore(t *testing.T) {
	for _, s := range sources(t) {
		if strings.Contains(s.path, filepath.Join("internal", "store")) || strings.Contains(s.path, filepath.Join("internal", "house")) {
			continue
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
					t.Errorf("%s: SQL outside internal/store", s.set.Position(literal.Pos()))
				}
			}
			return true
		})
	}
}

func TestTheSQLRuleWouldNotice(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT code FROM region": true, "\n\tinsert into team values (1)": true, "update team set x = 1": true,
		"select a village from the list": true, "choose one": false, "updates arrive": false,
	} {
		if statement.MatchString(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
