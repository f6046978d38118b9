package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/store"
)

var (
	changeDay  = time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	countyCode = domain.Code("430121000000")
)

// regionChanges holds the rows of divisions, what follows them, and what is kept to take a change back.
func regionChanges(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 33)
	t.Run("what is kept of a change", func(t *testing.T) { keptChanges(t, s) })
	t.Run("rows of divisions", func(t *testing.T) { replacedRegions(t, s) })
	t.Run("references", func(t *testing.T) { references(t, s, w) })
	t.Run("villages of rounds", func(t *testing.T) { movedVillages(t, s, w) })
	t.Run("names", func(t *testing.T) { namedVillages(t, s, w) })
}

func keptChanges(t *testing.T, s *store.Store) {
	undo := store.RegionUndo{Ended: []int64{1}, Begun: []int64{2, 3}, Touches: []store.RegionTouch{{Place: "unit.home", Key: []string{"U1"}, Before: "a", After: "b"}}}
	var kept []store.RegionChange
	for i, region := range []domain.Code{countyCode, "430122000000", "430121100000", "430100000000"} {
		c := store.RegionChange{Kind: "rename", Region: region, Day: "2024-05-01", Reason: "批复", Detail: `{"a":1}`, Actor: "a1", At: Day}
		write(t, s, func(tx *store.Tx) (err error) {
			c.Seq, err = store.InsertRegionChange(tx, c, undo)
			return err
		})
		equal(t, "number", c.Seq, int64(i+1))
		kept = append(kept, c)
	}
	province := domain.ScopeOfPrefix("43")
	read(t, s, func(tx *store.Tx) error {
		found, err := store.RegionChanges(tx, province, 2)
		equal(t, "the newest", found, []store.RegionChange{kept[3], kept[2]})
		found, second := store.RegionChanges(tx, countyCode.Scope(), 9)
		equal(t, "a county's", found, []store.RegionChange{kept[2], kept[0]})
		found, third := store.RegionChanges(tx, domain.Scope{}, 9)
		equal(t, "nowhere", len(found), 0)
		one, fourth := store.RegionChangeBySeq(tx, countyCode.Scope(), 1)
		equal(t, "one", one, kept[0])
		back, fifth := store.RegionUndoOf(tx, 1)
		equal(t, "undo", back, undo)
		for seq, scope := range map[int64]domain.Scope{2: countyCode.Scope(), 4: countyCode.Scope(), 9: province, 1: {}} {
			refusedBy(t, fmt.Sprint("change ", seq), domain.KindNotFound, "region_change.not_found", func() error { _, err := store.RegionChangeBySeq(tx, scope, seq); return err })
		}
		return firstError(err, second, third, fourth, fifth)
	})
	wantLater(t, s, kept[0], 4, 3) // one above it and one below, not its neighbour's
	wantLater(t, s, kept[1], 4)
	write(t, s, func(tx *store.Tx) error { return store.MarkRegionChangeUndone(tx, 4, "a2") })
	wantLater(t, s, kept[1])
	wantLater(t, s, kept[3])
	refused(t, "twice", s.Write(t.Context(), func(tx *store.Tx) error { return store.MarkRegionChangeUndone(tx, 4, "a1") }), domain.KindConflict, "region_change.undone_already")
	read(t, s, func(tx *store.Tx) error {
		one, err := store.RegionChangeBySeq(tx, province, 4)
		equal(t, "by", one.UndoneBy, "a2")
		return err
	})
}

func wantLater(t *testing.T, s *store.Store, c store.RegionChange, want ...int64) {
	t.Helper()
	read(t, s, func(tx *store.Tx) error {
		var got []int64
		later, err := store.LaterRegionChanges(tx, c)
		for _, l := range later {
			got = append(got, l.Seq)
		}
		equal(t, fmt.Sprint("after ", c.Seq), got, want)
		return err
	})
}

func replacedRegions(t *testing.T, s *store.Store) {
	var before, during []domain.Region
	var old domain.Region
	var begun []int64
	rows := func(tx *store.Tx) []domain.Region {
		all, err := store.RegionRows(tx, domain.ScopeOfPrefix("4301"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	write(t, s, func(tx *store.Tx) (err error) {
		before = rows(tx)
		old = before[slices.IndexFunc(before, func(r domain.Region) bool { return r.Code == countyCode })]
		renamed, moved := old, old
		renamed.ID, renamed.Name, renamed.ValidFrom = 0, "新县", changeDay
		moved.ID, moved.Code, moved.ValidFrom = 0, "430181000000", changeDay
		begun, err = store.ReplaceRegions(tx, []int64{old.ID}, changeDay, []domain.Region{renamed, moved})
		during = rows(tx)
		return err
	})
	equal(t, "rows", len(during), len(before)+2)
	read(t, s, func(tx *store.Tx) error {
		now, err := store.RegionByCode(tx, domain.ScopeOfPrefix("43"), countyCode)
		equal(t, "now", []any{now.Name, now.ValidFrom, now.ID}, []any{"新县", changeDay, begun[0]})
		names, second := store.NamesOf(tx, nil, []string{string(countyCode)})
		equal(t, "name", names[string(countyCode)], "新县")
		return firstError(err, second)
	})
	refused(t, "ended already", s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := store.ReplaceRegions(tx, []int64{old.ID}, changeDay, nil)
		return err
	}), domain.KindBusy, "store.busy")
	write(t, s, func(tx *store.Tx) error {
		gone, err := store.RestoreRegions(tx, []int64{old.ID}, begun)
		equal(t, "gone", gone, []domain.Code{"430181000000"}) // the other code is back in use
		equal(t, "restored", rows(tx), before)
		return err
	})
}

// moves of the county, for all that lies in it.
func countyMoves(w *World) (order []domain.Code, to map[domain.Code]domain.Code) {
	to = map[domain.Code]domain.Code{}
	for _, r := range w.Regions {
		if countyCode.Scope().Holds(r.Code) {
			to[r.Code] = "430181" + r.Code[6:]
			order = append(order, r.Code)
		}
	}
	return order, to
}

func references(t *testing.T, s *store.Store, w *World) {
	_, to := countyMoves(w)
	homes := 0
	for _, u := range w.Units {
		if to[u.Home] != "" {
			homes++
		}
	}
	var touches []store.RegionTouch
	write(t, s, func(tx *store.Tx) (err error) {
		touches, err = store.LiveReferences(tx, to, []domain.Scope{countyCode.Scope()})
		return firstError(err, store.Follow(tx, touches))
	})
	count := map[string]int{}
	for _, touch := range touches {
		count[touch.Table()]++
	}
	equal(t, "units", count["unit"], homes)
	equal(t, "accounts", count["account"], 1)
	read(t, s, func(tx *store.Tx) error {
		account, err := store.AccountByID(tx, "a2")
		equal(t, "the county's office", account.Region, domain.Code("430181000000"))
		again, second := store.LiveReferences(tx, to, []domain.Scope{countyCode.Scope()})
		equal(t, "left behind", len(again), 0)
		table, code, third := store.StillReferred(tx, []domain.Code{"430181000000"})
		equal(t, "referred to", []any{table != "", code}, []any{true, domain.Code("430181000000")})
		return firstError(err, second, third)
	})
	refused(t, "what is no longer so", s.Write(t.Context(), func(tx *store.Tx) error { return store.Follow(tx, touches) }), domain.KindConflict, "region_change.touched_since")
	write(t, s, func(tx *store.Tx) error { return store.Unfollow(tx, touches) })
	read(t, s, func(tx *store.Tx) error {
		account, err := store.AccountByID(tx, "a2")
		equal(t, "back", account.Region, countyCode)
		table, _, second := store.StillReferred(tx, []domain.Code{"430181000000"})
		equal(t, "referred to by", table, "")
		return firstError(err, second)
	})
}

func movedVillages(t *testing.T, s *store.Store, w *World) {
	order, to := countyMoves(w)
	input := func() (in domain.RoundInput) {
		read(t, s, func(tx *store.Tx) (err error) {
			in, err = store.RoundInput(tx, w.Rounds[1].Round.ID)
			return err
		})
		return in
	}
	before := input()
	var touches []store.RegionTouch
	write(t, s, func(tx *store.Tx) (err error) {
		touches, err = store.CodeTouches(tx, order, to, []domain.Scope{countyCode.Scope()}, "2024-05-01")
		return firstError(err, store.Follow(tx, touches))
	})
	after := input()
	for _, v := range before.Villages {
		want := v.Code
		if to[v.Code] != "" {
			want = to[v.Code]
		}
		if !slices.ContainsFunc(after.Villages, func(a domain.RoundVillage) bool {
			return a.Code == want && a.Name == v.Name && a.X == v.X && slices.Equal(a.Needs, v.Needs) && a.PriorUnit == v.PriorUnit
		}) {
			t.Errorf("%s is not there as %s", v.Code, want)
		}
	}
	equal(t, "villages and pins", []int{len(after.Villages), len(after.Pins)}, []int{len(before.Villages), len(before.Pins)})
	for _, p := range after.Pins {
		if to[p.Village] != "" {
			t.Errorf("a pin stays at %s", p.Village)
		}
	}
	write(t, s, func(tx *store.Tx) error { return store.Unfollow(tx, touches) })
	equal(t, "back", input(), before)
	// Two villages of a round cannot become one, whichever comes first.
	pair := before.Villages[:2]
	both := map[domain.Code]domain.Code{pair[0].Code: "430199100201", pair[1].Code: "430199100201"}
	refused(t, "served twice", s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := store.CodeTouches(tx, nil, both, []domain.Scope{pair[0].Code.Scope(), pair[1].Code.Scope()}, "2024-05-01")
		return err
	}), domain.KindConflict, "region_change.served_twice")
}

func namedVillages(t *testing.T, s *store.Store, w *World) {
	v := w.Rounds[1].Villages[0]
	now := domain.Region{Code: v.Code, Name: "和平村", Pinyin: "hepingcun", Initials: "hpc"}
	var touches []store.RegionTouch
	write(t, s, func(tx *store.Tx) (err error) {
		touches, err = store.NameTouches(tx, v.Code, now)
		return firstError(err, store.Follow(tx, touches))
	})
	name := func() string {
		var found []domain.RoundVillage
		read(t, s, func(tx *store.Tx) (err error) {
			found, err = store.RoundVillagesIn(tx, v.Code.Scope(), w.Rounds[1].Round.ID)
			return err
		})
		return found[0].Name
	}
	equal(t, "name", name(), "和平村")
	write(t, s, func(tx *store.Tx) error { return store.Unfollow(tx, touches) })
	equal(t, "name of before", name(), v.Name)
}
