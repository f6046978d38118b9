package dispatch_test

import (
	"slices"
	"testing"

	"jieli/internal/dispatch"
	"jieli/internal/domain"
	"jieli/internal/store"
)

var (
	whole = dispatch.Viewer{Scope: everywhere, Whole: true}
	// county sees what lies in 430103, where C2 and K4 come from
	county = dispatch.Viewer{Scope: domain.Code("430103000000").Scope()}
	// township sees one township of that county, and so a part of it
	township = dispatch.Viewer{Scope: domain.Code("430103001000").Scope()}
)

func TestQuestionsAndTheirAnswers(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		plan := plannedRound(t, s)
		warm := dispatch.NewWarm(s, 1<<20)
		ask := func(q dispatch.Question) dispatch.Answer {
			t.Helper()
			q.Plan = plan.ID
			a, err := warm.Explain(t.Context(), whole, q)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		if a := ask(dispatch.Question{}); a.Plan == nil || a.Plan.Score != plan.Score || a.Village != nil || a.Wish != nil {
			t.Errorf("%+v", a)
		}
		a := ask(dispatch.Question{Village: "430102001201"})
		if a.Village == nil || a.Village.Team == nil || a.Plan != nil || a.Wish != nil {
			t.Fatalf("%+v", a)
		}
		if b := ask(dispatch.Question{Team: a.Village.Team.Team}); b.Village.Village != "430102001201" || b.Village.Team.Points != a.Village.Team.Points {
			t.Errorf("%+v", b.Village)
		}
		if b := ask(dispatch.Question{Village: "430102001202", Unit: "K1"}); b.Wish == nil || len(b.Wish.Bars) == 0 || b.Wish.Bars[0].Key != "bar.unit_pinned" {
			t.Errorf("%+v", b)
		}
		if b := ask(dispatch.Question{Team: a.Village.Team.Team, Cadre: "A03"}); b.Wish == nil || b.Wish.Cadre != "A03" || len(b.Wish.Bars) == 0 {
			t.Errorf("the home township of A03 is no bar: %+v", b.Wish)
		}
	})
}

func TestQuestionsThatGetNoAnswer(t *testing.T) {
	s := openStore(t)
	plan := plannedRound(t, s)
	bare(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	for _, c := range []struct {
		viewer dispatch.Viewer
		q      dispatch.Question
		want   string
	}{
		{whole, dispatch.Question{Plan: "none"}, "plan.not_found"},
		{whole, dispatch.Question{Plan: "bare"}, "dispatch.plan_without_files"},
		{whole, dispatch.Question{Plan: plan.ID, Unit: "K1"}, "dispatch.one_question"},
		{whole, dispatch.Question{Plan: plan.ID, Team: "T000001", Village: "430102001201"}, "dispatch.one_question"},
		{whole, dispatch.Question{Plan: plan.ID, Village: "430102001201", Unit: "K1", Cadre: "A01"}, "dispatch.one_question"},
		{whole, dispatch.Question{Plan: plan.ID, Village: "430102001299"}, "dispatch.village.not_found"},
		{whole, dispatch.Question{Plan: plan.ID, Team: "T999999"}, "team.not_found"},
		{whole, dispatch.Question{Plan: plan.ID, Village: "430102001201", Unit: "K9"}, "problem.unknown_unit"},
		{whole, dispatch.Question{Plan: plan.ID, Village: "430102001201", Cadre: "Z9"}, "dispatch.cadre.not_found"},
		// what lies outside is not told apart from what is not there
		{county, dispatch.Question{Plan: plan.ID}, "plan.not_found"},
		{county, dispatch.Question{Plan: plan.ID, Village: "430102001201"}, "dispatch.village.not_found"},
		{county, dispatch.Question{Plan: plan.ID, Team: teamAt(t, s, plan, "430102001201")}, "team.not_found"},
		{county, dispatch.Question{Plan: plan.ID, Village: "430103001201", Cadre: "A01"}, "dispatch.cadre.not_found"},
	} {
		if a, err := warm.Explain(t.Context(), c.viewer, c.q); key(err) != c.want {
			t.Errorf("%+v: %+v %v", c.q, a, err)
		}
	}
}

// teamAt is the team that serves the village.
func teamAt(t *testing.T, s *store.Store, plan domain.Plan, village domain.Code) string {
	t.Helper()
	id := ""
	read(t, s, func(tx *store.Tx) error {
		rows, _, err := store.ListTeams(tx, everywhere, store.TeamFilter{Plan: plan.ID, Limit: 100})
		for _, row := range rows {
			view, err := store.TeamByID(tx, everywhere, plan.ID, row.ID)
			if err != nil {
				return err
			}
			for _, v := range view.Villages {
				if v.Code == village {
					id = row.ID
				}
			}
		}
		return err
	})
	return id
}

// TestAnswersStayInTheScope asks about every village of the county as the county, and holds what it is told against what
// lies there.
func TestAnswersStayInTheScope(t *testing.T) {
	s := openStore(t)
	plan := plannedRound(t, s)
	warm := dispatch.NewWarm(s, 1<<20)
	// who serves in the county, and the people of its own unit K4 and of C2, which may serve nowhere else
	own := func(id string) bool { return slices.Contains([]string{"G01", "G02", "G03", "C01", "C02", "C03"}, id) }
	for _, village := range []domain.Code{"430103001201", "430103001202"} {
		all, err := warm.Explain(t.Context(), whole, dispatch.Question{Plan: plan.ID, Village: village})
		if err != nil {
			t.Fatal(err)
		}
		some, err := warm.Explain(t.Context(), county, dispatch.Question{Plan: plan.ID, Village: village})
		if err != nil {
			t.Fatal(err)
		}
		if some.Village.Team == nil {
			continue
		}
		members := map[string]bool{}
		for _, seat := range all.Village.Team.Seats {
			members[seat.Cadre] = true
		}
		for i, seat := range some.Village.Team.Seats {
			if next := seat.Next; next != nil && !own(next.Cadre) {
				t.Errorf("%s: the county is told of %s", village, next.Cadre)
			}
			if next := all.Village.Team.Seats[i].Next; next != nil && own(next.Cadre) && seat.Next == nil {
				t.Errorf("%s: the county is not told of its own %s", village, next.Cadre)
			}
		}
	}
}

// TestATownshipIsNotToldItsCountysNumbers asks about a village that nobody serves.
func TestATownshipIsNotToldItsCountysNumbers(t *testing.T) {
	s := openStore(t)
	in := smallRound(t)
	in.Units = slices.DeleteFunc(in.Units, func(u domain.RoundUnit) bool { return u.ID == "P1" || u.ID == "C1" || u.ID == "C2" })
	in.Candidates = slices.DeleteFunc(in.Candidates, func(c domain.Candidate) bool { return c.Unit == "P1" || c.Unit == "C1" || c.Unit == "C2" })
	in.Pins = nil
	for i := range in.Villages {
		in.Villages[i].PriorUnit = ""
	}
	keepRound(t, s, in)
	plan, err := dispatch.Service{Store: s}.PlanRound(t.Context(), "office", "2021", dispatch.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	warm := dispatch.NewWarm(s, 1<<20)
	// 430103001202 is a key village, and K4 is too weak for one
	for viewer, told := range map[dispatch.Viewer]bool{whole: true, county: true, township: false} {
		a, err := warm.Explain(t.Context(), viewer, dispatch.Question{Plan: plan.ID, Village: "430103001202"})
		if err != nil || a.Village.Unserved == nil || (a.Village.Unserved.County.Villages == 2) != told || a.Village.Unserved.Reason.Key == "" {
			t.Errorf("%+v: %+v %v", viewer, a.Village, err)
		}
	}
}
