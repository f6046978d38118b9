package registry_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/registry/divisions"
	"jieli/internal/store"
)

func request(kind divisions.Kind, day string, into domain.Code, name string, from ...domain.Code) registry.RegionRequest {
	return registry.RegionRequest{Kind: kind, Day: day, From: from, Into: into, Name: name}
}

// One change of each kind moves what refers to its divisions, and nothing else; undone, every row is as it was.
func TestAChangeMovesLiveDataAndUndoingItBringsEveryRowBack(t *testing.T) {
	split := request(divisions.Split, "2024-05-01", "430123000000", "新县", "430121000000")
	split.Parts = []domain.Code{"430121101000"}
	wished := request(divisions.Upgrade, "2024-05-01", "430181000000", "某市", "430121000000")
	wished.As, wished.Codes = "county_city", map[domain.Code]domain.Code{"430121100000": "430181001000"}
	cases := map[string]struct {
		request  registry.RegionRequest
		outlines int               // of counties, afterwards
		moved    map[string]string // some of the moves
	}{
		"rename":             {request(divisions.Rename, "2024-05-01", "", "新县", "430121000000"), 4, nil},
		"upgrade":            {request(divisions.Upgrade, "2024-05-01", "430181000000", "某市", "430121000000"), 4, map[string]string{"430121000000": "430181000000", "430121101201": "430181101201"}},
		"upgrade as wished":  {wished, 4, map[string]string{"430121100000": "430181001000", "430121100202": "430181001202", "430121101202": "430181101202"}},
		"merge into one":     {request(divisions.Merge, "2024-05-01", "430121000000", "", "430121000000", "430122000000"), 3, map[string]string{"430122000000": "430121000000", "430122100000": "430121102000", "430122101202": "430121103202"}},
		"merge into another": {request(divisions.Merge, "2024-05-01", "430129000000", "合县", "430121000000", "430122000000"), 2, map[string]string{"430121000000": "430129000000", "430121100201": "430129100201", "430122100201": "430129102201"}},
		"split":              {split, 4, map[string]string{"430121101000": "430123101000", "430121101202": "430123101202"}},
		"of a township":      {request(divisions.Upgrade, "2024-05-01", "430122333000", "", "430121100000"), 4, map[string]string{"430121100000": "430122333000", "430121100201": "430122333201"}},
		"of a city":          {request(divisions.Upgrade, "2024-05-01", "430900000000", "", "430100000000"), 4, map[string]string{"430100000000": "430900000000", "430121100201": "430921100201"}},
		"of a village":       {request(divisions.Upgrade, "2024-05-01", "430121100001", "居委会", "430121100201"), 4, map[string]string{"430121100201": "430121100001"}},
	}
	onBothCountries(t, func(t *testing.T, d *desk) {
		for name, c := range cases {
			before := d.snapshot(t)
			preview, err := d.PreviewRegionChange(t.Context(), province, c.request)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if now := d.snapshot(t); !now.equal(before) {
				t.Fatalf("%s: the preview changes\n%s", name, before.difference(now))
			}
			made := d.change(t, c.request)
			if fmt.Sprint(made.RegionEffect) != fmt.Sprint(preview) || made.Divisions != len(preview.Moves) {
				t.Errorf("%s: %+v, previewed %+v", name, made.RegionEffect, preview)
			}
			to := movesOf(preview)
			for from, want := range c.moved {
				if to[from] != want {
					t.Errorf("%s: %s becomes %q, want %s", name, from, to[from], want)
				}
			}
			after := d.snapshot(t)
			if want := followed(before.live, to); !slices.Equal(after.live, want) {
				t.Errorf("%s: %s", name, strings.Join(differing(want, after.live), "\n"))
			}
			if borders := countOf(after.names, "outline"); c.outlines != borders {
				t.Errorf("%s: %d borders of counties", name, borders)
			}
			if !slices.Equal(after.decided, before.decided) {
				t.Errorf("%s: what was decided changes: %v", name, differing(before.decided, after.decided))
			}
			if _, err := d.UndoRegionChange(t.Context(), province, made.Seq); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if now := d.snapshot(t); !now.equal(before) {
				t.Errorf("%s: undone\n%s", name, before.difference(now))
			}
		}
	})
}

func countOf(lines []string, what string) int {
	n := 0
	for _, line := range lines {
		if strings.HasPrefix(line, what+" ") {
			n++
		}
	}
	return n
}

// movesOf are the codes that a change gives others for.
func movesOf(e registry.RegionEffect) map[string]string {
	to := map[string]string{}
	for _, m := range e.Moves {
		if m.From != "" && m.From != m.To {
			to[string(m.From)] = string(m.To)
		}
	}
	return to
}

// Whatever is done and undone in whatever order, live data follows and nothing else; taking the rest back, the last
// first, brings every row back. What is refused changes nothing.
func TestAnySequenceOfChangesCanBeTakenBack(t *testing.T) {
	onBothCountries(t, func(t *testing.T, d *desk) {
		sequences := 0
		rapid.Check(t, func(rt *rapid.T) {
			if sequences++; sequences > 12 {
				return // each takes long
			}
			begin := d.snapshot(t)
			now, made := begin, []int64(nil)
			states := []snapshot{begin}
			for step := range rapid.IntRange(1, 4).Draw(rt, "steps") {
				r := d.drawRequest(t, rt, step)
				preview, refusal := d.PreviewRegionChange(t.Context(), province, r)
				change, err := d.ChangeRegion(t.Context(), province, r, "")
				if (err == nil) != (refusal == nil) {
					rt.Fatalf("previewed %v, then %v", refusal, err)
				}
				after := d.snapshot(t)
				var known *domain.Error
				switch {
				case errors.As(err, &known):
					if !after.equal(now) {
						rt.Fatalf("refused, and yet\n%s", now.difference(after))
					}
					continue
				case err != nil:
					rt.Fatal(err)
				case !slices.Equal(after.live, followed(now.live, movesOf(preview))):
					rt.Fatalf("%+v\n%s", r, strings.Join(differing(followed(now.live, movesOf(preview)), after.live), "\n"))
				case !slices.Equal(after.decided, begin.decided):
					rt.Fatalf("what was decided changes: %v", differing(begin.decided, after.decided))
				}
				now, made, states = after, append(made, change.Seq), append(states, after)
				if rapid.Bool().Draw(rt, "undo at once") {
					made, states = d.takeLast(t, rt, made, states)
					now = states[len(states)-1]
				}
			}
			for len(made) > 0 {
				made, states = d.takeLast(t, rt, made, states)
			}
		})
	})
}

func (d *desk) takeLast(t *testing.T, rt *rapid.T, made []int64, states []snapshot) ([]int64, []snapshot) {
	if _, err := d.UndoRegionChange(t.Context(), province, made[len(made)-1]); err != nil {
		rt.Fatal(err)
	}
	states = states[:len(states)-1]
	if now, want := d.snapshot(t), states[len(states)-1]; !now.equal(want) {
		rt.Fatalf("undone\n%s", want.difference(now))
	}
	return made[:len(made)-1], states
}

// drawRequest asks for some change of divisions that are there, on a day of its own. It may be one that is refused.
func (d *desk) drawRequest(t *testing.T, rt *rapid.T, step int) registry.RegionRequest {
	level := rapid.SampledFrom([]domain.Level{domain.LevelCounty, domain.LevelTownship, domain.LevelVillage}).Draw(rt, "level")
	var there []domain.Region
	err := d.store.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := store.RegionRows(tx, everywhere)
		there = slices.DeleteFunc(rows, func(r domain.Region) bool { return r.Level != level || !r.ValidTo.IsZero() })
		return err
	})
	if err != nil {
		rt.Fatal(err)
	}
	pick := func(what string) domain.Region { return rapid.SampledFrom(there).Draw(rt, what) }
	first := pick("from")
	r := registry.RegionRequest{Day: fmt.Sprintf("2024-02-%02d", step+1), From: []domain.Code{first.Code},
		Kind: rapid.SampledFrom([]divisions.Kind{divisions.Rename, divisions.Upgrade, divisions.Merge, divisions.Split}).Draw(rt, "kind"),
		Name: rapid.SampledFrom([]string{"", "新名", "和平"}).Draw(rt, "name")}
	parent := pick("beside").Parent
	digits := fmt.Sprintf("%0*d", level.Digits()-parent.Level().Digits(), rapid.IntRange(1, 99).Draw(rt, "number"))
	r.Into, _ = domain.ParseCode(parent.Prefix() + digits)
	switch r.Kind {
	case divisions.Rename:
		r.Into = ""
	case divisions.Merge:
		if level == domain.LevelVillage {
			r.Kind = divisions.Upgrade // two villages do not become one without loss; that has a test of its own
			break
		}
		r.From = append(r.From, pick("with").Code)
		if rapid.Bool().Draw(rt, "joins") {
			r.Into = first.Code
		}
	case divisions.Split:
		r.Parts = d.childrenOf(t, first.Code)
		r.Parts = r.Parts[:rapid.IntRange(0, len(r.Parts)).Draw(rt, "parts")]
	case divisions.Upgrade:
	}
	return r
}

func (d *desk) childrenOf(t *testing.T, parent domain.Code) []domain.Code {
	t.Helper()
	var codes []domain.Code
	err := d.store.Read(t.Context(), func(tx *store.Tx) error {
		children, err := store.ChildRegions(tx, everywhere, parent)
		for _, c := range children {
			codes = append(codes, c.Code)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// The first village of a merger is kept on under the new code and the others end; one round cannot hold both.
func TestVillagesThatBecomeOne(t *testing.T) {
	onBothCountries(t, func(t *testing.T, d *desk) {
		pair, served := d.pairs(t)
		r := request(divisions.Merge, "2024-05-01", pair[0].At(domain.LevelTownship)[:9]+"290", "合村", pair...)
		before := d.snapshot(t)
		made := d.change(t, r)
		kept, gone := d.get(t, catalogue.Village, string(r.Into)), d.get(t, catalogue.Village, string(pair[1]))
		if kept.Values["name"] != "合村" || kept.Values["valid_to"] != "" || gone.Values["valid_to"] != "2024-05-01" || gone.Values["name"] == "合村" {
			t.Errorf("kept %v, ended %v", kept.Values, gone.Values)
		}
		if near := kept.Values["neighbours"]; strings.Contains(near, string(r.Into)) || strings.Contains(near, string(pair[1])) {
			t.Errorf("neighbours %s", near)
		}
		if _, err := d.UndoRegionChange(t.Context(), province, made.Seq); err != nil {
			t.Fatal(err)
		}
		if now := d.snapshot(t); !now.equal(before) {
			t.Error(before.difference(now))
		}
		r = request(divisions.Merge, "2024-05-01", served[0], "", served...)
		_, err := d.ChangeRegion(t.Context(), province, r, "")
		if known := wantError(t, err, domain.KindConflict, "region_change.served_twice"); known.Params["round"] != plannedRound {
			t.Errorf("%v", known.Params)
		}
		if now := d.snapshot(t); !now.equal(before) {
			t.Error(before.difference(now))
		}
	})
}

// pairs are two villages of which the planned round serves at most one, and two that it serves both.
func (d *desk) pairs(t *testing.T) (apart, together []domain.Code) {
	t.Helper()
	served := map[domain.Code]bool{}
	for _, v := range d.world.Rounds[1].Villages {
		served[v.Code] = true
	}
	for _, r := range d.world.Regions {
		if r.Level != domain.LevelTownship {
			continue
		}
		villages := d.childrenOf(t, r.Code)
		for _, v := range villages[1:] {
			switch pair := []domain.Code{villages[0], v}; {
			case served[pair[0]] && served[pair[1]]:
				together = pair
			case apart == nil && pair[1] != d.world.Regions[len(d.world.Regions)-1].Code:
				apart = pair
			}
		}
	}
	if apart == nil || together == nil {
		t.Fatal("the drawn round is of no use here")
	}
	return apart, together
}

// A change is taken back until the next one in the same place is made; changes elsewhere do not stand in the way.
func TestUndoIsRefusedAfterALaterChangeWhichItNames(t *testing.T) {
	onBothCountries(t, func(t *testing.T, d *desk) {
		first := d.change(t, request(divisions.Rename, "2024-05-01", "", "早县", "430121000000"))
		elsewhere := d.change(t, request(divisions.Rename, "2024-05-02", "", "别县", "430221000000"))
		below := d.change(t, request(divisions.Rename, "2024-05-03", "", "晚乡", "430121100000"))
		_, err := d.UndoRegionChange(t.Context(), province, first.Seq)
		if known := wantError(t, err, domain.KindConflict, "region_change.not_last"); known.Params["name"] != "晚乡" || known.Params["id"] != below.Seq {
			t.Errorf("%v", known.Params)
		}
		above := d.change(t, request(divisions.Upgrade, "2024-05-04", "430900000000", "", "430100000000"))
		_, err = d.UndoRegionChange(t.Context(), province, below.Seq)
		wantError(t, err, domain.KindConflict, "region_change.not_last")
		for _, seq := range []int64{above.Seq, below.Seq, first.Seq, elsewhere.Seq} {
			if _, err := d.UndoRegionChange(t.Context(), province, seq); err != nil {
				t.Fatal(err)
			}
			_, err := d.UndoRegionChange(t.Context(), province, seq)
			wantError(t, err, domain.KindConflict, "region_change.undone_already")
		}
		changes, err := d.RegionChanges(t.Context(), province, 10)
		if err != nil || len(changes) != 4 || changes[0].Seq != above.Seq || changes[0].UndoneBy != province.ID || changes[0].Reason == "" || changes[0].Divisions != 19 {
			t.Errorf("%+v, %v", changes, err)
		}
	})
}

// What somebody has changed since, or what is new and refers to a code that would go, keeps a change from being undone.
func TestUndoNeverLosesWhatCameAfter(t *testing.T) {
	onBothCountries(t, func(t *testing.T, d *desk) {
		made := d.change(t, request(divisions.Upgrade, "2024-05-01", "430181000000", "某市", "430121000000"))
		unit := d.addUnit(t, "NY1", "430181000000")
		_, err := d.UndoRegionChange(t.Context(), province, made.Seq)
		if known := wantError(t, err, domain.KindConflict, "region_change.in_use"); known.Params["table"] != "unit" {
			t.Errorf("%v", known.Params)
		}
		d.apply(t, province, catalogue.Unit, registry.Change{Key: unit, Version: 1, Values: map[string]string{"home": "430122000000"}})
		moved := d.world.Units[2].ID
		d.apply(t, province, catalogue.Unit, registry.Change{Key: moved, Version: 1, Values: map[string]string{"home": "430122000000"}})
		before := d.snapshot(t)
		_, err = d.UndoRegionChange(t.Context(), province, made.Seq)
		wantError(t, err, domain.KindConflict, "region_change.touched_since")
		if now := d.snapshot(t); !now.equal(before) {
			t.Errorf("refused, and yet %s", before.difference(now))
		}
	})
}

func TestWhoMayChangeDivisions(t *testing.T) {
	d := openCountry(t, databases["sqlite"](t))
	own := request(divisions.Rename, "2024-05-01", "", "新乡", "430121100000")
	township := domain.Account{ID: "r1", Role: domain.RoleTownshipOffice, Region: "430121100000"}
	unit := domain.Account{ID: "u1", Role: domain.RoleUnitOffice, Region: "430121000000", Unit: d.world.Units[0].ID}
	for _, actor := range []domain.Account{township, unit} {
		_, err := d.ChangeRegion(t.Context(), actor, own, "")
		wantError(t, err, domain.KindForbidden, "access.role_forbids")
	}
	_, err := d.RegionChanges(t.Context(), unit, 10)
	wantError(t, err, domain.KindForbidden, "access.role_forbids")
	for name, r := range map[string]registry.RegionRequest{
		"another county's": request(divisions.Rename, "2024-05-01", "", "新乡", "430122100000"),
		"out of its own":   request(divisions.Upgrade, "2024-05-01", "430122777000", "", "430121100000"),
		"its own code":     request(divisions.Upgrade, "2024-05-01", "430181000000", "", "430121000000"),
		"with another's":   request(divisions.Merge, "2024-05-01", "430121100000", "", "430121100000", "430122100000"),
		"one that is none": request(divisions.Rename, "2024-05-01", "", "新乡", "430121777000"),
		"the city":         request(divisions.Rename, "2024-05-01", "", "新市", "430100000000"),
	} {
		_, err := d.ChangeRegion(t.Context(), county, r, "")
		wantError(t, err, domain.KindNotFound, "region.not_found")
		if _, err = d.PreviewRegionChange(t.Context(), county, r); err == nil {
			t.Errorf("%s is previewed", name)
		}
	}
	made, err := d.ChangeRegion(t.Context(), county, own, "")
	if err != nil {
		t.Fatal(err)
	}
	if seen, err := d.RegionChanges(t.Context(), township, 10); err != nil || len(seen) != 1 || seen[0].Seq != made.Seq {
		t.Errorf("%+v, %v", seen, err)
	}
	_, err = d.UndoRegionChange(t.Context(), otherOne, made.Seq)
	wantError(t, err, domain.KindNotFound, "region_change.not_found")
	if _, err = d.UndoRegionChange(t.Context(), township, made.Seq); err == nil {
		t.Error("a township's office takes a change back")
	}
	if seen, err := d.RegionChanges(t.Context(), otherOne, 10); err != nil || len(seen) != 0 {
		t.Errorf("%+v, %v", seen, err)
	}
}

func TestEachChangeAndItsUndoingLeaveALedgerEntry(t *testing.T) {
	d := openCountry(t, databases["sqlite"](t))
	made := d.change(t, request(divisions.Upgrade, "2024-05-01", "430181000000", "某市", "430121000000"))
	if _, err := d.UndoRegionChange(t.Context(), province, made.Seq); err != nil {
		t.Fatal(err)
	}
	entries := d.ledger(t)
	entries = entries[len(entries)-2:]
	for i, action := range []string{"region.change", "region.undo"} {
		e := entries[i]
		if e.Action != action || e.Actor != province.ID || e.Subject != fmt.Sprint("region_change/", made.Seq) || e.Region != "430100000000" || !strings.Contains(e.Detail, `"unit":3`) {
			t.Errorf("%+v", e)
		}
	}
}

func (d *desk) ledger(t *testing.T) (entries []domain.LedgerEntry) {
	t.Helper()
	err := d.store.Read(t.Context(), func(tx *store.Tx) (err error) {
		entries, err = store.LedgerFrom(tx, 0, 1000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}
