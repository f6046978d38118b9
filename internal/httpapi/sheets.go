package httpapi

import (
	"context"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet/paper"
	"jieli/internal/sheet/reading"
)

// language is the caller's, as the sheets name it.
func (s *server) language(ctx context.Context) string { return s.of(ctx).printer.Language.String() }

// named is an empty file named after a table and a word, such as 干部导入模板.xlsx.
func (s *server) named(ctx context.Context, entity, word, ending string) *download {
	title := s.words(ctx, catalogue.Entity(entity)).Title()
	return &download{name: s.of(ctx).printer.Text(word, domain.Params{"title": title, "day": s.today()}) + ending}
}

// beijing is the one time zone of the offices.
var beijing = time.FixedZone("UTC+8", 8*60*60)

func (s *server) today() string { return s.clock().In(beijing).Format(time.DateOnly) }

// template gives the empty workbook of a table to fill in.
func (s *server) template(ctx context.Context, in *EntityPath) (*download, error) {
	d := s.named(ctx, in.Entity, "sheet.file.template", ".xlsx")
	return d, s.options.Desk.Template(ctx, granted(ctx).account, catalogue.Entity(in.Entity), s.language(ctx), &d.body)
}

type exportInput struct {
	EntityPath
	RecordQuery
}

// exportTo gives what a list shows, all of its pages, as a file.
func (s *server) exportTo(format reading.Format, ending string) func(context.Context, *exportInput) (*download, error) {
	return func(ctx context.Context, in *exportInput) (*download, error) {
		q, err := in.query(in.Entity)
		if err != nil {
			return nil, err
		}
		d := s.named(ctx, in.Entity, "sheet.file.export", ending)
		return d, s.options.Desk.Export(ctx, granted(ctx).account, q, format, s.language(ctx), &d.body)
	}
}

type rosterInput struct {
	EntityPath
	RecordQuery
	PaperForm
}

// roster is a list as an official paper.
func (s *server) roster(ctx context.Context, in *rosterInput) (paper.Paper, error) {
	q, err := in.query(in.Entity)
	if err != nil {
		return paper.Paper{}, err
	}
	q.Columns = columnsOf(q)
	return s.options.Desk.Roster(ctx, granted(ctx).account, s.form(ctx, in.PaperForm, in.Entity, "sheet.file.roster"), q, s.language(ctx))
}

// columnsOf are the columns that a query shows.
func columnsOf(q registry.Query) []string {
	if len(q.Columns) > 0 {
		return q.Columns
	}
	spec, _ := catalogue.Of(q.Entity)
	var keys []string
	for _, f := range spec.Fields {
		if f.Default {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

type statisticsInput struct {
	RecordQuery
	PaperForm
	Day   string `query:"day" maxLength:"10" doc:"On which ages are counted, such as 2026-03-05; today where left out"`
	Small int64  `query:"small" minimum:"0" maximum:"20" default:"0" doc:"Counts below it are hidden, and what would give them away"`
}

// statistics counts the cadres that a list holds, as an official paper.
func (s *server) statistics(ctx context.Context, in *statisticsInput) (paper.Paper, error) {
	q, err := in.query(string(catalogue.Cadre))
	if err != nil {
		return paper.Paper{}, err
	}
	if in.Day == "" {
		in.Day = s.today()
	}
	day, err := time.Parse(time.DateOnly, in.Day)
	if err != nil {
		return paper.Paper{}, &domain.Error{Kind: domain.KindInvalid, Key: "request.not_day", Field: "query.day"}
	}
	form := s.form(ctx, in.PaperForm, string(catalogue.Cadre), "sheet.file.statistics")
	return s.options.Desk.Statistics(ctx, granted(ctx).account, form, q, day, in.Small, s.language(ctx))
}

// form fills what the office left out.
func (s *server) form(ctx context.Context, f PaperForm, entity, word string) paper.Form {
	if f.Title == "" {
		f.Title = s.of(ctx).printer.Text(word, domain.Params{"title": s.words(ctx, catalogue.Entity(entity)).Title(), "day": ""})
	}
	if f.Date == "" {
		f.Date = s.today()
	}
	return paper.Form{Title: f.Title, Body: f.Filer, Date: f.Date, Secrecy: f.Secrecy, Maker: f.Maker, Checker: f.Checker}
}

// shown answers with a paper to print.
func shown[I any](draw func(context.Context, *I) (paper.Paper, error)) endpoint {
	return typed(func(ctx context.Context, in *I) (*answer[Paper], error) {
		p, err := draw(ctx, in)
		if err != nil {
			return nil, err
		}
		return answering(paperOf(p)), nil
	})
}

// workbook answers with a paper as a workbook.
func workbook[I any](draw func(context.Context, *I) (paper.Paper, error)) endpoint {
	return file(workbookType, func(ctx context.Context, in *I) (*download, error) {
		p, err := draw(ctx, in)
		if err != nil {
			return nil, err
		}
		d := &download{name: p.Title + ".xlsx"}
		return d, p.Write(&d.body)
	})
}

func paperOf(p paper.Paper) Paper {
	out := Paper{
		Title: p.Title, Body: p.Body, Date: p.Date, Secrecy: p.Secrecy, Measure: p.Measure, Maker: p.Maker, Checker: p.Checker,
		Labels: PaperLabels(p.Labels), Columns: p.Columns(), Header: make([][]PaperHead, len(p.Header)), Rows: make([]PaperRow, len(p.Rows)),
		Notes: listed(p.Notes), Portrait: p.Portrait,
	}
	for i, heads := range p.Header {
		out.Header[i] = make([]PaperHead, len(heads))
		for j, h := range heads {
			out.Header[i][j] = PaperHead(h)
		}
	}
	for i, row := range p.Rows {
		out.Rows[i] = PaperRow{Sum: row.Sum, Cells: make([]PaperCell, len(row.Cells))}
		for j, cell := range row.Cells {
			out.Rows[i].Cells[j] = PaperCell{Text: cell.String(), Number: cell.Count || cell.Hidden}
		}
	}
	return out
}
