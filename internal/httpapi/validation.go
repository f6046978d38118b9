package httpapi

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"jieli/internal/domain"
)

// rule turns one sentence of huma's validator into a message key. Its groups fill want, in order.
type rule struct {
	sentence *regexp.Regexp
	key      string
}

// verb is a placeholder of fmt in a sentence.
var verb = regexp.MustCompile(`%[vds]`)

// sentence makes the pattern that recognises what fmt makes of a format.
func sentence(format string) *regexp.Regexp {
	parts := verb.Split(format, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile("^" + strings.Join(parts, "(.*)") + "$")
}

// rules are the sentences that the contract's types can bring about. Whatever they miss is told as malformed.
var rules = []rule{
	{sentence(validation.MsgUnexpectedProperty), "request.unknown_field"},
	{sentence("unknown query parameter"), "request.unknown_parameter"},
	{sentence(validation.MsgExpectedRequiredProperty), "request.required"},
	{sentence("required %s parameter is missing"), "request.required"},
	{sentence("request body is required"), "request.required"},
	{sentence(validation.MsgExpectedString), "request.not_text"},
	{sentence(validation.MsgExpectedObject), "request.not_object"},
	{sentence("invalid integer"), "request.not_integer"},
	{sentence(validation.MsgExpectedInteger), "request.not_integer"},
	{sentence("invalid boolean"), "request.not_boolean"},
	{sentence(validation.MsgExpectedBoolean), "request.not_boolean"},
	{sentence(validation.MsgExpectedMinimumNumber), "request.too_small"},
	{sentence(validation.MsgExpectedMaximumNumber), "request.too_large"},
	{sentence(validation.MsgExpectedMinLength), "request.too_short"},
	{sentence(validation.MsgExpectedMaxLength), "request.too_long"},
	{sentence(validation.MsgExpectedOneOf), "request.not_one_of"},
	{sentence(validation.MsgExpectedArray), "request.not_list"},
	{sentence(validation.MsgExpectedMaxItems), "request.too_many"},
}

// explain finds the key and the placeholder of a sentence.
func explain(message string) (string, domain.Params) {
	for _, r := range rules {
		if found := r.sentence.FindStringSubmatch(message); found != nil {
			params := domain.Params{}
			if len(found) > 1 {
				params["want"] = found[1]
			}
			return r.key, params
		}
	}
	return "request.malformed", nil
}

// keyOf is the message for an error that huma made, by its status.
func keyOf(status int) string {
	switch status {
	case http.StatusUnprocessableEntity:
		return "request.invalid"
	case http.StatusRequestEntityTooLarge:
		return "request.body_too_large"
	case http.StatusUnsupportedMediaType:
		return "request.media_type"
	case http.StatusRequestTimeout:
		return "request.timed_out"
	case http.StatusInternalServerError:
		return "request.internal"
	}
	return "request.malformed"
}

// faultsOf puts what huma found wrong with a request in the caller's words. The values that were sent are not sent
// back: one may be a password in the wrong field.
func (s *server) faultsOf(ctx context.Context, e *huma.ErrorModel) *Problem {
	p := s.newProblem(ctx, e.Status, keyOf(e.Status), nil)
	if e.Status == http.StatusInternalServerError {
		return p
	}
	for _, fault := range e.Errors {
		key, params := explain(fault.Message)
		p.Errors = append(p.Errors, Located{Code: key, Detail: s.of(ctx).printer.Text(key, params), Location: fault.Location})
	}
	return p
}
