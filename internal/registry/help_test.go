package registry_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/registry/catalogue"
	"jieli/internal/seal"
	"jieli/internal/store"
	"jieli/internal/store/storetest"
	"jieli/internal/store/storetest/pgtest"
)

// databases gives the address of a new, empty database of each kind.
var databases = map[string]func(t testing.TB) string{
	"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "jieli.db") },
	"postgres": pgtest.Database,
}

// today is when all tests happen.
var today = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// desk is a register with a small drawn country in it, and people at work.
type desk struct {
	*registry.Service
	store *store.Store
	world *storetest.World
	ring  *seal.Ring
}

var (
	province = domain.Account{ID: "a1", Username: "hunan", Role: domain.RoleProvinceOffice, Region: "430000000000"}
	county   = domain.Account{ID: "a2", Username: "yixian", Role: domain.RoleCountyOffice, Region: "430121000000"}
	otherOne = domain.Account{ID: "a4", Username: "qita", Role: domain.RoleCountyOffice, Region: "430122000000"}
)

func open(t testing.TB, dsn string) *desk {
	t.Helper()
	world := storetest.Draw(3, storetest.Small)
	world.Rounds, world.Plans = nil, nil
	return openWith(t, dsn, world)
}

func openWith(t testing.TB, dsn string, world *storetest.World) *desk {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn, Clock: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	ring, err := seal.NewRing(seal.SM, today)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Load(t, s, world)
	return &desk{registry.New(s, ring, nil), s, world, ring}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return open(t, databases["sqlite"](t))
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, f func(t *testing.T, d *desk)) {
	for dialect, database := range databases {
		t.Run(dialect, func(t *testing.T) { f(t, open(t, database(t))) })
	}
}

// apply makes changes that have to succeed.
func (d *desk) apply(t *testing.T, actor domain.Account, e catalogue.Entity, changes ...registry.Change) (registry.ChangeSet, []registry.Outcome) {
	t.Helper()
	set, outcomes, err := d.Apply(t.Context(), actor, e, changes, registry.ApplyOptions{Origin: registry.OriginForm})
	if err != nil {
		t.Fatalf("%v: %+v", err, outcomes)
	}
	return set, outcomes
}

func (d *desk) get(t *testing.T, e catalogue.Entity, key string) catalogue.Record {
	t.Helper()
	r, err := d.Get(t.Context(), province, e, key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// addUnit adds a unit of the county and gives its id.
func (d *desk) addUnit(t *testing.T, id string, at domain.Code) string {
	t.Helper()
	d.apply(t, province, catalogue.Unit, registry.Change{Key: id, Values: map[string]string{
		"name": id + "农业农村局", "level": string(at.Level()), "kind": "government", "home": string(at)}})
	return id
}

// person is a cadre as a form gives one.
func person(unit, name string) map[string]string {
	return map[string]string{"unit": unit, "name": name, "sex": "2", "birth_date": "1988-08-08", "politics": "01", "position": "副科长"}
}

func (d *desk) addPerson(t *testing.T, values map[string]string) string {
	t.Helper()
	_, outcomes := d.apply(t, province, catalogue.Cadre, registry.Change{Values: values})
	return outcomes[0].Key
}

// with is a copy of the values with others in it.
func with(values map[string]string, pairs ...string) map[string]string {
	out := map[string]string{}
	for k, v := range values {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

func wantError(t *testing.T, err error, kind domain.Kind, key string) *domain.Error {
	t.Helper()
	var known *domain.Error
	if !errors.As(err, &known) || known.Kind != kind || known.Key != key {
		t.Fatalf("got %v, want %s %s", err, kind, key)
	}
	return known
}

// idNumber is a number with a right check character, of a woman unless odd.
func idNumber(born, serial string) string {
	digits := "430000" + born + serial
	return digits + string(catalogue.IDCheck(digits))
}
