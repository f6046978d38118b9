package desk

import (
	"bytes"
	"context"
	"io"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/paper"
	"jieli/internal/sheet/reading"
)

// Template writes an empty workbook to fill in. The drop-downs of units offer those that the account sees.
func (s *Service) Template(ctx context.Context, actor domain.Account, e catalogue.Entity, language string, to io.Writer) error {
	spec, err := s.writable(ctx, actor, e)
	if err != nil {
		return err
	}
	var units []string
	if err := intake.EachUnit(ctx, s.Registry, actor, func(id, name string) { units = append(units, id+" "+name) }); err != nil {
		return err
	}
	choices := sheet.Choices{}
	for _, f := range spec.Fields {
		if f.Type == catalogue.UnitID {
			choices[f.Key] = units
		}
	}
	return sheet.Template(to, spec, s.words(e, language), choices)
}

// writable is the table, if the account may write to it at all.
func (s *Service) writable(ctx context.Context, actor domain.Account, e catalogue.Entity) (catalogue.Spec, error) {
	if _, err := s.Registry.Judge(ctx, actor, e, nil); err != nil {
		return catalogue.Spec{}, err
	}
	spec, _ := catalogue.Of(e)
	return spec, nil
}

// Export writes what a query shows, all of its pages, in its columns and order, and notes in the ledger that it was given
// away.
func (s *Service) Export(ctx context.Context, actor domain.Account, q registry.Query, format reading.Format, language string, to io.Writer) error {
	spec, ok := catalogue.Of(q.Entity)
	if !ok {
		return domain.NotFound("registry", string(q.Entity))
	}
	shown := s.shown(ctx, actor, q, language)
	write := sheet.Export
	if format == reading.CSV {
		write = sheet.ExportCSV
	}
	var file bytes.Buffer // a slow reader must not hold the database's snapshot
	if err := write(&file, spec, shown.words, q.Columns, shown.records); err != nil {
		return err
	}
	if err := s.Registry.NoteExport(ctx, actor, q.Entity, q.Columns, shown.count); err != nil {
		return err
	}
	_, err := file.WriteTo(to)
	return err
}

// shown are the records of a query with the names of what they refer to.
type shown struct {
	words   sheet.Words
	records sheet.Records
	count   int
}

// shownChunk is for how many records names are looked up at a time.
const shownChunk = 1000

func (s *Service) shown(ctx context.Context, actor domain.Account, q registry.Query, language string) *shown {
	out := &shown{words: s.words(q.Entity, language)}
	var names map[string]string
	out.words.Names = func(_ catalogue.Field, value string) string { return names[value] }
	out.records = func(each func(catalogue.Record) error) error {
		var chunk []catalogue.Record
		flush := func() (err error) {
			if names, err = s.Registry.Names(ctx, actor, q.Entity, chunk); err != nil {
				return err
			}
			for _, r := range chunk {
				out.count++
				if err := each(r); err != nil {
					return err
				}
			}
			chunk = chunk[:0]
			return nil
		}
		err := s.Registry.Each(ctx, actor, q, func(r catalogue.Record) error {
			if chunk = append(chunk, r); len(chunk) < shownChunk {
				return nil
			}
			return flush()
		})
		if err != nil {
			return err
		}
		return flush()
	}
	return out
}

// Roster is the list of a query's records as an official paper, and notes in the ledger that it was given away.
func (s *Service) Roster(ctx context.Context, actor domain.Account, form paper.Form, q registry.Query, language string) (paper.Paper, error) {
	spec, ok := catalogue.Of(q.Entity)
	if !ok {
		return paper.Paper{}, domain.NotFound("registry", string(q.Entity))
	}
	shown := s.shown(ctx, actor, q, language)
	p, err := paper.Roster(form, spec, shown.words, q.Columns, shown.records)
	if err != nil {
		return p, err
	}
	return p, s.Registry.NoteExport(ctx, actor, q.Entity, q.Columns, shown.count)
}

// Statistics counts the cadres of a query by unit, sex, politics, rank and age on the day. Counts below small are hidden, as
// the policy says.
func (s *Service) Statistics(ctx context.Context, actor domain.Account, form paper.Form, q registry.Query, day time.Time, small int64, language string) (paper.Paper, error) {
	units := map[string]catalogue.Record{}
	err := s.Registry.Each(ctx, actor, registry.Query{Entity: catalogue.Unit, Columns: []string{"level", "kind"}}, func(r catalogue.Record) error {
		units[r.Key] = r
		return nil
	})
	if err != nil {
		return paper.Paper{}, err
	}
	q.Entity, q.Columns = catalogue.Cadre, []string{"unit", "sex", "birth_date", "politics", "ladder", "position_rank", "grade_rank"}
	var people []paper.Person
	err = s.Registry.Each(ctx, actor, q, func(r catalogue.Record) error {
		unit := units[r.Values["unit"]].Values
		people = append(people, paper.Person{
			Level: unit["level"], UnitKind: unit["kind"], Sex: r.Values["sex"], Politics: r.Values["politics"], Age: age(r.Values["birth_date"], day),
			Rank: catalogue.Order(r.Values["ladder"], r.Values["position_rank"], r.Values["grade_rank"]),
		})
		return nil
	})
	if err != nil {
		return paper.Paper{}, err
	}
	return paper.Statistics(form, s.words(catalogue.Cadre, language), people, small), nil
}

// age is full years from a birth date to the day; paper.AgeUnknown where the date is none.
func age(born string, day time.Time) int {
	birth, err := time.Parse(time.DateOnly, born)
	if err != nil {
		return paper.AgeUnknown
	}
	years := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		years--
	}
	return years
}
