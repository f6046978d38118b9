package intake

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// Change is what a row asks for.
type Change struct {
	Key     string
	Version int64
	Values  map[string]string
}

// Outcome is what comes of a change.
type Outcome struct {
	Key    string
	Kind   string
	Faults []catalogue.Fault
}

// Registry is what an import needs of the registry.
type Registry interface {
	Units(ctx context.Context, actor domain.Account, each func(id, name string)) error
	Lookup(ctx context.Context, actor domain.Account, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error)
	Judge(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []Change) ([]Outcome, error)
	Apply(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []Change, reason string, goodOnly bool) (changeSet string, outcomes []Outcome, err error)
}
