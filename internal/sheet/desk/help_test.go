package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/i18n"
	"jieli/internal/jobs"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/sheet/desk"
	"jieli/internal/sheet/reading"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
	"jieli/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// databases gives the address of a new, empty database of each kind.
var databases = map[string]func(t testing.TB) string{
	"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "jieli.db") },
	"postgres": pgtest.Database,
}

// patience is how long a test waits for what must come; nothing depends on how soon it does.
const patience = 30 * time.Second

var (
	province = domain.Account{ID: "office-1", Username: "sheng", Name: "省办", Role: domain.RoleProvinceOffice, Region: "430000000000"}
	another  = domain.Account{ID: "office-2", Username: "sheng2", Name: "省办", Role: domain.RoleProvinceOffice, Region: "430000000000"}
)

// office is a desk with a registry and one unit, U100, and a runner where a test starts one.
type office struct {
	*desk.Service
	t        testing.TB
	store    *store.Store
	registry *registry.Service
	later    atomic.Int64 // nanoseconds that the clock is ahead
}

func newOffice(t testing.TB, dsn string) *office {
	t.Helper()
	o := &office{t: t}
	today := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	clock := func() time.Time { return today.Add(time.Duration(o.later.Load())) }
	var err error
	if o.store, err = store.Open(t.Context(), store.Options{DSN: dsn, Clock: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.store.Close() })
	if err := o.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	world := storetest.Draw(3, storetest.Small)
	world.Rounds, world.Plans, world.Accounts = nil, nil, []domain.Account{province, another}
	storetest.Load(t, o.store, world)
	ring, err := seal.NewRing(seal.SM, today)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	o.registry = registry.New(o.store, ring, nil)
	o.Service = desk.New(desk.Options{Store: o.store, Registry: o.registry, Sealer: ring, Messages: messages, Limits: reading.DefaultLimits()})
	_, _, err = o.registry.Apply(t.Context(), province, catalogue.Unit, []registry.Change{{Key: "U100", Values: map[string]string{
		"name": "省第一局", "level": "province", "kind": "government", "home": "430000000000"}}}, registry.ApplyOptions{Origin: registry.OriginForm})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, f func(t *testing.T, o *office)) {
	for name, database := range databases {
		t.Run(name, func(t *testing.T) { f(t, newOffice(t, database(t))) })
	}
}

// work runs the desk's jobs until the test ends.
func (o *office) work() {
	runner := jobs.NewRunner(jobs.Options{
		Store: o.store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Kinds: []jobs.Kind{o.Kind()},
		Pace: jobs.Pace{Poll: 2 * time.Millisecond, Beat: 2 * time.Millisecond, Pause: time.Millisecond, Drain: patience},
	})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- runner.Run(ctx) }()
	o.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			o.t.Error(err)
		}
	})
}

func (o *office) upload(file []byte) desk.Import {
	o.t.Helper()
	i, err := o.Upload(o.t.Context(), province, desk.Upload{Entity: catalogue.Cadre, FileName: `C:\表\花名册.csv`, Language: "zh-CN", File: file})
	if err != nil {
		o.t.Fatal(err)
	}
	return i
}

// until waits until an import has one of the statuses.
func (o *office) until(id string, wanted ...desk.Status) desk.Import {
	o.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		i, err := o.Get(o.t.Context(), province, id)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, s := range wanted {
			if i.Status == s {
				return i
			}
		}
	}
	o.t.Fatalf("the import never came to be %v", wanted)
	return desk.Import{}
}

const header = "unit,name,sex,birth_date,politics,position,id_number\n"

// idNumber is a right number of a man born on 7 March 1990.
func idNumber(n int) string {
	digits := fmt.Sprintf("43000019900307%03d", 2*n+1)
	return digits + string(catalogue.IDCheck(digits))
}

func csvRow(name string, n int) string {
	return "U100," + name + ",1,1990-03-07,01,科员," + idNumber(n) + "\n"
}

// newcomers is how many cadres of the registry came from an upload.
func (o *office) newcomers() int {
	o.t.Helper()
	count := 0
	err := o.registry.Each(o.t.Context(), province, registry.Query{Entity: catalogue.Cadre, Columns: []string{"name"}}, func(r catalogue.Record) error {
		if strings.HasPrefix(r.Values["name"], "新人") {
			count++
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return count
}

func wantError(t testing.TB, what string, err error, kind domain.Kind, key string) {
	t.Helper()
	var known *domain.Error
	if !errors.As(err, &known) || known.Kind != kind || known.Key != key {
		t.Errorf("%s: got %v, want %s %s", what, err, kind, key)
	}
}

func contains(file []byte, text string) bool { return bytes.Contains(file, []byte(text)) }
