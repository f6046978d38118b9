package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/sheet/intake"
	"jieli/internal/store"
)

// Status is how an import stands for its owner: a state of the store, or what became of its job.
type Status string

// The statuses. From failed and cancelled there is no way on but another upload.
const (
	Trying    Status = Status(store.ImportTrying)
	Tried     Status = Status(store.ImportTried)
	Writing   Status = Status(store.ImportWriting)
	Written   Status = Status(store.ImportWritten)
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Import is an import as its owner sees it. Progress is there while a job runs. Failure and FailureParams of the row tell why
// it failed, or why a writing was refused.
type Import struct {
	store.SheetImport
	Status   Status
	Progress *intake.Progress
}

// Get is one import of the account, or sheet_import.not_found.
func (s *Service) Get(ctx context.Context, actor domain.Account, id string) (Import, error) {
	var found Import
	return found, s.Store.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = get(tx, actor, id)
		return err
	})
}

func get(tx *store.Tx, actor domain.Account, id string) (Import, error) {
	if err := permit(actor); err != nil {
		return Import{}, err
	}
	row, err := store.SheetImportByID(tx, actor.ID, id)
	if err != nil {
		return Import{}, err
	}
	return status(tx, actor, row)
}

// List are the account's imports, newest first.
func (s *Service) List(ctx context.Context, actor domain.Account) ([]Import, error) {
	if err := permit(actor); err != nil {
		return nil, err
	}
	var all []Import
	return all, s.Store.Read(ctx, func(tx *store.Tx) error {
		rows, err := store.SheetImports(tx, actor.ID, mostKept)
		for _, row := range rows {
			one, bad := status(tx, actor, row)
			all, err = append(all, one), errors.Join(err, bad)
		}
		return err
	})
}

// status looks at the job of an import that is on its way.
func status(tx *store.Tx, actor domain.Account, row store.SheetImport) (Import, error) {
	i := Import{SheetImport: row, Status: Status(row.State)}
	if row.State != store.ImportTrying && row.State != store.ImportWriting {
		return i, nil
	}
	job, err := store.JobByID(tx, actor.Region.Scope(), row.Job)
	if err != nil {
		return i, err
	}
	switch job.State {
	case domain.JobFailed:
		i.Status, i.Failure, i.FailureParams = Failed, job.Failure, job.FailureParams
	case domain.JobCancelled:
		i.Status = Cancelled
	default: // on its way
	}
	if (i.Status == Failed || i.Status == Cancelled) && row.State == store.ImportWriting {
		i.Status = Tried // nothing was written; it may be accepted again
	}
	if job.Progress != "" && !job.State.Final() {
		i.Progress = &intake.Progress{}
		err = json.Unmarshal([]byte(job.Progress), i.Progress)
	}
	return i, err
}

// Report is what comes, or came, of each row; sheet_import.not_found before the file has been tried.
func (s *Service) Report(ctx context.Context, actor domain.Account, id string) (*intake.Report, error) {
	if err := permit(actor); err != nil {
		return nil, err
	}
	var sealed []byte
	err := s.Store.Read(ctx, func(tx *store.Tx) (err error) {
		sealed, err = s.content(tx, actor.ID, id, store.ImportReport)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.openReport(sealed)
}

// Result writes the uploaded rows with the errors marked in their cells as a workbook.
func (s *Service) Result(ctx context.Context, actor domain.Account, id string, to io.Writer) error {
	report, err := s.Report(ctx, actor, id)
	if err != nil {
		return err
	}
	var row store.SheetImport
	var file []byte
	err = s.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if row, err = store.SheetImportByID(tx, actor.ID, id); err == nil {
			file, err = s.content(tx, actor.ID, id, store.ImportFile)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.im.Result(ctx, to, source(row, file), report)
}

// Cancel stops the job of an import. What it has not written by then it never will.
func (s *Service) Cancel(ctx context.Context, actor domain.Account, id string) (Import, error) {
	var i Import
	return i, s.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if i, err = get(tx, actor, id); err != nil {
			return err
		}
		if _, err = jobs.Cancel(tx, actor.Region.Scope(), actor.ID, i.Job); err != nil {
			return err
		}
		i, err = get(tx, actor, id)
		return err
	})
}

// Accept has the rows of an import that was tried written in the background: all of them, which asks that none was refused
// (KindConflict, sheet.import.refused), or with goodOnly those that were not. The reason goes into the change set.
func (s *Service) Accept(ctx context.Context, actor domain.Account, id, reason string, goodOnly bool) (Import, error) {
	var i Import
	return i, s.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if i, err = get(tx, actor, id); err != nil {
			return err
		}
		if err := acceptable(i, goodOnly); err != nil {
			return err
		}
		was := i.State
		i.State, i.Reason, i.GoodOnly, i.Failure, i.FailureParams = store.ImportWriting, reason, goodOnly, "", ""
		if i.Job, err = enqueue(tx, actor, i.ID, true); err != nil {
			return err
		}
		i.Status = Writing
		if err := store.UpdateSheetImport(tx, i.SheetImport, was); err != nil {
			return err
		}
		return note(tx, actor, "sheet_import.accept", i.ID, map[string]any{"good_only": goodOnly})
	})
}

func acceptable(i Import, goodOnly bool) error {
	conflict := func(key string, params domain.Params) error {
		return &domain.Error{Kind: domain.KindConflict, Key: key, Params: params}
	}
	switch {
	case i.Status == Trying:
		return conflict("sheet_import.not_tried", nil)
	case i.Status != Tried:
		return conflict("sheet_import.moved_on", nil)
	case i.Heads > 0 || i.RowsRefused > 0 && !goodOnly:
		return conflict("sheet.import.refused", domain.Params{"rows": i.RowsRefused, "heads": i.Heads})
	case i.RowsAdded+i.RowsChanged == 0:
		return conflict("sheet_import.nothing", nil)
	}
	return nil
}
