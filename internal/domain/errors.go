package domain

import "fmt"

// Kind sorts errors by what a caller can do about them.
type Kind string

// The kinds of error. Anything that is not an *Error is KindInternal to the outside.
const (
	KindInvalid   Kind = "invalid"   // the input is wrong; Field says where
	KindNotFound  Kind = "not_found" // no such thing, or none that the caller may see
	KindForbidden Kind = "forbidden" // known who, not allowed
	KindSignedOut Kind = "signed_out"
	KindConflict  Kind = "conflict" // it changed meanwhile
	KindBusy      Kind = "busy"     // try again later
	KindInternal  Kind = "internal"
)

// Params fill the placeholders of a message.
type Params map[string]any

// Error is the one error type that use cases answer with. Key names a message that the outer layers put in the user's
// words; Cause is for the log and is never shown.
type Error struct {
	Kind   Kind
	Key    string
	Field  string
	Params Params
	Cause  error
}

// Error gives the message key and the cause, for logs.
func (e *Error) Error() string {
	s := string(e.Kind) + ": " + e.Key
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", s, e.Cause)
	}
	return s
}

// Unwrap gives the hidden cause.
func (e *Error) Unwrap() error { return e.Cause }

// NotFound is the error for a thing of the kind named by key, such as "team".
func NotFound(thing, id string) *Error {
	return &Error{Kind: KindNotFound, Key: thing + ".not_found", Params: Params{"id": id}}
}
