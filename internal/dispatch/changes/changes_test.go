package changes_test

import (
	"strings"
	"testing"

	"jieli/internal/dispatch/changes"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/i18n"
)

func small(t *testing.T) *problem.Problem {
	t.Helper()
	p, faults := problem.Load("../problem/testdata/small")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

// now is a plan for the small problem; former plans are given by name.
func now(t *testing.T, p *problem.Problem) []problem.Team {
	t.Helper()
	return []problem.Team{
		seat(t, p, "T1", "P1", "430102001201", "A01", "A02", "A04"), seat(t, p, "T2", "C1", "430102001202", "B01", "B02", "B03"),
		seat(t, p, "T3", "K1", "430102002202;430102002201", "D01", "D03"), seat(t, p, "T4", "K2", "430102002204", "E01", "F01"),
	}
}

func seat(t *testing.T, p *problem.Problem, id, unit, villages string, members ...string) problem.Team {
	t.Helper()
	must := func(at int, known bool) int {
		if !known {
			t.Fatalf("unknown name in team %s", id)
		}
		return at
	}
	team := problem.Team{ID: id, Unit: must(p.UnitAt(unit))}
	for _, code := range strings.Split(villages, ";") {
		team.Villages = append(team.Villages, must(p.VillageAt(domain.Code(code))))
	}
	for _, c := range members {
		team.Members = append(team.Members, must(p.CadreAt(c)))
	}
	return team
}

func former(unit, villages string, members ...string) problem.FormerTeam {
	t := problem.FormerTeam{ID: "X", Unit: unit, Members: members}
	for _, code := range strings.Split(villages, ";") {
		t.Villages = append(t.Villages, domain.Code(code))
	}
	return t
}

// TestCausesInWords changes one team of the former plan at a time and reads what is said about it.
func TestCausesInWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := catalog.Printer("en").Text
	p := small(t)
	for name, c := range map[string]struct {
		at   int // position of the team that was another before; −1: one more
		was  problem.FormerTeam
		says []string
	}{
		"a unit came from a village that is gone": {0, former("P1", "430102009201", "A01", "A02", "A04"), []string{
			"no_longer_served 430102009201 P1: village 430102009201 is not in the problem any more",
			"newly_served 430102001201 P1: unit P1 no longer leads at 430102009201", "member_came 430102001201 A01: village 430102001201 had no team; unit P1 leads there now"}},
		"a unit without a name any more": {0, former("P9", "430102001201", "Z1"), []string{
			"other_unit 430102001201 P1: unit P9 is not in the problem any more", "member_left 430102001201 Z1: candidate Z1 is not in the problem any more",
			"leader_changed 430102001201 A01: the leader Z1 is not in the team any more", "member_came 430102001201 A04: unit P1 leads instead of P9"}},
		"a team parted": {2, former("K1", "430102002201;430102002202;430102002203", "D01", "D03"), []string{
			"no_longer_served 430102002203 K1: ", "cluster_changed 430102002201 430102002202;430102002201: a better score",
			"member_left 430102002201 D01: village 430102002201 is now served together with others (430102002202;430102002201)",
			"member_came 430102002202 D01: village 430102002202 is now the first of a team"}},
		"another leader": {1, former("C1", "430102001202", "B02", "B01", "B03"), []string{"leader_changed 430102001202 B01: a better score"}},
		"a leader without the rank": {2, former("K1", "430102002202;430102002201", "D03", "D01"), []string{
			"leader_changed 430102002202 D01: rule 6: D03 may not lead a team of county unit K1"}},
		"a seat taken": {3, former("K2", "430102002204", "E01", "F02"), []string{
			"member_came 430102002204 F01: candidate F01 takes the seat of F02", "member_left 430102002204 F02: a better score"}},
		"a village given up": {-1, former("K4", "430103001201", "G01", "G02"), []string{
			"no_longer_served 430103001201 K4: ", "member_left 430103001201 G01: village 430103001201 has no team any more"}},
		"an unfit village for the unit": {-1, former("K4", "430103001202", "G01", "G02"), []string{
			"no_longer_served 430103001202 K4: rule 3: county unit K4 of strength 30 (strong from 60) may not take the key village 430103001202"}},
		"nobody in the team": {0, former("K1", "430102001201"), []string{"other_unit 430102001201 P1: "}},
	} {
		t.Run(name, func(t *testing.T) {
			teams := now(t, p)
			old := p.Former(teams)
			if c.at < 0 {
				old = append(old, c.was)
			} else {
				old[c.at] = c.was
			}
			var told strings.Builder
			for _, change := range changes.List(p, old, teams) {
				told.WriteString(strings.Join([]string{string(change.Kind), string(change.Village), change.Subject}, " ") + ": " + change.Cause.Text(words) + "\n")
			}
			for _, want := range c.says {
				if !strings.Contains(told.String(), want) {
					t.Errorf("%q is not in\n%s", want, told.String())
				}
			}
		})
	}
}

func TestTheFileIsOneLineAChange(t *testing.T) {
	file := changes.File([]changes.Change{{Kind: changes.OtherUnit, Village: "430102001201", Team: "T000001", Subject: "C1",
		Cause: problem.Reason{Key: "change.unit_gone", Params: domain.Params{"unit": "P1,\n=x"}}}}, problem.PlainWords)
	want := "kind,village,team,subject,cause\nother_unit,430102001201,T000001,C1,\"change.unit_gone unit=P1, =x\"\n"
	if file.Name != "changes.csv" || string(file.Data) != want {
		t.Errorf("%s: %q", file.Name, file.Data)
	}
}
