package intake

import (
	"strings"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
	"jieli/internal/sheet"
)

// unitNames finds units by what people write: id, "id name" as an export shows it, or the full name. A name that two units
// bear finds none.
type unitNames struct {
	ids   map[string]bool
	names map[string]string // plain name → id, empty for more than one
}

func newUnitNames() *unitNames { return &unitNames{map[string]bool{}, map[string]string{}} }

func (u *unitNames) add(id, name string) {
	u.ids[id] = true
	if other, twice := u.names[plain(name)]; twice && other != id {
		id = ""
	}
	u.names[plain(name)] = id
}

// id is the unit's id where the text names one; else the text as it is, which the registry then tells to be unknown.
func (u *unitNames) id(text string) string {
	if u.ids[text] {
		return text
	}
	if first, _, more := strings.Cut(text, " "); more && u.ids[first] {
		return first
	}
	if id := u.names[plain(text)]; id != "" {
		return id
	}
	return text
}

// Labels finds the option of a choice by its label in any language.
func Labels(spec catalogue.Spec, messages *i18n.Catalog) catalogue.Labels {
	byField := map[string]map[string]string{}
	for _, f := range spec.Fields {
		known := map[string]string{}
		for _, language := range i18n.Languages {
			w := sheet.Words{Printer: messages.Printer(language.String()), Entity: spec.Entity}
			for _, o := range f.Options {
				known[plain(w.Option(f, o.Value))] = o.Value
			}
		}
		byField[f.Key] = known
	}
	return func(_ catalogue.Entity, f catalogue.Field, label string) (string, bool) {
		value, ok := byField[f.Key][plain(label)]
		return value, ok
	}
}
