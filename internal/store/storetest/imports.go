package storetest

import (
	"fmt"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

func sheetImports(t *testing.T, open func(t *testing.T) *store.Store) {
	t.Run("round trip", func(t *testing.T) { importRoundTrip(t, open(t)) })
	t.Run("owner", func(t *testing.T) { importOwner(t, open(t)) })
	t.Run("removal", func(t *testing.T) { importRemoval(t, open(t)) })
}

// aSheet is an import whose every field says something.
func aSheet(id, owner string, removeAt time.Time) store.SheetImport {
	return store.SheetImport{
		ID: id, Owner: owner, Entity: catalogue.Cadre, FileName: "花名册's.xlsx", Sheet: "名册", Language: "zh-CN", State: store.ImportTrying, Job: "j1",
		RemoveAt: removeAt.UTC().Truncate(time.Microsecond),
	}
}

func insertSheet(t *testing.T, s *store.Store, i store.SheetImport, file []byte) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error { return store.InsertSheetImport(tx, i, file) })
}

func sheetByID(t *testing.T, s *store.Store, owner, id string) (i store.SheetImport) {
	t.Helper()
	read(t, s, func(tx *store.Tx) (err error) {
		i, err = store.SheetImportByID(tx, owner, id)
		return err
	})
	return i
}

func importRoundTrip(t *testing.T, s *store.Store) {
	want := aSheet("i1", "a1", time.Now().Add(time.Hour))
	insertSheet(t, s, want, []byte{0, 0xff, '\''})
	got := sheetByID(t, s, "a1", "i1")
	if got.CreatedAt.IsZero() || !got.UpdatedAt.Equal(got.CreatedAt) {
		t.Errorf("times %v, %v", got.CreatedAt, got.UpdatedAt)
	}
	want.CreatedAt, want.UpdatedAt = got.CreatedAt, got.UpdatedAt
	equal(t, "a new import", got, want)
	want.State, want.Job, want.GoodOnly, want.Reason, want.ChangeSet, want.Failure, want.FailureParams = store.ImportTried, "j2", true, "年度", "s1", "x.y", `{"n":1}`
	want.RowsTotal, want.RowsAdded, want.RowsChanged, want.RowsSame, want.RowsRefused, want.Heads = 15, 1, 2, 3, 4, 5
	write(t, s, func(tx *store.Tx) error { return store.UpdateSheetImport(tx, want, store.ImportTrying) })
	got = sheetByID(t, s, "a1", "i1")
	want.UpdatedAt = got.UpdatedAt
	equal(t, "an import that was tried", got, want)
	err := s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateSheetImport(tx, want, store.ImportTrying) })
	refused(t, "from a state that is over", err, domain.KindConflict, "sheet_import.moved_on")
	for _, report := range []string{"first", "second"} {
		write(t, s, func(tx *store.Tx) error { return store.PutSheetImportReport(tx, "i1", []byte(report)) })
	}
	for part, content := range map[string]string{store.ImportFile: "\x00\xff'", store.ImportReport: "second"} {
		read(t, s, func(tx *store.Tx) error {
			sealed, err := store.SheetImportContent(tx, "a1", "i1", part)
			equal(t, part, string(sealed), content)
			return err
		})
	}
	err = s.Write(t.Context(), func(tx *store.Tx) error { return store.InsertSheetImport(tx, want, nil) })
	refused(t, "an id twice", err, domain.KindConflict, "store.duplicate")
}

func importOwner(t *testing.T, s *store.Store) {
	for n := range 3 {
		insertSheet(t, s, aSheet(fmt.Sprint("i", n), "a1", time.Now().Add(time.Hour)), []byte("x"))
	}
	insertSheet(t, s, aSheet("other", "a2", time.Now().Add(time.Hour)), []byte("x"))
	for owner, want := range map[string]string{"a1": "[i2 i1 i0]", "a2": "[other]", "a3": "[]"} {
		read(t, s, func(tx *store.Tx) error {
			found, err := store.SheetImports(tx, owner, 10)
			ids := []string{}
			for _, i := range found {
				ids = append(ids, i.ID)
			}
			equal(t, "imports of "+owner, fmt.Sprint(ids), want)
			return err
		})
	}
	for _, id := range append([]string{"other"}, hostile...) {
		err := s.Read(t.Context(), func(tx *store.Tx) error { _, err := store.SheetImportByID(tx, "a1", id); return err })
		refused(t, "import "+id, err, domain.KindNotFound, "sheet_import.not_found")
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			_, err := store.SheetImportContent(tx, "a1", id, store.ImportFile)
			return err
		})
		refused(t, "content of "+id, err, domain.KindNotFound, "sheet_import.not_found")
	}
}

func importRemoval(t *testing.T, s *store.Store) {
	insertSheet(t, s, aSheet("old", "a1", time.Now().Add(-time.Hour)), []byte("x"))
	insertSheet(t, s, aSheet("new", "a1", time.Now().Add(time.Hour)), []byte("x"))
	for _, want := range []int64{1, 0} {
		write(t, s, func(tx *store.Tx) error {
			removed, err := store.RemoveSheetImports(tx)
			equal(t, "removed", removed, want)
			return err
		})
	}
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.SheetImportContent(tx, "a1", "old", store.ImportFile)
		return err
	})
	refused(t, "content of a removed import", err, domain.KindNotFound, "sheet_import.not_found")
	equal(t, "the other one", sheetByID(t, s, "a1", "new").ID, "new")
}
