package divisions

import (
	"io/fs"

	"jieli/internal/domain"
)

var countyColumns = []string{
	"county_code", "name", "city", "kind", "formerly_poor", "delisted_year", "national_priority_poverty_county",
	"national_key_revitalisation_county", "has_polygon", "townships", "village_committees", "resident_committees",
	"source_formerly_poor",
}

// formerlyPoorColumn is the place of formerly_poor in countyColumns.
const formerlyPoorColumn = 4

type countyFact struct{ poor bool }

// readCountyFacts reads what the county lists say of each county, by its code.
func readCountyFacts(folder fs.FS) (map[domain.Code]countyFact, error) {
	facts := map[domain.Code]countyFact{}
	err := eachRow(folder, CountiesFile, countyColumns, func(r row) error {
		code, err := domain.ParseCode(r.fields[0])
		if err != nil || code.Level() != domain.LevelCounty {
			return r.at(0).expected("county_code", r.fields[0])
		}
		if _, twice := facts[code]; twice {
			return r.at(0).expected("code_once", r.fields[0])
		}
		poor := r.fields[formerlyPoorColumn]
		if poor != "y" && poor != "n" {
			return r.at(formerlyPoorColumn).expected("yes_or_no", poor)
		}
		facts[code] = countyFact{poor == "y"}
		return nil
	})
	return facts, err
}
