package selection_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/i18n"
)

// Each key that an error or an obstacle of the gate can carry has words; those of the ledger's actions are no messages.
var messageKey = regexp.MustCompile(`^(selection|need|obstacle|relation|calendar|publicity|objection|nominee|policy)\.[a-z_]+$`)

func TestEveryErrorHasWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, pattern := range []string{"*.go", "calendar/*.go", "../rulebook/*.go", "../policy/*.go", "../store/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				keysIn(t, file, keys)
			}
		}
	}
	for _, action := range []string{"policy.draft", "policy.edit", "policy.drop", "policy.enforce", "policy.replace"} {
		delete(keys, action)
	}
	if len(keys) < 50 {
		t.Errorf("only %d keys were found", len(keys))
	}
	for key := range keys {
		for _, language := range []string{"zh", "en"} {
			if text := catalog.Printer(language).Text(key, nil); text == key {
				t.Errorf("no words for %s", key)
			}
		}
	}
}

// keysIn collects the message keys among a file's string literals, and what NotFound and obstacles make of theirs.
func keysIn(t *testing.T, path string, keys map[string]bool) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if literal, ok := firstLiteral(n); ok && name == "tell" {
				keys["obstacle."+literal] = true
			} else if ok && name == "NotFound" {
				keys[literal+".not_found"] = true
			}
		case *ast.BasicLit:
			if literal, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && messageKey.MatchString(literal) {
				keys[literal] = true
			}
		}
		return true
	})
}

func firstLiteral(call *ast.CallExpr) (string, bool) {
	if len(call.Args) == 0 {
		return "", false
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

func TestThePhaseIsNamed(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, p := range domain.Phases() {
		told[catalog.Printer("zh").Text("selection.outside_phase", map[string]any{"phase": string(p), "from": "", "to": "", "today": ""})] = true
	}
	if len(told) != len(domain.Phases()) {
		t.Errorf("%v", told)
	}
}
