package registry

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// Sealer keeps secrets; package seal has it.
type Sealer = catalogue.Sealer

// Service is the register's use case. It is safe for use by several goroutines.
type Service struct {
	store  *store.Store
	sealer Sealer
	log    *slog.Logger
}

// New makes the use case; log may be nil.
func New(s *store.Store, sealer Sealer, log *slog.Logger) *Service {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Service{store: s, sealer: sealer, log: log}
}

// Filter keeps records, see [store.RecordFilter]; its values are canonical text, of a secret the plain text.
type Filter = store.RecordFilter

// Order sorts records.
type Order = store.RecordOrder

// Query asks for records. Without Columns it is the catalogue's default ones. Limit is 1..500.
type Query struct {
	Entity        catalogue.Entity
	Search        string
	Filters       []Filter
	Sort          []Order
	Columns       []string
	Offset, Limit int
}

// mostRows is the largest page.
const mostRows = 500

// permit says where the account may act, or why not: KindForbidden with the reason of access, KindNotFound for an entity
// that is none. A sending unit's account keeps to its own people; its unit's own entry is the offices' to edit, and it
// has no village.
func permit(actor domain.Account, action access.Action, e catalogue.Entity) (store.Reach, catalogue.Spec, error) {
	spec, ok := catalogue.Of(e)
	if !ok {
		return store.Reach{}, spec, &domain.Error{Kind: domain.KindNotFound, Key: "registry.unknown_entity", Params: domain.Params{"entity": string(e)}}
	}
	who := access.Of(actor)
	decision := access.Decide(who, action, who.Scope)
	reads := action == access.ReadRegistry || action == access.ExportRegistry
	isUnit := actor.Role == domain.RoleUnitOffice
	switch {
	case !decision.Allow:
		return store.Reach{}, spec, forbidden(decision.Reason)
	case isUnit && (actor.Unit == "" || e == catalogue.Village || e == catalogue.Region || e == catalogue.Unit && !reads):
		return store.Reach{}, spec, forbidden(access.RoleForbids)
	case e == catalogue.Region && !reads:
		return store.Reach{}, spec, forbidden(access.RoleForbids) // by ChangeRegion only
	}
	reach := store.Reach{Scope: who.Scope}
	if isUnit {
		reach.Unit = actor.Unit
	}
	return reach, spec, nil
}

func forbidden(reason string) error { return &domain.Error{Kind: domain.KindForbidden, Key: reason} }

func newID() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}

// Page is a part of a list. Names are those of the units and divisions that the records refer to, by id and code.
type Page struct {
	Total   int
	Records []catalogue.Record
	Names   map[string]string
}

// List gives one page of a table and how many records there are in all.
func (s *Service) List(ctx context.Context, actor domain.Account, q Query) (Page, error) {
	if q.Limit < 1 || q.Limit > mostRows || q.Offset < 0 {
		return Page{}, &domain.Error{Kind: domain.KindInvalid, Key: "store.page_malformed", Field: "limit", Params: domain.Params{"offset": q.Offset, "limit": q.Limit}}
	}
	var page Page
	return page, s.reading(ctx, actor, access.ReadRegistry, q.Entity, func(v *viewer) error {
		query, err := v.query(q)
		if err != nil {
			return err
		}
		if page.Total, err = store.CountRecords(v.tx, query); err != nil {
			return err
		}
		if page.Records, err = v.records(query); err != nil {
			return err
		}
		page.Names, err = v.names(page.Records)
		return err
	})
}

// eachChunk is how many records Each holds at a time.
const eachChunk = 5000

// Each gives all records of a query, for an export; Offset and Limit do not count. Whoever gives them away notes it with
// [Service.NoteExport].
func (s *Service) Each(ctx context.Context, actor domain.Account, q Query, f func(catalogue.Record) error) error {
	return s.reading(ctx, actor, access.ExportRegistry, q.Entity, func(v *viewer) error {
		query, err := v.query(q)
		if err != nil {
			return err
		}
		for query.Offset, query.Limit = 0, eachChunk; ; query.Offset += eachChunk {
			records, err := v.records(query)
			if err != nil {
				return err
			}
			for _, r := range records {
				if err := f(r); err != nil {
					return err
				}
			}
			if len(records) < eachChunk {
				return nil
			}
		}
	})
}

// Get is one record with all its fields; KindNotFound where the account may see none of the key.
func (s *Service) Get(ctx context.Context, actor domain.Account, e catalogue.Entity, key string) (catalogue.Record, error) {
	found, err := s.Lookup(ctx, actor, e, []string{key})
	if err != nil {
		return catalogue.Record{}, err
	}
	r, ok := found[key]
	if !ok {
		return r, domain.NotFound(string(e), key)
	}
	return r, nil
}

// lookupChunk is how many keys go into one query.
const lookupChunk = 1000

// Lookup gives the records of many keys that the account may see, with all their fields, by key.
func (s *Service) Lookup(ctx context.Context, actor domain.Account, e catalogue.Entity, keys []string) (map[string]catalogue.Record, error) {
	found := make(map[string]catalogue.Record, len(keys))
	return found, s.reading(ctx, actor, access.ReadRegistry, e, func(v *viewer) error {
		query, err := v.query(Query{Entity: e, Columns: fieldKeys(v.spec)})
		for err == nil && len(keys) > 0 {
			query.Keys = keys[:min(len(keys), lookupChunk)]
			keys = keys[len(query.Keys):]
			var records []catalogue.Record
			records, err = v.records(query)
			for _, r := range records {
				found[r.Key] = r
			}
		}
		return err
	})
}

func fieldKeys(spec catalogue.Spec) []string {
	keys := make([]string, len(spec.Fields))
	for i, f := range spec.Fields {
		keys[i] = f.Key
	}
	return keys
}

// Names are the names of units by id and of divisions by code that the records of a table refer to, for an export.
func (s *Service) Names(ctx context.Context, actor domain.Account, e catalogue.Entity, records []catalogue.Record) (map[string]string, error) {
	var names map[string]string
	return names, s.reading(ctx, actor, access.ReadRegistry, e, func(v *viewer) (err error) {
		names, err = v.names(records)
		return err
	})
}

func (s *Service) reading(ctx context.Context, actor domain.Account, action access.Action, e catalogue.Entity, f func(*viewer) error) error {
	reach, spec, err := permit(actor, action, e)
	if err != nil {
		return err
	}
	return s.store.Read(ctx, func(tx *store.Tx) error { return f(&viewer{tx, reach, spec, s.sealer}) })
}
