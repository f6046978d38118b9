package httpapi

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jieli/internal/domain"
	"jieli/internal/store"
)

func TestEveryKindOfErrorHasItsStatus(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		key    string
	}{
		{&domain.Error{Kind: domain.KindInvalid, Key: "k"}, 422, "k"}, {&domain.Error{Kind: domain.KindNotFound, Key: "k"}, 404, "k"},
		{&domain.Error{Kind: domain.KindForbidden, Key: "k"}, 403, "k"}, {&domain.Error{Kind: domain.KindSignedOut, Key: "k"}, 401, "k"},
		{&domain.Error{Kind: domain.KindConflict, Key: "k"}, 409, "k"}, {&domain.Error{Kind: domain.KindBusy, Key: "k"}, 503, "k"},
		{&domain.Error{Kind: domain.KindInternal, Key: "k"}, 500, "request.internal"}, {errors.New("disk"), 500, "request.internal"},
		{fmt.Errorf("reading: %w", domain.NotFound("plan", "p")), 404, "plan.not_found"},
		{fmt.Errorf("reading: %w", context.DeadlineExceeded), 503, "request.timed_out"},
		{fmt.Errorf("reading: %w", context.Canceled), 499, "request.cancelled"}, {&slowed{time.Second}, 429, "session.slowed"},
		{&domain.Error{Kind: "made up", Key: "k"}, 500, "k"},
	} {
		told, status := known(c.err)
		if told.Key != c.key || status != c.status || (&handlerError{c.err}).GetStatus() != c.status {
			t.Errorf("%v: %s %d", c.err, told.Key, status)
		}
	}
}

func TestRetryAfterIsWholeSecondsRoundedUp(t *testing.T) {
	for wait, want := range map[time.Duration]string{time.Millisecond: "1", time.Second: "1", 1001 * time.Millisecond: "2", time.Minute: "60"} {
		if got := headersOf(&slowed{wait}).Get("Retry-After"); got != want {
			t.Errorf("%v: %s", wait, got)
		}
	}
	if headersOf(errors.New("x")) != nil {
		t.Error("others have to wait too")
	}
}

func TestWhereARequestComesFrom(t *testing.T) {
	for _, c := range []struct {
		remote, forwarded, plain, proxied string
		local                             bool
	}{
		{"192.0.2.7:1234", "", "192.0.2.7", "192.0.2.7", false},
		{"127.0.0.1:1234", "", "127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1:1234", "192.0.2.9", "127.0.0.1", "192.0.2.9", false},
		{"127.0.0.1:1234", "10.0.0.1, 192.0.2.9", "127.0.0.1", "192.0.2.9", false},
		{"127.0.0.1:1234", "192.0.2.9, not an address", "127.0.0.1", "unknown", false},
		{"[2001:db8:1:2:3:4:5:6]:80", "", "2001:db8:1:2::/64", "2001:db8:1:2::/64", false},
		{"[2001:db8:1:2:ffff::]:80", "", "2001:db8:1:2::/64", "2001:db8:1:2::/64", false},
		{"[::ffff:192.0.2.7]:80", "", "192.0.2.7", "192.0.2.7", false},
		{"[::1]:80", "", "::/64", "::/64", true},
		{"[fe80::1%eth0]:80", "", "fe80::/64", "fe80::/64", false},
		{"@", "", "unknown", "unknown", false},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		plain, proxied := &server{}, &server{options: Options{BehindProxy: true}}
		if got := plain.sourceOf(r); got != c.plain {
			t.Errorf("%+v: %s", c, got)
		}
		if got := proxied.sourceOf(r); got != c.proxied {
			t.Errorf("%+v behind a proxy: %s", c, got)
		}
		if isLocal(r) != c.local {
			t.Errorf("%+v: local is %v", c, !c.local)
		}
	}
}

// The root is exact for all coordinates that a country needs, also where a float cannot hold the square.
func TestKilometresAreTheContracts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dx, dy := rapid.Int64Range(-2e9, 2e9).Draw(t, "dx"), rapid.Int64Range(-2e9, 2e9).Draw(t, "dy")
		km, square := kilometres(dx, dy), dx*dx+dy*dy
		if km < 0 || km*1000*km*1000 > square {
			t.Fatalf("%d km is too far", km)
		}
		if next := (km + 1) * 1000; next < math.MaxInt32 && next*next <= square {
			t.Fatalf("%d km is too near", km)
		}
	})
	for d, want := range map[[2]int64]int64{{0, 0}: 0, {3000, 4000}: 5, {999, 0}: 0, {1000, 0}: 1, {0, -1999}: 1} {
		if got := kilometres(d[0], d[1]); got != want {
			t.Errorf("%v: %d", d, got)
		}
	}
}

func TestWhoCanUnpack(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "deflate, gzip;q=1.0, *;q=0.5": true, "gzip;q=0": false, "gzip;q=0.000": false,
		"gzip;q=0.001": true, "br": false, "x-gzip": false, "identity, gzip ; q=0.5": true,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if acceptsGzip(r) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}

func TestFiguresOfNothing(t *testing.T) {
	if got := figuresOf(store.Figures{}); got.Coverage != 0 || got.ByCategory == nil || len(got.ByCategory) != 0 {
		t.Errorf("%+v", got)
	}
	got := figuresOf(store.Figures{Villages: 4, Served: 1, ByCategory: map[domain.Category]store.CategoryFigures{
		domain.CategoryConsolidated: {Villages: 3, Served: 1}, domain.CategoryKey: {Villages: 1},
	}})
	if got.Coverage != 0.25 || got.ByCategory[0].Category != domain.CategoryKey || got.ByCategory[1].Served != 1 {
		t.Errorf("%+v", got)
	}
}

// A floor is short by hundredths of a head (dispatch contract §2, rule 8), never by less than nothing.
func TestSharesAreComparedInHundredths(t *testing.T) {
	rows := []store.ShareActual{
		{Share: domain.Share{Percent: 44}, Members: 670, Having: 294}, {Share: domain.Share{Percent: 44}, Members: 670, Having: 295},
		{Share: domain.Share{Percent: 50}},
	}
	got := sharesOf(rows)
	if got[0].Shortfall != 44*670-29400 || got[1].Shortfall != 0 || got[2].Shortfall != 0 || got[2].ActualPercent != 0 {
		t.Errorf("%+v", got)
	}
	if math.Abs(got[1].ActualPercent-44.0298) > 1e-4 {
		t.Errorf("%v percent", got[1].ActualPercent)
	}
}

func TestValuesAreNamedAndZerosLeftOut(t *testing.T) {
	got := valuesOf([]string{"a", "b", "c"}, domain.Skills{5, 0, 7})
	if len(got) != 2 || got[0] != (SkillValue{"a", 5}) || got[1] != (SkillValue{"c", 7}) {
		t.Errorf("%+v", got)
	}
	if got := valuesOf([]string{"a"}, domain.Skills{1, 2, 3}); len(got) != 1 {
		t.Errorf("more values than names: %+v", got)
	}
	if got := valuesOf(nil, nil); got == nil || len(got) != 0 {
		t.Errorf("%#v", got)
	}
}

func TestOutlinesThatAreNoGeometryAreTold(t *testing.T) {
	_, err := collectionOf([]domain.Outline{{Code: "430101000000", Geometry: []byte("{")}}, nil)
	if err == nil {
		t.Error("broken geometry went out")
	}
	got, err := collectionOf([]domain.Outline{
		{Code: "1", Geometry: []byte(`{"type":"Polygon","coordinates":[]}`), Source: "a"}, {Code: "2", Geometry: []byte(`{"type":"MultiPolygon","coordinates":[]}`), Source: "b"},
		{Code: "3", Geometry: []byte(`{"type":"Polygon","coordinates":[]}`), Source: "a"},
	}, map[domain.Code]string{"2": "two"})
	if err != nil || got.Source != "a; b" || got.Features[1].Properties.Name != "two" || got.Features[1].Geometry.Type != "MultiPolygon" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Without a guard a handler may read nothing.
func TestNoGrantIsNoScope(t *testing.T) {
	if g := granted(context.Background()); !g.scope.Empty() || g.whole || g.actor.ID != "" {
		t.Errorf("%+v", g)
	}
}
