package problem_test

import (
	"math/big"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
)

// TestScorePartsByHand works out dispatch contract §3 for teams of the small problem with pen and paper.
func TestScorePartsByHand(t *testing.T) {
	p := small(t).problem(t)
	for _, c := range []struct {
		unit, villages, members string
		want                    domain.ScoreParts
	}{
		// match(village, P1) = 100·(90·95+20·30)/110 = 8318; √(10000²+20000²) = 22360 m = 22 km; served it last round
		// match(village, A01) = 100·(90·90+20·40)/110 = 8090, A02 5818, A04 6090; rural 5, 0, 0 years; A02 is in the young pool
		{"P1", "430102001201", "A01;A02;A04", domain.ScoreParts{
			UnitMatch: 30 * 8318, UnitPrior: 120_000, UnitStrength: 900 * 90 * 80 / 100, UnitDistance: -150 * 22,
			MemberMatch: 10 * (8090 + 5818 + 6090), MemberRural: 3000 * 5, MemberYoung: 15_000, LeaderGrade: 8000 * 7}},
		// match(first, K1) = 100·(60·80+30·20)/90 = 6000; √(0²+8500²) = 8 km; strength 65·25·900/100 = 14625
		// further: village 201: match 8000, prior, 900·65·20/100 = 11700, √(1000²+8000²) = 8062 m: 8 km
		//          village 203: match 100·(80·80+10·20)/90 = 7333, 900·65·30/100 = 17550, √(1000²+9000²) = 9055 m: 9 km
		{"K1", "430102002202;430102002201;430102002203", "D01;D03", domain.ScoreParts{
			UnitMatch: 30 * 6000, UnitStrength: 14_625, UnitDistance: -150 * 8,
			Further:     (30*8000+120_000+11_700-150*8)*60/100 + (30*7333+17_550-150*9)*60/100,
			MemberMatch: 10 * (100*(60*85+30*30)/90 + 100*(60*70+30*20)/90), MemberRural: 3000 * (8 + 2), MemberYoung: 15_000, LeaderGrade: 8000 * 4}},
		// rural years count up to 10: B01 has 12
		{"C1", "430102001202", "B01", domain.ScoreParts{
			UnitMatch: 30 * (100 * (10*20 + 95*90) / 105), UnitStrength: 900 * 70 * 60 / 100, UnitDistance: -150 * 10,
			MemberMatch: 10 * (100 * (10*20 + 95*95) / 105), MemberRural: 3000 * 10, LeaderGrade: 8000 * 5}},
	} {
		if got := p.Parts(team(t, p, "T", c.unit, c.villages, c.members)); got != c.want {
			t.Errorf("%s at %s:\ngot  %+v\nwant %+v", c.unit, c.villages, got, c.want)
		}
	}
}

func TestPenaltiesByHand(t *testing.T) {
	p := small(t).problem(t)
	plan := goodPlan(t, p)
	got := p.Score(plan)
	if got.Unserved != 4_000_000 { // the key village 430103001202
		t.Errorf("unserved %d", got.Unserved)
	}
	if got.MinTeams != 500_000 { // C2 owes a team
		t.Errorf("min teams %d", got.MinTeams)
	}
	// Province, 3 members: under 40 only A02 and A04 (1985, 1988): 132 − 200 < 0. Division: A01, A02: 96 − 200 < 0.
	// County rural, members D01 (8 years), D03 (2 years), E01 (10), F01 (5), G01 (7): none short.
	if got.Shares != 0 {
		t.Errorf("shares %d", got.Shares)
	}
	plan[0] = team(t, p, "T1", "P1", "430102001201", "A01;A03;A04") // division: 96 − 100 < 0; under 40: A03, A04
	plan[2] = team(t, p, "T3", "K1", "430102002202", "D01")
	if got := p.Score(plan); got.Shares != 0 || got.Unserved != 4_000_000+2*2_500_000 {
		t.Errorf("%+v", got)
	}
	if got := p.Score(nil); got.Total() != -(2*4_000_000+3_000_000+3*2_500_000+2*2_000_000)-5*500_000 {
		t.Errorf("no team at all: %+v", got)
	}
}

func TestShareShortfallByHand(t *testing.T) {
	f := small(t)
	f["shares.csv"] = "level,attribute,percent,skill\nprovince,under40,44,\nprovince,division,80,\nprovince,rural,100,farming\nprovince,rural,100,\n"
	p := f.problem(t)
	plan := goodPlan(t, p)[:1] // A01 (43 years, grade 7, 5 rural years), A02 (36, 6, 0, farming 60), A04 (33, 5, 0, farming 70)
	// under 40: 132 − 200; division: 240 − 200 = 40; rural or farming: 300 − 300; rural years only: 300 − 100 = 200
	if got := p.Score(plan).Shares; got != 2000*(40+200) {
		t.Errorf("%d", got)
	}
}

// TestFurtherVillagesNeverCost holds where the way is so far that a further village alone would be worth less than nothing.
func TestFurtherVillagesNeverCost(t *testing.T) {
	p := small(t).policy("w_unit_distance", 1_000_000).problem(t)
	parts := p.Parts(team(t, p, "T", "K1", "430102002202;430102002201", "D01;D03"))
	if parts.Further != 0 || parts.UnitDistance != -8_000_000 {
		t.Errorf("%+v", parts)
	}
}

// TestDistanceIsExact compares with roots of any size, and the cap of 500 km.
func TestDistanceIsExact(t *testing.T) {
	f := small(t).without("pins.csv").policy("w_unit_distance", 1)
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(-1_000_000_000, 1_000_000_000).Draw(t, "x")
		y := rapid.OneOf(rapid.Int64Range(-1_000_000_000, 1_000_000_000), rapid.Just(int64(4)), rapid.Int64Range(-300_000, 300_000)).Draw(t, "y")
		p, faults := placed(f, x, y).decode()
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		dx, dy := big.NewInt(x-60_500), big.NewInt(y-2_500)
		square := new(big.Int).Add(new(big.Int).Mul(dx, dx), new(big.Int).Mul(dy, dy))
		want := min(new(big.Int).Sqrt(square).Int64()/1000, 500)
		for _, d := range p.Detail(goodTeamOfK4()) {
			if d.Parts.UnitDistance != -want {
				t.Fatalf("%d m by %d m: %d km, not %d", x-60_500, y-2_500, -d.Parts.UnitDistance, want)
			}
		}
	})
}

func TestMatchIsCutToWholeHundredths(t *testing.T) {
	p := small(t).problem(t)
	d := p.Detail(goodPlan(t, p))[0]
	if d.Villages[0].Match != 83 || d.Members[0].Match != 80 || d.Members[0].Role != domain.RoleLeader || d.Members[1].Role != domain.RoleMember {
		t.Errorf("%+v", d)
	}
	if d.County != "430102000000" || d.Unit != "P1" || d.ID != "T1" {
		t.Errorf("%+v", d)
	}
}

func TestRecordedPlan(t *testing.T) {
	p := small(t).problem(t)
	plan := p.Recorded(goodPlan(t, p))
	if plan.Origin != domain.PlanRecorded || plan.Status != "recorded" || plan.Bound != 0 || plan.Plan.Teams != 5 || plan.Members != 11 || plan.Plan.Unserved != 1 {
		t.Errorf("%+v", plan.Plan)
	}
	if plan.Score != p.Score(goodPlan(t, p)).Total() || len(plan.Unserved) != 1 || len(plan.Teams) != 5 {
		t.Errorf("%+v", plan.Plan)
	}
}

// placed puts the village that K4 serves elsewhere.
func placed(f folder, x, y int64) folder {
	out := folder{}
	for name, data := range f {
		out[name] = data
	}
	rows := out["villages.csv"]
	out["villages.csv"] = replaceOnce(rows, "consolidated,60000,2000", "consolidated,"+strconv.FormatInt(x, 10)+","+strconv.FormatInt(y, 10))
	return out
}
