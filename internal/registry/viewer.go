package registry

import (
	"maps"
	"slices"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
	"jieli/internal/store"
)

// viewer reads a table for one account in one transaction.
type viewer struct {
	tx     *store.Tx
	reach  store.Reach
	spec   catalogue.Spec
	sealer Sealer
}

// The fields that other tables hold.
const (
	fieldPostings = "postings"
	fieldTeams    = "teams"
)

func isGathered(key string) bool { return key == fieldPostings || key == fieldTeams }

// query turns the wish into the store's words: secrets by mask and blind index. A field that may not be sorted or
// filtered by is KindInvalid, registry.unknown_field or registry.filter_malformed.
func (v *viewer) query(q Query) (store.RecordQuery, error) {
	out := store.RecordQuery{Entity: q.Entity, Reach: v.reach, Search: strings.TrimSpace(q.Search), Sort: q.Sort, Offset: q.Offset, Limit: q.Limit}
	columns := q.Columns
	if len(columns) == 0 {
		columns = defaults(v.spec)
	}
	for _, key := range columns {
		f, ok := v.spec.Field(key)
		if !ok {
			return out, unknownField(key)
		}
		out.Columns = append(out.Columns, storedAs(f))
	}
	out.Columns = slices.DeleteFunc(out.Columns, func(c string) bool { return c == v.spec.Key })
	for _, o := range q.Sort {
		if f, ok := v.spec.Field(o.Field); !ok || !f.Sortable || isGathered(o.Field) {
			return out, unknownField(o.Field)
		}
	}
	for _, filter := range q.Filters {
		f, err := v.filter(filter)
		if err != nil {
			return out, err
		}
		out.Filters = append(out.Filters, f)
	}
	return out, nil
}

func defaults(spec catalogue.Spec) []string {
	var keys []string
	for _, f := range spec.Fields {
		if f.Default {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// storedAs is the column that shows the field. A gathered one keeps its name, for [viewer.records] to find.
func storedAs(f catalogue.Field) string {
	if f.Masked {
		return f.Key + catalogue.MaskSuffix
	}
	return f.Key
}

// filter finds secrets by their blind index.
func (v *viewer) filter(f Filter) (Filter, error) {
	field, ok := v.spec.Field(f.Field)
	if !ok || !field.Filterable || isGathered(f.Field) {
		return f, unknownField(f.Field)
	}
	if !field.Masked {
		return f, nil
	}
	switch f.Op {
	case "eq", "in":
		blinds := make([]string, len(f.Values))
		for i, plain := range f.Values {
			clean, _ := v.spec.Check(map[string]string{f.Field: plain}, nil)
			if blinds[i] = catalogue.Blind(v.sealer, v.spec.Entity, f.Field, clean[f.Field]); blinds[i] == "" {
				blinds[i] = nobodys // or the wrong text would find those who have none
			}
		}
		return Filter{Field: f.Field + catalogue.BlindSuffix, Op: f.Op, Values: blinds}, nil
	case "empty", "filled":
		return Filter{Field: f.Field + catalogue.BlindSuffix, Op: f.Op}, nil
	}
	return f, &domain.Error{Kind: domain.KindInvalid, Key: "registry.filter_malformed", Field: f.Field, Params: domain.Params{"field": f.Field, "op": f.Op}}
}

// nobodys is what no blind index is.
const nobodys = "-"

func unknownField(key string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "registry.unknown_field", Field: key, Params: domain.Params{"field": key}}
}

// records reads the query's records as they are shown.
func (v *viewer) records(q store.RecordQuery) ([]catalogue.Record, error) {
	wanted := q.Columns
	q.Columns = slices.DeleteFunc(slices.Clone(wanted), isGathered)
	records, err := store.Records(v.tx, q)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		show(r.Values)
	}
	return records, v.gather(records, wanted)
}

// show turns the columns of a row into fields: masks take the place of what is sealed, and what is hidden goes.
func show(values map[string]string) {
	for key, value := range values {
		if field, masked := strings.CutSuffix(key, catalogue.MaskSuffix); masked {
			values[field] = value
			delete(values, key)
		}
	}
}

// gather adds the terms served: to a cadre where, to a village by whom.
func (v *viewer) gather(records []catalogue.Record, wanted []string) error {
	field := slices.IndexFunc(wanted, isGathered)
	if field < 0 || len(records) == 0 {
		return nil
	}
	keys := make([]string, len(records))
	for i, r := range records {
		keys[i] = r.Key
	}
	read := store.PostingsOfCadres
	if wanted[field] == fieldTeams {
		read = store.PostingsInVillages
	}
	terms, err := read(v.tx, keys)
	if err != nil {
		return err
	}
	var units, villages []string
	for _, ps := range terms {
		for _, p := range ps {
			units, villages = append(units, p.Unit), append(villages, string(p.Village))
		}
	}
	names, err := store.NamesOf(v.tx, units, villages)
	if err != nil {
		return err
	}
	for _, r := range records {
		if text := termsText(terms[r.Key], wanted[field], names); text != "" {
			r.Values[wanted[field]] = text
		}
	}
	return nil
}

// termsText is one term after the other, newest first: "2018-03-01–2021-05-01 和平村", of a village each unit once.
func termsText(terms []domain.PastPosting, field string, names map[string]string) string {
	var parts []string
	for _, p := range terms {
		whom := names[string(p.Village)]
		if field == fieldTeams {
			whom = names[p.Unit]
		}
		if part := p.From + "–" + p.To + " " + whom; !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, catalogue.Separator)
}

// names are those of the units and divisions that the records refer to.
func (v *viewer) names(records []catalogue.Record) (map[string]string, error) {
	units, regions := map[string]bool{}, map[string]bool{}
	for _, f := range v.spec.Fields {
		var found map[string]bool
		switch f.Type {
		case catalogue.UnitID, catalogue.UnitIDs:
			found = units
		case catalogue.RegionAt, catalogue.Villages:
			found = regions
		default:
			continue
		}
		for _, r := range records {
			for _, key := range catalogue.Split(r.Values[f.Key]) {
				found[key] = true
			}
		}
	}
	return store.NamesOf(v.tx, slices.Sorted(maps.Keys(units)), slices.Sorted(maps.Keys(regions)))
}
