package catalogue

import (
	"strings"
	"time"
)

// IDNumber is what a citizen's identity number tells.
type IDNumber struct {
	Area      string // six digits: where it was first issued
	BirthDate string // YYYY-MM-DD
	Sex       string // GB/T 2261.1
}

// ReadIDNumber reads a number of 18 places by GB 11643-1999: area, birth date, running number that is odd for men, and
// the check character of ISO 7064 MOD 11-2. False for anything else, such as an old number of 15 digits.
func ReadIDNumber(s string) (IDNumber, bool) {
	if len(s) != 18 || s[17] != IDCheck(s[:17]) {
		return IDNumber{}, false
	}
	born, err := time.Parse("20060102", s[6:14])
	if err != nil {
		return IDNumber{}, false
	}
	sex := "2"
	if (s[16]-'0')%2 == 1 {
		sex = "1"
	}
	return IDNumber{Area: s[:6], BirthDate: born.Format(time.DateOnly), Sex: sex}, true
}

// IDCheck is the check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2); 0 where they are no digits.
func IDCheck(digits string) byte {
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '0' || digits[i] > '9' {
			return 0
		}
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// creditAlphabet are the characters of a unified social credit code: no I, O, S, V, Z.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CreditCode says whether s is a unified social credit code: 18 characters, the last of which checks the others
// (GB 32100-2015, MOD 31).
func CreditCode(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		n := strings.IndexByte(creditAlphabet, s[i])
		if n < 0 {
			return false
		}
		sum += n * weight
		weight = weight * 3 % 31
	}
	return s[17] == creditAlphabet[(31-sum%31)%31]
}

// Mask is what is shown of a secret: its last two characters of an identity number, since the rest stands in other
// columns, and the last four of a telephone number.
func Mask(key, plain string) string {
	keep := 2
	if key == "phone" {
		keep = 4
	}
	if len(plain) <= keep {
		return strings.Repeat("*", len(plain))
	}
	return strings.Repeat("*", len(plain)-keep) + plain[len(plain)-keep:]
}

// Masks says whether a text is what [Mask] makes and not a secret itself.
func Masks(text string) bool { return strings.HasPrefix(text, "*") }
