package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jieli/internal/domain"
)

// statusOf is the HTTP status for a kind of error.
func statusOf(kind domain.Kind) int {
	switch kind {
	case domain.KindInvalid:
		return http.StatusUnprocessableEntity
	case domain.KindNotFound:
		return http.StatusNotFound
	case domain.KindForbidden:
		return http.StatusForbidden
	case domain.KindSignedOut:
		return http.StatusUnauthorized
	case domain.KindConflict:
		return http.StatusConflict
	case domain.KindBusy:
		return http.StatusServiceUnavailable
	case domain.KindInternal:
	}
	return http.StatusInternalServerError
}

// statusGone is what the log shows where the caller hung up before the answer; nobody receives it.
const statusGone = 499

// known gives an error that may be told. What is no domain.Error stays inside: the outside learns that there was one.
func known(err error) (*domain.Error, int) {
	var slow *slowed
	var told *domain.Error
	switch {
	case errors.As(err, &slow):
		return slow.told(), http.StatusTooManyRequests
	case errors.As(err, &told) && told.Kind != domain.KindInternal:
		return told, statusOf(told.Kind)
	case errors.Is(err, context.Canceled):
		return &domain.Error{Kind: domain.KindBusy, Key: "request.cancelled"}, statusGone
	case errors.Is(err, context.DeadlineExceeded):
		return &domain.Error{Kind: domain.KindBusy, Key: "request.timed_out"}, http.StatusServiceUnavailable
	}
	return &domain.Error{Kind: domain.KindInternal, Key: "request.internal"}, http.StatusInternalServerError
}

// located says where in the request a fault lies.
func located(err error, place string) error {
	var told *domain.Error
	if !errors.As(err, &told) {
		return err
	}
	at := *told
	at.Field = place
	return &at
}

// problemOf puts an error in the caller's words, and what must not be told in the log.
func (s *server) problemOf(ctx context.Context, err error) *Problem {
	x := s.of(ctx)
	told, status := known(err)
	if status == http.StatusInternalServerError {
		s.log.ErrorContext(ctx, "request failed", slog.String("request", x.id), slog.String("route", x.pattern), slog.Any("error", err))
	}
	p := s.newProblem(ctx, status, told.Key, told.Params)
	if told.Kind == domain.KindInvalid && told.Field != "" {
		p.Errors = []Located{{Code: told.Key, Detail: p.Detail, Location: told.Field}}
	}
	for _, more := range besides(err, told) {
		p.Errors = append(p.Errors, Located{Code: more.Key, Detail: x.printer.Text(more.Key, more.Params), Location: more.Field})
	}
	return p
}

// besides are the errors that may be told besides the one that is: its cause, and those that it was joined with.
func besides(err error, told *domain.Error) []*domain.Error {
	var more []*domain.Error
	var cause *domain.Error
	if told.Kind == domain.KindInvalid && errors.As(told.Cause, &cause) && cause.Kind == domain.KindInvalid {
		more = append(more, cause)
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return more
	}
	for _, one := range joined.Unwrap() {
		var other *domain.Error
		if errors.As(one, &other) && other.Kind == domain.KindInvalid && other != told {
			more = append(more, other)
		}
	}
	return more
}

func (s *server) newProblem(ctx context.Context, status int, key string, params domain.Params) *Problem {
	x := s.of(ctx)
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: key, Detail: x.printer.Text(key, params), RequestID: x.id,
	}
}

// handlerError carries an error through huma to the transformer that puts it in words.
type handlerError struct{ error }

// GetStatus is the HTTP status that the error answers with.
func (e *handlerError) GetStatus() int { _, status := known(e.error); return status }

// GetHeaders are headers that go with the error.
func (e *handlerError) GetHeaders() http.Header { return headersOf(e.error) }

// ContentType is that of problem details.
func (e *handlerError) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// headersOf tells those who have to wait how long, in whole seconds.
func headersOf(err error) http.Header {
	var slow *slowed
	if !errors.As(err, &slow) {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(int((slow.wait + time.Second - 1) / time.Second))}}
}

// inWords turns every error that huma is about to write, its own and the handlers', into a Problem.
func (s *server) inWords(ctx huma.Context, _ string, v any) (any, error) {
	switch e := v.(type) {
	case *handlerError:
		return s.problemOf(ctx.Context(), e.error), nil
	case *huma.ErrorModel:
		return s.faultsOf(ctx.Context(), e), nil
	}
	return v, nil
}

// fail answers a request with an error, outside of huma.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	for name, values := range headersOf(err) {
		w.Header()[name] = values
	}
	s.refuse(w, s.problemOf(r.Context(), err))
}

func (s *server) refuse(w http.ResponseWriter, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil { // a struct of strings and numbers always encodes
		panic(err)
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	s.write(w, body)
}

// send answers 200 with a body.
func (s *server) send(w http.ResponseWriter, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	s.write(w, body)
}

// write sends a body; a caller who hung up is not worth more than a word in the log.
func (s *server) write(w http.ResponseWriter, body []byte) {
	if _, err := w.Write(body); err != nil {
		s.log.Debug("answer was not received", slog.Any("error", err))
	}
}
