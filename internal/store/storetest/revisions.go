package storetest

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// revisions keeps how p3 came out of p2, and reads it in every scope.
func revisions(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 6)
	kept := domain.PlanRevision{Plan: "p3", Parent: "p2", Villages: []domain.Code{w.Rounds[1].Villages[0].Code}, Units: []string{}, Cadres: []string{"c1", "人"}}
	for i, v := range w.Rounds[1].Villages[:40] {
		kept.Changes = append(kept.Changes, domain.PlanChange{Kind: "member_left", Village: v.Code, Team: []string{"", "t"}[i%2],
			Subject: "it's \"x\"", Cause: `{ "key":"change.better","params" : {"n":12345678901234567}}`})
	}
	read(t, s, func(tx *store.Tx) error {
		_, found, err := store.Revision(tx, domain.ScopeOfPrefix(""), "p3")
		equal(t, "before it is kept", found, false)
		return err
	})
	write(t, s, func(tx *store.Tx) error { return store.InsertRevision(tx, kept) })
	check(t, s, func(t *rapid.T, tx *store.Tx) {
		scope := drawScope(w).Draw(t, "scope")
		got, found, err := store.Revision(tx, scope, "p3")
		want := kept
		want.Changes = nil
		for _, c := range kept.Changes {
			if scope.Holds(c.Village) {
				want.Changes = append(want.Changes, c)
			}
		}
		if err != nil || !found {
			t.Fatalf("%v %v", found, err)
		}
		equal(t, "revision", got, want)
	})
	for what, c := range map[string]struct {
		plan, parent string
		kind         domain.Kind
		key          string
	}{
		"twice":                  {"p3", "p2", domain.KindConflict, "store.duplicate"},
		"out of itself":          {"p2", "p2", domain.KindInvalid, "store.value_refused"},
		"of an unknown plan":     {"p9", "p2", domain.KindNotFound, "plan.not_found"},
		"out of an unknown plan": {"p2", "p9", domain.KindNotFound, "plan.not_found"},
		"out of another round's": {"p2", "p1", domain.KindNotFound, "plan.not_found"},
	} {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			return store.InsertRevision(tx, domain.PlanRevision{Plan: c.plan, Parent: c.parent})
		})
		refused(t, what, err, c.kind, c.key)
	}
}
