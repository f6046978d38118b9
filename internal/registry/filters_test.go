package registry_test

import (
	"strings"
	"testing"

	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// found are the keys of a list, in its order.
func (d *desk) found(t *testing.T, q registry.Query) string {
	t.Helper()
	q.Limit = 100
	page, err := d.List(t.Context(), province, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	keys := make([]string, 0, len(page.Records))
	for _, r := range page.Records {
		keys = append(keys, r.Key)
	}
	if page.Total != len(keys) {
		t.Errorf("%+v: %d records, total %d", q, len(keys), page.Total)
	}
	return strings.Join(keys, " ")
}

// What an operator means for several values, for places, for units and for texts.
func TestWhatFiltersMean(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		v1, v2, v3 := "430121100201", "430121100202", "430122100201"
		d.apply(t, province, catalogue.Village,
			registry.Change{Key: v1, Values: map[string]string{"categories": "key;weak", "neighbours": v2, "households": "100", "lon": "112.5", "lat": "28.1"}},
			registry.Change{Key: v2, Values: map[string]string{"categories": "weak", "neighbours": v1, "households": "20"}},
			registry.Change{Key: v3, Values: map[string]string{"categories": "", "population": "9"}})
		d.apply(t, province, catalogue.Unit,
			registry.Change{Key: "ZZ1", Values: map[string]string{"name": "水利局%", "level": "county", "kind": "mass", "home": "430121000000"}},
			registry.Change{Key: "ZZ2", Values: map[string]string{"name": "水利局_二", "level": "county", "kind": "mass", "home": "430122000000", "joins": "ZZ1"}})
		p1 := d.addPerson(t, with(person("ZZ1", "欧阳一"), "native", "430121100000"))
		p2 := d.addPerson(t, with(person("ZZ2", "欧阳二"), "native", "430122000000"))
		township := d.get(t, catalogue.Region, "430121100000").Values["name"]
		for _, c := range []struct {
			entity    catalogue.Entity
			field, op string
			values    []string
			want      string
		}{
			{catalogue.Village, "categories", "in", []string{"weak"}, v1 + " " + v2},
			{catalogue.Village, "categories", "in", []string{"key", "demonstration"}, v1},
			{catalogue.Village, "categories", "contains", []string{"wea"}, ""}, // whole values only
			{catalogue.Village, "categories", "contains", []string{"%"}, ""},
			{catalogue.Village, "categories", "eq", []string{"weak"}, v2},
			{catalogue.Village, "categories", "ne", []string{"key"}, v2 + " " + v3},
			{catalogue.Village, "categories", "empty", nil, v3},
			{catalogue.Village, "neighbours", "contains", []string{v2}, v1},
			{catalogue.Village, "households", "empty", nil, v3},
			{catalogue.Village, "households", "ge", []string{"20"}, v1 + " " + v2},
			{catalogue.Village, "households", "le", []string{"99"}, v2}, // as numbers: 100 is more than 99
			{catalogue.Village, "households", "ne", []string{"20"}, v1 + " " + v3},
			{catalogue.Village, "code", "starts", []string{"430122"}, v3},
			{catalogue.Unit, "name", "contains", []string{"局%"}, "ZZ1"}, // no wildcard
			{catalogue.Unit, "name", "contains", []string{"局_"}, "ZZ2"},
			{catalogue.Unit, "name", "starts", []string{"水利局"}, "ZZ1 ZZ2"},
			{catalogue.Unit, "joins", "filled", nil, "ZZ2"},
			{catalogue.Cadre, "unit", "contains", []string{"利局_"}, p2},
			{catalogue.Cadre, "unit", "in", []string{"ZZ1", "ZZ9"}, p1},
			{catalogue.Cadre, "native", "in", []string{"430121000000"}, p1}, // lies in it
			{catalogue.Cadre, "native", "eq", []string{"430121000000"}, ""},
			{catalogue.Cadre, "native", "eq", []string{"430122000000"}, p2},
			{catalogue.Cadre, "native", "contains", []string{township}, p1},
		} {
			got := d.found(t, registry.Query{Entity: c.entity, Filters: []registry.Filter{{Field: c.field, Op: c.op, Values: c.values}}})
			if got != c.want {
				t.Errorf("%s %s %v: %q, want %q", c.field, c.op, c.values, got, c.want)
			}
		}
		if got := d.found(t, registry.Query{Entity: catalogue.Village, Sort: []registry.Order{{Field: "households"}}}); got != v2+" "+v1+" "+v3 {
			t.Errorf("what is empty comes last: %s", got)
		}
		if got := d.found(t, registry.Query{Entity: catalogue.Village, Sort: []registry.Order{{Field: "households", Desc: true}}}); got != v1+" "+v2+" "+v3 {
			t.Errorf("what is empty comes last, descending too: %s", got)
		}
		if got := d.found(t, registry.Query{Entity: catalogue.Unit, Search: "slj"}); got != "ZZ1 ZZ2" {
			t.Errorf("by initials: %q", got)
		}
		if got := d.found(t, registry.Query{Entity: catalogue.Unit, Search: "?from"}); got != "" {
			t.Errorf("a search that looks like a placeholder: %q", got)
		}
	})
}
