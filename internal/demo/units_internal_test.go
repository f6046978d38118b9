package demo

import (
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/spelling"

	"pgregory.net/rapid"
)

func newRegistry(t testing.TB, l *land) *registry {
	t.Helper()
	return &registry{land: l, tables: mustTables(t), spell: spelling.New(), seed: 1}
}

func TestOfficesNameTheirUnits(t *testing.T) {
	for _, c := range []struct{ office, pattern, want string }{
		{"沅陵县", "{p}委组织部", "沅陵县委组织部"}, {"怀化市", "中国农业银行{s}分行", "中国农业银行怀化分行"},
		{"湘西州", "国网{s}供电公司", "国网湘西供电公司"}, {"武陵区", "共青团{p}委", "共青团武陵区委"}, {"", "湖南农业大学", "湖南农业大学"},
	} {
		if got := (office{name: c.office}).unitName(unitKind{name: c.pattern}); got != c.want {
			t.Errorf("%s in %s is %s, want %s", c.pattern, c.office, got, c.want)
		}
	}
}

func TestDrawnUnitsKeepTheirBounds(t *testing.T) {
	kinds := mustTables(t).kinds
	s := spelling.New()
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.SampledFrom(unitLevels).Draw(t, "level")
		k := rapid.SampledFrom(kinds[level]).Draw(t, "kind")
		o := office{level, "431222000000", "沅陵县", spot{1000, 2000}, 500}
		u := o.drawUnit(k, stream(rapid.Uint64().Draw(t, "seed"), "unit"), s)
		bounds := strengths[level][k.standing]
		if u.strength < bounds[0] || u.strength > bounds[1] || u.at.x < 500 || u.at.x > 1500 || u.at.y < 1500 || u.at.y > 2500 {
			t.Fatalf("unit %+v", u)
		}
		if u.skills[k.speciality] < 65 || u.skills[k.too] < 40 || slices.Max(u.skills) > 100 || slices.Min(u.skills) < 0 {
			t.Fatalf("%s (%s) has the skills %v", u.Name, k.name, u.skills)
		}
	})
}

func TestChosenKinds(t *testing.T) {
	kinds := mustTables(t).kinds[domain.UnitCounty]
	wanted := func(k unitKind) bool { return k.name == "{p}志愿服务中心" }
	for n := range len(kinds) + 5 {
		chosen := chooseKinds(kinds, n, stream(uint64(n), "kinds"), wanted)
		if len(chosen) != min(n, len(kinds)) {
			t.Fatalf("%d chosen of %d", len(chosen), n)
		}
		if n > 0 && !slices.ContainsFunc(chosen, wanted) {
			t.Errorf("%d chosen without the wanted one", n)
		}
		lowest, missed := highestStanding, 0
		for _, k := range kinds {
			switch {
			case wanted(k):
			case slices.Contains(chosen, k):
				lowest = min(lowest, k.standing)
			default:
				missed = max(missed, k.standing)
			}
		}
		if n > 1 && missed > lowest {
			t.Errorf("%d chosen: one of standing %d, but not all of standing %d", n, lowest, missed)
		}
	}
}

// A unit that joins another leads nothing and is joined by nobody.
func TestJoinsAreOneStepDeep(t *testing.T) {
	l := smallLand(1, 2, 6)
	rapid.Check(t, func(t *rapid.T) {
		r := &registry{land: &l}
		n := rapid.IntRange(2, 60).Draw(t, "units")
		for i := range n {
			r.units = append(r.units, unit{lead: none, capacity: 1, reserved: i == 0})
		}
		r.join(0, n, rapid.Float64Range(0, 1).Draw(t, "share"), stream(rapid.Uint64().Draw(t, "seed"), "join"), func(u unit) bool { return u.reserved })
		joined := 0
		for i, u := range r.units {
			if u.lead == none {
				continue
			}
			joined++
			if host := r.units[u.lead]; host.lead != none || host.reserved || u.capacity != 0 || len(u.joined) > 0 || !slices.Contains(host.joined, i) {
				t.Fatalf("unit %d joins %d: %+v, %+v", i, u.lead, u, host)
			}
		}
		if r.units[0].lead != none || len(r.leads(0, n)) != n-joined {
			t.Fatal("a unit that is kept has joined, or leads are counted wrongly")
		}
	})
}

// Strong units can take the key villages, and no more units are raised than that needs.
func TestStrengthenIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &registry{}
		n := rapid.IntRange(1, 30).Draw(t, "units")
		capacity, before := 0, 0
		for range n {
			u := unit{strength: rapid.IntRange(10, 80).Draw(t, "strength"), capacity: rapid.IntRange(1, 3).Draw(t, "capacity"), lead: none}
			capacity += u.capacity
			if u.strength >= strongMin {
				before += u.capacity
			}
			r.units = append(r.units, u)
		}
		keys := rapid.IntRange(0, capacity).Draw(t, "keys")
		r.strengthen(r.leads(0, n), keys, strongMin)
		strong := 0
		for _, u := range r.units {
			if u.strength >= strongMin {
				strong += u.capacity
			}
			if u.strength > 100 {
				t.Fatalf("strength %d", u.strength)
			}
		}
		if strong < keys || before >= keys && strong != before || strong > max(before, keys+2) {
			t.Fatalf("strong units can take %d of %d key villages, before %d", strong, keys, before)
		}
	})
}

func TestProvinceLeadsAsManyTeamsAsItSends(t *testing.T) {
	l := smallLand(1, 2, 6)
	for seed := range uint64(20) {
		r := newRegistry(t, &l)
		r.seed = seed
		from, to := r.drawProvince()
		capacity := 0
		for _, u := range r.units[from:to] {
			capacity += u.capacity
			if u.reserved && (u.lead != none || u.capacity != 1 || len(u.joined) > 0) {
				t.Errorf("seed %d: %s of the report: %+v", seed, u.Name, u)
			}
			if inReport(u.Name) && u.lead != none {
				t.Errorf("seed %d: %s joins another", seed, u.Name)
			}
		}
		if capacity != provincialTeams {
			t.Errorf("seed %d: units for %d teams", seed, capacity)
		}
	}
}

func TestCountyUnitsFitTheirTeams(t *testing.T) {
	l := smallLand(1, 2, 6)
	for _, c := range []struct{ teams, keys int }{{0, 0}, {1, 1}, {3, 0}, {40, 12}, {90, 60}, {260, 80}} {
		r := newRegistry(t, &l)
		from, to := r.drawCounty(0, c.teams, c.keys, strongMin)
		all, strong := 0, 0
		for _, u := range r.units[from:to] {
			all += u.capacity
			if u.strength >= strongMin {
				strong += u.capacity
			}
		}
		if all < c.teams || strong < c.keys || c.teams == 0 && to > from {
			t.Errorf("%d teams, %d of them key: units for %d and %d", c.teams, c.keys, all, strong)
		}
	}
}
