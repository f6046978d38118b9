package divisions_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry/divisions"
)

var (
	began = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	today = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
)

func region(code, parent domain.Code) domain.Region {
	return domain.Region{Code: code, Parent: parent, Level: code.Level(), Kind: "county", Name: "名" + string(code), ValidFrom: began}
}

// country is a province with a city, two counties of two townships each, and villages; one township has ended.
func country() []domain.Region {
	rows := []domain.Region{region("430000000000", ""), region("430100000000", "430000000000")}
	for _, county := range []domain.Code{"430121000000", "430122000000"} {
		rows = append(rows, region(county, "430100000000"))
		for i := range 2 {
			township := domain.Code(fmt.Sprintf("%s%03d000", county[:6], 100+i))
			rows = append(rows, region(township, county))
			for j := range 3 {
				rows = append(rows, region(domain.Code(fmt.Sprintf("%s%03d", township[:9], 201+j)), township))
			}
		}
	}
	ended := region("430121102000", "430121000000")
	ended.ValidTo = began.AddDate(1, 0, 0)
	return append(rows, ended)
}

func spell(name string) (string, string) { return "full" + name, "f" }

func work(r divisions.Request) (divisions.Plan, error) {
	return divisions.Work(r, country(), today, spell)
}

func TestRequestsThatAreRefused(t *testing.T) {
	base := divisions.Request{Kind: divisions.Upgrade, Day: "2024-05-01", From: []domain.Code{"430121000000"}, Into: "430181000000", Name: "某市"}
	for key, change := range map[string]func(*divisions.Request){
		"region_change.day 1":        func(r *divisions.Request) { r.Day = "2026-03-02" },
		"region_change.day 2":        func(r *divisions.Request) { r.Day = "2020-01-01" },
		"region_change.day 3":        func(r *divisions.Request) { r.Day = "1.5.2024" },
		"region_change.kind":         func(r *divisions.Request) { r.Kind = "abolish" },
		"region_change.too_few 1":    func(r *divisions.Request) { r.From = nil },
		"region_change.too_few 2":    func(r *divisions.Request) { r.Kind, r.From = divisions.Merge, append(r.From, r.From...) },
		"region_change.too_many":     func(r *divisions.Request) { r.From = append(r.From, "430122000000") },
		"region_change.name 1":       func(r *divisions.Request) { r.Kind, r.Name = divisions.Rename, "  " },
		"region_change.name 2":       func(r *divisions.Request) { r.Kind, r.Name = divisions.Rename, "名430121000000" },
		"region_change.name 3":       func(r *divisions.Request) { r.Name = strings.Repeat("长", 65) },
		"region_change.name 4":       func(r *divisions.Request) { r.Kind, r.Name = divisions.Split, "" },
		"region_change.as":           func(r *divisions.Request) { r.As = "kingdom" },
		"region_change.level 1":      func(r *divisions.Request) { r.Into = "430121777000" },
		"region_change.level 2":      func(r *divisions.Request) { r.Kind, r.From = divisions.Merge, append(r.From, "430122100000") },
		"region_change.level 3":      func(r *divisions.Request) { r.Codes = map[domain.Code]domain.Code{"430121100000": "430122777000"} },
		"region_change.code_taken 1": func(r *divisions.Request) { r.Into = "430122000000" },
		"region_change.code_taken 2": func(r *divisions.Request) { r.From, r.Into = []domain.Code{"430121100000"}, "430121102000" }, // it has ended
		"region_change.code_taken 3": func(r *divisions.Request) {
			r.Codes = map[domain.Code]domain.Code{"430121100000": "430181105000", "430121101000": "430181105000"}
		},
		"region_change.nothing 1": func(r *divisions.Request) { r.Kind = divisions.Split },
		"region_change.nothing 2": func(r *divisions.Request) {
			r.Kind, r.Parts = divisions.Split, []domain.Code{"430121100000", "430121101000"}
		},
		"region_change.not_below": func(r *divisions.Request) { r.Kind, r.Parts = divisions.Split, []domain.Code{"430122100000"} },
		"region.not_found 1":      func(r *divisions.Request) { r.From = []domain.Code{"430129000000"} },
		"region.not_found 2":      func(r *divisions.Request) { r.From, r.Into = []domain.Code{"430121102000"}, "430121777000" },
		"region.not_found 3":      func(r *divisions.Request) { r.Into = "430281000000" }, // in a city that is none
	} {
		r := base
		r.From = slices.Clone(base.From)
		change(&r)
		plan, err := work(r)
		var known *domain.Error
		if key, _, _ = strings.Cut(key, " "); !errors.As(err, &known) || known.Key != key || plan.Ends != nil {
			t.Errorf("%+v: %v, want %s", r, err, key)
		}
	}
}

func TestAMergerGivesTheNextFreeNumbers(t *testing.T) {
	plan, err := work(divisions.Request{Kind: divisions.Merge, Day: "2024-05-01", From: []domain.Code{"430121000000", "430122000000"}, Into: "430121000000"})
	if err != nil {
		t.Fatal(err)
	}
	to := map[domain.Code]domain.Code{}
	for _, m := range plan.Moves {
		to[m.From] = m.To
	}
	want := map[domain.Code]domain.Code{"430122000000": "430121000000", "430122100000": "430121103000", "430122101000": "430121104000", "430122101203": "430121104203"} // 102 was in use
	for from, code := range want {
		if to[from] != code {
			t.Errorf("%s becomes %s, want %s", from, to[from], code)
		}
	}
	if len(plan.Moves) != 9 || len(plan.Ends) != 9 || len(plan.Begins) != 8 || plan.Region != "430100000000" {
		t.Errorf("%d moves, %d end, %d begin in %s", len(plan.Moves), len(plan.Ends), len(plan.Begins), plan.Region)
	}
}

func TestWhatBeginsIsSpelledAndPlaced(t *testing.T) {
	plan, err := work(divisions.Request{Kind: divisions.Upgrade, Day: "2024-05-01", From: []domain.Code{"430121100000"}, Into: "430122500000", Name: "新镇", As: "town"})
	if err != nil {
		t.Fatal(err)
	}
	got := plan.Begins[0]
	want := domain.Region{Code: "430122500000", Parent: "430122000000", Level: domain.LevelTownship, Kind: "town", Name: "新镇", Pinyin: "full新镇", Initials: "f",
		ValidFrom: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}
	if got != want || plan.Head != got.Code || plan.HeadName != "新镇" {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// Whatever is asked for: each division that lies in what ends goes on under one code of its level in the right place, no
// code is given twice, and none that was ever used.
func TestEveryPlanIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.SampledFrom([]domain.Level{domain.LevelCounty, domain.LevelTownship, domain.LevelVillage}).Draw(t, "level")
		rows := country()
		valid := map[domain.Code]domain.Region{}
		used := map[domain.Code]bool{}
		var there []domain.Code
		for _, r := range rows {
			used[r.Code] = true
			if r.ValidTo.IsZero() {
				valid[r.Code] = r
				if r.Level == level {
					there = append(there, r.Code)
				}
			}
		}
		pick := func(what string) domain.Code { return rapid.SampledFrom(there).Draw(t, what) }
		r := divisions.Request{Kind: rapid.SampledFrom([]divisions.Kind{divisions.Upgrade, divisions.Merge}).Draw(t, "kind"), Day: "2024-05-01",
			From: []domain.Code{pick("from")}, Name: "新名"}
		r.Into = rapid.SampledFrom([]domain.Code{"430177000000", "430121777000", "430122101777"}).Draw(t, "into")
		if r.Kind == divisions.Merge {
			r.From = append(r.From, pick("with"))
			r.Into = rapid.SampledFrom(append(r.From, r.Into)).Draw(t, "joined")
		}
		plan, err := work(r)
		if err != nil {
			return // what is refused has a test of its own
		}
		checkWhole(t, r, plan, valid, used)
	})
}

func checkWhole(t *rapid.T, r divisions.Request, plan divisions.Plan, valid map[domain.Code]domain.Region, used map[domain.Code]bool) {
	to := map[domain.Code]domain.Code{}
	for _, m := range plan.Moves {
		if to[m.From] != "" {
			t.Fatalf("%s moves twice", m.From)
		}
		to[m.From] = m.To
	}
	begins := map[domain.Code]domain.Region{}
	for _, b := range plan.Begins {
		if _, twice := begins[b.Code]; twice || used[b.Code] && b.Code != r.Into {
			t.Fatalf("%s is given again", b.Code)
		}
		begins[b.Code] = b
	}
	for code, was := range valid {
		moves := slices.ContainsFunc(r.From, func(f domain.Code) bool { return f != r.Into && f.Scope().Holds(code) })
		if moves != (to[code] != "") {
			t.Fatalf("%s moves to %q", code, to[code])
		}
		if !moves || to[code] == r.Into {
			continue
		}
		now := begins[to[code]]
		if now.Name != was.Name || now.Level != was.Level || now.Parent != to[was.Parent] || !now.Parent.Scope().Holds(now.Code) {
			t.Fatalf("%+v becomes %+v", was, now)
		}
	}
}
