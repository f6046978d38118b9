// Package gate answers requests about policies and the first gate: it puts what the use cases rulebook and selection say
// into the bodies of the contract, in the caller's words. The route table, the guard and errors are those of httpapi.
package gate

import (
	"context"
	"errors"
	"time"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/rulebook"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// Caller is who asks, as the guard found out: Scope is what the request may read, Region what it asked for or the
// account's own. Words are those of the caller's language.
type Caller struct {
	Account domain.Account
	Actor   access.Actor
	Scope   domain.Scope
	Region  domain.Code
	Words   func(key string, params map[string]any) string
}

// Handlers answer the routes. Their errors are those of the use cases; a field in one is named as a place in the request.
type Handlers struct {
	gate     selection.Service
	rulebook rulebook.Service
	caller   func(context.Context) Caller
}

// New makes handlers over a store; caller tells who asks.
func New(kept *store.Store, caller func(context.Context) Caller) Handlers {
	return Handlers{gate: selection.Service{Store: kept}, rulebook: rulebook.Service{Store: kept}, caller: caller}
}

// Answer is a response with a body and nothing else.
type Answer[T any] struct{ Body T }

func answering[T any](body T) *Answer[T] { return &Answer[T]{body} }

// RegionQuery names the region to read; the guard reads it too and has the last word.
type RegionQuery struct {
	Region domain.Code `query:"region" maxLength:"12" doc:"Division code of 2, 4, 6, 9 or 12 digits; the caller's own region where it is left out"`
}

// Page cuts a list.
type Page struct {
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0"`
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

// cut is the page of a list.
func cut[T any](list []T, p Page) []T {
	from := min(p.Offset, len(list))
	return list[from:min(from+p.Limit, len(list))]
}

// mapped makes one of each, never nil.
func mapped[I, O any](list []I, f func(I) O) []O {
	out := make([]O, len(list))
	for i, one := range list {
		out[i] = f(one)
	}
	return out
}

// listed is the list, never nil: the contract knows no null where a list belongs.
func listed[T any](list []T) []T { return append([]T{}, list...) }

// momentOf is the instant, nil for none.
func momentOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// inBody says that the field of an error is one of the body.
func inBody(err error) error {
	var told *domain.Error
	if !errors.As(err, &told) || told.Field == "" {
		return err
	}
	at := *told
	at.Field = "body." + told.Field
	return &at
}

// done answers an act that has nothing to tell.
func done(err error) (*struct{}, error) { return nil, inBody(err) }
