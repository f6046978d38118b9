package demo

import (
	"slices"
	"testing"

	"jieli/internal/domain"

	"pgregory.net/rapid"
)

func TestCategoriesFollowTheRates(t *testing.T) {
	category := make([]domain.Category, 20_000)
	category[7] = domain.CategoryDemonstration
	drawCategories(category, stream(1, "rates"), rates{0.16, 0.275, 0.045, 0.19})
	got := map[domain.Category]int{}
	for _, c := range category {
		got[c]++
	}
	for c, share := range map[domain.Category]float64{domain.CategoryKey: 0.16, domain.CategoryConsolidated: 0.275, domain.CategoryWeak: 0.045, "": 0.52} {
		if n := float64(got[c]) / 20_000; n < share-0.01 || n > share+0.01 {
			t.Errorf("%.3f of the villages are %q, want %.3f", n, c, share)
		}
	}
	if category[7] != domain.CategoryDemonstration || got[domain.CategoryDemonstration] != 1 {
		t.Error("a fixed category was drawn anew")
	}
}

// Groups of demonstration villages are clusters: the first is adjacent to the others, nobody is in two, and no village
// that has another category is taken.
func TestDemonstrationGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := smallLand(rapid.Uint64().Draw(t, "seed"), 3, 12)
		d := stream(rapid.Uint64().Draw(t, "draw"), "groups")
		category := make([]domain.Category, len(l.places))
		drawCategories(category, d, poorRates)
		before := slices.Clone(category)
		share := rapid.Float64Range(0, 0.9).Draw(t, "share")
		taken := map[int]bool{}
		for _, c := range demonstrations(&l, category, 0, d, share) {
			for _, v := range c.places {
				if taken[v] || before[v] != "" || category[v] != domain.CategoryDemonstration {
					t.Fatalf("village %d, before %q, is in a group twice or is not free", v, before[v])
				}
				taken[v] = true
				if v != c.places[0] && !slices.Contains(l.places[c.places[0]].near, v) {
					t.Fatalf("%d is not adjacent to %d", v, c.places[0])
				}
			}
			if len(c.places) > 3 {
				t.Fatalf("group of %d", len(c.places))
			}
		}
		if wanted := int(share * 36); len(taken) > wanted+2 {
			t.Fatalf("%d villages, wanted %d", len(taken), wanted)
		}
	})
}

func TestFixedDemonstrationVillagesComeFirst(t *testing.T) {
	l := smallLand(1, 2, 8)
	category := make([]domain.Category, len(l.places))
	category[5] = domain.CategoryDemonstration
	groups := demonstrations(&l, category, 0, stream(1, "fixed"), 0)
	if len(groups) != 1 || groups[0].places[0] != 5 {
		t.Errorf("groups %+v", groups)
	}
}

// Where there are too many clusters, only consolidated villages go; where too few, idle villages come.
func TestTotalsAreMet(t *testing.T) {
	l := smallLand(1, 9, 40)
	var all []cluster
	for i := range reportTeams + 500 {
		c := domain.CategoryConsolidated
		if i%3 == 0 {
			c = domain.CategoryKey
		}
		all = append(all, cluster{c, 0, []int{i}})
	}
	keys := (reportTeams + 502) / 3
	kept := toTotal(&l, slices.Clone(all), nil, stream(1, "total"))
	if len(kept) != reportTeams || countCategory(kept, domain.CategoryKey) != keys {
		t.Errorf("%d clusters with %d key ones, want %d and %d", len(kept), countCategory(kept, domain.CategoryKey), reportTeams, keys)
	}
	more := toTotal(&l, slices.Clone(all[:reportTeams-100]), positions(400), stream(1, "total"))
	if len(more) != reportTeams {
		t.Errorf("%d clusters", len(more))
	}
	if few := toTotal(&l, slices.Clone(all[:50]), positions(20), stream(1, "total")); len(few) != 70 {
		t.Errorf("%d clusters of 70 villages", len(few))
	}
}

func countCategory(all []cluster, want domain.Category) int {
	n := 0
	for _, c := range all {
		if c.category == want {
			n++
		}
	}
	return n
}
