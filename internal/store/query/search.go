package query

import (
	"strings"

	"jieli/internal/domain"
)

// longestSearch is longer than any name; a longer text finds nothing.
const longestSearch = 200 // bytes

// AfterAny sorts after every text that has the same beginning.
const AfterAny = "\U0010FFFF"

// Search is what a user typed, as the arguments of a query. Names are compared without regard to the case of a–z, the
// only letters that both databases fold alike.
type Search struct {
	Exact               string      // the text itself
	Part                string      // LIKE pattern for a part of a name, escaped by !
	Letters, LettersEnd string      // range of the pinyin or initials that begin with it
	CodeFrom, CodeTo    domain.Code // range of the codes that begin with it
}

// NamePart finds a part of a name.
const NamePart = ` lower(name) LIKE ?part ESCAPE '!' `

// SearchFor reads a text; false where it cannot find anything.
func SearchFor(q string) (Search, bool) {
	q = lowerASCII(strings.TrimSpace(q))
	if q == "" || len(q) > longestSearch || strings.ContainsRune(q, 0) {
		return Search{}, false
	}
	escaped := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(q)
	letters := strings.ReplaceAll(q, " ", "")
	s := Search{Exact: q, Part: "%" + escaped + "%", Letters: letters, LettersEnd: letters + AfterAny}
	if len(q) <= 12 && strings.Trim(q, "0123456789") == "" {
		codes := domain.ScopeOfPrefix(q)
		s.CodeFrom, s.CodeTo = codes.From, codes.To
	}
	return s, true
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
