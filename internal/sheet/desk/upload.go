package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"strings"

	"github.com/google/uuid"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/ledger"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// Upload is a file to import. Sheet names the one to read, empty for the first that is in sight; Language is that of the
// report's words.
type Upload struct {
	Entity   catalogue.Entity
	FileName string
	Sheet    string
	Language string
	File     []byte
}

// mostKept is how many imports are kept for one account at a time.
const mostKept = 50

// Upload looks a file over, keeps it and has it tried in the background. A file that is no plain table is KindInvalid with
// the reason; an account that may not import there is KindForbidden.
func (s *Service) Upload(ctx context.Context, actor domain.Account, u Upload) (Import, error) {
	if err := permit(actor); err != nil {
		return Import{}, err
	}
	if _, err := s.Registry.Judge(ctx, actor, u.Entity, nil); err != nil { // may it write there at all
		return Import{}, err
	}
	file, err := reading.Open(ctx, bytes.NewReader(u.File), int64(len(u.File)), s.Limits)
	if err != nil {
		return Import{}, err
	}
	if _, err := file.Table(ctx, u.Sheet); err != nil {
		return Import{}, err
	}
	sealed, err := s.Sealer.Seal(purposes[store.ImportFile], u.File)
	if err != nil {
		return Import{}, err
	}
	var row store.SheetImport
	err = s.Store.Write(ctx, func(tx *store.Tx) (err error) {
		row, err = s.keep(tx, actor, u, sealed)
		return err
	})
	return Import{SheetImport: row, Status: Status(row.State)}, err
}

// keep writes the import, its job and its ledger entry.
func (s *Service) keep(tx *store.Tx, actor domain.Account, u Upload, sealed []byte) (store.SheetImport, error) {
	if _, err := store.RemoveSheetImports(tx); err != nil {
		return store.SheetImport{}, err
	}
	kept, err := store.SheetImports(tx, actor.ID, mostKept)
	if err != nil {
		return store.SheetImport{}, err
	}
	if len(kept) == mostKept {
		return store.SheetImport{}, &domain.Error{Kind: domain.KindBusy, Key: "sheet_import.too_many", Params: domain.Params{"limit": mostKept}}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return store.SheetImport{}, err
	}
	row := store.SheetImport{
		ID: id.String(), Owner: actor.ID, Entity: u.Entity, FileName: baseName(u.FileName), Sheet: u.Sheet, Language: u.Language,
		State: store.ImportTrying, CreatedAt: tx.Now(), UpdatedAt: tx.Now(), RemoveAt: tx.Now().Add(s.Keep),
	}
	if row.Job, err = enqueue(tx, actor, row.ID, false); err != nil {
		return row, err
	}
	if err := store.InsertSheetImport(tx, row, sealed); err != nil {
		return row, err
	}
	digest := sha256.Sum256(u.File)
	return row, note(tx, actor, "sheet_import.upload", row.ID, map[string]any{"entity": u.Entity, "bytes": len(u.File), "sha256": hex.EncodeToString(digest[:])})
}

// longestName is how much of a file's name is kept, in bytes.
const longestName = 200

// baseName is the file's name without the folders that some browsers send.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.ToValidUTF8(name[:min(len(name), longestName)], "")
}

func enqueue(tx *store.Tx, actor domain.Account, id string, write bool) (string, error) {
	return jobs.Enqueue(tx, jobs.Job{Kind: KindName, Args: jobArgs{id, write}, Owner: actor.ID, Region: actor.Region})
}

func note(tx *store.Tx, actor domain.Account, action, id string, detail map[string]any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: action, Subject: "sheet_import/" + id, Region: actor.Region, Detail: string(text)})
}

// source is the upload as the intake reads it.
func source(i store.SheetImport, file []byte) intake.Upload {
	return intake.Upload{File: bytes.NewReader(file), Size: int64(len(file)), Sheet: i.Sheet, Entity: i.Entity, Language: i.Language}
}
