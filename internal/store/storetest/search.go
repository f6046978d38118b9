package storetest

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// hostile are texts that try to leave the query, to match all, or to break an encoding.
var hostile = []string{"%", "_", "%%", "!", "!%", `\`, `\%`, "'", "''", `"`, "' OR 1=1 --", "'; DROP TABLE team; --", "?", "?plan", "?0", "$1", ":a", "@a",
	"\x00", "a\x00b", "\xff\xfe", "\ufffd", "😀", "\u202e", strings.Repeat("%", 199), strings.Repeat("和", 100), "  ", "\t\n", "NULL", "*", "[a-z]", "^.*$", "+"}

// drawQuery draws what people type, and what they should not.
func drawQuery(t *rapid.T, w *World) string {
	r := rapid.SampledFrom(w.Regions).Draw(t, "named after")
	u := rapid.SampledFrom(w.Units).Draw(t, "unit")
	c := rapid.SampledFrom(w.Cadres).Draw(t, "cadre")
	cut := func(s string) string {
		runes := []rune(s)
		from := rapid.IntRange(0, len(runes)).Draw(t, "from")
		return string(runes[from:rapid.IntRange(from, len(runes)).Draw(t, "to")])
	}
	switch rapid.IntRange(0, 8).Draw(t, "kind of query") {
	case 0:
		return cut(r.Name)
	case 1:
		return cut(u.Name)
	case 2:
		return c.Name
	case 3:
		return rapid.SampledFrom([]string{r.Initials, r.Pinyin, u.Initials, u.Pinyin, c.Initials, c.Pinyin}).Draw(t, "spelling")
	case 4:
		return strings.ToUpper(cut(r.Pinyin))
	case 5:
		return string(r.Code)[:rapid.IntRange(0, 12).Draw(t, "digits")]
	case 6:
		return rapid.SampledFrom(oddities).Draw(t, "oddity")
	case 7:
		return rapid.SampledFrom(hostile).Draw(t, "hostile")
	}
	return rapid.String().Draw(t, "anything")
}

func searches(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 3)
	all := domain.ScopeOfPrefix("43")
	for _, query := range append(append([]string{}, hostile...), oddities...) {
		read(t, s, func(tx *store.Tx) error {
			o := newOracle(w, "p2")
			rows, total, err := store.ListTeams(tx, all, store.TeamFilter{Plan: "p2", Query: query, Limit: 1000})
			if err != nil {
				return err
			}
			want := o.teams(all, store.TeamFilter{Plan: "p2", Query: query})
			if total != len(want) || len(rows) != len(want) {
				t.Errorf("%q: %d teams, want %d", query, total, len(want))
			}
			found, err := store.SearchRegions(tx, all, query, 1000)
			equal(t, "regions for "+query, codes(found), codes(o.searchRegions(all, query, 1000)))
			return err
		})
	}
	t.Run("every beginning", func(t *testing.T) {
		read(t, s, func(tx *store.Tx) error { return everyBeginning(t, tx, w) })
	})
	t.Run("an outsider's village does not lead to a team", func(t *testing.T) {
		read(t, s, func(tx *store.Tx) error { return searchAcross(t, tx, w) })
	})
}

// everyBeginning searches by every beginning of some spellings and codes.
func everyBeginning(t *testing.T, tx *store.Tx, w *World) error {
	all, o := domain.ScopeOfPrefix("43"), newOracle(w, "p2")
	done := map[string]bool{}
	for _, r := range w.Regions[:60] {
		for _, spelling := range []string{r.Initials, r.Pinyin, string(r.Code), r.Name} {
			for end := range spelling {
				query := spelling[:end]
				if done[query] {
					continue
				}
				done[query] = true
				got, err := store.SearchRegions(tx, all, query, 1000)
				if err != nil {
					return err
				}
				equal(t, "regions for "+query, codes(got), codes(o.searchRegions(all, query, 1000)))
			}
		}
	}
	return nil
}

// searchAcross searches for a village of a team from the township of another village of the same team.
func searchAcross(t *testing.T, tx *store.Tx, w *World) error {
	tried := 0
	for _, team := range w.Plans[1].Teams {
		for _, own := range team.Villages {
			scope := own.Code.At(domain.LevelTownship).Scope()
			for _, other := range team.Villages {
				if scope.Holds(other.Code) {
					continue
				}
				tried++
				_, total, err := store.ListTeams(tx, scope, store.TeamFilter{Plan: "p2", Query: string(other.Code), Limit: 9})
				if err != nil {
					return err
				}
				equal(t, "teams", total, 0)
			}
		}
	}
	if tried == 0 {
		t.Error("no drawn team serves two townships: the test tests nothing")
	}
	return nil
}
