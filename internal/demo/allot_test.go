package demo_test

import (
	"testing"

	"jieli/internal/demo"
	"jieli/internal/domain"
)

// The province sends two to seven teams to each formerly poor county that has as many key villages, and each of its units to one county only.
func TestTheProvincesTeamsAreSpread(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		byCounty, countyOf := map[domain.Code]int{}, map[string]domain.Code{}
		for _, team := range data.Recorded {
			u := l.units[team.Unit]
			if u.Level != domain.UnitProvince {
				continue
			}
			county := team.Villages[0].At(domain.LevelCounty)
			byCounty[county]++
			if before, twice := countyOf[u.ID]; twice && before != county || u.Region != county {
				t.Errorf("%s serves %s and %s, named is %s", u.Name, before, county, u.Region)
			}
			countyOf[u.ID] = county
		}
		keys := map[domain.Code]int{}
		for _, v := range data.Rounds[0].Villages {
			if v.Category == domain.CategoryKey {
				keys[v.Code.At(domain.LevelCounty)]++
			}
		}
		for county, poor := range poorCounties(t) {
			if n := byCounty[county]; poor && (n < min(2, keys[county]) || n > 7) || !poor && n > 0 {
				t.Errorf("%d provincial teams in %s (formerly poor: %v)", n, county, poor)
			}
		}
	})
}

// Units that lead are matched: they fit their first villages better than the average unit of their level would.
func TestTheRecordIsMatchedWithCare(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		matched, average := map[domain.UnitLevel]float64{}, map[domain.UnitLevel]float64{}
		mean := meanSkills(data)
		for _, team := range data.Recorded {
			v, u := l.villages[team.Villages[0]], l.units[team.Unit]
			for k, need := range v.Needs {
				matched[u.Level] += float64(need * u.Skills[k])
				average[u.Level] += float64(need) * mean[u.Level][k]
			}
		}
		for level, got := range matched {
			if got < 1.15*average[level] {
				t.Errorf("%s units fit %.2f times as well as by chance", level, got/average[level])
			}
		}
	})
}

func meanSkills(data demo.Data) map[domain.UnitLevel][]float64 {
	mean, number := map[domain.UnitLevel][]float64{}, map[domain.UnitLevel]float64{}
	for _, u := range data.Rounds[0].Units {
		if mean[u.Level] == nil {
			mean[u.Level] = make([]float64, len(u.Skills))
		}
		number[u.Level]++
		for k, s := range u.Skills {
			mean[u.Level][k] += float64(s)
		}
	}
	for level := range mean {
		for k := range mean[level] {
			mean[level][k] /= number[level]
		}
	}
	return mean
}

// Formerly poor counties have the heavier tasks.
func TestPoorCountiesHaveMoreKeyVillages(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		poor := poorCounties(t)
		var key, all [2]float64
		for _, v := range data.Rounds[0].Villages {
			side := 0
			if poor[v.Code.At(domain.LevelCounty)] {
				side = 1
			}
			all[side]++
			if v.Category == domain.CategoryKey {
				key[side]++
			}
		}
		if key[1]/all[1] < 2.5*key[0]/all[0] {
			t.Errorf("%.2f of the villages of poor counties are key, %.2f of the others'", key[1]/all[1], key[0]/all[0])
		}
	})
}
