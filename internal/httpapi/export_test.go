package httpapi

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"jieli/internal/access"
)

// Line is one line of the route table, for tests.
type Line struct {
	Pattern, ID, Rule, Reason string
	Action                    access.Action
	OfPlan, OfRound           bool
	InContract, Answered      bool
}

// Table is the route table, for tests.
func Table() []Line {
	var lines []Line
	for _, r := range new(server).routes() {
		lines = append(lines, Line{
			Pattern: r.pattern, ID: r.id, Rule: r.scope.name, Reason: r.scope.reason, Action: r.action,
			OfPlan: r.scope.plan, OfRound: r.scope.round, InContract: r.answer.typed != nil,
			Answered: (r.answer.typed == nil) != (r.answer.plain == nil),
		})
	}
	return lines
}

// Mounted are the patterns that a server puts on its mux.
func Mounted() []string {
	_, patterns := new(server).mount(http.NewServeMux())
	return patterns
}

// MountUnlisted tries to serve what does not stand in the table.
func MountUnlisted(pattern string) {
	m := &guardedMux{mux: http.NewServeMux(), server: new(server), table: map[string]route{}}
	m.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
}

// described is the contract, made once.
var described = sync.OnceValue(func() huma.API {
	api, _ := new(server).mount(http.NewServeMux())
	return api
})

// Fits checks a body against the contract: the fault, or nothing. Id is an operation, status as it stands there.
func Fits(id string, status int, body any) []error {
	api := described()
	for _, item := range api.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil && op.OperationID == id {
				return fits(api.OpenAPI(), op, status, body)
			}
		}
	}
	return []error{fmt.Errorf("no operation %s", id)}
}

func fits(contract *huma.OpenAPI, op *huma.Operation, status int, body any) []error {
	response, kind := op.Responses[strconv.Itoa(status)], "application/json"
	if response == nil {
		response, kind = op.Responses["default"], problemType
	}
	if response.Content[kind] == nil {
		return []error{fmt.Errorf("%s: no %s for %d", op.OperationID, kind, status)}
	}
	var result huma.ValidateResult
	schema := response.Content[kind].Schema
	huma.Validate(contract.Components.Schemas, schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, body, &result)
	return result.Errors
}
