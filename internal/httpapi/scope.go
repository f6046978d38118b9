package httpapi

import (
	"context"
	"net/http"

	"jieli/internal/access"
	"jieli/internal/domain"
)

// scopeRule says how the region that a request touches is found. The zero value is no rule; the table may not hold it.
type scopeRule struct {
	name     string // "nowhere", "own", "query" or "path"
	reason   string // why a placeless route needs no region
	plan     bool   // the path names a plan: the area of its round bounds the request too
	round    bool   // the path names a round: its area bounds the request too
	required bool   // a region has to be named
	entire   bool   // the request touches all of the area of the plan or round
}

// nowhere is the rule of a placeless action; reason says why it touches no region.
func nowhere(reason string) scopeRule { return scopeRule{name: "nowhere", reason: reason} }

// own bounds a request by the caller's scope alone.
func own() scopeRule { return scopeRule{name: "own"} }

// inQuery bounds a request by the region that the query names, or by the caller's scope where it names none.
func inQuery() scopeRule { return scopeRule{name: "query"} }

// inPath bounds a request by the region that the path names.
func inPath() scopeRule { return scopeRule{name: "path", required: true} }

func (r scopeRule) needed() scopeRule  { r.required = true; return r }
func (r scopeRule) ofPlan() scopeRule  { r.plan = true; return r }
func (r scopeRule) ofRound() scopeRule { r.round = true; return r }

// wholly is for requests that touch the whole area of their plan or round: who sees a part of it has no say in them.
func (r scopeRule) wholly() scopeRule { r.entire = true; return r }

// asked is the region that the request names, empty for none.
func (r scopeRule) asked(req *http.Request) string {
	switch r.name {
	case "query":
		return req.URL.Query().Get("region")
	case "path":
		return req.PathValue("code")
	}
	return ""
}

// place is where the request names its region.
func (r scopeRule) place() string {
	if r.name == "query" {
		return "query.region"
	}
	return "path.code"
}

// grant is what the guard found out before the handler runs.
type grant struct {
	actor   access.Actor
	account domain.Account
	scope   domain.Scope // what the request may read: the caller's scope, the region and the area, all three
	region  domain.Code  // the region that was asked for, or the caller's own
	whole   bool         // the caller may see all of the round's area
}

type grantKey struct{}

// granted gives what the guard allowed; the zero value, which reads nothing, where no guard ran.
func granted(ctx context.Context) grant {
	g, _ := ctx.Value(grantKey{}).(grant)
	return g
}
