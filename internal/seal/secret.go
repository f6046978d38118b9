package seal

import (
	"crypto/subtle"
	"fmt"
	"log/slog"
)

// hidden is what is seen of a secret.
const hidden = "•••"

// Secret is a plain value that does not show itself: printed, logged or marshalled it is "•••", also where it lies in an
// unexported field of something that is printed. Only Reveal gives it out. The zero Secret is the empty value.
type Secret struct {
	plain *string // a pointer: fmt looks into unexported fields without asking Format, but prints an address there
}

// NewSecret hides a value.
func NewSecret(plain string) Secret { return Secret{&plain} }

// Reveal is the plain value.
func (s Secret) Reveal() string {
	if s.plain == nil {
		return ""
	}
	return *s.plain
}

// Empty says whether there is nothing to hide.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Equal compares without telling by its time how much is equal.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// String is "•••".
func (Secret) String() string { return hidden }

// Format prints "•••" for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText is "•••"; encoders of JSON, XML and YAML ask for it.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue is "•••".
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
