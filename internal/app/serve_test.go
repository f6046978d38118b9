package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/internal/access/password"
	"jieli/internal/app"
	"jieli/internal/config"
	"jieli/internal/demo"
	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/store"
)

const county = domain.Code("430101000000")

// output is what the server tells, safe to read while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// database makes a database with a province, a city and a county in it, and gives its DSN.
func database(t *testing.T, more ...func(*store.Tx) error) string {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "jieli.db")
	change(t, dsn, append([]func(*store.Tx) error{insertRegions}, more...)...)
	return dsn
}

func change(t *testing.T, dsn string, steps ...func(*store.Tx) error) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if err := s.Write(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
}

func insertRegions(tx *store.Tx) error {
	var regions []domain.Region
	for i, r := range []struct{ code, parent, name string }{
		{"430000000000", "", "湖南省"}, {"430100000000", "430000000000", "长沙市"}, {string(county), "430100000000", "长沙县"},
	} {
		code := domain.Code(r.code)
		regions = append(regions, domain.Region{
			ID: int64(i + 1), Code: code, Parent: domain.Code(r.parent), Level: code.Level(), Name: r.name, Initials: "x", Pinyin: "x",
			ValidFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		})
	}
	return store.InsertRegions(tx, regions)
}

func insertDemo(tx *store.Tx) error {
	passwords, err := json.Marshal(map[string]string{"xian": "drawn-password"})
	if err != nil {
		return err
	}
	if err := store.SetMeta(tx, demo.MetaPasswords, string(passwords)); err != nil {
		return err
	}
	return store.InsertAccounts(tx, []domain.Account{
		{ID: "d1", Username: "xian", Name: "长沙县驻村办", Role: domain.RoleCountyOffice, Region: county, Demo: true, CreatedAt: tx.Now(),
			PasswordHash: password.Hash("drawn-password", nil)},
		{ID: "d2", Username: "barred", Name: "停用", Role: domain.RoleCountyOffice, Region: county, Demo: true, Disabled: true, CreatedAt: tx.Now(), PasswordHash: "x"},
	})
}

func serving(t *testing.T, dsn string) (app.Serving, *output) {
	t.Helper()
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	settings := config.Defaults()
	settings.Database, settings.Listen = dsn, "127.0.0.1:0"
	out := &output{}
	return app.Serving{Settings: settings, Version: "test", Text: catalog.Printer("en"), Out: out, Log: io.Discard}, out
}

// running is a server that a test started.
type running struct {
	address string
	stop    context.CancelFunc
	ended   chan error
}

func start(t *testing.T, s app.Serving) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{stop: stop, ended: make(chan error, 1)}
	up := make(chan net.Addr, 1)
	s.Listening = func(a net.Addr) { up <- a }
	go func() { r.ended <- app.Serve(ctx, s) }()
	select {
	case a := <-up:
		r.address = a.String()
	case err := <-r.ended:
		t.Fatalf("not serving: %v", err)
	}
	t.Cleanup(stop)
	return r
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServesUntilToldToStop(t *testing.T) {
	s, out := serving(t, database(t))
	r := start(t, s)
	if status, body := get(t, "http://"+r.address+"/readyz"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	if !strings.Contains(out.String(), "http://"+r.address) || strings.Contains(out.String(), "Demo") {
		t.Errorf("told: %s", out)
	}
	r.stop()
	if err := <-r.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", r.address); err == nil {
		connection.Close()
		t.Error("still listening")
	}
}

func TestAnEmptyDatabaseGetsItsSchema(t *testing.T) {
	s, _ := serving(t, "sqlite:"+filepath.Join(t.TempDir(), "new.db"))
	if status, _ := get(t, "http://"+start(t, s).address+"/readyz"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

// slowSignIn begins a request and gives what ends it: the rest of its body.
func slowSignIn(t *testing.T, address string) (*net.TCPConn, func()) {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	const body = `{"username":"nobody","password":"x"}`
	write := func(s string) {
		if _, err := io.WriteString(connection, s); err != nil {
			t.Fatal(err)
		}
	}
	write("POST /api/session HTTP/1.1\r\nHost: " + address + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n" +
		"Content-Length: 36\r\nConnection: close\r\n\r\n")
	// "100 Continue" is sent when the handler begins to read the body: from here on the request runs.
	if _, err := io.ReadFull(connection, make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))); err != nil {
		t.Fatal(err)
	}
	return connection.(*net.TCPConn), func() { write(body) }
}

func TestARunningRequestIsFinishedBeforeStopping(t *testing.T) {
	s, _ := serving(t, database(t))
	r := start(t, s)
	connection, finish := slowSignIn(t, r.address)
	r.stop()
	waitUntilClosed(t, r.address)
	select {
	case err := <-r.ended:
		t.Fatalf("did not wait: %v", err)
	default:
	}
	finish()
	answer, err := io.ReadAll(connection)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 401") {
		t.Errorf("%q, %v", answer, err)
	}
	if err := <-r.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

// waitUntilClosed waits until the server takes no new connections.
func waitUntilClosed(t *testing.T, address string) {
	t.Helper()
	for {
		connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			return
		}
		connection.Close()
		time.Sleep(5 * time.Millisecond)
	}
}

func TestARequestThatNeverEndsIsCutOff(t *testing.T) {
	s, _ := serving(t, database(t))
	s.Settings.Drain = 50 * time.Millisecond
	r := start(t, s)
	connection, _ := slowSignIn(t, r.address)
	r.stop()
	wantKey(t, <-r.ended, "app.not_drained")
	if answer, err := io.ReadAll(connection); err == nil && strings.Contains(string(answer), "200") {
		t.Errorf("answered %q", answer)
	}
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

func TestAnOccupiedPortIsToldWithAWayOut(t *testing.T) {
	held, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	s, _ := serving(t, database(t))
	s.Settings.Listen = held.Addr().String()
	err = app.Serve(t.Context(), s)
	wantKey(t, err, "app.address_in_use")
	if text := s.Text.Error(err); !strings.Contains(text, held.Addr().String()) || !strings.Contains(text, "--listen") {
		t.Error(text)
	}
}

func TestAnAddressOfAnotherMachineCannotBeListenedOn(t *testing.T) {
	s, _ := serving(t, database(t))
	s.Settings.Listen = "192.0.2.1:8080" // TEST-NET-1, nobody's
	wantKey(t, app.Serve(t.Context(), s), "app.cannot_listen")
}

func TestADatabaseThatCannotBeOpenedIsTold(t *testing.T) {
	folder := t.TempDir()
	broken := filepath.Join(folder, "broken.db")
	if err := os.WriteFile(broken, []byte("this is no database, and it is long enough to tell"), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, key := range map[string]string{
		"sqlite:" + filepath.Join(folder, "no", "such", "folder.db"): "store.folder_missing",
		"sqlite:" + broken: "store.not_a_database", "mysql://x": "store.dsn_unknown",
	} {
		s, _ := serving(t, dsn)
		wantKey(t, app.Serve(t.Context(), s), key)
	}
}

func TestDemoAccountsAreToldOnThisMachine(t *testing.T) {
	s, out := serving(t, database(t, insertDemo))
	start(t, s)
	for _, word := range []string{"xian", "drawn-password", "长沙县", "长沙县驻村办"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("no %s in %s", word, out)
		}
	}
	if strings.Contains(out.String(), "barred") {
		t.Errorf("told a barred account: %s", out)
	}
}

func TestDemoAccountsAreNotServedBeyondThisMachine(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:80"} {
		s, out := serving(t, database(t, insertDemo))
		s.Settings.Listen = address
		wantKey(t, app.Serve(t.Context(), s), "app.demo_exposed")
		if out.String() != "" {
			t.Errorf("told: %s", out)
		}
	}
	s, _ := serving(t, database(t, insertDemo))
	s.Settings.Listen, s.Settings.AllowDemo = "192.0.2.1:80", true
	wantKey(t, app.Serve(t.Context(), s), "app.cannot_listen") // allowed, but there is no such address here
}

func TestTheLogIsStructured(t *testing.T) {
	for format, sign := range map[string]string{"json": `"route":"GET /healthz"`, "text": `route="GET /healthz"`} {
		s, _ := serving(t, database(t))
		log := &output{}
		s.Log, s.Settings.LogFormat = log, format
		r := start(t, s)
		get(t, "http://"+r.address+"/healthz")
		r.stop()
		<-r.ended
		if !strings.Contains(log.String(), sign) {
			t.Errorf("%s: %s", format, log)
		}
	}
}
