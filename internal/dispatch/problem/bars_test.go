package problem_test

import (
	"slices"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
	"jieli/internal/i18n"
)

// TestBarsWithTheirNumbers asks why not, with one thing in the way at a time.
func TestBarsWithTheirNumbers(t *testing.T) {
	as := func(f folder) folder { return f }
	for want, c := range map[string]struct {
		change  func(f folder) folder
		subject string
		village string
	}{
		"bar.unit_joined lead=K2 unit=K3": {as, "K3", "430102002201"},
		"bar.unit_no_teams unit=K1": {func(f folder) folder {
			return f.set(t, "units.csv", "K1", "min_teams", "0").set(t, "units.csv", "K1", "max_teams", "0")
		}, "K1", "430102002201"},
		"bar.unit_region region=430103 unit=K4":                      {as, "K4", "430102002201"},
		"bar.unit_level category=key level=county strength=30 stron": {as, "K4", "430103001202"},
		"bar.unit_level category=consolidated level=province":        {as, "P1", "430103001201"},
		"bar.unit_pinned other=C1 unit=K1":                           {as, "K1", "430102001202"},
		"bar.unit_not unit=K1":                                       {func(f folder) folder { return f.drop("pins.csv", "cadre") }, "K1", "430102002204"},
		"bar.unit_cadre cadre=E01 unit=C1":                           {as, "C1", "430102002204"},
		"bar.no_team leaders=1 members=2 min=3 unit=C2":              {as, "C2", "430103001202"},
		"bar.cadre_fit cadre=E02":                                    {as, "E02", "430102002204"},
		"bar.cadre_age age=58 cadre=B05 max=57":                      {as, "B05", "430102001202"},
		"bar.cadre_terms cadre=C03 max=2 terms=2":                    {as, "C03", "430103001202"},
		"bar.cadre_home cadre=D02":                                   {as, "D02", "430102002201"},
		"bar.cadre_not cadre=A04":                                    {as, "A04", "430103001202"},
		"bar.cadre_pinned cadre=E01 other=430102002204":              {as, "E01", "430102001202"},
	} {
		p := c.change(small(t)).problem(t)
		x := p.Explain(problem.Plan{})
		ask := x.WhyNotUnit
		if _, cadre := p.CadreAt(c.subject); cadre {
			ask = x.WhyNotCadre
		}
		a, err := ask(c.subject, domain.Code(c.village))
		if err != nil || a.Loss != nil || !slices.ContainsFunc(a.Bars, func(r problem.Reason) bool { return strings.HasPrefix(r.Text(problem.PlainWords), want) }) {
			t.Errorf("%q: %+v %v", want, a, err)
		}
	}
}

// TestEveryReasonHasWords: a key that is told stands in both languages, with all that its text asks for.
func TestEveryReasonHasWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := small(t).problem(t)
	x := p.Explain(problem.Plan{Teams: goodPlan(t, p)})
	for _, language := range []string{"zh-CN", "en"} {
		words := catalog.Printer(language).Text
		for _, v := range p.Villages {
			for _, u := range p.Units {
				a, err := x.WhyNotUnit(u.ID, v.Code)
				if err != nil {
					t.Fatal(err)
				}
				for _, bar := range a.Bars {
					if text := bar.Text(words); text == bar.Key || strings.Contains(text, "no value") {
						t.Errorf("%s: %+v: %q", language, bar, text)
					}
				}
			}
		}
	}
	outer := problem.Reason{Key: "change.lost_cadre", Params: domain.Params{"unit": "K1", "cadre": "D01",
		"cause": problem.Reason{Key: "bar.cadre_fit", Params: domain.Params{"cadre": "D01", "village": "x"}}}}
	if text := outer.Text(catalog.Printer("en").Text); text != "unit K1 lost D01: rule 4: candidate D01 did not pass the health check" {
		t.Errorf("%q", text)
	}
}

func TestTheOwnKeyIsWrittenOnlyWhereItIsSet(t *testing.T) {
	for f, want := range map[int]bool{60_000: false, 5: true} {
		p := small(t).policy("keep", f).problem(t)
		if got := strings.Contains(folderOf(p.Files())["policy.csv"], "keep,5\n"); got != want {
			t.Errorf("keep %d: %v", f, got)
		}
		if strings.Contains(folderOf(p.Files())["policy.csv"], "keep,60000") {
			t.Error("other programs do not know the key")
		}
	}
}

// TestSeatsSayWhoWouldBeNext: the next best is not in the team, may serve there, and leads where the seat is the leader's.
func TestSeatsSayWhoWouldBeNext(t *testing.T) {
	p := small(t).problem(t)
	plan := problem.Plan{Teams: goodPlan(t, p)}
	a := p.Explain(plan).Team(1) // C1 at 001202 with B01, B02, B03; free are B04 and B06, who has no rank
	next := func(i int) string {
		if a.Seats[i].Next == nil {
			return ""
		}
		return a.Seats[i].Next.Cadre
	}
	if a.Seats[0].Role != domain.RoleLeader || next(0) != "B04" || next(1) != "B04" || next(2) != "B04" || a.Seats[0].Next.Team != "" {
		t.Errorf("%+v", a.Seats)
	}
	// by hand: B04 at the village has 100·(10·15+95·90)/105 = 8285, so 82,850 + 4·3,000 + 5·8,000
	if n := a.Seats[0].Next; n.Points != 134_850 || n.Loss != a.Seats[0].Points-134_850 {
		t.Errorf("%+v", n)
	}
	// the only team of the consolidated village: E01 is pinned
	if b := p.Explain(plan).Team(3); !b.Seats[0].Pinned || b.Seats[1].Pinned || b.Seats[1].Next == nil || b.Seats[1].Next.Cadre != "F02" {
		t.Errorf("%+v", b.Seats)
	}
}

// TestABetterEarlierCertificateIsTaken: the bound of a plan made anew is never above that at the earlier plan's prices.
func TestABetterEarlierCertificateIsTaken(t *testing.T) {
	p, first := solved(t, small(t))
	again, err := p.Solve(t.Context(), problem.Settings{From: &first})
	if err != nil {
		t.Fatal(err)
	}
	if again.Bound > first.Bound || again.Score < first.Score {
		t.Errorf("score %d and bound %d, %d and %d before", again.Score, again.Bound, first.Score, first.Bound)
	}
}
