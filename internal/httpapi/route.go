package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jieli/internal/access"
)

// route is one line of the table: what is asked for, which action that is, where the region that it touches is found,
// and who answers.
type route struct {
	pattern string // method and path, as http.ServeMux writes them
	id      string // operation id in the contract, empty for what is not part of it
	action  access.Action
	scope   scopeRule
	answer  endpoint
}

// endpoint answers a route: typed ones are part of the contract, plain ones are not.
type endpoint struct {
	typed func(huma.API, huma.Operation)
	plain http.Handler
	bytes int64         // most of a request's body; 0 is maxBody
	time  time.Duration // most for body and answer; 0 is answerTime
}

// upTo lets bodies be as large as this.
func (e endpoint) upTo(bytes int64) endpoint { e.bytes = bytes; return e }

// within lets body and answer take as long as this.
func (e endpoint) within(limit time.Duration) endpoint { e.time = limit; return e }

// typed answers with a function of typed input and output.
func typed[I, O any](handler func(context.Context, *I) (*O, error)) endpoint {
	return endpoint{typed: func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
			out, err := handler(ctx, in)
			if err != nil {
				return nil, &handlerError{err}
			}
			return out, nil
		})
	}}
}

// events answers with server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html. What is wrong
// before the first one is an ordinary problem.
func events[I any](handler func(context.Context, *I) (*huma.StreamResponse, error)) endpoint {
	return endpoint{typed: func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {
			Description: "Server-sent events",
			Content:     map[string]*huma.MediaType{eventsType: {Schema: &huma.Schema{Type: huma.TypeString}}},
		}}
		typed(handler).typed(api, op)
	}}
}

const eventsType = "text/event-stream"

// plain answers with an HTTP handler.
func plain(handler http.HandlerFunc) endpoint { return endpoint{plain: handler} }

func (r route) method() string { method, _, _ := strings.Cut(r.pattern, " "); return method }
func (r route) path() string   { _, path, _ := strings.Cut(r.pattern, " "); return path }

// operation describes a typed route in the contract.
func (r route) operation() huma.Operation {
	op := huma.Operation{
		OperationID:     r.id,
		Method:          r.method(),
		Path:            r.path(),
		MaxBodyBytes:    r.answer.mostBytes(),
		BodyReadTimeout: r.answer.bodyTime(),
		Security:        []map[string][]string{{sessionScheme: {}}},
	}
	if r.action == access.SignIn {
		op.Security = []map[string][]string{}
	}
	if r.action == access.SignOut {
		op.DefaultStatus = http.StatusNoContent
	}
	return op
}
