package outline

import (
	"errors"
	"fmt"
	"math"
)

// ErrOpenRing says that the borders given to Dissolve do not fit together: a border ends in the open.
var ErrOpenRing = errors.New("border is not closed")

type edge struct{ from, to Point }

// Dissolve gives the border around all the shapes together. Neighbours must share their edges exactly, point by point,
// and have the orientation of RFC 7946: then each shared edge is walked once in either direction, and what is left after
// cancelling such pairs is the border of the whole.
func Dissolve(shapes ...Shape) (Shape, error) {
	walk := newWalk(uncancelled(shapes))
	var rings []Ring
	for start := range walk.edges {
		found, err := walk.ringsFrom(start)
		if err != nil {
			return nil, err
		}
		rings = append(rings, found...)
	}
	return group(rings)
}

// uncancelled lists the edges whose opposite does not occur, in the order of the shapes.
func uncancelled(shapes []Shape) []edge {
	var all []edge
	for _, shape := range shapes {
		for _, polygon := range shape {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					all = append(all, edge{ring[i-1], ring[i]})
				}
			}
		}
	}
	present := make(map[edge]bool, len(all))
	for _, e := range all {
		present[e] = true
	}
	left := all[:0]
	for _, e := range all {
		if !present[edge{e.to, e.from}] {
			left = append(left, e)
		}
	}
	return left
}

// walk goes along edges, each once.
type walk struct {
	edges []edge
	used  []bool
	from  map[Point][]int // edges that start at the point
}

func newWalk(edges []edge) *walk {
	w := &walk{edges: edges, used: make([]bool, len(edges)), from: make(map[Point][]int, len(edges))}
	for i, e := range edges {
		w.from[e.from] = append(w.from[e.from], i)
	}
	return w
}

// ringsFrom walks from an edge until it is back, and cuts off a ring of its own wherever the walk meets itself.
func (w *walk) ringsFrom(start int) ([]Ring, error) {
	if w.used[start] {
		return nil, nil
	}
	path := []Point{w.edges[start].from}
	position := map[Point]int{path[0]: 0}
	var rings []Ring
	for at := start; ; {
		w.used[at] = true
		to := w.edges[at].to
		if p, met := position[to]; met {
			ring := append(append(Ring{}, path[p:]...), to)
			rings = append(rings, ring)
			for _, q := range path[p+1:] {
				delete(position, q)
			}
			path = path[:p+1]
			if p == 0 {
				return rings, nil
			}
		} else {
			position[to] = len(path)
			path = append(path, to)
		}
		next, ok := w.next(w.edges[at])
		if !ok {
			return nil, fmt.Errorf("%w at %v", ErrOpenRing, to)
		}
		at = next
	}
}

// next is the unused edge that turns left most sharply: it keeps the same land on the left where borders touch in a point.
func (w *walk) next(e edge) (int, bool) {
	best, sharpest := -1, math.Inf(1)
	for _, i := range w.from[e.to] {
		if turn := clockwise(e, w.edges[i]); !w.used[i] && turn < sharpest {
			best, sharpest = i, turn
		}
	}
	return best, best >= 0
}

// clockwise is the angle from the way back along the edge to the next edge, 0..2π.
func clockwise(e, next edge) float64 {
	back := math.Atan2(e.from[1]-e.to[1], e.from[0]-e.to[0])
	on := math.Atan2(next.to[1]-next.from[1], next.to[0]-next.from[0])
	return math.Mod(back-on+4*math.Pi, 2*math.Pi)
}

// group puts each hole into the smallest outer ring around it.
func group(rings []Ring) (Shape, error) {
	var shape Shape
	for _, r := range rings {
		if r.SignedArea() > 0 {
			shape = append(shape, Polygon{r})
		}
	}
	for _, r := range rings {
		if r.SignedArea() > 0 {
			continue
		}
		home := smallestAround(shape, Point{(r[0][0] + r[1][0]) / 2, (r[0][1] + r[1][1]) / 2})
		if home < 0 {
			return nil, fmt.Errorf("hole at %v lies in no outer ring", r[0])
		}
		shape[home] = append(shape[home], r)
	}
	return shape, nil
}

func smallestAround(shape Shape, p Point) int {
	home, area := -1, math.Inf(1)
	for i, polygon := range shape {
		if a := polygon[0].SignedArea(); a < area && polygon[0].crosses(p) {
			home, area = i, a
		}
	}
	return home
}
