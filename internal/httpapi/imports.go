package httpapi

import (
	"context"
	"encoding/json"

	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/intake"
)

type uploadInput struct {
	Entity   string `query:"entity" required:"true" maxLength:"16" doc:"region, unit, cadre or village"`
	FileName string `query:"file_name" maxLength:"200"`
	Sheet    string `query:"sheet" maxLength:"100" doc:"The sheet to read; the first one in sight where left out"`
	RawBody  []byte `contentType:"application/octet-stream"`
}

// upload takes a sheet and has it tried in the background.
func (s *server) upload(ctx context.Context, in *uploadInput) (*answer[SheetImport], error) {
	i, err := s.options.Desk.Upload(ctx, granted(ctx).account, desk.Upload{
		Entity: catalogue.Entity(in.Entity), FileName: in.FileName, Sheet: in.Sheet, Language: s.language(ctx), File: in.RawBody,
	})
	return s.importAnswer(ctx, i, inBody(err))
}

func (s *server) importAnswer(ctx context.Context, i desk.Import, err error) (*answer[SheetImport], error) {
	if err != nil {
		return nil, err
	}
	return answering(s.importOf(ctx, i)), nil
}

// imports gives the caller's imports.
func (s *server) imports(ctx context.Context, _ *noInput) (*answer[SheetImportList], error) {
	all, err := s.options.Desk.List(ctx, granted(ctx).account)
	if err != nil {
		return nil, err
	}
	out := SheetImportList{Imports: make([]SheetImport, len(all))}
	for i, one := range all {
		out.Imports[i] = s.importOf(ctx, one)
	}
	return answering(out), nil
}

// sheetImport gives one import as it stands.
func (s *server) sheetImport(ctx context.Context, in *ImportPath) (*answer[SheetImport], error) {
	i, err := s.options.Desk.Get(ctx, granted(ctx).account, in.Import)
	return s.importAnswer(ctx, i, err)
}

type reportInput struct {
	ImportPath
	Page
	Kind string `query:"kind" enum:"added,changed,same,refused" doc:"Rows that come to this only; all where left out"`
}

// importReport tells what comes, or came, of the rows of an import.
func (s *server) importReport(ctx context.Context, in *reportInput) (*answer[SheetReport], error) {
	report, err := s.options.Desk.Report(ctx, granted(ctx).account, in.Import)
	if err != nil {
		return nil, err
	}
	out := SheetReport{Counts: countsOf(report.Counts), Heads: []SheetHeadFault{}, Rows: []SheetRow{}}
	words := s.words(ctx, report.Entity)
	for _, h := range report.Heads {
		out.Heads = append(out.Heads, SheetHeadFault{h.Heading, words.Printer.Text(h.Key, h.Params)})
	}
	for _, row := range report.Rows {
		if in.Kind != "" && string(row.Kind) != in.Kind {
			continue
		}
		if out.Total++; out.Total > in.Offset && len(out.Rows) < in.Limit {
			out.Rows = append(out.Rows, sheetRowOf(words, report.Entity, row))
		}
	}
	return answering(out), nil
}

func sheetRowOf(words sheet.Words, e catalogue.Entity, row intake.RowReport) SheetRow {
	out := SheetRow{Row: row.Row, Key: row.Key, Kind: string(row.Kind), Faults: []SheetFault{}}
	alone := intake.Report{Entity: e, Rows: []intake.RowReport{row}}
	for _, l := range alone.Lines(words, len(row.Faults)) {
		out.Faults = append(out.Faults, SheetFault{Column: l.Column, Heading: l.Heading, Value: l.Value, Wrong: l.Wrong, Expected: l.Expected})
	}
	return out
}

// importResult gives the uploaded rows back as a workbook, with the errors marked in their cells.
func (s *server) importResult(ctx context.Context, in *ImportPath) (*download, error) {
	i, err := s.options.Desk.Get(ctx, granted(ctx).account, in.Import)
	if err != nil {
		return nil, err
	}
	d := s.named(ctx, string(i.Entity), "sheet.file.result", ".xlsx")
	return d, s.options.Desk.Result(ctx, granted(ctx).account, in.Import, &d.body)
}

type acceptInput struct {
	ImportPath
	Body SheetAccept
}

// acceptImport has an import that was tried written in the background.
func (s *server) acceptImport(ctx context.Context, in *acceptInput) (*answer[SheetImport], error) {
	i, err := s.options.Desk.Accept(ctx, granted(ctx).account, in.Import, in.Body.Reason, in.Body.GoodOnly)
	return s.importAnswer(ctx, i, err)
}

// cancelImport stops an import's job.
func (s *server) cancelImport(ctx context.Context, in *ImportPath) (*answer[SheetImport], error) {
	i, err := s.options.Desk.Cancel(ctx, granted(ctx).account, in.Import)
	return s.importAnswer(ctx, i, err)
}

func (s *server) importOf(ctx context.Context, i desk.Import) SheetImport {
	out := SheetImport{
		ID: i.ID, Entity: string(i.Entity), FileName: i.FileName, Sheet: i.Sheet, Status: string(i.Status), Job: i.Job,
		Counts: SheetCounts{i.RowsTotal, i.RowsAdded, i.RowsChanged, i.RowsSame, i.RowsRefused}, Heads: i.Heads,
		GoodOnly: i.GoodOnly, Reason: i.Reason, ChangeSet: i.ChangeSet, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt, RemoveAt: i.RemoveAt,
	}
	if i.Progress != nil {
		out.Progress = &SheetProgress{countsOf(i.Progress.Counts), int64(i.Progress.Of)}
	}
	if i.Failure != "" {
		out.Failure = s.failureOf(ctx, i.Failure, i.FailureParams)
	}
	return out
}

func countsOf(c intake.Counts) SheetCounts {
	return SheetCounts{int64(c.Total), int64(c.Added), int64(c.Changed), int64(c.Same), int64(c.Refused)}
}

// failureOf puts a kept failure in the caller's words; parameters are JSON.
func (s *server) failureOf(ctx context.Context, key, params string) *JobFailure {
	var filled map[string]any
	if err := json.Unmarshal([]byte(params), &filled); err != nil {
		filled = nil // the message does without
	}
	return &JobFailure{Code: key, Detail: s.of(ctx).printer.Text(key, filled)}
}
