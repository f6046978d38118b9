package geo_test

import (
	"math"
	"testing"

	"jieli/internal/domain/geo"

	"pgregory.net/rapid"
)

func TestOriginIsZero(t *testing.T) {
	if x, y := geo.ToPlane(geo.OriginLon, geo.OriginLat); x != 0 || y != 0 {
		t.Fatalf("origin lies at %d, %d", x, y)
	}
}

// Changsha and Huaihua lie about 298 km apart on the sphere.
func TestKnownDistance(t *testing.T) {
	ax, ay := geo.ToPlane(112.938, 28.228)
	bx, by := geo.ToPlane(110.001, 27.569)
	if d := math.Hypot(float64(ax-bx), float64(ay-by)) / 1000; d < 295 || d > 301 {
		t.Fatalf("Changsha to Huaihua is %.1f km", d)
	}
}

func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64Range(-1e6, 1e6).Draw(t, "x"), rapid.Int64Range(-1e6, 1e6).Draw(t, "y")
		if gx, gy := geo.ToPlane(geo.ToLonLat(x, y)); gx != x || gy != y {
			t.Fatalf("%d,%d came back as %d,%d", x, y, gx, gy)
		}
	})
}
