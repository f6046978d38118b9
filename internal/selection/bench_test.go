package selection_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/selection"
	"jieli/internal/store"
)

// A province nominates some 24,000 people: what its office waits for.
func BenchmarkProvince(b *testing.B) {
	h := newHouse(b, "sqlite:"+filepath.Join(b.TempDir(), "jieli.db"))
	const people = 24_000
	h.write(b, func(tx *store.Tx) error { return plant(tx, "big", nil) })
	h.write(b, func(tx *store.Tx) error {
		var records []catalogue.Record
		var nominations []domain.Nomination
		for i := range people {
			cadre := fmt.Sprintf("B%05d", i)
			records = append(records, cadreRecord(cadre, "UK", map[string]string{"rural_years": fmt.Sprint(i % 12), "sex": fmt.Sprint(1 + i%2)}))
			nominations = append(nominations, domain.Nomination{Round: "big", Cadre: cadre, Unit: "UK", Home: home, Outcome: domain.OutcomeOpen, Version: 1})
		}
		if err := store.PutRecords(tx, catalogue.Cadre, records); err != nil {
			return err
		}
		return store.InsertNominations(tx, nominations)
	})
	h.on("2023-05-20")
	b.Run("checks", func(b *testing.B) {
		for b.Loop() {
			if sum, err := h.RunChecks(b.Context(), province, "big", nil, selection.Permit{}); err != nil || sum.Checked != people {
				b.Fatal(sum, err)
			}
		}
	})
	b.Run("ranking", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Ranking(b.Context(), province, "big"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a page", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := h.Nominations(b.Context(), province, selection.NominationQuery{Round: "big", Offset: 12_000, Limit: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("overview", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Overview(b.Context(), province, "big"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
