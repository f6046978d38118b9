package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jieli/internal/config"
	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/i18n"
	"jieli/internal/jobs"
	"jieli/internal/store"
	"jieli/internal/webui"
)

// The limits of one connection. A whole request has to arrive within readTime, and its answer to be taken within
// writeTime, so that slow callers cannot hold connections for ever.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = time.Minute
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10
)

const tidyEvery = 10 * time.Minute

// warmBytes is what plans that are kept loaded may take: about five provinces.
const warmBytes = 256 << 20

// Serving is what Serve needs.
type Serving struct {
	Settings  config.Settings
	Version   string
	Text      *i18n.Printer  // the language of what is told on Out
	Out       io.Writer      // for the administrator: address and demo accounts
	Log       io.Writer      // structured log
	Listening func(net.Addr) // called once requests are answered; may be nil
	Kinds     []jobs.Kind    // background work besides the program's own
}

// Serve answers requests and does jobs until ctx ends, then lets running requests finish and running jobs stop, for the
// settings' drain time at most. Errors that an administrator can mend are domain.Error: those of the store and of OpenKeys,
// job.not_drained, app.address_in_use, app.cannot_listen,
// app.demo_exposed, app.clock_of_office, app.not_drained.
func Serve(ctx context.Context, s Serving) error {
	log := newLogger(s.Log, s.Settings)
	kept, err := open(ctx, store.Options{DSN: s.Settings.Database, Log: log, Clock: clock(s.Settings.ClockShift)})
	if err != nil {
		return err
	}
	defer func() {
		if err := kept.Close(); err != nil {
			log.Error("store did not close", slog.Any("error", err))
		}
	}()
	if err := mayShift(ctx, kept, s.Settings.ClockShift); err != nil {
		return err
	}
	demo, err := demoAccounts(ctx, kept)
	if err != nil {
		return err
	}
	if len(demo) > 0 && !isLoopback(s.Settings.Listen) && !s.Settings.AllowDemo {
		return &domain.Error{Kind: domain.KindInvalid, Key: "app.demo_exposed", Params: domain.Params{"address": s.Settings.Listen}}
	}
	ring, err := OpenKeys(ctx, kept, s.Settings.KeyFile())
	if err != nil {
		return err
	}
	catalog, err := i18n.Load()
	if err != nil {
		return err
	}
	records, sheets := newDesk(kept, ring, catalog, log)
	runner := jobs.NewRunner(jobs.Options{Store: kept, Log: log, Kinds: append(s.Kinds, sheets.Kind()), Pace: jobs.Pace{Drain: s.Settings.Drain}})
	handler, err := s.handler(httpapi.Options{
		Store: kept, Catalog: catalog, Log: log, Meters: []prometheus.Collector{runner}, Stopping: ctx.Done(), Registry: records, Desk: sheets,
	})
	if err != nil {
		return err
	}
	listener, err := listen(ctx, s.Settings.Listen)
	if err != nil {
		return err
	}
	return s.run(ctx, listener, handler, runner, kept, log, demo)
}

// open opens the store and brings its schema up to this program's.
func open(ctx context.Context, o store.Options) (*store.Store, error) {
	kept, err := store.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := kept.Migrate(ctx); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return kept, nil
}

// handler fills what the settings say, and the front end, into the options of the HTTP surface.
func (s Serving) handler(o httpapi.Options) (http.Handler, error) {
	pages, err := webui.Handler(webui.Embedded())
	if err != nil {
		return nil, err
	}
	o.Pages, o.Version, o.WarmBytes, o.Clock = pages, s.Version, warmBytes, clock(s.Settings.ClockShift)
	o.Secure, o.BehindProxy = s.Settings.Secure, s.Settings.BehindProxy
	return httpapi.New(o)
}

func (s Serving) run(ctx context.Context, l net.Listener, h http.Handler, runner *jobs.Runner, kept *store.Store, log *slog.Logger, demo []demoAccount) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	worked, tidied := make(chan error, 1), make(chan struct{})
	behind, stop := context.WithCancel(ctx)
	go func() { worked <- runner.Run(behind) }()
	go func() { defer close(tidied); tidy(behind, kept, log) }()
	defer func() { stop(); <-tidied }()

	fmt.Fprintln(s.Out, s.Text.Text("app.serving", domain.Params{"address": "http://" + l.Addr().String()}))
	if shift := s.Settings.ClockShift; shift > 0 {
		fmt.Fprintln(s.Out, s.Text.Text("app.clock_shifted", domain.Params{"shift": shift.String()}))
	}
	if isLoopback(l.Addr().String()) {
		tellDemo(s.Out, s.Text, demo)
	}
	if s.Listening != nil {
		s.Listening(l.Addr())
	}
	select {
	case err := <-ended:
		stop()
		return errors.Join(err, <-worked)
	case <-ctx.Done():
	}
	log.Info("stopping", slog.Duration("drain", s.Settings.Drain))
	return errors.Join(drain(context.WithoutCancel(ctx), server, s.Settings.Drain), <-worked)
}

// drain closes the door and waits for running requests; what still runs after the limit is cut off.
func drain(ctx context.Context, server *http.Server, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(&domain.Error{
			Kind: domain.KindBusy, Key: "app.not_drained", Params: domain.Params{"limit": limit.String()},
		}, server.Close())
	}
	return err
}

// tidy removes sessions that are over, now and then, until ctx ends.
func tidy(ctx context.Context, kept *store.Store, log *slog.Logger) {
	ticker := time.NewTicker(tidyEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := kept.DeleteExpiredSessions(ctx); err != nil && ctx.Err() == nil {
				log.Warn("expired sessions were not removed", slog.Any("error", err))
			}
		}
	}
}

func newLogger(w io.Writer, s config.Settings) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}
