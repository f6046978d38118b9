package httpapi

import (
	"net/http"

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
