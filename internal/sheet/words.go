package sheet

import (
	"strconv"
	"strings"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
)

// Names finds what stands beside a reference for people, such as the name of a unit by its id; nil finds nothing.
type Names func(f catalogue.Field, value string) string

// Words puts one table in one language.
type Words struct {
	Printer *i18n.Printer
	Entity  catalogue.Entity
	Names   Names
}

// Heading is a column's heading without the mark of a required one.
func (w Words) Heading(f catalogue.Field) string {
	return w.Printer.Text("field."+string(w.Entity)+"."+f.Key, nil)
}

// Title names the table, such as 干部.
func (w Words) Title() string { return w.Printer.Text("sheet.entity."+string(w.Entity), nil) }

// Note is the longer word on a column, empty where there is none.
func (w Words) Note(f catalogue.Field) string {
	key := "field." + string(w.Entity) + "." + f.Key + ".note"
	if text := w.Printer.Text(key, nil); text != key {
		return text
	}
	return ""
}

// Option is the label of one value of a choice.
func (w Words) Option(f catalogue.Field, value string) string {
	key := "option." + string(w.Entity) + "." + f.Key + "." + value
	if text := w.Printer.Text(key, nil); text != key {
		return text
	}
	return value
}

// YesNo is the label of "1" and "0".
func (w Words) YesNo(value string) string {
	if value == "1" {
		return w.Printer.Text("sheet.yes", nil)
	}
	return w.Printer.Text("sheet.no", nil)
}

// Show puts a canonical value in the words of a person.
func (w Words) Show(f catalogue.Field, value string) string {
	if value == "" {
		return ""
	}
	switch f.Type {
	case catalogue.Choice:
		return w.Option(f, value)
	case catalogue.Choices:
		return w.each(value, func(one string) string { return w.Option(f, one) })
	case catalogue.Boolean:
		return w.YesNo(value)
	case catalogue.UnitID, catalogue.RegionAt:
		return w.named(f, value)
	default:
		return value
	}
}

func (w Words) each(value string, show func(string) string) string {
	all := catalogue.Split(value)
	for i, one := range all {
		all[i] = show(one)
	}
	return strings.Join(all, catalogue.Separator)
}

// named is one reference with its name behind it: "U0012 省财政厅". Several in one cell stand without, since a blank
// separates them.
func (w Words) named(f catalogue.Field, value string) string {
	if w.Names == nil {
		return value
	}
	if name := w.Names(f, value); name != "" {
		return value + " " + name
	}
	return value
}

// Expected says in one line what a column takes.
func (w Words) Expected(f catalogue.Field) string {
	params := map[string]any{"min": f.Min, "max": f.Max, "length": f.MaxLen}
	key := "sheet.expect." + string(f.Type)
	switch {
	case f.ReadOnly:
		key = "sheet.expect.read_only"
	case f.Type == catalogue.Choice || f.Type == catalogue.Choices:
		params["options"] = w.firstOptions(f)
	}
	return w.Printer.Text(key, params)
}

// fewOptions is how many options a note names; the drop-down holds all.
const fewOptions = 8

func (w Words) firstOptions(f catalogue.Field) string {
	labels := make([]string, 0, fewOptions)
	for _, o := range f.Options[:min(len(f.Options), fewOptions)] {
		labels = append(labels, w.Option(f, o.Value))
	}
	list := strings.Join(labels, w.Printer.Text("sheet.comma", nil))
	if len(f.Options) > fewOptions {
		list += w.Printer.Text("sheet.and_more", map[string]any{"count": strconv.Itoa(len(f.Options))})
	}
	return list
}
