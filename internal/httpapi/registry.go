package httpapi

import (
	"context"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// registryTables says which tables the caller may see, and what they hold.
func (s *server) registryTables(ctx context.Context, _ *noInput) (*answer[Registry], error) {
	actor := granted(ctx).account
	out := Registry{Entities: []RegistryEntity{}}
	for _, spec := range catalogue.All() {
		if registry.May(actor, access.ReadRegistry, spec.Entity) {
			out.Entities = append(out.Entities, entityOf(s.words(ctx, spec.Entity), spec, actor))
		}
	}
	return answering(out), nil
}

// words put a table in the caller's language.
func (s *server) words(ctx context.Context, e catalogue.Entity) sheet.Words {
	return sheet.Words{Printer: s.of(ctx).printer, Entity: e}
}

func entityOf(w sheet.Words, spec catalogue.Spec, actor domain.Account) RegistryEntity {
	may := func(a access.Action) bool { return registry.May(actor, a, spec.Entity) }
	out := RegistryEntity{
		Entity: string(spec.Entity), Label: w.Title(), Key: spec.Key, Fields: make([]RegistryField, len(spec.Fields)),
		May: RegistryRights{Edit: may(access.EditRegistry), Import: may(access.ImportRegistry), Export: may(access.ExportRegistry)},
	}
	for i, f := range spec.Fields {
		out.Fields[i] = fieldOf(w, f)
		out.May.Reveal = out.May.Reveal || f.Masked && may(access.RevealSecrets)
	}
	return out
}

func fieldOf(w sheet.Words, f catalogue.Field) RegistryField {
	out := RegistryField{
		Key: f.Key, Label: w.Heading(f), Note: w.Note(f), Type: string(f.Type), Required: f.Required, ReadOnly: f.ReadOnly, Masked: f.Masked,
		Sortable: f.Sortable, Filterable: f.Filterable, Default: f.Default, Min: f.Min, Max: f.Max, MaxLen: f.MaxLen, MonthOnly: f.MonthOnly,
		Standard: f.Standard, Options: make([]RegistryOption, len(f.Options)),
	}
	for i, o := range f.Options {
		out.Options[i] = RegistryOption{o.Value, w.Option(f, o.Value)}
	}
	return out
}

type recordsInput struct {
	EntityPath
	RecordQuery
	RecordPage
}

// records gives a page of a table, as an address asks for it.
func (s *server) records(ctx context.Context, in *recordsInput) (*answer[RegistryPage], error) {
	query, err := in.query(in.Entity)
	if err != nil {
		return nil, err
	}
	query.Offset, query.Limit = in.Offset, in.Limit
	return s.page(ctx, query)
}

type searchRecordsInput struct {
	EntityPath
	Body RegistrySearch
}

// searchRecords gives a page of a table, as a body asks for it: what is secret does not go into addresses, which are kept
// in many places.
func (s *server) searchRecords(ctx context.Context, in *searchRecordsInput) (*answer[RegistryPage], error) {
	query := in.Body.query(in.Entity)
	query.Offset, query.Limit = in.Body.Offset, in.Body.Limit
	return s.page(ctx, query)
}

func (s *server) page(ctx context.Context, q registry.Query) (*answer[RegistryPage], error) {
	page, err := s.options.Registry.List(ctx, granted(ctx).account, q)
	if err != nil {
		return nil, err
	}
	out := RegistryPage{Total: page.Total, Records: make([]RegistryRecord, len(page.Records)), Names: textsOf(page.Names)}
	for i, r := range page.Records {
		out.Records[i] = recordOf(r)
	}
	return answering(out), nil
}

func recordOf(r catalogue.Record) RegistryRecord {
	return RegistryRecord{Key: r.Key, Version: r.Version, Values: textsOf(r.Values)}
}

// textsOf is the map, never nil.
func textsOf(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// record gives one record with its history.
func (s *server) record(ctx context.Context, in *RecordPath) (*answer[RegistryDetail], error) {
	actor, entity := granted(ctx).account, catalogue.Entity(in.Entity)
	found, err := s.options.Registry.Get(ctx, actor, entity, in.Key)
	if err != nil {
		return nil, err
	}
	names, err := s.options.Registry.Names(ctx, actor, entity, []catalogue.Record{found})
	if err != nil {
		return nil, err
	}
	trail, err := s.options.Registry.Trail(ctx, actor, entity, in.Key)
	if err != nil {
		return nil, err
	}
	sets := make([]registry.ChangeSet, len(trail))
	for i, e := range trail {
		sets[i] = e.Set
	}
	who, err := s.authors(ctx, actorsOf(sets))
	if err != nil {
		return nil, err
	}
	out := RegistryDetail{Record: recordOf(found), Names: textsOf(names), History: make([]RegistryEvent, len(trail))}
	for i, e := range trail {
		out.History[i] = RegistryEvent{Set: who.set(e.Set), Fields: deltasOf(entity, e.RecordChange)}
	}
	return answering(out), nil
}

type revealInput struct {
	RecordPath
	Body RegistryReveal
}

// reveal opens one masked value.
func (s *server) reveal(ctx context.Context, in *revealInput) (*answer[RegistrySecret], error) {
	value, err := s.options.Registry.Reveal(ctx, granted(ctx).account, catalogue.Entity(in.Entity), in.Key, in.Body.Field, in.Body.Reason)
	if err != nil {
		return nil, inBody(err)
	}
	return answering(RegistrySecret{value}), nil
}
