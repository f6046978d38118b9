package store_test

import (
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// BenchmarkLoad puts a whole province into an empty database: three plans of two rounds.
func BenchmarkLoad(b *testing.B) {
	w := storetest.Draw(1, storetest.Province)
	for dialect, database := range databases {
		b.Run(dialect, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := openMigrated(b, database(b))
				b.StartTimer()
				storetest.Load(b, s, w)
			}
		})
	}
}

// BenchmarkReads times the reads behind the pages of the office, on a whole province.
func BenchmarkReads(b *testing.B) {
	w := storetest.Draw(1, storetest.Province)
	team := w.Plans[1].Teams[0]
	county := team.County
	scope := domain.ScopeOfPrefix("43")
	list := func(f store.TeamFilter) func(*store.Tx) error {
		f.Plan, f.Limit = "p2", 50
		return func(tx *store.Tx) error { _, _, err := store.ListTeams(tx, scope, f); return err }
	}
	figures := func(parent domain.Code) func(*store.Tx) error {
		return func(tx *store.Tx) error { _, _, err := store.FiguresByChild(tx, scope, "p2", parent); return err }
	}
	reads := []struct {
		name string
		run  func(*store.Tx) error
	}{
		{"figures of the province", figures("430000000000")},
		{"figures of a county", figures(county)},
		{"teams by id", list(store.TeamFilter{})},
		{"teams by score", list(store.TeamFilter{Sort: "score", Desc: true})},
		{"teams by leader", list(store.TeamFilter{Sort: "leader"})},
		{"teams by unit, far down", list(store.TeamFilter{Sort: "unit", Offset: 9000})},
		{"teams of a county", list(store.TeamFilter{Region: county})},
		{"teams by part of a name", list(store.TeamFilter{Query: "和平"})},
		{"teams by pinyin", list(store.TeamFilter{Query: "hep"})},
		{"a team", func(tx *store.Tx) error { _, err := store.TeamByID(tx, scope, "p2", team.ID); return err }},
		{"points of a county", func(tx *store.Tx) error { _, err := store.VillagePoints(tx, scope, "p2", county); return err }},
		{"search of regions", func(tx *store.Tx) error { _, err := store.SearchRegions(tx, scope, "和平", 20); return err }},
		{"shares", func(tx *store.Tx) error { _, err := store.PlanShares(tx, "p2"); return err }},
		{"input of a round", func(tx *store.Tx) error { _, err := store.RoundInput(tx, "2023"); return err }},
	}
	for dialect, database := range databases {
		s := openMigrated(b, database(b))
		storetest.Load(b, s, w)
		for _, r := range reads {
			b.Run(dialect+"/"+r.name, func(b *testing.B) {
				for b.Loop() {
					if err := s.Read(b.Context(), r.run); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
