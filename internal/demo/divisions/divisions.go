package divisions

import (
	"io/fs"
	"slices"
	"strings"

	"jieli/internal/domain"
)

var divisionColumns = []string{"code", "name", "level", "parent_code", "kind"}

// kinds are the kinds of division that the data knows, by level.
var kinds = map[domain.Level][]domain.RegionKind{
	domain.LevelProvince: {"province"},
	domain.LevelCity:     {"prefecture_city", "autonomous_prefecture"},
	domain.LevelCounty:   {"county", "autonomous_county", "district", "county_city", domain.KindStatisticalZone},
	domain.LevelTownship: {"town", "subdistrict", "township", domain.KindEnterpriseUnit},
	domain.LevelVillage:  {domain.KindVillageCommittee, "resident_committee", "similar_resident_unit", "similar_village_unit"},
}

// readDivisions reads the divisions ordered by code. Parents stand before their children in the file.
func readDivisions(folder fs.FS) ([]Division, error) {
	var all []Division
	seen := map[domain.Code]bool{}
	err := eachRow(folder, DivisionsFile, divisionColumns, func(r row) error {
		d, err := parseDivision(r)
		if err != nil {
			return err
		}
		switch {
		case seen[d.Code]:
			return r.at(0).expected("code_once", string(d.Code))
		case d.Level != domain.LevelProvince && !seen[d.Parent]:
			return r.at(3).expected("parent_before", string(d.Parent))
		}
		seen[d.Code] = true
		all = append(all, d)
		return nil
	})
	slices.SortFunc(all, func(a, b Division) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all, err
}

func parseDivision(r row) (Division, error) {
	d := Division{
		Code: domain.Code(r.fields[0]), Name: r.fields[1], Level: domain.Level(r.fields[2]),
		Parent: domain.Code(r.fields[3]), Kind: domain.RegionKind(r.fields[4]),
	}
	switch {
	case !d.Code.Valid():
		return d, r.at(0).expected("code", r.fields[0])
	case strings.TrimSpace(d.Name) == "":
		return d, r.at(1).expected("name", r.fields[1])
	case d.Code.Level() != d.Level:
		return d, r.at(2).expected("level_of_code", r.fields[2])
	case d.Parent != parentOf(d.Code):
		return d, r.at(3).expected("parent_of_code", r.fields[3])
	case !slices.Contains(kinds[d.Level], d.Kind):
		return d, r.at(4).expected("kind", r.fields[4])
	}
	return d, nil
}

// parentOf is the code of the division one level up, empty for a province.
func parentOf(c domain.Code) domain.Code {
	for _, up := range []domain.Level{domain.LevelProvince, domain.LevelCity, domain.LevelCounty, domain.LevelTownship} {
		if up.Below() == c.Level() {
			return c.At(up)
		}
	}
	return ""
}
