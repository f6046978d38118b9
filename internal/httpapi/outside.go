package httpapi

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"jieli/internal/domain"
)

// outside wraps the mux in what every request passes through, the outermost last.
func (s *server) outside(mux http.Handler) http.Handler {
	h := s.conditional(mux)
	h = s.sameOrigin(h)
	h = s.secured(h)
	h = s.rescued(h)
	return s.observed(h)
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes and passes on the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write notes that an answer without a status is a 200.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap gives the writer below to http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// observed opens the exchange, names it in the answer, and counts and logs it. The log holds the table's pattern and
// no path, query or body: those can name people.
func (s *server) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.clock()
		x, r := s.open(r)
		w.Header().Set("X-Request-Id", x.id)
		rec := &recorder{ResponseWriter: w}
		next.ServeHTTP(rec, r)
		status := rec.status
		if status == 0 {
			status = http.StatusOK
		}
		took := s.clock().Sub(began)
		s.meters.count(x.pattern, status, took)
		s.log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("request", x.id), slog.String("method", method(r)),
			slog.String("route", x.pattern), slog.Int("status", status), slog.Duration("took", took), slog.String("account", x.account))
	})
}

// method is the request's method where it is one of HTTP's own: others are made up by the caller and may hold anything.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// rescued turns a panic into an internal error, with the stack in the log.
func (s *server) rescued(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			caught := recover()
			if caught == nil {
				return
			}
			if caught == http.ErrAbortHandler { //nolint:errorlint // the server's own sentinel, never wrapped
				panic(caught)
			}
			s.log.ErrorContext(r.Context(), "panic", slog.String("request", s.of(r.Context()).id), slog.String("stack", string(debug.Stack())))
			s.fail(w, r, fmt.Errorf("panic: %v", caught))
		}()
		next.ServeHTTP(w, r)
	})
}

// policyOfContent lets the browser load our own files only. Styles may stand in attributes: Element Plus and ECharts
// set them; scripts may not.
const policyOfContent = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// secured sets the headers that bound what a browser does with our answers.
func (s *server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policyOfContent)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
		if s.options.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses requests that change something and that another site made the browser send.
func (s *server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &domain.Error{Kind: domain.KindForbidden, Key: "request.cross_origin"})
	}))
	return protection.Handler(next)
}
