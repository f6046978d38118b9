package domain

import "time"

// RegionKind tells divisions of one level apart.
type RegionKind string

// The kinds that are no destination of a team, and the one that is. The data holds more kinds; these steer behaviour.
const (
	KindVillageCommittee RegionKind = "village_committee"
	KindStatisticalZone  RegionKind = "statistical_zone" // a development area, no GB/T 2260 county
	KindEnterpriseUnit   RegionKind = "enterprise_unit"  // a farm, park or prison of township rank
)

// Region is a division of the country. ID is its identity; Code is its code between ValidFrom and ValidTo.
type Region struct {
	ID        int64
	Code      Code
	Parent    Code // empty for a province
	Level     Level
	Kind      RegionKind
	Name      string
	Initials  string // pinyin initials of the name, lower case
	Pinyin    string // full pinyin of the name, lower case, no spaces
	ValidFrom time.Time
	ValidTo   time.Time // zero: still valid
}

// Outline is the border of a division, as a GeoJSON geometry in WGS-84.
type Outline struct {
	Code     Code
	Inner    [2]float64 // longitude, latitude of a point certain to lie inside
	Geometry []byte     // GeoJSON Polygon or MultiPolygon
	Source   string     // who says so; printed with every map
}
