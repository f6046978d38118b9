package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"jieli/internal/sheet/reading"
)

// The limits of one request, where its route has no others.
const (
	maxBody    = 64 << 10
	bodyTime   = 20 * time.Second // a body that comes in more slowly is not waited for
	answerTime = 30 * time.Second
)

// Those of routes that take more.
const (
	maxChanges = 2 << 20 // 500 records with all their fields
	uploadTime = 3 * time.Minute
)

// maxUpload is the largest sheet that is looked at.
var maxUpload = reading.DefaultLimits().Packed

func (e endpoint) mostBytes() int64 {
	if e.bytes > 0 {
		return e.bytes
	}
	return maxBody
}

func (e endpoint) bodyTime() time.Duration { return max(bodyTime, e.time) }

// bounded limits the size of a request's body and the time that the answer may take. A route that takes its time gets it
// from the connection too, whose own limits are for all others.
func (s *server) bounded(r route, next http.Handler) http.Handler {
	limit := max(answerTime, r.answer.time)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithTimeout(req.Context(), limit)
		defer cancel()
		if r.answer.time > 0 {
			if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit)); err != nil {
				s.log.DebugContext(ctx, "the connection keeps its own limits", slog.Any("error", err))
			}
		}
		req = req.WithContext(ctx)
		req.Body = http.MaxBytesReader(w, req.Body, r.answer.mostBytes())
		next.ServeHTTP(w, req)
	})
}
