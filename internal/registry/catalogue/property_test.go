package catalogue_test

import (
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/registry/catalogue"
)

// What Check makes it takes again, unchanged: so a sheet that was checked can be judged, and an export imported.
func TestCheckIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(catalogue.All()).Draw(t, "table")
		raw := map[string]string{}
		for range rapid.IntRange(1, 8).Draw(t, "fields") {
			f := rapid.SampledFrom(s.Fields).Draw(t, "field")
			raw[f.Key] = drawText(f).Draw(t, f.Key)
		}
		once, _ := s.Check(raw, nil)
		twice, faults := s.Check(once, nil)
		if len(faults) > 0 || !maps.Equal(once, twice) {
			t.Fatalf("%v\n%v\n%+v", once, twice, faults)
		}
	})
}

// drawText is what a person might write into the field, right or wrong.
func drawText(f catalogue.Field) *rapid.Generator[string] {
	shapes := []*rapid.Generator[string]{rapid.String(), rapid.StringMatching(`[0-9０-９.,\-年月日/;；、 ]{0,20}`), rapid.StringMatching(`43012[1-3](10[0-9]20[0-9])?`),
		rapid.StringMatching(`(19|20)[0-9]{2}[.年/-][0-9]{1,2}[.月/-][0-9]{1,2}`)}
	for _, o := range f.Options {
		shapes = append(shapes, rapid.Just(o.Value))
	}
	return rapid.OneOf(shapes...)
}

// One wrong digit, or two neighbours swapped, is always noticed (ISO 7064).
func TestTheCheckCharacterNoticesSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`43[0-9]{4}19[6-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}`).Draw(t, "digits")
		whole := digits + string(catalogue.IDCheck(digits))
		if id, ok := catalogue.ReadIDNumber(whole); !ok || strings.ReplaceAll(id.BirthDate, "-", "") != digits[6:14] {
			t.Fatalf("%s: %+v", whole, id)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		slip := []byte(whole)
		slip[at] = byte('0' + (int(slip[at]-'0')+rapid.IntRange(1, 9).Draw(t, "by"))%10)
		if _, ok := catalogue.ReadIDNumber(string(slip)); ok {
			t.Fatalf("%s and %s are both right", whole, slip)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("cadre", "birth_date", "1988年8月8日")
	f.Add("cadre", "id_number", "11010519491231002X")
	f.Add("village", "neighbours", "430121100202；430121100203")
	f.Fuzz(func(t *testing.T, entity, field, written string) {
		s, ok := catalogue.Of(catalogue.Entity(entity))
		if !ok {
			return
		}
		values, faults := s.Check(map[string]string{field: written}, nil)
		for _, fault := range faults {
			if fault.Key == "" || len([]rune(fault.Value)) > 61 {
				t.Errorf("%+v", fault)
			}
		}
		if again, faults := s.Check(values, nil); len(faults) > 0 || !maps.Equal(again, values) {
			t.Errorf("%q became %v, then %v %+v", written, values, again, faults)
		}
	})
}
