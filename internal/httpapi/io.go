package httpapi

import "jieli/internal/domain"

// answer is a response with a body and nothing else.
type answer[T any] struct{ Body T }

func answering[T any](body T) *answer[T] { return &answer[T]{body} }

type noInput struct{}

// PlanPath names a plan.
type PlanPath struct {
	Plan string `path:"plan" maxLength:"64"`
}

// RegionQuery names the region to read; the guard reads it too and has the last word.
type RegionQuery struct {
	Region domain.Code `query:"region" maxLength:"12" doc:"Division code of 2, 4, 6, 9 or 12 digits; the caller's own region where it is left out"`
}

// Page cuts a list.
type Page struct {
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0"`
	Limit  int `query:"limit" minimum:"1" maximum:"200" default:"50"`
}
