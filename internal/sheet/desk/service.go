package desk

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"time"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/sheet"
	"jieli/internal/sheet/intake"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
)

// Options are what the desk needs.
type Options struct {
	Store    *store.Store
	Registry *registry.Service
	Sealer   seal.Sealer
	Messages *i18n.Catalog
	Limits   reading.Limits
	Keep     time.Duration // how long an upload is kept; 0 is a week
}

// Service is the desk. It is safe for use by several goroutines.
type Service struct {
	Options
	im *intake.Import
}

const week = 7 * 24 * time.Hour

// New makes the desk.
func New(o Options) *Service {
	if o.Keep == 0 {
		o.Keep = week
	}
	return &Service{o, &intake.Import{Registry: o.Registry, Messages: o.Messages, Limits: o.Limits}}
}

// permit answers with the reason of access where the account may not import in its own area.
func permit(actor domain.Account) error {
	who := access.Of(actor)
	if d := access.Decide(who, access.ImportRegistry, who.Scope); !d.Allow {
		return &domain.Error{Kind: domain.KindForbidden, Key: d.Reason}
	}
	return nil
}

func (s *Service) words(e catalogue.Entity, language string) sheet.Words {
	return sheet.Words{Printer: s.Messages.Printer(language), Entity: e}
}

// The purposes under which contents are sealed, by part.
var purposes = map[string]string{store.ImportFile: "sheet_import.file", store.ImportReport: "sheet_import.report"}

// sealReport packs a report and seals it: it repeats what people wrote.
func (s *Service) sealReport(r *intake.Report) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if err := json.NewEncoder(w).Encode(r); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return s.Sealer.Seal(purposes[store.ImportReport], packed.Bytes())
}

func (s *Service) openReport(sealed []byte) (*intake.Report, error) {
	packed, err := s.Sealer.Open(purposes[store.ImportReport], sealed)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var report intake.Report
	return &report, json.Unmarshal(text, &report)
}

// content opens a part of an import.
func (s *Service) content(tx *store.Tx, owner, id, part string) ([]byte, error) {
	sealed, err := store.SheetImportContent(tx, owner, id, part)
	if err != nil || part == store.ImportReport {
		return sealed, err
	}
	return s.Sealer.Open(purposes[part], sealed)
}
