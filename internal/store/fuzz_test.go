package store_test

import (
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// FuzzSearch types anything into the search fields: nothing fails, and every region found is called so.
func FuzzSearch(f *testing.F) {
	s := openMigrated(f, databases["sqlite"](f))
	storetest.Load(f, s, storetest.Draw(13, storetest.Small))
	for _, seed := range []string{"和平", "hp", "HePing", "4301", "430121100200", "%", "_", "!", "'", "?", "\x00", "\xff", " ", strings.Repeat("a", 300)} {
		f.Add(seed)
	}
	scope := domain.ScopeOfPrefix("4301")
	f.Fuzz(func(t *testing.T, query string) {
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			if _, _, err := store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Query: query, Limit: 5}); err != nil {
				return err
			}
			regions, err := store.SearchRegions(tx, scope, query, 5)
			for _, r := range regions {
				if !scope.Holds(r.Code) || !calledSo(r, query) {
					t.Errorf("%q found %+v", query, r)
				}
			}
			return err
		})
		if err != nil {
			t.Errorf("%q: %v", query, err)
		}
	})
}

func calledSo(r domain.Region, query string) bool {
	q := strings.TrimSpace(query)
	letters := strings.ToLower(strings.ReplaceAll(q, " ", ""))
	return strings.Contains(strings.ToLower(r.Name), strings.ToLower(strings.ToValidUTF8(q, "\ufffd"))) ||
		strings.HasPrefix(r.Pinyin, letters) || strings.HasPrefix(r.Initials, letters) || strings.HasPrefix(string(r.Code), q)
}
