package demo

import (
	"slices"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"

	"pgregory.net/rapid"
)

func TestNeedsNow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		needs := make(domain.Skills, len(Specialities()))
		for i := range needs {
			needs[i] = rapid.SampledFrom([]int{0, 1, 20, 50, 100}).Draw(t, "need")
		}
		s := servedBy{category: rapid.SampledFrom(allCategories).Draw(t, "category"), drift: rapid.IntRange(0, 8).Draw(t, "drift")}
		now := needsNow(needs, s, stream(rapid.Uint64().Draw(t, "seed"), "needs"))
		weak := s.category == domain.CategoryWeak
		for k := range needs {
			moved := now[k] - needs[k]
			switch {
			case k == 0 && weak:
				if now[0] < 80 || now[0] > 100 {
					t.Fatalf("a weak village needs party building by %d", now[0])
				}
			case needs[k] == 0 && now[k] != 0 || moved > s.drift || moved < -s.drift || now[k] < 0 || now[k] > 100 || needs[k] > 0 && now[k] == 0:
				t.Fatalf("need %d became %d, drift %d", needs[k], now[k], s.drift)
			}
		}
	})
}

func TestFollowingCategoriesAreShares(t *testing.T) {
	for before, weights := range follows {
		if sum(weights) != 100 || len(weights) != len(following) {
			t.Errorf("after %q: %v", before, weights)
		}
	}
	if len(follows) != len(allCategories)+1 {
		t.Errorf("%d categories are followed", len(follows))
	}
}

func TestRoundVillagesNameOnlyServedNeighbours(t *testing.T) {
	l := smallLand(1, 4, 10)
	served := map[int]servedBy{}
	for i := range l.places {
		if i%3 != 0 {
			served[i] = servedBy{category: domain.CategoryKey, prior: "U1"}
		}
	}
	villages := roundVillages(&l, served, stream(1, "villages"))
	byCode := map[domain.Code]domain.RoundVillage{}
	for i, v := range villages {
		byCode[v.Code] = v
		if i > 0 && villages[i-1].Code >= v.Code {
			t.Fatal("villages are not in order")
		}
	}
	for _, v := range villages {
		if v.PriorUnit != "U1" || v.Difficulty < 58 || v.Difficulty > 98 {
			t.Errorf("village %+v", v)
		}
		for _, n := range v.Neighbours {
			other, there := byCode[n]
			if !there || !slices.Contains(other.Neighbours, v.Code) {
				t.Errorf("%s is adjacent to %s, which is not served or does not say so", v.Code, n)
			}
		}
	}
	if len(villages) != len(served) {
		t.Errorf("%d villages of %d", len(villages), len(served))
	}
}

func TestUnitsOfTheNextRound(t *testing.T) {
	n := next{inForce: &inForce{registry: &registry{units: []unit{
		{Unit: domain.Unit{ID: "P", Level: domain.UnitProvince}, area: Province, lead: none, teams: []int{0}},
		{Unit: domain.Unit{ID: "C", Level: domain.UnitCity}, area: "431200000000", lead: none, teams: []int{1, 2}},
		{Unit: domain.Unit{ID: "K", Level: domain.UnitCounty}, area: "431222000000", lead: none},
		{Unit: domain.Unit{ID: "J", Level: domain.UnitCounty}, area: "431222000000", lead: 2},
	}}}}
	for seed := range uint64(50) {
		d := stream(seed, "units")
		for i, want := range []struct{ least, most, max int64 }{{1, 1, 2}, {0, 1, 3}, {1, 1, 2}, {0, 0, 0}} {
			u := n.unit(i, d)
			if u.MinTeams < want.least || u.MinTeams > want.most || u.MaxTeams > want.max || u.MinTeams > u.MaxTeams || u.Region != n.units[i].area {
				t.Fatalf("unit %s: %+v", u.ID, u)
			}
			if (u.LeadUnit == "K") != (i == 3) || i == 1 && u.MaxTeams < 2 {
				t.Fatalf("unit %s joins %q with %d teams", u.ID, u.LeadUnit, u.MaxTeams)
			}
		}
	}
}

func TestPoliciesKeepTheCatalogue(t *testing.T) {
	for _, p := range policies() {
		for _, err := range policy.Check(p) {
			t.Errorf("%s: %v", p.ID, err)
		}
		if p.Source == "" || p.Name == "" || p.Region != Province || len(p.Shares) != 3 {
			t.Errorf("policy %+v", p)
		}
	}
	for key, want := range map[string]int64{"strong_min": strongMin, "max_age": maxAge, "leader_min_grade_province": division} {
		if value, known := policy.Default(key); !known || value != want {
			t.Errorf("the draw takes %s to be %d, the catalogue says %d", key, want, value)
		}
	}
	for _, c := range allCategories {
		least, _ := policy.Default(policy.SizeMinKey(c))
		most, _ := policy.Default(policy.SizeMaxKey(c))
		if s := sizes[c]; int64(s.least) != least || int64(s.most) != most {
			t.Errorf("%s teams are drawn with %d to %d people, the catalogue says %d to %d", c, s.least, s.most, least, most)
		}
	}
}
