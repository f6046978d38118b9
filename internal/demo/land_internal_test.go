package demo

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"jieli/internal/demo/divisions"
	"jieli/internal/demo/outline"
	"jieli/internal/domain"

	"pgregory.net/rapid"
)

// box is a county of half a degree at its west and south, with villages in townships.
func box(number int, townships, villages int) (divisions.County, []divisions.Division) {
	code := domain.Code([]string{"431221000000", "431222000000", "431223000000"}[number])
	west, south := 110+float64(number)/2, 28.0
	border := outline.Shape{{{{west, south}, {west + 0.5, south}, {west + 0.5, south + 0.5}, {west, south + 0.5}, {west, south}}}}
	county := divisions.County{Code: code, Name: "县", Inner: outline.Point{west + 0.25, south + 0.25}, Seat: outline.Point{west + 0.2, south + 0.2}, Border: border}
	rows := []divisions.Division{{Code: code, Name: "县", Level: domain.LevelCounty, Kind: "county"}}
	for i := range townships {
		town := domain.Code(string(code[:6]) + string(rune('1')) + digits(i))
		rows = append(rows, divisions.Division{Code: town + "000", Name: "镇", Level: domain.LevelTownship, Parent: code, Kind: "town"})
		for j := range villages {
			rows = append(rows, divisions.Division{Code: town + "2" + domain.Code(digits(j)), Name: "村", Level: domain.LevelVillage, Parent: town + "000", Kind: domain.KindVillageCommittee})
		}
	}
	return county, rows
}

func digits(n int) string { return fmt.Sprintf("%02d", n) }

// smallLand has two counties side by side.
func smallLand(seed uint64, townships, villages int) land {
	a, rowsA := box(0, townships, villages)
	b, rowsB := box(1, townships, villages)
	return survey(divisions.Examples{Divisions: append(rowsA, rowsB...), Counties: []divisions.County{a, b}}, seed)
}

func TestSurveyTakesDestinationsOnly(t *testing.T) {
	county, rows := box(0, 1, 3)
	farm := domain.Code("431221400000")
	rows = append(rows,
		divisions.Division{Code: "431221100299", Name: "桃源社区", Level: domain.LevelVillage, Parent: "431221100000", Kind: domain.KindVillageCommittee},
		divisions.Division{Code: "431221100298", Name: "李家社区村委会", Level: domain.LevelVillage, Parent: "431221100000", Kind: domain.KindVillageCommittee},
		divisions.Division{Code: "431221100001", Name: "城关居委会", Level: domain.LevelVillage, Parent: "431221100000", Kind: "resident_committee"},
		divisions.Division{Code: farm, Name: "农场", Level: domain.LevelTownship, Parent: county.Code, Kind: domain.KindEnterpriseUnit},
		divisions.Division{Code: "431221400201", Name: "场部村", Level: domain.LevelVillage, Parent: farm, Kind: domain.KindVillageCommittee},
		divisions.Division{Code: "431271100201", Name: "区外村", Level: domain.LevelVillage, Parent: "431271100000", Kind: domain.KindVillageCommittee})
	l := survey(divisions.Examples{Divisions: rows, Counties: []divisions.County{county}}, 1)
	var names []string
	for _, p := range l.places {
		names = append(names, p.name)
	}
	if !slices.Equal(names, []string{"村", "村", "村", "李家社区"}) {
		t.Errorf("destinations %v", names)
	}
	if !slices.Equal(l.homes[0], []domain.Code{"431221100000"}) {
		t.Errorf("townships %v", l.homes)
	}
}

func TestPlacesLieInTheirCountyAndApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := smallLand(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 6).Draw(t, "townships"), rapid.IntRange(1, 12).Draw(t, "villages"))
		close := 0
		for i, p := range l.places {
			g := ground{border: l.counties[p.county].Border}
			if !g.holds(spot{float64(p.x), float64(p.y)}) {
				t.Fatalf("%s lies outside", p.code)
			}
			for _, o := range l.places[i+1:] {
				if (spot{float64(p.x), float64(p.y)}).apart(spot{float64(o.x), float64(o.y)}) < 500 {
					close++
				}
			}
		}
		if close > len(l.places)/10 {
			t.Fatalf("%d of %d places lie on top of each other", close, len(l.places))
		}
	})
}

// Adjacency is what the slow way finds: the three nearest of the county, made symmetric.
func TestAdjacencyIsOfTheNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := smallLand(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 5).Draw(t, "townships"), rapid.IntRange(1, 9).Draw(t, "villages"))
		want := make([][]int, len(l.places))
		for i, p := range l.places {
			from, to := l.in(p.county)
			others := slices.DeleteFunc(positions(to-from), func(j int) bool { return from+j == i })
			slices.SortStableFunc(others, func(a, b int) int {
				return cmp.Compare(squared(p, l.places[from+a]), squared(p, l.places[from+b]))
			})
			for _, j := range others[:min(3, len(others))] {
				want[i], want[from+j] = append(want[i], from+j), append(want[from+j], i)
			}
		}
		for i, p := range l.places {
			slices.Sort(want[i])
			if !slices.Equal(p.near, slices.Compact(want[i])) {
				t.Fatalf("place %d is adjacent to %v, want %v", i, p.near, want[i])
			}
		}
	})
}

func squared(a, b place) int64 {
	dx, dy := a.x-b.x, a.y-b.y
	return dx*dx + dy*dy
}

func TestNeeds(t *testing.T) {
	l := smallLand(1, 9, 40)
	for _, p := range l.places {
		real := 0
		for _, n := range p.needs {
			if n < 0 || n > 100 {
				t.Fatalf("need %d", n)
			}
			if n >= 30 {
				real++
			}
		}
		if len(p.needs) != len(Specialities()) || real < 1 || real > 4 {
			t.Errorf("%s has the needs %v", p.code, p.needs)
		}
	}
}

func TestAreaOfABox(t *testing.T) {
	county, _ := box(0, 1, 1)
	if km2 := area(county.Border) / 1e6; km2 < 2650 || km2 > 2800 { // half a degree squared at 28° N: 49.4 × 55.3 km
		t.Errorf("%.0f km²", km2)
	}
}

func TestPointsAnywhereFallBackInside(t *testing.T) {
	county, _ := box(0, 1, 1)
	g := ground{county.Border, outline.Point{0, 0}, outline.Point{0, 0}, spotOf(county.Inner)} // bounds that miss the county
	if s := g.anywhere(stream(1, "anywhere")); s != g.inner {
		t.Errorf("point %v", s)
	}
}
