package demo_test

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
	"jieli/internal/domain/geo"
)

func TestUnitsAreNamedLikeUnits(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		names, level := map[string]string{}, map[domain.UnitLevel]int{}
		for _, u := range data.Units {
			noTwice(t, names, u.Name, u.ID)
			level[u.Level]++
			if strings.ContainsAny(u.Name, "{}") || strings.Contains(u.Name, "自治") || u.Pinyin == "" || len(u.Initials) < 3 {
				t.Errorf("unit %+v", u)
			}
			if want := map[domain.UnitLevel]domain.Level{domain.UnitProvince: domain.LevelProvince, domain.UnitCity: domain.LevelCity, domain.UnitCounty: domain.LevelCounty}[u.Level]; u.Home.Level() != want {
				t.Errorf("%s is at home in %s", u.Name, u.Home)
			}
		}
		if level[domain.UnitProvince] < 210 || level[domain.UnitCity] < 1100 || level[domain.UnitCounty] < 4500 {
			t.Errorf("units by level: %v", level)
		}
		for _, name := range []string{"省委组织部", "湖南农业大学", "国网湖南省电力有限公司", "怀化市林业局", "沅陵县人民医院", "湘西州农业农村局"} {
			if _, there := names[name]; !there {
				t.Errorf("there is no %s", name)
			}
		}
	})
}

func TestCadresFitTheirUnits(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		units := map[string]domain.Unit{}
		for _, u := range data.Units {
			units[u.ID] = u
		}
		ids := map[string]domain.Cadre{}
		for _, c := range data.Cadres {
			if _, twice := ids[c.ID]; twice {
				t.Errorf("cadre %s twice", c.ID)
			}
			ids[c.ID] = c
			if units[c.Unit].ID == "" || c.Position == "" || len([]rune(c.Name)) < 2 || c.Initials == "" || c.Sex != "1" && c.Sex != "2" {
				t.Errorf("cadre %+v", c)
			}
			if c.Unit >= "U000300" && strings.HasSuffix(c.Position, "处长") && units[c.Unit].Level != domain.UnitProvince && units[c.Unit].Kind != "university" {
				t.Errorf("%s is %s of %s", c.ID, c.Position, units[c.Unit].Name)
			}
		}
		for _, round := range data.Rounds {
			for _, c := range round.Candidates {
				if c.Cadre != ids[c.ID] {
					t.Errorf("nominee %+v is %+v in the registry", c.Cadre, ids[c.ID])
				}
				if age := round.Round.FromYear - c.BirthYear; age < 22 || age > 60 || c.YoungPool && age >= 40 {
					t.Errorf("%s is %d years old", c.ID, age)
				}
			}
		}
	})
}

// Families of the west are Miao, Tujia and Dong families more often than elsewhere.
func TestNamesOfTheWest(t *testing.T) {
	data := draw(t, 1)
	units := map[string]domain.Unit{}
	for _, u := range data.Units {
		units[u.ID] = u
	}
	share := func(city domain.Code) float64 {
		all, west := 0, 0
		for _, c := range data.Cadres {
			if units[c.Unit].Home.At(domain.LevelCity) == city {
				all++
				if slices.Contains([]rune("石麻龙吴田向彭"), []rune(c.Name)[0]) {
					west++
				}
			}
		}
		return float64(west) / float64(all)
	}
	if xiangxi, changsha := share("433100000000"), share("430100000000"); xiangxi < 0.25 || changsha > 0.2 {
		t.Errorf("surnames of the west: %.2f in 湘西, %.2f in 长沙", xiangxi, changsha)
	}
}

func TestVillagesLieInTheirCounty(t *testing.T) {
	border := map[domain.Code]divisions.County{}
	for _, c := range realExamples(t).Counties {
		border[c.Code] = c
	}
	eachSeed(t, func(t *testing.T, data demo.Data) {
		for _, v := range data.Rounds[0].Villages {
			lon, lat := geo.ToLonLat(v.X, v.Y)
			if c := border[v.Code.At(domain.LevelCounty)]; !c.Border.Contains([2]float64{lon, lat}) {
				t.Errorf("%s lies outside %s", v.Name, c.Name)
			}
		}
	})
}

// Villages of a township lie together: the mean of their distances is well below that within the county.
func TestTownshipsLieTogether(t *testing.T) {
	villages := draw(t, 1).Rounds[0].Villages
	var near, far [2]float64 // sum, number
	for i, v := range villages {
		for _, o := range villages[i+1 : min(i+60, len(villages))] {
			if v.Code.At(domain.LevelCounty) != o.Code.At(domain.LevelCounty) {
				break
			}
			d := abs(v.X-o.X) + abs(v.Y-o.Y)
			if v.Code.At(domain.LevelTownship) == o.Code.At(domain.LevelTownship) {
				near[0], near[1] = near[0]+d, near[1]+1
			} else {
				far[0], far[1] = far[0]+d, far[1]+1
			}
		}
	}
	if near[0]/near[1] > 0.35*far[0]/far[1] {
		t.Errorf("mean distance %.0f m in a township, %.0f m to others", near[0]/near[1], far[0]/far[1])
	}
}

func abs(n int64) float64 { return float64(max(n, -n)) }

func TestRegionsAreSearchable(t *testing.T) {
	data := draw(t, 1)
	ids := map[int64]bool{}
	for _, r := range data.Regions {
		if ids[r.ID] || r.ID == 0 || r.Pinyin == "" || r.Initials == "" || r.ValidFrom.IsZero() || !r.ValidTo.IsZero() {
			t.Errorf("region %+v", r)
		}
		ids[r.ID] = true
	}
	l := lookUp(data)
	for code, want := range map[domain.Code][3]string{
		"430100000000": {"长沙市", "changshashi", "css"}, "431225000000": {"会同县", "huitongxian", "htx"},
		"433125108207": {"甘溪村", "ganxicun", "gxc"}, "430923123208": {"沙田溪村", "shatianxicun", "stxc"},
	} {
		if r := l.regions[code]; r.Name != want[0] || r.Pinyin != want[1] || r.Initials != want[2] {
			t.Errorf("%s: %+v", code, r)
		}
	}
}
