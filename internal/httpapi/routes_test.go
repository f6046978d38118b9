package httpapi_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jieli/internal/access"
	"jieli/internal/httpapi"
)

func TestEveryRouteHasAnActionAndAScope(t *testing.T) {
	var patterns, ids []string
	for _, line := range httpapi.Table() {
		patterns = append(patterns, line.Pattern)
		if !slices.Contains(access.Actions(), line.Action) {
			t.Errorf("%s: no action", line.Pattern)
		}
		switch line.Rule {
		case "nowhere":
			if len(line.Reason) < 10 || !line.Action.Placeless() {
				t.Errorf("%s: a route without a region needs a reason and a placeless action", line.Pattern)
			}
		case "own", "query", "path":
			if line.Action.Placeless() {
				t.Errorf("%s: a placeless action is not bounded by a scope", line.Pattern)
			}
		default:
			t.Errorf("%s: no rule for its scope", line.Pattern)
		}
		if strings.Contains(line.Pattern, "{plan}") != line.OfPlan || strings.Contains(line.Pattern, "{round}") != line.OfRound {
			t.Errorf("%s: the plan or round of the path does not bound it", line.Pattern)
		}
		if strings.Contains(line.Pattern, "{code}") != (line.Rule == "path") {
			t.Errorf("%s: the code of the path does not bound it", line.Pattern)
		}
		if line.InContract != (line.ID != "") || !line.Answered {
			t.Errorf("%s: a route is answered once, and has an id when it is part of the contract", line.Pattern)
		}
		if line.ID != "" {
			ids = append(ids, line.ID)
		}
	}
	for _, names := range [][]string{patterns, ids} {
		if slices.Sort(names); len(slices.Compact(slices.Clone(names))) != len(names) {
			t.Errorf("one stands twice in %v", names)
		}
	}
	if mounted := httpapi.Mounted(); !slices.Equal(slices.Sorted(slices.Values(mounted)), patterns) {
		t.Errorf("mounted is %v", mounted)
	}
}

func TestNothingIsServedThatIsNotInTheTable(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unlisted route was mounted")
		}
	}()
	httpapi.MountUnlisted("GET /debug/pprof/")
}

// The committed contract is what the handlers say: `jieli openapi > api/openapi.yaml` brings it up to date.
func TestTheCommittedContractIsCurrent(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join("..", "..", "api", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	current, err := httpapi.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	again, err := httpapi.OpenAPI()
	if err != nil || !bytes.Equal(current, again) {
		t.Fatalf("the contract differs from run to run: %v", err)
	}
	if !bytes.Equal(committed, current) {
		t.Error("api/openapi.yaml is not what the handlers say; run: jieli openapi > api/openapi.yaml")
	}
}

// Every {name} of a path is a parameter in the contract: huma skips those of unexported structs without a word.
func TestEveryPathParameterIsInTheContract(t *testing.T) {
	w := newWorld(t)
	got := w.as("province").get("/api/openapi.json")
	var contract struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Parameters  []struct {
				Name, In string
			}
			Security []map[string][]string
		}
	}
	if err := jsonLoosely(got.body, &contract); err != nil {
		t.Fatal(err)
	}
	for _, line := range httpapi.Table() {
		if line.ID == "" {
			continue
		}
		method, path, _ := strings.Cut(line.Pattern, " ")
		op := contract.Paths[path][strings.ToLower(method)]
		if op.OperationID != line.ID {
			t.Errorf("%s is %q in the contract", line.Pattern, op.OperationID)
		}
		names := map[string]bool{}
		for _, p := range op.Parameters {
			names[p.In+" "+p.Name] = true
		}
		for _, part := range strings.Split(path, "/") {
			if name := strings.Trim(part, "{}"); name != part && !names["path "+name] {
				t.Errorf("%s: no parameter %s", line.Pattern, name)
			}
		}
		if line.Rule == "query" && !names["query region"] {
			t.Errorf("%s: no parameter region", line.Pattern)
		}
		if open := line.Action == access.SignIn; open != (len(op.Security) == 0) {
			t.Errorf("%s: security %v", line.Pattern, op.Security)
		}
	}
	if yaml := w.as("province").get("/api/openapi.yaml"); !bytes.Contains(yaml.body, []byte("openapi: 3.1.0")) {
		t.Errorf("no YAML: %d", yaml.StatusCode)
	}
}
