package demo

import (
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/spelling"

	"pgregory.net/rapid"
)

// crew draws people for the units of a small land: one of each level.
func crew(t testing.TB) *people {
	t.Helper()
	l := smallLand(1, 3, 5)
	r := newRegistry(t, &l)
	for _, o := range []office{
		{domain.UnitProvince, Province, "", spot{}, 1},
		{domain.UnitCity, "431200000000", "怀化市", spot{}, 1},
		{domain.UnitCounty, "431221000000", "中方县", spot{}, 1},
	} {
		r.add(o, r.tables.kinds[o.level][:1], stream(1, string(o.level)))
	}
	return &people{registry: r, spell: spelling.New()}
}

func drawWish(t *rapid.T) wish {
	maybe := func(name string) *bool {
		return rapid.SampledFrom([]*bool{nil, new(bool), pointer(true)}).Draw(t, name)
	}
	return wish{leads: rapid.Bool().Draw(t, "leads"), under40: maybe("under 40"), division: maybe("division"), rural: maybe("rural")}
}

func pointer(b bool) *bool { return &b }

// Whatever is wished for is given, and what is not wished for stays plausible.
func TestPeopleAreAsWished(t *testing.T) {
	p := crew(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWish(t)
		u := rapid.IntRange(0, 2).Draw(t, "unit")
		year := rapid.SampledFrom([]int{2021, 2023}).Draw(t, "year")
		c := p.all[p.draw(stream(rapid.Uint64().Draw(t, "seed"), "person"), u, year, w)]
		age := year - c.BirthYear
		if w.under40 != nil && *w.under40 != (age < youngBelow) {
			t.Fatalf("%d years old, under 40 wished %v", age, *w.under40)
		}
		if w.rural != nil && *w.rural != (c.RuralYears >= ruralYears || c.Skills[farming] >= ruralSkill) {
			t.Fatalf("%d rural years, farming %d, rural wished %v", c.RuralYears, c.Skills[farming], *w.rural)
		}
		province := p.units[u].Level == domain.UnitProvince
		if province && w.division != nil && (*w.division || w.leads) != (c.Grade >= division) {
			t.Fatalf("grade %d, division rank wished %v", c.Grade, *w.division)
		}
		if w.leads && (province && c.Grade < division || !province && !c.MidLevel || c.Politics != "party_member") {
			t.Fatalf("%+v may not lead", c)
		}
		if age < 23 || age > maxAge || c.Grade < 1 || c.Grade > 7 || c.Unit != p.units[u].ID || !c.Fit {
			t.Fatalf("%+v", c)
		}
		if slices.Min(c.Skills) < 0 || slices.Max(c.Skills) > 100 || len(c.Skills) != len(Specialities()) {
			t.Fatalf("skills %v", c.Skills)
		}
	})
}

func TestBirthYearsThatAreTold(t *testing.T) {
	p := crew(t)
	for seed := range uint64(200) {
		c := p.all[p.draw(stream(seed, "told"), 0, 2021, wish{leads: true, born: [2]int{1985, 1987}})]
		if c.BirthYear < 1985 || c.BirthYear > 1987 || c.Grade != division {
			t.Fatalf("born %d, grade %d", c.BirthYear, c.Grade)
		}
	}
}

func TestNobodyIsAtHomeWhereBarred(t *testing.T) {
	p := crew(t)
	barred := []domain.Code{"431221100000", "431221101000"}
	homes := map[domain.Code]int{}
	for seed := range uint64(600) {
		c := p.all[p.draw(stream(seed, "home"), 2, 2021, wish{notFrom: barred})]
		homes[c.Native]++
		if slices.Contains(barred, c.Native) {
			t.Fatalf("at home in %s", c.Native)
		}
		if c.Native != "" && c.Native.At(domain.LevelCity) != "431200000000" {
			t.Fatalf("%s is outside the city", c.Native)
		}
	}
	if homes[""] == 0 || homes["431221102000"] == 0 || homes["431222100000"] == 0 {
		t.Errorf("homes %v", homes)
	}
}

func TestPoliticsFitTheAge(t *testing.T) {
	d := stream(1, "politics")
	got := map[string]int{}
	for range 5000 {
		got[politics(d, 25, false)]++
		if p := politics(d, 45, false); p == "league_member" {
			t.Fatal("a league member of 45 years")
		}
		if politics(d, 45, true) != "party_member" {
			t.Fatal("a leader who is no party member")
		}
	}
	for _, p := range []string{"party_member", "league_member", "masses", "other_party"} {
		if got[p] == 0 {
			t.Errorf("nobody is %s: %v", p, got)
		}
	}
}

func TestStayersAreTwoYearsOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := domain.Candidate{Terms: 0, RuralYears: rapid.IntRange(0, 12).Draw(t, "years"), YoungPool: rapid.Bool().Draw(t, "pool")}
		before.BirthYear = rapid.IntRange(1966, 1998).Draw(t, "born")
		after := stayer(before, stream(rapid.Uint64().Draw(t, "seed"), "stayer"))
		if after.Terms != 1 || after.RuralYears != before.RuralYears+2 || after.Cadre != before.Cadre {
			t.Fatalf("%+v", after)
		}
		if after.YoungPool != (before.YoungPool && 2023-before.BirthYear < 40) {
			t.Fatalf("born %d, in the pool %v", before.BirthYear, after.YoungPool)
		}
	})
}

func TestAFewNomineesAreDoubtful(t *testing.T) {
	d := stream(1, "doubtful")
	unfit, old := 0, 0
	for range 20_000 {
		c := domain.Candidate{Fit: true, YoungPool: true}
		c.BirthYear = 1990
		doubtful(&c, d)
		if !c.Fit {
			unfit++
		}
		if 2023-c.BirthYear > maxAge {
			old++
			if c.YoungPool {
				t.Fatal("too old and in the pool of the young")
			}
		}
	}
	if unfit < 400 || unfit > 600 || old < 160 || old > 320 {
		t.Errorf("%d unfit, %d too old of 20000", unfit, old)
	}
}

func TestNomineesByLevel(t *testing.T) {
	d := stream(1, "nominees")
	for range 500 {
		for _, c := range []struct {
			u         unit
			teams     int
			low, high int
		}{
			{unit{lead: 3}, 0, 1, 2},
			{unit{lead: none, Unit: domain.Unit{Level: domain.UnitProvince}}, 2, 7, 8},
			{unit{lead: none, Unit: domain.Unit{Level: domain.UnitCity}}, 1, 3, 4},
			{unit{lead: none, Unit: domain.Unit{Level: domain.UnitCounty}}, 2, 4, 6},
		} {
			if n := nominees(d, c.u, c.teams); n < c.low || n > c.high {
				t.Fatalf("%s unit for %d teams nominates %d", c.u.Level, c.teams, n)
			}
		}
	}
}
