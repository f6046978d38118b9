package problem_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/i18n"
)

// badInput has one kind of wrong input a row: what is done to the small problem, and where and what the fault is, as
// FILE:LINE:COLUMN KEY (0 where there is none).
var badInput = []struct {
	name string
	edit func(t testing.TB, f folder) folder
	want []string
}{
	{"villages.csv is missing", func(_ testing.TB, f folder) folder { return f.without("villages.csv") },
		[]string{"villages.csv:0:0 file_missing"}},
	{"units.csv is missing", func(_ testing.TB, f folder) folder { return f.without("units.csv") },
		[]string{"units.csv:0:0 file_missing"}},
	{"cadres.csv is empty", func(_ testing.TB, f folder) folder { f["cadres.csv"] = ""; return f },
		[]string{"cadres.csv:0:0 file_empty"}},
	{"a column is missing", func(t testing.TB, f folder) folder {
		return f.replace(t, "villages.csv", "difficulty", "hardship")
	}, []string{"villages.csv:1:0 column_missing"}},
	{"a speciality's column is missing", func(t testing.TB, f folder) folder {
		return f.replace(t, "cadres.csv", "skill_party", "skill_parties")
	}, []string{"cadres.csv:1:0 column_missing"}},
	{"the column of ids is missing", func(t testing.TB, f folder) folder { return f.replace(t, "units.csv", "id,", "no,") },
		[]string{"units.csv:1:0 column_missing"}},
	{"a column stands twice", func(t testing.TB, f folder) folder {
		return f.replace(t, "units.csv", "skill_party", "skill_farming")
	}, []string{"units.csv:1:0 column_missing", "units.csv:1:12 column_twice"}},
	{"no speciality", func(_ testing.TB, f folder) folder {
		f["villages.csv"] = strings.ReplaceAll(f["villages.csv"], "need_", "want_")
		return f
	}, []string{"villages.csv:1:0 no_speciality"}},
	{"a speciality without a name", func(_ testing.TB, f folder) folder {
		for name := range f {
			f[name] = strings.ReplaceAll(strings.ReplaceAll(f[name], "need_party", "need_"), "skill_party", "skill_")
		}
		return f
	}, []string{"villages.csv:1:0 no_speciality"}},
	{"too few fields", func(_ testing.TB, f folder) folder { return f.add("cadres.csv", "G04,K4,1995") },
		[]string{"cadres.csv:26:0 field_count"}},
	{"a quote in a bare field", func(t testing.TB, f folder) folder {
		return f.replace(t, "units.csv", "市水利局", `市"水利局`)
	}, []string{"units.csv:4:0 csv_bare_quote"}},
	{"a quote that is not closed", func(t testing.TB, f folder) folder {
		return f.replace(t, "cadres.csv", "G03,K4", `"G03,K4`)
	}, []string{"cadres.csv:25:0 csv_quote"}},
	{"not UTF-8", func(t testing.TB, f folder) folder { return f.replace(t, "villages.csv", "石桥村", "\xff\xfe") },
		[]string{"villages.csv:3:2 not_utf8"}},
	{"a heading that is not UTF-8", func(t testing.TB, f folder) folder {
		return f.replace(t, "pins.csv", "kind", "\xff")
	}, []string{"pins.csv:1:0 column_missing", "pins.csv:1:1 not_utf8"}},
	{"a code of 11 digits", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "code", "43010300120")
	}, []string{"villages.csv:8:1 not_a_code"}},
	{"a code with a letter", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "code", "43010300120X")
	}, []string{"villages.csv:8:1 not_a_code"}},
	{"a village twice", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001202", "code", "430103001201")
	}, []string{"villages.csv:9:1 duplicate", "pins.csv:5:3 unknown_village"}},
	{"a unit twice", func(_ testing.TB, f folder) folder {
		return f.add("units.csv", "K1,县农业局,county,430102,65,,1000,1000,1,2,80,20")
	}, []string{"units.csv:9:1 duplicate"}},
	{"a candidate twice", func(_ testing.TB, f folder) folder {
		return f.add("cadres.csv", "G01,K4,1982,3,1,1,0,7,0,,35,60")
	}, []string{"cadres.csv:26:1 duplicate"}},
	{"a policy key twice", func(_ testing.TB, f folder) folder { return f.policy("year", 2022) },
		[]string{"policy.csv:4:1 duplicate"}},
	{"an empty id", func(_ testing.TB, f folder) folder {
		return f.add("cadres.csv", ",K4,1982,3,1,1,0,7,0,,35,60")
	}, []string{"cadres.csv:26:1 empty"}},
	{"an unknown category", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "category", "keys")
	}, []string{"villages.csv:8:3 not_one_of"}},
	{"no need at all", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "need_farming", "0").set(t, "villages.csv", "430103001201", "need_party", "0")
	}, []string{"villages.csv:8:9 no_need"}},
	{"a need above 100", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "need_party", "101")
	}, []string{"villages.csv:8:10 out_of_range"}},
	{"a negative difficulty", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "difficulty", "-1")
	}, []string{"villages.csv:8:6 out_of_range"}},
	{"a broken number", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "x", "6e4")
	}, []string{"villages.csv:8:4 not_a_number"}},
	{"an empty number", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K1", "y", "") },
		[]string{"units.csv:5:8 not_a_number"}},
	{"a number of 30 digits", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "x", strings.Repeat("9", 30))
	}, []string{"villages.csv:8:4 out_of_range"}},
	{"an unknown prior unit", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "prior_unit", "K9")
	}, []string{"villages.csv:8:7 unknown_unit"}},
	{"an unknown neighbour", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "neighbours", "430103001209")
	}, []string{"villages.csv:8:8 unknown_village"}},
	{"a neighbour that is no code", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "neighbours", "430103001202;")
	}, []string{"villages.csv:8:8 not_a_code", "villages.csv:8:8 one_sided"}},
	{"one-sided adjacency", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430102002203", "neighbours", "430102002202")
	}, []string{"villages.csv:4:8 one_sided"}},
	{"a village next to itself", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430103001201", "neighbours", "430103001201")
	}, []string{"villages.csv:8:8 own_neighbour"}},
	{"a neighbour twice", func(t testing.TB, f folder) folder {
		return f.set(t, "villages.csv", "430102002203", "neighbours", "430102002201;430102002202;430102002201")
	}, []string{"villages.csv:6:8 neighbour_twice"}},
	{"an unknown level", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K1", "level", "town") },
		[]string{"units.csv:5:3 not_one_of"}},
	{"a region that does not suit the level", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K1", "region", "4301") },
		[]string{"units.csv:5:4 not_a_code"}},
	{"a region that ends in a level of zeros", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "C1", "region", "4300") },
		[]string{"units.csv:3:4 region_of_zeros"}},
	{"an unknown lead unit", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K3", "lead_unit", "K9") },
		[]string{"units.csv:7:6 unknown_unit"}},
	{"a unit that joins itself", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K3", "lead_unit", "K3") },
		[]string{"units.csv:7:6 joins_itself"}},
	{"a lead unit that joins another", func(t testing.TB, f folder) folder {
		f.set(t, "units.csv", "K2", "min_teams", "0").set(t, "units.csv", "K2", "max_teams", "0")
		f["pins.csv"] = ""
		return f.set(t, "units.csv", "K2", "lead_unit", "K1")
	}, []string{"units.csv:7:6 lead_joins"}},
	{"a unit that joins and leads", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K3", "max_teams", "1") },
		[]string{"units.csv:7:10 joined_leads"}},
	{"more teams owed than allowed", func(t testing.TB, f folder) folder { return f.set(t, "units.csv", "K1", "min_teams", "3") },
		[]string{"units.csv:5:9 teams_order"}},
	{"a candidate of an unknown unit", func(t testing.TB, f folder) folder { return f.set(t, "cadres.csv", "G03", "unit", "K9") },
		[]string{"cadres.csv:25:2 unknown_unit"}},
	{"a grade above 12", func(t testing.TB, f folder) folder { return f.set(t, "cadres.csv", "G03", "grade", "13") },
		[]string{"cadres.csv:25:4 out_of_range"}},
	{"a flag that is neither 0 nor 1", func(t testing.TB, f folder) folder { return f.set(t, "cadres.csv", "G03", "fit", "yes") },
		[]string{"cadres.csv:25:6 not_a_number"}},
	{"a home township of 6 digits", func(t testing.TB, f folder) folder { return f.set(t, "cadres.csv", "G03", "native", "430103") },
		[]string{"cadres.csv:25:10 not_a_code"}},
	{"an unknown policy key", func(_ testing.TB, f folder) folder { return f.policy("w_unit_macth", 3) },
		[]string{"policy.csv:4:1 unknown_key"}},
	{"a policy value out of range", func(_ testing.TB, f folder) folder { return f.policy("avoid_native", 2) },
		[]string{"policy.csv:4:2 out_of_range"}},
	{"team sizes in the wrong order", func(_ testing.TB, f folder) folder { return f.policy("size_min_weak", 5) },
		[]string{"policy.csv:4:2 size_order"}},
	{"a member may add more than 31 bits hold", func(_ testing.TB, f folder) folder { return f.policy("w_cadre_match", 300_000) },
		[]string{"policy.csv:0:0 seat_too_large"}},
	{"sums that leave 64 bits", func(t testing.TB, f folder) folder {
		f.replace(t, "shares.csv", "county,rural,50,farming", strings.Repeat("county,rural,50,farming\n", 90))
		f.policy("penalty_share", 1_000_000).policy("w_unit_match", 1_000_000).policy("w_cluster_percent", 1000).policy("cluster_max", 20)
		return manyVillages(f, 300, 20)
	}, []string{"villages.csv:0:0 too_many_clusters", "policy.csv:0:0 too_large"}},
	{"an unknown share", func(t testing.TB, f folder) folder { return f.replace(t, "shares.csv", "division", "divisions") },
		[]string{"shares.csv:3:2 not_one_of"}},
	{"a share of an unknown skill", func(t testing.TB, f folder) folder { return f.replace(t, "shares.csv", "50,farming", "50,fishing") },
		[]string{"shares.csv:4:4 unknown_skill"}},
	{"an unknown kind of pin", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "units,K1,430102002201") },
		[]string{"pins.csv:6:1 not_one_of"}},
	{"pins of unknown subjects and villages", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "unit,K9,430102002201", "not_cadre,K1,430102002201", "unit,K1,430102002209")
	}, []string{"pins.csv:6:2 unknown_unit", "pins.csv:7:2 unknown_cadre", "pins.csv:8:3 unknown_village"}},
	{"a pin twice", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "unit,C1,430102001202") },
		[]string{"pins.csv:6:2 duplicate"}},
	{"two units pinned to one village", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "unit,K2,430102001202") },
		[]string{"pins.csv:6:2 pin_two_units"}},
	{"a pin and its opposite", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "not_unit,C1,430102001202") },
		[]string{"pins.csv:6:2 pin_opposite"}},
	{"a pinned unit that joins another", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "unit,K3,430102002201") },
		[]string{"pins.csv:6:2 pin_joined"}},
	{"a pinned unit of another region", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "unit,K1,430103001201") },
		[]string{"pins.csv:6:2 pin_region"}},
	{"a province unit pinned to a demonstration village", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "unit,P1,430102002201")
	}, []string{"pins.csv:6:2 pin_level"}},
	{"a weak county unit pinned to a key village", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "unit,K4,430103001202")
	}, []string{"pins.csv:6:2 pin_level"}},
	{"a pinned unit that may lead no team", func(t testing.TB, f folder) folder {
		return f.set(t, "units.csv", "K4", "min_teams", "0").set(t, "units.csv", "K4", "max_teams", "0").add("pins.csv", "unit,K4,430103001201")
	}, []string{"pins.csv:6:2 pin_no_teams"}},
	{"a pinned candidate who is too old", func(_ testing.TB, f folder) folder { return f.add("pins.csv", "cadre,B05,430102001202") },
		[]string{"pins.csv:6:2 pin_ineligible"}},
	{"a candidate pinned to the home township", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "cadre,D02,430102002201")
	}, []string{"pins.csv:6:2 pin_home"}},
	{"a candidate pinned where the own unit may not lead", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "cadre,D01,430102001202")
	}, []string{"pins.csv:6:2 pin_unit_elsewhere"}},
	{"candidates of two units pinned to one village", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "cadre,B01,430102002204")
	}, []string{"pins.csv:3:2 pin_two_pools", "pins.csv:6:2 pin_two_pools"}},
	{"more candidates pinned than a team has seats", func(_ testing.TB, f folder) folder {
		return f.policy("size_max_consolidated", 1).add("pins.csv", "cadre,F01,430102002204")
	}, []string{"pins.csv:3:2 pin_too_many", "pins.csv:6:2 pin_too_many"}},
	{"a candidate pinned to villages of no common cluster", func(_ testing.TB, f folder) folder {
		return f.add("pins.csv", "cadre,D01,430102001201", "cadre,D01,430102002201")
	}, []string{"pins.csv:6:2 pin_apart", "pins.csv:7:2 pin_apart"}},
	{"faults in all files at once", func(t testing.TB, f folder) folder {
		f.set(t, "villages.csv", "430102001201", "x", "far").set(t, "units.csv", "K1", "strength", "101")
		f.set(t, "cadres.csv", "A01", "grade", "0").replace(t, "shares.csv", "44", "144")
		return f.policy("no_key", 1).add("pins.csv", "unit,K2,430102001202")
	}, []string{"villages.csv:2:4 not_a_number", "units.csv:5:5 out_of_range", "cadres.csv:2:4 out_of_range",
		"policy.csv:4:1 unknown_key", "shares.csv:2:3 out_of_range", "pins.csv:6:2 pin_two_units"}},
}

// manyVillages replaces the villages by one row of demonstration villages, each next to reach others on both sides.
func manyVillages(f folder, n, reach int) folder {
	code := func(i int) string { return fmt.Sprintf("430102%06d", i) }
	lines := make([]string, 0, n+1)
	lines = append(lines, "code,name,category,x,y,difficulty,prior_unit,neighbours,need_farming,need_party")
	for i := range n {
		var near []string
		for j := max(0, i-reach); j < min(n, i+reach+1); j++ {
			if j != i {
				near = append(near, code(j))
			}
		}
		lines = append(lines, code(i)+",村,demonstration,0,0,10,,"+strings.Join(near, ";")+",50,50")
	}
	f["villages.csv"] = strings.Join(lines, "\n") + "\n"
	f["pins.csv"] = ""
	return f
}

func TestBadInputIsLocated(t *testing.T) {
	for _, c := range badInput {
		t.Run(c.name, func(t *testing.T) {
			p, faults := c.edit(t, small(t)).decode()
			if p != nil {
				t.Error("a problem came out")
			}
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%s:%d:%d %s", f.File, f.Line, f.Column, strings.TrimPrefix(f.Key, "problem.")))
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestFaultsInWords compares the texts of all bad input with what was read over by a person: testdata/faults.LANGUAGE.txt.
// UPDATE_GOLDEN=1 writes them anew.
func TestFaultsInWords(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh-CN", "en"} {
		words := catalog.Printer(language).Text
		var out strings.Builder
		for _, c := range badInput {
			fmt.Fprintf(&out, "# %s\n", c.name)
			_, faults := c.edit(t, small(t)).decode()
			for _, f := range faults {
				fmt.Fprintln(&out, f.Text(words))
			}
		}
		if strings.Contains(out.String(), "<no value>") || strings.Contains(out.String(), "problem.") {
			t.Errorf("%s: a text lacks a value or a message", language)
		}
		golden(t, "faults."+language+".txt", out.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what the program says now:\n%s", path, got)
	}
}

func TestSmallProblemLoads(t *testing.T) {
	p, faults := problem.Load(smallFolder)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if len(p.Villages) != 8 || len(p.Units) != 7 || len(p.Cadres) != 24 || len(p.Shares) != 3 || len(p.Pins) != 4 {
		t.Errorf("%d villages, %d units, %d cadres, %d shares, %d pins", len(p.Villages), len(p.Units), len(p.Cadres), len(p.Shares), len(p.Pins))
	}
	if !reflect.DeepEqual(p.Specialities, []string{"farming", "party"}) {
		t.Errorf("specialities %q", p.Specialities)
	}
	if p.Policy["headcount"] != 18 || p.Policy["w_unit_match"] != 30 {
		t.Errorf("headcount %d, w_unit_match %d", p.Policy["headcount"], p.Policy["w_unit_match"])
	}
	if u := p.Units[5]; u.LeadUnit != "K2" || u.Region != "430102000000" {
		t.Errorf("unit %+v", u)
	}
}

func TestPolicySharesAndPinsAreOptional(t *testing.T) {
	missing := small(t).without("policy.csv").without("shares.csv").without("pins.csv").problem(t)
	empty := small(t)
	empty["policy.csv"], empty["shares.csv"], empty["pins.csv"] = "", "kind,attribute\n", ""
	empty["shares.csv"] = ""
	if got := empty.problem(t); !reflect.DeepEqual(got.Policy, missing.Policy) {
		t.Error("an empty policy differs from a missing one")
	}
	if !reflect.DeepEqual(missing.Policy, problem.DefaultPolicy()) || len(missing.Shares)+len(missing.Pins) > 0 {
		t.Errorf("policy %v, %d shares, %d pins", missing.Policy, len(missing.Shares), len(missing.Pins))
	}
}

func TestByteOrderMarkAndWindowsLineEndsAreTolerated(t *testing.T) {
	f := small(t)
	want := f.problem(t)
	for name := range f {
		f[name] = "\ufeff" + strings.ReplaceAll(f[name], "\n", "\r\n")
	}
	if !reflect.DeepEqual(f.problem(t).Files(), want.Files()) {
		t.Error("the problem differs")
	}
}

// TestWhatIsJustAllowed holds the good side of the bounds that TestBadInputIsLocated holds the bad side of.
func TestWhatIsJustAllowed(t *testing.T) {
	for name, edit := range map[string]func(f folder) folder{
		"as many pinned as a team has seats": func(f folder) folder {
			return f.policy("size_max_consolidated", 2).add("pins.csv", "cadre,F01,430102002204")
		},
		"pinned to two villages of one cluster": func(f folder) folder {
			return f.add("pins.csv", "cadre,D01,430102002201", "cadre,D01,430102002203")
		},
		"pinned to two villages that touch a third": func(f folder) folder {
			f.set(t, "villages.csv", "430102002201", "neighbours", "430102002202").set(t, "villages.csv", "430102002203", "neighbours", "430102002202")
			return f.add("pins.csv", "cadre,D01,430102002201", "cadre,D01,430102002203")
		},
		"barred where it may not go anyway": func(f folder) folder {
			return f.add("pins.csv", "not_unit,K1,430103001201", "not_cadre,B05,430102001202")
		},
		"all bounds of a row": func(f folder) folder {
			f.set(t, "units.csv", "K1", "strength", "100").set(t, "units.csv", "K1", "x", "-1000000000").set(t, "units.csv", "K1", "skill_party", "0")
			f.set(t, "cadres.csv", "D01", "grade", "12").set(t, "cadres.csv", "D01", "rural_years", "100").set(t, "villages.csv", "430103001201", "y", "1000000000")
			return f.set(t, "units.csv", "K1", "max_teams", "10000")
		},
		"a member's points just fit 31 bits": func(f folder) folder { return f.policy("w_cadre_match", 214_743) },
	} {
		if _, faults := edit(small(t)).decode(); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestOrderOfColumnsDoesNotMatterAndOthersAreIgnored(t *testing.T) {
	f := small(t)
	want := f.problem(t)
	f["shares.csv"] = "remark,skill,percent,attribute,level\n,,44,under40,province\nnote,,32,division,province\n,farming,50,rural,county\n"
	if !reflect.DeepEqual(f.problem(t).Shares, want.Shares) {
		t.Error("shares differ")
	}
}

func TestNoMoreThanAHundredFaultsAreTold(t *testing.T) {
	f := small(t)
	for i := range 500 {
		f.add("cadres.csv", fmt.Sprintf("X%d,K9,1800,0,2,2,2,-1,-1,4,101,101", i))
	}
	_, faults := f.decode()
	if len(faults) != problem.MaxFaults {
		t.Errorf("%d faults", len(faults))
	}
}

func TestInputCannotSteerTheTerminal(t *testing.T) {
	_, faults := small(t).set(t, "cadres.csv", "G03", "unit", "\x1b[2J\nK9"+strings.Repeat("9", 200)).decode()
	if len(faults) != 1 {
		t.Fatal(faults)
	}
	text := faults[0].Text(problem.PlainWords)
	if strings.ContainsAny(text, "\x1b\n") || len(text) > 300 || !strings.Contains(text, "K9") {
		t.Errorf("%q", text)
	}
}

func TestNoFolder(t *testing.T) {
	_, faults := problem.Load(filepath.Join(t.TempDir(), "none"))
	if len(faults) != 1 || faults[0].Key != "problem.no_folder" {
		t.Errorf("%v", faults)
	}
}

func TestAFolderInPlaceOfAFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallFolder)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "units.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "units.csv"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, faults := problem.Load(dir)
	if len(faults) != 1 || faults[0].Key != "problem.file_unreadable" || faults[0].File != "units.csv" {
		t.Errorf("%v", faults)
	}
}

// TestALineIsWhereTheRowBegins holds with line breaks inside quoted fields and empty lines between rows.
func TestALineIsWhereTheRowBegins(t *testing.T) {
	f := small(t).replace(t, "units.csv", "省农业农村厅", "\"省\n农业\n农村厅\"").replace(t, "units.csv", "\nK1,", "\n\n\nK1,")
	_, faults := f.replace(t, "units.csv", "K1,县农业农村局,county", "K1,县农业农村局,country").decode()
	if len(faults) != 1 || faults[0].Line != 9 {
		t.Errorf("%v", faults)
	}
}
