package demo

import (
	"math"

	"jieli/internal/demo/outline"
	"jieli/internal/domain"
	"jieli/internal/domain/geo"
)

// spot is a point of the plane, in metres.
type spot struct{ x, y float64 }

func (s spot) apart(o spot) float64 { return math.Hypot(s.x-o.x, s.y-o.y) }

func spotOf(p outline.Point) spot {
	x, y := geo.ToPlane(p[0], p[1])
	return spot{float64(x), float64(y)}
}

// ground is a county's border, ready for drawing points inside.
type ground struct {
	border    outline.Shape
	low, high outline.Point
	inner     spot
}

func (g ground) holds(s spot) bool {
	lon, lat := geo.ToLonLat(int64(s.x), int64(s.y))
	return g.border.Contains(outline.Point{lon, lat})
}

// anywhere draws a point inside, evenly spread.
func (g ground) anywhere(d dice) spot {
	for range 1000 {
		s := spotOf(outline.Point{g.low[0] + d.Float64()*(g.high[0]-g.low[0]), g.low[1] + d.Float64()*(g.high[1]-g.low[1])})
		if g.holds(s) {
			return s
		}
	}
	return g.inner
}

// scatter draws where the county's places lie: first the middles of its townships, well apart, then the villages of each
// around its middle, nearer to it than to any other and not on top of each other. All lie inside the border.
func (l *land) scatter(county int, d dice) {
	c := l.counties[county]
	low, high := c.Border.Bounds()
	g := ground{c.Border, low, high, spotOf(c.Inner)}
	from, to := l.in(county)
	towns := townships(l.places[from:to])
	middles := g.spread(d, len(towns))
	reach := 0.9 * math.Sqrt(area(c.Border)/math.Pi/float64(max(1, len(towns))))
	for t, town := range towns {
		taken := make([]spot, 0, len(town))
		for _, i := range town {
			s := g.around(d, middles, t, reach, taken)
			taken = append(taken, s)
			p := &l.places[from+i]
			p.x, p.y = int64(s.x), int64(s.y)
		}
	}
}

// townships groups the places by township, by their positions.
func townships(places []place) [][]int {
	var groups [][]int
	for i, p := range places {
		if i == 0 || places[i-1].code.At(domain.LevelTownship) != p.code.At(domain.LevelTownship) {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], i)
	}
	return groups
}

// spread draws n points, each the farthest from the others among some tries.
func (g ground) spread(d dice, n int) []spot {
	const tries = 12
	points := make([]spot, 0, n)
	for range n {
		var best spot
		farthest := -1.0
		for range tries {
			s := g.anywhere(d)
			if far := distance(s, points); far > farthest {
				best, farthest = s, far
			}
		}
		points = append(points, best)
	}
	return points
}

// distance to the nearest of the points.
func distance(s spot, points []spot) float64 {
	nearest := math.Inf(1)
	for _, p := range points {
		nearest = min(nearest, s.apart(p))
	}
	return nearest
}

// around draws a village of township t. It keeps half a kilometre from the others and to its own township while that is
// to be had, and always inside the border.
func (g ground) around(d dice, middles []spot, t int, reach float64, taken []spot) spot {
	const tries, apart = 40, 500
	best := middles[t]
	for try := range tries {
		angle, r := d.Float64()*2*math.Pi, reach*1.5*math.Sqrt(d.Float64())
		s := spot{math.Round(middles[t].x + r*math.Cos(angle)), math.Round(middles[t].y + r*math.Sin(angle))}
		if !g.holds(s) || distance(s, middles) < s.apart(middles[t]) {
			continue
		}
		best = s
		if distance(s, taken) >= apart || try > tries/2 {
			break
		}
	}
	return best
}

// area of a border in square metres.
func area(border outline.Shape) float64 {
	low, _ := border.Bounds()
	a, b := spotOf(low), spotOf(outline.Point{low[0] + 1, low[1] + 1})
	return border.SignedArea() * (b.x - a.x) * (b.y - a.y)
}

// adjoin makes each place of the county adjacent to the three nearest, and those to it.
func (l *land) adjoin(county int) {
	from, to := l.in(county)
	for i := from; i < to; i++ {
		for _, j := range l.nearest(i, from, to) {
			l.link(i, j)
			l.link(j, i)
		}
	}
}

func (l *land) nearest(i, from, to int) []int {
	const n = 3
	var near [n]int
	var far [n]int64
	found := 0
	for j := from; j < to; j++ {
		if j == i {
			continue
		}
		dx, dy := l.places[i].x-l.places[j].x, l.places[i].y-l.places[j].y
		d := dx*dx + dy*dy
		k := found
		for k > 0 && far[k-1] > d {
			if k < n {
				near[k], far[k] = near[k-1], far[k-1]
			}
			k--
		}
		if k < n {
			near[k], far[k] = j, d
			found = min(found+1, n)
		}
	}
	return near[:found]
}

// link notes the neighbour in ascending order.
func (l *land) link(i, j int) {
	near := l.places[i].near
	at := 0
	for at < len(near) && near[at] < j {
		at++
	}
	if at < len(near) && near[at] == j {
		return
	}
	near = append(near, 0)
	copy(near[at+1:], near[at:])
	near[at] = j
	l.places[i].near = near
}
