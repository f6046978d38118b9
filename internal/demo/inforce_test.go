package demo_test

import (
	"slices"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/domain"
)

func TestTheRoundInForceHasTheReportsTotals(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		people, served := 0, 0
		var provincial []domain.Candidate
		for _, team := range data.Recorded {
			people += len(team.Members)
			served += len(team.Villages)
			if l.units[team.Unit].Level == domain.UnitProvince {
				for _, m := range team.Members {
					provincial = append(provincial, l.people[m])
				}
			}
		}
		for what, got := range map[string][2]int{
			"teams":             {len(data.Recorded), 10253},
			"people":            {people, 24021},
			"candidates":        {len(data.Rounds[0].Candidates), 24021},
			"villages served":   {served, len(data.Rounds[0].Villages)},
			"provincial people": {len(provincial), 670},
			"under 40":          {count(provincial, func(c domain.Candidate) bool { return 2021-c.BirthYear < 40 }), 295},
			"division rank":     {count(provincial, func(c domain.Candidate) bool { return c.Grade >= 6 }), 214},
			"rural background":  {count(provincial, func(c domain.Candidate) bool { return c.RuralYears >= 2 || c.Skills[1] >= 60 }), 174},
		} {
			if got[0] != got[1] {
				t.Errorf("%s: %d, want %d", what, got[0], got[1])
			}
		}
	})
}

var bounds = map[domain.Category][2]int{
	domain.CategoryKey: {3, 5}, domain.CategoryWeak: {2, 4}, domain.CategoryDemonstration: {2, 4}, domain.CategoryConsolidated: {1, 3},
}

// The rules of the dispatch contract §2, written out once more for the teams as recorded.
func TestEveryRecordedTeamKeepsTheRules(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		poor := poorCounties(t)
		servedBy, sentIn := map[domain.Code]string{}, map[string]string{}
		for _, team := range data.Recorded {
			unit, first := l.units[team.Unit], l.villages[team.Villages[0]]
			checkCluster(t, l, team)
			if unit.LeadUnit != "" || !unit.Region.Scope().Holds(first.Code) {
				t.Errorf("%s: %s leads outside its region or has joined another unit", team.ID, unit.Name)
			}
			switch {
			case unit.Level == domain.UnitProvince && (first.Category != domain.CategoryKey || !poor[first.Code.At(domain.LevelCounty)]):
				t.Errorf("%s: the province sends to %s (%s)", team.ID, first.Name, first.Category)
			case unit.Level == domain.UnitCounty && first.Category == domain.CategoryKey && unit.Strength < 60:
				t.Errorf("%s: %s of strength %d has a key village", team.ID, unit.Name, unit.Strength)
			}
			if b := bounds[first.Category]; len(team.Members) < b[0] || len(team.Members) > b[1] {
				t.Errorf("%s: %d members for a %s village", team.ID, len(team.Members), first.Category)
			}
			checkMembers(t, l, team)
			for _, v := range team.Villages {
				noTwice(t, servedBy, v, team.ID)
			}
			for _, m := range team.Members {
				noTwice(t, sentIn, m, team.ID)
			}
		}
		led := map[string]int64{}
		for _, team := range data.Recorded {
			led[team.Unit]++
		}
		for _, u := range data.Rounds[0].Units {
			if led[u.ID] != u.MaxTeams || u.MinTeams != u.MaxTeams {
				t.Errorf("%s leads %d teams, its bounds are %d and %d", u.Name, led[u.ID], u.MinTeams, u.MaxTeams)
			}
		}
	})
}

func noTwice[K comparable](t *testing.T, seen map[K]string, what K, team string) {
	t.Helper()
	if before, twice := seen[what]; twice {
		t.Errorf("%v is in %s and %s", what, before, team)
	}
	seen[what] = team
}

func checkCluster(t *testing.T, l lookup, team demo.RecordedTeam) {
	t.Helper()
	first := l.villages[team.Villages[0]]
	if len(team.Villages) > 3 {
		t.Errorf("%s has %d villages", team.ID, len(team.Villages))
	}
	for _, further := range team.Villages[1:] {
		v := l.villages[further]
		if first.Category != domain.CategoryDemonstration || v.Category != first.Category ||
			!slices.Contains(first.Neighbours, v.Code) || v.Code.At(domain.LevelCounty) != first.Code.At(domain.LevelCounty) {
			t.Errorf("%s: %s and %s are no cluster", team.ID, first.Name, v.Name)
		}
	}
}

func checkMembers(t *testing.T, l lookup, team demo.RecordedTeam) {
	t.Helper()
	lead := l.units[team.Unit]
	for i, id := range team.Members {
		c := l.people[id]
		if from := l.units[c.Unit]; from.ID != lead.ID && (i == 0 || from.LeadUnit != lead.ID) {
			t.Errorf("%s: %s is of %s", team.ID, c.ID, from.Name)
		}
		if !c.Fit || 2021-c.BirthYear > 57 || c.Terms >= 2 {
			t.Errorf("%s: %s is not eligible", team.ID, c.ID)
		}
		for _, v := range team.Villages {
			if c.Native == v.At(domain.LevelTownship) {
				t.Errorf("%s: %s is sent home", team.ID, c.ID)
			}
		}
		if i == 0 && (lead.Level == domain.UnitProvince && c.Grade < 6 || lead.Level != domain.UnitProvince && !c.MidLevel || c.Politics != "party_member") {
			t.Errorf("%s: leader %s has not the rank", team.ID, c.ID)
		}
	}
}

func poorCounties(t *testing.T) map[domain.Code]bool {
	poor := map[domain.Code]bool{}
	for _, c := range realExamples(t).Counties {
		poor[c.Code] = c.FormerlyPoor
	}
	return poor
}

// The villages that the press report names are served, and by the units that it names.
func TestTheReportsVillagesAreServed(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		served := map[domain.Code]demo.RecordedTeam{}
		for _, team := range data.Recorded {
			for _, v := range team.Villages {
				served[v] = team
			}
		}
		for code, want := range map[domain.Code][2]string{
			"433124110226": {"十八洞村", ""}, "433125108207": {"甘溪村", "省委组织部"},
			"430923123208": {"沙田溪村", "省委宣传部"}, "430624126220": {"燎原村", "岳阳市委组织部"},
		} {
			team, found := served[code]
			if !found || l.villages[code].Name != want[0] {
				t.Errorf("%s (%s) is not served", want[0], code)
				continue
			}
			if name := l.units[team.Unit].Name; want[1] != "" && (name != want[1] || team.Villages[0] != code) {
				t.Errorf("%s is served by %s", want[0], name)
			}
		}
		for _, id := range served["433125108207"].Members { // "三名85后"
			if c := l.people[id]; c.BirthYear < 1985 || len(served["433125108207"].Members) != 3 {
				t.Errorf("甘溪村: %s was born in %d", c.ID, c.BirthYear)
			}
		}
		var senders []string
		for _, id := range served["430624126220"].Members {
			senders = append(senders, l.units[l.people[id].Unit].Name)
		}
		if !slices.Contains(senders, "岳阳市城市建设投资集团有限公司") {
			t.Errorf("燎原村: members from %v", senders)
		}
	})
}
