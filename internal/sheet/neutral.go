package sheet

import "strings"

// formulaStarts are the characters with which a spreadsheet begins a formula or a command, their full-width forms and
// the control characters that hide them (OWASP, CSV injection).
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// Neutralise puts an apostrophe before a text that a spreadsheet would take for a formula, and before one that already
// has apostrophes there, so that Restore(Neutralise(s)) == s for every s.
func Neutralise(s string) string {
	if looksLikeFormula(s) {
		return "'" + s
	}
	return s
}

// Restore takes away the apostrophe that Neutralise put there.
func Restore(s string) string {
	if inner, ok := strings.CutPrefix(s, "'"); ok && looksLikeFormula(inner) {
		return inner
	}
	return s
}

func looksLikeFormula(s string) bool {
	for _, first := range strings.TrimLeft(s, "'") {
		return strings.ContainsRune(formulaStarts, first)
	}
	return false
}

// protectRestored is what a workbook's cell holds, which needs no apostrophe: only what Restore would shorten gets one.
func protectRestored(s string) string {
	if Restore(s) != s {
		return "'" + s
	}
	return s
}
