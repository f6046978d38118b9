package registry_test

import (
	"fmt"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// fill gives every cadre of a loaded country what the register keeps of one.
func (d *desk) fill(t testing.TB) {
	t.Helper()
	err := d.store.Write(t.Context(), func(tx *store.Tx) error {
		keys := make([]string, len(d.world.Cadres))
		for i, c := range d.world.Cadres {
			keys[i] = c.ID
		}
		whole, err := store.WholeRecords(tx, catalogue.Cadre, keys)
		records := make([]catalogue.Record, 0, len(whole))
		for i, key := range keys {
			r := whole[key]
			r.Version++
			v := r.Values
			v["birth_date"] = fmt.Sprintf("%s-%02d-%02d", v["birth_year"], 1+i%12, 1+i%28)
			v["politics"], v["ladder"], v["position_rank"], v["education"] = "01", "civil", []string{"132", "141", "142"}[i%3], "21"
			v["ethnicity"], v["health"], v["young_pool"] = fmt.Sprintf("%02d", 1+i%56), "fit", fmt.Sprint(i%2)
			v["id_number"], v["id_number_mask"], v["id_number_blind"] = fmt.Sprintf("%072d", i), "****************34", fmt.Sprintf("%022d", i)
			for k, s := range catalogue.Specialities() {
				v[catalogue.SkillPrefix+s] = fmt.Sprint((i * (k + 3)) % 101)
			}
			records = append(records, r)
		}
		if err != nil {
			return err
		}
		return store.PutRecords(tx, catalogue.Cadre, records)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func openProvince(b *testing.B, dsn string) *desk {
	b.Helper()
	world := storetest.Draw(1, storetest.Province)
	world.Rounds, world.Plans, world.Outlines = nil, nil, nil
	d := openWith(b, dsn, world)
	d.fill(b)
	return d
}

// BenchmarkList times the register's list of 35,000 cadres: the aim is 200 ms at the server for any filter and sort.
func BenchmarkList(b *testing.B) {
	name := func(q registry.Query) registry.Query { q.Entity, q.Limit = catalogue.Cadre, 100; return q }
	queries := []struct {
		name string
		q    registry.Query
	}{
		{"plain", name(registry.Query{})},
		{"far down by name", name(registry.Query{Sort: []registry.Order{{Field: "name"}}, Offset: 34000})},
		{"by skill, descending", name(registry.Query{Sort: []registry.Order{{Field: "skill_farming", Desc: true}}})},
		{"by birth date", name(registry.Query{Sort: []registry.Order{{Field: "birth_date"}}})},
		{"three filters, two sorts", name(registry.Query{Filters: []registry.Filter{{Field: "young_pool", Op: "eq", Values: []string{"1"}},
			{Field: "position_rank", Op: "in", Values: []string{"132", "141"}}, {Field: "birth_date", Op: "between", Values: []string{"1980-01-01", "1995-12-31"}}},
			Sort: []registry.Order{{Field: "position_rank"}, {Field: "rural_years", Desc: true}}})},
		{"unit's name contains", name(registry.Query{Filters: []registry.Filter{{Field: "unit", Op: "contains", Values: []string{"局"}}}, Sort: []registry.Order{{Field: "unit"}}})},
		{"part of a name", name(registry.Query{Search: "和"})},
		{"pinyin", name(registry.Query{Search: "he"})},
		{"secret", name(registry.Query{Filters: []registry.Filter{{Field: "id_number", Op: "eq", Values: []string{"11010519491231002X"}}}})},
	}
	for dialect, database := range databases {
		d := openProvince(b, database(b))
		for actorName, actor := range map[string]domain.Account{"province": province, "county": county} {
			for _, q := range queries {
				b.Run(dialect+"/"+actorName+"/"+q.name, func(b *testing.B) {
					for b.Loop() {
						if _, err := d.List(b.Context(), actor, q.q); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

// BenchmarkJudge times the dry run of an import of 30,000 new cadres, as thirty batches: the aim is 10 s with the sheet's
// reading.
func BenchmarkJudge(b *testing.B) {
	d := openProvince(b, databases["sqlite"](b))
	var batches [][]registry.Change
	for batch := range 30 {
		var changes []registry.Change
		for i := range 1000 {
			unit := d.world.Units[(batch*1000+i)%len(d.world.Units)].ID
			born := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, batch*300+i%300)
			number := idNumber(born.Format("20060102"), fmt.Sprintf("%03d", i/300*2))
			changes = append(changes, registry.Change{Values: with(person(unit, fmt.Sprintf("张%d", i)), "birth_date", born.Format(time.DateOnly),
				"id_number", number, "phone", fmt.Sprintf("138%08d", i), "skill_farming", "50", "rural_years", "2")})
		}
		batches = append(batches, changes)
	}
	for b.Loop() {
		for _, changes := range batches {
			outcomes, err := d.Judge(b.Context(), province, catalogue.Cadre, changes)
			if err != nil || outcomes[0].Kind != registry.Added {
				b.Fatalf("%+v, %v", outcomes[0], err)
			}
		}
	}
}
