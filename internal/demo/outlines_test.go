package demo_test

import (
	"encoding/json"
	"math"
	"testing"

	"jieli/internal/demo/outline"
	"jieli/internal/domain"
)

func shapeOf(t *testing.T, o domain.Outline) outline.Shape {
	t.Helper()
	var geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal(o.Geometry, &geometry); err != nil {
		t.Fatal(err)
	}
	shape := make(outline.Shape, 1)
	var into any = &shape
	if geometry.Type == "Polygon" {
		into = &shape[0]
	}
	if err := json.Unmarshal(geometry.Coordinates, into); err != nil {
		t.Fatal(err)
	}
	return shape
}

// Each outline holds its inner point; the areas of counties add up to their city's, those of cities to the province's; no
// edge is left that two counties of a city share.
func TestOutlinesAddUp(t *testing.T) {
	area := map[domain.Code]float64{}
	below := map[domain.Code]float64{}
	for _, o := range draw(t, 1).Outlines {
		shape := shapeOf(t, o)
		area[o.Code] = shape.SignedArea()
		if !shape.Contains(o.Inner) || o.Source == "" {
			t.Errorf("%s: inner point %v is outside, or no source", o.Code, o.Inner)
		}
		checkRings(t, o.Code, shape)
		switch o.Code.Level() {
		case domain.LevelCounty:
			below[o.Code.At(domain.LevelCity)] += area[o.Code]
		case domain.LevelCity:
			below[o.Code.At(domain.LevelProvince)] += area[o.Code]
		default:
		}
	}
	if len(area) != 1+14+122 || len(below) != 1+14 {
		t.Fatalf("%d outlines, %d of them put together", len(area), len(below))
	}
	for code, sum := range below {
		if math.Abs(area[code]-sum) > 1e-9 {
			t.Errorf("%s has area %v, its parts %v", code, area[code], sum)
		}
	}
}

func checkRings(t *testing.T, code domain.Code, shape outline.Shape) {
	t.Helper()
	edges := map[[2]outline.Point]bool{}
	for _, polygon := range shape {
		for k, ring := range polygon {
			if ring[0] != ring[len(ring)-1] || (ring.SignedArea() > 0) != (k == 0) {
				t.Errorf("%s: a ring is open or turns the wrong way", code)
			}
			for i := 1; i < len(ring); i++ {
				edges[[2]outline.Point{ring[i-1], ring[i]}] = true
			}
		}
	}
	for e := range edges {
		if edges[[2]outline.Point{e[1], e[0]}] {
			t.Errorf("%s: shared edge left at %v", code, e[0])
		}
	}
}
