package storetest

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// drawScope draws what a caller may be allowed: a division of any level, nothing, or a range that nobody should have.
func drawScope(w *World) *rapid.Generator[domain.Scope] {
	return rapid.Custom(func(t *rapid.T) domain.Scope {
		code := func(name string) domain.Code {
			return rapid.SampledFrom(w.Regions).Draw(t, name).Code
		}
		switch rapid.IntRange(0, 7).Draw(t, "kind of scope") {
		case 0:
			return domain.Scope{}
		case 1:
			return domain.Scope{From: code("from"), To: code("to")} // may be empty or cut a county
		case 2:
			return domain.ScopeOfPrefix(rapid.StringMatching(`[0-9]{0,12}`).Draw(t, "prefix"))
		case 3:
			return domain.Scope{From: domain.Code(rapid.StringMatching(`[0-9]{0,8}`).Draw(t, "short")), To: code("to")}
		case 4:
			return domain.Scope{From: "", To: "~"}
		default:
			level := rapid.SampledFrom(levels).Draw(t, "level")
			return code("in").At(level).Scope()
		}
	})
}

func drawPlanOf(t *rapid.T, w *World) *oracle {
	return newOracle(w, rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "plan"))
}

func drawRegion(t *rapid.T, w *World) domain.Code {
	return rapid.SampledFrom(w.Regions).Draw(t, "region").Code.At(rapid.SampledFrom(levels).Draw(t, "level"))
}

// scopes compares every read of field data with the oracle, for any scope.
func scopes(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 2)
	property := func(name string, f func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error) {
		t.Run(name, func(t *testing.T) {
			check(t, s, func(t *rapid.T, tx *store.Tx) {
				if err := f(t, tx, drawScope(w).Draw(t, "scope"), drawPlanOf(t, w)); err != nil {
					t.Fatalf("%v", err)
				}
			})
		})
	}
	t.Run("every division", func(t *testing.T) { everyDivision(t, s, w) })
	property("a region", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		return oneRegion(t, tx, scope, w, o)
	})
	property("children", func(t *rapid.T, tx *store.Tx, scope domain.Scope, _ *oracle) error { return children(t, tx, scope, w) })
	property("outlines", func(t *rapid.T, tx *store.Tx, scope domain.Scope, _ *oracle) error { return outlines(t, tx, scope, w) })
	property("figures", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		parent := drawRegion(t, w)
		total, children, err := store.FiguresByChild(tx, scope, o.plan.ID, parent)
		wantTotal, wantChildren := o.figures(scope, parent)
		equal(t, "total", total, wantTotal)
		equal(t, "children", children, wantChildren)
		return err
	})
	property("points", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		parent := drawRegion(t, w)
		got, err := store.VillagePoints(tx, scope, o.plan.ID, parent)
		equal(t, "points", got, o.points(scope.Intersect(parent.Scope())))
		return err
	})
	property("a team", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		team := rapid.SampledFrom(o.plan.Teams).Draw(t, "team")
		got, err := store.TeamByID(tx, scope, o.plan.ID, team.ID)
		want, ok := o.view(scope, team)
		if !ok {
			refused(t, "team outside", err, domain.KindNotFound, "team.not_found")
			return nil
		}
		equal(t, "team", got, want)
		return err
	})
	property("unserved villages", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		return unserved(t, tx, scope, w, o)
	})
	property("teams", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		return teamList(t, tx, scope, w, o)
	})
	property("search of regions", func(t *rapid.T, tx *store.Tx, scope domain.Scope, o *oracle) error {
		query, limit := drawQuery(t, w), rapid.IntRange(-1, 40).Draw(t, "limit")
		got, err := store.SearchRegions(tx, scope, query, limit)
		equal(t, "regions", codes(got), codes(o.searchRegions(scope, query, limit)))
		return err
	})
}

// everyDivision takes each division as the scope and reads all that there is, so that every team that serves two places
// is seen from both.
func everyDivision(t *testing.T, s *store.Store, w *World) {
	o := newOracle(w, "p2")
	split := 0
	for _, r := range w.Regions {
		scope := r.Code.Scope()
		read(t, s, func(tx *store.Tx) error {
			rows, total, err := store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Limit: 1000})
			want := o.teams(scope, store.TeamFilter{})
			equal(t, "teams of "+string(r.Code), rows, page(want, 0, 1000))
			equal(t, "number of teams of "+string(r.Code), total, len(want))
			for _, row := range want {
				split += row.Elsewhere
			}
			if err != nil {
				return err
			}
			figures, below, err := store.FiguresByChild(tx, scope, "p2", r.Code)
			wantFigures, wantBelow := o.figures(scope, r.Code)
			equal(t, "figures of "+string(r.Code), figures, wantFigures)
			equal(t, "figures below "+string(r.Code), below, wantBelow)
			return err
		})
	}
	if split < 10 {
		t.Errorf("only %d villages were out of sight: the test tests little", split)
	}
}

func oneRegion(t *rapid.T, tx *store.Tx, scope domain.Scope, w *World, o *oracle) error {
	code := drawRegion(t, w)
	got, err := store.RegionByCode(tx, scope, code)
	if !scope.Holds(code) {
		refused(t, "region outside", err, domain.KindNotFound, "region.not_found")
		return nil
	}
	equal(t, "region", got, o.regions[code])
	return err
}

func children(t *rapid.T, tx *store.Tx, scope domain.Scope, w *World) error {
	parent := drawRegion(t, w)
	got, err := store.ChildRegions(tx, scope, parent)
	var want []domain.Region
	for _, r := range w.Regions {
		if r.Parent == parent && scope.Holds(r.Code) {
			want = append(want, r)
		}
	}
	equal(t, "children", got, want)
	return err
}

func outlines(t *rapid.T, tx *store.Tx, scope domain.Scope, w *World) error {
	parent := drawRegion(t, w)
	got, err := store.OutlinesUnder(tx, scope, parent)
	var own, below []domain.Outline
	for _, o := range w.Outlines {
		switch {
		case !scope.Holds(o.Code):
		case o.Code == parent:
			own = append(own, o)
		case o.Code.At(domain.LevelCity) == parent: // the drawn outlines are those of counties
			below = append(below, o)
		}
	}
	if below == nil {
		below = own
	}
	equal(t, "outlines", got, below)
	return err
}

func unserved(t *rapid.T, tx *store.Tx, scope domain.Scope, w *World, o *oracle) error {
	region := domain.Code("")
	asked := scope
	if rapid.Bool().Draw(t, "of a region") {
		region = drawRegion(t, w)
		asked = scope.Intersect(region.Scope())
	}
	offset, limit := rapid.IntRange(0, 5).Draw(t, "offset"), rapid.IntRange(0, 5).Draw(t, "limit")
	got, total, err := store.ListUnserved(tx, scope, o.plan.ID, region, offset, limit)
	want := o.unserved(asked)
	equal(t, "total", total, len(want))
	equal(t, "rows", got, page(want, offset, limit))
	return err
}

// page cuts a page out of rows; nil where it is empty.
func page[T any](rows []T, offset, limit int) []T {
	from := min(offset, len(rows))
	if cut := rows[from:min(from+limit, len(rows))]; len(cut) > 0 {
		return cut
	}
	return nil
}

var sorts = []string{"", "id", "villages", "unit", "category", "size", "score", "match", "leader"}

func teamList(t *rapid.T, tx *store.Tx, scope domain.Scope, w *World, o *oracle) error {
	f := store.TeamFilter{Plan: o.plan.ID, Sort: rapid.SampledFrom(sorts).Draw(t, "sort"), Desc: rapid.Bool().Draw(t, "desc"),
		Offset: rapid.IntRange(0, 30).Draw(t, "offset"), Limit: rapid.IntRange(0, 30).Draw(t, "limit")}
	if rapid.Bool().Draw(t, "of a region") {
		f.Region = drawRegion(t, w)
	}
	if rapid.IntRange(0, 3).Draw(t, "of a category") == 0 {
		f.Category = rapid.SampledFrom(categories).Draw(t, "category")
	}
	if rapid.IntRange(0, 3).Draw(t, "of a level") == 0 {
		f.UnitLevel = rapid.SampledFrom([]domain.UnitLevel{domain.UnitProvince, domain.UnitCity, domain.UnitCounty}).Draw(t, "unit level")
	}
	if rapid.Bool().Draw(t, "with words") {
		f.Query = drawQuery(t, w)
	}
	got, total, err := store.ListTeams(tx, scope, f)
	want := o.teams(scope, f)
	equal(t, "total", total, len(want))
	equal(t, "rows", got, page(want, f.Offset, f.Limit))
	return err
}
