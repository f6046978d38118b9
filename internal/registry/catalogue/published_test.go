package catalogue_test

import (
	"strings"
	"testing"

	"jieli/internal/registry/catalogue"
)

// The examples of GB 11643-1999, annex: a woman of Beijing and a man of Chaoyang in Guangdong, born in the year 1880.
func TestIdentityNumbersOfTheStandard(t *testing.T) {
	for number, want := range map[string]catalogue.IDNumber{
		"11010519491231002X": {Area: "110105", BirthDate: "1949-12-31", Sex: "2"},
		"440524188001010014": {Area: "440524", BirthDate: "1880-01-01", Sex: "1"},
	} {
		got, ok := catalogue.ReadIDNumber(number)
		if !ok || got != want {
			t.Errorf("%s: %+v %v", number, got, ok)
		}
		if check := catalogue.IDCheck(number[:17]); check != number[17] {
			t.Errorf("%s: check character %c", number, check)
		}
	}
	for _, number := range []string{
		"", "11010519491231002", "11010519491231002XX", "110105491231002", "11010519491231002x", "1101051949123100 2X", "1101O519491231002X",
		"11010519490230002" + string(catalogue.IDCheck("11010519490230002")), "11010500000000002" + string(catalogue.IDCheck("11010500000000002")),
	} {
		if id, ok := catalogue.ReadIDNumber(number); ok {
			t.Errorf("%q is read as %+v", number, id)
		}
	}
	if catalogue.IDCheck("1101051949123100A") != 0 {
		t.Error("a letter has a check character")
	}
}

// Codes that their holders publish.
var published = []string{
	"91350100M000100Y43", // GB 32100-2015, the standard's own example
	"9144030071526726XG", "914403001922038216", "91110000802100433B",
}

func TestCreditCodesThatArePublished(t *testing.T) {
	s, _ := catalogue.Of(catalogue.Unit)
	for _, code := range published {
		if !catalogue.CreditCode(code) {
			t.Errorf("%s is refused", code)
		}
		written := strings.ToLower(code[:9]) + code[9:]
		if values, faults := s.Check(map[string]string{"uscc": " " + written + "\u200b"}, nil); len(faults) > 0 || values["uscc"] != code {
			t.Errorf("%q: %v %+v", written, values, faults)
		}
	}
	for _, code := range []string{"", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43", "91350100I000100Y43", "9135010０M00100Y43"} {
		if catalogue.CreditCode(code) {
			t.Errorf("%s is taken", code)
		}
	}
}

// Every single wrong character and every swap of two neighbours is noticed: 31 is a prime (GB 32100, MOD 31). All of them
// are tried.
func TestTheCreditCodeNoticesEverySlip(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, code := range published {
		for at := range code {
			for _, other := range alphabet {
				slip := code[:at] + string(other) + code[at+1:]
				if slip != code && catalogue.CreditCode(slip) {
					t.Errorf("%s and %s are both right", code, slip)
				}
			}
			if at == 0 {
				continue
			}
			swapped := code[:at-1] + code[at:at+1] + code[at-1:at] + code[at+1:]
			if swapped != code && catalogue.CreditCode(swapped) {
				t.Errorf("%s and %s are both right", code, swapped)
			}
		}
	}
}

// ISO 7064 MOD 11-2 notices every swap of two neighbours, the check character's among them.
func TestTheIdentityNumberNoticesEverySwap(t *testing.T) {
	for _, number := range []string{"11010519491231002X", "440524188001010014"} {
		for at := 1; at < len(number); at++ {
			swapped := number[:at-1] + number[at:at+1] + number[at-1:at] + number[at+1:]
			if swapped == number {
				continue
			}
			if _, ok := catalogue.ReadIDNumber(swapped); ok {
				t.Errorf("%s and %s are both right", number, swapped)
			}
		}
	}
}

// A mask gives away no more than the last two characters of an identity number and four of a telephone number, and is told
// from a value.
func TestMasksGiveLittleAway(t *testing.T) {
	for _, c := range []struct{ key, plain, want string }{
		{"id_number", "440524188001010014", "****************14"}, {"phone", "13800138000", "*******8000"}, {"phone", "8000", "****"}, {"id_number", "X", "*"},
		{"phone", "0731-82211234", "*********1234"}, {"phone", "", ""},
	} {
		got := catalogue.Mask(c.key, c.plain)
		if got != c.want || catalogue.Masks(got) != (got != "") {
			t.Errorf("%s %s: %q", c.key, c.plain, got)
		}
		if catalogue.Masks(c.plain) {
			t.Errorf("%q counts as a mask", c.plain)
		}
	}
}
