package storetest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jieli/internal/domain"
)

// Size says how large a drawn country is. Cities, Counties, Townships and Villages are children of one parent each.
type Size struct {
	Cities, Counties, Townships, Villages int
	RoundVillages                         int // villages to be served, of all villages
	Units, Cadres                         int
}

// The sizes that the tests use. Province is as large as Hunan.
var (
	Small    = Size{Cities: 3, Counties: 3, Townships: 3, Villages: 4, RoundVillages: 80, Units: 20, Cadres: 260}
	Province = Size{Cities: 14, Counties: 9, Townships: 16, Villages: 14, RoundVillages: 12700, Units: 8000, Cadres: 35000}
)

// World is a drawn country with two rounds, of which the first has one plan and the second two.
type World struct {
	Regions  []domain.Region
	Outlines []domain.Outline
	Units    []domain.Unit
	Cadres   []domain.Cadre
	Policies []domain.PolicyVersion
	Rounds   []domain.RoundInput
	Plans    []domain.PlanDetail
	Accounts []domain.Account
}

// Day is when everything in a drawn country began.
var Day = time.Date(2023, 6, 30, 0, 0, 0, 0, time.UTC)

const specialities = 4

// Draw draws a country; the same seed and size draw the same one.
func Draw(seed uint64, size Size) *World {
	r := rand.New(rand.NewPCG(seed, 20210521)) //nolint:gosec // drawn from a seed, so that the draw can be repeated
	w := &World{}
	w.drawRegions(r, size)
	w.drawRegistry(r, size)
	w.Policies = []domain.PolicyVersion{
		{ID: "2021", Name: "2021年选派办法", Region: "430000000000", Source: "省委组织部 2021", ValidFrom: "2021-05-01"},
		{ID: "2023", Name: "2023年选派办法", Region: "430000000000", Source: "省委组织部 2023", ValidFrom: "2023-05-01",
			Values: map[string]int64{"cluster_max": 3, "year": 2023},
			Shares: []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 44}, {Level: domain.UnitCity, Attribute: "division", Percent: 32},
				{Level: domain.UnitCounty, Attribute: "rural", Percent: 26, Skill: "特长2"}, {Level: domain.UnitCounty, Attribute: "rural", Percent: 26}}},
	}
	w.Rounds = []domain.RoundInput{w.drawRound(r, size, "2021", 2021), w.drawRound(r, size, "2023", 2023)}
	w.Plans = []domain.PlanDetail{w.drawPlan(r, 0, "p1"), w.drawPlan(r, 1, "p2"), w.drawPlan(r, 1, "p3")}
	w.Plans[0].Origin, w.Plans[0].Status, w.Plans[0].Bound, w.Plans[0].TightBound = domain.PlanRecorded, "recorded", 0, 0
	w.Plans[0].Problem, w.Plans[0].Certificate = nil, nil
	w.drawAccounts()
	return w
}

func (w *World) drawRegions(r *rand.Rand, size Size) {
	w.addRegion(r, "43", "", domain.LevelProvince, "", "省", "sheng")
	for city := 1; city <= size.Cities; city++ {
		cityCode := w.addRegion(r, fmt.Sprintf("43%02d", city), "430000000000", domain.LevelCity, "prefecture_city", "市", "shi")
		for county := 1; county <= size.Counties; county++ {
			digits := fmt.Sprintf("43%02d%02d", city, county+20)
			countyCode := w.addRegion(r, digits, cityCode, domain.LevelCounty, "county", "县", "xian")
			w.Outlines = append(w.Outlines, domain.Outline{Code: countyCode, Inner: [2]float64{110 + r.Float64(), 27 + r.Float64()},
				Geometry: []byte(`{"type":"Polygon","coordinates":[]}`), Source: "drawn"})
			for township := 1; township <= size.Townships; township++ {
				townshipDigits := digits + fmt.Sprintf("%03d", 99+township)
				townshipCode := w.addRegion(r, townshipDigits, countyCode, domain.LevelTownship, "town", "镇", "zhen")
				for village := 1; village <= size.Villages; village++ {
					w.addRegion(r, townshipDigits+fmt.Sprintf("%03d", 199+village), townshipCode, domain.LevelVillage,
						domain.KindVillageCommittee, "村", "cun")
				}
			}
		}
	}
}

func (w *World) addRegion(r *rand.Rand, digits string, parent domain.Code, level domain.Level, kind domain.RegionKind, suffix, pinyin string) domain.Code {
	code, err := domain.ParseCode(digits)
	if err != nil {
		panic(err)
	}
	n := drawName(r, 2, suffix, pinyin)
	w.Regions = append(w.Regions, domain.Region{ID: int64(len(w.Regions) + 1), Code: code, Parent: parent, Level: level, Kind: kind,
		Name: n.text, Initials: n.initials, Pinyin: n.pinyin, ValidFrom: Day})
	return code
}

func (w *World) drawRegistry(r *rand.Rand, size Size) {
	levels := []domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty, domain.UnitCounty, domain.UnitCounty}
	for i := range size.Units {
		n := drawName(r, 3, "局", "ju")
		home := w.Regions[r.IntN(min(len(w.Regions), 100))].Code.At(domain.LevelCounty)
		w.Units = append(w.Units, domain.Unit{ID: fmt.Sprintf("U%05d", i), Name: n.text, Initials: n.initials, Pinyin: n.pinyin,
			Level: levels[i%len(levels)], Kind: "government", Home: home})
	}
	for i := range size.Cadres {
		n := drawName(r, 2+r.IntN(2), "", "")
		w.Cadres = append(w.Cadres, domain.Cadre{ID: fmt.Sprintf("C%06d", i), Unit: w.Units[r.IntN(len(w.Units))].ID, Name: n.text,
			Initials: n.initials, Pinyin: n.pinyin, Sex: domain.Sex([]string{"1", "2"}[r.IntN(2)]), BirthYear: 1965 + r.IntN(35),
			Politics: "party_member", Position: "科员"})
	}
}

func (w *World) drawAccounts() {
	at := func(digits string) domain.Code { c, _ := domain.ParseCode(digits); return c }
	w.Accounts = []domain.Account{
		{ID: "a1", Username: "hunan", Name: "省驻村办", Role: domain.RoleProvinceOffice, Region: at("43"), PasswordHash: "$argon2id$1", Demo: true, CreatedAt: Day},
		{ID: "a2", Username: "yixian", Name: "县驻村办", Role: domain.RoleCountyOffice, Region: at("430121"), PasswordHash: "$argon2id$2", Demo: true, CreatedAt: Day},
		{ID: "a3", Username: "real", Name: "某人", Role: domain.RoleCityOffice, Region: at("4301"), PasswordHash: "$argon2id$3", Disabled: true, CreatedAt: Day},
	}
}
