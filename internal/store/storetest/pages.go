package storetest

import (
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// pages reads every list page by page, in every order, and expects each row once and in its place.
func pages(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 4)
	all := domain.ScopeOfPrefix("43")
	o := newOracle(w, "p2")
	for _, sort := range sorts {
		for _, desc := range []bool{false, true} {
			f := store.TeamFilter{Plan: "p2", Sort: sort, Desc: desc, Limit: 7}
			var got []store.TeamRow
			for {
				var rows []store.TeamRow
				read(t, s, func(tx *store.Tx) (err error) {
					rows, _, err = store.ListTeams(tx, all, f)
					return err
				})
				if got = append(got, rows...); len(rows) < f.Limit {
					break
				}
				f.Offset += len(rows)
			}
			equal(t, "teams by "+sort, got, o.teams(all, store.TeamFilter{Sort: sort, Desc: desc}))
		}
	}
	t.Run("unserved villages", func(t *testing.T) {
		var got []store.UnservedRow
		for total := 1; len(got) < total; {
			read(t, s, func(tx *store.Tx) error {
				rows, n, err := store.ListUnserved(tx, all, "p2", "", len(got), 2)
				got, total = append(got, rows...), n
				return err
			})
		}
		equal(t, "unserved", got, o.unserved(all))
	})
	t.Run("malformed", func(t *testing.T) {
		read(t, s, func(tx *store.Tx) error { return malformedPages(t, tx) })
	})
}

func malformedPages(t *testing.T, tx *store.Tx) error {
	all := domain.ScopeOfPrefix("43")
	for _, sort := range []string{"ID", "id desc", "id; DROP TABLE team", "t.id", "county"} {
		_, _, err := store.ListTeams(tx, all, store.TeamFilter{Plan: "p2", Sort: sort, Limit: 5})
		refused(t, "sort "+sort, err, domain.KindInvalid, "team.sort_unknown")
	}
	_, _, err := store.ListTeams(tx, all, store.TeamFilter{Plan: "p2", Offset: -1, Limit: 5})
	refused(t, "negative offset", err, domain.KindInvalid, "store.page_malformed")
	_, _, err = store.ListUnserved(tx, all, "p2", "", 0, -1)
	refused(t, "negative limit", err, domain.KindInvalid, "store.page_malformed")
	rows, total, err := store.ListTeams(tx, all, store.TeamFilter{Plan: "p2", Region: "43 OR 1=1", Limit: 5})
	equal(t, "teams of what is no code", []any{len(rows), total}, []any{0, 0})
	return err
}
