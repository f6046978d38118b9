package store

import (
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// ImportState is how far an import has come. Whether its job failed or was cancelled is the job's to tell.
type ImportState string

// The states of an import, in their order; a writing that was refused goes back to tried.
const (
	ImportTrying  ImportState = "trying"
	ImportTried   ImportState = "tried"
	ImportWriting ImportState = "writing"
	ImportWritten ImportState = "written"
)

// SheetImport is a sheet that an account uploaded to be imported. Job is the newest of it; ChangeSet what it wrote, empty
// for nothing. Failure is the message key of why it was not written at last, with its parameters as JSON.
type SheetImport struct {
	bun.BaseModel `bun:"table:sheet_import"`

	ID            string `bun:",pk"`
	Owner         string
	Entity        catalogue.Entity
	FileName      string
	Sheet         string
	Language      string
	State         ImportState
	Job           string
	GoodOnly      bool
	Reason        string
	RowsTotal     int64
	RowsAdded     int64
	RowsChanged   int64
	RowsSame      int64
	RowsRefused   int64
	Heads         int64
	ChangeSet     string
	Failure       string
	FailureParams string
	CreatedAt     time.Time
	UpdatedAt     time.Time
	RemoveAt      time.Time
}

// The parts of an import's content.
const (
	ImportFile   = "file"
	ImportReport = "report"
)

type importContent struct {
	bun.BaseModel `bun:"table:sheet_import_content"`

	Import string `bun:",pk"`
	Part   string `bun:",pk"`
	Sealed []byte
}

type importArgs struct {
	ID, Owner, Part string
	Limit           int
	Now             time.Time
}

func (i SheetImport) utc() SheetImport {
	i.CreatedAt, i.UpdatedAt, i.RemoveAt = i.CreatedAt.UTC(), i.UpdatedAt.UTC(), i.RemoveAt.UTC()
	return i
}

// InsertSheetImport keeps a new import with its file, sealed.
func InsertSheetImport(tx *Tx, i SheetImport, file []byte) error {
	i.CreatedAt, i.UpdatedAt = tx.now, tx.now
	return inOrder(
		func() error { return insert(tx, []SheetImport{i}) },
		func() error { return insert(tx, []importContent{{Import: i.ID, Part: ImportFile, Sealed: file}}) },
	)
}

// SheetImportByID gives an import of the account, or sheet_import.not_found.
func SheetImportByID(tx *Tx, owner, id string) (SheetImport, error) {
	i, err := one[SheetImport](tx, domain.NotFound("sheet_import", id),
		`SELECT * FROM sheet_import WHERE id = ?id AND owner = ?owner`, importArgs{ID: id, Owner: owner})
	return i.utc(), err
}

// SheetImports are the account's imports, newest first.
func SheetImports(tx *Tx, owner string, limit int) ([]SheetImport, error) {
	rows, err := all[SheetImport](tx, `SELECT * FROM sheet_import WHERE owner = ?owner ORDER BY created_at DESC, id DESC LIMIT ?limit`,
		importArgs{Owner: owner, Limit: limit})
	return each(rows, SheetImport.utc), err
}

// UpdateSheetImport keeps what has become of an import that was in the state was; KindConflict, sheet_import.moved_on,
// where it no longer is.
func UpdateSheetImport(tx *Tx, i SheetImport, was ImportState) error {
	i.UpdatedAt = tx.now
	return change(tx, i, staleError("sheet_import.moved_on"), "id = ? AND state = ?", i.ID, was)
}

// SheetImportContent gives a sealed part of the account's import; sheet_import.not_found where there is none (yet).
func SheetImportContent(tx *Tx, owner, id, part string) ([]byte, error) {
	c, err := one[importContent](tx, domain.NotFound("sheet_import", id), `SELECT c.* FROM sheet_import_content c
		JOIN sheet_import i ON i.id = c.import WHERE c.import = ?id AND c.part = ?part AND i.owner = ?owner`,
		importArgs{ID: id, Owner: owner, Part: part})
	return c.Sealed, err
}

// PutSheetImportReport keeps the sealed report of an import in place of the one before.
func PutSheetImportReport(tx *Tx, id string, sealed []byte) error {
	row := importContent{Import: id, Part: ImportReport, Sealed: sealed}
	_, err := tx.db.NewInsert().Model(&row).On("CONFLICT (import, part) DO UPDATE").Set("sealed = excluded.sealed").Exec(tx.ctx)
	if err != nil {
		return refusal(tx.engine, "sheet_import_content", err)
	}
	return nil
}

// RemoveSheetImports removes the imports whose time is over, with all that they hold, and says how many.
func RemoveSheetImports(tx *Tx) (int64, error) {
	result, err := tx.db.NewRaw(`DELETE FROM sheet_import WHERE remove_at <= ?now`, importArgs{Now: tx.now}).Exec(tx.ctx)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
