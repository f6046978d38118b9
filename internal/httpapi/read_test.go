package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
)

func TestRoundsAndPlans(t *testing.T) {
	c := newWorld(t).as("province")
	rounds := want[httpapi.RoundList](c, "/api/rounds").Rounds
	if len(rounds) != 1 || rounds[0].ID != "2023" || rounds[0].PlanID != "p1" || rounds[0].Headcount != 24021 ||
		rounds[0].Status != domain.RoundPlanning || !slices.Equal(rounds[0].Specialities, []string{"farming", "law"}) {
		t.Errorf("rounds %+v", rounds)
	}
	plans := want[httpapi.PlanList](c, "/api/rounds/2023/plans").Plans
	if len(plans) != 1 {
		t.Fatalf("plans %+v", plans)
	}
	p := want[httpapi.Plan](c, "/api/plans/p1")
	if p.Partial || p.Score != 2000 || p.Bound != 5000 || p.TightBound != 2500 || p.Gap != 0.2 || p.RelaxationGap != 0.5 || p.Teams != 4 || p.Members != 5 || p.Unserved != 1 ||
		p.Villages != 6 || p.ProblemDigest != "ab12" || p.Policy.ValidFrom != "2023-05-01" || p.Status != "optimal" {
		t.Errorf("plan %+v", p)
	}
	share := httpapi.ShareFigures{
		Level: domain.UnitProvince, Attribute: "under40", Percent: 50, Members: 3, Having: 3, ActualPercent: 100,
	}
	if !slices.Equal(p.Shares, []httpapi.ShareFigures{share}) || len(plans[0].Shares) != 1 {
		t.Errorf("shares %+v", p.Shares)
	}
}

func TestAPlanSeenFromACountyIsThatCountysPart(t *testing.T) {
	p := want[httpapi.Plan](newWorld(t).as("county"), "/api/plans/p1")
	if !p.Partial || p.Teams != 2 || p.Members != 3 || p.Unserved != 0 || p.Villages != 3 {
		t.Errorf("plan %+v", p)
	}
	if p.Bound != 0 || p.TightBound != 0 || p.Gap != 0 || p.RelaxationGap != 0 || p.ProblemDigest != "" || len(p.Shares) != 0 || p.Score == 2000 {
		t.Errorf("the whole shows through: %+v", p)
	}
}

func TestRegionPage(t *testing.T) {
	c := newWorld(t).as("province")
	page := want[httpapi.RegionPage](c, "/api/plans/p1/regions/43")
	f := page.Figures
	if page.Region.Code != province || page.Region.Level != domain.LevelProvince || f.Villages != 6 || f.Served != 5 ||
		f.Unserved != 1 || f.Teams != 4 || f.Members != 5 || f.Coverage != 5.0/6 || len(f.ByCategory) != 4 {
		t.Errorf("province %+v", page)
	}
	if len(page.Children) != 2 || page.Children[0].Region.Code != city || page.Children[0].Figures.Villages != 4 {
		t.Errorf("children %+v", page.Children)
	}
	page = want[httpapi.RegionPage](c, "/api/plans/p1/regions/430101")
	var path []string
	for _, r := range page.Path {
		path = append(path, r.Name)
	}
	if !slices.Equal(path, []string{"湘省", "甲市", "子县"}) {
		t.Errorf("path %v", path)
	}
	if page.Figures.Teams != 2 || page.Children[0].Figures.Teams != 2 || page.Children[1].Figures.Teams != 1 {
		t.Errorf("a team in two townships: %+v", page)
	}
}

func TestPointsLieOnTheMap(t *testing.T) {
	c := newWorld(t).as("province")
	points := want[httpapi.PointList](c, "/api/plans/p1/points?region=430101").Points
	if len(points) != 3 {
		t.Fatalf("points %+v", points)
	}
	p := points[0]
	if p.Code != "430101001201" || p.Team != "T1" || p.UnitMatch != 60 || p.Lon != 108 || p.Lat != 24 || points[1].Lon <= 108 || points[1].Lat <= 24 {
		t.Errorf("points %+v", points)
	}
	if got := want[httpapi.PointList](c, "/api/plans/p1/points?region=430201001").Points; len(got) != 2 || got[1].Team != "" {
		t.Errorf("township %+v", got)
	}
}

func TestTeamsAreFilteredSortedAndCut(t *testing.T) {
	c := newWorld(t).as("province")
	for query, ids := range map[string][]string{
		"":                                 {"T1", "T2", "T3", "T4"},
		"?region=430101":                   {"T1", "T2"},
		"?region=430101002":                {"T2"},
		"?category=weak":                   {"T4"},
		"?unit_level=county":               {"T2", "T3"},
		"?q=%E7%AC%AC%E5%9B%9B":            {"T3"}, // 第四
		"?q=shengting":                     {"T1", "T4"},
		"?q=+T2+":                          {"T2"},
		"?q=4302":                          {"T4"},
		"?sort=size&desc=true&limit=1":     {"T1"},
		"?desc=true":                       {"T4", "T3", "T2", "T1"},
		"?offset=2&limit=1":                {"T3"},
		"?offset=9":                        {},
		"?q=nothing":                       {},
		"?category=weak&unit_level=city":   {},
		"?region=430102&category=&sort=":   {"T3"},
		"?region=430102&unit_level=county": {"T3"},
	} {
		list := want[httpapi.TeamList](c, "/api/plans/p1/teams"+query)
		got := []string{}
		for _, r := range list.Rows {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("%q: %v, want %v", query, got, ids)
		}
		if !strings.Contains(query, "offset") && !strings.Contains(query, "limit") && list.Total != len(ids) {
			t.Errorf("%q: total %d", query, list.Total)
		}
	}
	row := want[httpapi.TeamList](c, "/api/plans/p1/teams?q=T2").Rows[0]
	if row.County != (httpapi.NamedCode{Code: county, Name: "子县"}) || row.Township != "东乡" || len(row.Villages) != 2 ||
		row.Unit.Name != "县局" || row.Leader != "王三" || row.Size != 1 || row.Category != domain.CategoryDemonstration || row.Elsewhere != 0 {
		t.Errorf("row %+v", row)
	}
}

func TestTeamPage(t *testing.T) {
	team := want[httpapi.Team](newWorld(t).as("county"), "/api/plans/p1/teams/T2")
	if team.Plan != "p1" || team.Round != "2023" || team.County.Name != "子县" || team.Category != domain.CategoryDemonstration ||
		team.Score != 718 || len(team.Parts) != 9 || len(team.Path) != 4 || team.Path[3].Name != "东乡" || team.Elsewhere != 0 {
		t.Errorf("team %+v", team)
	}
	if team.DistanceKM == nil || *team.DistanceKM != 5 {
		t.Errorf("distance %v", team.DistanceKM)
	}
	v := team.Villages[0]
	if v.Code != "430101001202" || v.Difficulty != 40 || v.Match != 60 || !slices.Equal(v.Needs, []httpapi.SkillValue{{Speciality: "farming", Value: 80}}) {
		t.Errorf("village %+v", v)
	}
	if u := team.Unit; u.Name != "县局" || u.Kind != "bank" || u.Strength != 70 || u.Home != "子县" || len(u.Skills) != 2 {
		t.Errorf("unit %+v", u)
	}
	m := team.Members[0]
	if m.Name != "王三" || m.Role != domain.RoleLeader || m.Age != 38 || m.Unit != "县局" || m.Position != "科长" || !m.MidLevel || m.RuralYears != 3 {
		t.Errorf("member %+v", m)
	}
}

func TestATeamThatReachesBeyondTheTownshipIsCutThere(t *testing.T) {
	w := newWorld(t)
	team := want[httpapi.Team](w.as("township"), "/api/plans/p1/teams/T2")
	if len(team.Villages) != 1 || team.Villages[0].Code != "430101001202" || team.Elsewhere != 1 {
		t.Errorf("team %+v", team)
	}
	row := want[httpapi.TeamList](w.as("township"), "/api/plans/p1/teams?q=T2").Rows[0]
	if len(row.Villages) != 1 || row.Elsewhere != 1 {
		t.Errorf("row %+v", row)
	}
}

func TestUnservedSaysWhyInTheCallersLanguage(t *testing.T) {
	c := newWorld(t).as("province")
	list := want[httpapi.UnservedList](c, "/api/plans/p1/unserved")
	if list.Total != 1 || list.Rows[0].Village != "430201001202" || list.Rows[0].Name != "第六村" || list.Rows[0].Township != "北乡" ||
		list.Rows[0].County != "寅县" || list.Rows[0].Params["units"] != 3 || list.Rows[0].Text != "test.no_unit" {
		t.Errorf("unserved %+v", list)
	}
	if list = want[httpapi.UnservedList](c, "/api/plans/p1/unserved?region=4301"); list.Total != 0 || len(list.Rows) != 0 {
		t.Errorf("unserved elsewhere %+v", list)
	}
}

func TestRegionSearchNamesTheWay(t *testing.T) {
	c := newWorld(t).as("city")
	hits := want[httpapi.RegionHits](c, "/api/regions?q=%E4%B9%A1").Regions // 乡
	var found []string
	for _, h := range hits {
		found = append(found, strings.Join(h.Path, "/")+"/"+h.Name)
	}
	if !slices.Equal(found, []string{"湘省/甲市/子县/东乡", "湘省/甲市/子县/西乡", "湘省/甲市/丑县/南乡"}) {
		t.Errorf("found %v", found)
	}
	if hits = want[httpapi.RegionHits](c, "/api/regions?q=%E4%B9%A1&limit=1").Regions; len(hits) != 1 {
		t.Errorf("limit: %v", hits)
	}
}

func TestOutlines(t *testing.T) {
	c := newWorld(t).as("province")
	got := want[httpapi.Outlines](c, "/api/outlines/4301")
	if got.Type != "FeatureCollection" || got.Source != "a test" || got.Notice == "" || len(got.Features) != 2 {
		t.Fatalf("outlines %+v", got)
	}
	f := got.Features[0]
	if f.Type != "Feature" || f.Properties.Code != county || f.Properties.Name != "子县" || !slices.Equal(f.Properties.Inner, []float64{112.8, 28.5}) ||
		f.Geometry.Type != "Polygon" || !strings.HasPrefix(string(f.Geometry.Coordinates), "[[[112.5,28.25]") {
		t.Errorf("feature %+v", f)
	}
	if got = want[httpapi.Outlines](c, "/api/outlines/430101"); len(got.Features) != 1 || got.Features[0].Properties.Code != county {
		t.Errorf("a county without townships' outlines: %+v", got)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	c := newWorld(t).as("province")
	for path, code := range map[string]string{
		"/api/rounds/1999/plans":             "round.not_found",
		"/api/plans/nope":                    "plan.not_found",
		"/api/plans/nope/teams":              "plan.not_found",
		"/api/plans/p1/teams/T9":             "team.not_found",
		"/api/plans/p1/regions/439999":       "region.not_found",
		"/api/plans/p1/points?region=430199": "region.not_found",
		"/api/outlines/430199":               "region.not_found",
		"/api/nothing":                       "request.no_route",
		"/api/":                              "request.no_route",
	} {
		got := c.get(path)
		if p := got.problem(t); got.StatusCode != http.StatusNotFound || p.Code != code || p.Detail == code {
			t.Errorf("%s: %+v", path, p)
		}
	}
	if got := c.do(http.MethodPut, "/api/rounds", "{}"); got.StatusCode != http.StatusNotFound {
		t.Errorf("PUT: %d", got.StatusCode)
	}
}
