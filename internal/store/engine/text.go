package engine

import (
	"strings"

	"github.com/uptrace/bun/schema"
)

// WithCleanText gives the dialect one way with NUL, which no text of PostgreSQL can hold: it becomes U+FFFD, just as
// bytes that are no UTF-8 do. A search for such a text then finds nothing, and no text of a user breaks a statement.
func WithCleanText(d schema.Dialect) schema.Dialect { return cleanText{d} }

type cleanText struct{ schema.Dialect }

// AppendString overrides the dialect's.
func (c cleanText) AppendString(b []byte, s string) []byte {
	return c.Dialect.AppendString(b, strings.ReplaceAll(s, "\x00", "\uFFFD"))
}
