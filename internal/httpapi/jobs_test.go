package httpapi_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/jobs"
	"jieli/internal/store"
)

const testKind = "test.count"

func (w *world) write(f func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// enqueue adds a job of the county office about its county.
func (w *world) enqueue() (id string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) (err error) {
		id, err = jobs.Enqueue(tx, jobs.Job{Kind: testKind, Args: map[string]int{"villages": 3}, Owner: "a-county", Region: county})
		return err
	})
	return id
}

// begin takes the job that waits; progress and end are what its runner would write.
func (w *world) begin() {
	w.t.Helper()
	w.write(func(tx *store.Tx) error { _, _, err := store.TakeJob(tx, []string{testKind}, 1<<40); return err })
}

func (w *world) progress(id, text string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error { _, err := store.RenewJob(tx, id, 1, 1<<40, text); return err })
}

func (w *world) end(id string, end store.JobEnd) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error { _, err := store.EndJob(tx, id, 1, end); return err })
}

func TestAJobIsToldToTheOfficesAboveIt(t *testing.T) {
	w := newWorld(t)
	id := w.enqueue()
	for who, sees := range map[string]bool{"province": true, "city": true, "county": true, "sister": false, "township": false, "foreign": false} {
		c := w.as(who)
		got := c.get("/api/jobs/" + id)
		if !sees {
			if p := got.problem(t); p.Status != http.StatusNotFound || p.Code != "job.not_found" {
				t.Errorf("%s: %+v", who, p)
			}
			continue
		}
		j := want[httpapi.Job](c, "/api/jobs/"+id)
		if j.ID != id || j.Kind != testKind || j.State != domain.JobQueued || j.Own != (who == "county") || j.Region != county {
			t.Errorf("%s: %+v", who, j)
		}
		if j.StartedAt != nil || j.FinishedAt != nil || j.Failure != nil || string(j.Progress) != "null" || string(j.Result) != "null" {
			t.Errorf("%s: %+v", who, j)
		}
		if strings.Contains(string(got.body), "villages") {
			t.Errorf("%s reads the arguments: %s", who, got.body)
		}
	}
	if got := w.nobody().get("/api/jobs/" + id); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("nobody: %d", got.StatusCode)
	}
}

func TestAJobTellsItsProgressAndItsResult(t *testing.T) {
	w := newWorld(t)
	c, id := w.as("county"), w.enqueue()
	w.begin()
	w.progress(id, `{"rows":10}`)
	if j := want[httpapi.Job](c, "/api/jobs/"+id); j.State != domain.JobRunning || string(j.Progress) != `{"rows":10}` || j.StartedAt == nil || j.Attempt != 1 {
		t.Errorf("running: %+v", j)
	}
	w.end(id, store.JobEnd{State: domain.JobDone, Result: `{"added":[1,2]}`})
	if j := want[httpapi.Job](c, "/api/jobs/"+id); j.State != domain.JobDone || string(j.Result) != `{"added":[1,2]}` || j.FinishedAt == nil {
		t.Errorf("done: %+v", j)
	}
}

func TestAFailureIsToldInTheCallersLanguage(t *testing.T) {
	c := newWorld(t).as("county")
	for language, words := range map[string]string{"zh-CN": "3 次中途断掉", "en": "cut off 3 times"} {
		var j httpapi.Job
		c.get("/api/jobs/j1", "Accept-Language", language).into(t, &j)
		if j.State != domain.JobFailed || j.Failure == nil || j.Failure.Code != "job.gave_up" || !strings.Contains(j.Failure.Detail, words) {
			t.Errorf("%s: %+v %+v", language, j, j.Failure)
		}
	}
}

func TestAJobIsCancelledByWhoSeesIt(t *testing.T) {
	w := newWorld(t)
	id := w.enqueue()
	for _, who := range []string{"sister", "township", "foreign"} {
		if p := w.as(who).do(http.MethodPost, "/api/jobs/"+id+"/cancel", "").problem(t); p.Code != "job.not_found" {
			t.Errorf("%s: %+v", who, p)
		}
	}
	if p := w.nobody().do(http.MethodPost, "/api/jobs/"+id+"/cancel", "").problem(t); p.Status != http.StatusUnauthorized {
		t.Errorf("nobody: %+v", p)
	}
	c := w.as("city")
	for range 2 {
		var j httpapi.Job
		c.do(http.MethodPost, "/api/jobs/"+id+"/cancel", "").into(t, &j)
		if j.State != domain.JobCancelled || !j.CancelRequested || j.Own {
			t.Errorf("cancelled: %+v", j)
		}
	}
	if p := c.do(http.MethodPost, "/api/jobs/j1/cancel", "").problem(t); p.Status != http.StatusConflict || p.Code != "job.over" {
		t.Errorf("ended before: %+v", p)
	}
}

// stream is a stream of events that a test reads.
type stream struct {
	*http.Response
	t     testing.TB
	lines *bufio.Scanner
}

func (c *caller) watch(id string, headers ...string) *stream {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.url+"/api/jobs/"+id+"/events", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.AddCookie(c.cookie)
	r.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.transport.RoundTrip(r)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { response.Body.Close() })
	return &stream{response, c.t, bufio.NewScanner(response.Body)}
}

// next reads an event: its id and the job in it. False at the end of the stream.
func (s *stream) next() (id string, j httpapi.Job, more bool) {
	s.t.Helper()
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch name {
		case "id":
			id = value
		case "event":
			if value != "job" {
				s.t.Errorf("event %q", value)
			}
		case "data":
			if err := json.Unmarshal([]byte(value), &j); err != nil {
				s.t.Fatal(err)
			}
		case "":
			if id != "" {
				return id, j, true
			}
		}
	}
	return "", j, false
}

func TestAJobIsStreamedUntilItEnds(t *testing.T) {
	w := newWorld(t)
	c, id := w.as("county"), w.enqueue()
	s := c.watch(id)
	if s.StatusCode != http.StatusOK || s.Header.Get("Content-Type") != "text/event-stream" || s.Header.Get("Cache-Control") != "no-store" ||
		s.Header.Get("Etag") != "" || s.Header.Get("Content-Encoding") != "" {
		t.Fatalf("%d %v", s.StatusCode, s.Header)
	}
	if _, j, _ := s.next(); j.State != domain.JobQueued || !j.Own {
		t.Errorf("first: %+v", j)
	}
	w.begin()
	w.progress(id, `{"rows":1}`)
	if _, j, _ := s.next(); j.State != domain.JobRunning {
		t.Errorf("then: %+v", j)
	}
	w.end(id, store.JobEnd{State: domain.JobDone, Result: `"all"`})
	var last httpapi.Job
	var lastID string
	for {
		eventID, j, more := s.next()
		if !more {
			break
		}
		lastID, last = eventID, j
	}
	if last.State != domain.JobDone || string(last.Result) != `"all"` {
		t.Errorf("last: %+v", last)
	}
	if again := c.watch(id, "Last-Event-ID", lastID); again.StatusCode != http.StatusNoContent {
		t.Errorf("connected again with nothing to come: %d", again.StatusCode)
	}
	missed := c.watch(id, "Last-Event-ID", "1")
	if _, j, more := missed.next(); !more || j.State != domain.JobDone {
		t.Errorf("missed the end: %+v", j)
	}
	if _, _, more := missed.next(); more {
		t.Error("goes on after the end")
	}
}

func TestAStreamBeginsAfterWhatTheCallerHas(t *testing.T) {
	w := newWorld(t)
	c, id := w.as("county"), w.enqueue()
	first, _, _ := c.watch(id).next()
	s := c.watch(id, "Last-Event-ID", first)
	w.begin()
	if _, j, _ := s.next(); j.State != domain.JobRunning {
		t.Errorf("got what was there already: %+v", j)
	}
}

func TestAStreamOfAJobOutOfSightIsNotFound(t *testing.T) {
	w := newWorld(t)
	id := w.enqueue()
	for _, who := range []string{"sister", "township", "foreign"} {
		if p := w.as(who).get("/api/jobs/" + id + "/events").problem(t); p.Status != http.StatusNotFound || p.Code != "job.not_found" {
			t.Errorf("%s: %+v", who, p)
		}
	}
}

func TestStreamsEndWhenTheServerStops(t *testing.T) {
	stopping := make(chan struct{})
	w := newWorld(t, func(o *httpapi.Options) { o.Stopping = stopping })
	s := w.as("county").watch(w.enqueue())
	if _, _, more := s.next(); !more {
		t.Fatal("no event")
	}
	close(stopping)
	if _, j, more := s.next(); more {
		t.Errorf("goes on: %+v", j)
	}
}
