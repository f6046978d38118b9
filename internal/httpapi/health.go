package httpapi

import (
	"log/slog"
	"net/http"

	"jieli/internal/domain"
)

// healthy says that the process lives; it asks nobody else, so that a slow database does not get the process killed.
func (s *server) healthy(w http.ResponseWriter, _ *http.Request) {
	s.send(w, "text/plain; charset=utf-8", []byte("ok\n"))
}

// ready says whether requests can be answered: the store answers and its schema is this program's.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.store.Ping(r.Context()); err != nil {
		s.log.WarnContext(r.Context(), "not ready", slog.Any("error", err))
		s.fail(w, r, &domain.Error{Kind: domain.KindBusy, Key: "server.not_ready"})
		return
	}
	s.send(w, "text/plain; charset=utf-8", []byte("ready\n"))
}

func (s *server) noRoute(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, &domain.Error{Kind: domain.KindNotFound, Key: "request.no_route"})
}

func (s *server) pages(w http.ResponseWriter, r *http.Request) { s.options.Pages.ServeHTTP(w, r) }

func (s *server) metrics(w http.ResponseWriter, r *http.Request) { s.meters.handler.ServeHTTP(w, r) }
