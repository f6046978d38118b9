// Package geo lays longitude and latitude on the plane in which villages and units have their x and y.
//
// The plane is an equirectangular projection with its origin at 108° E, 24° N and true east-west lengths at 27.5° N, the
// middle of Hunan. One unit is a metre. In the province (24.6°–30.1° N) east-west lengths are off by at most 3 %, which is
// less than the difference between a straight line and a road. It is no survey grid.
package geo

import "math"

// The constants of the projection.
const (
	OriginLon      = 108.0
	OriginLat      = 24.0
	TrueLat        = 27.5
	metresLonAtEq  = 111320.0 // of one degree of longitude on the equator
	metresPerLat   = 110540.0 // of one degree of latitude
	radiansPerTurn = 2 * math.Pi / 360
)

// metresPerLon is the length of one degree of longitude on the plane.
var metresPerLon = metresLonAtEq * math.Cos(TrueLat*radiansPerTurn)

// ToPlane gives the metres east and north of the origin of a point in degrees (WGS-84), to the nearest metre.
func ToPlane(lon, lat float64) (x, y int64) {
	return int64(math.Round((lon - OriginLon) * metresPerLon)), int64(math.Round((lat - OriginLat) * metresPerLat))
}

// ToLonLat gives the degrees (WGS-84) of a point of the plane in metres; it undoes ToPlane to within half a metre.
func ToLonLat(x, y int64) (lon, lat float64) {
	return OriginLon + float64(x)/metresPerLon, OriginLat + float64(y)/metresPerLat
}
