package intake

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/reading"
)

// Import takes sheets into the registry.
type Import struct {
	Registry Registry
	Messages *i18n.Catalog
	Limits   reading.Limits
}

// Upload is a file as somebody sent it, and for which table.
type Upload struct {
	File     io.ReaderAt
	Size     int64
	Sheet    string // to be read; the first visible one where none has the name
	Entity   catalogue.Entity
	Language string // of the words in a report
}

// Progress tells how far a try has come; Of is how many rows there are.
type Progress struct {
	Counts
	Of int `json:"of"`
}

// batchRows is how many rows are judged at a time.
const batchRows = 500

// Try says what would come of every row and changes nothing. progress is told after each batch; it may be nil. The error is
// a domain.Error for a file that cannot be read at all, or the context's.
func (im *Import) Try(ctx context.Context, actor domain.Account, u Upload, progress func(Progress)) (*Report, error) {
	report, _, err := im.run(ctx, actor, u, progress)
	return report, err
}

// run tries a file, and keeps the changes that rows ask for with the places of their rows in the report.
func (im *Import) run(ctx context.Context, actor domain.Account, u Upload, progress func(Progress)) (*Report, wanted, error) {
	spec, ok := catalogue.Of(u.Entity)
	if !ok || !slices.ContainsFunc(spec.Fields, func(f catalogue.Field) bool { return !f.ReadOnly }) {
		return nil, wanted{}, &domain.Error{Kind: domain.KindInvalid, Key: "sheet.import.not_here", Field: "entity", Params: domain.Params{"entity": string(u.Entity)}}
	}
	table, err := im.table(ctx, u)
	if err != nil {
		return nil, wanted{}, err
	}
	t := &try{
		im: im, ctx: ctx, actor: actor, spec: spec, of: table.Rows, progress: progress,
		report: &Report{Entity: u.Entity, Sheet: table.Name},
	}
	rows, err := firstRows(ctx, table)
	if err != nil {
		return nil, wanted{}, err
	}
	var l layout
	l, t.report.Heads = newRecogniser(spec, im.words(u), im.Messages).find(rows, table.Merged)
	if len(t.report.Heads) > 0 {
		return t.report, wanted{}, nil
	}
	if err := t.prepare(l, rows); err != nil {
		return nil, wanted{}, err
	}
	if err := table.Each(ctx, t.row); err != nil {
		return nil, wanted{}, err
	}
	return t.report, t.wanted, t.flush()
}

func (im *Import) table(ctx context.Context, u Upload) (*reading.Table, error) {
	file, err := reading.Open(ctx, u.File, u.Size, im.Limits)
	if err != nil {
		return nil, err
	}
	return file.Table(ctx, u.Sheet)
}

func (im *Import) words(u Upload) sheet.Words {
	return sheet.Words{Printer: im.Messages.Printer(u.Language), Entity: u.Entity}
}

// errEnough ends the reading of the first rows.
var errEnough = errors.New("intake: enough rows")

func firstRows(ctx context.Context, table *reading.Table) ([]reading.Row, error) {
	var rows []reading.Row
	err := table.Each(ctx, func(r reading.Row) error {
		if len(rows) == searchedRows {
			return errEnough
		}
		rows = append(rows, reading.Row{Number: r.Number, Cells: slices.Clone(r.Cells)})
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return rows, err
}

// wanted are the changes that would change something, with the places of their rows in the report.
type wanted struct {
	changes []registry.Change
	rows    []int
}

// try is one walk over the rows of a file.
type try struct {
	im       *Import
	ctx      context.Context
	actor    domain.Account
	spec     catalogue.Spec
	reader   *rowReader
	report   *Report
	batch    []entry
	wanted   wanted
	of       int
	progress func(Progress)
}

// prepare makes ready for the rows below the head, which is among the first rows.
func (t *try) prepare(l layout, first []reading.Row) error {
	t.reader = &rowReader{
		spec: t.spec, layout: l, columns: sortedColumns(l), headings: map[int]string{}, labels: Labels(t.spec, t.im.Messages),
		units: newUnitNames(), seen: map[string]int{},
	}
	for _, row := range first {
		if row.Number <= l.headRow {
			t.of--
		}
		if row.Number == l.headRow {
			for column, cell := range row.Cells {
				t.reader.headings[column] = strings.TrimSuffix(cell.Text, sheet.RequiredMark)
			}
		}
	}
	refersToUnits := slices.ContainsFunc(fieldsOf(l), func(f catalogue.Field) bool { return f.Type == catalogue.UnitID })
	if !refersToUnits {
		return nil
	}
	return EachUnit(t.ctx, t.im.Registry, t.actor, t.reader.units.add)
}

func (t *try) row(r reading.Row) error {
	if r.Number <= t.reader.layout.headRow {
		return nil
	}
	t.batch = append(t.batch, t.reader.read(r))
	if len(t.batch) < batchRows {
		return nil
	}
	return t.flush()
}

// flush judges the batch and puts its rows into the report.
func (t *try) flush() error {
	outcomes, changes, err := t.judge()
	if err != nil {
		return err
	}
	next := 0
	for _, e := range t.batch {
		row := RowReport{Row: e.row, Key: e.key, Kind: Refused, Faults: e.faults}
		if len(e.faults) == 0 {
			row = t.told(row, outcomes[next])
			if row.Kind == Added || row.Kind == Changed {
				t.wanted.changes = append(t.wanted.changes, changes[next])
				t.wanted.rows = append(t.wanted.rows, len(t.report.Rows))
			}
			next++
		}
		t.report.add(row)
	}
	t.batch = t.batch[:0]
	if t.progress != nil {
		t.progress(Progress{t.report.Counts, t.of})
	}
	return t.ctx.Err()
}

// judge asks the registry about the rows of the batch that have no fault yet.
func (t *try) judge() ([]registry.Outcome, []registry.Change, error) {
	if err := t.known(); err != nil {
		return nil, nil, err
	}
	var changes []registry.Change
	for _, e := range t.batch {
		if len(e.faults) == 0 {
			changes = append(changes, registry.Change{Key: e.key, Version: e.version, Values: e.values})
		}
	}
	if len(changes) == 0 {
		return nil, nil, nil
	}
	outcomes, err := t.im.Registry.Judge(t.ctx, t.actor, t.spec.Entity, changes)
	return outcomes, changes, err
}

// known fills in the versions of records that a sheet without them names, and faults rows whose record has gone since
// or would lose a required value.
func (t *try) known() error {
	var keys []string
	for _, e := range t.batch {
		if e.key != "" && len(e.faults) == 0 {
			keys = append(keys, e.key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	records, err := t.im.Registry.Lookup(t.ctx, t.actor, t.spec.Entity, keys)
	if err != nil {
		return err
	}
	for i := range t.batch {
		e := &t.batch[i]
		record, there := records[e.key]
		switch {
		case e.key == "" || len(e.faults) > 0:
		case there:
			if e.version == 0 {
				e.version = record.Version
			}
			t.reader.stripped(e, record)
		case !there && e.version > 0:
			e.faults = append(e.faults, Fault{Key: "sheet.row.gone", Params: map[string]any{"key": e.key}})
		}
	}
	return nil
}

// told is the report of a row that the registry judged.
func (t *try) told(row RowReport, o registry.Outcome) RowReport {
	row.Kind = Kind(o.Kind)
	if row.Key == "" {
		row.Key = o.Key
	}
	for _, f := range o.Faults {
		row.Faults = append(row.Faults, t.reader.layout.placed(f, t.reader.headings))
	}
	return row
}
