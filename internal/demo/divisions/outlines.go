package divisions

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"jieli/internal/demo/outline"
	"jieli/internal/domain"
)

// feature is the part of a GeoJSON feature that is used here.
type feature struct {
	Properties struct {
		Code  string        `json:"code"`
		Name  string        `json:"name"`
		Inner outline.Point `json:"inner"`
		Seat  outline.Point `json:"seat"`
	} `json:"properties"`
	Geometry struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// readOutlines reads the borders of the counties, ordered by code.
func readOutlines(folder fs.FS) ([]County, error) {
	content, err := unpack(folder, OutlinesFile)
	if err != nil {
		return nil, err
	}
	var collection struct {
		Features []json.RawMessage `json:"features"`
	}
	if err := json.Unmarshal(content, &collection); err != nil {
		return nil, jsonError(content, err)
	}
	counties := make([]County, 0, len(collection.Features))
	seen := map[domain.Code]bool{}
	for _, raw := range collection.Features {
		where := position(content, int64(bytes.Index(content, raw)))
		county, err := parseFeature(where, raw)
		if err != nil {
			return nil, err
		}
		if seen[county.Code] {
			return nil, where.expected("code_once", string(county.Code))
		}
		seen[county.Code] = true
		counties = append(counties, county)
	}
	slices.SortFunc(counties, func(a, b County) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return counties, nil
}

func parseFeature(where at, raw []byte) (County, error) {
	var f feature
	if err := json.Unmarshal(raw, &f); err != nil {
		return County{}, where.expected("feature", err.Error())
	}
	code, err := domain.ParseCode(f.Properties.Code)
	if err != nil || code.Level() != domain.LevelCounty {
		return County{}, where.expected("county_code", f.Properties.Code)
	}
	border, err := parseGeometry(f)
	if err != nil || !wellFormed(border) {
		return County{}, where.expected("border", f.Properties.Code)
	}
	if !border.Contains(f.Properties.Inner) || !border.Contains(f.Properties.Seat) {
		return County{}, where.expected("inner_point", f.Properties.Code)
	}
	return County{Code: code, Name: f.Properties.Name, Inner: f.Properties.Inner, Seat: f.Properties.Seat, Border: border}, nil
}

func parseGeometry(f feature) (outline.Shape, error) {
	var shape outline.Shape
	switch f.Geometry.Type {
	case "Polygon":
		shape = make(outline.Shape, 1)
		return shape, json.Unmarshal(f.Geometry.Coordinates, &shape[0])
	case "MultiPolygon":
		return shape, json.Unmarshal(f.Geometry.Coordinates, &shape)
	}
	return nil, errors.New("geometry is neither Polygon nor MultiPolygon")
}

// wellFormed says whether every ring is closed, has an area and turns as RFC 7946 asks, with points on the globe.
func wellFormed(s outline.Shape) bool {
	for _, polygon := range s {
		if len(polygon) == 0 {
			return false
		}
		for k, ring := range polygon {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] || ring.SignedArea() == 0 || (ring.SignedArea() > 0) != (k == 0) {
				return false
			}
			if slices.ContainsFunc(ring, func(p outline.Point) bool { return p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 }) {
				return false
			}
		}
	}
	return len(s) > 0
}

func jsonError(content []byte, err error) error {
	offset := int64(len(content))
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	return position(content, offset).expected("feature_collection", err.Error())
}

// position turns an offset into line and column.
func position(content []byte, offset int64) at {
	before := content[:min(max(offset, 0), int64(len(content)))]
	return at{OutlinesFile, 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')}
}
