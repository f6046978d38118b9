package store_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func TestListsFollowInTheirOwnNotation(t *testing.T) {
	to := map[domain.Code]domain.Code{"430121100201": "430181100201", "430121100202": "430181100201", "430121100203": "430181100203"}
	const own = "430121100203"
	for text, want := range map[string]string{
		"":                                 "",
		"null":                             "null",
		"[]":                               "[]",
		"430122100201":                     "430122100201",
		"430121100201":                     "430181100201",
		"430122100201;430121100201":        "430122100201;430181100201",
		"430121100201;430121100202":        "430181100201", // two that became one
		"430121100203":                     "",             // the village itself, as a list of others that became part of it may say
		`["430121100201"]`:                 `["430181100201"]`,
		`["430121100203"]`:                 `[]`,
		`["9","430122100201"]`:             `["9","430122100201"]`, // nothing in it moves
		`["430121100201","430000000000"]`:  `["430000000000","430181100201"]`,
		`["430121100201", "430000000000"]`: `["430000000000", "430181100201"]`,
	} {
		if got := store.MoveList(text, own, to); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}

// A list follows code by code in either notation, and back again where no two codes became one.
func TestAListThatFollowsCanBeReadAndFollowsBack(t *testing.T) {
	codes := []string{"430121100201", "430121100202", "430122100201", "430122100202", "430221100201"}
	there := map[domain.Code]domain.Code{"430121100201": "430181100201", "430121100202": "430181100207", "430221100201": "430181100202"}
	back := map[domain.Code]domain.Code{}
	for from, to := range there {
		back[to] = from
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, len(codes), rapid.ID).Draw(t, "list")
		slices.Sort(list)
		packed, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.Join(list, ";")
		spaced := strings.ReplaceAll(string(packed), ",", ", ")
		want := make([]string, len(list))
		for i, code := range list {
			want[i] = code
			if to, ok := there[domain.Code(code)]; ok {
				want[i] = string(to)
			}
		}
		moved := store.MoveList(plain, "x", there)
		if got := strings.Split(moved, ";"); !slices.Equal(sortedCopy(got), sortedCopy(want)) {
			t.Fatalf("%v, want %v", got, want)
		}
		for _, text := range []string{plain, string(packed), spaced} {
			if got := store.MoveList(store.MoveList(text, "x", there), "x", back); got != text {
				t.Fatalf("%s comes back as %s", text, got)
			}
		}
	})
}

func sortedCopy(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
