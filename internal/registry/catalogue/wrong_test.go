package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
)

// wrong are values that a type never takes, whatever the field, and what is said of them.
var wrong = map[catalogue.Type]map[string]string{
	catalogue.Text: {"a\x00b": "registry.bad_character", "\xc3\x28": "registry.bad_character", "a\x7fb": "registry.bad_character", "�": "registry.bad_character"},
	catalogue.Integer: {
		"十二": "registry.not_integer", "1.5": "registry.not_integer", "1e3": "registry.not_integer", "0x10": "registry.not_integer", "--1": "registry.not_integer",
		"1 2": "registry.not_integer", "9999999999999999": "registry.not_integer", "NaN": "registry.not_integer", "-1": "registry.out_of_range", "−1": "registry.not_integer",
	},
	catalogue.Boolean: {"2": "registry.not_boolean", "是的": "registry.not_boolean", "tru": "registry.not_boolean", "-": "registry.not_boolean"},
	catalogue.Date: {
		"2021-13-01": "registry.not_date", "2021-00-10": "registry.not_date", "2021-02-29": "registry.not_date", "2021-04-31": "registry.not_date", "2021": "registry.not_date",
		"1.3.2021": "registry.not_date", "44260": "registry.not_date", "2021-3-5 08:30": "registry.not_date", "今天": "registry.not_date", "20210230": "registry.not_date",
		"0001-01-01": "registry.year_out_of_range", "9999-12-31": "registry.year_out_of_range",
	},
	catalogue.Choice:   {"没有这个": "registry.not_option", "-1": "registry.not_option", "01;02": "registry.not_option"},
	catalogue.Choices:  {"key;没有这个": "registry.not_option", "0": "registry.not_option"},
	catalogue.RegionAt: {"4": "registry.not_region", "湖南": "registry.not_region", "4301211002011": "registry.not_region", "43012110020a": "registry.not_region", "-430121": "registry.not_region"},
	catalogue.UnitID:   {"省财政厅": "registry.not_id", ".U1": "registry.not_id", "U 1": "registry.not_id", "U1;U2": "registry.not_id", "U123456789012345678901234567890123": "registry.not_id"},
	catalogue.Villages: {"430121100201;x": "registry.not_village", "430121": "registry.not_village", "430121100000": "registry.not_village"},
}

// Every field of every table refuses what its type never takes, names itself, and repeats what was written.
func TestEveryFieldRefusesWhatItsTypeNeverTakes(t *testing.T) {
	tried := map[catalogue.Type]int{}
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			if f.ReadOnly || f.Key == "id" || f.Key == "code" || f.Key == "lon" || f.Key == "lat" || f.Key == "uscc" {
				continue // further rules of single fields are held one by one
			}
			for written, want := range wrong[f.Type] {
				tried[f.Type]++
				values, faults := s.Check(map[string]string{f.Key: written}, nil)
				if len(faults) != 1 || len(values) != 0 {
					t.Errorf("%s.%s takes %q: %v %+v", s.Entity, f.Key, written, values, faults)
					continue
				}
				if got := faults[0]; got.Field != f.Key || got.Key != want || got.Params["value"] != got.Value || !strings.Contains(strings.ToValidUTF8(written, "�"), got.Value) {
					t.Errorf("%s.%s %q: %+v, want %s", s.Entity, f.Key, written, got, want)
				}
			}
		}
	}
	for kind := range wrong {
		if tried[kind] == 0 {
			t.Errorf("no field is of type %s", kind)
		}
	}
}

// Each limit is inclusive: the value at the limit is taken, and the next one is refused and told both limits.
func TestEveryNumberStopsAtItsLimits(t *testing.T) {
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			if f.Type != catalogue.Integer || f.ReadOnly {
				continue
			}
			for _, n := range []int64{f.Min, f.Max} {
				if values, faults := s.Check(map[string]string{f.Key: fmt.Sprint(n)}, nil); len(faults) > 0 || values[f.Key] != fmt.Sprint(n) {
					t.Errorf("%s.%s refuses %d: %+v", s.Entity, f.Key, n, faults)
				}
			}
			for _, n := range []int64{f.Min - 1, f.Max + 1} {
				_, faults := s.Check(map[string]string{f.Key: fmt.Sprint(n)}, nil)
				if len(faults) != 1 || faults[0].Key != "registry.out_of_range" || faults[0].Params["min"] != f.Min || faults[0].Params["max"] != f.Max {
					t.Errorf("%s.%s takes %d: %+v", s.Entity, f.Key, n, faults)
				}
			}
		}
	}
}

func TestEveryDateStopsAtItsYears(t *testing.T) {
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			if f.Type != catalogue.Date || f.ReadOnly {
				continue
			}
			for year, taken := range map[int64]bool{f.Min: true, f.Max: true, f.Min - 1: false, f.Max + 1: false} {
				values, faults := s.Check(map[string]string{f.Key: fmt.Sprintf("%d-06-30", year)}, nil)
				if taken != (len(faults) == 0) || taken != (values[f.Key] != "") {
					t.Errorf("%s.%s in %d: %v %+v", s.Entity, f.Key, year, values, faults)
				}
				if !taken && (faults[0].Key != "registry.year_out_of_range" || faults[0].Params["min"] != f.Min || faults[0].Params["max"] != f.Max) {
					t.Errorf("%s.%s in %d: %+v", s.Entity, f.Key, year, faults)
				}
			}
			_, faults := s.Check(map[string]string{f.Key: "2010年7月"}, nil)
			if f.MonthOnly != (len(faults) == 0) || !f.MonthOnly && faults[0].Key != "registry.day_missing" {
				t.Errorf("%s.%s to the month: %+v", s.Entity, f.Key, faults)
			}
		}
	}
}

// The length of a text counts characters as people do, not bytes.
func TestEveryTextStopsAtItsLength(t *testing.T) {
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			if f.Type != catalogue.Text || f.ReadOnly || f.Key == "id" || f.Key == "code" || f.Key == "lon" || f.Key == "lat" || f.Key == "uscc" {
				continue
			}
			if _, faults := s.Check(map[string]string{f.Key: strings.Repeat("长", f.MaxLen)}, nil); len(faults) > 0 {
				t.Errorf("%s.%s: %+v", s.Entity, f.Key, faults)
			}
			_, faults := s.Check(map[string]string{f.Key: strings.Repeat("长", f.MaxLen+1)}, nil)
			if len(faults) != 1 || faults[0].Key != "registry.too_long" || faults[0].Params["max"] != f.MaxLen {
				t.Errorf("%s.%s: %+v", s.Entity, f.Key, faults)
			}
		}
	}
}

// What is empty is a fault of a required field alone, however the emptiness is written.
func TestNothingIsWrittenInManyWays(t *testing.T) {
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			if f.ReadOnly {
				continue
			}
			for _, nothing := range []string{"", " ", "　", "\u00a0", "\t\n", "\u200b", "\ufeff"} {
				values, faults := s.Check(map[string]string{f.Key: nothing}, nil)
				given, has := values[f.Key]
				switch {
				case f.Required && (len(faults) != 1 || faults[0].Key != "registry.required" || has):
					t.Errorf("%s.%s %q: %v %+v", s.Entity, f.Key, nothing, values, faults)
				case !f.Required && (len(faults) > 0 || !has || given != ""):
					t.Errorf("%s.%s %q: %v %+v", s.Entity, f.Key, nothing, values, faults)
				}
			}
		}
	}
}

// An option is taken by its value in every field that offers it, in full-width characters too.
func TestEveryOptionIsTaken(t *testing.T) {
	for _, s := range catalogue.All() {
		for _, f := range s.Fields {
			for _, o := range f.Options {
				wide := strings.Map(func(r rune) rune {
					if '!' <= r && r <= '~' {
						return r + ('！' - '!')
					}
					return r
				}, o.Value)
				for _, written := range []string{o.Value, " " + o.Value + " ", wide} {
					values, faults := s.Check(map[string]string{f.Key: written}, nil)
					if !f.ReadOnly && (len(faults) > 0 || values[f.Key] != o.Value) {
						t.Errorf("%s.%s %q: %v %+v", s.Entity, f.Key, written, values, faults)
					}
				}
			}
		}
	}
}

// Whatever can be wrong is told in words, in both languages, with nothing left unfilled.
func TestEveryFaultHasItsSentence(t *testing.T) {
	texts, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	cadre, _ := catalogue.Of(catalogue.Cadre)
	village, _ := catalogue.Of(catalogue.Village)
	unit, _ := catalogue.Of(catalogue.Unit)
	var all []catalogue.Fault
	for s, raw := range map[*catalogue.Spec]map[string]string{
		&cadre: {"name": strings.Repeat("长", 51), "sex": "男人", "birth_date": "1888-08-08", "work_date": "昨天", "young_pool": "也许", "terms": "99", "rural_years": "x",
			"native": "湖南", "unit": "厅", "id_number": "1", "phone": "x", "position": "\x01", "politics": "", "salary": "1", "valid_from": "2020.3"},
		&village: {"code": "43", "neighbours": "x", "lat": "91", "categories": "x"}, &unit: {"uscc": "x", "id": "-"},
	} {
		_, faults := s.Check(raw, nil)
		all = append(all, faults...)
		if len(faults) != len(raw) {
			t.Errorf("%s: %d faults of %d", s.Entity, len(faults), len(raw))
		}
	}
	for _, language := range []string{"zh-CN", "en"} {
		p := texts.Printer(language)
		for _, f := range all {
			if text := p.Text(f.Key, f.Params); text == f.Key || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
				t.Errorf("%s: %s with %v is told as %q", language, f.Key, f.Params, text)
			}
		}
	}
}
