package httpapi_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/internal/access/password"
	"jieli/internal/domain"
	"jieli/internal/httpapi"
	"jieli/internal/store"
)

func TestSignInSaysWhoOneIs(t *testing.T) {
	w := newWorld(t)
	c := w.nobody()
	got := c.signIn(" county ", secret)
	var me httpapi.Me
	got.into(t, &me)
	want := httpapi.Me{
		ID: "a-county", Username: "county", Name: "名county", Role: domain.RoleCountyOffice,
		Region: httpapi.RegionRef{Code: county, Name: "子县", Level: domain.LevelCounty},
	}
	if got.StatusCode != http.StatusOK || me != want {
		t.Errorf("%d %+v", got.StatusCode, me)
	}
	if again := wantMe(c); again != want {
		t.Errorf("later %+v", again)
	}
	cookie := c.cookie
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure || cookie.Path != "/" || cookie.MaxAge != 0 || len(cookie.Value) < 43 {
		t.Errorf("cookie %+v", cookie)
	}
}

func wantMe(c *caller) httpapi.Me { return want[httpapi.Me](c, "/api/session") }

func TestBehindTLSTheCookieIsForTLSOnly(t *testing.T) {
	c := newWorld(t, func(o *httpapi.Options) { o.Secure = true }).as("county")
	if !c.cookie.Secure || c.cookie.Name != "__Host-jieli_session" {
		t.Errorf("cookie %+v", c.cookie)
	}
	if got := c.get("/api/session"); got.StatusCode != http.StatusOK || got.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}
}

// A wrong name, a wrong password and a barred account answer alike, in each language.
func TestRefusalsTellNothingApart(t *testing.T) {
	for language, detail := range map[string]string{"zh-CN": "用户名或密码不正确", "en": "The username or the password is wrong"} {
		w := newWorld(t) // five failures of one account are free
		for _, c := range [][2]string{{"county", "wrong password"}, {"nobody", secret}, {"gone", secret}, {"COUNTY", secret}, {"county", secret + " "}} {
			got := w.nobody().signIn(c[0], c[1], "Accept-Language", language)
			p := got.problem(t)
			if got.StatusCode != http.StatusUnauthorized || p.Code != "session.bad_credentials" || p.Detail != detail || len(got.Cookies()) != 0 {
				t.Errorf("%v: %d %+v", c, got.StatusCode, p)
			}
		}
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	stolen := &caller{world: w, cookie: c.cookie}
	got := c.do(http.MethodDelete, "/api/session", "")
	if got.StatusCode != http.StatusNoContent || len(got.body) != 0 || c.cookie != nil {
		t.Errorf("%d %q %v", got.StatusCode, got.body, c.cookie)
	}
	if got := stolen.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("the token lives on: %d", got.StatusCode)
	}
}

// Session fixation: a token that was planted before signing in is worth nothing afterwards.
func TestSigningInGivesAnotherToken(t *testing.T) {
	w := newWorld(t)
	planted := &http.Cookie{Name: "jieli_session", Value: "planted-planted-planted-planted-planted-pla"}
	victim := &caller{world: w, cookie: planted}
	victim.signIn("county", secret)
	if victim.cookie.Value == planted.Value {
		t.Fatal("the planted token was kept")
	}
	first := victim.cookie
	victim.signIn("sister", secret)
	if victim.cookie.Value == first.Value || wantMe(victim).Username != "sister" {
		t.Error("signing in anew kept the token")
	}
	for _, old := range []*http.Cookie{planted, first} {
		if got := (&caller{world: w, cookie: old}).get("/api/session"); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("an old token still opens: %d", got.StatusCode)
		}
	}
}

func TestSessionsEndWhenIdle(t *testing.T) {
	w := newWorld(t)
	idle := w.as("county")
	w.clock.Advance(29 * time.Minute)
	if got := idle.get("/api/session"); got.StatusCode != http.StatusOK {
		t.Fatalf("after 29 minutes: %d", got.StatusCode)
	}
	w.clock.Advance(29 * time.Minute)
	if got := idle.get("/api/session"); got.StatusCode != http.StatusOK {
		t.Fatalf("after 29 minutes more: %d", got.StatusCode)
	}
	w.clock.Advance(30 * time.Minute)
	if got := idle.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("after 30 idle minutes: %d", got.StatusCode)
	}
}

func TestSessionsEndAfterTwelveHours(t *testing.T) {
	w := newWorld(t)
	busy := w.as("sister")
	for range 12*4 - 1 {
		w.clock.Advance(15 * time.Minute)
		if got := busy.get("/api/session"); got.StatusCode != http.StatusOK {
			t.Fatalf("in use: %d", got.StatusCode)
		}
	}
	w.clock.Advance(15 * time.Minute)
	if got := busy.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("after 12 hours: %d", got.StatusCode)
	}
}

// An idle session must not live again because the clock of a replica is behind, nor because somebody asks twice.
func TestAnEndedSessionStaysEnded(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	w.clock.Advance(31 * time.Minute)
	c.get("/api/session")
	w.clock.Advance(-31 * time.Minute)
	if got := c.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("lives again: %d", got.StatusCode)
	}
}

func TestAnotherPasswordEndsAllSessions(t *testing.T) {
	w := newWorld(t)
	one, two, other := w.as("county"), w.as("county"), w.as("sister")
	w.change("county", func(a *domain.Account) { a.PasswordHash = password.Hash("another password", nil) })
	for _, c := range []*caller{one, two} {
		if got := c.get("/api/session"); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("the old session lives: %d", got.StatusCode)
		}
	}
	if wantMe(other).Username != "sister" {
		t.Error("somebody else was signed out")
	}
	if got := w.nobody().signIn("county", "another password"); got.StatusCode != http.StatusOK {
		t.Errorf("the new password: %d", got.StatusCode)
	}
}

// The database holds no token that could be used: neither the token itself nor its plain hash.
func TestTheDatabaseHoldsNoToken(t *testing.T) {
	w := newWorld(t)
	token := w.as("county").cookie.Value
	sum := sha256.Sum256([]byte(token))
	kept := w.store.Sessions()
	if _, found, err := kept.FindCtx(t.Context(), token); err != nil || found {
		t.Errorf("the token itself finds the session: %v", err)
	}
	if bytes.Contains([]byte(w.log.String()), []byte(token)) || strings.Contains(w.log.String(), hex.EncodeToString(sum[:])) {
		t.Error("the log holds the token")
	}
}

func entries(t *testing.T, w *world) []domain.LedgerEntry {
	t.Helper()
	var found []domain.LedgerEntry
	err := w.store.Read(t.Context(), func(tx *store.Tx) error {
		var err error
		found, err = store.LedgerFrom(tx, 1, 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheLedgerKnowsWhoCameAndWent(t *testing.T) {
	w := newWorld(t)
	c := w.as("county")
	c.do(http.MethodDelete, "/api/session", "")
	w.nobody().signIn("county", "wrong password")
	w.nobody().signIn("my secret password", "x")
	w.nobody().signIn("gone", secret)
	want := [][4]string{
		{"a-county", "session.sign_in", "account/a-county", "{}"},
		{"a-county", "session.sign_out", "account/a-county", "{}"},
		{"nobody", "session.refused", "account/a-county", `{"reason":"wrong_password"}`},
		{"nobody", "session.refused", "", `{"reason":"unknown_account"}`},
		{"nobody", "session.refused", "account/a-gone", `{"reason":"disabled_account"}`},
	}
	got := entries(t, w)
	if len(got) != len(want) {
		t.Fatalf("entries %+v", got)
	}
	for i, e := range got {
		if [4]string{e.Actor, e.Action, e.Subject, e.Detail} != want[i] {
			t.Errorf("entry %d: %+v", i+1, e)
		}
		if strings.Contains(e.Detail+e.Subject, "my secret password") {
			t.Errorf("what was typed stands in the ledger: %+v", e)
		}
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		if got := w.nobody().signIn("county", "guess"); got.StatusCode != http.StatusUnauthorized {
			t.Fatalf("%d", got.StatusCode)
		}
	}
	slow := w.nobody().signIn("county", secret, "Accept-Language", "en")
	p := slow.problem(t)
	if slow.StatusCode != http.StatusTooManyRequests || slow.Header.Get("Retry-After") != "1" || p.Code != "session.slowed" ||
		p.Detail != "Too many attempts; try again in 1 seconds" {
		t.Fatalf("%d %v %+v", slow.StatusCode, slow.Header, p)
	}
	if got := w.nobody().signIn("sister", secret); got.StatusCode != http.StatusOK {
		t.Errorf("another account pays for it: %d", got.StatusCode)
	}
	for wait := 1; wait <= 4; wait *= 2 {
		w.clock.Advance(time.Duration(wait) * time.Second)
		w.nobody().signIn("county", "guess")
		if got := w.nobody().signIn("county", secret).Header.Get("Retry-After"); got != strconv.Itoa(wait*2) {
			t.Errorf("after %d seconds: Retry-After %s", wait, got)
		}
	}
	w.clock.Advance(8 * time.Second)
	if got := w.nobody().signIn("county", secret); got.StatusCode != http.StatusOK {
		t.Fatalf("after waiting: %d", got.StatusCode)
	}
	if got := w.nobody().signIn("county", "guess"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("success does not forgive: %d", got.StatusCode)
	}
}

// Guessing at many accounts from one place is slowed down as well, whatever address the caller claims to come from.
func TestGuessingAtManyAccountsIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	for i := range crowd {
		w.nobody().signIn("user"+strconv.Itoa(i), "guess", "X-Forwarded-For", "192.0.2."+strconv.Itoa(i))
	}
	if got := w.nobody().signIn("county", secret); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("%d", got.StatusCode)
	}
}

// Behind a proxy the last hop counts, since the caller can write all others.
func TestBehindAProxyTheSourceIsTheLastHop(t *testing.T) {
	w := newWorld(t, func(o *httpapi.Options) { o.BehindProxy = true })
	for i := range crowd {
		w.nobody().signIn("user"+strconv.Itoa(i), "guess", "X-Forwarded-For", "10.0.0."+strconv.Itoa(i)+", 192.0.2.1")
	}
	if got := w.nobody().signIn("county", secret, "X-Forwarded-For", "192.0.2.1"); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the same source: %d", got.StatusCode)
	}
	if got := w.nobody().signIn("county", secret, "X-Forwarded-For", "192.0.2.2"); got.StatusCode != http.StatusOK {
		t.Errorf("another source: %d", got.StatusCode)
	}
}

// Many guesses at once get no more tries than one after the other.
func TestGuessesAtOnceAreCountedToo(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	statuses := map[int]int{}
	var all sync.WaitGroup
	for range 15 {
		all.Go(func() {
			got := w.nobody().signIn("county", "guess")
			mu.Lock()
			defer mu.Unlock()
			statuses[got.StatusCode]++
		})
	}
	all.Wait()
	if statuses[http.StatusUnauthorized] != 5 || statuses[http.StatusTooManyRequests] != 10 {
		t.Errorf("statuses %v", statuses)
	}
}
