package outline_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"jieli/internal/demo/outline"

	"pgregory.net/rapid"
)

// square is the unit square with its south-west corner at x, y.
func square(x, y float64) outline.Shape {
	return outline.Shape{{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}, {x, y}}}}
}

func dissolve(t testing.TB, shapes ...outline.Shape) outline.Shape {
	t.Helper()
	whole, err := outline.Dissolve(shapes...)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

func TestNeighboursBecomeOne(t *testing.T) {
	whole := dissolve(t, square(0, 0), square(1, 0))
	if len(whole) != 1 || len(whole[0]) != 1 || len(whole[0][0]) != 7 {
		t.Fatalf("two squares became %v", whole)
	}
	if a := whole.SignedArea(); a != 2 {
		t.Fatalf("area %v", a)
	}
}

func TestStrangersStayApart(t *testing.T) {
	if whole := dissolve(t, square(0, 0), square(5, 5)); len(whole) != 2 {
		t.Fatalf("%d polygons", len(whole))
	}
}

func TestSquaresThatTouchInAPointStaySimple(t *testing.T) {
	whole := dissolve(t, square(0, 0), square(1, 1))
	if len(whole) != 2 || len(whole[0][0]) != 5 || len(whole[1][0]) != 5 {
		t.Fatalf("became %v", whole)
	}
}

func TestARingOfSquaresHasAHole(t *testing.T) {
	var around []outline.Shape
	for _, at := range [][2]float64{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}} {
		around = append(around, square(at[0], at[1]))
	}
	whole := dissolve(t, around...)
	if len(whole) != 1 || len(whole[0]) != 2 || whole.SignedArea() != 8 {
		t.Fatalf("became %v", whole)
	}
	if whole.Contains(outline.Point{1.5, 1.5}) || !whole.Contains(outline.Point{0.5, 1.5}) {
		t.Fatal("the hole is not outside, or the land not inside")
	}
}

func TestAHoleThatTouchesTheBorderIsARingOfItsOwn(t *testing.T) {
	var land []outline.Shape
	for _, at := range [][2]float64{{1, 0}, {2, 0}, {0, 1}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} { // (1,1) is the hole, (0,0) outside
		land = append(land, square(at[0], at[1]))
	}
	whole := dissolve(t, land...)
	if whole.SignedArea() != 7 || len(whole) != 1 || len(whole[0]) != 2 {
		t.Fatalf("became %v", whole)
	}
}

func TestAnOpenBorderIsTold(t *testing.T) {
	open := outline.Shape{{{{0, 0}, {1, 0}, {1, 1}}}}
	if _, err := outline.Dissolve(open); !errors.Is(err, outline.ErrOpenRing) {
		t.Fatalf("got %v", err)
	}
}

// Any set of squares of a grid dissolves into simple closed rings of the same area, and no edge is left that two share.
// There are as many polygons as pieces of land: squares that touch in a corner only stay apart.
func TestAreasAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, 48), 1, 49, rapid.ID[int]).Draw(t, "squares")
		var shapes []outline.Shape
		for _, c := range chosen {
			shapes = append(shapes, square(float64(c%7), float64(c/7)))
		}
		whole, err := outline.Dissolve(shapes...)
		if err != nil {
			t.Fatal(err)
		}
		if got := whole.SignedArea(); got != float64(len(chosen)) {
			t.Fatalf("%d squares have area %v", len(chosen), got)
		}
		if pieces := pieces(chosen); len(whole) != pieces {
			t.Fatalf("%d pieces of land became %d polygons", pieces, len(whole))
		}
		CheckShape(t, whole)
	})
}

// pieces counts the groups of squares that hang together by their edges.
func pieces(chosen []int) int {
	left := map[int]bool{}
	for _, c := range chosen {
		left[c] = true
	}
	var clear func(c int)
	clear = func(c int) {
		if !left[c] {
			return
		}
		delete(left, c)
		clear(c - 7)
		clear(c + 7)
		if c%7 > 0 {
			clear(c - 1)
		}
		if c%7 < 6 {
			clear(c + 1)
		}
	}
	n := 0
	for _, c := range chosen {
		if left[c] {
			n++
			clear(c)
		}
	}
	return n
}

type fataler interface{ Fatalf(string, ...any) }

// CheckShape holds that rings are closed and simple, turn the right way, and that no edge occurs in both directions.
func CheckShape(t fataler, s outline.Shape) {
	seen := map[[2]outline.Point]bool{}
	for _, polygon := range s {
		for k, ring := range polygon {
			if ring[0] != ring[len(ring)-1] {
				t.Fatalf("ring at %v is open", ring[0])
			}
			if (ring.SignedArea() > 0) != (k == 0) {
				t.Fatalf("ring %d at %v turns the wrong way", k, ring[0])
			}
			points := map[outline.Point]bool{}
			for i := 1; i < len(ring); i++ {
				if points[ring[i]] {
					t.Fatalf("ring meets itself at %v", ring[i])
				}
				points[ring[i]] = true
				if seen[[2]outline.Point{ring[i], ring[i-1]}] {
					t.Fatalf("shared edge left at %v", ring[i])
				}
				seen[[2]outline.Point{ring[i-1], ring[i]}] = true
			}
		}
	}
}

func TestBoundsHoldTheShape(t *testing.T) {
	low, high := dissolve(t, square(0, 0), square(3, -2)).Bounds()
	if low != (outline.Point{0, -2}) || high != (outline.Point{4, 1}) {
		t.Fatalf("bounds %v %v", low, high)
	}
}

func TestGeoJSONTypes(t *testing.T) {
	for want, shape := range map[string]outline.Shape{
		"Polygon":      square(0, 0),
		"MultiPolygon": append(square(0, 0), square(2, 2)...),
	} {
		raw, err := shape.GeoJSON()
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Type        string
			Coordinates json.RawMessage
		}
		if err := json.Unmarshal(raw, &got); err != nil || got.Type != want {
			t.Fatalf("%s: %v %s", want, err, raw)
		}
	}
}

func TestAreaOfAFarSmallRingIsExactEnough(t *testing.T) {
	far := outline.Ring{{112, 28}, {112.001, 28}, {112.001, 28.001}, {112, 28.001}, {112, 28}}
	if a := far.SignedArea(); math.Abs(a-1e-6) > 1e-12 {
		t.Fatalf("area %g", a)
	}
}

// The order in which neighbours are given changes where rings begin, not what they enclose.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, 24), 1, 25, rapid.ID[int]).Draw(t, "squares")
		var forth, back []outline.Shape
		for i := range chosen {
			a, b := chosen[i], chosen[len(chosen)-1-i]
			forth, back = append(forth, square(float64(a%5), float64(a/5))), append(back, square(float64(b%5), float64(b/5)))
		}
		one, err := outline.Dissolve(forth...)
		other, otherErr := outline.Dissolve(back...)
		if err != nil || otherErr != nil || len(one) != len(other) || one.SignedArea() != other.SignedArea() {
			t.Fatalf("%v (%v) and %v (%v)", one, err, other, otherErr)
		}
		for c := range 25 {
			p := outline.Point{float64(c%5) + 0.5, float64(c/5) + 0.5}
			if one.Contains(p) != other.Contains(p) || one.Contains(p) != slices.Contains(chosen, c) {
				t.Fatalf("%v is inside one way and outside another", p)
			}
		}
	})
}
