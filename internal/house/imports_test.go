package house

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "jieli"

// root is the project's folder, seen from this package.
var root = filepath.Join("..", "..")

type goPackage struct {
	ImportPath, Dir, Doc, Name string
	Imports                    []string
	GoFiles                    []string
}

// packages lists the project's packages as the go command sees them, tests left out.
func packages(t *testing.T) []goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Doc,Name,Imports,GoFiles", "./...")
	command.Dir = root
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// layers from the bottom up: a package may import what stands in a lower layer, and what may lists for it besides.
// A folder stands for all packages below it.
var layers = [][]string{
	{"internal/domain", "internal/registry/catalogue", "internal/spelling"}, // the catalogue is pure: what the registry keeps
	{"internal/policy", "internal/access", "internal/solver", "internal/seal", "internal/store", "internal/ledger", "internal/jobs"},
	{"internal/selection", "internal/dispatch", "internal/handover", "internal/management", "internal/incentives", "internal/village", "internal/demo", "internal/rulebook", "internal/registry"},
	{"internal/httpapi", "internal/fieldsync", "internal/sheet", "internal/webui"},
	{"internal/app"},
	{"cmd"},
}

// leaves are helpers without any knowledge of the field: every layer from the doors up may use them.
var leaves = []string{"internal/i18n", "internal/config"}

// besides are the arrows inside a layer, each with its reason.
var besides = map[string][]string{
	"internal/registry/catalogue": {"internal/domain"},                   // codes and levels of divisions
	"internal/ledger":             {"internal/store"},                    // writes its row in the caller's transaction
	"internal/jobs":               {"internal/store", "internal/ledger"}, // likewise; who asked and who cancelled is told for ever
	"internal/demo":               {"internal/dispatch/problem"},         // pure: scores the teams that it draws by the same rules
	"internal/httpapi":            {"internal/sheet"},                    // the desk of sheets stands behind a door of this layer too
}

// alone are packages that import the standard library only.
var alone = []string{"internal/domain", "internal/solver"}

func under(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

func layerOf(path string) int {
	return slices.IndexFunc(layers, func(l []string) bool { return under(path, l...) })
}

// folderOf is the entry of layers that the package belongs to.
func folderOf(path string) string {
	for _, layer := range layers {
		for _, folder := range layer {
			if under(path, folder) {
				return folder
			}
		}
	}
	return path
}

func mayImport(from, to string) bool {
	switch {
	case folderOf(from) == folderOf(to):
		return true
	case under(to, leaves...):
		return under(from, leaves...) || layerOf(from) >= 3
	case under(from, leaves...):
		return under(to, "internal/domain")
	case under(to, besides[folderOf(from)]...):
		return true
	}
	return layerOf(to) >= 0 && layerOf(to) < layerOf(from)
}

func TestImportArrows(t *testing.T) {
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module+"/")
		if layerOf(from) < 0 && !under(from, leaves...) && from != "internal/house" {
			t.Errorf("%s stands in no layer", from)
		}
		for _, imported := range p.Imports {
			to, ours := strings.CutPrefix(imported, module+"/")
			if ours && !mayImport(from, to) {
				t.Errorf("%s must not import %s", from, to)
			}
			if !ours && under(from, alone...) && strings.Contains(imported, ".") {
				t.Errorf("%s must import the standard library only, not %s", from, imported)
			}
		}
	}
}

func TestSolverKnowsNothingOfOurs(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, module+"/internal/solver") {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module+"/") && !strings.HasPrefix(imported, module+"/internal/solver") {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func TestTheRuleWouldNoticeABrokenArrow(t *testing.T) {
	for _, arrow := range [][2]string{
		{"internal/domain", "internal/store"}, {"internal/store", "internal/dispatch"}, {"internal/dispatch", "internal/demo"},
		{"internal/dispatch", "internal/httpapi"}, {"internal/store", "internal/i18n"}, {"internal/access", "internal/store"},
		{"internal/policy", "internal/ledger"}, {"internal/httpapi", "internal/app"}, {"internal/dispatch", "internal/selection"},
	} {
		if mayImport(arrow[0], arrow[1]) {
			t.Errorf("%s → %s is let through", arrow[0], arrow[1])
		}
	}
}

func TestEveryPackageIsDocumented(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}
