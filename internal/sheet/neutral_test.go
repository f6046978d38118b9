package sheet_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/sheet"
)

func TestWhatASpreadsheetWouldRunGetsAnApostrophe(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+86 139": "'+86 139", "-5℃": "'-5℃", "@某": "'@某", "＝1": "'＝1", "\t=1": "'\t=1", "'=1": "''=1", "＠x": "'＠x", "\r=": "'\r=",
		"": "", "张三": "张三", "'": "'", "'张": "'张", "a=1": "a=1", "1-2": "1-2",
	} {
		if got := sheet.Neutralise(text); got != want {
			t.Errorf("Neutralise(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRestoreUndoesNeutralise(t *testing.T) {
	starts := rapid.SampledFrom([]string{"", "'", "''", "=", "'=", "''+", "@", "－"})
	rapid.Check(t, func(t *rapid.T) {
		text := starts.Draw(t, "start") + rapid.String().Draw(t, "text")
		safe := sheet.Neutralise(text)
		if got := sheet.Restore(safe); got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
		if strings.ContainsAny(safe[:min(1, len(safe))], "=+-@\t\r\n") {
			t.Fatalf("%q still begins like a formula", safe)
		}
	})
}

func TestColumnKeys(t *testing.T) {
	if e, f, ok := sheet.ParseColumnKey(sheet.ColumnKey("cadre", "skill_party")); !ok || e != "cadre" || f != "skill_party" {
		t.Errorf("read %q %q %v", e, f, ok)
	}
	for _, text := range []string{"", "#", "#cadre", "cadre.name", "#.name", "#cadre.", sheet.VersionKey} {
		if _, _, ok := sheet.ParseColumnKey(text); ok {
			t.Errorf("%q is taken for a key", text)
		}
	}
}
