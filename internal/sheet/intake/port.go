package intake

import (
	"context"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// Registry is what an import needs of the registry; registry.Service has it.
type Registry interface {
	Lister
	Lookup(ctx context.Context, actor domain.Account, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error)
	Judge(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []registry.Change) ([]registry.Outcome, error)
	ApplyIn(tx *store.Tx, actor domain.Account, e catalogue.Entity, changes []registry.Change, o registry.ApplyOptions) (registry.ChangeSet, []registry.Outcome, error)
}

// Lister lists records, as registry.Service does.
type Lister interface {
	List(ctx context.Context, actor domain.Account, q registry.Query) (registry.Page, error)
}

// unitsPage is how many units are asked for at a time.
const unitsPage = 500

// EachUnit gives id and name of all units that the account sees, by id.
func EachUnit(ctx context.Context, r Lister, actor domain.Account, each func(id, name string)) error {
	q := registry.Query{Entity: catalogue.Unit, Columns: []string{"id", "name"}, Sort: []registry.Order{{Field: "id"}}, Limit: unitsPage}
	for {
		page, err := r.List(ctx, actor, q)
		if err != nil {
			return err
		}
		for _, unit := range page.Records {
			each(unit.Key, unit.Values["name"])
		}
		if q.Offset += len(page.Records); len(page.Records) == 0 || q.Offset >= page.Total {
			return nil
		}
	}
}
