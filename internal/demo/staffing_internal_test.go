package demo

import (
	"slices"
	"testing"

	"jieli/internal/domain"

	"pgregory.net/rapid"
)

var allCategories = []domain.Category{domain.CategoryKey, domain.CategoryWeak, domain.CategoryDemonstration, domain.CategoryConsolidated}

// Sizes move towards the total as far as the bounds let them, and exactly there where they do.
func TestAdjustKeepsTheBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "teams")
		teams := make([]team, n)
		least, most, now := 0, 0, 0
		for i := range teams {
			teams[i].category = rapid.SampledFrom(allCategories).Draw(t, "category")
			s := sizes[teams[i].category]
			teams[i].size = rapid.IntRange(s.least, s.most).Draw(t, "size")
			least, most, now = least+s.least, most+s.most, now+teams[i].size
		}
		difference := rapid.IntRange(-n*3, n*3).Draw(t, "difference")
		adjust(stream(rapid.Uint64().Draw(t, "seed"), "adjust"), teams, positions(n), difference)
		got := headcount(teams, func(int) bool { return true })
		if want := min(max(now+difference, least), most); got != want {
			t.Fatalf("%d people, want %d (from %d by %d, between %d and %d)", got, want, now, difference, least, most)
		}
		for _, m := range teams {
			if s := sizes[m.category]; m.size < s.least || m.size > s.most {
				t.Fatalf("a %s team of %d", m.category, m.size)
			}
		}
	})
}

func TestSizesAgreeWithTheContract(t *testing.T) {
	for _, c := range allCategories {
		s := sizes[c]
		if len(s.weights) != s.most-s.least+1 {
			t.Errorf("%s: %d weights for the sizes %d to %d", c, len(s.weights), s.least, s.most)
		}
	}
}

// provincialTeamsOf makes teams of the province as the draw has them: 3 or 4 members, one told to be young.
func provincialTeamsOf() ([]team, []domain.UnitLevel) {
	told := reportedVillages()[1]
	teams := make([]team, provincialTeams)
	level := make([]domain.UnitLevel, provincialTeams)
	for i := range teams {
		teams[i] = team{cluster: cluster{category: domain.CategoryKey}, size: 3}
		level[i] = domain.UnitProvince
	}
	teams[0].fixed = &told
	for i := 1; headcount(teams, func(int) bool { return true }) < reportProvincialPeople; i++ {
		teams[i].size++
	}
	return teams, level
}

func TestWishesAddUpToTheReport(t *testing.T) {
	teams, level := provincialTeamsOf()
	for seed := range uint64(30) {
		wishes := provincialWishes(stream(seed, "wishes"), teams, level)
		var all []*wish
		for i := range wishes {
			for k := range wishes[i] {
				w := &wishes[i][k]
				all = append(all, w)
				if w.leads != (k == 0) || w.leads && !*w.division {
					t.Errorf("seed %d: seat %d of team %d: leads %v, division rank %v", seed, k, i, w.leads, *w.division)
				}
				if (w.born != [2]int{}) != (i == 0) || i == 0 && !*w.under40 {
					t.Errorf("seed %d: team %d, born %v", seed, i, w.born)
				}
			}
		}
		for what, got := range map[string][2]int{
			"people":   {len(all), reportProvincialPeople},
			"under 40": {granted(all, func(w *wish) *bool { return w.under40 }), reportUnder40},
			"division": {granted(all, func(w *wish) *bool { return w.division }), reportDivision},
			"rural":    {granted(all, func(w *wish) *bool { return w.rural }), reportRural},
		} {
			if got[0] != got[1] {
				t.Errorf("seed %d: %s: %d, want %d", seed, what, got[0], got[1])
			}
		}
	}
}

func TestOnlyTheProvincesPeopleAreWishedFor(t *testing.T) {
	teams, level := provincialTeamsOf()
	level[3] = domain.UnitCity
	if wishes := provincialWishes(stream(1, "wishes"), teams, level); wishes[3] != nil || len(wishes[4]) != teams[4].size {
		t.Error("a city's team has wishes, or a province's has none")
	}
}

func TestJoinedUnitsSendOneEach(t *testing.T) {
	p := people{registry: &registry{units: []unit{{joined: []int{4, 7}}, {}}}}
	var got []int
	for seat := range 5 {
		got = append(got, p.senderOf(0, seat))
	}
	if !slices.Equal(got, []int{0, 4, 7, 0, 0}) || p.senderOf(1, 2) != 1 {
		t.Errorf("senders %v", got)
	}
}

// The shares of the report are the whole numbers nearest to its percentages.
func TestReportedCountsAreTheNearest(t *testing.T) {
	for percent, n := range map[int]int{44: reportUnder40, 32: reportDivision, 26: reportRural} {
		if want := (percent*reportProvincialPeople + 50) / 100; n != want {
			t.Errorf("%d %% of %d is %d, not %d", percent, reportProvincialPeople, want, n)
		}
	}
}
