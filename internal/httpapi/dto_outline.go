package httpapi

import (
	"encoding/json"

	"jieli/internal/domain"
)

// Outlines is a GeoJSON feature collection (RFC 7946), with who says so.
type Outlines struct {
	Type     string    `json:"type" enum:"FeatureCollection"`
	Features []Outline `json:"features" nullable:"false"`
	Source   string    `json:"source" doc:"Where the outlines come from; print it with every map"`
	Notice   string    `json:"notice" doc:"What the reader of the map must know; print it with every map"`
}

// Outline is the border of one division.
type Outline struct {
	Type       string            `json:"type" enum:"Feature"`
	Properties OutlineProperties `json:"properties"`
	Geometry   Geometry          `json:"geometry"`
}

// OutlineProperties name the division; Inner is longitude and latitude of a point certain to lie inside.
type OutlineProperties struct {
	Code  domain.Code `json:"code"`
	Name  string      `json:"name"`
	Inner []float64   `json:"inner" nullable:"false" minItems:"2" maxItems:"2"`
}

// Geometry is a GeoJSON Polygon or MultiPolygon in WGS-84. Coordinates pass through as they are stored.
type Geometry struct {
	Type        string          `json:"type" enum:"Polygon,MultiPolygon"`
	Coordinates json.RawMessage `json:"coordinates"`
}
