package domain

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestParseCode(t *testing.T) {
	for text, want := range map[string]Code{
		"43": "430000000000", "4312": "431200000000", "431222": "431222000000", "431222100": "431222100000", "431222100201": "431222100201",
	} {
		got, err := ParseCode(text)
		if err != nil || got != want || !got.Valid() {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "4", "431", "43122210020", "4312221002010", "43a2", "４３", "43 ", "-431"} {
		_, err := ParseCode(text)
		var known *Error
		if !errors.As(err, &known) || known.Kind != KindInvalid || known.Params["code"] != text {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// drawCode draws a code of the level, with no part zero.
func drawCode(level Level) *rapid.Generator[Code] {
	return rapid.Custom(func(t *rapid.T) Code {
		part := func(width, most int, name string) string {
			return fmt.Sprintf("%0*d", width, rapid.IntRange(1, most).Draw(t, name))
		}
		digits := part(2, 99, "province") + part(2, 99, "city") + part(2, 99, "county") + part(3, 999, "township") + part(3, 999, "village")
		code, err := ParseCode(digits[:level.Digits()])
		if err != nil {
			t.Fatal(err)
		}
		return code
	})
}

var levels = []Level{LevelProvince, LevelCity, LevelCounty, LevelTownship, LevelVillage}

func TestCodeKnowsItsLevelAndItsAncestors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.SampledFrom(levels).Draw(t, "level")
		code := drawCode(level).Draw(t, "code")
		if code.Level() != level {
			t.Fatalf("%s: level %s, want %s", code, code.Level(), level)
		}
		for _, above := range levels {
			ancestor := code.At(above)
			if inside := above.Digits() <= level.Digits(); inside && !ancestor.Scope().Holds(code) {
				t.Fatalf("%s does not hold %s", ancestor, code)
			}
		}
	})
}

func TestScopeHoldsExactlyTheCodesWithItsPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		region := drawCode(rapid.SampledFrom(levels).Draw(t, "level")).Draw(t, "region")
		other := drawCode(LevelVillage).Draw(t, "other")
		digits := region.Level().Digits()
		want := other[:digits] == region[:digits]
		if got := region.Scope().Holds(other); got != want {
			t.Fatalf("scope of %s holds %s: %v", region, other, got)
		}
	})
}

func TestScopesOfDivisionsNestOrAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawCode(rapid.SampledFrom(levels).Draw(t, "level a")).Draw(t, "a").Scope()
		b := drawCode(rapid.SampledFrom(levels).Draw(t, "level b")).Draw(t, "b").Scope()
		both := a.Intersect(b)
		if !both.Empty() && !a.Covers(b) && !b.Covers(a) {
			t.Fatalf("%v and %v overlap", a, b)
		}
		if a.Covers(b) != (both == b) {
			t.Fatalf("%v covers %v, yet both hold %v", a, b, both)
		}
	})
}

func TestTheEmptyScopeHoldsAndCoversNothing(t *testing.T) {
	var none Scope
	if !none.Empty() || none.Holds("431222100201") || none.Covers(none) || ScopeOfPrefix("43").Covers(none) {
		t.Error("the zero scope answers for something")
	}
}

func TestTheLastProvinceHasAnEnd(t *testing.T) {
	last := ScopeOfPrefix("99")
	if !last.Holds("999999999999") || last.Holds("980000000000") || last.Empty() {
		t.Errorf("%v", last)
	}
}

func TestLevelOfWhatIsNoCode(t *testing.T) {
	if Code("").Level() != "" || Code("43").Level() != "" || Code("").Valid() {
		t.Error("a short code has a level")
	}
}
