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
	List(ctx context.Context, actor domain.Account, q registry.Query) (registry.Page, error)
	Lookup(ctx context.Context, actor domain.Account, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error)
	Judge(ctx context.Context, actor domain.Account, e catalogue.Entity, changes []registry.Change) ([]registry.Outcome, error)
	ApplyIn(tx *store.Tx, actor domain.Account, e catalogue.Entity, changes []registry.Change, o registry.ApplyOptions) (registry.ChangeSet, []registry.Outcome, error)
}

// unitsPage is how many units are asked for at a time.
const unitsPage = 500

// units are all units that the account sees, by id and name.
func units(ctx context.Context, r Registry, actor domain.Account) (*unitNames, error) {
	names := newUnitNames()
	q := registry.Query{Entity: catalogue.Unit, Columns: []string{"id", "name"}, Sort: []registry.Order{{Field: "id"}}, Limit: unitsPage}
	for {
		page, err := r.List(ctx, actor, q)
		if err != nil {
			return nil, err
		}
		for _, unit := range page.Records {
			names.add(unit.Key, unit.Values["name"])
		}
		if q.Offset += len(page.Records); len(page.Records) == 0 || q.Offset >= page.Total {
			return names, nil
		}
	}
}
