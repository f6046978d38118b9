package problem

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"jieli/internal/dispatch/spread"
	"jieli/internal/domain"
	"jieli/internal/solver"
)

func loadSmall(t *testing.T, more ...string) *Problem {
	t.Helper()
	p, faults := Load("testdata/small")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	p.Policy = Policy{}
	for name, value := range DefaultPolicy() {
		p.Policy[name] = value
	}
	for _, setting := range more {
		var value int64
		name, text, _ := strings.Cut(setting, "=")
		if _, err := fmt.Sscan(text, &value); err != nil {
			t.Fatal(err)
		}
		p.Policy[name] = value
	}
	p.build()
	return p
}

// brief is the teams as "unit villages members", by the last digits of codes.
func brief(p *Problem, teams []Team) string {
	list := make([]string, 0, len(teams))
	for _, t := range p.Former(teams) {
		villages := make([]string, len(t.Villages))
		for i, code := range t.Villages {
			villages[i] = string(code)[6:]
		}
		list = append(list, t.Unit+" "+strings.Join(villages, ";")+" "+strings.Join(t.Members, ";"))
	}
	return strings.Join(list, " | ")
}

func old(unit, villages, members string) FormerTeam {
	t := FormerTeam{ID: "X", Unit: unit}
	for _, code := range strings.Split(villages, ";") {
		t.Villages = append(t.Villages, domain.Code("430102"+code))
	}
	if members != "" {
		t.Members = strings.Split(members, ";")
	}
	return t
}

func TestAnEarlierPlanIsMended(t *testing.T) {
	for name, c := range map[string]struct {
		former []FormerTeam
		policy []string
		want   string
	}{
		"as it was":               {[]FormerTeam{old("P1", "001201", "A01;A02;A04")}, nil, "P1 001201 A01;A02;A04"},
		"a member is gone":        {[]FormerTeam{old("P1", "001201", "A01;A02;Z9;A04")}, nil, "P1 001201 A01;A02;A04"},
		"filled to the least":     {[]FormerTeam{old("K1", "001201", "D01")}, []string{"avoid_native=0"}, "K1 001201 D01;D03;D02"},
		"the leader is gone":      {[]FormerTeam{old("C1", "001202", "Z9;B03")}, nil, "C1 001202 B01;B03"},
		"a member leads then":     {[]FormerTeam{old("C1", "001202", "Z9;B03;B04")}, nil, "C1 001202 B04;B03"},
		"who is pinned comes":     {[]FormerTeam{old("K2", "002204", "F01")}, nil, "K2 002204 E01;F01"},
		"a unit that is gone":     {[]FormerTeam{old("P9", "001201", "A01;A02;A04")}, nil, ""},
		"a unit that may not":     {[]FormerTeam{old("K2", "001201", "E01;F01;F02")}, nil, ""},
		"a pin is against it":     {[]FormerTeam{old("K1", "001202", "D01;D03")}, nil, ""},
		"no people":               {[]FormerTeam{old("C2", "001202", "C01;C02")}, nil, ""},
		"a village is gone":       {[]FormerTeam{old("K1", "002202;009999;002201", "D01;D03")}, nil, "K1 002202;002201 D01;D03"},
		"the first is gone":       {[]FormerTeam{old("K1", "009999;002201", "D01;D03")}, nil, "K1 002201 D01;D03"},
		"clusters are off":        {[]FormerTeam{old("K1", "002202;002201", "D01;D03")}, []string{"cluster_max=1"}, ""},
		"smaller teams":           {[]FormerTeam{old("P1", "001201", "A01;A02;A04")}, []string{"size_min_key=1", "size_max_key=2"}, "P1 001201 A01;A02"},
		"a village twice":         {[]FormerTeam{old("P1", "001201", "A01;A02;A04"), old("K1", "001201", "D01;D03;D04")}, nil, "P1 001201 A01;A02;A04"},
		"a candidate twice":       {[]FormerTeam{old("C1", "001202", "B01;B03"), old("C1", "001201", "B01;B02;B04")}, []string{"avoid_native=0"}, "C1 001202 B01;B03 | C1 001201 B02;B04;B06"},
		"too many teams":          {[]FormerTeam{old("P1", "001201", "A01;A02;A04"), old("P1", "001202", "A03")}, nil, "P1 001201 A01;A02;A04"},
		"nobody stood in it":      {[]FormerTeam{old("C1", "001202", "")}, nil, "C1 001202 B01;B04"},
		"those who fail set free": {[]FormerTeam{old("K1", "001201", "D01;D02;Z9"), old("K1", "002201", "Z9;Z8")}, []string{"size_min_key=5"}, "K1 002201 D01;D03"},
	} {
		p := loadSmall(t, c.policy...)
		p.Pins = append([]domain.Pin{}, p.Pins...)
		teams := p.mended(c.former)
		if got := brief(p, teams); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
		if faults := p.Check(teams); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestWhatIsKept(t *testing.T) {
	p := loadSmall(t, "keep=10")
	team := func(unit, villages, members string) Team {
		mended := p.mended([]FormerTeam{old(unit, villages, members)})
		if len(mended) != 1 {
			t.Fatalf("%s %s %s is no team", unit, villages, members)
		}
		return mended[0]
	}
	for name, c := range map[string]struct {
		former FormerTeam
		now    Team
		teams  int
		people int
	}{
		"all":                  {old("C1", "001202", "B01;B03"), team("C1", "001202", "B01;B03"), 1, 2},
		"another leads":        {old("C1", "001202", "B01;B02"), team("C1", "001202", "B02;B01"), 1, 2},
		"one left":             {old("C1", "001202", "B01;B02;B03"), team("C1", "001202", "B01;B03"), 1, 2},
		"another village":      {old("C1", "001202", "B01;B02;B03"), team("C1", "001201", "B01;B02;B03"), 0, 0},
		"another unit":         {old("K9", "001202", "B01;B02"), team("C1", "001202", "B01;B02"), 0, 2},
		"one village less":     {old("K1", "002202;002201;002203", "D01;D03"), team("K1", "002202;002201", "D01;D03"), 0, 2},
		"one that is gone":     {old("K1", "002202;002201;009999", "D01;D03"), team("K1", "002202;002201", "D01;D03"), 0, 2},
		"another one first":    {old("K1", "002202;002201", "D01;D03"), team("K1", "002201;002202", "D01;D03"), 0, 0},
		"the further in order": {old("K1", "002202;002201;002203", "D01;D03"), team("K1", "002202;002203;002201", "D01;D03"), 1, 2},
	} {
		kept := p.Kept([]FormerTeam{c.former}, []Team{c.now})
		if kept.Teams != c.teams || kept.Members != c.people || kept.Bonus != 10*int64(c.teams+c.people) {
			t.Errorf("%s: %+v", name, kept)
		}
	}
}

// TestKeepTakesTheRoomThatIsLeft: the solver counts a member's points in 31 bits, and the contract's weights come first.
func TestKeepTakesTheRoomThatIsLeft(t *testing.T) {
	for setting, want := range map[string]int64{"keep=7": 7, "keep=1000000000": 1_000_000_000} {
		if p := loadSmall(t, setting); p.rules.keep != want {
			t.Errorf("%s: %d", setting, p.rules.keep)
		}
	}
	p := loadSmall(t, "keep=1000000000", "w_cadre_young=900000000")
	if want := int64(1<<30) - p.rules.seatMost(); p.rules.keep != want || want <= 0 {
		t.Errorf("%d, not %d", p.rules.keep, want)
	}
	if p := loadSmall(t, "keep=1000000000", "w_cadre_young=1000000000", "w_cadre_match=1000000"); p.rules.keep != 0 {
		t.Errorf("%d where there is no room", p.rules.keep)
	}
}

func TestWithoutTeamsAStoppedSearchHasNoPlan(t *testing.T) {
	p := loadSmall(t)
	m := p.Model()
	for name, c := range map[string]struct {
		result solver.Result
		plan   bool
	}{
		"stopped with nothing":        {solver.Result{Status: solver.StatusStopped, Bound: math.MaxInt64}, false},
		"stopped without prices":      {solver.Result{Status: solver.StatusStopped, Teams: []solver.Team{{Slot: 0, Agent: m.Slots[0].Options[0].Agent, Items: []int32{0}}}}, false},
		"nothing is the best of all":  {solver.Result{Status: solver.StatusOptimal, Prices: p.NoPrices()}, true},
		"stopped with a certificate":  {solver.Result{Status: solver.StatusStopped, Prices: p.NoPrices(), Teams: []solver.Team{{Slot: 0, Agent: m.Slots[0].Options[0].Agent, Items: []int32{0}}}}, true},
		"stopped, prices, yet nobody": {solver.Result{Status: solver.StatusStopped, Prices: p.NoPrices()}, false},
	} {
		_, err := p.planOf(m, c.result)
		var known *domain.Error
		if c.plan != (err == nil) || err != nil && (!errors.As(err, &known) || known.Key != "problem.no_plan_yet" || known.Kind != domain.KindBusy) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFairnessIsRoundedAndNeverMinusZero(t *testing.T) {
	s := spread.Fairness{Concentration: -1e-9, Gini: 0.12345649, Weakest: "430102000000"}.Summary()
	if math.Signbit(s.Concentration) || s.Gini != 0.123456 || s.Weakest != "430102000000" {
		t.Errorf("%+v", s)
	}
}
