package selection

import (
	"errors"
	"slices"

	"jieli/internal/domain"
	"jieli/internal/policy"
	"jieli/internal/store"
)

// basisObjects are the policy objects that a basis names. A version from before policy objects stands for itself.
func basisObjects(tx *store.Tx, basis string) ([]domain.PolicyObject, error) {
	var objects []domain.PolicyObject
	for _, id := range policy.ObjectsOf(basis) {
		o, err := store.PolicyObjectByID(tx, id)
		var known *domain.Error
		if errors.As(err, &known) && known.Kind == domain.KindNotFound {
			var version domain.PolicyVersion
			version, err = store.PolicyByID(tx, id)
			o = policy.FromVersion(version)
		}
		if err != nil {
			return nil, err
		}
		objects = append(objects, o)
	}
	return objects, nil
}

// rulesFor are the rules for the nominees of units at home there: the selection's basis, and what the levels between the
// selection and the home ask besides.
func (g *gate) rulesFor(home domain.Code) (policy.Effective, error) {
	if e, known := g.merged[home]; known {
		return e, nil
	}
	objects := slices.Clone(g.basis)
	if g.sel.Region.Scope().Holds(home) {
		local, err := store.PolicyObjectsFor(g.tx, home, g.sel.Day)
		if err != nil {
			return policy.Effective{}, err
		}
		for _, o := range local {
			if len(o.Region.Prefix()) > len(g.sel.Region.Prefix()) {
				objects = append(objects, o)
			}
		}
	}
	e := policy.Merge(home, g.sel.Day, objects)
	g.merged[home] = e
	return e, nil
}

// rules are those of the selection as a whole.
func (g *gate) rules() policy.Effective { return policy.Merge(g.sel.Region, g.sel.Day, g.basis) }
