package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/jobs"
	"jieli/internal/store"
	"jieli/internal/store/storetest/pgtest"
)

const (
	county = domain.Code("430121000000")
	// patience is how long a test waits for what must come; nothing depends on how soon it does.
	patience = 30 * time.Second
)

// quick is a pace at which tests need not wait.
var quick = jobs.Pace{Poll: 2 * time.Millisecond, Beat: 2 * time.Millisecond, Lease: 20 * time.Second, Pause: time.Millisecond, Drain: patience}

// databases makes an empty database of each kind and gives its address.
var databases = map[string]func(testing.TB) string{
	"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "jobs.db") },
	"postgres": pgtest.Database,
}

// onEach runs a test on each kind of database.
func onEach(t *testing.T, test func(t *testing.T, w *world)) {
	for name, database := range databases {
		t.Run(name, func(t *testing.T) { test(t, newWorld(t, database(t))) })
	}
}

// world is a store with jobs in it.
type world struct {
	t     testing.TB
	dsn   string
	store *store.Store
	log   *logs
}

// logs is a log that a test reads while runners write.
type logs struct {
	mu   sync.Mutex
	text strings.Builder
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

func newWorld(t testing.TB, dsn string) *world {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &world{t, dsn, s, &logs{}}
}

func (w *world) write(f func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(context.Background(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) enqueue(kind string, args any) (id string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) (err error) {
		id, err = jobs.Enqueue(tx, jobs.Job{Kind: kind, Args: args, Owner: "a1", Region: county})
		return err
	})
	return id
}

func (w *world) job(id string) (j domain.Job) {
	w.t.Helper()
	err := w.store.Read(context.Background(), func(tx *store.Tx) (err error) {
		j, err = store.JobByID(tx, county.Scope(), id)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return j
}

func (w *world) cancel(id string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error { _, err := jobs.Cancel(tx, county.Scope(), "a2", id); return err })
}

// ended waits until a job has ended.
func (w *world) ended(id string) domain.Job {
	w.t.Helper()
	var j domain.Job
	until(w.t, func() bool { j = w.job(id); return j.State.Final() })
	return j
}

func until(t testing.TB, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}

// running is a runner that a test started. Stop ends it in good order.
type running struct {
	*jobs.Runner
	stop func() error
}

// start runs a runner until the test ends.
func (w *world) start(pace jobs.Pace, kinds ...jobs.Kind) *running {
	w.t.Helper()
	log := slog.New(slog.NewTextHandler(io.MultiWriter(w.log, testLog(w.t)), nil))
	r := &running{Runner: jobs.NewRunner(jobs.Options{Store: w.store, Log: log, Kinds: kinds, Pace: pace})}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	r.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	w.t.Cleanup(func() { _ = r.stop() })
	return r
}

// testLog shows the log of a failed test only.
func testLog(t testing.TB) io.Writer {
	if testing.Verbose() {
		return t.Output()
	}
	return io.Discard
}

func kind(name string, handle jobs.Handler) jobs.Kind { return jobs.Kind{Name: name, Handle: handle} }

func refused(t testing.TB, err error, kind domain.Kind, key string) {
	t.Helper()
	var told *domain.Error
	if !errors.As(err, &told) || told.Kind != kind || told.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

func ends(t testing.TB, j domain.Job, state domain.JobState, attempt int64, failure string) {
	t.Helper()
	if j.State != state || j.Attempt != attempt || j.Failure != failure || j.FinishedAt.IsZero() {
		t.Errorf("the job ended %s after %d attempts with %q, want %s, %d, %q", j.State, j.Attempt, j.Failure, state, attempt, failure)
	}
}

// childVariable makes this program a runner in a process of its own, for a test to kill.
const childVariable = "JOBS_TEST_DATABASE"

func TestMain(m *testing.M) {
	dsn := os.Getenv(childVariable)
	if dsn == "" {
		pgtest.Main(m)
	}
	fmt.Fprintln(os.Stderr, "the child was to be killed:", hang(dsn))
	os.Exit(1)
}

// hang does a job of kind "hang", shows that it has begun, and never ends it.
func hang(dsn string) error {
	s, err := store.Open(context.Background(), store.Options{DSN: dsn})
	if err != nil {
		return err
	}
	handle := func(ctx context.Context, c *jobs.Control) error {
		if err := errors.Join(c.Keep(ctx, []byte("half")), c.Progress("begun")); err != nil {
			return err
		}
		select {}
	}
	pace := quick
	pace.Lease = time.Second
	return jobs.NewRunner(jobs.Options{Store: s, Log: slog.New(slog.DiscardHandler), Kinds: []jobs.Kind{kind("hang", handle)}, Pace: pace}).Run(context.Background())
}
