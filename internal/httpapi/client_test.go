package httpapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/i18n"
	"jieli/internal/store"
)

// clock is a clock that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// logs is a log that the test can read while the server writes.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// world is a running server over a real SQLite file.
type world struct {
	t     testing.TB
	store *store.Store
	clock *clock
	log   *logs
	url   string

	transport *http.Transport
}

func newWorld(t testing.TB, change ...func(*httpapi.Options)) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{now: time.Now()}, log: &logs{}, transport: &http.Transport{DisableCompression: true}}
	path := filepath.Join(t.TempDir(), "jieli.db")
	if err := os.WriteFile(path, filled(t), 0o600); err != nil {
		t.Fatal(err)
	}
	w.store = open(t, path, w.clock.Now)
	t.Cleanup(func() { w.store.Close() })
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	options := httpapi.Options{
		Store: w.store, Catalog: catalog, Clock: w.clock.Now, Version: "test", Log: slog.New(slog.NewJSONHandler(w.log, nil)),
		Pages: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the page") }),
	}
	for _, c := range change {
		c(&options)
	}
	if options.Registry == nil {
		withRegistry(&options)
	}
	handler, err := httpapi.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(w.transport.CloseIdleConnections)
	w.url = server.URL
	return w
}

func open(t testing.TB, path string, now func() time.Time) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: "sqlite:" + path, Clock: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	filling  sync.Once
	fillings []byte
)

// filled is a database file with the fixture in it, made once: each world starts from a copy.
func filled(t testing.TB) []byte {
	t.Helper()
	filling.Do(func() {
		path := filepath.Join(t.TempDir(), "fixture.db")
		s := open(t, path, time.Now)
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		fill(t, s)
		if err := s.Close(); err != nil { // folds the log into the file
			t.Fatal(err)
		}
		var err error
		if fillings, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	})
	return fillings
}

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body []byte
}

// into reads the body as JSON of a type that is known exactly.
func (r reply) into(t testing.TB, v any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(r.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
}

func (r reply) problem(t testing.TB) httpapi.Problem {
	t.Helper()
	if kind := r.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Fatalf("status %d, %s: %s", r.StatusCode, kind, r.body)
	}
	var p httpapi.Problem
	r.into(t, &p)
	if p.Status != r.StatusCode || p.Title != http.StatusText(r.StatusCode) || p.Type != "about:blank" || p.RequestID != r.Header.Get("X-Request-Id") {
		t.Fatalf("status %d, problem %+v", r.StatusCode, p)
	}
	return p
}

// caller is a browser with one cookie, or none.
type caller struct {
	*world
	cookie *http.Cookie
}

func (w *world) nobody() *caller { return &caller{world: w} }

// as signs a fixture account in.
func (w *world) as(username string) *caller {
	w.t.Helper()
	c := w.nobody()
	if got := c.signIn(username, secret); got.StatusCode != http.StatusOK {
		w.t.Fatalf("%s cannot sign in: %d %s", username, got.StatusCode, got.body)
	}
	return c
}

func (c *caller) signIn(username, password string, headers ...string) reply {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"username": username, "password": password})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.do(http.MethodPost, "/api/session", string(body), headers...)
}

func (c *caller) get(path string, headers ...string) reply {
	c.t.Helper()
	return c.do(http.MethodGet, path, "", headers...)
}

// do sends a request and keeps the cookie that comes back. Headers are names and values in turn.
func (c *caller) do(method, path, body string, headers ...string) reply {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if c.cookie != nil {
		r.AddCookie(c.cookie)
	}
	response, err := c.transport.RoundTrip(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, cookie := range response.Cookies() {
		if c.cookie = cookie; cookie.MaxAge < 0 {
			c.cookie = nil
		}
	}
	return reply{response, text}
}

// want asks for JSON and reads it; any other status than 200 ends the test.
func want[T any](c *caller, path string) T {
	c.t.Helper()
	got := c.get(path)
	if got.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s", path, got.StatusCode, got.body)
	}
	var v T
	got.into(c.t, &v)
	return v
}

// change changes an account in the store, as an administrator does.
func (w *world) change(username string, apply func(*domain.Account)) {
	w.t.Helper()
	err := w.store.Write(w.t.Context(), func(tx *store.Tx) error {
		a, err := store.AccountByUsername(tx, username)
		if err != nil {
			return err
		}
		apply(&a)
		return store.UpdateAccount(tx, a)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
