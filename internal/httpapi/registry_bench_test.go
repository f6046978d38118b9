package httpapi_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
)

// crowded is a server over a whole province of about 35,000 cadres, with an account for it and one for a county.
func crowded(b *testing.B) *world {
	b.Helper()
	w := &world{t: b, clock: &clock{now: past}, log: &logs{}, transport: &http.Transport{DisableCompression: true}}
	w.store = open(b, filepath.Join(b.TempDir(), "jieli.db"), w.clock.Now)
	b.Cleanup(func() { w.store.Close() })
	if err := w.store.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	country := storetest.Draw(1, storetest.Province)
	country.Rounds, country.Plans, country.Outlines = nil, nil, nil
	storetest.Load(b, w.store, country)
	if err := w.store.Write(b.Context(), func(tx *store.Tx) error { return settle(tx, country) }); err != nil {
		b.Fatal(err)
	}
	catalog, err := i18n.Load()
	if err != nil {
		b.Fatal(err)
	}
	options := httpapi.Options{Store: w.store, Catalog: catalog, Clock: w.clock.Now, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Pages: http.NotFoundHandler()}
	withRegistry(&options)
	handler, err := httpapi.New(options)
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// settle gives every cadre what lists show, and the accounts.
func settle(tx *store.Tx, country *storetest.World) error {
	keys := make([]string, len(country.Cadres))
	for i, c := range country.Cadres {
		keys[i] = c.ID
	}
	whole, err := store.WholeRecords(tx, catalogue.Cadre, keys)
	if err != nil {
		return err
	}
	records := make([]catalogue.Record, len(keys))
	for i, key := range keys {
		r := whole[key]
		r.Version++
		r.Values["birth_date"] = fmt.Sprintf("%s-%02d-%02d", r.Values["birth_year"], 1+i%12, 1+i%28)
		r.Values["politics"], r.Values["ladder"], r.Values["position_rank"] = "01", "civil", []string{"132", "141", "142"}[i%3]
		r.Values["young_pool"], r.Values["health"] = fmt.Sprint(i%2), "fit"
		records[i] = r
	}
	if err := store.PutRecords(tx, catalogue.Cadre, records); err != nil {
		return err
	}
	account := func(name string, role domain.AccountRole, region domain.Code) domain.Account {
		return domain.Account{ID: "bench-" + name, Username: name, Name: name, Role: role, Region: region, PasswordHash: secretHash, CreatedAt: past}
	}
	return store.InsertAccounts(tx, []domain.Account{
		account("bench-province", domain.RoleProvinceOffice, "430000000000"), account("bench-county", domain.RoleCountyOffice, "430121000000"),
	})
}

// BenchmarkTable times a page of 100 of 35,000 cadres from request to answer: the aim is 200 ms at the server.
func BenchmarkTable(b *testing.B) {
	w := crowded(b)
	for _, who := range []string{"bench-province", "bench-county"} {
		c := w.as(who)
		for name, query := range map[string]string{
			"plain": "", "far down by name": "sort=name&offset=34000", "by birth date": "sort=-birth_date",
			"filters and sorts": "filter=young_pool:eq:1&filter=position_rank:in:132%3B141&filter=birth_date:between:1980-01-01%3B1995-12-31&sort=position_rank,-rural_years",
			"part of a name":    "q=%E5%92%8C", "pinyin": "q=he", "name of a unit": "filter=unit:contains:%E5%B1%80&sort=unit",
		} {
			b.Run(who+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if got := c.get("/api/registry/cadre?" + query); got.StatusCode != http.StatusOK {
						b.Fatalf("%d %s", got.StatusCode, got.body)
					}
				}
			})
		}
	}
}
