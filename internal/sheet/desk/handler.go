package desk

import (
	"context"
	"encoding/json"
	"errors"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/sheet/intake"
	"jieli/internal/store"
)

// KindName names the jobs of imports. Their arguments hold the import's id, their progress is an intake.Progress.
const KindName = "sheet_import"

type jobArgs struct {
	Import string `json:"import"`
	Write  bool   `json:"write"` // else it is tried
}

// Kind is the kind of job that the desk's imports are. One runs at a time in a process: each may hold a file and its rows.
func (s *Service) Kind() jobs.Kind {
	return jobs.Kind{Name: KindName, AtOnce: 1, Handle: s.handle}
}

// task is one attempt at a job.
type task struct {
	*Service
	control *jobs.Control
	actor   domain.Account
	row     store.SheetImport
	file    []byte
}

func (s *Service) handle(ctx context.Context, c *jobs.Control) error {
	var args jobArgs
	if err := c.Args(&args); err != nil {
		return err
	}
	t := &task{Service: s, control: c}
	if err := t.load(ctx, args.Import); err != nil {
		return err
	}
	switch {
	case t.row.Job != c.Job().ID: // an attempt after the end
		return nil
	case args.Write:
		return t.write(ctx)
	}
	return t.try(ctx)
}

// load reads the import and who owns it, who may have lost the right to import since.
func (t *task) load(ctx context.Context, id string) error {
	owner := t.control.Job().Owner
	err := t.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if t.actor, err = store.AccountByID(tx, owner); err != nil {
			return err
		}
		if t.row, err = store.SheetImportByID(tx, owner, id); err != nil {
			return err
		}
		t.file, err = t.content(tx, owner, id, store.ImportFile)
		return err
	})
	if err != nil {
		return err
	}
	return permit(t.actor)
}

func (t *task) progress(p intake.Progress) {
	_ = t.control.Progress(p) // numbers are always JSON
}

func (t *task) prepare(ctx context.Context) (*intake.Ready, error) {
	return t.im.Prepare(ctx, t.actor, source(t.row, t.file), t.progress)
}

func (t *task) try(ctx context.Context) error {
	ready, err := t.prepare(ctx)
	if err != nil {
		return err
	}
	return t.control.Finish(ctx, func(tx *store.Tx) (any, error) { return t.settle(tx, ready.Report, store.ImportTried, "") })
}

// write tries the file again and writes it. What was refused in the last moment is no failure of the job: the import stands as
// tried again, with the report that says why.
func (t *task) write(ctx context.Context) error {
	ready, err := t.prepare(ctx)
	if err != nil {
		return err
	}
	err = t.control.Finish(ctx, func(tx *store.Tx) (any, error) {
		set, err := ready.Write(tx, t.Registry, t.row.Reason, t.row.GoodOnly)
		if err != nil {
			return nil, err
		}
		return t.settle(tx, ready.Report, store.ImportWritten, set.ID)
	})
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != "sheet.import.refused" {
		return err
	}
	params, err := json.Marshal(told.Params)
	if err != nil {
		return err
	}
	t.row.Failure, t.row.FailureParams = told.Key, string(params)
	return t.control.Finish(ctx, func(tx *store.Tx) (any, error) { return t.settle(tx, ready.Report, store.ImportTried, "") })
}

// settle keeps the report and how the import stands now. It may be run again when the transaction was.
func (t *task) settle(tx *store.Tx, report *intake.Report, state store.ImportState, changeSet string) (any, error) {
	sealed, err := t.sealReport(report)
	if err != nil {
		return nil, err
	}
	if err := store.PutSheetImportReport(tx, t.row.ID, sealed); err != nil {
		return nil, err
	}
	row, c := t.row, report.Counts
	row.State, row.ChangeSet, row.Heads = state, changeSet, int64(len(report.Heads))
	row.RowsTotal, row.RowsAdded, row.RowsChanged = int64(c.Total), int64(c.Added), int64(c.Changed)
	row.RowsSame, row.RowsRefused = int64(c.Same), int64(c.Refused)
	if err := store.UpdateSheetImport(tx, row, t.row.State); err != nil {
		return nil, err
	}
	return c, note(tx, t.actor, "sheet_import."+string(state), row.ID, map[string]any{"counts": c, "heads": row.Heads, "change_set": changeSet})
}
