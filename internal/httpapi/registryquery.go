package httpapi

import (
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
)

// query is what an address asks for. A value of a masked field in it is KindInvalid, registry.secret_in_address.
func (q RecordQuery) query(entity string) (registry.Query, error) {
	out := registry.Query{Entity: catalogue.Entity(entity), Search: q.Search, Columns: q.Columns}
	spec, _ := catalogue.Of(out.Entity)
	for _, text := range q.Filters {
		filter, err := filterOf(text)
		if err != nil {
			return out, err
		}
		if f, _ := spec.Field(filter.Field); f.Masked && len(filter.Values) > 0 {
			return out, &domain.Error{Kind: domain.KindInvalid, Key: "registry.secret_in_address", Field: "query.filter", Params: domain.Params{"field": filter.Field}}
		}
		out.Filters = append(out.Filters, filter)
	}
	for _, text := range q.Sort {
		field, desc := strings.CutPrefix(text, "-")
		out.Sort = append(out.Sort, registry.Order{Field: field, Desc: desc})
	}
	return out, nil
}

// filterOf reads "field:op:values".
func filterOf(text string) (registry.Filter, error) {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 2 {
		return registry.Filter{}, &domain.Error{Kind: domain.KindInvalid, Key: "registry.filter_malformed", Field: "query.filter", Params: domain.Params{"field": text, "op": ""}}
	}
	filter := registry.Filter{Field: parts[0], Op: parts[1]}
	switch {
	case len(parts) == 2:
	case filter.Op == "in" || filter.Op == "between":
		filter.Values = strings.Split(parts[2], catalogue.Separator)
	default:
		filter.Values = parts[2:]
	}
	return filter, nil
}

// query is what a body asks for.
func (q RegistryQuery) query(entity string) registry.Query {
	out := registry.Query{Entity: catalogue.Entity(entity), Search: q.Search, Columns: q.Columns}
	for _, f := range q.Filters {
		out.Filters = append(out.Filters, registry.Filter(f))
	}
	for _, o := range q.Sort {
		out.Sort = append(out.Sort, registry.Order(o))
	}
	return out
}

// wishOf is the body that asks for the same as a view.
func wishOf(d registry.ViewDefinition) RegistryQuery {
	out := RegistryQuery{Search: d.Search, Columns: d.Columns}
	for _, f := range d.Filters {
		out.Filters = append(out.Filters, RegistryFilter(f))
	}
	for _, o := range d.Sort {
		out.Sort = append(out.Sort, RegistryOrder(o))
	}
	return out
}
