// Package outline works on the borders of divisions: area, point in polygon, and the border of several neighbours
// together, found by cancelling the edges that they share.
//
// Coordinates are degrees of longitude and latitude. Rings are closed (the last point repeats the first) and oriented as
// RFC 7946 asks: outer rings counter-clockwise, holes clockwise.
package outline

import (
	"encoding/json"
	"math"
)

// Point is longitude and latitude in degrees.
type Point = [2]float64

// Ring is a closed line; its first and last points are equal.
type Ring []Point

// Polygon is an outer ring and its holes.
type Polygon []Ring

// Shape is one or several polygons that belong together.
type Shape []Polygon

// SignedArea is the area inside the ring in square degrees, positive where the ring runs counter-clockwise.
func (r Ring) SignedArea() float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		// Relative to the first point: a county is small against its distance from the origin.
		ax, ay := r[i-1][0]-r[0][0], r[i-1][1]-r[0][1]
		bx, by := r[i][0]-r[0][0], r[i][1]-r[0][1]
		sum += ax*by - bx*ay
	}
	return sum / 2
}

// crosses counts by parity how often a ray from p to the east crosses the ring.
func (r Ring) crosses(p Point) bool {
	odd := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1]) {
			odd = !odd
		}
	}
	return odd
}

// SignedArea is the area in square degrees, holes taken off.
func (s Shape) SignedArea() float64 {
	sum := 0.0
	for _, polygon := range s {
		for _, ring := range polygon {
			sum += ring.SignedArea()
		}
	}
	return sum
}

// Contains says whether the point lies inside, holes excluded. Points on the border may go either way.
func (s Shape) Contains(p Point) bool {
	odd := false
	for _, polygon := range s {
		for _, ring := range polygon {
			odd = odd != ring.crosses(p)
		}
	}
	return odd
}

// Bounds are the south-west and the north-east corner of the box around the shape.
func (s Shape) Bounds() (low, high Point) {
	low, high = Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, polygon := range s {
		for _, p := range polygon[0] {
			low = Point{min(low[0], p[0]), min(low[1], p[1])}
			high = Point{max(high[0], p[0]), max(high[1], p[1])}
		}
	}
	return low, high
}

// GeoJSON is the geometry as RFC 7946 writes it: a Polygon, or a MultiPolygon where there are several.
func (s Shape) GeoJSON() ([]byte, error) {
	geometry := struct {
		Type        string `json:"type"`
		Coordinates any    `json:"coordinates"`
	}{"MultiPolygon", s}
	if len(s) == 1 {
		geometry.Type, geometry.Coordinates = "Polygon", s[0]
	}
	return json.Marshal(geometry)
}
