// Package divisions reads the example files: real divisions, the outlines of counties and the facts known of each county.
//
// Every error names the file, the line and the column where that is known, and what is expected there, as a
// [domain.Error] of [domain.KindInvalid]. Nothing is repaired silently; the one tidying up is that of village names,
// which the source writes in several ways (see [VillageName]).
package divisions

import (
	"io/fs"

	"jieli/internal/demo/outline"
	"jieli/internal/domain"
)

// The files of an example folder.
const (
	DivisionsFile = "hunan-divisions.csv.gz"
	OutlinesFile  = "hunan-counties.geojson.gz"
	CountiesFile  = "hunan-county-lists.csv"
)

// Division is one row of the divisions file.
type Division struct {
	Code   domain.Code
	Name   string // as in the source
	Level  domain.Level
	Parent domain.Code // empty for the province
	Kind   domain.RegionKind
}

// County is a county of GB/T 2260: not a statistical zone, and with a border.
type County struct {
	Code         domain.Code
	Name         string
	FormerlyPoor bool
	Inner        outline.Point // certain to lie inside
	Seat         outline.Point // label point of the source, about where the county's offices are
	Border       outline.Shape
}

// Examples is all that the example folder holds, checked against each other. Both lists are ordered by code.
type Examples struct {
	Divisions []Division
	Counties  []County
}

// Read reads the three files of the folder.
func Read(folder fs.FS) (Examples, error) {
	divisions, err := readDivisions(folder)
	if err != nil {
		return Examples{}, err
	}
	poor, err := readCountyFacts(folder)
	if err != nil {
		return Examples{}, err
	}
	counties, err := readOutlines(folder)
	if err != nil {
		return Examples{}, err
	}
	if err := join(divisions, counties, poor); err != nil {
		return Examples{}, err
	}
	return Examples{divisions, counties}, nil
}

// join puts what the county lists say into the counties, and holds that the three files speak of the same counties.
func join(divisions []Division, counties []County, facts map[domain.Code]countyFact) error {
	outlined := map[domain.Code]bool{}
	for i := range counties {
		c := &counties[i]
		fact, known := facts[c.Code]
		if !known {
			return at{OutlinesFile, 0, 0}.expected("outline_of_known_county", string(c.Code))
		}
		c.FormerlyPoor = fact.poor
		outlined[c.Code] = true
	}
	known := map[domain.Code]bool{}
	for _, d := range divisions {
		known[d.Code] = true
		if d.Level == domain.LevelCounty && d.Kind != domain.KindStatisticalZone && !outlined[d.Code] {
			return at{OutlinesFile, 0, 0}.expected("outline_of_every_county", d.Name)
		}
	}
	for _, c := range counties {
		if !known[c.Code] {
			return at{OutlinesFile, 0, 0}.expected("county_of_divisions", string(c.Code))
		}
	}
	return nil
}
