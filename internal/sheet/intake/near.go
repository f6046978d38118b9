package intake

import (
	"maps"
	"slices"
)

// near is the heading, in the user's language, that may have been meant: one that holds the other, or one that few changes
// of letters away.
func (r recogniser) near(heading string) string {
	written := []rune(plain(heading))
	best, least := "", 1+len(written)/3
	for _, known := range slices.Sorted(maps.Keys(r.headings)) {
		d := distance(written, []rune(known))
		if contains(written, []rune(known)) {
			d = min(d, 1)
		}
		if d < least || d == least && best == "" {
			best, least = r.headings[known], d
		}
	}
	f, ok := r.spec.Field(best)
	if !ok {
		return ""
	}
	return r.words.Heading(f)
}

// contains says whether the shorter of the two stands in the longer; one letter alone says nothing.
func contains(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < 2 {
		return false
	}
	for i := 0; i+len(b) <= len(a); i++ {
		if slices.Equal(a[i:i+len(b)], b) {
			return true
		}
	}
	return false
}

// distance is how many letters must be put in, taken out or replaced to make b of a (Levenshtein).
func distance(a, b []rune) int {
	if len(a) > maxCompared || len(b) > maxCompared {
		return maxCompared
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := before
			if x != y {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// maxCompared is the length from which a heading is no typing error of another.
const maxCompared = 40
