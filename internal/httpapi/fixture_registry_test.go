package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// past is when the fixture's records changed.
var past = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// ring holds the keys of all worlds, since all start from one file.
var ring = sync.OnceValue(func() *seal.Ring {
	r, err := seal.NewRing(seal.SM, past)
	if err != nil {
		panic(err)
	}
	return r
})

// withRegistry gives a server the register of its store.
func withRegistry(o *httpapi.Options) {
	o.Registry = registry.New(o.Store, ring(), nil)
	o.Desk = desk.New(desk.Options{Store: o.Store, Registry: o.Registry, Sealer: ring(), Messages: o.Catalog, Limits: reading.DefaultLimits()})
}

// idOfC3 ends with the check character of its digits.
var (
	idOfC3   = rightNumber("43010119850101001")
	maskOfC3 = "****************" + idOfC3[16:]
)

func rightNumber(digits string) string { return digits + string(catalogue.IDCheck(digits)) }

const importCSV = "unit,name,sex,birth_date,politics,position\nU2,钱七,1,1990-03-07,01,科员\nU2,吴八,1,去年,01,科员\n"

var recordKeys = []string{"U1", "U2", "E1", "C1", "C3", "C4", "430101001201", "430201001201", "420101001201", "430101000000", "no"}

// recordSecrets are words of the register that only those may read in whose division the unit's home or the village lies.
var recordSecrets = map[domain.Code][]string{
	province: {"张一", "孙五"}, county: {"王三", "赵四", "县局的事"}, otherProvince: {"周六", "鄂厅", "鄂厅的事"},
	"430101001201": {"第一村"}, "430201001201": {"第五村"}, "420101001201": {"远村"},
}

func isRecord(path string) bool {
	for _, part := range []string{"/api/registry", "/api/change-sets", "/api/imports", "/api/papers"} {
		if strings.HasPrefix(path, part) {
			return true
		}
	}
	return false
}

// insertRecords gives the register what a round has no need of: a unit's account, villages, a secret, changes of records
// of each province, a view and imports.
func insertRecords(tx *store.Tx) error {
	speaks := domain.Account{ID: "a-unit", Username: "unit", Name: "名unit", Role: domain.RoleUnitOffice, Region: county, Unit: "U2", PasswordHash: secretHash, CreatedAt: tx.Now()}
	view := store.SavedView{ID: "v1", Account: "a-county", Entity: catalogue.Cadre, Name: "科级", Definition: `{"search":"王","sort":[{"Field":"name","Desc":true}]}`}
	var villages []catalogue.Record
	for _, v := range fixtureVillages {
		villages = append(villages, catalogue.Record{Key: string(v.code), Version: 1, Values: map[string]string{"code": string(v.code), "name": v.name, "categories": string(v.category)}})
	}
	for _, step := range []func() error{
		func() error { return store.InsertAccounts(tx, []domain.Account{speaks}) },
		func() error { return store.PutRecords(tx, catalogue.Village, villages) },
		func() error { return insertSecret(tx) },
		func() error { return insertChange(tx, "s1", "C3", "a-county", county, "县局的事") },
		func() error { return insertChange(tx, "s2", "C4", "a-province", province, "") },
		func() error { return insertChange(tx, "e-s1", "E1", "a-foreign", otherProvince, "鄂厅的事") },
		func() error { return store.PutSavedView(tx, view) },
		func() error { return insertImport(tx, "i1", "a-county", "j1") },
		func() error { return insertImport(tx, "e-i1", "a-foreign", "e-j1") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// insertSecret gives C3 an identity number.
func insertSecret(tx *store.Tx) error {
	whole, err := store.WholeRecords(tx, catalogue.Cadre, []string{"C3"})
	if err != nil {
		return err
	}
	r := whole["C3"]
	r.Version++
	if err := catalogue.PutSecret(ring(), catalogue.Cadre, r.Values, "id_number", idOfC3); err != nil {
		return err
	}
	return store.PutRecords(tx, catalogue.Cadre, []catalogue.Record{r})
}

// insertChange notes that somebody changed the position of a cadre, as the version that is there.
func insertChange(tx *store.Tx, id, key, actor string, region domain.Code, reason string) error {
	set := store.ChangeSet{ID: id, Entity: catalogue.Cadre, Origin: "form", Reason: reason, Actor: actor, Region: region, At: past, Changed: 1, Root: id, Live: 1}
	whole, err := store.WholeRecords(tx, catalogue.Cadre, []string{key})
	if err != nil {
		return err
	}
	return store.InsertChangeSet(tx, set, []store.ChangeRow{{
		ChangeSet: id, Key: key, Version: whole[key].Version, Before: `{"position":"副科长"}`, After: `{"position":"科长"}`,
	}})
}

// insertImport inserts an import that was tried.
func insertImport(tx *store.Tx, id, owner, job string) error {
	report := intake.Report{Entity: catalogue.Cadre, Counts: intake.Counts{Total: 2, Added: 1, Refused: 1}, Rows: []intake.RowReport{
		{Row: 2, Kind: intake.Added},
		{Row: 3, Kind: intake.Refused, Faults: []intake.Fault{{Column: "D", Heading: "birth_date", Field: "birth_date", Value: "去年", Key: "registry.not_date", Params: map[string]any{"value": "去年"}}}},
	}}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if err := json.NewEncoder(w).Encode(report); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	file, err := ring().Seal("sheet_import.file", []byte(importCSV))
	if err != nil {
		return err
	}
	kept, err := ring().Seal("sheet_import.report", packed.Bytes())
	if err != nil {
		return err
	}
	row := store.SheetImport{ID: id, Owner: owner, Entity: catalogue.Cadre, FileName: "名册.csv", Language: "zh-CN", State: store.ImportTried, Job: job,
		RowsTotal: 2, RowsAdded: 1, RowsRefused: 1, RemoveAt: past.AddDate(100, 0, 0)}
	if err := store.InsertSheetImport(tx, row, file); err != nil {
		return err
	}
	return store.PutSheetImportReport(tx, id, kept)
}
