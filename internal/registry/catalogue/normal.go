package catalogue

import (
	"slices"
	"strings"
	"unicode"
)

// folded turns full-width letters, digits and signs into plain ones and removes what cannot be seen, as values that are
// no prose are written in all of these ways.
func folded(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case '！' <= r && r <= '～':
			return r - ('！' - '!')
		case r == '\u3000' || r == '\u00a0':
			return ' '
		case unicode.Is(unicode.Cf, r): // zero-width marks, byte order marks
			return -1
		}
		return r
	}, s))
}

// prose tidies a text without touching its signs, since 中国银行（湖南）has full-width ones by right: line breaks and runs
// of blanks become one blank.
func prose(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// parts splits a list as people write it.
func parts(s string) []string {
	all := strings.FieldsFunc(folded(s), func(r rune) bool { return strings.ContainsRune(";,、\n\t ", r) })
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// Join is the canonical text of several values: sorted, each once.
func Join(values []string) string {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return strings.Join(slices.Compact(sorted), Separator)
}

// Separator stands between several values of one field.
const Separator = ";"

// Split gives the values of a canonical text.
func Split(canonical string) []string {
	if canonical == "" {
		return nil
	}
	return strings.Split(canonical, Separator)
}
