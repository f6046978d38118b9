package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// recordFields are the fields of cadres that the suite fills, by the kind of their comparison.
var recordFields = []string{"name", "birth_date", "rural_years", "young_pool", "politics", "unit", "native"}

// records fills half of the cadres with what the register keeps and compares lists with those of an oracle.
func records(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 6)
	all := fillCadres(t, s, w)
	homes := map[string]domain.Code{}
	for _, u := range w.Units {
		homes[u.ID] = u.Home
	}
	check(t, s, func(t *rapid.T, tx *store.Tx) {
		q := store.RecordQuery{Entity: catalogue.Cadre, Reach: drawReach(t, w), Columns: recordFields}
		for range rapid.IntRange(0, 2).Draw(t, "filters") {
			q.Filters = append(q.Filters, drawFilter(t, all))
		}
		if rapid.Bool().Draw(t, "sorted") {
			q.Sort = []store.RecordOrder{{Field: rapid.SampledFrom(recordFields).Draw(t, "by"), Desc: rapid.Bool().Draw(t, "desc")}}
		}
		q.Limit, q.Offset = rapid.IntRange(0, 40).Draw(t, "limit"), 0
		if q.Limit > 0 {
			q.Offset = rapid.IntRange(0, 60).Draw(t, "offset")
		}
		want := expected(q, all, homes)
		total, err := store.CountRecords(tx, q)
		if err != nil || total != len(want) {
			t.Fatalf("%+v: %d of %d, %v", q, total, len(want), err)
		}
		got, err := store.Records(tx, q)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, fmt.Sprintf("%+v", q), keysOfRecords(got), pageOf(q, want))
	})
	t.Run("filters that are none", func(t *testing.T) { read(t, s, func(tx *store.Tx) error { badFilters(t, tx); return nil }) })
	t.Run("nothing without a reach", func(t *testing.T) { read(t, s, func(tx *store.Tx) error { noReach(t, tx); return nil }) })
}

func fillCadres(t *testing.T, s *store.Store, w *World) []catalogue.Record {
	var all []catalogue.Record
	write(t, s, func(tx *store.Tx) error {
		keys := make([]string, len(w.Cadres))
		for i, c := range w.Cadres {
			keys[i] = c.ID
		}
		whole, err := store.WholeRecords(tx, catalogue.Cadre, keys)
		var changed []catalogue.Record
		for i, key := range keys {
			r := whole[key]
			if i%2 == 0 {
				r.Version++
				r.Values["birth_date"] = fmt.Sprintf("%s-%02d-01", r.Values["birth_year"], 1+i%12)
				r.Values["rural_years"], r.Values["young_pool"] = strconv.Itoa(i%13), strconv.Itoa(i/2%2)
				r.Values["politics"], r.Values["native"] = fmt.Sprintf("%02d", 1+i%13), string(w.Regions[i%len(w.Regions)].Code.At(domain.LevelCounty))
				changed = append(changed, r)
			}
			all = append(all, r)
		}
		if err != nil {
			return err
		}
		return store.PutRecords(tx, catalogue.Cadre, changed)
	})
	return all
}

func drawReach(t *rapid.T, w *World) store.Reach {
	reach := store.Reach{Scope: rapid.SampledFrom([]domain.Scope{domain.ScopeOfPrefix("43"), domain.ScopeOfPrefix("4301"), domain.ScopeOfPrefix("430121"), {}}).Draw(t, "scope")}
	if rapid.IntRange(0, 4).Draw(t, "of a unit") == 0 {
		reach.Unit = rapid.SampledFrom(w.Units).Draw(t, "unit").ID
	}
	return reach
}

func drawFilter(t *rapid.T, all []catalogue.Record) store.RecordFilter {
	f := store.RecordFilter{Field: rapid.SampledFrom(recordFields).Draw(t, "field")}
	f.Op = rapid.SampledFrom([]string{"eq", "ne", "in", "ge", "le", "between", "empty", "filled"}).Draw(t, "op")
	n := map[string]int{"in": 2, "between": 2, "empty": 0, "filled": 0}
	count, ok := n[f.Op]
	if !ok {
		count = 1
	}
	for len(f.Values) < count {
		v := rapid.SampledFrom(all).Draw(t, "value of").Values[f.Field]
		if v == "" { // the half that was not filled
			v = map[string]string{"birth_date": "1980-01-01", "native": "430121000000"}[f.Field]
			v = cmp.Or(v, "1")
		}
		f.Values = append(f.Values, v)
	}
	return f
}

func isNumber(field string) bool { return field == "rural_years" || field == "young_pool" }

// compareValues orders two values as the field's kind does; neither is empty.
func compareValues(field, a, b string) int {
	if isNumber(field) {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

func passes(f store.RecordFilter, v string) bool {
	is := func(i int) int { return compareValues(f.Field, v, f.Values[i]) }
	switch f.Op {
	case "empty":
		return v == ""
	case "filled":
		return v != ""
	case "ne":
		return v == "" || is(0) != 0
	}
	if v == "" {
		return false
	}
	switch f.Op {
	case "eq":
		return is(0) == 0
	case "ge":
		return is(0) >= 0
	case "le":
		return is(0) <= 0
	case "between":
		return is(0) >= 0 && is(1) <= 0
	}
	return slices.ContainsFunc(f.Values, func(want string) bool {
		if f.Field == "native" {
			return domain.Code(want).Scope().Holds(domain.Code(v))
		}
		return compareValues(f.Field, v, want) == 0
	})
}

func expected(q store.RecordQuery, all []catalogue.Record, homes map[string]domain.Code) []string {
	var found []catalogue.Record
	for _, r := range all {
		unit := r.Values["unit"]
		if !q.Reach.Scope.Holds(homes[unit]) || q.Reach.Unit != "" && q.Reach.Unit != unit ||
			slices.ContainsFunc(q.Filters, func(f store.RecordFilter) bool { return !passes(f, r.Values[f.Field]) }) {
			continue
		}
		found = append(found, r)
	}
	slices.SortFunc(found, func(a, b catalogue.Record) int {
		for _, s := range q.Sort {
			if n := compareRecords(s, a, b); n != 0 {
				return n
			}
		}
		return strings.Compare(a.Key, b.Key)
	})
	return keysOfRecords(found)
}

// compareRecords puts what is empty last, and names in the order of their pinyin.
func compareRecords(s store.RecordOrder, a, b catalogue.Record) int {
	x, y := a.Values[s.Field], b.Values[s.Field]
	if (x == "") != (y == "") {
		return strings.Compare(y, x) // the empty one is the smaller text
	}
	if x == "" {
		return 0
	}
	n := compareValues(s.Field, x, y)
	if s.Field == "name" {
		n = cmp.Or(strings.Compare(a.Values[catalogue.ColumnPinyin], b.Values[catalogue.ColumnPinyin]), n)
	}
	if s.Desc {
		return -n
	}
	return n
}

func keysOfRecords(records []catalogue.Record) []string {
	keys := make([]string, 0, len(records))
	for _, r := range records {
		keys = append(keys, r.Key)
	}
	return keys
}

func pageOf(q store.RecordQuery, keys []string) []string {
	if q.Limit == 0 {
		return keys
	}
	from := min(q.Offset, len(keys))
	return append([]string{}, keys[from:min(len(keys), from+q.Limit)]...)
}

func badFilters(t *testing.T, tx *store.Tx) {
	for _, f := range []store.RecordFilter{
		{Field: "name", Op: "like", Values: []string{"x"}}, {Field: "name", Op: "eq"}, {Field: "name", Op: "between", Values: []string{"x"}},
		{Field: "rural_years", Op: "eq", Values: []string{"two"}}, {Field: "rural_years", Op: "contains", Values: []string{"2"}},
		{Field: "native", Op: "in", Values: []string{"43"}}, {Field: "name", Op: "in"},
	} {
		_, err := store.Records(tx, store.RecordQuery{Entity: catalogue.Cadre, Reach: store.Reach{Scope: domain.ScopeOfPrefix("43")}, Filters: []store.RecordFilter{f}})
		refused(t, fmt.Sprintf("%+v", f), err, domain.KindInvalid, "registry.filter_malformed")
	}
	for name, q := range map[string]store.RecordQuery{
		"filter": {Filters: []store.RecordFilter{{Field: "1=1 --", Op: "filled"}}}, "sort": {Sort: []store.RecordOrder{{Field: "name; DROP"}}}, "column": {Columns: []string{"*"}},
	} {
		q.Entity, q.Reach = catalogue.Cadre, store.Reach{Scope: domain.ScopeOfPrefix("43")}
		_, err := store.Records(tx, q)
		refused(t, name, err, domain.KindInvalid, "registry.unknown_field")
	}
	_, err := store.Records(tx, store.RecordQuery{Entity: "session", Reach: store.Reach{Scope: domain.ScopeOfPrefix("43")}})
	refused(t, "entity", err, domain.KindNotFound, "registry.unknown_entity")
}

func noReach(t *testing.T, tx *store.Tx) {
	for _, spec := range catalogue.All() {
		got, err := store.Records(tx, store.RecordQuery{Entity: spec.Entity})
		if err != nil || len(got) > 0 {
			t.Errorf("%s: %d records without a scope, %v", spec.Entity, len(got), err)
		}
	}
	regions, err := store.Records(tx, store.RecordQuery{Entity: catalogue.Region, Reach: store.Reach{Scope: domain.ScopeOfPrefix("430121")},
		Columns: []string{"name", "valid_from", "valid_to"}, Sort: []store.RecordOrder{{Field: "valid_from", Desc: true}}, Limit: 3, Offset: 1})
	if err != nil || len(regions) != 3 || regions[0].Values["valid_from"] != "2023-06-30" || regions[0].Values["valid_to"] != "" || regions[0].Version != 1 {
		t.Errorf("%+v, %v", regions, err)
	}
}
