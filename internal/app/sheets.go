package app

import (
	"context"
	"io"
	"log/slog"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// newDesk makes the registry and the desk at which its sheets are brought and fetched.
func newDesk(kept *store.Store, ring *seal.Ring, messages *i18n.Catalog, log *slog.Logger) (*registry.Service, *desk.Service) {
	records := registry.New(kept, ring, log)
	return records, desk.New(desk.Options{Store: kept, Registry: records, Sealer: ring, Messages: messages, Limits: reading.DefaultLimits()})
}

// Sheets takes and gives the registry's sheets in the name of an account, for the administrator at the machine.
type Sheets struct {
	store    *store.Store
	registry *registry.Service
	desk     *desk.Service
	actor    domain.Account
	language string
	im       *intake.Import
}

// OpenSheets opens the registry of a database for an account, which must exist. Errors are those of OpenKeys and
// account.not_found.
func OpenSheets(ctx context.Context, kept *store.Store, keyFile, username, language string) (*Sheets, error) {
	ring, err := OpenKeys(ctx, kept, keyFile)
	if err != nil {
		return nil, err
	}
	messages, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	s := &Sheets{store: kept, language: language}
	s.registry, s.desk = newDesk(kept, ring, messages, slog.New(slog.DiscardHandler))
	s.im = &intake.Import{Registry: s.registry, Messages: messages, Limits: reading.DefaultLimits()}
	return s, kept.Read(ctx, func(tx *store.Tx) (err error) {
		s.actor, err = store.AccountByUsername(tx, username)
		return err
	})
}

// ImportFile is a file to import. Without Write it is only tried; GoodOnly writes the rows that have no fault.
type ImportFile struct {
	Entity          catalogue.Entity
	File            io.ReaderAt
	Size            int64
	Sheet           string
	Write, GoodOnly bool
	Reason          string
	Result          io.Writer // takes the file back with its errors marked; may be nil
}

// Import tries a file and, where that is asked for, writes it. The report says what comes, or came, of each row; it is there
// also with KindConflict, sheet.import.refused, which says that a row was refused and nothing written.
func (s *Sheets) Import(ctx context.Context, f ImportFile, progress func(intake.Progress)) (*intake.Report, error) {
	upload := intake.Upload{File: f.File, Size: f.Size, Sheet: f.Sheet, Entity: f.Entity, Language: s.language}
	ready, err := s.im.Prepare(ctx, s.actor, upload, progress)
	if err != nil {
		return nil, err
	}
	if f.Write {
		err = s.store.Write(ctx, func(tx *store.Tx) error {
			_, err := ready.Write(tx, s.registry, f.Reason, f.GoodOnly)
			return err
		})
	}
	if f.Result != nil {
		if bad := s.im.Result(ctx, f.Result, upload, ready.Report); bad != nil {
			return ready.Report, bad
		}
	}
	return ready.Report, err
}

// Export writes a whole table as a workbook or as CSV, with the columns that are named, the default ones where none is.
func (s *Sheets) Export(ctx context.Context, e catalogue.Entity, columns []string, format reading.Format, to io.Writer) error {
	return s.desk.Export(ctx, s.actor, registry.Query{Entity: e, Columns: columns}, format, s.language, to)
}

// Template writes the table's empty workbook to fill in.
func (s *Sheets) Template(ctx context.Context, e catalogue.Entity, to io.Writer) error {
	return s.desk.Template(ctx, s.actor, e, s.language, to)
}
