package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"jieli/internal/domain"
	"jieli/internal/store"
)

const secret = "correct horse battery"

// secretHash is a hash with the least parameters, which stand in it: the tests sign in often, and hashing is slow on
// purpose.
var secretHash = func() string {
	salt, plain := []byte("a salt for tests"), base64.RawStdEncoding
	digest := argon2.IDKey([]byte(secret), salt, 1, 8, 1, 32)
	return "$argon2id$v=19$m=8,t=1,p=1$" + plain.EncodeToString(salt) + "$" + plain.EncodeToString(digest)
}()

// The divisions of the fixture: two provinces; the first has two cities, and its first city two counties.
const (
	province      = domain.Code("430000000000")
	city          = domain.Code("430100000000")
	county        = domain.Code("430101000000")
	township      = domain.Code("430101001000")
	township2     = domain.Code("430101002000")
	sisterCounty  = domain.Code("430102000000")
	sisterCity    = domain.Code("430200000000")
	otherCounty   = domain.Code("430201000000")
	otherProvince = domain.Code("420000000000")
	foreignCounty = domain.Code("420101000000")
)

var fixtureRegions = []struct {
	code         domain.Code
	name, pinyin string
}{
	{province, "湘省", "xiangsheng"}, {city, "甲市", "jiashi"}, {county, "子县", "zixian"}, {township, "东乡", "dongxiang"},
	{township2, "西乡", "xixiang"}, {sisterCounty, "丑县", "chouxian"}, {"430102001000", "南乡", "nanxiang"},
	{sisterCity, "乙市", "yishi"}, {otherCounty, "寅县", "yinxian"}, {"430201001000", "北乡", "beixiang"},
	{otherProvince, "鄂省", "esheng"}, {"420100000000", "丙市", "bingshi"}, {foreignCounty, "卯县", "maoxian"}, {"420101001000", "中乡", "zhongxiang"},
}

// fixtureVillages belong to the round of their province.
var fixtureVillages = []struct {
	code     domain.Code
	name     string
	category domain.Category
	x, y     int64
}{
	{"430101001201", "第一村", domain.CategoryKey, 0, 0},
	{"430101001202", "第二村", domain.CategoryDemonstration, 3000, 4000},
	{"430101002201", "第三村", domain.CategoryDemonstration, 4000, 4000},
	{"430102001201", "第四村", domain.CategoryConsolidated, 9000, 9000},
	{"430201001201", "第五村", domain.CategoryWeak, 20000, 0},
	{"430201001202", "第六村", domain.CategoryConsolidated, 30000, 0},
	{"420101001201", "远村", domain.CategoryKey, 0, 0},
}

var fixtureAccounts = []struct {
	username string
	role     domain.AccountRole
	region   domain.Code
	disabled bool
}{
	{"province", domain.RoleProvinceOffice, province, false},
	{"city", domain.RoleCityOffice, city, false},
	{"county", domain.RoleCountyOffice, county, false},
	{"sister", domain.RoleCountyOffice, sisterCounty, false},
	{"township", domain.RoleTownshipOffice, township, false},
	{"foreign", domain.RoleProvinceOffice, otherProvince, false},
	{"gone", domain.RoleCountyOffice, county, true},
	{"stranger", domain.AccountRole("auditor"), province, false}, // a role that the table does not know
}

// crowd is how many more accounts there are, user0, user1, …, to guess at.
const crowd = 20

// fill puts the fixture into an empty store.
func fill(t testing.TB, s *store.Store) {
	t.Helper()
	steps := []func(*store.Tx) error{
		insertRegions, insertOutlines, insertRegistry, insertAccounts,
		func(tx *store.Tx) error { return insertRound(tx, "2023", "43", province) },
		func(tx *store.Tx) error { return insertRound(tx, "e2023", "42", otherProvince) },
		func(tx *store.Tx) error { return store.InsertPlan(tx, homePlan()) },
		func(tx *store.Tx) error { return store.InsertPlan(tx, foreignPlan()) },
		func(tx *store.Tx) error { return store.SetRoundPlan(tx, "2023", "p1") },
		insertJobs, insertRecords,
	}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for _, step := range steps {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func insertRegions(tx *store.Tx) error {
	var regions []domain.Region
	add := func(code domain.Code, name, pinyin string, kind domain.RegionKind) {
		r := domain.Region{
			ID: int64(len(regions) + 1), Code: code, Level: code.Level(), Kind: kind, Name: name, Initials: pinyin[:1], Pinyin: pinyin,
			ValidFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		}
		if r.Level != domain.LevelProvince {
			r.Parent = code.At(map[domain.Level]domain.Level{
				domain.LevelCity: domain.LevelProvince, domain.LevelCounty: domain.LevelCity,
				domain.LevelTownship: domain.LevelCounty, domain.LevelVillage: domain.LevelTownship,
			}[r.Level])
		}
		regions = append(regions, r)
	}
	for _, r := range fixtureRegions {
		add(r.code, r.name, r.pinyin, "")
	}
	for _, v := range fixtureVillages {
		add(v.code, v.name, "cun", domain.KindVillageCommittee)
	}
	return store.InsertRegions(tx, regions)
}

func insertOutlines(tx *store.Tx) error {
	square := []byte(`{"type":"Polygon","coordinates":[[[112.5,28.25],[113,28.25],[113,28.75],[112.5,28.25]]]}`)
	var outlines []domain.Outline
	for _, code := range []domain.Code{county, sisterCounty, otherCounty, foreignCounty} {
		outlines = append(outlines, domain.Outline{Code: code, Inner: [2]float64{112.8, 28.5}, Geometry: square, Source: "a test"})
	}
	return store.InsertOutlines(tx, outlines)
}

func fixtureUnits() []domain.Unit {
	return []domain.Unit{
		{ID: "U1", Name: "省厅", Initials: "st", Pinyin: "shengting", Level: domain.UnitProvince, Kind: "government", Home: province},
		{ID: "U2", Name: "县局", Initials: "xj", Pinyin: "xianju", Level: domain.UnitCounty, Kind: "bank", Home: county},
		{ID: "E1", Name: "鄂厅", Initials: "et", Pinyin: "eting", Level: domain.UnitProvince, Kind: "government", Home: otherProvince},
	}
}

func fixtureCadres() []domain.Cadre {
	var cadres []domain.Cadre
	for _, c := range [][3]string{
		{"C1", "U1", "张一"}, {"C2", "U1", "李二"}, {"C3", "U2", "王三"}, {"C4", "U2", "赵四"}, {"C5", "U1", "孙五"}, {"E1", "E1", "周六"},
	} {
		cadres = append(cadres, domain.Cadre{
			ID: c[0], Unit: c[1], Name: c[2], Initials: "x", Pinyin: "xing", Sex: "1", BirthYear: 1985, Politics: "party_member", Position: "科长",
		})
	}
	return cadres
}

// insertJobs inserts a job of the county that has ended, and one of the other province that has.
func insertJobs(tx *store.Tx) error {
	for _, j := range []domain.Job{{ID: "j1", Region: county, Owner: "a-county"}, {ID: "e-j1", Region: foreignCounty, Owner: "a-foreign"}} {
		j.Kind, j.Args = "test.count", `{"villages":3}`
		if err := store.InsertJob(tx, j); err != nil {
			return err
		}
		if _, _, err := store.TakeJob(tx, []string{j.Kind}, time.Minute); err != nil {
			return err
		}
		end := store.JobEnd{State: domain.JobFailed, Progress: `{"percent":50}`, Failure: "job.gave_up", Params: `{"attempts":3}`}
		if _, err := store.EndJob(tx, j.ID, 1, end); err != nil {
			return err
		}
	}
	return nil
}

func insertRegistry(tx *store.Tx) error {
	if err := store.InsertUnits(tx, fixtureUnits()); err != nil {
		return err
	}
	return store.InsertCadres(tx, fixtureCadres())
}

func insertAccounts(tx *store.Tx) error {
	var accounts []domain.Account
	for _, a := range fixtureAccounts {
		accounts = append(accounts, domain.Account{
			ID: "a-" + a.username, Username: a.username, Name: "名" + a.username, Role: a.role, Region: a.region,
			PasswordHash: secretHash, Disabled: a.disabled, CreatedAt: tx.Now(),
		})
	}
	for i := range crowd {
		name := fmt.Sprintf("user%d", i)
		accounts = append(accounts, domain.Account{
			ID: "a-" + name, Username: name, Name: name, Role: domain.RoleCountyOffice, Region: county, PasswordHash: secretHash, CreatedAt: tx.Now(),
		})
	}
	return store.InsertAccounts(tx, accounts)
}

// insertRound inserts the round of the province whose codes begin with the digits.
func insertRound(tx *store.Tx, id, digits string, issuer domain.Code) error {
	policy := domain.PolicyVersion{
		ID: "policy-" + id, Name: "选派办法", Region: issuer, Source: "湘组发〔2023〕1号", ValidFrom: "2023-05-01",
		Values: map[string]int64{"year": 2023},
		Shares: []domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 50}},
	}
	if err := store.InsertPolicy(tx, policy); err != nil {
		return err
	}
	in := domain.RoundInput{
		Round: domain.Round{
			ID: id, Name: "二〇二三年轮次", FromYear: 2023, ToYear: 2025, Status: domain.RoundPlanning, Headcount: 24021,
			Specialities: []string{"farming", "law"}, Policy: policy.ID,
		},
		Policy: policy,
	}
	for _, v := range fixtureVillages {
		if string(v.code[:2]) == digits {
			in.Villages = append(in.Villages, domain.RoundVillage{
				Code: v.code, Name: v.name, Category: v.category, X: v.x, Y: v.y, Difficulty: 40, Needs: domain.Skills{80, 0},
			})
		}
	}
	for _, u := range fixtureUnits() {
		if string(u.Home[:2]) == digits {
			in.Units = append(in.Units, domain.RoundUnit{
				Unit: u, Region: issuer, Strength: 70, Skills: domain.Skills{60, 30}, MinTeams: 1, MaxTeams: 4,
			})
		}
	}
	for _, c := range fixtureCadres() {
		if (c.ID[0] == 'E') == (digits == "42") {
			in.Candidates = append(in.Candidates, domain.Candidate{
				Cadre: c, Grade: 6, MidLevel: true, Fit: true, RuralYears: 3, Skills: domain.Skills{50, 0},
			})
		}
	}
	return store.InsertRound(tx, in)
}

func fixtureTeam(id, unit, leader string, villages ...int) domain.Team {
	team := domain.Team{
		ID: id, Unit: unit, Members: []domain.TeamMember{{Cadre: leader, Role: domain.RoleLeader, Match: 50}},
		Parts: domain.ScoreParts{UnitMatch: 180, UnitDistance: -10, MemberMatch: 500, LeaderGrade: 48},
	}
	for _, i := range villages {
		v := fixtureVillages[i]
		team.County = v.code.At(domain.LevelCounty)
		team.Villages = append(team.Villages, domain.TeamVillage{Code: v.code, Category: v.category, Match: 60})
	}
	return team
}

// homePlan serves five of the six villages; team T2 serves two villages of different townships.
func homePlan() domain.PlanDetail {
	teams := []domain.Team{
		fixtureTeam("T1", "U1", "C1", 0), fixtureTeam("T2", "U2", "C3", 1, 2), fixtureTeam("T3", "U2", "C4", 3), fixtureTeam("T4", "U1", "C2", 4),
	}
	teams[0].Members = append(teams[0].Members, domain.TeamMember{Cadre: "C5", Role: domain.RoleMember, Match: 40})
	packed, certificate := homeArchives(teams)
	return domain.PlanDetail{
		Problem: packed, Certificate: certificate,
		Plan: domain.Plan{
			ID: "p1", Round: "2023", Name: "第一稿", Origin: domain.PlanSolved, Policy: "policy-2023", Status: "optimal",
			Score: 2000, Bound: 5000, TightBound: 2500, Teams: 4, Members: 5, Unserved: 1, Seconds: 1.5, ProblemDigest: "ab12",
			CreatedBy: "a-province", CreatedAt: time.Date(2023, 5, 2, 8, 0, 0, 0, time.UTC),
		},
		Teams: teams,
		Unserved: []domain.Unserved{{
			Village: "430201001202", Category: domain.CategoryConsolidated, Reason: "test.no_unit", Params: map[string]int64{"units": 3},
		}},
	}
}

func foreignPlan() domain.PlanDetail {
	return domain.PlanDetail{
		Plan: domain.Plan{
			ID: "e1", Round: "e2023", Name: "鄂稿", Origin: domain.PlanRecorded, Policy: "policy-e2023", Status: "recorded",
			Teams: 1, Members: 1, CreatedBy: "a-foreign", CreatedAt: time.Date(2023, 5, 3, 8, 0, 0, 0, time.UTC),
		},
		Teams: []domain.Team{fixtureTeam("E1", "E1", "E1", 6)},
	}
}
