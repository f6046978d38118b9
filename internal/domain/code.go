package domain

import "strings"

// Code is a statistical division code of 12 digits, padded with zeros on the right: 2 digits name the province, 4 the
// city, 6 the county, 9 the township and 12 the village. A code has validity dates and is never an identity: places
// merge, split and are renamed.
type Code string

// Level is a rung of the division ladder.
type Level string

// The rungs, from the top.
const (
	LevelProvince Level = "province"
	LevelCity     Level = "city"
	LevelCounty   Level = "county"
	LevelTownship Level = "township"
	LevelVillage  Level = "village"
)

const codeDigits = 12

// Digits is how many leading digits of a code name a division of the level, 0 for an unknown level.
func (l Level) Digits() int {
	switch l {
	case LevelProvince:
		return 2
	case LevelCity:
		return 4
	case LevelCounty:
		return 6
	case LevelTownship:
		return 9
	case LevelVillage:
		return codeDigits
	}
	return 0
}

// Below is the next level down; the lowest level is its own.
func (l Level) Below() Level {
	switch l {
	case LevelProvince:
		return LevelCity
	case LevelCity:
		return LevelCounty
	case LevelCounty:
		return LevelTownship
	default:
		return LevelVillage
	}
}

// ParseCode reads a full code, or a prefix of 2, 4, 6 or 9 digits, which it pads.
func ParseCode(s string) (Code, error) {
	for _, r := range s {
		if r < '0' || r > '9' {
			return "", codeError(s)
		}
	}
	switch len(s) {
	case 2, 4, 6, 9, codeDigits:
		return Code(s + strings.Repeat("0", codeDigits-len(s))), nil
	}
	return "", codeError(s)
}

func codeError(s string) error {
	return &Error{Kind: KindInvalid, Key: "region.code_malformed", Field: "code", Params: Params{"code": s}}
}

// Valid says whether the code has 12 digits.
func (c Code) Valid() bool {
	parsed, err := ParseCode(string(c))
	return err == nil && parsed == c
}

// Level is the level of the division that the code names, empty where the code is not of 12 digits.
func (c Code) Level() Level {
	switch {
	case len(c) != codeDigits:
		return ""
	case !strings.HasSuffix(string(c), "000"):
		return LevelVillage
	case c[6:9] != "000":
		return LevelTownship
	case c[4:6] != "00":
		return LevelCounty
	case c[2:4] != "00":
		return LevelCity
	}
	return LevelProvince
}

// At is the code of the division at the level that the code lies in.
func (c Code) At(l Level) Code {
	n := l.Digits()
	return Code(string(c[:n]) + strings.Repeat("0", codeDigits-n))
}

// Prefix is the code without the zeros that pad it: 2, 4, 6, 9 or 12 digits.
func (c Code) Prefix() string { return string(c[:c.Level().Digits()]) }

// Scope is the half-open range of codes of the division and all that lies in it.
func (c Code) Scope() Scope { return ScopeOfPrefix(c.Prefix()) }

// Scope is a half-open range of codes: From ≤ code < To. The zero value holds nothing.
type Scope struct{ From, To Code }

// ScopeOfPrefix is the range of all codes that begin with the digits.
func ScopeOfPrefix(digits string) Scope {
	from := digits + strings.Repeat("0", codeDigits-len(digits))
	to := []byte(digits)
	for i := len(to) - 1; i >= 0; i-- {
		if to[i] < '9' {
			to[i]++
			return Scope{Code(from), Code(string(to) + strings.Repeat("0", codeDigits-len(to)))}
		}
		to[i] = '0'
	}
	return Scope{Code(from), Code(strings.Repeat("9", codeDigits) + "~")} // after every code
}

// Empty says whether no code lies in the scope.
func (s Scope) Empty() bool { return s.From >= s.To }

// Holds says whether the code lies in the scope.
func (s Scope) Holds(c Code) bool { return s.From <= c && c < s.To }

// Covers says whether all of the other scope lies in this one. An empty scope is covered by none: it answers nothing.
func (s Scope) Covers(other Scope) bool {
	return !other.Empty() && s.From <= other.From && other.To <= s.To
}

// Intersect is what lies in both scopes.
func (s Scope) Intersect(other Scope) Scope {
	both := Scope{max(s.From, other.From), min(s.To, other.To)}
	if both.Empty() {
		return Scope{}
	}
	return both
}
