package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jieli/internal/domain"
)

const (
	// watchEvery is how often a watched job is looked at: as often as a runner writes progress.
	watchEvery = 500 * time.Millisecond
	// reconnect is after how many milliseconds a browser connects again when a stream has ended.
	reconnect = 1000
)

// watchJob streams a job: an event "job" with the body of readJob at once and after each change, until the job has ended.
// A stream lasts no longer than any other answer may; the browser connects again by itself, says what it has, and is
// checked anew, so that a session that has ended sees nothing more. Once there is nothing to come, it gets 204 and stops.
func (s *server) watchJob(ctx context.Context, in *JobWatch) (*huma.StreamResponse, error) {
	j, err := s.readJob(ctx, in.Job)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(answer huma.Context) {
		if j.State.Final() && in.LastEventID == eventID(j) {
			answer.SetStatus(http.StatusNoContent)
			return
		}
		answer.SetHeader("Content-Type", eventsType)
		answer.SetHeader("X-Accel-Buffering", "no") // a proxy in front passes events on as they come
		answer.SetStatus(http.StatusOK)
		if err := s.stream(ctx, answer, j, in.LastEventID); err != nil && ctx.Err() == nil {
			s.log.DebugContext(ctx, "stream ended", slog.Any("error", err))
		}
	}}, nil
}

func eventID(j domain.Job) string { return strconv.FormatInt(j.Revision, 10) }

// stream sends the job whenever it is not what the caller has.
func (s *server) stream(ctx context.Context, answer huma.Context, j domain.Job, has string) error {
	writer, ok := answer.BodyWriter().(http.ResponseWriter)
	if !ok {
		return http.ErrNotSupported
	}
	flush := http.NewResponseController(writer).Flush
	if _, err := fmt.Fprintf(writer, "retry: %d\n\n", reconnect); err != nil {
		return err
	}
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		if eventID(j) != has {
			if err := s.sendJob(ctx, writer, j); err != nil {
				return err
			}
			has = eventID(j)
		}
		if err := flush(); err != nil || j.State.Final() {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.options.Stopping:
			return nil
		case <-ticker.C:
		}
		var err error
		if j, err = s.readJob(ctx, j.ID); err != nil {
			return err
		}
	}
}

func (s *server) sendJob(ctx context.Context, w http.ResponseWriter, j domain.Job) error {
	body, err := json.Marshal(s.jobOf(ctx, j))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "id: %s\nevent: job\ndata: %s\n\n", eventID(j), body)
	return err
}
