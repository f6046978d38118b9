package registry_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// everything are all records of a table with all fields, read without any filter.
func (d *desk) everything(t *testing.T, s catalogue.Spec) []catalogue.Record {
	t.Helper()
	q := registry.Query{Entity: s.Entity}
	for _, f := range s.Fields {
		q.Columns = append(q.Columns, f.Key)
	}
	var all []catalogue.Record
	if err := d.Each(t.Context(), province, q, func(r catalogue.Record) error { all = append(all, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// furnish fills a table's fields so that each has values, doubles and gaps; always the same ones.
func (d *desk) furnish(t *testing.T) {
	t.Helper()
	var villages, units, cadres []registry.Change
	for i := range 12 {
		code := fmt.Sprintf("43%02d21100%d", 1+i%3, 200+i/3)
		values := map[string]string{"categories": []string{"", "key", "weak", "key;weak", "demonstration"}[i%5], "neighbours": []string{"", "430221100201", "430221100201;430321100202"}[i%4%3]}
		for j, f := range []string{"difficulty", "need_farming", "households", "population", "collective_income"} {
			if (i+j)%4 > 0 {
				values[f] = strconv.Itoa([]int{0, 9, 10, 100}[(i*j+i)%4])
			}
		}
		villages = append(villages, registry.Change{Key: code, Values: values})
		unit := fmt.Sprintf("N%d", i)
		v := map[string]string{"name": []string{"水利局", "水务局%", "Bank_", "財政"}[i%4] + strconv.Itoa(i), "level": "county", "kind": []string{"government", "mass", "bank"}[i%3],
			"home": fmt.Sprintf("43%02d21000000", 1+i%3), "strength": []string{"", "5", "50"}[i%3], "valid_from": []string{"", "2020-01-01", "2021-05-01"}[i/2%3]}
		if i > 6 {
			v["joins"] = "N0"
		}
		units = append(units, registry.Change{Key: unit, Values: v})
		cadres = append(cadres, registry.Change{Values: with(person(unit, fmt.Sprintf("测%d", i)), "birth_date", fmt.Sprintf("19%d-0%d-11", 70+i*2, 1+i%9),
			"native", []string{"", "430121100000", "430121000000", "430200000000"}[i%4], "young_pool", []string{"", "0", "1"}[i%3], "skill_farming", []string{"", "7", "70"}[i/2%3],
			"ethnicity", []string{"", "01", "08"}[i%3], "ladder", []string{"", "civil"}[i%2], "work_date", []string{"", "2012-07-01"}[i%2]), Confirmed: true})
	}
	d.apply(t, province, catalogue.Village, villages...)
	d.apply(t, province, catalogue.Unit, units...)
	d.apply(t, province, catalogue.Cadre, cadres...)
}

// holds is what a filter means, said a second time and without a database. Names are those of units and divisions.
func holds(f catalogue.Field, value, op string, wanted []string, names map[string]string) bool {
	number := f.Type == catalogue.Integer || f.Type == catalogue.Boolean
	compare := func(other string) int {
		if number {
			a, _ := strconv.Atoi(value)
			b, _ := strconv.Atoi(other)
			return cmp.Compare(a, b)
		}
		return cmp.Compare(value, other)
	}
	several := f.Type == catalogue.Choices || f.Type == catalogue.Villages
	hasAny := slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(catalogue.Split(value), w) })
	switch op {
	case "empty":
		return value == ""
	case "filled":
		return value != ""
	case "eq":
		return value == wanted[0]
	case "ne":
		return several && !hasAny || !several && value != wanted[0]
	case "ge":
		return value != "" && compare(wanted[0]) >= 0
	case "le":
		return value != "" && compare(wanted[0]) <= 0
	case "between":
		return value != "" && compare(wanted[0]) >= 0 && compare(wanted[1]) <= 0
	case "starts":
		return strings.HasPrefix(value, wanted[0])
	case "in":
		if f.Type == catalogue.RegionAt {
			return value != "" && slices.ContainsFunc(wanted, func(w string) bool { return domain.Code(w).Scope().Holds(domain.Code(value)) })
		}
		return hasAny || !several && slices.Contains(wanted, value)
	}
	switch { // contains
	case several:
		return hasAny
	case f.Type == catalogue.UnitID || f.Type == catalogue.RegionAt:
		return value != "" && strings.Contains(strings.ToLower(names[value]), strings.ToLower(wanted[0]))
	}
	return strings.Contains(strings.ToLower(value), strings.ToLower(wanted[0]))
}

// operators are those of a type.
func operators(f catalogue.Field) []string {
	all := []string{"eq", "ne", "in", "empty", "filled"}
	switch f.Type {
	case catalogue.Integer, catalogue.Date:
		all = append(all, "ge", "le", "between")
	case catalogue.Text:
		all = append(all, "contains", "starts")
	case catalogue.UnitID, catalogue.RegionAt, catalogue.Choices, catalogue.Villages:
		all = append(all, "contains")
	default: // nothing more
	}
	return all
}

// samples are some of the values that a field has, the smallest and the largest among them.
func samples(records []catalogue.Record, f catalogue.Field) []string {
	seen := map[string]bool{}
	for _, r := range records {
		for _, v := range catalogue.Split(r.Values[f.Key]) {
			seen[v] = true
		}
	}
	all := make([]string, 0, len(seen))
	for v := range seen {
		all = append(all, v)
	}
	slices.Sort(all)
	if len(all) <= 4 {
		return all
	}
	return []string{all[0], all[len(all)/3], all[len(all)*2/3], all[len(all)-1]}
}

// Every operator of every field finds what a plain loop over all records finds.
func TestEveryOperatorOfEveryFieldAgainstAPlainLoop(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.furnish(t)
		for _, e := range []catalogue.Entity{catalogue.Village, catalogue.Unit, catalogue.Cadre} {
			s, _ := catalogue.Of(e)
			records := d.everything(t, s)
			names, err := d.Names(t.Context(), province, e, records)
			if err != nil || len(records) == 0 {
				t.Fatalf("%d records, %v", len(records), err)
			}
			for _, f := range s.Fields {
				values := samples(records, f)
				if !f.Filterable || f.ReadOnly || f.Masked || len(values) == 0 {
					continue
				}
				for _, op := range operators(f) {
					d.against(t, s, f, op, values, records, names)
				}
			}
		}
	})
}

// against filters by each of the values and compares the number found and the records of the first page with the loop's.
func (d *desk) against(t *testing.T, s catalogue.Spec, f catalogue.Field, op string, values []string, records []catalogue.Record, names map[string]string) {
	t.Helper()
	wishes := [][]string{{values[0]}, {values[len(values)/2]}}
	switch op {
	case "empty", "filled":
		wishes = [][]string{nil}
	case "between":
		wishes = [][]string{{values[0], values[len(values)-1]}, {values[len(values)-1], values[0]}}
	case "in":
		wishes = append(wishes, values)
	case "contains":
		if f.Type == catalogue.UnitID || f.Type == catalogue.RegionAt {
			wishes = [][]string{{string([]rune(names[values[0]])[:1])}}
		}
	}
	for _, wish := range wishes {
		var want []string
		for _, r := range records {
			if holds(f, r.Values[f.Key], op, wish, names) {
				want = append(want, r.Key)
			}
		}
		slices.Sort(want)
		page, err := d.List(t.Context(), province, registry.Query{Entity: s.Entity, Filters: []registry.Filter{{Field: f.Key, Op: op, Values: wish}}, Limit: 500})
		if err != nil {
			t.Errorf("%s.%s %s %v: %v", s.Entity, f.Key, op, wish, err)
			continue
		}
		got := make([]string, len(page.Records))
		for i, r := range page.Records {
			got[i] = r.Key
		}
		if page.Total != len(want) || !slices.Equal(got, want[:min(len(want), 500)]) {
			t.Errorf("%s.%s %s %v: %d found, want %d\n%.200v\n%.200v", s.Entity, f.Key, op, wish, page.Total, len(want), got, want)
		}
	}
}

func TestNamesAreSortedByTheirSound(t *testing.T) {
	d := newDesk(t)
	unit := d.addUnit(t, "NY1", county.Region)
	for _, name := range []string{"周瑜", "单雄信", "安禄山", "曹操", "阿斗"} {
		d.addPerson(t, person(unit, name))
	}
	for desc, want := range map[bool]string{false: "阿斗 安禄山 曹操 单雄信 周瑜", true: "周瑜 单雄信 曹操 安禄山 阿斗"} {
		page, err := d.List(t.Context(), county, registry.Query{Entity: catalogue.Cadre, Filters: []registry.Filter{{Field: "unit", Op: "eq", Values: []string{unit}}},
			Sort: []registry.Order{{Field: "name", Desc: desc}}, Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range page.Records {
			names = append(names, r.Values["name"])
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("descending %v: %s, want %s", desc, got, want)
		}
	}
}

// Sorting by any field puts records as a plain sort does: by value, then by key, what is empty last; pages that follow each
// other give each record once.
func TestEverySortAndItsPagesAgainstAPlainSort(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		d.furnish(t)
		for _, e := range []catalogue.Entity{catalogue.Village, catalogue.Unit} {
			s, _ := catalogue.Of(e)
			records := d.everything(t, s)
			for _, f := range s.Fields {
				if !f.Sortable || f.ReadOnly || f.Key == "name" { // names stand by their sound
					continue
				}
				for _, desc := range []bool{false, true} {
					want := inOrder(records, f, desc)
					if got := d.paged(t, registry.Query{Entity: e, Sort: []registry.Order{{Field: f.Key, Desc: desc}}}, 13); !slices.Equal(got, want) {
						t.Errorf("%s by %s, descending %v:\n%v\n%v", e, f.Key, desc, got, want)
					}
				}
			}
		}
	})
}

func inOrder(records []catalogue.Record, f catalogue.Field, desc bool) []string {
	all := slices.Clone(records)
	slices.SortFunc(all, func(a, b catalogue.Record) int {
		x, y := a.Values[f.Key], b.Values[f.Key]
		if (x == "") != (y == "") {
			return cmp.Compare(len(y), len(x)) * max(1, len(x)+len(y))
		}
		by := cmp.Compare(x, y)
		if f.Type == catalogue.Integer || f.Type == catalogue.Boolean {
			n, _ := strconv.Atoi(x)
			m, _ := strconv.Atoi(y)
			by = cmp.Compare(n, m)
		}
		if desc {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.Key, b.Key))
	})
	keys := make([]string, len(all))
	for i, r := range all {
		keys[i] = r.Key
	}
	return keys
}

// paged reads a list page by page.
func (d *desk) paged(t *testing.T, q registry.Query, size int) []string {
	t.Helper()
	var keys []string
	for q.Limit = size; ; q.Offset += size {
		page, err := d.List(t.Context(), province, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Records {
			keys = append(keys, r.Key)
		}
		if len(page.Records) < size {
			if page.Total != len(keys) {
				t.Errorf("%d records on the pages, total %d", len(keys), page.Total)
			}
			return keys
		}
	}
}
